"""The other names of someone: added, mended, taken off when they were never theirs."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people import names
from earlydoors.domain.people.models import Name, Person
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families import naming
from earlydoors.web.families.earlier import earlier_versions
from earlydoors.web.families.forms import of_person
from earlydoors.web.families.scope import member_of, whole
from earlydoors.web.sections.own import Own

LABELS = {
    "kind": "Kind of name",
    "given_name": "Given name",
    "family_name": "Family name",
    "began_on": "Since",
    "ended_on": "Until",
    "said_by": "Who said so",
    "said_says": "More about who said so",
}


def _name_of(person: Person, name_id: UUID) -> Name:
    name = person.names.filter(pk=name_id, removed_on=None).select_related("changed_by").first()
    if name is None:
        raise Http404
    return name


@once.only
def add(request: PageRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """Write down another name of someone."""
    family = whole(request, family_id, Right.DESCRIBE)
    person = member_of(family, person_id).person
    own = Own(request, naming.NAME)
    if request.method == "POST" and own.sound:
        try:
            names.add_name(
                person=person, by=request.actor, at=request.at, **naming.name_fields(own.answers)
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "The name is saved.")
            return redirect("families:person", family_id, person_id)
    title = f"Another name of {person.full_name}"
    return (
        of_person(
            request, family, person, own, title=title, tab="Another name", button="Save the name"
        )
        .says("They are found by it too. The name they go by now is changed in their details.")
        .answer()
    )


@once.only
def mend(request: PageRequest, family_id: UUID, person_id: UUID, name_id: UUID) -> HttpResponse:
    """Mend another name of someone, its kind or its days."""
    family = whole(request, family_id, Right.DESCRIBE)
    person = member_of(family, person_id).person
    name = _name_of(person, name_id)
    asked = naming.NAME[1:] if name.kind == "before_birth" else naming.NAME
    own = Own(request, asked, initial=naming.name_answers(name))
    if request.method == "POST" and own.sound:
        try:
            names.mend_name(
                name=name, by=request.actor, at=request.at, **naming.name_fields(own.answers)
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "The name is saved.")
            return redirect("families:person", family_id, person_id)
    title = f"{name.get_kind_display()} of {person.full_name}"
    page = of_person(
        request,
        family,
        person,
        own,
        title=title,
        tab=name.get_kind_display(),
        button="Save the name",
    )
    take_off = reverse("families:take_off_name", args=[family.pk, person.pk, name.pk])
    page.links((take_off, "This was never their name"))
    return page.earlier(earlier_versions(name, LABELS)).answer()


@once.only
def take_off(request: PageRequest, family_id: UUID, person_id: UUID, name_id: UUID) -> HttpResponse:
    """A name was never theirs."""
    family = whole(request, family_id, Right.DESCRIBE)
    person = member_of(family, person_id).person
    name = _name_of(person, name_id)
    own = Own(request, naming.TAKE_OFF)
    if request.method == "POST" and own.sound:
        names.take_off_name(name=name, why=own.answers["why"], by=request.actor, at=request.at)
        messages.success(request, f"{name.full_name} is not shown as a name of theirs any more.")
        return redirect("families:person", family_id, person_id)
    title = f"{name.full_name} was never their name"
    return (
        of_person(
            request,
            family,
            person,
            own,
            title=title,
            tab="Never their name",
            button="Take the name off",
        )
        .says(
            "It is not shown or searched any more; that it was written down stays on record. A "
            "name they once had and do not use now stays: give it the day it ended instead."
        )
        .answer()
    )
