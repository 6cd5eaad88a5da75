"""Two records side by side, and what somebody decides about them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from earlydoors.domain.joining.joins import join
from earlydoors.domain.joining.models import Pair
from earlydoors.domain.joining.operations import (
    is_open,
    leave_open,
    lift_apart,
    look_at,
    set_apart,
)
from earlydoors.domain.joining.queries import are_apart, now_of, pair_for
from earlydoors.domain.joining.states import PAIR
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.families.pages import told_apart
from earlydoors.web.joining import beside, pages, questions
from earlydoors.web.sections.own import Own


def _pair(request: PageRequest, pair_id: UUID) -> Pair:
    request.actor.must(Right.JOIN)
    return within(pair_for, request.actor, pair_id)


@once.only
def pair(request: PageRequest, pair_id: UUID) -> HttpResponse:
    """Two records side by side: joined from here, or led on to another answer."""
    found = _pair(request, pair_id)
    if not _is_open(found):
        return _decided(request, found)
    kept, other = beside.records(*pages.in_order(found))
    asked, begun = beside.choices(kept, other)
    own = Own(request, (*asked, questions.SAME_WHY), initial=begun)
    if request.method == "POST" and own.sound:
        taking = {key: which for key, which in own.answers.items() if key != "why"}
        try:
            joining = join(
                kept=kept.person,
                other=other.person,
                why=own.answers["why"],
                taking=taking,
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "The two records are one now.")
            return redirect("joining:joining", joining.pk)
    look_at(pair=found, by=request.actor, at=request.at)
    on = day(local_day(found.created_at))
    page = pages.PairPage(
        sides=(
            beside.side(kept, "First record", request.today),
            beside.side(other, "Second record", request.today),
        ),
        reasons=pages.sentence(found.reasons),
        came=f"{found.get_came_from_display()}, {on}",
        note=found.note,
        groups=tuple(group for group in beside.compared(kept, other, request.today) if group[1]),
        sees=beside.who_will_see(kept, other),
        cautions=beside.cautions(kept, other),
        fields=own.fields,
        refusals=own.refusals,
        two_people=reverse("joining:two_people", args=[found.pk]),
        not_sure=reverse("joining:not_sure", args=[found.pk]),
    )
    return render(request, "joining/pair.html", page=page, page_faulty=page.faulty)


def _is_open(found: Pair) -> bool:
    gone = any(now_of(one) != one for one in (found.first_id, found.second_id))
    return is_open(found) and not gone


def _decided(request: PageRequest, found: Pair) -> HttpResponse:
    """What became of a pair that waits no more."""
    kept, other = pages.in_order(found)
    names = f"{told_apart(kept)}, and {told_apart(other)}"
    says: tuple[str, ...] = (names,)
    links: list[tuple[str, str]] = []
    again = None
    title = "One of these records was joined with another"
    if found.state == "joined":
        title = "These records are joined"
        standing = found.joinings.filter(undone_at=None)
        links = [
            (reverse("joining:joining", args=[one.pk]), "What the joining did") for one in standing
        ]
    elif found.state == "apart":
        title = "These are two people"
        mark = are_apart(found.first, found.second)
        if mark is not None:
            on = day(local_day(mark.created_at))
            says = (names, f"{mark.get_why_display()}. {mark.created_by.name}, {on}.", mark.says)
        again = reverse("joining:look_again", args=[found.pk])
    page = pages.Decided(title, tuple(filter(None, says)), tuple(links), again)
    return render(request, "joining/decided.html", page=page)


def _form(
    request: PageRequest, found: Pair, own: Own, *, title: str, told: tuple[str, ...], button: str
) -> HttpResponse:
    page = pages.FormPage(
        title=title,
        told=(" and ".join(map(told_apart, pages.in_order(found))) + ".", *told),
        fields=own.fields,
        refusals=own.refusals,
        button=button,
        back=reverse("joining:pair", args=[found.pk]),
        back_text="Side by side",
    )
    return render(request, "joining/form.html", page=page, page_faulty=page.faulty)


@once.only
def two_people(request: PageRequest, pair_id: UUID) -> HttpResponse:
    """They are two people, for good."""
    found = _pair(request, pair_id)
    if not PAIR.can("set_apart", found.state):
        return redirect("joining:pair", found.pk)
    own = Own(request, questions.TWO_PEOPLE)
    if request.method == "POST" and own.sound:
        try:
            set_apart(
                pair=found,
                why=own.answers["kind"],
                says=own.answers.get("says", ""),
                by=request.actor,
                at=request.at,
            )
        except UnableTo as refusal:
            own.refuse("says" if "how you know" in refusal.sentence else "", refusal.sentence)
        else:
            messages.success(request, "They are marked as two people, and stay so.")
            return redirect("joining:worklist")
    return _form(
        request,
        found,
        own,
        title="They are two people",
        told=("They are not put on this list again. Whoever finds out more can look again.",),
        button="Mark them as two people",
    )


@once.only
def not_sure(request: PageRequest, pair_id: UUID) -> HttpResponse:
    """Nobody knows yet."""
    found = _pair(request, pair_id)
    if not PAIR.can("leave_open", found.state):
        return redirect("joining:pair", found.pk)
    own = Own(request, questions.NOT_SURE, initial={"note": found.note})
    if request.method == "POST" and own.sound:
        try:
            leave_open(pair=found, note=own.answers["note"], by=request.actor, at=request.at)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "It stays on the list, with what you wrote.")
            return redirect("joining:worklist")
    return _form(
        request,
        found,
        own,
        title="Not sure yet",
        told=("Both records stay as they are.",),
        button="Save and leave it open",
    )


@once.only
def look_again(request: PageRequest, pair_id: UUID) -> HttpResponse:
    """Two that were marked as two people may be one after all."""
    found = _pair(request, pair_id)
    if not PAIR.can("lift", found.state):
        return redirect("joining:pair", found.pk)
    own = Own(request, questions.LOOK_AGAIN)
    if request.method == "POST" and own.sound:
        try:
            lift_apart(pair=found, why=own.answers["why"], by=request.actor, at=request.at)
        except UnableTo as refusal:
            own.refuse("", refusal.sentence)
        else:
            messages.success(request, "They are on the list again.")
            return redirect("joining:pair", found.pk)
    return _form(
        request,
        found,
        own,
        title="Look at them again",
        told=("They were marked as two people. This puts them on the list again.",),
        button="Put them on the list again",
    )
