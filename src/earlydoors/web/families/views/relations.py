"""What people of a family are to each other: added, changed, ended, taken off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people import answering
from earlydoors.domain.people import relating as relations
from earlydoors.domain.people.kinship import kin_of
from earlydoors.domain.people.models import Family, Person, Relationship
from earlydoors.domain.people.operations import take_in, write_down
from earlydoors.domain.people.relations import OF
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families import relating
from earlydoors.web.families.earlier import earlier_versions
from earlydoors.web.families.forms import of_person
from earlydoors.web.families.knowing import source
from earlydoors.web.families.questions import as_day
from earlydoors.web.families.scope import member_of, whole
from earlydoors.web.sections.own import Own


@once.only
def add(request: PageRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """Write down what somebody of the family, or somebody new to it, is to someone."""
    family = whole(request, family_id, Right.DESCRIBE)
    person = member_of(family, person_id).person
    kin = kin_of(family)
    drawn = kin.person(person.pk)
    asked = relating.add_questions(kin, drawn, request.today)
    own = Own(request, asked, initial=relating.first_guess(kin, drawn))
    doubt: Own | None = None
    if request.method == "POST" and own.sound:
        sure = Own(request, relating.SURE) if "sure" in request.POST else None
        try:
            _write(request, family, person, own.answers, sure=_is_sure(sure))
        except relations.Doubtful as slip:
            doubt = sure or Own(request, relating.SURE, whole=False)
            doubt.refuse("sure", slip.sentence)
        except relations.WrongDay as wrong:
            own.refuse(wrong.field, wrong.sentence)
        except UnableTo as refusal:
            own.refuse("kind", refusal.sentence)
        else:
            messages.success(request, f"Who is who to {person.full_name} is saved.")
            return redirect("families:person", family_id, person_id)
    shown = (own, doubt) if doubt else (own,)
    title = f"Who is who to {person.full_name}"
    page = of_person(request, family, person, *shown, title=title, tab="Who is who", button="Save")
    return page.says(
        "Brothers and sisters, grandparents, aunts and uncles follow from who is whose parent: "
        "write those down first."
    ).answer()


def _is_sure(own: Own | None) -> bool:
    return bool(own and own.sound and own.answers.get("sure") == "right")


@transaction.atomic
def _write(
    request: PageRequest, family: Family, person: Person, answers: dict[str, Any], *, sure: bool
) -> None:
    """All that the page says, or nothing of it."""
    signed: dict[str, Any] = {"by": request.actor, "at": request.at}
    people = {str(one.person_id): one.person for one in family.members.select_related("person")}
    fields = relating.shared_fields(answers)
    for key in answers["whom"]:
        other = people.get(key) or _someone_new(request, family, answers)
        ends = relating.ends_of(answers["kind"], person.pk, other.pk, person.sex)
        first, last = (person, other) if ends[0] == person.pk else (other, person)
        row = relations.relate(
            person=first, kind=ends[1], other=last, sure=sure, **fields, **signed
        )
        if answers.get("basis") and row.kind != "mother":
            answering.make_responsible(
                child=last,
                holder=first,
                basis=answers["basis"],
                said_by=fields["said_by"],
                said_says=fields["said_says"],
                **signed,
            )


def _someone_new(request: PageRequest, family: Family, answers: dict[str, Any]) -> Person:
    signed: dict[str, Any] = {"by": request.actor, "at": request.at}
    sex = answers.get("sex") or "not_known"
    born_on = answers.get("born_on")
    person = write_down(
        given_name=answers["given_name"],
        family_name=answers.get("family_name", ""),
        born_on=as_day(born_on),
        sex=sex,
        source=source(answers),
        **signed,
    )
    relation = relating.relation_of(answers["kind"], sex)
    take_in(family=family, person=person, relation=relation, on=request.today, **signed)
    return person


def _row(family: Family, person: Person, relationship_id: UUID) -> Relationship:
    """What is written down of someone and another of the same family. Raises `Http404`."""
    ids = list(family.members.values_list("person_id", flat=True))
    rows = Relationship.objects.filter(removed_on=None, person__in=ids, other__in=ids)
    row = rows.filter(pk=relationship_id).select_related("person", "other", "changed_by").first()
    if row is None or person.pk not in (row.person_id, row.other_id):
        raise Http404
    return row


def _in_words(row: Relationship) -> str:
    noun = "partner" if row.kind == "partner" else OF[row.kind].asks.lower()
    return f"{row.person.full_name}, {noun} of {row.other.full_name}"


@once.only
def mend(
    request: PageRequest, family_id: UUID, person_id: UUID, relationship_id: UUID
) -> HttpResponse:
    """Change what two people are to each other, or end it."""
    family = whole(request, family_id, Right.DESCRIBE)
    person = member_of(family, person_id).person
    row = _row(family, person, relationship_id)
    own = Own(request, relating.mend_questions(row), initial=relating.mend_answers(row))
    doubt: Own | None = None
    if request.method == "POST" and own.sound:
        sure = Own(request, relating.SURE) if "sure" in request.POST else None
        try:
            relations.mend_relationship(
                relationship=row,
                kind=own.answers["kind"],
                sure=_is_sure(sure),
                by=request.actor,
                at=request.at,
                **relating.shared_fields(own.answers),
            )
        except relations.Doubtful as slip:
            doubt = sure or Own(request, relating.SURE, whole=False)
            doubt.refuse("sure", slip.sentence)
        except relations.WrongDay as wrong:
            own.refuse(wrong.field, wrong.sentence)
        except UnableTo as refusal:
            own.refuse("kind", refusal.sentence)
        else:
            messages.success(request, "What they are to each other is saved.")
            return redirect("families:person", family_id, person_id)
    shown = (own, doubt) if doubt else (own,)
    page = of_person(
        request, family, person, *shown, title=_in_words(row), tab="Who is who", button="Save"
    )
    off = reverse("families:take_off_relationship", args=[family.pk, person.pk, row.pk])
    page.links((off, "This was never true"))
    return page.earlier(earlier_versions(row, relating.LABELS)).answer()


@once.only
def take_off(
    request: PageRequest, family_id: UUID, person_id: UUID, relationship_id: UUID
) -> HttpResponse:
    """It was never true."""
    family = whole(request, family_id, Right.DESCRIBE)
    person = member_of(family, person_id).person
    row = _row(family, person, relationship_id)
    own = Own(request, relating.never_true("For example: it was written on the wrong child."))
    if request.method == "POST" and own.sound:
        relations.take_off_relationship(
            relationship=row, why=own.answers["why"], by=request.actor, at=request.at
        )
        messages.success(request, "It is not shown any more. That it was written down stays.")
        return redirect("families:person", family_id, person_id)
    title = f"Never true: {_in_words(row)}"
    page = of_person(
        request, family, person, own, title=title, tab="Never true", button="Take it off"
    )
    return page.says(
        "It is not shown any more; that it was written down stays on record. What was true once "
        "and is not now stays: give it the day it ended instead."
    ).answer()
