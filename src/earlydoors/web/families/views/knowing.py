"""What is known about someone beside their details, and the ways to reach them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people import facts
from earlydoors.domain.people.operations import correct
from earlydoors.foundation.kernel.refusals import OutOfDate, UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.parts import Row
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families import knowing
from earlydoors.web.families import person as persons
from earlydoors.web.families.earlier import earlier_versions
from earlydoors.web.families.forms import of_person
from earlydoors.web.families.scope import member_of, seen_at, whole
from earlydoors.web.sections.own import Own


@once.only
def known(request: PageRequest, family_id: UUID, person_id: UUID, group: str) -> HttpResponse:
    """Mend a group of what is known about someone, with who said so."""
    family = whole(request, family_id, Right.DESCRIBE)
    person = member_of(family, person_id).person
    if group not in knowing.LABELS:
        raise Http404
    asked = knowing.fact_questions(group, person, request.today)
    own = Own(request, asked, initial=knowing.fact_answers(group, person))
    title = knowing.TITLES[group].format(person.full_name)
    page = of_person(
        request, family, person, own, title=title, tab=knowing.TABS[group], button="Save"
    ).seen(person)
    page.says("Write what you know and were told; leave the rest.")
    if request.method == "POST" and own.sound:
        try:
            correct(
                person=person,
                seen=seen_at(request),
                source=knowing.source(own.answers),
                by=request.actor,
                at=request.at,
                **knowing.fact_fields(group, own.answers),
            )
        except OutOfDate as late:
            person.refresh_from_db()
            theirs = [
                Row(label, persons.said(person, name) or "Not known")
                for name, label in knowing.LABELS[group].items()
            ]
            return page.late(late.sentence, person, theirs)
        except UnableTo as refusal:
            own.refuse("died_on" if "die" in refusal.sentence else "", refusal.sentence)
        else:
            messages.success(request, f"What is known of {person.full_name} is saved.")
            return redirect("families:person", family_id, person_id)
    return page.answer()


@once.only
def add_route(request: PageRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """Write down a way to reach someone."""
    family = whole(request, family_id, Right.DESCRIBE)
    person = member_of(family, person_id).person
    own = Own(request, knowing.ROUTE)
    if request.method == "POST" and own.sound:
        try:
            facts.add_route(
                person=person, by=request.actor, at=request.at, **knowing.route_fields(own.answers)
            )
        except UnableTo as refusal:
            own.refuse("how", refusal.sentence)
        else:
            messages.success(request, f"How to reach {person.full_name} is saved.")
            return redirect("families:person", family_id, person_id)
    title = f"A way to reach {person.full_name}"
    return of_person(
        request, family, person, own, title=title, tab="A way to reach somebody", button="Save"
    ).answer()


@once.only
def mend_route(
    request: PageRequest, family_id: UUID, person_id: UUID, route_id: UUID
) -> HttpResponse:
    """Mend a way to reach someone, or end it."""
    family = whole(request, family_id, Right.DESCRIBE)
    person = member_of(family, person_id).person
    route = person.routes.filter(pk=route_id).select_related("changed_by").first()
    if route is None:
        raise Http404
    asked = (*knowing.ROUTE, knowing.ROUTE_ENDED)
    own = Own(request, asked, initial=knowing.route_answers(route))
    if request.method == "POST" and own.sound:
        try:
            facts.mend_route(
                route=route, by=request.actor, at=request.at, **knowing.route_fields(own.answers)
            )
        except UnableTo as refusal:
            own.refuse("ended_on" if "ended" in refusal.sentence else "how", refusal.sentence)
        else:
            messages.success(request, f"How to reach {person.full_name} is saved.")
            return redirect("families:person", family_id, person_id)
    title = f"{route.get_kind_display()} of {person.full_name}"
    page = of_person(
        request, family, person, own, title=title, tab=route.get_kind_display(), button="Save"
    )
    return page.earlier(earlier_versions(route, knowing.ROUTE_LABELS)).answer()
