"""Closing early help, and looking back on it, as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from earlydoors.domain.assessment.queries import needs_of
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.plan.models import Closing, Outcome
from earlydoors.domain.plan.queries import outcomes_of, plan_of
from earlydoors.foundation.kernel.dates import day
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Row
from earlydoors.web.design.questions import Field
from earlydoors.web.design.words import count, until
from earlydoors.web.plans.pages.plan import Link, needs_without_answer
from earlydoors.web.plans.pages.reviews import headlines
from earlydoors.web.sections import paged
from earlydoors.web.sections.own import Embedded

NEARLY = 30  # days before the look back is due from which its form stands open


@dataclass(frozen=True)
class Achieved:
    """What came of the help: each outcome with where it stands, and what the scores show."""

    outcomes: tuple[tuple[str, str, str, str], ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ClosePage:
    """Closing early help."""

    family: str
    back: Link
    achieved: Achieved
    left: tuple[str, ...]
    plan_address: str
    fields_own: tuple[Field, ...]
    form: Embedded
    refusals: tuple[str, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All questions, in the order of the page."""
        return (*self.fields_own, *self.form.fields)


@dataclass(frozen=True)
class LookBackPage:
    """How help ended, and whether it lasted."""

    family: str
    back: Link
    facts: tuple[Row, ...]
    achieved: Achieved
    written: Sequence[tuple[str, tuple[Row, ...]]]
    checked: tuple[Row, ...]
    due: str
    overdue: bool
    is_time: bool
    may_check: bool
    fields: tuple[Field, ...]
    refusals: tuple[str, ...]


def _stand(outcome: Outcome) -> tuple[str, str, str, str]:
    by = outcome.set_by.full_name if outcome.set_by else "The family together"
    latest = max(
        outcome.progress.all(), key=lambda p: (p.review.held_on, p.created_at), default=None
    )
    if outcome.state == "met":
        return outcome.words, by, "Met", "done"
    if latest is not None:
        return outcome.words, by, latest.get_worker_view_display(), "plain"
    return outcome.words, by, "Not looked at yet", "quiet"


def achieved(episode: Episode, outcomes: Sequence[Outcome]) -> Achieved:
    """What came of the help."""
    return Achieved(
        outcomes=tuple(_stand(one) for one in outcomes if one.state != "dropped"),
        sentences=headlines(episode),
    )


def outcomes_in(episode: Episode) -> list[Outcome]:
    """The outcomes of a period of help; none without a plan."""
    plan = plan_of(episode)
    return outcomes_of(plan) if plan else []


def left_open(episode: Episode, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """What would stay open if help ended now, in sentences."""
    words = episode.profile.profile.words
    waiting, _ = needs_without_answer(needs_of(episode), outcomes)
    actions = [
        action
        for one in outcomes
        if one.state != "dropped"
        for action in one.actions.all()
        if action.state == "open"
    ]
    services = [action for action in actions if action.service and not action.service_started_on]
    meetings = episode.meetings.filter(state="called").count()
    said = []
    if waiting:
        said.append(f"{count(len(waiting), 'need')} found without an answer")
    if actions:
        said.append(f"{count(len(actions), words.action.one, words.action.many)} still to do")
    if services:
        said.append(f"{count(len(services), 'service')} not started yet")
    if meetings:
        said.append(f"{count(meetings, 'meeting')} called and not recorded")
    return tuple(said)


def look_back_page(
    closing: Closing,
    today: date,
    back: Link,
    *,
    may_check: bool,
    fields: tuple[Field, ...],
    refusals: tuple[str, ...],
) -> LookBackPage:
    """How help ended, and whether it lasted."""
    episode = closing.episode
    profile = episode.profile.profile
    checked: tuple[Row, ...] = ()
    if closing.checked_at and closing.checked_by:
        checked = (
            Row("Has it lasted?", closing.get_sustained_display()),
            Row("What the family said", closing.check_words or "Nothing noted", quoted=True),
            Row("Asked by", f"{closing.checked_by.name}, {day(closing.checked_at.date())}"),
        )
    return LookBackPage(
        family=str(episode.family),
        back=back,
        facts=(
            Row("Closed", f"{day(closing.closed_on)} by {closing.created_by.name}"),
            Row("Reason", closing.says_why),
            Row("Level of need then", profile.level(closing.level).name),
            Row("First contact from there", closing.handover),
        ),
        achieved=achieved(episode, outcomes_in(episode)),
        written=paged.read(closing.form_record, today, unanswered=""),
        checked=checked,
        due=f"{day(closing.check_due_on)}, {until(closing.check_due_on, today)}",
        overdue=closing.check_due_on < today,
        is_time=(closing.check_due_on - today).days <= NEARLY,
        may_check=may_check,
        fields=fields,
        refusals=refusals,
    )


def back_to_family(episode: Episode) -> Link:
    """The way back to the family's page."""
    return Link(str(episode.family), reverse("families:family", args=[episode.family_id]))
