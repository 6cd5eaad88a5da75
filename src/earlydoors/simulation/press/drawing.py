"""Drawing families: who they are, what they face, who helps them, and how their story went."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from earlydoors.foundation.profile.schema import Profile
from earlydoors.simulation.answers import area_of_life
from earlydoors.simulation.people.families import Families
from earlydoors.simulation.people.names import by_share
from earlydoors.simulation.people.numbers import MOST_IN_FAMILY, close_together
from earlydoors.simulation.people.person import Person
from earlydoors.simulation.people.places import Home
from earlydoors.simulation.people.slips import Agency as OtherAgency
from earlydoors.simulation.press.asking import OFFERED, asked_of
from earlydoors.simulation.press.at_panels import PUT_OFF, WITHOUT_PANEL
from earlydoors.simulation.press.drawn import FIRST_DAY, Drawn, Panel, Worker
from earlydoors.simulation.press.insets import SINCE, WHO_IS_WHO, Inset
from earlydoors.simulation.press.kin import KinDrawn, Remembered, address
from earlydoors.simulation.press.plate import Plate
from earlydoors.simulation.press.pools import areas_of, themes
from earlydoors.simulation.press.sittings import Calendar
from earlydoors.simulation.press.stories import PAUSES
from earlydoors.simulation.press.told import ADULTS, AREAS, CHILDREN, OfFamily
from earlydoors.simulation.press.workforce import Workforce

_OLDEST = 16.5  # years: a child for as long as the story may last
_YEAR = 365.25
_ON_ITS_WAY, _STILL_TO_COME = 130, 90  # days: since the story began, and until the birth
_LATELY = 300  # days: of stories that began so lately, some drift
_WEEKS_APART = 9  # at most this many weeks later, to find days that are no holidays
_SCHOOL_AGE, _NURSERY_AGE = 4.6, 2.0
_SEXES: Final = {"F": "female", "M": "male"}
_RELATIONS: Final = {
    "mother": "mother",
    "father": "father",
    "other parent": "father",
    "grandmother": "grandparent",
    "grandfather": "grandparent",
}
_ENGLISH: Final = ("english", "celtic", "traveller", "caribbean")
_LANGUAGES: Final = {
    "polish": "Polish", "romanian": "Romanian", "ukrainian": "Ukrainian",
    "portuguese": "Portuguese", "pakistani": "Urdu", "bangladeshi": "Bengali",
    "gujarati": "Gujarati", "punjabi": "Punjabi", "chinese": "Cantonese", "arabic": "Arabic",
    "yoruba": "Yoruba", "igbo": "Igbo", "ghanaian": "Twi", "somali": "Somali",
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What is to be simulated: so many families in so many years until a day, and so many people
    in all, of whom the rest are on record and no more."""

    seed: int
    families: int
    years: int
    until: date
    people: int = 0


BARE: Final = "on_record"
JOINED: Final = 60  # days before the first story that everyone joined
type Slips = Mapping[str, tuple[str, ...]]


class Drawing:
    """The families of an area, one by one, each from the seed and its own number."""

    def __init__(
        self,
        wanted: Wanted,
        profile: Profile,
        plates: Mapping[str, Plate],
        workforce: Workforce,
    ) -> None:
        self.wanted, self.profile, self.plates, self.workforce = wanted, profile, plates, workforce
        self.asked = asked_of(profile.key)
        self.path = by_share({p: s for p, s in self.asked.paths.items() if p in plates})
        self.begins = wanted.until - timedelta(days=round(wanted.years * _YEAR))
        self.people = Families(wanted.seed, wanted.until, profile.key, numbered=close_together)
        self.slips = OtherAgency(wanted.seed, self.people.places)
        self.now = datetime.combine(wanted.until, time())
        joined = self.begins - timedelta(days=JOINED)
        self.calendar = Calendar(
            wanted.seed, workforce.panels, joined, wanted.until, self.asked.absent
        )

    def family(self, number: int) -> Iterator[tuple[Drawn, Slips | None]]:
        """Family N, and what there is beside it: a second record, where it has been written down
        twice, with the slips in it by slot; a conversation that led to nothing.
        """
        draw = Random(f"{self.wanted.seed} story {number}")  # noqa: S311 - made up, nothing secret
        path = self.path(draw)
        share = (number + draw.random()) / max(self.wanted.families, 1)
        day = self.begins + timedelta(days=int(share * (self.wanted.until - self.begins).days))
        drawn, persons = self._drawn(number, path, day, draw)
        yield drawn, None
        # Whoever has no birth date is not written down a second time: the slips are in those.
        if draw.random() < self.asked.second_records and len(persons) == len(drawn.people):
            yield self._second(drawn, persons, draw)
        if draw.random() < self.asked.conversations and "talk" in self.plates:
            yield self._talk(drawn, draw), None

    def bare(self, number: int) -> Drawn:
        """Family N of those who are on record with who they are and where they live, no more."""
        draw = Random(f"{self.wanted.seed} bare {number}")  # noqa: S311 - made up, nothing secret
        return self._drawn(number, BARE, self.begins, draw)[0]

    def _drawn(self, number: int, path: str, day: date, draw: Random) -> tuple[Drawn, list[Person]]:
        persons = self._household(number, day)
        home = persons[0].home
        listed = [self._someone(one, slot, home, draw) for slot, one in _slots(persons)]
        kin = self._kin(number, dict(_slots(persons)), day)
        listed = [kin.stands(one) for one in listed]
        if self._expects(day, draw):
            listed = _with_unborn(listed, self._due(draw))
        settings, near = {}, []
        for one in listed:
            if one.slot in CHILDREN and one.born_on:
                years = (day - one.born_on).days / _YEAR
                kind = "school" if years >= _SCHOOL_AGE else "nursery"
                if years >= _NURSERY_AGE:
                    place = self.workforce.place_for(kind, years, home.locality, draw)
                    settings[one.slot] = (place.id, place.name, kind)
                    near.append(place.locality)
        places = [settings[s][0] for s in settings]
        workers = self.workforce.for_family(home.locality, places, draw)
        panel = None
        if path in WITHOUT_PANEL:
            panel, workers = self._panel(home.locality, places, workers, draw)
            path = path if panel else WITHOUT_PANEL[path]
        theme = themes()[int(draw.random() * len(themes()))]
        lacking = tuple(
            (part, one.slot)
            for one in listed
            for part, there in (
                ("known_as", one.known_as),
                ("phone", one.phone),
                ("goes", one.slot in settings),
                ("nhs", one.nhs),
                ("upn", one.upn),
                ("former", one.former),
            )
            if not there
        )
        drawn = Drawn(
            number=number,
            path=path,
            theme=theme,
            people=listed,
            workers=workers,
            settings=settings,
            # Of the first child's place, as the front door has it.
            locality_id=self.workforce.localities.get(near[0]) if near else None,
            town=home.town,
            areas=_areas(self.profile, theme),
            start=day,
            pauses=[int(self.asked.pause(draw)) for _ in PAUSES],
            stops=self._stops(path, day, draw),
            now=self.now,
            salt=draw.getrandbits(64),
            gain=draw.gauss(self.asked.gains.get(path, 1.0), self.asked.spread),
            baseline=2 + int(draw.random() * 4),
            lacking=lacking,
            household=kin.kind,
        )
        self._find_day(drawn, day, panel)
        if path != BARE:
            drawn.insets = self._insets(kin, drawn)
        return drawn, persons

    def _panel(
        self, locality: str, places: Sequence[str], workers: Mapping[str, Worker], draw: Random
    ) -> tuple[Panel | None, Mapping[str, Worker]]:
        """A panel for a family of a locality, and who plays each part where it comes before it."""
        panels = self.calendar.panels
        near = [one for one in panels if one.locality in {"", locality}] or list(panels)
        panel = near[int(draw.random() * len(near))] if near else None
        playing = panel and self.workforce.at_panel(panel, workers, locality, places, draw)
        return (panel, playing) if panel and playing else (None, workers)

    def _kin(self, number: int, people: dict[str, Person], day: date) -> KinDrawn:
        """Who is who, as of a day that is before the family's story in any event."""
        draw = Random(f"{self.wanted.seed} kin {number}")  # noqa: S311 - made up, nothing secret
        return KinDrawn(people, self.asked, draw, day - timedelta(weeks=_WEEKS_APART + 2))

    def _insets(self, kin: KinDrawn, drawn: Drawn) -> Mapping[str, Sequence[Inset]]:
        """What is told of a family beside its story, by the place where it is told."""
        unborn = next((one.slot for one in drawn.people if one.due_on), "")
        told = Remembered(drawn.people, drawn.town, self.asked, kin.draw, drawn.start)
        return {WHO_IS_WHO: [*kin.insets(unborn), *told.before()], SINCE: [*told.since()]}

    def _expects(self, day: date, draw: Random) -> bool:
        """Whether a child of the family is not yet born on the last day, and was on its way when
        the story began."""
        lately = (self.wanted.until - day).days < _ON_ITS_WAY
        return draw.random() < self.asked.unborn and lately

    def _due(self, draw: Random) -> date:
        return self.wanted.until + timedelta(days=7 + int(draw.random() * _STILL_TO_COME))

    def _stops(self, path: str, day: date, draw: Random) -> float:
        """The share of its story after which nothing more was done: 1 where nothing drifts.

        Drift that nobody found for years would be another story.
        """
        drifts = draw.random() < self.asked.drift
        stops = draw.uniform(*self.asked.stops)
        lately = (self.wanted.until - day).days < _LATELY
        drifts = drifts and lately and path in OFFERED and path not in WITHOUT_PANEL
        return stops if drifts else 1.0

    def _find_day(self, drawn: Drawn, day: date, panel: Panel | None = None) -> None:
        """A Wednesday near the day, from which nothing falls on a bank holiday, and the panel sits
        when it should."""
        path = drawn.path

        def fits() -> bool:
            may = PUT_OFF in self.plates
            if panel and not self.calendar.let_wait(drawn, path, panel, may_put_off=may):
                return False
            return drawn.is_fit(self.plates[drawn.path].moments)

        first = day - timedelta(days=(day.weekday() - FIRST_DAY.weekday()) % 7)
        for weeks in range(_WEEKS_APART):
            drawn.begin(first - timedelta(weeks=weeks))
            if fits():
                return
        for number in range(len(PAUSES)):
            drawn.pauses = [
                *drawn.pauses[:number],
                drawn.pauses[number] + 1,
                *drawn.pauses[number + 1 :],
            ]
            drawn.begin(first)
            if fits():
                return
        if panel and not drawn.sittings:
            drawn.path = WITHOUT_PANEL[path]

    def _household(self, number: int, day: date) -> list[Person]:
        """The people of a family with a child that is one until the end, at most eight of them."""
        self.people.on = day
        for attempt in range(20):
            family = self.people.family(number * 20 + attempt, number * MOST_IN_FAMILY)
            children = [one for one in family if one.role == "child"]
            young = [one for one in children if (day - one.birth_date).days < _OLDEST * _YEAR]
            if young:
                young = sorted(young, key=lambda one: one.birth_date)[-len(CHILDREN) :]
                theirs = {number for one in young for number in one.parents}
                # An earlier partner of whose children none is a child any more is not of it.
                adults = [
                    one
                    for one in family
                    if one.role != "child" and (one.role != "other parent" or one.number in theirs)
                ]
                return [*young, *adults[: len(ADULTS)]]
        raise LookupError(f"No family with a child was drawn for number {number}.")

    def _someone(self, person: Person, slot: str, childs: Home, draw: Random) -> OfFamily:
        child = slot in CHILDREN
        english = person.origin in _ENGLISH
        home = person.home
        relation = "child" if child else _RELATIONS[person.role]
        return OfFamily(
            slot=slot,
            given_name=person.given_name,
            family_name=person.family_name,
            known_as=person.known_by or "",
            born_on=person.birth_date,
            sex=_SEXES[person.sex],
            ethnicity=person.ethnicity,
            relation=relation,
            parental_responsibility=None if child else relation != "grandparent",
            lives_here=home == childs,
            home=address(home),
            postcode=home.postcode,
            setting=None,
            phone="" if child else f"07700 900{int(draw.random() * 1000):03d}",
            first_language="English" if english else _LANGUAGES[person.origin],
            needs_interpreter=None if child else not english and draw.random() < 0.25,
            nhs=person.nhs or "",
            upn=(person.upn or "") if child else "",
            former=person.former_surname or "",
        )

    def _second(self, drawn: Drawn, persons: Sequence[Person], draw: Random) -> tuple[Drawn, Slips]:
        """The same family written down anew by someone who did not find it, with slips."""
        listed: list[OfFamily] = []
        made: dict[str, tuple[str, ...]] = {}
        for one, (slot, person) in zip(drawn.people, _slots(persons), strict=True):
            written, slips = self.slips.record(person)
            born = _read_day(written["birth_date"]) or one.born_on
            street = f"{written['house_number'] or ''} {written['street'] or ''}".strip()
            second = replace(
                one,
                given_name=written["given_name"] or one.given_name,
                family_name=written["family_name"] or "",
                known_as="",
                born_on=min(born, drawn.start) if born and slot in CHILDREN else born,
                home=f"{street}, {person.home.town}" if street else "",
                postcode=written["postcode"] or "",
                nhs="",
                upn="",
                former="",
            )
            listed.append(second)
            made[slot] = tuple(slips)
        return _again(drawn, listed, draw), made

    def _talk(self, drawn: Drawn, draw: Random) -> Drawn:
        """A conversation about some family, of which nothing more is known."""
        talk = replace(
            drawn, path="talk", salt=draw.getrandbits(64), stops=1.0, waits=(), _said={}, _days={}
        )
        self._find_day(talk, drawn.start)
        return talk


def _with_unborn(listed: list[OfFamily], due: date) -> list[OfFamily]:
    """The family with a child on its way: its sex is known from a scan, and it has no name yet."""
    children = [one for one in listed if one.slot in CHILDREN]
    youngest = children[-1]
    if youngest.slot == CHILDREN[-1]:
        return listed
    baby = replace(
        youngest,
        slot=CHILDREN[len(children)],
        given_name="Baby",
        known_as="",
        born_on=None,
        due_on=due,
        nhs="",
        upn="",
        former="",
    )
    return [*children, baby, *listed[len(children) :]]


def _again(drawn: Drawn, listed: list[OfFamily], draw: Random) -> Drawn:
    lacking = tuple(
        (part, one.slot) for one in listed for part in ("known_as", "nhs", "upn", "former")
    )
    kept = tuple(one for one in drawn.lacking if one not in lacking)
    return replace(
        drawn, path="advice", people=listed, lacking=(*kept, *lacking), salt=draw.getrandbits(64),
        stops=1.0, sittings=(), waits=(), _said={}, _days={},
    )  # fmt: skip


def _slots(persons: Sequence[Person]) -> Iterator[tuple[str, Person]]:
    """Each person's slot: children eldest first, then the grown-up who speaks, then the others."""
    children = [one for one in persons if one.role == "child"]
    children.sort(key=lambda one: (one.birth_date, one.given_name))
    yield from zip(CHILDREN, children, strict=False)
    yield from zip(ADULTS, (one for one in persons if one.role != "child"), strict=False)


def _areas(profile: Profile, theme: str) -> list[str]:
    """Three areas of life of the area, those of the theme first."""
    keys = [
        area.key for area in profile.areas_of_life if area_of_life(profile, area.key) == area.key
    ]
    touched = [area_of_life(profile, name) for name in areas_of(theme)]
    return list(dict.fromkeys([*(key for key in touched if key in keys), *keys]))[:AREAS]


def _read_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
