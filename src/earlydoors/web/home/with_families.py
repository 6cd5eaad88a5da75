"""What families that someone works with need of them: offers, assessments, plans, meetings."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from earlydoors.domain.access.models import Grant, open_now
from earlydoors.domain.access.queries import families_of
from earlydoors.domain.assessment.models import Assessment
from earlydoors.domain.consent.models import Agreement, SharingDecision, ending_by, standing_now
from earlydoors.domain.episodes.models import Episode
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.plan.models import Action, Attendance, Closing, Meeting
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.prepared import fixed, prepared
from earlydoors.foundation.profile.clocks import due
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import ClockKey
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.words import sentence
from earlydoors.web.home.rules import Matter
from earlydoors.web.home.there import There

MOST = 200
MEETINGS_AHEAD = timedelta(days=14)
ENDS_AHEAD = timedelta(days=28)
LOOK_BACKS_AHEAD = timedelta(days=28)


@dataclass(frozen=True)
class Held:
    """The families an actor holds in person: those whose whole record is open, and all of them."""

    full: frozenset[UUID]
    any: frozenset[UUID]


def matters(actor: Actor, there: There, today: date) -> Iterator[Matter]:
    """What the families that the actor holds in person need, and what nobody has taken up."""
    if not actor.may(Right.SEE_FAMILIES):
        return
    held = _held(actor)
    if held.any:
        yield from _help(actor, held, today)
        if there.actions:
            yield from _actions(actor, held)
        yield from _meetings(actor, held, today)
        yield from _look_backs(actor, held, today)
        if there.agreements_end:
            yield from _agreements_that_end(actor, held, today)
        if there.untold:
            yield from _untold(actor, held)
    if actor.may(Right.TRIAGE):
        yield from _unclaimed(actor, today)


def _agreements_that_end(actor: Actor, held: Held, today: date) -> Iterator[Matter]:
    """Agreements of families that the actor leads for which end soon, or have ended and were not
    given anew."""
    led = Episode.objects.filter(lead=actor.member).exclude(state="closed")
    anew = Agreement.objects.filter(standing_now(), family=OuterRef("family"))
    found = (
        Agreement.objects.filter(
            Q(until__gte=today) | ~Exists(anew),
            Exists(led.filter(family=OuterRef("family"))),
            ending_by(today + ENDS_AHEAD),
            family__in=held.full,
        )
        .select_related("family", "person")
        .order_by("until")
    )
    for one in found[:MOST]:
        yield Matter(
            "agreement_ends",
            reverse("agreement:form", args=[one.pk]),
            told=(("family", str(one.family)), ("who", one.person.full_name)),
            due_on=one.until,
            action=f"{reverse('agreement:record', args=[one.family_id])}?person={one.person_id}",
        )


def _untold(actor: Actor, held: Held) -> Iterator[Matter]:
    """Decisions of the actor's own to share without agreement that the family is yet to hear of."""
    own = Q(decided_by=actor.member) | Q(created_by=actor.member)
    found = SharingDecision.objects.filter(
        own, family__in=held.full, shares=True, told_family="not_yet"
    ).select_related("family", "agency", "setting")
    for one in found.order_by("decided_on")[:MOST]:
        yield Matter(
            "untold",
            reverse("agreement:decision", args=[one.pk]),
            told=(("family", str(one.family)), ("whom", one.whom)),
            detail=f"Decided on {day(one.decided_on)}",
        )


def _held(actor: Actor) -> Held:
    grants = _granted(actor.member.pk, actor.membership.agency_id)
    return Held(
        frozenset(family for family, extent in grants if extent == "full"),
        frozenset(family for family, _ in grants),
    )


@prepared
def _granted(member: Any, agency: Any) -> QuerySet[Any, Any]:
    in_role = Q(agency=None) | Q(agency=agency)
    held = Grant.objects.filter(open_now(), in_role, member=member).exclude(extent="knows")
    return held.values_list("family", "extent")


@prepared
def _open_help(families: Any) -> QuerySet[Any, Any]:
    return (
        Episode.objects.filter(family__among=families)
        .exclude(state="closed")
        .select_related("family", "agency", "plan")
        .order_by("state_since")[:MOST]
    )


def _help(actor: Actor, held: Held, today: date) -> Iterator[Matter]:
    open_ = _open_help([*held.any])
    prefetch_related_objects(
        [one for one in open_ if one.state == "assessing"],
        Prefetch("assessments", Assessment.objects.filter(state="open")),
    )
    prefetch_related_objects(
        [one for one in open_ if one.state == "planning"],
        Prefetch("meetings", Meeting.objects.exclude(state="called_off").only("episode_id")),
    )
    for episode in open_:
        leads = episode.lead_id is None or episode.lead_id == actor.member.pk
        if episode.family_id in held.full and leads:
            yield from _OWN.get(episode.state, _nothing)(episode, today)
        elif episode.state in _OTHERS:
            yield _matter(_OTHERS[episode.state], episode)


def _matter(
    kind: str, episode: Episode, due_on: date | None = None, action: str = "", **told: str
) -> Matter:
    return Matter(
        kind,
        reverse("families:family", args=[episode.family_id]),
        told=(("family", str(episode.family)), *told.items()),
        due_on=due_on,
        action=action,
    )


def _clock(key: ClockKey, episode: Episode) -> date:
    return due(current(), key, local_day(episode.state_since))


def _nothing(episode: Episode, today: date) -> Iterator[Matter]:
    yield from ()


def _offered(episode: Episode, today: date) -> Iterator[Matter]:
    action = reverse("agreement:record", args=[episode.family_id])
    yield _matter("offer", episode, _clock(ClockKey.CONSENT, episode), action)


def _declined(episode: Episode, today: date) -> Iterator[Matter]:
    yield _matter("ask_again", episode, _clock(ClockKey.REFUSAL_RETURN, episode))


def _agreed(episode: Episode, today: date) -> Iterator[Matter]:
    yield _matter("begin_assessment", episode, _clock(ClockKey.ASSESSMENT, episode))


def _assessing(episode: Episode, today: date) -> Iterator[Matter]:
    for one in episode.assessments.all():
        address = reverse("assessments:assessment", args=[one.pk])
        yield _matter("assessment", episode, one.due_on, address)


def _planning(episode: Episode, today: date) -> Iterator[Matter]:
    plan = getattr(episode, "plan", None)
    if not episode.meetings.all():
        action = reverse("plans:call", args=[episode.pk])
        yield _matter("call_meeting", episode, _clock(ClockKey.FIRST_MEETING, episode), action)
    elif plan is None:
        action = reverse("plans:plan", args=[episode.pk])
        yield _matter("make_plan", episode, _clock(ClockKey.PLAN, episode), action)
    if plan is not None and plan.agreed_on is None:
        action = reverse("plans:plan", args=[episode.pk])
        yield _matter("agree_plan", episode, plan.due_on, action)


def _helping(episode: Episode, today: date) -> Iterator[Matter]:
    plan = getattr(episode, "plan", None)
    if plan is not None and plan.next_review_on is not None:
        action = reverse("plans:review", args=[plan.pk])
        yield _matter("review", episode, plan.next_review_on, action)


def _single_agency(episode: Episode, today: date) -> Iterator[Matter]:
    plan = getattr(episode, "plan", None)
    if plan is not None and plan.agreed_on and plan.next_review_on:
        # What a team had agreed to look at together stands, also with one agency.
        yield from _helping(episode, today)
        return
    due_on = _clock(ClockKey.SINGLE_AGENCY_REVIEW, episode)
    yield _matter("look_again", episode, due_on, agency=str(episode.agency or ""))


def _at_panel(episode: Episode, today: date) -> Iterator[Matter]:
    yield _matter("at_panel", episode)


def _stepped_up(episode: Episode, today: date) -> Iterator[Matter]:
    yield _matter("with_social_care", episode)


_OWN: dict[str, Callable[[Episode, date], Iterator[Matter]]] = {
    "offered": _offered,
    "declined": _declined,
    "agreed": _agreed,
    "assessing": _assessing,
    "planning": _planning,
    "helping": _helping,
    "single_agency": _single_agency,
    "at_panel": _at_panel,
    "stepped_up": _stepped_up,
}
_OTHERS = {"offered": "their_answer", "at_panel": "at_panel"}


@prepared
def _own_actions(member: Any, families: Any) -> QuerySet[Any, Any]:
    own = Action.objects.filter(member=member, state="open", outcome__state="open")
    # A plan rests while help is with social care.
    resting = Q(outcome__plan__episode__state="stepped_up")
    return (
        own.filter(~resting, outcome__plan__episode__closed_at=None)
        .filter(outcome__plan__episode__family__among=families)
        .select_related("outcome__plan__episode__family")
        .order_by("due_on")[:MOST]
    )


def _actions(actor: Actor, held: Held) -> Iterator[Matter]:
    families: Iterable[UUID] = held.any
    if actor.desk_ids:  # something may be promised to a family that only the desk holds
        own = Action.objects.filter(member=actor.member, state="open")
        promised = families_of(actor).filter(pk__in=own.values("outcome__plan__episode__family"))
        families = promised.values_list("pk", flat=True)
    for one in _own_actions(actor.member.pk, [*families]):
        episode = one.outcome.plan.episode
        yield Matter(
            "action",
            reverse("plans:plan", args=[episode.pk]),
            told=(("about", one.what), ("family", str(episode.family))),
            due_on=one.due_on,
        )


@prepared
def _called(member: Any, families: Any, until: Any) -> QuerySet[Any, Any]:
    there = Attendance.objects.filter(meeting=OuterRef("pk"), member=member)
    mine = Q(episode__lead=member) | Q(created_by=member) | Exists(there)
    return (
        Meeting.objects.filter(mine, state="called", on__lte=until)
        .filter(episode__family__among=families)
        .select_related("episode__family")
        .order_by("on", "starts")[:MOST]
    )


def _meetings(actor: Actor, held: Held, today: date) -> Iterator[Matter]:
    for one in _called(actor.member.pk, [*held.full], today + MEETINGS_AHEAD):
        own = actor.member.pk in {one.episode.lead_id, one.created_by_id}
        past = one.on < today
        if past and not own:
            continue
        at = _said_time(one)
        yield Matter(
            "meeting_unrecorded" if past else "meeting",
            reverse("plans:meeting", args=[one.pk]),
            told=(
                ("family", str(one.episode.family)),
                ("what", sentence(one.get_purpose_display())),
            ),
            due_on=one.on,
            detail=", ".join(filter(None, [at, one.place])),
        )


def _said_time(one: Meeting) -> str:
    if one.starts is None:
        return ""
    hour = one.starts.hour % 12 or 12
    return f"{hour}:{one.starts.minute:02}{'am' if one.starts.hour < 12 else 'pm'}"


@prepared
def _to_look_back(member: Any, families: Any, until: Any) -> QuerySet[Any, Any]:
    led = Q(episode__lead=member) | Q(episode__lead=None, episode__closed_by=member)
    back = Episode.objects.filter(family=OuterRef("episode__family"), closed_at=None)
    return (
        Closing.objects.filter(led, ~Exists(back), checked_at=None, check_due_on__lte=until)
        .filter(episode__family__among=families)
        .select_related("episode__family")
        .order_by("check_due_on")[:MOST]
    )


def _look_backs(actor: Actor, held: Held, today: date) -> Iterator[Matter]:
    """For whoever led, else for whoever closed; not where the family has come back meanwhile."""
    for one in _to_look_back(actor.member.pk, [*held.full], today + LOOK_BACKS_AHEAD):
        action = reverse("plans:look_back", args=[one.pk])
        yield _matter("look_back", one.episode, one.check_due_on, action)


def _unclaimed(actor: Actor, today: date) -> Iterator[Matter]:
    """Offers that nobody holds in person: without this they would fall between the chairs."""
    holder = Grant.objects.filter(
        open_now(), family=OuterRef("family"), member__isnull=False, extent="full"
    ).exclude(because="family_member")
    found = (
        Episode.objects.filter(
            ~Exists(holder), state__in=fixed("offered", "agreed"), family__in=families_of(actor)
        )
        .select_related("family")
        .order_by("state_since")
    )
    for episode in found[:MOST]:
        action = reverse("families:team", args=[episode.pk])
        yield _matter("unclaimed", episode, _clock(ClockKey.CONSENT, episode), action)
