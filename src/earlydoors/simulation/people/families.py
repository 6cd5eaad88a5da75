"""Families of the kinds there are in England, one after another, each from its own seed.

A family is drawn from the seed and its own number alone, so that a long run can be taken up again
where it stopped, and memory holds one family at a time.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from earlydoors.simulation.people import surnames
from earlydoors.simulation.people.figures import EVERYWHERE, Figures, figures_for
from earlydoors.simulation.people.names import FEMALE, MALE, Origin, by_share, origins
from earlydoors.simulation.people.numbers import nhs_number, upn
from earlydoors.simulation.people.person import Person, Twin
from earlydoors.simulation.people.places import Home, Places, codes_of
from earlydoors.simulation.people.surnames import Called

YEAR = 365.25  # days
_APART = 300  # days between births, at least
_SCHOOL = (4, 19)  # years: from starting school to leaving
_GENERATION = 25.0  # years: a grandparent is so much older at least
_WITH_HER_NAME = 0.35  # assumed: lone mothers' children with her surname


class Families:
    """The families of an area as they are on a day."""

    def __init__(
        self,
        seed: int,
        on: date,
        area: str = EVERYWHERE,
        *,
        mix: str | None = None,
        numbered: Callable[[int], int] = int,
    ) -> None:
        """`numbered` says which number of health and schools the n-th person has."""
        self.seed, self.on, self.numbered = seed, on, numbered
        self.figures = figures_for(area, mix=mix)
        self.places = Places(self.figures)
        self.origins = by_share(self.figures.origins)

    def people(self, count: int, *, family: int = 0, number: int = 0) -> Iterator[Person]:
        """People until there are so many, whole families only.

        To take up a run again, say the number of the next family and of the next person.
        """
        while number < count:
            for person in self.family(family, number):
                yield person
                number += 1
            family += 1

    def family(self, family: int, number: int) -> list[Person]:
        """The people of a family; `number` is that of the first of them."""
        drawing = _Family(self, family, number)
        drawing.make()
        return drawing.people


class _Family:
    """One family while it is drawn."""

    def __init__(self, families: Families, family: int, number: int) -> None:
        self.all, self.family, self.number = families, family, number
        self.draw = Random(f"{families.seed}:{family}")  # noqa: S311 - made up, nothing secret
        self.figures: Figures = families.figures
        self.on = families.on
        self.people: list[Person] = []
        self._shares = [one.share for one in self.figures.ages]
        self.home = families.places.home(self.draw)
        self.former = self._perhaps_from_elsewhere()

    def chance(self, figure: str) -> bool:
        """Whether something comes about that a share of the figures tells."""
        return self.draw.random() < self.figures.shares[figure]

    def make(self) -> None:
        """Draw everyone."""
        draw = self.draw
        hers = his = origins()[self.all.origins(draw)]
        if self.chance("parents_of_two_origins"):
            his = origins()[self.all.origins(draw)]
        kind = self.figures.kinds(draw)
        births = self._births()
        wed = self.chance("married") and kind in {"couple", "three_generations"}
        mother, father = self._parents(hers, his, births[0], wed=wed)
        lives_with = self._grown_up(kind, mother, father, hers, his)
        first = len(self.people)
        earlier = self._earlier_father(his, births[0]) if kind == "blended" else father
        first += kind == "blended"
        hers_alone = kind == "lone_mother" and draw.random() < _WITH_HER_NAME
        barrelled = self.chance("double_barrelled")
        for born in births:
            fathers = earlier if born == births[0] else father
            child = self._child(
                born,
                mother,
                fathers,
                hers_alone=hers_alone,
                barrelled=barrelled,
                eldest=born == births[0],
            )
            child.home, child.former_home = lives_with, self.former
            theirs = (one for one in (mother, fathers) if one.number >= 0)
            child.parents = tuple(one.number for one in theirs)
        self._turn_twins(self.people[first:])
        self._call_apart(self.people[first:])
        self._tell_twins(self.people[first:])
        for one in self.people:
            one.household, one.wed = kind, wed

    def _births(self) -> list[date]:
        """The birth dates of the children, the eldest first; twins have the same."""
        draw, wanted = self.draw, int(self.figures.children(self.draw))
        together: list[int] = []
        while sum(together) < wanted:
            together.append(2 if self.chance("twins") else 1)
        bands = draw.choices(self.figures.ages, self._shares, k=len(together))
        ages = sorted(one.first + draw.random() * (one.last + 1 - one.first) for one in bands)
        births: list[date] = []
        least = 0.0
        for age, count in zip(ages, together, strict=True):
            days = max(age * YEAR, least)
            least = days + _APART
            births += [self.on - timedelta(days=int(days) + 1)] * count
        return births[::-1]

    def _parents(
        self, hers: Origin, his: Origin, eldest: date, *, wed: bool
    ) -> tuple[Person, Person]:
        """Mother and father, drawn; whether they belong to the family is said by its kind."""
        draw, asked = self.draw, self.figures.mother
        years = min(max(draw.gauss(asked.mean, asked.spread), asked.least), asked.most)
        her_birth = eldest - timedelta(days=int(years * YEAR))
        older = min(max(draw.gauss(self.figures.father.mean, self.figures.father.spread), -12), 25)
        his_birth = min(
            her_birth - timedelta(days=int(older * YEAR)), eldest - timedelta(days=int(16 * YEAR))
        )
        he = surnames.of_man(his, draw)
        she = surnames.of_woman(hers, draw)
        if wed:
            she = surnames.married(she, hers, he, his, draw)
        return (
            self._person("mother", she, her_birth, FEMALE, hers),
            self._person("father", he, his_birth, MALE, his),
        )

    def _grown_up(
        self, kind: str, mother: Person, father: Person, hers: Origin, his: Origin
    ) -> Home:
        """Take in the grown-ups that a family of this kind has; where its children live."""
        match kind:
            case "lone_mother":
                self._join(mother)
            case "lone_father":
                self._join(father)
            case "kinship":
                self._grandparent(mother, hers, FEMALE)
                if self.draw.random() < 0.6:  # assumed
                    self._grandparent(father, his, MALE)
            case _:
                self._join(mother)
                self._join(father)
                if kind == "split":
                    father.home = self.all.places.home(self.draw, near=self.home)
                    father.former_home = self.home
                if kind == "three_generations":
                    self._grandparent(mother, hers, FEMALE)
        return self.home

    def _join(self, person: Person) -> None:
        person.number = self.number + len(self.people)
        if self.chance("has_nhs_number"):
            person.nhs = nhs_number(self.all.numbered(person.number))
        self.people.append(person)

    def _grandparent(self, parent: Person, origin: Origin, sex: str) -> None:
        older = timedelta(days=int((_GENERATION + self.draw.random() * 12) * YEAR))
        name = parent.former_surname or parent.family_name
        called = Called(origin.for_sex(name, sex), name)
        role = "grandmother" if sex == FEMALE else "grandfather"
        self._join(self._person(role, called, parent.birth_date - older, sex, origin))

    def _earlier_father(self, his: Origin, born: date) -> Person:
        """The eldest child's own father, in a home of his own."""
        older = timedelta(days=int((18 + self.draw.random() * 20) * YEAR))
        called = surnames.of_man(his, self.draw)
        father = self._person("other parent", called, born - older, MALE, his)
        father.home = self.all.places.home(self.draw, near=self.home)
        self._join(father)
        return father

    def _person(self, role: str, called: Called, born: date, sex: str, origin: Origin) -> Person:
        draw = self.draw
        person = Person(
            number=-1,
            family=self.family,
            role=role,
            given_name=origin.given(draw, sex, born.year),
            family_name=called.surname,
            line=called.line,
            birth_date=born,
            sex=sex,
            origin=origin.key,
            ethnicity=codes_of(tuple(self.figures.ethnicity[origin.key].items()))(draw),
            home=self.home,
            other_surname=called.other or origin.unlike_sex(called.surname),
            former_surname=called.former,
            former_home=self.former,
        )
        if self.chance("second_name"):
            second = origin.given(draw, sex, born.year)
            person.second_name = None if second == person.given_name else second
        if origin.known_by and draw.random() < origin.goes_by:
            person.known_by = origin.known_by[sex](draw)
        return person

    def _child(
        self,
        born: date,
        mother: Person,
        father: Person,
        *,
        hers_alone: bool,
        barrelled: bool,
        eldest: bool,
    ) -> Person:
        draw = self.draw
        sex = MALE if self.chance("boys") else FEMALE
        his, hers = origins()[father.origin], origins()[mother.origin]
        called = self._childs_name(sex, mother, father, hers_alone, barrelled)
        child = self._person("child", called, born, sex, his)
        if hers is not his and draw.random() < 0.5:
            child.given_name = hers.given(draw, sex, born.year)
        elif self.chance("english_first_name"):
            child.given_name = origins()["english"].given(draw, sex, born.year)
        if sex == MALE and eldest and self.chance("namesake"):
            child.given_name = father.given_name
        child.ethnicity = self._ethnicity(mother.ethnicity, father.ethnicity)
        if self.chance("renamed"):
            child.former_surname = mother.former_surname or hers.surname(draw)
        years = (self.on - born).days / YEAR
        if years < 1:
            child.due = born + timedelta(days=round(draw.gauss(0, 9)))
        self._join(child)
        if _SCHOOL[0] < years < _SCHOOL[1]:
            child.upn = upn(self.all.numbered(child.number), born.year + 4)
        return child

    def _childs_name(
        self, sex: str, mother: Person, father: Person, hers_alone: bool, barrelled: bool
    ) -> Called:
        his, hers = origins()[father.origin], origins()[mother.origin]
        he = Called(father.family_name, father.line)
        she = Called(mother.family_name, mother.line)
        if hers_alone:
            return surnames.of_child(sex, she, mother.given_name, she, hers, self.draw)
        free = {his.custom, hers.custom} <= surnames.FREE_TO_CHOOSE
        if barrelled and free and he.line != she.line and "-" not in he.line + she.line:
            return surnames.barrelled(he, she)
        return surnames.of_child(sex, he, father.given_name, she, his, self.draw)

    def _ethnicity(self, hers: str, his: str) -> str:
        if hers == his or hers[0] == his[0]:
            return hers
        mixed, codes = self.figures.mixed, {hers, his}
        if hers[0] == "W" or his[0] == "W":
            if "BCRB" in codes:
                return mixed["white_caribbean"]
            if "BAFR" in codes:
                return mixed["white_african"]
            if any(code[0] == "A" for code in codes):
                return mixed["white_asian"]
        return mixed["other"]

    def _perhaps_from_elsewhere(self) -> Home | None:
        return self.all.places.home(self.draw, near=self.home) if self.chance("moved") else None

    def _turn_twins(self, children: list[Person]) -> None:
        """Twins have one surname where they are of one sex, and are so as often as is asked."""
        for one, two in _pairs(children):
            # Half of the pairs came out alike; so many of the others have to be turned.
            turned = 2 * self.figures.shares["same_sex_twins"] - 1
            if one.sex != two.sex and self.draw.random() < turned:
                two.sex, two.given_name = one.sex, one.given_name
            if one.sex == two.sex:
                two.family_name, two.other_surname = one.family_name, one.other_surname

    def _call_apart(self, children: list[Person]) -> None:
        """No child has the first name of a brother or sister."""
        taken: set[str] = set()
        for child in children:
            while child.given_name in taken:
                child.given_name = origins()[child.origin].given(
                    self.draw, child.sex, child.birth_date.year
                )
            if child.second_name == child.given_name:
                child.second_name = None
            taken.add(child.given_name)

    def _tell_twins(self, children: list[Person]) -> None:
        """Each of a pair knows the other, who may be taken for them."""
        for one, two in _pairs(children):
            one.twin = Twin(two.given_name, two.nhs, two.upn)
            two.twin = Twin(one.given_name, one.nhs, one.upn)


def _pairs(children: list[Person]) -> Iterator[tuple[Person, Person]]:
    """Children who follow each other and were born on one day."""
    return ((one, two) for one, two in pairwise(children) if one.birth_date == two.birth_date)
