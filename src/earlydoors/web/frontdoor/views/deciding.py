"""Deciding on a request, beside what its writer said and what the area's levels mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from earlydoors.domain.access.queries import families_of
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.frontdoor import operations
from earlydoors.domain.frontdoor.models import SupportRequest
from earlydoors.domain.frontdoor.queries import (
    Known,
    also_waiting,
    earlier_requests,
    perhaps_known,
    request_for,
)
from earlydoors.domain.frontdoor.rules import about
from earlydoors.domain.panels.operations import decide_request
from earlydoors.domain.partnership.models import Desk
from earlydoors.domain.partnership.queries import agencies, workers
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family
from earlydoors.domain.records.queries import filled
from earlydoors.foundation.forms.answers import is_answered, is_asked
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.kernel.refusals import UnableTo
from earlydoors.foundation.profile.current import current
from earlydoors.web.design import once
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.pages import render
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.scope import within
from earlydoors.web.design.strip import Level, Strip, strip
from earlydoors.web.design.words import sentence, until
from earlydoors.web.frontdoor import decision, pages
from earlydoors.web.sections import paged
from earlydoors.web.sections.own import Own


@dataclass(frozen=True)
class OnRecord:
    """A family that a request may be about: what the front door should know before deciding."""

    name: str
    href: str | None
    help: str
    earlier: Sequence[str]


@dataclass(frozen=True)
class Triage:
    """Everything that helps to decide."""

    id: UUID
    about: str
    from_whom: str
    tag: pages.Tag
    harm: str
    taken_up: str
    rows: Sequence[object]
    people: Sequence[tuple[str, Sequence[object]]]
    answers: Sequence[tuple[str, Sequence[object]]]
    unanswered: Sequence[str]
    levels: Strip
    settled: bool
    on_record: Sequence[OnRecord]
    waiting: Sequence[tuple[str, str]]


@require_POST
@once.only
def take_up(request: PageRequest, request_id: UUID) -> HttpResponse:
    """Say "I am looking at this one"."""
    found = within(request_for, request.actor, request_id)
    operations.take_up(request=found, by=request.actor, at=request.at)
    messages.success(request, "Others can see that you are looking at this one.")
    return redirect("frontdoor:triage", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@once.only
def triage(request: PageRequest, request_id: UUID) -> HttpResponse:
    """What they wrote beside the levels, whether the child is known, and the decision."""
    found = within(request_for, request.actor, request_id)
    request.actor.must(Right.TRIAGE)
    if found.state == "draft":
        raise UnableTo("This request is still being written.")
    if found.state in {"decided", "taken_back"} and request.method != "POST":
        return redirect("frontdoor:request", found.pk)
    known = perhaps_known(found, request.actor)
    families = _families(found, known)
    profile, partners = current(), _partners(request)
    asked = decision.known_questions(known, families, settled=found.family is not None)
    same = Own(request, asked)
    own = Own(
        request,
        decision.decision_questions(profile, partners),
        decision.choices(partners),
        initial=decision.begun(profile),
    )
    if request.method == "POST" and same.sound and own.sound:
        made, (question, fault) = decision.decided(own.answers, profile, partners)
        if fault:
            own.refuse(question, fault)
        else:
            try:
                decide_request(
                    request=found,
                    decided=made,
                    family=_chosen(same, families),
                    same_as=decision.same_as(same.answers, known),
                    by=request.actor,
                    at=request.at,
                )
            except UnableTo as refusal:
                own.refuse("", refusal.sentence)
            else:
                told = f"Decided. {found.created_by.name} can read the answer now."
                messages.success(request, told)
                return redirect("frontdoor:request", found.pk)
    return render(
        request,
        "frontdoor/triage.html",
        page=_page(request, found, known, families),
        same=same,
        own=own,
        page_faulty=request.method == "POST",
    )


def _partners(request: PageRequest) -> decision.Partners:
    return decision.Partners(
        workers=list(workers(request.today)),
        agencies=list(agencies()),
        panels={desk.key: desk for desk in Desk.objects.filter(kind="panel", current=True)},
    )


def _families(found: SupportRequest, known: Sequence[Known]) -> list[Family]:
    """The families a request may be about: the one it was begun from, or those of likenesses."""
    if found.family is not None:
        return [found.family]
    places = (m for one in known for m in one.person.families.all() if m.left_on is None)
    return list({place.family_id: place.family for place in places}.values())


def _chosen(same: Own, families: Sequence[Family]) -> Family | None:
    return next((f for f in families if str(f.pk) == same.answers.get("family")), None)


def _page(
    request: PageRequest, found: SupportRequest, known: Sequence[Known], families: Sequence[Family]
) -> Triage:
    people = list(found.people.filter(removed_on=None).select_related("setting"))
    by_me = found.taken_up_by_id == request.actor.member.pk
    looks = "You look" if by_me else f"{found.taken_up_by} looks"
    return Triage(
        id=found.pk,
        about=sentence(about(people)),
        from_whom=pages.from_whom(found),
        tag=pages.state_tag(found, request.today),
        harm=found.harm,
        taken_up=f"{looks} at it." if found.taken_up_by_id else "",
        rows=pages.request_rows(found),
        people=[(one.full_name, pages.person_rows(one)) for one in people],
        answers=paged.read(found.form_record, request.today, unanswered=""),
        unanswered=_left_open(request, found),
        levels=strip(area_levels(), [], request.today),
        settled=found.family_id is not None,
        on_record=_on_record(request, found, families),
        waiting=[
            (
                f"{pages.from_whom(one)}, sent on {day(local_day(one.sent_at or one.created_at))}",
                reverse("frontdoor:triage", args=[one.pk]),
            )
            for one in also_waiting(found, request.actor)
        ],
    )


def _left_open(request: PageRequest, found: SupportRequest) -> tuple[str, ...]:
    """What was asked of the writer and left open."""
    return tuple(
        question.asks
        for page in filled(found.form_record, request.today)
        for question in page.leaf.section.questions
        if is_asked(question, page.answers) and not is_answered(page.answers.get(question.key))
    )


def area_levels() -> tuple[Level, ...]:
    """The area's levels with their descriptors, as the strip takes them."""
    made = []
    for level in current().levels:
        groups: dict[str, list[str]] = {}
        for one in level.descriptors:
            groups.setdefault(one.area, []).append(one.says)
        made.append(Level(level.key, level.name, level.short, level.means, tuple(groups.items())))
    return tuple(made)


def _on_record(
    request: PageRequest, found: SupportRequest, families: Sequence[Family]
) -> tuple[OnRecord, ...]:
    within_reach = set(
        families_of(request.actor).filter(pk__in=[f.pk for f in families]).values_list("pk")
    )
    # The latest last, so that it is the one kept of each family.
    latest = {
        one.family_id: one
        for one in Episode.objects.filter(family__in=families)
        .order_by("created_at")
        .select_related("lead")
    }
    return tuple(
        OnRecord(
            name=f"The {family}",
            href=reverse("families:family", args=[family.pk])
            if (family.pk,) in within_reach
            else None,
            help=_help(latest.get(family.pk)),
            earlier=[
                _earlier(one, request) for one in earlier_requests(family, request.at, but=found.pk)
            ],
        )
        for family in families
    )


def _help(episode: Episode | None) -> str:
    if episode is None:
        return "No help is under way."
    level = episode.profile.profile.level(episode.level).name
    if episode.closed_at is not None:
        led = f" {episode.lead} led." if episode.lead else ""
        return (
            f"No help is under way. It ended on {day(local_day(episode.closed_at))}, at "
            f"{level}.{led} Nothing told then need be told again."
        )
    lead = f" {episode.lead} leads." if episode.lead else ""
    return (
        f"Help is {episode.get_state_display()}, at {level}.{lead} "
        "Your decision adds to it; nothing starts again."
    )


def _earlier(one: SupportRequest, request: PageRequest) -> str:
    on = local_day(one.decided_at or one.created_at)
    return (
        f"A request from {pages.from_whom(one)} was answered {until(on, request.today)}, on "
        f"{day(on)}: {pages.route_name(one.route)}."
    )
