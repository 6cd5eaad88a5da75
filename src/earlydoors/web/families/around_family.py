"""Who and what a family is connected with, gathered for its ecomap from what is written down.

Nobody is asked how strong a tie is, so none is said to be strong or strained.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from earlydoors.domain.consent.models import Sharing
from earlydoors.domain.consent.queries import sharing_of, word_on
from earlydoors.domain.episodes.models import Episode, TeamPlace
from earlydoors.domain.partnership.models import Agency, Setting
from earlydoors.domain.people.kin import Kin
from earlydoors.domain.people.models import RELATIONS, Family, Person, Place
from earlydoors.domain.people.queries import places_of
from earlydoors.domain.people.rules import without
from earlydoors.domain.plan.models import Action
from earlydoors.domain.plan.queries import outcomes_of, plan_of
from earlydoors.foundation.kernel.dates import day
from earlydoors.foundation.profile.schema import Words
from earlydoors.web.design.ecomap import Ecomap, Someone
from earlydoors.web.families.homes import to_the_children
from earlydoors.web.families.overview import lead_of
from earlydoors.web.families.pages import held_by, job_of, listed

_SAID_NO = "The family said no to sharing with them"


@dataclass(frozen=True)
class Reader:
    """Someone of the family who gets the picture, and what must not reach them."""

    person: Person
    secrets: tuple[str, ...]


def ecomap_of(
    family: Family,
    kin: Kin,
    episode: Episode | None,
    words: Words,
    today: date,
    reader: Reader | None = None,
) -> Ecomap:
    """The family with everybody round it: whoever leads first, then those who help, places, what
    was asked for, family and friends, and last what has ended."""
    guarded = reader is not None and bool(reader.secrets)
    middle = _household(kin, guarded=guarded)
    found = [*_Around(family, kin, episode, words, today).everybody(middle)]
    if reader is not None:
        found = [one for one in found if not _tells(one, reader.secrets)]
    found.sort(key=lambda one: (not one.leads, one.tie == "ended", one.own))
    return Ecomap(
        name=family.name,
        middle=tuple(kin.person(key).name for key in middle),
        around=tuple({(one.name, one.what): one for one in reversed(found)}.values())[::-1],
        leads_says=words.lead_practitioner.one,
    )


def _household(kin: Kin, *, guarded: bool) -> list[UUID]:
    """Whom the picture is about: the children, and who lives with them. Who lives with whom is not
    said where a home is kept from the reader."""
    here = [one for one in kin.people if not one.left]
    children = {one.id for one in here if one.index}
    if guarded:
        return [one.id for one in here if one.id in children]
    homes = [{one.person_id for one in home.lives if one.main} for home in kin.homes]
    home = max(homes, key=lambda people: len(people & children), default=set())
    if not home & children:
        return [one.id for one in here]
    return [one.id for one in here if one.id in home | children]


def _tells(one: Someone, secrets: Sequence[str]) -> bool:
    """Whether a word of it must not reach the reader."""
    said = " ".join((one.name, one.what, one.whom, one.when, one.note))
    return without(said, secrets) != said


class _Around:
    """The gathering for one family."""

    def __init__(
        self, family: Family, kin: Kin, episode: Episode | None, words: Words, today: date
    ) -> None:
        self._family, self._kin, self._episode = family, kin, episode
        self._words, self._today = words, today
        self._sharing: list[Sharing] = sharing_of(family)
        self._team: list[TeamPlace] = (
            list(
                episode.team.select_related("member", "person")
                .prefetch_related("member__memberships__agency", "member__memberships__setting")
                .order_by("joined_on", "created_at")
            )
            if episode
            else []
        )

    def everybody(self, middle: Sequence[UUID]) -> Iterator[Someone]:
        """Everybody and everything, whoever it was found with."""
        yield from self._lead()
        yield from self._workers()
        yield from self._agency()
        yield from self._places()
        yield from self._actions()
        yield from self._own(middle)
        yield from self._connections()

    # ---- workers

    def _lead(self) -> Iterator[Someone]:
        lead = lead_of(self._episode)
        if lead is None or self._episode is None or self._episode.state == "closed":
            return
        change = self._episode.lead_changes.order_by("on", "created_at").last()
        yield Someone(
            name=lead.name,
            what=job_of(lead, held_by(lead)),
            when=f"Since {day(change.on)}" if change else "",
            leads=True,
        )

    def _workers(self) -> Iterator[Someone]:
        closed = self._episode is not None and self._episode.state == "closed"
        lead = self._episode.lead_id if self._episode and not closed else None
        there = {one.member_id for one in self._team if one.left_on is None}
        for place in self._team:
            member = place.member
            if member is None or member.pk == lead:
                continue
            if place.left_on is not None and member.pk in there:
                continue
            held = held_by(member)
            over = place.left_on or (
                self._episode.closed_at.date()
                if closed and self._episode and self._episode.closed_at
                else None
            )
            yield Someone(
                name=member.name,
                what=job_of(member, held),
                when=f"Until {day(over)}" if over else f"Since {day(place.joined_on)}",
                tie="ended" if over else "connected",
                note=self._no(held.agency, held.setting) if held else "",
            )

    def _agency(self) -> Iterator[Someone]:
        if self._episode and self._episode.state == "single_agency" and self._episode.agency:
            yield Someone(self._episode.agency.name, "Gives early help")

    def _no(self, agency: Agency | None, setting: Setting | None) -> str:
        """That the family said no to sharing with them, where it did."""
        word = word_on(self._sharing, agency, setting) if agency else None
        return _SAID_NO if word is not None and not word.shares else ""

    # ---- places and services

    def _places(self) -> Iterator[Someone]:
        """Schools, nurseries, doctors; one for all who go to the same."""
        together: dict[tuple[str, str], list[Place]] = {}
        for place in places_of(self._family):
            if place.kind != "home":
                together.setdefault((place.get_kind_display(), place.says), []).append(place)
        for (kind, says), those in together.items():
            began = {one.began_on for one in those}
            on: date | None = began.pop() if len(began) == 1 else None
            setting = those[0].setting
            yield Someone(
                name=says,
                what="" if kind == "Other" else kind,
                whom=listed(list(dict.fromkeys(one.person.called for one in those))),
                when=f"Since {day(on)}" if on else "",
                note=self._no(setting.agency, setting) if setting else "",
            )

    def _actions(self) -> Iterator[Someone]:
        """Services of the plan, and whoever else does something in it."""
        plan = plan_of(self._episode) if self._episode else None
        if plan is None:
            return
        named = {one.member_id for one in self._team}
        said = f"Has a part in the {self._words.family_plan.one}"
        for outcome in outcomes_of(plan):
            for action in outcome.actions.all():
                if action.state == "dropped":
                    continue
                if action.service:
                    yield self._service(action)
                if action.state == "open" and action.other:
                    yield Someone(action.other, said)
                elif action.state == "open" and action.member and action.member_id not in named:
                    if self._episode and action.member_id == self._episode.lead_id:
                        continue
                    yield Someone(action.member.name, action.member.job_title or said)

    def _service(self, action: Action) -> Someone:
        what = f"In the {self._words.family_plan.one}"
        if action.service_ended_on:
            until = f"Until {day(action.service_ended_on)}"
            return Someone(action.service, what, when=until, tie="ended")
        if action.service_started_on:
            since = f"Since {day(action.service_started_on)}"
            return Someone(action.service, what, when=since)
        asked = f"Asked on {day(action.service_asked_on)}" if action.service_asked_on else ""
        return Someone(action.service, what, when=asked, tie="asked")

    # ---- their own people

    def _own(self, middle: Sequence[UUID]) -> Iterator[Someone]:
        """Those of the family who live elsewhere, and those of its network in the team."""
        relations = dict(RELATIONS)
        words = to_the_children(self._kin, self._today)
        does = {one.person_id: one.does for one in self._team if one.left_on is None}
        for one in self._kin.people:
            if one.id in middle or one.left or one.died:
                continue
            word = words.get(one.id) or relations.get(one.relation, "")
            what = "; ".join(filter(None, (word, does.get(one.id, ""))))
            yield Someone(one.name, f"{what[:1].upper()}{what[1:]}", own=True)
        known = {one.id for one in self._kin.people}
        for place in self._team:
            if place.person is not None and place.person_id not in known and not place.left_on:
                yield Someone(place.person.full_name, place.does, own=True)

    def _connections(self) -> Iterator[Someone]:
        """Friends, neighbours, and professionals who are known by name."""
        for one in self._kin.connections:
            what = [one.role or one.kind_says, one.agency, one.brings]
            whom = self._kin.person(one.about_id).called if one.about_id else ""
            when = f"Since {day(one.began)}" if one.began else ""
            yield Someone(
                name=one.name,
                what=", ".join(filter(None, what)),
                whom=whom,
                when=f"Until {day(one.ended)}" if one.ended else when,
                tie="ended" if one.ended else "connected",
                own=one.kind != "professional",
            )
