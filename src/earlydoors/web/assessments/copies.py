"""Reading the assessment: whole, as a copy for someone of the family, and beside another."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from earlydoors.domain.access.operations import look
from earlydoors.domain.assessment.models import Assessment
from earlydoors.domain.assessment.queries import assessment_for, family_views, pages_of
from earlydoors.domain.information.disputing import disagreements_in
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.queries import members_of, secrets_from
from earlydoors.domain.people.rules import without
from earlydoors.domain.records.queries import Filled, choices_for
from earlydoors.foundation.forms.schema import Repeat
from earlydoors.web.assessments import pages
from earlydoors.web.assessments.versions import Side, compare
from earlydoors.web.assessments.views import other_versions
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within


def _assessment(request: PageRequest, assessment_id: UUID, part: str) -> Assessment:
    """An assessment to read. The look is recorded. Raises `Http404` and `NotAllowed`."""
    found = within(assessment_for, request.actor, assessment_id)
    request.actor.must(Right.SEE_FAMILIES)
    look(family=found.episode.family, part=part, by=request.actor, at=request.at)
    return found


@require_safe
def read(request: PageRequest, assessment_id: UUID) -> HttpResponse:
    """The whole assessment, as workers see it."""
    found = _assessment(request, assessment_id, "assessment")
    leaves = pages_of(found, request.today)
    choices = choices_for(found.form_record, request.today)
    page = pages.Read(
        frame=pages.frame_of(found, request.today),
        parts=pages.parts(leaves, choices, request.today, disagreements_in(found.episode.family)),
        needs=pages.needs_in(leaves, choices),
        views=tuple(pages.view_of(one) for one in family_views(found)),
        contributions=pages.contributions(leaves),
        others=other_versions(found),
        copies=tuple(
            (
                one.person.full_name,
                reverse("assessments:copy", args=[found.pk, one.person_id]),
            )
            for one in members_of(found.episode.family)
            if one.person.can_take_part
        ),
    )
    return render(request, "assessments/read.html", page=page)


@require_safe
def copy(request: PageRequest, assessment_id: UUID, person_id: UUID) -> HttpResponse:
    """The assessment as one person of the family may have it on paper."""
    found = _assessment(request, assessment_id, "assessment, to copy")
    person = _of_the_family(found, person_id)
    secrets = secrets_from(person)
    leaves = pages_of(found, request.today)
    choices = choices_for(found.form_record, request.today)
    apart = _of_others(person, guarded=bool(secrets))
    views = [one for one in family_views(found) if not secrets or one.person_id == person.pk]
    page = pages.Copy(
        frame=pages.frame_of(found, request.today),
        who=person.full_name,
        parts=pages.parts_for(leaves, choices, secrets, apart),
        needs=tuple(
            pages.NeedLine(without(one.says, secrets), one.area)
            for one in pages.needs_in(leaves, choices)
        ),
        views=tuple(pages.clean_view(pages.view_of(one), secrets) for one in views),
        left_out=tuple(pages.left_out(leaves, bool(secrets), apart)),
    )
    return render(request, "assessments/copy.html", page=page)


def _of_the_family(found: Assessment, person_id: UUID) -> Person:
    for one in members_of(found.episode.family):
        if one.person_id == person_id and one.person.can_take_part:
            return one.person
    raise Http404


def _of_others(person: Person, *, guarded: bool) -> Callable[[Filled], bool]:
    """Which pages someone does not get: where a place is kept from them, what other adults said
    of themselves. Nobody can read for every hint that such a page might hold."""

    def apart(page: Filled) -> bool:
        who = page.leaf.who
        of_adults = page.leaf.section.repeat in {Repeat.EACH_ADULT, Repeat.EACH_PERSON}
        return bool(guarded and who and of_adults and not who.is_child and who.id != person.pk)

    return apart


@require_safe
def beside(request: PageRequest, assessment_id: UUID, other_id: UUID) -> HttpResponse:
    """Two assessments of a family beside each other, question by question."""
    two = [
        _assessment(request, one, "assessments, side by side") for one in (assessment_id, other_id)
    ]
    if two[0] == two[1] or two[0].episode.family_id != two[1].episode.family_id:
        raise Http404
    older, newer = sorted(two, key=lambda one: (one.created_at, one.pk))
    page = compare(
        pages.frame_of(two[0], request.today),
        _side(older, request),
        _side(newer, request),
    )
    return render(request, "assessments/beside.html", page=page)


def _side(found: Assessment, request: PageRequest) -> Side:
    return Side(
        frame=pages.frame_of(found, request.today),
        version=found.form_record.form_version,
        pages=tuple(pages_of(found, request.today)),
        choices=choices_for(found.form_record, request.today),
        address=reverse("assessments:read", args=[found.pk]),
    )
