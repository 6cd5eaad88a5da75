"""Who has parental responsibility for a child: written down, changed, ended, taken off."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people import answering
from earlydoors.domain.people.kinship import kin_of
from earlydoors.domain.people.models import Family, Person, Responsibility
from earlydoors.domain.people.relating import WrongDay
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families import relating
from earlydoors.web.families.earlier import earlier_versions
from earlydoors.web.families.forms import of_person
from earlydoors.web.families.scope import member_of, whole
from earlydoors.web.sections.own import Own


@once.only
def add(request: PageRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """Write down who has parental responsibility for a child, or who has not."""
    family = whole(request, family_id, Right.DESCRIBE)
    child = member_of(family, person_id).person
    kin = kin_of(family)
    own = Own(request, relating.holder_questions(kin, kin.person(child.pk)))
    if request.method == "POST" and own.sound:
        people = {str(one.person_id): one.person for one in family.members.select_related("person")}
        try:
            answering.make_responsible(
                child=child,
                holder=people.get(own.answers["holder"]),
                authority=own.answers.get("authority", ""),
                by=request.actor,
                at=request.at,
                **relating.basis_fields(own.answers),
            )
        except WrongDay as wrong:
            own.refuse(wrong.field, wrong.sentence)
        except UnableTo as refusal:
            own.refuse("basis", refusal.sentence)
        else:
            messages.success(request, "Parental responsibility is saved.")
            return redirect("families:person", family_id, person_id)
    title = f"Parental responsibility for {child.full_name}"
    page = of_person(
        request, family, child, own, title=title, tab="Parental responsibility", button="Save"
    )
    return page.says(
        "A mother who gave birth has it, an adoptive parent and a special guardian too: that "
        "follows by itself from who they are to the child."
    ).answer()


def _row(family: Family, child: Person, responsibility_id: UUID) -> Responsibility:
    ids = list(family.members.values_list("person_id", flat=True))
    row = (
        Responsibility.objects.filter(pk=responsibility_id, child=child, removed_on=None)
        .select_related("child", "holder", "changed_by")
        .first()
    )
    if row is None or (row.holder_id is not None and row.holder_id not in ids):
        raise Http404
    return row


def _whose(row: Responsibility) -> str:
    return row.holder.full_name if row.holder else row.authority


@once.only
def mend(
    request: PageRequest, family_id: UUID, person_id: UUID, responsibility_id: UUID
) -> HttpResponse:
    """Change why someone has parental responsibility, or end it."""
    family = whole(request, family_id, Right.DESCRIBE)
    child = member_of(family, person_id).person
    row = _row(family, child, responsibility_id)
    own = Own(request, relating.BASIS, initial=relating.basis_answers(row))
    if request.method == "POST" and own.sound:
        try:
            answering.mend_responsibility(
                responsibility=row,
                by=request.actor,
                at=request.at,
                **relating.basis_fields(own.answers),
            )
        except WrongDay as wrong:
            own.refuse(wrong.field, wrong.sentence)
        except UnableTo as refusal:
            own.refuse("basis", refusal.sentence)
        else:
            messages.success(request, "Parental responsibility is saved.")
            return redirect("families:person", family_id, person_id)
    title = f"Parental responsibility of {_whose(row)} for {child.full_name}"
    page = of_person(
        request, family, child, own, title=title, tab="Parental responsibility", button="Save"
    )
    off = reverse("families:take_off_responsibility", args=[family.pk, child.pk, row.pk])
    page.links((off, "This was never true"))
    return page.earlier(earlier_versions(row, relating.RESPONSIBLE_LABELS)).answer()


@once.only
def take_off(
    request: PageRequest, family_id: UUID, person_id: UUID, responsibility_id: UUID
) -> HttpResponse:
    """It was never so."""
    family = whole(request, family_id, Right.DESCRIBE)
    child = member_of(family, person_id).person
    row = _row(family, child, responsibility_id)
    own = Own(request, relating.never_true("For example: the certificate was somebody else’s."))
    if request.method == "POST" and own.sound:
        answering.take_off_responsibility(
            responsibility=row, why=own.answers["why"], by=request.actor, at=request.at
        )
        messages.success(request, "It is not shown any more. That it was written down stays.")
        return redirect("families:person", family_id, person_id)
    title = f"Never true: parental responsibility of {_whose(row)}"
    page = of_person(
        request,
        family,
        child,
        own,
        title=title,
        tab="Never true: parental responsibility",
        button="Take it off",
    )
    return page.says(
        "It is not shown any more; that it was written down stays on record. What a court ended "
        "stays: give it the day it ended instead."
    ).answer()
