"""Where someone lives or goes, and from whom that is kept."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from earlydoors.domain.partnership.models import Setting
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people import moving, operations
from earlydoors.domain.people.models import FamilyMember, Place
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.request import PageRequest
from earlydoors.web.families import placing, questions
from earlydoors.web.families.earlier import earlier_versions
from earlydoors.web.families.forms import of_person
from earlydoors.web.families.pages import listed
from earlydoors.web.families.scope import member_of, whole
from earlydoors.web.sections.own import Own


def _place_of(member: FamilyMember, place_id: UUID) -> Place:
    places = member.person.places.select_related("setting", "changed_by")
    place = places.prefetch_related("kept_from__person").filter(pk=place_id).first()
    if place is None:
        raise Http404
    return place


def _settings() -> dict[str, Setting]:
    return {str(one.pk): one for one in Setting.objects.filter(current=True).order_by("name")}


NOWHERE = "Choose the place from the list, or write its address or name"


@once.only
def add(request: PageRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """Write down where someone lives or goes."""
    family = whole(request, family_id, Right.DESCRIBE)
    member = member_of(family, person_id)
    settings = _settings()
    own = Own(request, placing.place_questions(settings.values()))
    if request.method == "POST" and own.sound:
        chosen = settings.get(own.answers.get("setting", ""))
        says = own.answers.get("says") or (chosen.name if chosen else "")
        if not says:
            own.refuse("says", NOWHERE)
        else:
            try:
                operations.place_at(
                    person=member.person,
                    kind=own.answers["kind"],
                    says=says,
                    setting=chosen,
                    family=family,
                    by=request.actor,
                    at=request.at,
                    **placing.place_fields(own.answers),
                )
            except UnableTo as refusal:
                own.refuse("began_on", refusal.sentence)
            else:
                messages.success(request, "The place is saved.")
                return redirect("families:person", family_id, person_id)
    title = f"Where {member.person.full_name} lives or goes"
    page = of_person(
        request,
        family,
        member.person,
        own,
        title=title,
        tab="Where somebody lives or goes",
        button="Save the place",
    )
    return page.says(
        "If somebody must not learn of it, keep it from them right after you save it. A home that "
        "is kept from somebody already stays so, whoever moves in."
    ).answer()


@once.only
def mend(request: PageRequest, family_id: UUID, person_id: UUID, place_id: UUID) -> HttpResponse:
    """Correct what is written down of a place."""
    family = whole(request, family_id, Right.DESCRIBE)
    member = member_of(family, person_id)
    place = _place_of(member, place_id)
    own = Own(request, placing.mend_questions(place), initial=placing.mend_answers(place))
    if request.method == "POST" and own.sound:
        try:
            moving.mend_place(
                place=place,
                family=family,
                by=request.actor,
                at=request.at,
                **placing.mend_fields(place, own.answers),
            )
        except UnableTo as refusal:
            own.refuse("began_on", refusal.sentence)
        else:
            messages.success(request, "The place is saved.")
            return redirect("families:person", family_id, person_id)
    title = f"{place.get_kind_display()} of {member.person.full_name}"
    page = of_person(
        request,
        family,
        member.person,
        own,
        title=title,
        tab=place.get_kind_display(),
        button="Save",
    )
    page.says("This mends a slip. If they moved or changed, write that down instead.")
    move = reverse("families:move", args=[family.pk, person_id, place.pk])
    if place.ended_on is None:
        page.links((move, "They moved" if place.kind == "home" else "They go to another one now"))
    return page.earlier(earlier_versions(place, placing.LABELS)).answer()


@once.only
def move(request: PageRequest, family_id: UUID, person_id: UUID, place_id: UUID) -> HttpResponse:
    """Moved house, or another school: the former place ends and the new one begins."""
    family = whole(request, family_id, Right.DESCRIBE)
    member = member_of(family, person_id)
    place = _place_of(member, place_id)
    if place.ended_on is not None:
        raise Http404
    settings = {} if place.kind == "home" else _settings()
    people = [one.person for one in family.members.filter(left_on=None).select_related("person")]
    together = {
        str(one.pk): one
        for one in (moving.together_with(place, people) if place.kind == "home" else ())
        if one.pk != place.pk
    }
    offered = [(key, one.person.full_name) for key, one in together.items()]
    own = Own(
        request,
        placing.move_questions(place, settings.values(), offered),
        initial={"kind": place.kind, "with": list(together)},
    )
    if request.method == "POST" and own.sound:
        chosen = settings.get(own.answers.get("setting", ""))
        says = own.answers.get("says") or (chosen.name if chosen else "")
        if not says:
            own.refuse("says", NOWHERE)
        else:
            try:
                moving.move_house(
                    places=[place, *(together[key] for key in own.answers.get("with", ()))],
                    says=says,
                    on=questions.as_day(own.answers["on"]) or request.today,
                    family=family,
                    by=request.actor,
                    at=request.at,
                    setting=chosen,
                    **placing.move_fields(own.answers),
                )
            except UnableTo as refusal:
                own.refuse("says" if "same place" in refusal.sentence else "on", refusal.sentence)
            else:
                messages.success(request, "The new place is saved. The former one stays on record.")
                return redirect("families:person", family_id, person_id)
    title = f"{member.person.full_name} left {place.says}"
    page = of_person(
        request, family, member.person, own, title=title, tab="Somebody left a place", button="Save"
    )
    kept = list(dict.fromkeys(k.person.full_name for k in place.kept_from.all() if not k.lifted_on))
    if kept:
        page.says(f"The new place is kept private from {listed(kept)} too.")
    return page.answer()


@once.only
def end(request: PageRequest, family_id: UUID, person_id: UUID, place_id: UUID) -> HttpResponse:
    """Someone does not live or go there any more."""
    family = whole(request, family_id, Right.DESCRIBE)
    member = member_of(family, person_id)
    place = _place_of(member, place_id)
    own = Own(request, questions.END_PLACE)
    if request.method == "POST" and own.sound:
        try:
            operations.end_place(
                place=place,
                on=questions.as_day(own.answers["on"]) or request.today,
                family=family,
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("on", refusal.sentence)
        else:
            messages.success(request, "The place is marked as left. It stays on record.")
            return redirect("families:person", family_id, person_id)
    title = f"{member.person.full_name} left {place.says}"
    return of_person(
        request, family, member.person, own, title=title, tab="Somebody left a place", button="Save"
    ).answer()


@once.only
def keep(request: PageRequest, family_id: UUID, person_id: UUID, place_id: UUID) -> HttpResponse:
    """Keep a place from somebody of the family: nothing shown or sent to them will name it."""
    family = whole(request, family_id, Right.DESCRIBE)
    member = member_of(family, person_id)
    place = _place_of(member, place_id)
    others = {
        str(one.person_id): one.person
        for one in family.members.exclude(person=member.person).select_related("person")
    }
    offered = [(key, person.full_name) for key, person in others.items()]
    own = Own(request, questions.keep_questions(offered))
    if request.method == "POST" and own.sound and others:
        person = others[own.answers["person"]]
        operations.keep_from(
            place=place,
            person=person,
            why=own.answers["why"],
            family=family,
            by=request.actor,
            at=request.at,
        )
        messages.success(
            request, f"{place.says} is kept private from {person.full_name}, whoever lives there."
        )
        return redirect("families:person", family_id, person_id)
    title = f"Keep {place.says} private"
    page = of_person(
        request,
        family,
        member.person,
        own,
        title=title,
        tab="Keep a place private",
        button="Keep it private",
    )
    return page.says(
        "Nothing that they see here, and no paper made for them, will name this place. Everyone "
        "who works with the family sees the mark. It holds for everyone of the family there.",
        *(() if others else ("Add the person to the family first, even if they live elsewhere.",)),
    ).answer()


@once.only
def lift(request: PageRequest, family_id: UUID, person_id: UUID, kept_id: UUID) -> HttpResponse:
    """A place need not be kept from somebody any more."""
    family = whole(request, family_id, Right.DESCRIBE)
    member = member_of(family, person_id)
    kept = next(
        (
            one
            for place in member.person.places.prefetch_related("kept_from__person")
            for one in place.kept_from.all()
            if one.pk == kept_id
        ),
        None,
    )
    if kept is None:
        raise Http404
    own = Own(request, questions.LIFT)
    name = kept.person.full_name
    if request.method == "POST" and own.sound:
        try:
            operations.lift(
                kept=kept, why=own.answers["why"], family=family, by=request.actor, at=request.at
            )
        except UnableTo as refusal:
            own.refuse("why", refusal.sentence)
        else:
            messages.success(request, f"{kept.place.says} is no longer kept from {name}.")
            return redirect("families:person", family_id, person_id)
    title = f"Stop keeping {kept.place.says} from {name}"
    page = of_person(
        request,
        family,
        member.person,
        own,
        title=title,
        tab="Stop keeping a place private",
        button=f"Let {name} know of it",
    )
    return page.says(
        f"It was kept private because: {kept.why}",
        f"From then on, pages and papers made for {name} may name it.",
    ).answer()
