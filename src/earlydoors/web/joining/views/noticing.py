"""Noticing on someone's page that there may be another record of them."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect

from earlydoors.domain.access import finding
from earlydoors.domain.access.queries import grants_of
from earlydoors.domain.joining.operations import propose
from earlydoors.domain.joining.queries import joined_away
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import FamilyMember, Person
from earlydoors.domain.people.queries import named_like, numbered
from earlydoors.foundation.forms.answers import Choices
from earlydoors.foundation.kernel.identifiers import numbers_in
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.kernel.text import folded
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families.pages import listed, told_apart
from earlydoors.web.families.scope import looked, member_of, whole
from earlydoors.web.joining import pages, questions
from earlydoors.web.sections.own import Own

MOST = 12
FIND = "_find"


@once.only
def notice(request: PageRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """Find the other record, say why it may be the same person, and put both on the list."""
    family = whole(request, family_id, Right.DESCRIBE)
    person = member_of(family, person_id).person
    searched = Own(request, (questions.NAME,))
    own, found = searched, None
    typed = searched.answers.get("name", "") if searched.sound else ""
    if typed:
        looked(request, family, "person")
        found = list(_found(request, person, typed)[:MOST])
    if found:
        own = _asked(request, found)
    asks = FIND in request.POST or not found
    if request.method == "POST" and own.sound and found and not asks:
        chosen = next(one for one in found if str(one.pk) == own.answers["same"])
        try:
            propose(
                one=person,
                two=chosen,
                reasons=own.answers["reasons"],
                came_from="worker",
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(
                request, "Both records are on the list of those that may be one person."
            )
            return redirect("families:person", family.pk, person.pk)
    page = pages.FormPage(
        title=f"Another record of {person.full_name}?",
        tab="Another record?",
        told=(
            "Nothing is joined here. Whoever joins records looks at both, and decides.",
            *([_nobody(typed)] if found == [] else []),
        ),
        fields=own.fields,
        refusals=own.refusals,
        button="Put both on the list" if found else "Find",
        back=reverse("families:person", args=[family.pk, person.pk]),
        back_text=person.full_name,
    )
    return render(
        request, "joining/notice.html", page=page, page_faulty=page.faulty, found=bool(found)
    )


def _nobody(typed: str) -> str:
    return (
        f"Nobody was found for “{typed}” in the families whose whole record is open to you. Try "
        "part of the name or another spelling."
    )


def _found(request: PageRequest, person: Person, typed: str) -> QuerySet[Person]:
    """Other people by that name or number, in families that are wholly open to the actor."""
    seen = grants_of(request.actor).filter(extent="full").values("family")
    numbers = numbers_in(typed)
    who = numbered(numbers) if numbers else named_like(typed)
    held = finding.few_held(request.actor)
    if held is not None:
        among = Q(families__family__among=held)
    else:
        words = folded(typed).split()[:6]
        near = finding.known_by(numbers) if numbers else finding.named(words)
        among = Q(pk__among=near.people)
    return (
        Person.objects.filter(who, among, families__family__in=seen)
        .exclude(pk=person.pk)
        .exclude(joined_away())
        .distinct()
        .order_by("search_name", "pk")
    )


def _asked(request: PageRequest, found: list[Person]) -> Own:
    """Which of those found it is, and why. Pressing Find again asks no more of the rest."""
    families: dict[UUID, list[str]] = {}
    seen = grants_of(request.actor).filter(extent="full").values("family")
    places = FamilyMember.objects.filter(person__in=found, family__in=seen)
    for place in places.select_related("family").order_by("joined_on", "pk"):
        families.setdefault(place.person_id, []).append(f"the {place.family}")
    offered = [(one.pk, told_apart(one), f"In {listed(families.get(one.pk, []))}") for one in found]
    asked = (questions.NAME, questions.records(offered), questions.NOTICE)
    return Own(request, asked, Choices(), whole=FIND not in request.POST)
