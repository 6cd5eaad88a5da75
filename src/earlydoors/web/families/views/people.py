"""The people of a family: their page, adding, mending, leaving."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from earlydoors.domain.chronology.operations import mend
from earlydoors.domain.matching.asking import Asked
from earlydoors.domain.matching.known import Likeness
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people import operations
from earlydoors.domain.people.following import is_known
from earlydoors.domain.people.kinship import claims_of, kin_of
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.names import is_another_name
from earlydoors.foundation.kernel.refusals import OutOfDate, UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.pages import render
from earlydoors.web.design.parts import Row
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.words import sentence
from earlydoors.web.families import person as persons
from earlydoors.web.families import questions
from earlydoors.web.families.alike import on_record
from earlydoors.web.families.forms import Form, of_person
from earlydoors.web.families.knowing import source
from earlydoors.web.families.naming import SOURCE, new_name, slip_or_new
from earlydoors.web.families.pages import told_apart
from earlydoors.web.families.scope import looked, member_of, seen_at, whole
from earlydoors.web.sections.own import Own

SOMEONE_ELSE = "someone_else"


def person(request: PageRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """What is known of someone, where they live and go, and from whom that is kept."""
    family = whole(request, family_id)
    member = member_of(family, person_id)
    if member.person_id != person_id:
        messages.info(
            request,
            f"You followed a link to a record that was joined with this one, of "
            f"{member.person.full_name}.",
        )
        return redirect("families:person", family_id, member.person_id)
    looked(request, family, "person")
    return render(request, "families/person.html", page=persons.page(request, family, member))


@once.only
def add(request: PageRequest, family_id: UUID) -> HttpResponse:
    """Add someone to the family; someone on record already stays one record."""
    family = whole(request, family_id, Right.DESCRIBE)
    asked = (
        *questions.MEMBER[:1],
        *questions.PERSON,
        questions.PHONE,
        *questions.MEMBER[1:],
        *SOURCE,
    )
    own = Own(request, asked)
    same = None
    if request.method == "POST" and own.sound:
        fields = questions.person_fields(own.answers)
        known = on_record(request.actor, _asked(fields))
        same = _same(request, known) if known else None
        if same is None or same.sound:
            chosen = next(
                (p for p, _ in known if same and str(p.pk) == same.answers.get("same")), None
            )
            try:
                found = chosen or operations.write_down(
                    by=request.actor,
                    at=request.at,
                    source=source(own.answers),
                    phone=own.answers.get("phone", ""),
                    **fields,
                )
                operations.take_in(
                    family=family,
                    person=found,
                    on=request.today,
                    by=request.actor,
                    at=request.at,
                    **questions.member_fields(own.answers),
                )
            except UnableTo as refusal:
                own.refuse("", refusal.sentence)
            else:
                messages.success(request, f"{found.full_name} is added to the family.")
                return redirect("families:person", family_id, found.pk)
    shown = (own, same) if same else (own,)
    page = Form(request, family, *shown, title="Add someone to the family", button="Add them")
    return page.says(
        "A parent who lives elsewhere, a grandparent, a child not yet born: everyone who matters "
        "to the family. Write what you know; the rest can wait."
    ).answer()


def _asked(fields: dict[str, Any]) -> Asked:
    """What was typed of someone, as the register is asked."""
    told = ("given_name", "family_name", "born_on", "due_on", "sex")
    return Asked(**{name: fields[name] for name in told})


def _same(request: PageRequest, known: list[tuple[Person, Likeness]]) -> Own:
    """Ask whether it is one of those on record who are like them, and say how they are alike."""
    offered = [(p.pk, f"{told_apart(p)}: already on record", sentence(how.why)) for p, how in known]
    asked = questions.choice(
        "same",
        "Someone like that is on record. Is it them?",
        [*offered, (SOMEONE_ELSE, "No, someone else")],
    )
    return Own(request, asked)


@once.only
def edit(request: PageRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """Mend what is known of someone; a birth is written down on the same record."""
    family = whole(request, family_id, Right.DESCRIBE)
    member = member_of(family, person_id)
    known = member.person
    asked = (*questions.PERSON, *SOURCE)
    own = Own(request, asked, initial=questions.person_answers(known))
    unborn = known.is_unborn
    fields = questions.person_fields(own.answers) if own.sound else {}
    naming = _naming(request, known, fields)
    title = (
        f"{known.full_name}: write down the birth" if unborn else f"Details of {known.full_name}"
    )
    shown = (own, naming) if naming else (own,)
    page = of_person(
        request,
        family,
        known,
        *shown,
        title=title,
        tab="The birth" if unborn else "Details",
        button="Save",
    ).seen(known)
    if unborn:
        page.says("Write the name and the birth date. It stays the same record, with its history.")
    if request.method == "POST" and own.sound and (naming is None or naming.sound):
        try:
            mend(
                person=known,
                seen=seen_at(request),
                renamed=new_name(naming.answers) if naming else None,
                source=source(own.answers),
                by=request.actor,
                at=request.at,
                **fields,
            )
        except OutOfDate as late:
            known.refresh_from_db()
            return page.late(late.sentence, known, _rows(known))
        except UnableTo as refusal:
            own.refuse("born_on" if "birth" in refusal.sentence else "", refusal.sentence)
        else:
            messages.success(request, f"What is known of {known.full_name} is saved.")
            return redirect("families:person", family_id, person_id)
    return page.answer()


def _naming(request: PageRequest, known: Person, fields: dict[str, Any]) -> Own | None:
    """Ask whether a change of name is a new name or the correction of a slip, where it can be
    either: not for the name given at a birth, nor for capitals and accents."""
    born = known.is_unborn and fields.get("born_on")
    parts = ["given_name", "family_name", *(["known_as"] if known.known_as else [])]
    if born or not is_another_name(known, fields, *parts):
        return None
    was = known.full_name
    if not is_another_name(known, fields, "given_name", "family_name"):
        was = known.known_as
    return Own(request, slip_or_new(was))


def _rows(known: Person) -> list[Row]:
    return [
        Row(label, persons.said(known, name) or "Not known")
        for name, label in questions.PERSON_LABELS.items()
    ]


@once.only
def restate(request: PageRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """Mend who someone is in the family."""
    family = whole(request, family_id, Right.DESCRIBE)
    member = member_of(family, person_id)
    kin = kin_of(family)
    known = is_known(kin, person_id, claims_of(kin))
    asked = [q for q in questions.MEMBER if not known or q.key != "parental_responsibility"]
    own = Own(request, asked, initial=questions.member_answers(member))
    if request.method == "POST" and own.sound:
        fields = questions.member_fields(own.answers)
        if known:
            fields["parental_responsibility"] = member.parental_responsibility
        operations.restate(membership=member, by=request.actor, at=request.at, **fields)
        messages.success(request, f"Who {member.person.full_name} is in the family is saved.")
        return redirect("families:person", family_id, person_id)
    title = f"{member.person.full_name} in the family"
    page = of_person(
        request,
        family,
        member.person,
        own,
        title=title,
        tab="Somebody in the family",
        button="Save",
    )
    if known:
        page.says("Their parental responsibility is on the page of each child.")
    return page.answer()


@once.only
def leave(request: PageRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """Someone is not in the family any more."""
    family = whole(request, family_id, Right.DESCRIBE)
    member = member_of(family, person_id)
    own = Own(request, questions.LEAVE)
    if request.method == "POST" and own.sound:
        try:
            operations.let_go(
                membership=member,
                on=questions.as_day(own.answers["on"]) or request.today,
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("on", refusal.sentence)
        else:
            name = member.person.full_name
            messages.success(request, f"{name} is not in the family any more.")
            return redirect("families:family", family_id)
    title = f"{member.person.full_name} leaves the family"
    page = of_person(
        request,
        family,
        member.person,
        own,
        title=title,
        tab="Somebody leaves the family",
        button="Save",
    )
    return page.says(
        "What is known of them stays on record. This is for someone who is no longer part of the "
        "family, not for someone who lives elsewhere."
    ).answer()
