"""Playing the stories once each, with marks, in a transaction that is undone."""

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import uuid4

from earlydoors.domain.matching.listening import deaf
from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.models import Agency, Desk, Locality, Member, Membership, Setting
from earlydoors.domain.partnership.queries import front_door
from earlydoors.foundation.audit.chain import undone
from earlydoors.foundation.kernel.dates import LONDON
from earlydoors.foundation.profile.current import current
from earlydoors.foundation.profile.schema import Profile, RoleKind
from earlydoors.simulation.answers import area_of_life
from earlydoors.simulation.people.numbers import nhs_number, upn
from earlydoors.simulation.players import Cast
from earlydoors.simulation.press.at_panels import SITS, SITS_AGAIN, WITHOUT_PANEL
from earlydoors.simulation.press.capture import begun, events_since, tables, written_since
from earlydoors.simulation.press.convening import (
    expect,
    of_families,
    play_sitting,
    told_of_families,
)
from earlydoors.simulation.press.drawn import FIRST_DAY
from earlydoors.simulation.press.inlaying import play_insets
from earlydoors.simulation.press.insets import Inset
from earlydoors.simulation.press.knowing import in_order, marks_of, told_in_order
from earlydoors.simulation.press.making import Making
from earlydoors.simulation.press.marks import FOUND, Hole, Marks
from earlydoors.simulation.press.plate import Plate
from earlydoors.simulation.press.stories import TREE, Branch, names_of, paths
from earlydoors.simulation.press.told import AREAS, CHILDREN, SLOTS, OfFamily, Told, stage_for

# Who plays in these stories: the kind of role, and whether at the front door.
PARTS: Final = {
    "door": RoleKind.COORDINATOR,
    "adviser": RoleKind.EARLY_HELP_OFFICER,
    "asks": RoleKind.PRACTITIONER,
    "again": RoleKind.PRACTITIONER,
    "lead": RoleKind.PRACTITIONER,
    "health": RoleKind.PRACTITIONER,
}
_CHAIRS: Final = {**PARTS, "chair": RoleKind.PANEL_CHAIR}
# Parts of a family that another may lack, beside the people themselves.
LACKING: Final = ("known_as", "phone", "goes", "nhs", "upn", "former", "first_language")
_BORN_CHILD, _BORN_ADULT = date(2015, 2, 1), date(1985, 2, 1)
_FAR = 99_000_000, 99_100_000  # numbers of no printed person; of nobody who is played beside
_OF_PROFILE: Final = re.compile(r"'profile_id': \d+")


def bits() -> dict[Any, int]:
    """The bit of each part of a family that one may lack."""
    parts: list[Any] = [*SLOTS, *((part, slot) for part in LACKING for slot in SLOTS)]
    return {part: 1 << number for number, part in enumerate(parts)}


@dataclass
class Marked:
    """The script of a plate: a mark wherever a family has something of its own."""

    profile: Profile
    at_panel: bool
    marks: Marks = field(default_factory=Marks)
    actors: dict[str, Actor] = field(default_factory=dict)
    people: list[OfFamily] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    # Two that play beside each other would wait for each other to free a key.
    mine: str = field(default_factory=lambda: uuid4().hex)

    def __post_init__(self) -> None:
        self.areas = areas_of(self.profile)[:AREAS]
        parts = _CHAIRS if self.at_panel else PARTS
        self.actors = {name: self._actor(name, kind) for name, kind in parts.items()}
        self.people = [self._someone(n, slot) for n, slot in enumerate(SLOTS)]
        for desk in Desk.objects.all():
            self.marks.ids[str(desk.pk)] = Hole("here", (desk.key,))
        if self.at_panel:
            self._expect_at_panel()
        _order_of_names(self.marks, ("asks", "lead", "health"))
        children = [self.marks.mark("who", slot, "family_name") for slot in CHILDREN]
        self.marks.texts["–".join(children)] = Hole("family", ("name",))

    def _key(self, of: str) -> str:
        return f"press_{of}_{self.mine}"

    def plain(self, line: str) -> str:
        """A line without what is of this database, and of this order of steps, alone."""
        marks = self.marks
        line = FOUND.sub(lambda mark: str(marks.hole(mark[1])), line)
        return _OF_PROFILE.sub("", line)

    def part(self, name: str) -> Actor:
        """Who plays a part."""
        return self.actors[name]

    def says(self, key: str, slot: str = "") -> str:
        """A mark for a text."""
        return self.marks.mark("text", key, slot)

    def area(self, number: int) -> str:
        """An area of life."""
        return self.areas[number]

    def score(self, number: int, view: str, day: int) -> int:
        """Any score: each family has its own."""
        return 5

    def scale(self, key: str, slot: str) -> int:
        """Any point of the scale."""
        return 5

    def day(self, number: int) -> date:
        """Day N, with nobody pausing."""
        return FIRST_DAY + timedelta(days=number)

    def beside(self, opening: str) -> Sequence[Inset]:
        """Nothing: insets are played apart."""
        return ()

    def desk(self) -> Desk:
        """The panel that talks about the family: one whose route is called otherwise, if there is
        any, so that each name is known for what it is."""
        called = {panel.key: panel.name for panel in self.profile.panels}
        to = [(key, route.name) for route in self.profile.routes for key in route.panels]
        to.sort(key=lambda one: called[one[0]] == one[1])
        return Desk.objects.get(key=to[0][0])

    def _expect_at_panel(self) -> None:
        """Two sittings of the panel, and marks for what is the panel's own."""
        panel, marks = self.desk(), self.marks
        routes = [one for one in self.profile.routes if one.panels]
        route = next(one for one in routes if panel.key in one.panels)
        marks.ids[str(panel.pk)] = Hole("panel", ("id",))
        if len(routes) > 1:
            marks.texts[route.key] = Hole("panel", ("route",))
        # Either may stand within the other, and then the longer one is found first.
        marks.rows[route.name] = marks.mark("panel", "route_name")
        marks.rows[panel.name] = marks.mark("panel", "name")
        days = [(self.day(SITS), None), (self.day(SITS_AGAIN), None)]
        at = datetime.combine(FIRST_DAY, time(9), tzinfo=LONDON)
        for number, one in enumerate(expect(panel, days, self.actors["chair"], at)):
            marks.ids[one] = Hole("sitting", (number,))

    def _actor(self, name: str, kind: RoleKind) -> Actor:
        mark = self.marks.mark
        role = next(role for role in self.profile.roles if role.kind == kind)
        agency = Agency.objects.create(
            key=self._key(name), name=mark("part", name, "agency_name"), kind="other", current=False
        )
        setting = Setting.objects.create(
            key=self._key(name), name=mark("part", name, "setting_name"), agency=agency
        )
        member = Member.objects.create(
            username=self._key(name),
            name=mark("part", name, "name"),
            joined_at=datetime(2020, 1, 1, tzinfo=UTC),
        )
        membership = Membership.objects.create(
            member=member,
            agency=agency,
            setting=setting,
            role_key=role.key,
            role_name=mark("part", name, "role_name"),
            kind=role.kind,
            began_on=date(2020, 1, 1),
        )
        ids = self.marks.ids
        ids[str(agency.pk)] = Hole("part", (name, "agency_id"))
        ids[str(setting.pk)] = Hole("part", (name, "setting_id"))
        ids[str(member.pk)] = Hole("part", (name, "member_id"))
        desks = {RoleKind.COORDINATOR: front_door, RoleKind.PANEL_CHAIR: self.desk}.get(kind)
        return Actor(member, membership, frozenset({desks().pk} if desks else ()))

    def _someone(self, number: int, slot: str) -> OfFamily:
        """Someone with everything that anybody may have; who lacks some is printed without."""
        child = slot in CHILDREN

        def own(what: str) -> str:
            return self.marks.mark("who", slot, what)

        born = (_BORN_CHILD if child else _BORN_ADULT) + timedelta(days=number)
        self.marks.days[born] = Hole("who", (slot, "born_on"))
        far = _FAR[self.at_panel] + number
        numbers = free_number(far), upn(far, 2019)
        for what, value in zip(("nhs", "upn"), numbers, strict=True):
            self.marks.texts[value] = Hole("who", (slot, what))
        return OfFamily(
            slot=slot,
            given_name=own("given_name"),
            family_name=own("family_name"),
            known_as=own("known_as"),
            born_on=born,
            sex="female",
            ethnicity="WBRI",
            relation="child" if child else "other",
            parental_responsibility=None if child else True,
            lives_here=True,
            home=own("home"),
            postcode=own("postcode"),
            setting=self._goes_to(slot) if child else None,
            # By its first digits it is known for a mobile phone, as everybody's here.
            phone="" if child else f"07{own('phone_end')}",
            first_language=own("first_language"),
            needs_interpreter=None if child else False,
            nhs=numbers[0],
            upn=numbers[1] if child else "",
            former=own("former"),
        )

    def _goes_to(self, slot: str) -> Setting:
        agency = Agency.objects.get(key=self._key("asks"))
        locality = Locality.objects.create(key=self._key(slot), name=slot, current=False)
        setting = Setting.objects.create(
            key=self._key(slot),
            name=self.marks.mark("who", slot, "setting_name"),
            agency=agency,
            locality=locality,
        )
        self.marks.ids[str(setting.pk)] = Hole("who", (slot, "setting_id"))
        self.marks.ids[str(locality.pk)] = Hole("family", ("locality_id",))
        return setting


def has_panels(profile: Profile) -> bool:
    """Whether families of an area may come before a panel that somebody chairs."""
    chaired = any(one.kind == RoleKind.PANEL_CHAIR for one in profile.roles)
    return chaired and any(one.panels for one in profile.routes)


def areas_of(profile: Profile) -> list[str]:
    """The areas of life that a general name leads back to, so that each stays itself."""
    keys = [area.key for area in profile.areas_of_life]
    return [key for key in keys if area_of_life(profile, key) == key]


def free_number(number: int) -> str:
    """An NHS number with a check digit, from the n-th on."""
    found = (nhs_number(number + step * 10) for step in range(100))
    return next(one for one in found if one)


def _order_of_names(marks: Marks, parts: Sequence[str]) -> None:
    """Names that stand in their own order do so for whoever has the parts."""
    names = sorted(marks.mark("part", part, "name") for part in parts)
    marks.rows[", ".join(names)] = marks.mark("in_order", *parts)


def play(only: frozenset[str] | None = None) -> dict[str, Plate]:
    """Play the stories, all or `only` some; the plates by the names of their paths.

    The database stays as it was.
    """
    plates: dict[str, Plate] = {}
    only = frozenset(paths() if only is None else only)
    if not has_panels(current()):
        only -= WITHOUT_PANEL.keys()
    with deaf(), undone():
        first = begun()
        script = Marked(current(), at_panel=not only.isdisjoint(WITHOUT_PANEL))
        stage = stage_for(Cast(current()), script)
        for name, told in _walk(stage, TREE, only):
            plates[name] = _plate(name, told, script, first)
        if any(one.spots for one in plates.values()):
            plates |= play_insets(script.profile, script.actors)
        if plates.keys() & WITHOUT_PANEL.keys():
            plates |= play_sitting(script.profile, script.desk(), script.actors["chair"])
    return plates


def _walk(
    stage: Told, branches: Sequence[Branch], only: frozenset[str]
) -> Iterator[tuple[str, Told]]:
    """Tell each path to its end, taking every step once and back again."""
    for branch in branches:
        if only.isdisjoint(names_of(branch)):
            continue
        here = copy(stage)
        with undone():
            branch.step(here)
            if branch.path in only:
                yield branch.path, here
            yield from _walk(here, branch.then, only)


def _plate(name: str, stage: Told, script: Marked, first: int) -> Plate:
    people: dict[str, str] = {}
    if stage.family is not None:
        people = {str(stage.person(slot).pk): slot for slot in SLOTS}
    making = Making(name, script.profile, script.marks, people, bits(), script.areas)
    known = {one: str(hole) for one, hole in script.marks.ids.items()}
    rows = of_families(written_since(first, tables()))
    marks = marks_of(rows, known, script.plain)
    told = told_in_order(told_of_families(events_since(first)), marks, script.plain)
    family = str(stage.family.pk) if stage.family is not None else ""
    return making.plate(in_order(rows, marks), told, stage.openings, family)
