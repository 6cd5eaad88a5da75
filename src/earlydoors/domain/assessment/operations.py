"""Beginning, finishing and answering an assessment."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.assessment.models import Assessment, FamilyView, Need
from earlydoors.domain.assessment.states import ASSESSMENT
from earlydoors.domain.chronology.operations import tell
from earlydoors.domain.consent.queries import agreements_of
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.episodes.operations import goes_on, move
from earlydoors.domain.episodes.states import EPISODE
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Person
from earlydoors.domain.records.models import FormRecord
from earlydoors.domain.records.operations import begin as begin_form
from earlydoors.domain.records.operations import carry_forward, fill_from
from earlydoors.domain.records.queries import filled
from earlydoors.domain.records.rules import Standing
from earlydoors.foundation.forms.schema import Kind, Purpose
from earlydoors.foundation.kernel.dates import local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.clocks import due
from earlydoors.foundation.profile.schema import ClockKey


@transaction.atomic
def begin(
    *,
    episode: Episode,
    by: Actor,
    at: datetime,
    version: int = 0,
    before: Sequence[FormRecord] = (),
) -> Assessment:
    """Begin the whole-family assessment. What the family said before comes with it: the answers of
    its last assessment, or of the forms `before` (the latest first) where there was none yet.

    Raises `UnableTo` once help has ended and while it is with social care, without the family's
    agreement in writing, or when one is open already.
    """
    work_with(by, episode.family, Right.ASSESS)
    goes_on(episode, ended="Help for this family has ended. Open help again to assess.")
    if not agreements_of(episode.family):
        raise UnableTo("Ask the family first: an assessment needs their agreement in writing.")
    if episode.assessments.filter(state="open").exists():
        raise UnableTo("An assessment is already being written. Add to that one.")
    earlier = (
        Assessment.objects.filter(episode__family=episode.family).order_by("created_at").last()
    )
    form_record = begin_form(
        purpose=Purpose.ASSESSMENT, by=by, at=at, family=episode.family, version=version
    )
    assessment = Assessment.make(
        by=by,
        at=at,
        episode=episode,
        form_record=form_record,
        due_on=due(episode.profile.profile, ClockKey.ASSESSMENT, local_day(at)),
    )
    if earlier is not None:
        carry_forward(earlier=earlier.form_record, later=form_record, by=by, at=at)
    else:
        fill_from(before=before, later=form_record, by=by, at=at)
    if EPISODE.can("assess", episode.state):
        word = episode.profile.profile.words.assessment.one
        move(episode=episode, name="assess", says=f"The {word} began.", by=by, at=at)
    return assessment


@transaction.atomic
def hold_open(*, assessment: Assessment, by: Actor) -> None:
    """Keep an assessment open until the caller's transaction ends, to write in it.

    Raises `UnableTo` when it is finished.
    """
    work_with(by, assessment.episode.family, Right.ASSESS)
    fresh = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if fresh.state != ASSESSMENT.start:
        raise UnableTo("This assessment is finished. Open it again to add to it.")


def unfinished(assessment: Assessment, today: date) -> list[str]:
    """The pages that are not done yet, by title."""
    return [
        page.leaf.title
        for page in filled(assessment.form_record, today)
        if page.standing != Standing.DONE
    ]


@transaction.atomic
def finish(*, assessment: Assessment, by: Actor, at: datetime) -> Assessment:
    """Finish an assessment: its needs become needs of the family's help, to be answered."""
    episode = assessment.episode
    work_with(by, episode.family, Right.ASSESS)
    fresh = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    state = ASSESSMENT.move("finish", fresh.state)
    wanting = unfinished(assessment, local_day(at))
    if wanting:
        raise UnableTo(f"Not finished yet: {', '.join(wanting[:3])}.")
    fresh.change(by=by, at=at, state=state, finished_at=at, finished_by=by.member)
    found = _find_needs(fresh, by, at)
    tell(
        "assessment.finished",
        f"The assessment was finished; it found {found} need{'' if found == 1 else 's'}.",
        family=episode.family,
        subject=fresh,
        by=by,
        at=at,
    )
    if EPISODE.can("assessed", episode.state):
        move(episode=episode, name="assessed", says="Ready to make a plan.", by=by, at=at)
    return fresh


def _find_needs(assessment: Assessment, by: Actor, at: datetime) -> int:
    """Write down each line of the form's needs once; a line taken out since is dropped.

    A line that came along from an earlier assessment of the same help is the need found then,
    with the answer that the plan has given it: nobody has to answer it again.
    """
    today = local_day(at)
    lines = {
        line["id"]: line
        for page in filled(assessment.form_record, today)
        for question in page.leaf.section.questions
        if question.kind == Kind.NEEDS
        for line in page.answers.get(question.key, [])
    }
    found = assessment.episode.needs.filter(found_in="assessment").order_by("created_at")
    known = {need.line: need for need in found}
    for key, line in lines.items():
        fields = {"says": line["text"], "area": line["area"], "dropped_on": None}
        if key in known:
            known[key].change(by=by, at=at, **fields)
        else:
            Need.make(
                by=by,
                at=at,
                episode=assessment.episode,
                assessment=assessment,
                line=key,
                found_on=today,
                found_in="assessment",
                **fields,
            )
    for key, need in known.items():
        is_own = need.assessment_id == assessment.pk
        if is_own and key not in lines and need.dropped_on is None:
            need.change(by=by, at=at, dropped_on=today)
    return len(lines)


@transaction.atomic
def reopen(*, assessment: Assessment, why: str, by: Actor, at: datetime) -> Assessment:
    """Open a finished assessment again, to add to it."""
    episode = assessment.episode
    work_with(by, episode.family, Right.ASSESS)
    fresh = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    state = ASSESSMENT.move("reopen", fresh.state)
    fresh.change(by=by, at=at, state=state, finished_at=None, finished_by=None)
    tell(
        "assessment.reopened",
        f"The assessment was opened again. {why}",
        family=episode.family,
        subject=fresh,
        by=by,
        at=at,
    )
    return fresh


@transaction.atomic
def say(
    *,
    assessment: Assessment,
    person: Person,
    agrees: str,
    words: str,
    given_on: date,
    given_how: str,
    by: Actor,
    at: datetime,
) -> FamilyView:
    """Keep what someone of the family says of the assessment, in their words.

    Raises `UnableTo` when they disagree and nothing is said about what.
    """
    work_with(by, assessment.episode.family, Right.ASSESS)
    if agrees != "yes" and not words.strip():
        raise UnableTo("Write down, in their words, what they see differently.")
    view = FamilyView.make(
        by=by,
        at=at,
        assessment=assessment,
        person=person,
        agrees=agrees,
        words=words,
        given_on=given_on,
        given_how=given_how,
    )
    says = {"yes": "agrees with", "partly": "agrees in part with", "no": "disagrees with"}[agrees]
    tell(
        "assessment.family_view",
        f"{person.full_name} {says} the assessment.",
        family=assessment.episode.family,
        subject=view,
        by=by,
        at=at,
    )
    return view
