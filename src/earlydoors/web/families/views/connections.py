"""Those who matter to a family and are none of its people: added, changed, taken off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people import connections
from earlydoors.domain.people.models import Connection, Family, Person
from earlydoors.domain.people.relating import WrongDay
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families import connecting
from earlydoors.web.families.earlier import earlier_versions
from earlydoors.web.families.forms import Form
from earlydoors.web.families.relating import never_true
from earlydoors.web.families.scope import whole
from earlydoors.web.sections.own import Own


def _people(family: Family) -> dict[str, Person]:
    members = family.members.filter(left_on=None).select_related("person")
    return {
        str(one.person_id): one.person
        for one in members.order_by("person__born_on", "person__given_name", "person_id")
    }


def _fields(people: dict[str, Person], answers: dict[str, Any]) -> dict[str, Any]:
    about = people.get(answers.get("about", ""))
    return {**connecting.connection_fields(answers), "about": about}


@once.only
def add(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Write down a friend, a neighbour, or a professional who has no sign-in here."""
    family = whole(request, family_id, Right.DESCRIBE)
    people = _people(family)
    offered = [(key, person.full_name) for key, person in people.items()]
    own = Own(request, connecting.connection_questions(offered))
    if request.method == "POST" and own.sound:
        try:
            made = connections.connect(
                family=family, by=request.actor, at=request.at, **_fields(people, own.answers)
            )
        except WrongDay as wrong:
            own.refuse(wrong.field, wrong.sentence)
        else:
            messages.success(request, f"{made.name} is written down.")
            return redirect("families:family", family_id)
    page = Form(request, family, own, title="Someone else who matters", button="Save")
    return page.says(
        "A friend, a neighbour, a coach, a doctor by name. They get no record of their own and "
        "cannot sign in. A worker who can joins the team instead; a relative is added to the "
        "family."
    ).answer()


def _row(family: Family, connection_id: UUID) -> Connection:
    rows = family.connections.filter(removed_on=None).select_related("about", "changed_by")
    row = rows.filter(pk=connection_id).first()
    if row is None:
        raise Http404
    return row


@once.only
def mend(request: PageRequest, family_id: UUID, connection_id: UUID) -> HttpResponse:
    """Change what is known of someone who matters, or end it."""
    family = whole(request, family_id, Right.DESCRIBE)
    row = _row(family, connection_id)
    people = _people(family)
    if row.about is not None:
        people.setdefault(str(row.about_id), row.about)
    offered = [(key, person.full_name) for key, person in people.items()]
    asked = connecting.connection_questions(offered)
    own = Own(request, asked, initial=connecting.connection_answers(row))
    if request.method == "POST" and own.sound:
        try:
            connections.mend_connection(
                connection=row, by=request.actor, at=request.at, **_fields(people, own.answers)
            )
        except WrongDay as wrong:
            own.refuse(wrong.field, wrong.sentence)
        else:
            messages.success(request, f"What is known of {row.name} is saved.")
            return redirect("families:family", family_id)
    page = Form(request, family, own, title=row.name, tab="Someone else who matters", button="Save")
    off = reverse("families:take_off_connection", args=[family.pk, row.pk])
    page.links((off, "They do not belong here"))
    return page.earlier(earlier_versions(row, connecting.LABELS)).answer()


@once.only
def take_off(request: PageRequest, family_id: UUID, connection_id: UUID) -> HttpResponse:
    """They never belonged here."""
    family = whole(request, family_id, Right.DESCRIBE)
    row = _row(family, connection_id)
    own = Own(request, never_true("For example: they belong to another family."))
    if request.method == "POST" and own.sound:
        connections.take_off_connection(
            connection=row, why=own.answers["why"], by=request.actor, at=request.at
        )
        messages.success(request, f"{row.name} is not shown any more.")
        return redirect("families:family", family_id)
    title = f"{row.name} does not belong here"
    page = Form(
        request,
        family,
        own,
        title=title,
        tab="Someone who does not belong here",
        button="Take them off",
    )
    return page.says(
        "They are not shown any more; that they were written down stays on record. If they are "
        "just not there any more, give it the day it ended instead."
    ).answer()
