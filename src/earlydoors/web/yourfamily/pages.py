"""What a member of a family is shown. Built from plain texts, then made safe as a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from uuid import UUID

from earlydoors.domain.consent.models import Agreement
from earlydoors.domain.consent.queries import agreements_of
from earlydoors.domain.episodes.models import Episode, TeamPlace
from earlydoors.domain.episodes.queries import team_of
from earlydoors.domain.partnership.models import Member
from earlydoors.domain.people.models import Person
from earlydoors.domain.people.rules import KEPT
from earlydoors.domain.plan.models import Action, Meeting, Outcome
from earlydoors.domain.plan.queries import (
    help_of,
    invited_to,
    outcomes_of,
    plan_of,
    points_of,
    takes_part,
)
from earlydoors.domain.plan.rules import Journey, headline, journeys
from earlydoors.foundation.kernel.dates import day
from earlydoors.foundation.profile.schema import Profile
from earlydoors.web.design.charts import Travelled
from earlydoors.web.design.words import until

_STANDS = {
    "offered": "We have offered to help. You choose. Nothing starts until you say yes.",
    "at_panel": "People who can help are going to talk about what would help you most.",
    "declined": "You said no for now. That is fine. You can change your mind at any time.",
    "agreed": "You said yes to help. Next, we find out together what is going well or hard.",
    "assessing": "We are finding out together what is going well and what is hard.",
    "planning": "Next, we make a plan together.",
    "helping": "Your plan is under way.",
    "single_agency": "One service is helping you.",
    # Says nothing of social care: there may be a reason why it was not safe to tell someone.
    "stepped_up": "How you are helped is changing for now. Ask your team what comes next.",
}


@dataclass(frozen=True)
class Someone:
    """Someone in the team: who they are, and in pieces what they do and for whom."""

    name: str
    does: tuple[str, ...]
    you: bool = False
    leads: bool = False


@dataclass(frozen=True)
class Deed:
    """Something someone said they would do."""

    id: UUID
    what: str
    who: str
    when: str
    yours: bool
    done: bool
    late: bool
    may_undo: bool


@dataclass(frozen=True)
class Wish:
    """What the family wants to be different, and who does what for it."""

    words: str
    whose: str
    met: bool
    deeds: tuple[Deed, ...]


@dataclass(frozen=True)
class Ahead:
    """Something that is coming, and when."""

    what: str
    when: str
    where: str = ""


@dataclass(frozen=True)
class Agreed:
    """What this person agreed to themselves, and with whom."""

    id: UUID
    on: str
    until: str
    may_know: tuple[str, ...]
    may_not_know: tuple[str, ...]


@dataclass(frozen=True)
class Come:
    """How far the family has come, before it is drawn."""

    title: str
    speaker: str
    rows: tuple[Travelled, ...]
    table: tuple[tuple[str, ...], ...]
    scale: tuple[int, int]
    ends: tuple[str, str]


@dataclass(frozen=True)
class HelpPage:
    """The page of one family's help for one of its members."""

    family: str
    called: str
    stands: str
    takes_part: bool
    lead: Someone | None
    ahead: tuple[Ahead, ...]
    to_do: tuple[Deed, ...]
    wishes: tuple[Wish, ...]
    plan_agreed: str
    plan_exists: bool
    team: tuple[Someone, ...]
    agreed: tuple[Agreed, ...]
    come: Come | None


@dataclass(frozen=True)
class Choice:
    """One of several families' help."""

    id: UUID
    family: str


@dataclass(frozen=True)
class HomePage:
    """The first page of someone with no help under way, or in more than one family."""

    called: str
    choices: tuple[Choice, ...]


def home_page(person: Person | None, helps: Iterable[Episode]) -> HomePage:
    """The first page."""
    return HomePage(
        person.called if person else "",
        tuple(Choice(one.pk, str(one.family)) for one in helps),
    )


def help_page(person: Person, episode: Episode, member_id: UUID, today: date) -> HelpPage:
    """Everything one member of the family may see of its help.

    Only what they agreed themselves; no places, no assessment, no chronology. The plan, the team
    and the scores are for those who take part. To be shown, it has yet to be made safe.
    """
    open_to_them = takes_part(person, episode)
    plan = plan_of(episode) if open_to_them else None
    wishes = _wishes(outcomes_of(plan), person, member_id, today) if plan else ()
    ahead = list(_ahead(invited_to(person, episode, today), today))
    if plan and plan.next_review_on and episode.state == "helping":
        word = episode.profile.profile.words.review.one
        late = plan.next_review_on < today
        when = f"{day(plan.next_review_on)}, {until(plan.next_review_on, today)}"
        ahead.append(Ahead(f"The {word} of your plan{' was due' if late else ''}", when))
    return HelpPage(
        family=str(episode.family),
        called=person.called,
        stands=_STANDS.get(episode.state, ""),
        takes_part=open_to_them,
        lead=_worker(episode.lead, "", leads=True) if episode.lead else None,
        ahead=tuple(ahead),
        to_do=tuple(d for wish in wishes for d in wish.deeds if d.yours and not d.done),
        wishes=wishes,
        plan_agreed=day(plan.agreed_on) if plan and plan.agreed_on else "",
        plan_exists=plan is not None,
        team=_team(team_of(episode), person, episode) if open_to_them else (),
        agreed=tuple(
            _agreed(one) for one in agreements_of(episode.family) if one.person_id == person.pk
        ),
        come=_come(episode, person) if open_to_them else None,
    )


def _worker(member: Member, does: str, *, leads: bool) -> Someone:
    # Today's role where there are several: memberships are few, and already fetched.
    held = next(iter(member.memberships.all()), None)
    where = str(held.agency) if held and held.agency else ""
    what = does or member.job_title or (held.role_name if held else "")
    return Someone(member.name, tuple(part for part in (what, where) if part), leads=leads)


def _pieces(does: str) -> tuple[str, ...]:
    return (does,) if does else ()


def tidied(page: HelpPage) -> HelpPage:
    """A page made safe, without what is left of people and workplaces that were taken out.

    Beside a name, a gap would tell that there is something to find.
    """
    return replace(
        page,
        lead=_without_gaps(page.lead) if page.lead and KEPT not in page.lead.name else None,
        team=tuple(_without_gaps(one) for one in page.team if KEPT not in one.name),
    )


def _without_gaps(one: Someone) -> Someone:
    return replace(one, does=tuple(piece for piece in one.does if KEPT not in piece))


def _team(places: Iterable[TeamPlace], person: Person, episode: Episode) -> tuple[Someone, ...]:
    made = []
    for one in places:
        if one.member is not None:
            made.append(_worker(one.member, one.does, leads=one.member_id == episode.lead_id))
        elif one.person is not None:
            made.append(
                Someone(one.person.full_name, _pieces(one.does), you=one.person_id == person.pk)
            )
    return tuple(made)


def _wishes(
    outcomes: Iterable[Outcome], person: Person, member_id: UUID, today: date
) -> tuple[Wish, ...]:
    made = []
    for outcome in outcomes:
        if outcome.state == "dropped":
            continue
        deeds = [one for one in outcome.actions.all() if one.state != "dropped"]
        deeds.sort(key=lambda one: (one.state != "open", one.due_on, one.created_at))
        setter = outcome.set_by
        whose = "Your words" if setter and setter.pk == person.pk else ""
        if setter and setter.pk != person.pk:
            whose = f"{setter.called}’s words"
        made.append(
            Wish(
                outcome.words,
                whose,
                outcome.state == "met",
                tuple(_deed(one, person, member_id, today) for one in deeds),
            )
        )
    return tuple(made)


def _deed(action: Action, person: Person, member_id: UUID, today: date) -> Deed:
    yours = action.person_id == person.pk
    done = action.state == "done"
    if done and action.done_on:
        when = f"Done on {day(action.done_on)}"
    else:
        when = f"By {day(action.due_on)}"
    return Deed(
        id=action.pk,
        what=action.what,
        who="You" if yours else action.owner,
        when=when,
        yours=yours,
        done=done,
        late=not done and action.due_on < today,
        may_undo=yours and done and action.changed_by_id == member_id,
    )


def _ahead(meetings: Iterable[Meeting], today: date) -> Iterable[Ahead]:
    for one in meetings:
        at = f" at {_clock(one.starts)}" if one.starts else ""
        when = f"{day(one.on)}{at}, {until(one.on, today)}"
        yield Ahead(one.get_purpose_display(), when, one.place)


def _clock(starts: time) -> str:
    return f"{starts.hour % 12 or 12}:{starts.minute:02}{'am' if starts.hour < 12 else 'pm'}"


def own_agreement(person: Person, agreement_id: UUID) -> tuple[Episode, Agreement] | None:
    """What somebody of a family agreed themselves and still stands, with the help it is for."""
    return next(
        (
            (episode, one)
            for episode in help_of(person)
            for one in agreements_of(episode.family)
            if one.pk == agreement_id and one.person_id == person.pk
        ),
        None,
    )


def _agreed(agreement: Agreement) -> Agreed:
    told = sorted(agreement.sharings.all(), key=lambda one: one.whom)
    return Agreed(
        agreement.pk,
        day(agreement.agreed_on),
        day(agreement.until) if agreement.until else "",
        tuple(one.whom for one in told if one.shares),
        tuple(one.whom for one in told if not one.shares),
    )


def _come(episode: Episode, person: Person) -> Come | None:
    lines = journeys(points_of(episode))
    if not lines:
        return None
    profile = episode.profile.profile
    own = _theirs(lines, person)
    since = min(one.first.on for one in own)
    speaker = own[0].who
    title = headline(speaker or "your family", own, len(own), since)
    anchors = sorted(profile.scale.anchors, key=lambda one: one.at)
    return Come(
        title=title[:1].upper() + title[1:],
        speaker=speaker,
        rows=_rows(profile, lines, own),
        table=tuple(
            (
                area.name,
                one.who or ("Your family" if one.view == "family" else "People who help you"),
                str(one.first.value),
                str(one.latest.value),
            )
            for area in profile.areas_of_life
            for one in (*own, *(o for o in lines if o.view == "worker" and o not in own))
            if one.area == area.key
        ),
        scale=(profile.scale.lowest, profile.scale.highest),
        ends=(anchors[0].says, anchors[-1].says),
    )


def _theirs(lines: Sequence[Journey], person: Person) -> list[Journey]:
    """The reader's own scores if there are any, else the family's, else the practitioners'."""
    mine = [one for one in lines if one.view != "worker" and one.who == person.called]
    if mine:
        return mine
    family = [one for one in lines if one.view == "family"]
    if not family:
        return list(lines)
    first = family[0].who
    return [one for one in family if one.who == first]


def _rows(
    profile: Profile, lines: Sequence[Journey], own: Sequence[Journey]
) -> tuple[Travelled, ...]:
    mine = {one.area: one for one in own if one.view != "worker"}
    theirs = {one.area: one for one in lines if one.view == "worker"}
    return tuple(
        Travelled(
            area.name,
            mine[area.key].first.value if area.key in mine else None,
            mine[area.key].latest.value if area.key in mine else None,
            theirs[area.key].first.value if area.key in theirs else None,
            theirs[area.key].latest.value if area.key in theirs else None,
        )
        for area in profile.areas_of_life
        if area.key in mine or area.key in theirs
    )
