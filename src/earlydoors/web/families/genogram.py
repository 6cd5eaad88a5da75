"""A family as it is written down, on its way to its genogram. Pure: no query is made here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from uuid import UUID

from earlydoors.domain.people.kin import Kin, KinLink, KinPerson
from earlydoors.domain.people.models import RELATIONS
from earlydoors.domain.people.relations import BY_BIRTH, CARERS, PARENTS, SIBLINGS, word
from earlydoors.domain.people.rules import age_in_words
from earlydoors.foundation.kernel.dates import age_on, day
from earlydoors.web.design.genogram import kin as drawn

_SHAPES: dict[str, drawn.Shape] = {"female": "circle", "male": "square"}
_DESCENTS: dict[str, drawn.Descent] = {
    "adoptive_parent": "adopted",
    "foster_carer": "fostered",
    "kinship_carer": "kinship",
    "special_guardian": "guardian",
}
_UP = {
    "grandparent": 2, "great_grandparent": 3, "aunt_uncle": 1, "step_parent": 1,
    "parents_partner": 1, "godparent": 1,
}  # fmt: skip
_CLOSE = "someone close to"
_BROTHERS = frozenset({"sibling", "full_sibling"})


def as_drawn(kin: Kin, name: str, today: date, reader: UUID | None = None) -> drawn.Kin:
    """The family in the pieces of a genogram. `name` is its name without the word family.

    Who has left it is drawn where a line hangs from them. For `reader`, someone of the family, no
    home is drawn that is kept from them.
    """
    return _Drawing(kin, name, today, reader).kin()


def shape_of(sex: str, *, unborn: bool) -> drawn.Shape:
    """Someone's symbol."""
    return "triangle" if unborn else _SHAPES.get(sex, "diamond")


class _Drawing:
    """One family, being put into pieces."""

    def __init__(self, kin: Kin, name: str, today: date, reader: UUID | None) -> None:
        self._kin, self._name, self._today, self._reader = kin, name, today, reader
        near = {
            one
            for link in kin.links
            if link.kind in PARENTS | CARERS or link.kind == "partner"
            for one in (link.from_id, link.to_id)
        }
        self._people = {one.id: one for one in kin.people if not one.left or one.id in near}
        self._links = [
            one for one in kin.links if one.from_id in self._people and one.to_id in self._people
        ]
        self._parents: dict[UUID, list[UUID]] = defaultdict(list)
        self._adopters: dict[UUID, list[UUID]] = defaultdict(list)
        for link in self._links:
            if link.kind in PARENTS:
                into = self._parents if link.kind in BY_BIRTH else self._adopters
                into[link.to_id].append(link.from_id)

    def kin(self) -> drawn.Kin:
        """Everything together."""
        broods = (*self._descent(), *self._siblings(), *self._care())
        return drawn.Kin(
            name=self._name,
            people=tuple(self._one(one) for one in self._people.values()),
            couples=tuple(self._couples()),
            broods=broods,
            twins=tuple(self._twins()),
            homes=tuple(self._homes()),
            ties=tuple(self._ties()),
        )

    # ---- people

    def _one(self, one: KinPerson) -> drawn.One:
        age = "" if one.died else age_in_words(one.born, one.due, self._today)
        linked = any(one.id in (link.from_id, link.to_id) for link in self._links)
        relation = dict(RELATIONS).get(one.relation, "")
        words = {link.kind for link in self._links if link.from_id == one.id}
        return drawn.One(
            key=str(one.id),
            name=one.name,
            shape=shape_of(one.sex, unborn=one.unborn),
            born=one.born,
            due=one.due,
            dead=one.died is not None,
            age=_short(age),
            age_says=self._age_says(one, age),
            # Of whom no line tells, their place in the family does.
            under=(*_lived(one), *(() if linked or one.index else (relation,))),
            about=one.index and not one.left,
            called=one.called,
            as_parent=next((kind for kind in ("mother", "father") if kind in words), ""),
        )

    def _age_says(self, one: KinPerson, age: str) -> str:
        if one.died is not None:
            old = f" aged {age_on(one.born, one.died)}" if one.born else ""
            return f"died on {day(one.died)}{old}"
        if one.unborn and one.due is not None:
            return f"not yet born, due {day(one.due)}"
        return age

    # ---- lines

    def _descent(self) -> Iterator[drawn.Brood]:
        """Children under their parents; adopted children under those who adopted them."""
        for parents_of, descent in ((self._parents, "birth"), (self._adopters, "adopted")):
            children: dict[tuple[UUID, ...], list[UUID]] = defaultdict(list)
            for child, parents in parents_of.items():
                # Two hang a child; of any more each has a line of their own.
                first, more = tuple(dict.fromkeys(parents))[:2], tuple(dict.fromkeys(parents))[2:]
                children[tuple(sorted(first))].append(child)
                for other in more:
                    children[(other,)].append(child)
            for above, theirs in children.items():
                yield _brood(above, theirs, "birth" if descent == "birth" else "adopted")

    def _siblings(self) -> Iterator[drawn.Brood]:
        """Brothers and sisters of whom nobody knows the parents."""
        groups: dict[UUID, set[UUID]] = {}
        for link in self._links:
            pair = {link.from_id, link.to_id}
            if link.kind in _BROTHERS and not any(self._known_parents(one) for one in pair):
                joined = set().union(pair, *(groups.get(one, set()) for one in pair))
                groups |= dict.fromkeys(joined, joined)
        for group in {id(found): found for found in groups.values()}.values():
            yield _brood((), sorted(group), "birth")

    def _care(self) -> Iterator[drawn.Brood]:
        """Children under those who care for them now; a couple who do so together."""
        carers: dict[tuple[UUID, str], list[UUID]] = defaultdict(list)
        for link in self._links:
            if link.kind in CARERS and not self._over(link):
                carers[link.to_id, link.kind].append(link.from_id)
        broods: dict[tuple[tuple[UUID, ...], str], list[UUID]] = defaultdict(list)
        for (child, kind), found in carers.items():
            pair = next((two for two in combinations(sorted(found), 2) if self._partners(*two)), ())
            if pair:
                broods[pair, kind].append(child)
            for one in found:
                if one not in pair:
                    broods[(one,), kind].append(child)
        for (those, kind), children in broods.items():
            yield _brood(those, children, _DESCENTS[kind])

    def _couples(self) -> Iterator[drawn.Couple]:
        """Every couple once; how they stand now before how they stood."""
        partners = [link for link in self._links if link.kind == "partner"]
        for link in sorted(partners, key=lambda one: (self._over(one), -_day_number(one.ended))):
            over: drawn.Ended = ""
            if self._over(link):
                over = "divorced" if link.state == "divorced" else "separated"
            married = link.state in {"married", "civil", "separated", "divorced"}
            years = [str(on.year) for on in (link.began, link.ended if over else None) if on]
            says = " to ".join(years)
            if len(years) == 1:
                says = f"{'since' if link.began else 'until'} {says}"
            yield drawn.Couple(
                str(link.from_id), str(link.to_id), "married" if married else "together", over, says
            )

    def _twins(self) -> Iterator[drawn.Twins]:
        """Children of the same parents, born on one day or due on one. Whether they are identical
        is not written down."""
        births: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for child, parents in self._parents.items():
            one = self._people[child]
            on = one.born or one.due
            if on is not None:
                births[(on, *sorted(set(parents)))].append(str(child))
        for keys in births.values():
            if len(keys) > 1:
                yield drawn.Twins(tuple(sorted(keys)))

    # ---- words where no line can be

    def _ties(self) -> Iterator[drawn.Tie]:
        for link in self._links:
            one, other = self._people[link.from_id], self._people[link.to_id]
            says = self._tie(link, one)
            if says:
                yield drawn.Tie(str(one.id), str(other.id), says, _UP.get(link.kind, 0))

    def _tie(self, link: KinLink, one: KinPerson) -> str:
        """What a relationship says in words; nothing where a line or other relationships do."""
        kind = link.kind
        if kind in PARENTS or kind == "partner":
            return ""
        if kind in CARERS:
            return f"former {word(kind, sex=one.sex)} of" if self._over(link) else ""
        if kind in SIBLINGS:
            shared = set(self._known_parents(link.from_id)) & set(self._known_parents(link.to_id))
            alone = not (self._known_parents(link.from_id) or self._known_parents(link.to_id))
            if shared or (alone and kind in _BROTHERS):
                return ""
        if kind in {"step_parent", "parents_partner"} and self._steps(link):
            return ""
        if kind == "grandparent" and self._above(link.to_id) & {link.from_id}:
            return ""
        if kind == "other":
            return f"{link.says}, to" if link.says else _CLOSE
        return f"{word(kind, sex=one.sex)} of"

    def _steps(self, link: KinLink) -> bool:
        """Whether a step-parent stands beside a parent of the child as their partner."""
        parents = self._known_parents(link.to_id)
        return any(self._partners(link.from_id, parent) for parent in parents)

    def _above(self, child: UUID) -> set[UUID]:
        return {old for parent in self._known_parents(child) for old in self._known_parents(parent)}

    def _known_parents(self, child: UUID) -> list[UUID]:
        return [*self._parents.get(child, ()), *self._adopters.get(child, ())]

    def _partners(self, one: UUID, other: UUID) -> bool:
        pair = {one, other}
        return any(
            link.kind == "partner" and {link.from_id, link.to_id} == pair for link in self._links
        )

    def _over(self, link: KinLink) -> bool:
        ended = link.ended is not None and link.ended <= self._today
        return ended or link.state in {"separated", "divorced"}

    # ---- homes

    def _homes(self) -> Iterator[drawn.Home]:
        """Where several live together, or a child lives part of the time. Not where it is: the
        paper may be seen by whoever must not know."""
        for number, home in enumerate(self._kin.homes):
            if self._reader is not None and self._reader in home.kept_from:
                continue
            turn = list(self._people)
            lives = sorted(
                (one for one in home.lives if one.person_id in self._people),
                key=lambda one: turn.index(one.person_id),
            )
            here = tuple(str(one.person_id) for one in lives if one.main)
            also = tuple(str(one.person_id) for one in lives if not one.main)
            if len(here) > 1 or also:
                yield drawn.Home(f"home-{number}", "Home", here, also)


def _brood(
    parents: Iterable[UUID], children: Iterable[UUID], descent: drawn.Descent
) -> drawn.Brood:
    return drawn.Brood(
        tuple(str(one) for one in parents),
        tuple(drawn.Child(str(one), descent) for one in children),
    )


def _lived(one: KinPerson) -> tuple[str, ...]:
    """The years of a life, under the name."""
    if one.died is not None:
        return (f"{one.born.year} to {one.died.year}" if one.born else f"died {one.died.year}",)
    if one.unborn and one.due is not None:
        return (f"due {day(one.due).partition(' ')[2]}",)
    return (f"born {one.born.year}",) if one.born else ()


def _short(age: str) -> str:
    """An age as it fits into a symbol: 7, 8m, 3w, 5d."""
    if age == "born today":
        return "0"
    number, _, unit = age.partition(" ")
    return f"{number}{unit[:1]}" if number.isdecimal() else ""


def _day_number(on: date | None) -> int:
    return on.toordinal() if on else 0
