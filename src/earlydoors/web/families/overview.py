"""The family's page: everything a worker picking up the phone needs, in that order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from earlydoors.domain.assessment.models import Assessment
from earlydoors.domain.assessment.queries import latest_assessment
from earlydoors.domain.consent.models import Agreement, Refusal, Sharing
from earlydoors.domain.consent.queries import (
    agreements_of,
    decisions_of,
    ended_of,
    last_refusal,
    sharing_in,
)
from earlydoors.domain.episodes.models import Episode, LevelChange, TeamPlace
from earlydoors.domain.episodes.queries import latest_episode, path_of, team_of
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.partnership.rights import Right
from earlydoors.domain.people.models import Family, FamilyMember
from earlydoors.domain.people.queries import members_of
from earlydoors.domain.plan.models import Action, Closing, Outcome, Plan
from earlydoors.domain.plan.queries import outcomes_of, plan_of
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.foundation.prepared import attach
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import Profile
from earlydoors.web.agreement.terms import not_passed_on
from earlydoors.web.agreement.without import in_a_line
from earlydoors.web.design import parts, strip
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.request import PageRequest
from earlydoors.web.design.words import day_short, until
from earlydoors.web.families.asking import (
    closings_of,
    lately,
    latest_lead,
    next_meeting,
    roles_of,
    those_who_left,
)
from earlydoors.web.families.homes import Household, households
from earlydoors.web.families.matters import Matters, matters
from earlydoors.web.families.next_steps import Journey, NextUp, next_up
from earlydoors.web.families.pages import (
    Reach,
    Standing,
    entry,
    reach,
    standing,
    state_of,
)
from earlydoors.web.families.scope import Frame, frame


@dataclass(frozen=True)
class Share:
    """Somebody the family was asked about, with what they said."""

    whom: str
    note: str


@dataclass(frozen=True)
class Agreed:
    """What the family agreed to be shared and with whom; or their no."""

    sentences: tuple[str, ...]
    shared: tuple[Share, ...]
    not_shared: tuple[Share, ...]
    form: str | None
    record: str | None
    decided: tuple[tuple[str, str], ...]
    decide: str | None


@dataclass(frozen=True)
class ActionLine:
    """Something still to do."""

    what: str
    owner: str
    when: str
    overdue: bool


@dataclass(frozen=True)
class OutcomeCard:
    """What the family wants, with what is still to do for it."""

    words: str
    by: str
    met: bool
    actions: tuple[ActionLine, ...]
    done: int


@dataclass(frozen=True)
class PlanCard:
    """The plan in short."""

    href: str | None
    agreed: str
    outcomes: tuple[OutcomeCard, ...]
    dropped: int


@dataclass(frozen=True)
class EarlierHelp:
    """A period of help that ended before the one the page is about."""

    when: str
    why: str
    plan: str | None
    ended: str


@dataclass(frozen=True)
class Overview:
    """The whole page."""

    frame: Frame
    strip: strip.Strip | None
    households: tuple[Household, ...]
    left: tuple[tuple[str, str], ...]
    add_person: str | None
    pictures: str
    matters: tuple[Matters, ...]
    mattered: tuple[str, ...]
    add_matters: str | None
    standing: Standing | None
    state: str
    since: str
    next: NextUp | None
    come_back: str | None
    lead: Reach | None
    lead_since: str
    change_lead: str | None
    team: tuple[str, ...]
    team_href: str | None
    agreed: Agreed
    careful: str
    careful_href: str | None
    plan: PlanCard | None
    earlier: tuple[EarlierHelp, ...]
    entries: tuple[parts.Entry, ...]
    all_entries: str
    not_for: tuple[str, ...]
    printed_by: str


def strip_of(
    path: Sequence[LevelChange], closings: Sequence[Closing], profile: Profile, today: date
) -> strip.Strip:
    """The family's path over every period of help."""
    ends = {closing.episode_id: closing for closing in closings}
    first = path[0].episode_id if path else None
    steps: list[tuple[date, int, strip.Step]] = []
    for number, change in enumerate(path):
        end = ends.get(change.episode_id)
        if (
            end
            and change.moved != "enter"
            and (end.closed_on, end.level)
            == (
                change.on,
                change.level,
            )
        ):
            continue  # closing tells it already
        kind: strip.Kind = "up" if change.moved == "up" else "down"
        if change.moved == "enter":
            kind = "entered" if change.episode_id == first else "returned"
        steps.append((change.on, number * 2, strip.Step(change.level, change.on, kind)))
    for closing in closings:
        last = max((n for n, c in enumerate(path) if c.episode_id == closing.episode_id), default=0)
        step = strip.Step(closing.level, closing.closed_on, "closed")
        steps.append((closing.closed_on, last * 2 + 1, step))
    levels = [strip.Level(lv.key, lv.name, lv.short, lv.means) for lv in profile.levels]
    return strip.strip(levels, [step for _, _, step in sorted(steps, key=lambda s: s[:2])], today)


def overview(request: PageRequest, family: Family) -> Overview:
    """Build the page for someone to whom the whole record is open."""
    actor, today, words = request.actor, request.today, current().words
    episode = latest_episode(family)
    members = members_of(family)
    path = path_of(family)
    closings = closings_of(family.pk)
    plan = plan_of(episode) if episode else None
    journey = _journey(episode, plan, closings, today)
    may_describe = actor.may(Right.DESCRIBE)
    team = team_of(episode) if episode else []
    others = matters(family, may=may_describe)
    return Overview(
        frame=frame(request, family, "overview", episode),
        strip=strip_of(path, closings, episode.profile.profile, today) if episode else None,
        households=households(family, members, today),
        left=_left(family),
        add_person=reverse("families:add_person", args=[family.pk]) if may_describe else None,
        pictures=reverse("families:pictures", args=[family.pk]),
        matters=tuple(one for one in others if not one.ended),
        mattered=tuple(f"{one.name}, {one.ended}" for one in others if one.ended),
        add_matters=reverse("families:add_connection", args=[family.pk]) if may_describe else None,
        standing=standing(episode, at_level_since(path, episode)),
        state=state_of(episode),
        since=_since(episode, today),
        next=next_up(journey, actor, today, words) if journey else None,
        come_back=reverse("families:come_back", args=[family.pk])
        if episode is None and actor.may(Right.MOVE_LEVEL)
        else None,
        lead=reach(lead_of(episode)),
        lead_since=_lead_since(episode),
        change_lead=reverse("families:lead", args=[episode.pk])
        if episode and episode.state != "closed" and actor.may(Right.CHANGE_LEAD)
        else None,
        team=tuple(_in_team(place) for place in team),
        team_href=reverse("families:team", args=[episode.pk]) if episode else None,
        agreed=_agreed(request, family),
        careful=family.careful,
        careful_href=reverse("families:careful", args=[family.pk]) if may_describe else None,
        plan=_plan(plan, episode, today) if plan and episode else None,
        earlier=_earlier(closings, episode),
        entries=tuple(entry(one, short=True) for one in lately(family.pk)),
        all_entries=reverse("families:chronology", args=[family.pk]),
        not_for=not_for(members),
        printed_by=actor.name,
    )


def not_for(members: Sequence[FamilyMember]) -> tuple[str, ...]:
    """Who must never be given this page, because it shows what is kept from them."""
    names = {
        kept.person.full_name
        for member in members
        for place in member.person.places.all()
        for kept in place.kept_from.all()
        if kept.lifted_on is None
    }
    return tuple(sorted(names))


def _journey(
    episode: Episode | None, plan: Plan | None, closings: Sequence[Closing], today: date
) -> Journey | None:
    if episode is None:
        return None
    assessment: Assessment | None = latest_assessment(episode)
    meeting = next(iter(next_meeting(episode.pk)), None)
    closing = next((c for c in closings if c.episode_id == episode.pk), None)
    return Journey(episode, assessment, plan, meeting, closing)


def lead_of(episode: Episode | None) -> Member | None:
    """Who leads, with the roles and agencies they hold; none where nobody does."""
    lead = episode.lead if episode else None
    if lead is not None:
        attach([lead], "memberships", roles_of(lead.pk), "member")
    return lead


def _lead_since(episode: Episode | None) -> str:
    if episode is None or episode.lead_id is None:
        return ""
    last = next(iter(latest_lead(episode.pk)), None)
    return day(last.on) if last else ""


def _left(family: Family) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            f"{one.person.full_name}, until {day(one.left_on)}",
            reverse("families:person", args=[family.pk, one.person_id]),
        )
        for one in those_who_left(family.pk)
        if one.left_on
    )


def at_level_since(path: Sequence[LevelChange], episode: Episode | None) -> date | None:
    """The day of the last step to the level the family is at."""
    if episode is None:
        return None
    return next((c.on for c in reversed(path) if c.episode_id == episode.pk), None)


def _since(episode: Episode | None, today: date) -> str:
    if episode is None or episode.state == "closed":
        return ""
    on = local_day(episode.state_since)
    return f"since {day(on)}" if on != today else "since today"


def _in_team(place: TeamPlace) -> str:
    return f"{place}: {place.does}" if place.does else str(place)


def _agreed(request: PageRequest, family: Family) -> Agreed:
    agreements: list[Agreement] = agreements_of(family)
    words: list[Sharing] = sharing_in(agreements)
    refusal: Refusal | None = last_refusal(family) if not agreements else None
    sentences = [
        f"{one.person.full_name} agreed on {day(one.agreed_on)}"
        f"{', in writing' if one.in_writing else ''}"
        f"{f', until {day(one.until)}' if one.until else ''}."
        for one in agreements
    ]
    over = ended_of(family) if not agreements else None
    if over is not None and over.until is not None:
        who = over.person.full_name
        sentences.append(f"What {who} agreed to ended by itself after {day(over.until)}.")
    if refusal is not None:
        sentences.append(f"{refusal.person.full_name} said no on {day(refusal.refused_on)}.")
    left_out = not_passed_on(agreements)
    if left_out:
        sentences.append(f"Not to be passed on: {'; '.join(left_out)}.")
    may = request.actor.may(Right.RECORD_CONSENT)
    return Agreed(
        sentences=tuple(sentences),
        shared=tuple(Share(one.whom, one.note) for one in words if one.shares),
        not_shared=tuple(Share(one.whom, one.note) for one in words if not one.shares),
        form=reverse("agreement:form", args=[agreements[-1].pk]) if agreements else None,
        record=reverse("agreement:record", args=[family.pk]) if may else None,
        decided=tuple(in_a_line(one) for one in decisions_of(family)),
        decide=reverse("agreement:decide", args=[family.pk]) if may else None,
    )


def _plan(plan: Plan, episode: Episode, today: date) -> PlanCard:
    outcomes = outcomes_of(plan)
    agreed = f"Agreed with {plan.agreed_with} on {day(plan.agreed_on)}." if plan.agreed_on else ""
    return PlanCard(
        href=reverse("plans:plan", args=[episode.pk]),
        agreed=agreed,
        outcomes=tuple(
            _outcome(one, today, rests=episode.state == "stepped_up")
            for one in outcomes
            if one.state != "dropped"
        ),
        dropped=sum(one.state == "dropped" for one in outcomes),
    )


def _earlier(closings: Sequence[Closing], episode: Episode | None) -> tuple[EarlierHelp, ...]:
    """Help that ended, latest first; the period the page is about is not among it."""
    ended = [one for one in closings if episode is None or one.episode_id != episode.pk]
    with_plan = set(
        Plan.objects.filter(episode__in=[one.episode_id for one in ended]).values_list(
            "episode_id", flat=True
        )
        if ended
        else ()
    )
    return tuple(
        EarlierHelp(
            when=f"{day(one.episode.opened_on)} to {day(one.closed_on)}",
            why=one.says_why.rstrip("."),
            plan=reverse("plans:plan", args=[one.episode_id])
            if one.episode_id in with_plan
            else None,
            ended=reverse("plans:look_back", args=[one.pk]),
        )
        for one in sorted(ended, key=lambda one: one.closed_on, reverse=True)
    )


def _outcome(outcome: Outcome, today: date, *, rests: bool) -> OutcomeCard:
    """An outcome with what is still to do; nothing is late while help is with social care."""
    actions: list[Action] = list(outcome.actions.all())
    to_do = sorted((a for a in actions if a.state == "open"), key=lambda a: a.due_on)
    return OutcomeCard(
        words=outcome.words,
        by=outcome.set_by.full_name if outcome.set_by else "",
        met=outcome.state == "met",
        actions=tuple(
            ActionLine(
                what=a.what,
                owner=a.owner,
                when=day_short(a.due_on)
                if rests
                else f"{day_short(a.due_on)}, {until(a.due_on, today)}",
                overdue=a.due_on < today and not rests,
            )
            for a in to_do
        ),
        done=sum(a.state == "done" for a in actions),
    )
