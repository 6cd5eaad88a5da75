"""The NHS number and the pupil numbers of someone: written down, mended, taken off."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from earlydoors.domain.access.queries import grants_of
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.identifiers import (
    HeldByAnother,
    identify,
    met_another,
    take_off_identifier,
)
from earlydoors.domain.people.models import Identifier, Person
from earlydoors.foundation.kernel.identifiers import UnreadableNumberError
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families import numbering
from earlydoors.web.families.earlier import earlier_versions
from earlydoors.web.families.forms import of_person
from earlydoors.web.families.pages import listed
from earlydoors.web.families.scope import member_of, whole
from earlydoors.web.sections.own import Own

KINDS = dict(Identifier.KINDS)


def _standing(person: Person, kind: str) -> Identifier | None:
    if kind not in KINDS:
        raise Http404
    held = person.identifiers.filter(kind=kind, removed_on=None)
    return held.select_related("changed_by").first()


@once.only
def number(
    request: PageRequest, family_id: UUID, person_id: UUID, number_kind: str
) -> HttpResponse:
    """Write down or mend someone's number of a kind."""
    family = whole(request, family_id, Right.DESCRIBE)
    person = member_of(family, person_id).person
    standing = _standing(person, number_kind)
    asked = numbering.questions(number_kind, request.today)
    own = Own(request, asked, initial=numbering.answers(standing))
    if request.method == "POST" and own.sound:
        try:
            identify(
                person=person,
                kind=number_kind,
                by=request.actor,
                at=request.at,
                **numbering.fields(own.answers),
            )
        except UnreadableNumberError as slip:
            own.refuse("number", str(slip))
        except HeldByAnother as held:
            own.refuse("number", _held(request, person, held.holder, KINDS[number_kind]))
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, f"The {KINDS[number_kind]} is saved.")
            return redirect("families:person", family_id, person_id)
    title = f"{KINDS[number_kind]} of {person.full_name}"
    page = of_person(
        request, family, person, own, title=title, tab=KINDS[number_kind], button="Save the number"
    )
    if standing:
        take_off = reverse("families:take_off_number", args=[family_id, person_id, number_kind])
        page.links((take_off, "This number is not theirs"))
        page.earlier(earlier_versions(standing, numbering.LABELS))
    return page.answer()


def _held(request: PageRequest, person: Person, holder: Person, says: str) -> str:
    """That another record has the number: whose, only where their record is open to the reader.
    What was told is recorded."""
    theirs = holder.families.filter(left_on=None).select_related("family")
    seen = grants_of(request.actor).filter(extent="full").values("family")
    open_to = [one.family for one in theirs.filter(family__in=seen).order_by("joined_on", "pk")]
    met_another(
        person=person,
        holder=holder,
        open_to=[one.pk for one in open_to],
        by=request.actor,
        at=request.at,
    )
    if open_to:
        families = listed([f"the {one}" for one in open_to])
        return (
            f"{holder.full_name} of {families} has this {says}. Check which of the two is right, "
            "or whether they are one person on record twice"
        )
    front_door = current().words.front_door.one
    return (
        f"Another record has this {says}, and it is not open to you. Check the number; if it is "
        f"right, ask the {front_door}, who can see whose it is"
    )


@once.only
def take_off(
    request: PageRequest, family_id: UUID, person_id: UUID, number_kind: str
) -> HttpResponse:
    """A number is not theirs."""
    family = whole(request, family_id, Right.DESCRIBE)
    person = member_of(family, person_id).person
    standing = _standing(person, number_kind)
    if standing is None:
        raise Http404
    own = Own(request, numbering.TAKE_OFF)
    if request.method == "POST" and own.sound:
        take_off_identifier(
            identifier=standing, why=own.answers["why"], by=request.actor, at=request.at
        )
        messages.success(request, f"{standing} is not shown as theirs any more.")
        return redirect("families:person", family_id, person_id)
    title = f"{standing} is not theirs"
    return (
        of_person(
            request,
            family,
            person,
            own,
            title=title,
            tab="Not their number",
            button="Take the number off",
        )
        .says("It is not shown or searched any more; that it was written down stays on record.")
        .answer()
    )
