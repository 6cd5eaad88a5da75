"""The workers of a simulated partnership: where they work, and who helps which family."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from random import Random
from typing import Final, NamedTuple

from earlydoors.domain.partnership.operations import PRACTICE
from earlydoors.foundation.profile.schema import AgencyKind, Profile, RoleKind
from earlydoors.simulation.people.families import Families
from earlydoors.simulation.people.figures import streets
from earlydoors.simulation.press.asking import asked_of
from earlydoors.simulation.press.drawn import Panel, Worker, as_uuid

_DOOR_FAMILIES = 3000  # assumed: families in the years simulated, for each coordinator
_HEALTH_FAMILIES = 150
_OTHER_FAMILIES = 400
_FROM_SCHOOL = 0.72  # assumed: of requests for children who go somewhere, those their school makes
_OFFICER_FAMILIES = 1500
_TITLES: Final = {
    "door": "Early help coordinator",
    "adviser": "Early help officer",
    "lead": "Family worker",
    "health": "School nurse",
    "nursery": "Nursery manager",
    "school": "Pastoral lead",
    "other": "Support worker",
    "chair": "Chair of a panel",
}
_ROLES: Final = {
    "door": RoleKind.COORDINATOR,
    "adviser": RoleKind.EARLY_HELP_OFFICER,
    "chair": RoleKind.PANEL_CHAIR,
}
# Agencies whose workers lead for families, the likeliest first.
_LEADING: Final = (AgencyKind.OTHER, AgencyKind.VOLUNTARY, AgencyKind.COUNCIL)
# Agencies whose workers ask for help for families beside schools.
_ASKING: Final = (AgencyKind.POLICE, AgencyKind.HOUSING, AgencyKind.VOLUNTARY)
_PRIMARY_UNTIL = 11.0


class Place(NamedTuple):
    """A school, a nursery, a clinic: a setting of an agency."""

    id: str
    key: str
    name: str
    agency: str
    locality: str
    kind: str


class Hired(NamedTuple):
    """A worker and what their membership needs beside: part, user name, title, where they work, and
    the key of the panel that they chair, if they do."""

    worker: Worker
    part: str
    username: str
    job_title: str
    place: Place | None
    agency: str
    panel: str = ""


@dataclass
class Workforce:
    """Who works where. `localities` are ids by the profile's keys, `panels` those that families of
    this partnership come before."""

    localities: Mapping[str, str]
    places: Sequence[Place]
    hired: Sequence[Hired]
    panels: Sequence[Panel] = ()
    by_part: dict[tuple[str, str], list[Worker]] = field(default_factory=dict)
    at_place: dict[str, Worker] = field(default_factory=dict)
    by_place: dict[tuple[str, str], list[Place]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.hired:
            locality = one.place.locality if one.place else ""
            for where in (locality, ""):
                self.by_part.setdefault((one.part, where), []).append(one.worker)
            if one.place and one.part in {"school", "nursery"}:
                self.at_place[one.place.id] = one.worker
        for place in self.places:
            for where in (place.locality, ""):
                self.by_place.setdefault((place.kind, where), []).append(place)

    def place_for(self, kind: str, years: float, locality: str, draw: Random) -> Place:
        """A school or nursery near where a child lives, for its age."""
        wanted = kind if kind == "nursery" else "primary" if years < _PRIMARY_UNTIL else "secondary"
        found = (
            self.by_place.get((wanted, locality))
            or self.by_place.get((wanted, ""))
            or self.by_place.get((kind, locality))
            or self.by_place[kind, ""]
        )
        return found[int(draw.random() * len(found))]

    def for_family(
        self, locality: str, places: Sequence[str], draw: Random
    ) -> Mapping[str, Worker]:
        """Who plays each part for a family of a locality whose children go to these places.

        Everyone works somewhere else: a family agrees on each place once.
        """
        playing: dict[str, Worker] = {}
        theirs = [self.at_place[one] for one in dict.fromkeys(places) if one in self.at_place]
        for part in ("door", "adviser", "lead", "health"):
            playing[part] = self._one(part, locality, draw, playing)
        school = theirs and draw.random() < _FROM_SCHOOL
        playing["asks"] = theirs[0] if school else self._one("other", locality, draw, playing)
        rest = [one for one in theirs if one is not playing["asks"]]
        playing["again"] = rest[0] if rest else self._one("school", locality, draw, playing)
        return playing

    def at_panel(
        self,
        panel: Panel,
        playing: Mapping[str, Worker],
        locality: str,
        places: Sequence[str],
        draw: Random,
    ) -> Mapping[str, Worker] | None:
        """Who plays each part where a panel talks about the family: whoever asks is of an agency
        that belongs to it, another than health's. None where nobody is."""
        theirs = [self.at_place[one] for one in dict.fromkeys(places) if one in self.at_place]
        near = [
            one for part in ("other", "school") for one in self.by_part.get((part, locality), ())
        ]
        taken = {playing[part].setting_id for part in ("door", "lead", "health")}
        fit = [
            one
            for one in (playing["asks"], *theirs, *near)
            if one.agency_id in panel.agencies
            and one.agency_id != playing["health"].agency_id
            and one.setting_id not in taken
        ]
        if not fit:
            return None
        asks = fit[0] if fit[0] is playing["asks"] else fit[int(draw.random() * len(fit))]
        return {**playing, "asks": asks, "chair": panel.chair}

    def _one(self, part: str, locality: str, draw: Random, but: Mapping[str, Worker]) -> Worker:
        """Someone for a part, near where the family lives if there is anybody."""
        taken = {one.setting_id for one in but.values()}
        for where in (locality, ""):
            found = [
                one for one in self.by_part.get((part, where), ()) if one.setting_id not in taken
            ]
            if found:
                return found[int(draw.random() * len(found))]
        raise LookupError(f"Nobody can play {part} beside {', '.join(but)}.")


class Hiring:
    """Drawing the workforce of an area of a size, from the seed alone."""

    def __init__(self, profile: Profile, seed: int, families: int, on: date) -> None:
        self.profile, self.families = profile, families
        self.asked = asked_of(profile.key)
        self.draw = Random(f"{seed} workforce")  # noqa: S311 - made up, nothing secret
        self.people = Families(seed, on, profile.key)
        self.names: set[str] = set()
        self.taken = 0

    def id(self) -> str:
        """A fresh id."""
        return as_uuid(self.draw.getrandbits(128))

    def share(self, locality: str) -> float:
        """The part of the families that lives in a locality."""
        shares = {one.key: one.share for one in self.people.figures.localities}
        return shares.get(locality, 1 / max(len(self.profile.localities), 1))

    def places(self, ids: Mapping[str, str]) -> list[Place]:
        """The profile's places, by their ids, and as many schools more as the families need."""
        found = []
        for agency in self.profile.agencies:
            for one in agency.settings:
                kind = _kind(agency.kind, one.name)
                found.append(Place(ids[one.key], one.key, one.name, agency.key, one.locality, kind))
        found += self._more(
            tuple(found), AgencyKind.SCHOOL, self.asked.schools, "primary", "secondary"
        )
        found += self._more(tuple(found), AgencyKind.EARLY_YEARS, self.asked.schools * 2, "nursery")
        return found

    def _more(
        self, known: Sequence[Place], kind: AgencyKind, each: float, *kinds: str
    ) -> Iterator[Place]:
        """Schools in addition, of the agency of that kind with the most places."""
        agencies = [one for one in self.profile.agencies if one.kind == kind]
        if not agencies:
            return
        agency = max(agencies, key=lambda one: len(one.settings))
        for locality in self.profile.localities:
            here = [p for p in known if p.locality == locality.key and p.kind in kinds]
            wanted = round(self.families * self.share(locality.key) / each)
            for number in range(max(wanted - len(here), 0)):
                of = kinds[0] if number % 6 else kinds[-1]
                yield self._place(agency.key, locality.key, of)

    def _place(self, agency: str, locality: str, kind: str) -> Place:
        says = {"primary": "Primary School", "secondary": "Academy", "nursery": "Nursery"}[kind]
        towns = {one.key: list(one.towns) for one in self.people.figures.localities}
        first = streets()[0]
        while True:
            town = self.draw.choice(towns.get(locality) or [locality])
            name = f"{self.draw.choice(first)} {says}, {town}"
            if name in self.names and len(self.names) < 900:
                continue
            name = name if name not in self.names else f"{name} {len(self.names)}"
            self.names.add(name)
            key = f"{PRACTICE}{len(self.names)}"
            return Place(self.id(), key, name, agency, locality, kind)

    def hire(self, places: Sequence[Place], agencies: Mapping[str, str]) -> list[Hired]:
        """Everyone who works there, of agencies by their ids."""
        hired = []
        kinds = {one.key: one.kind for one in self.profile.agencies}
        for part, count, place in self._posts(places, kinds):
            hired += [self._hire(part, place, agencies) for _ in range(count)]
        # Last, so that the others stay who they are whichever panels there are.
        chairing = any(one.kind == RoleKind.PANEL_CHAIR for one in self.profile.roles)
        council = self._council(places, kinds)[0]
        for panel in self.profile.panels if chairing else ():
            hired.append(self._hire("chair", council, agencies, panel.key))
        return hired

    def sits(self, agency: str, locality: str, hired: Sequence[Hired]) -> str:
        """The name of whoever comes to a panel of a locality for an agency."""
        theirs = [one for one in hired if one.agency == agency and not one.panel]
        near = [one for one in theirs if one.place and one.place.locality == locality]
        found = near or theirs
        return self.draw.choice(found).worker.name if found else self._name()

    def _council(self, places: Sequence[Place], kinds: Mapping[str, AgencyKind]) -> Sequence[Place]:
        return [p for p in places if kinds[p.agency] == AgencyKind.COUNCIL] or list(places)

    def _posts(
        self, places: Sequence[Place], kinds: Mapping[str, AgencyKind]
    ) -> Iterator[tuple[str, int, Place]]:
        council = self._council(places, kinds)
        yield "door", max(ceil(self.families / _DOOR_FAMILIES), 2), council[0]
        health = [p for p in places if kinds[p.agency] == AgencyKind.HEALTH] or list(places)
        door = council[0].id
        leading = next(
            found
            for kind in _LEADING
            if (found := [p for p in places if kinds[p.agency] == kind and p.id != door])
        )
        others = [p for p in places if kinds[p.agency] in _ASKING and p not in leading]
        for locality in self.profile.localities:
            families = self.families * self.share(locality.key)
            open_now = families * self.asked.open_at_once
            for part, some, count in (
                ("adviser", council, families / _OFFICER_FAMILIES),
                ("lead", leading, open_now / self.asked.caseload),
                ("health", health, families / _HEALTH_FAMILIES),
                ("other", others or health[1:], families / _OTHER_FAMILIES),
            ):
                here = [p for p in some if p.locality == locality.key]
                if not here:
                    here = [Place(*self.draw.choice(some)[:4], locality.key, "other")]
                place = self.draw.choice(here)
                yield part, max(ceil(count), 1), place
        for place in places:
            if place.kind in {"primary", "secondary", "nursery", "school"}:
                yield "nursery" if place.kind == "nursery" else "school", 1, place

    def _hire(self, part: str, place: Place, agencies: Mapping[str, str], panel: str = "") -> Hired:
        name = self._name()
        # With a number, so that it is nobody's of the practice families' own cast.
        username = f"{name.lower().replace(' ', '.').replace(chr(39), '')}{self.taken}"
        kind = _ROLES.get(part, RoleKind.PRACTITIONER)
        role = next(role for role in self.profile.roles if role.kind == kind)
        agency = next(one for one in self.profile.agencies if one.key == place.agency)
        worker = Worker(
            self.id(), self.id(), name, role.name, agencies[agency.key], agency.name,
            place.id, place.name,
        )  # fmt: skip
        return Hired(worker, part, username, _TITLES[part], place, agency.key, panel)

    def _name(self) -> str:
        """The name of a grown-up of the area."""
        while True:
            self.taken += 1
            for one in self.people.family(-self.taken, 0):
                if one.role in {"mother", "father"}:
                    return f"{one.given_name} {one.family_name}"


def _kind(agency: AgencyKind, name: str) -> str:
    """What sort of place it is for a child who goes there."""
    if agency == AgencyKind.EARLY_YEARS:
        return "nursery"
    if agency != AgencyKind.SCHOOL:
        return "other"
    if "Primary" in name or "Infant" in name or "First" in name:
        return "primary"
    return "secondary" if "Academy" in name or "High" in name or "Secondary" in name else "school"
