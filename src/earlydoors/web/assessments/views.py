"""Writing the whole-family assessment together: its pages, the check, the family's views."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from earlydoors.domain.access.operations import look
from earlydoors.domain.access.permissions import work_with
from earlydoors.domain.assessment import operations
from earlydoors.domain.assessment.models import Assessment
from earlydoors.domain.assessment.queries import (
    assessment_for,
    family_views,
    others_of,
    pages_of,
)
from earlydoors.domain.episodes.queries import episode_for
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Person
from earlydoors.domain.records.queries import choices_for
from earlydoors.domain.records.rules import Standing
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.assessments import pages
from earlydoors.web.assessments.questions import FAMILY_VIEW, WHY_REOPEN
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.design.words import day
from earlydoors.web.sections import paged
from earlydoors.web.sections.before import forms_before, told_before
from earlydoors.web.sections.own import Own

FORM = ["GET", "HEAD", "POST"]


def _assessment(request: PageRequest, assessment_id: UUID) -> Assessment:
    """An assessment that the actor may work on. Raises `Http404` and `NotAllowed`."""
    found = within(assessment_for, request.actor, assessment_id)
    work_with(request.actor, found.episode.family, Right.ASSESS)
    return found


def _to(name: str, assessment: Assessment) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"assessments:{name}", args=[assessment.pk]))


def other_versions(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """The family's other assessments: how each is told, and where they stand side by side."""
    return tuple(
        (
            f"{one.form_record.form.title}, {day(one.created_at)}",
            reverse("assessments:beside", args=[assessment.pk, one.pk]),
        )
        for one in others_of(assessment)
    )


@require_POST
@once.only
def begin(request: PageRequest, episode_id: UUID) -> HttpResponse:
    """Begin the assessment, or go to the one being written."""
    episode = within(episode_for, request.actor, episode_id)
    under_way = episode.assessments.filter(state="open").first()
    if under_way is None:
        under_way = operations.begin(
            episode=episode,
            before=forms_before(episode.family, request.at),
            by=request.actor,
            at=request.at,
        )
    return _to("assessment", under_way)


@require_safe
def assessment(request: PageRequest, assessment_id: UUID) -> HttpResponse:
    """The pages of the assessment: how far each is, and who wrote it last."""
    found = _assessment(request, assessment_id)
    if found.state == "finished":
        return _to("read", found)
    look(family=found.episode.family, part="assessment", by=request.actor, at=request.at)
    leaves = pages_of(found, request.today)
    page = pages.Written(
        frame=pages.frame_of(found, request.today),
        intro=found.form_record.form.intro,
        groups=pages.groups(found, leaves, request.today),
        done=sum(leaf.standing == Standing.DONE for leaf in leaves),
        of=len(leaves),
        contributions=pages.contributions(leaves),
        views=tuple(pages.view_of(one) for one in family_views(found)),
        others=other_versions(found),
        told=told_before(found.episode.family, forms_before(found.episode.family, request.at)),
    )
    return render(request, "assessments/tasks.html", page=page)


@require_http_methods(FORM)
def section(
    request: PageRequest, assessment_id: UUID, section_key: str, person_id: UUID | None = None
) -> HttpResponse:
    """Write one page of the assessment. It saves itself, and overwrites nobody."""
    found = _assessment(request, assessment_id)
    if request.method != "POST":
        if found.state == "finished":
            return _to("read", found)
        return _section(request, found, section_key, person_id)
    with transaction.atomic():
        # Nobody can finish it between this look and the save.
        operations.hold_open(assessment=found, by=request.actor)
        return _section(request, found, section_key, person_id)


def _section(
    request: PageRequest, found: Assessment, section_key: str, person_id: UUID | None
) -> HttpResponse:
    here = pages.address(found)(section_key, person_id)
    after = ""
    if request.method == "POST":
        after = pages.following(found, pages_of(found, request.today), here)
    return paged.section(
        request,
        found.form_record,
        section_key,
        person_id,
        next_address=after or reverse("assessments:check", args=[found.pk]),
        back_address=reverse("assessments:assessment", args=[found.pk]),
        back_text=f"{found.form_record.form.title}: {found.episode.family}",
    )


@require_safe
def check(request: PageRequest, assessment_id: UUID) -> HttpResponse:
    """What is still to do, and the needs found, before it is finished."""
    found = _assessment(request, assessment_id)
    if found.state == "finished":
        return _to("read", found)
    leaves = pages_of(found, request.today)
    page = pages.Check(
        frame=pages.frame_of(found, request.today),
        wanting=pages.wanting(found, leaves),
        needs=pages.needs_in(leaves, choices_for(found.form_record, request.today)),
        needs_address=pages.needs_address(found, leaves),
        views=tuple(pages.view_of(one) for one in family_views(found)),
    )
    return render(request, "assessments/check.html", page=page)


@require_POST
@once.only
def finish(request: PageRequest, assessment_id: UUID) -> HttpResponse:
    """Finish the assessment."""
    found = _assessment(request, assessment_id)
    operations.finish(assessment=found, by=request.actor, at=request.at)
    messages.success(request, "The assessment is finished. Its needs are ready for the plan.")
    return _to("read", found)


@require_http_methods(FORM)
@once.only
def reopen(request: PageRequest, assessment_id: UUID) -> HttpResponse:
    """Open a finished assessment again, with the reason."""
    found = _assessment(request, assessment_id)
    own = Own(request, WHY_REOPEN)
    if request.method == "POST" and own.sound:
        operations.reopen(assessment=found, why=own.answers["why"], by=request.actor, at=request.at)
        messages.success(request, "The assessment is open again.")
        return _to("assessment", found)
    if found.state != "finished":
        return _to("assessment", found)
    page = pages.Reopen(pages.frame_of(found, request.today), own.fields, own.refusals)
    return render(
        request, "assessments/reopen.html", page=page, page_faulty=any(f.fault for f in page.fields)
    )


@require_http_methods(FORM)
@once.only
def view(request: PageRequest, assessment_id: UUID) -> HttpResponse:
    """Keep what someone of the family says of the assessment."""
    found = _assessment(request, assessment_id)
    own = Own(request, FAMILY_VIEW, choices_for(found.form_record, request.today))
    if request.method == "POST" and _can_be_kept(own, request.today) and own.sound:
        said = own.answers
        person = Person.objects.get(pk=said["person"])
        try:
            operations.say(
                assessment=found,
                person=person,
                agrees=said["agrees"],
                words=said.get("words", ""),
                given_on=date.fromisoformat(said["given_on"]),
                given_how=said.get("given_how", ""),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, f"What {person.full_name} says is kept as theirs.")
            return _to("read", found)
    page = pages.Say(
        pages.frame_of(found, request.today),
        own.fields,
        own.refusals,
        tuple(pages.view_of(one) for one in family_views(found)),
    )
    return render(
        request, "assessments/view.html", page=page, page_faulty=any(f.fault for f in page.fields)
    )


def _can_be_kept(own: Own, today: date) -> bool:
    said = own.answers
    if said.get("agrees") in {"partly", "no"} and not said.get("words"):
        own.refuse("words", "Write down, in their words, what they see differently.")
        return False
    if said.get("given_on") and date.fromisoformat(said["given_on"]) > today:
        own.refuse("given_on", "The day they said so cannot be later than today.")
        return False
    return True
