"""What follows from who is whose parent: siblings, grandparents, aunts, a parent's partner.

What can be worked out is not asked again. Siblings who share two parents are full ones, who share
one of two known are half ones; where parents are not known, what is stated counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Final
from uuid import UUID

from earlydoors.domain.people.kin import Kin, KinLink
from earlydoors.domain.people.relations import (
    BY_BIRTH,
    OF,
    OVER,
    PARENTS,
    SIBLINGS,
    word,
)

_TWO: Final = 2
_BLOOD: Final = frozenset({"full_sibling", "half_sibling", "sibling", "adopted_sibling"})
_ORDER: Final = ("parent", "partner", "child", "sibling", "step", "care", "wider", "other")


@dataclass(frozen=True)
class Relative:
    """What someone else is to a person.

    `word` is it in one noun, `place` the group it is shown in, `through` the people it follows
    from, `link` the row that states it; a relation worked out has none. `over` is of before.
    """

    person_id: UUID
    kind: str
    back: bool
    word: str
    place: str
    through: tuple[UUID, ...] = ()
    link: KinLink | None = None
    over: bool = False


_Found = tuple[UUID, str, bool, tuple[UUID, ...]]
"""Who, as what, whether it is the word of the way back, and through whom."""


class Ties:
    """The relationships of a family, to ask who follows from whom."""

    def __init__(self, links: Iterable[KinLink], today: date) -> None:
        self._today = today
        self._up: dict[UUID, list[KinLink]] = {}
        self._down: dict[UUID, list[KinLink]] = {}
        self._siblings: dict[UUID, dict[UUID, str]] = {}
        for one in links:
            self._up.setdefault(one.to_id, []).append(one)
            self._down.setdefault(one.from_id, []).append(one)

    def over(self, link: KinLink) -> bool:
        """Whether a relationship is of before."""
        ended = link.ended is not None and link.ended <= self._today
        return ended or (link.kind == "partner" and link.state in OVER)

    def parents(self, person: UUID, kinds: Iterable[str] = PARENTS) -> set[UUID]:
        """Someone's known parents."""
        return {o.from_id for o in self._up.get(person, ()) if o.kind in kinds}

    def children(self, person: UUID) -> set[UUID]:
        """Someone's known children."""
        return {o.to_id for o in self._down.get(person, ()) if o.kind in PARENTS}

    def _of(self, person: UUID) -> Iterator[KinLink]:
        return chain(self._up.get(person, ()), self._down.get(person, ()))

    def partners(self, person: UUID) -> set[UUID]:
        """Whom someone is together with now."""
        return {
            _other(o, person) for o in self._of(person) if o.kind == "partner" and not self.over(o)
        }

    def _toward(self, person: UUID, kinds: Iterable[str]) -> set[UUID]:
        return {o.from_id for o in self._up.get(person, ()) if o.kind in kinds and not self.over(o)}

    def stated_sibling(self, one: UUID, other: UUID) -> str:
        """The kind of sibling that is written down of two; empty where none is."""
        kinds = (o.kind for o in self._of(one) if o.kind in SIBLINGS and _other(o, one) == other)
        return next(kinds, "")

    def sure_sibling(self, one: UUID, other: UUID) -> str:
        """Full or half, where the parents that are known leave no doubt; else empty."""
        mine, theirs = self.parents(one, BY_BIRTH), self.parents(other, BY_BIRTH)
        shared = len(mine & theirs)
        if shared >= _TWO:
            return "full_sibling"
        if shared and min(len(mine), len(theirs)) >= _TWO:
            return "half_sibling"
        return ""

    def sibling(self, one: UUID, other: UUID) -> str:
        """Which kind of siblings two people are; empty when they are none."""
        if sure := self.sure_sibling(one, other):
            return sure
        if stated := self.stated_sibling(one, other):
            return stated
        if self.parents(one, BY_BIRTH) & self.parents(other, BY_BIRTH):
            return "sibling"
        if self.parents(one) & self.parents(other):
            return "adopted_sibling"
        if self._fostered(one, other) or self._fostered(other, one):
            return "foster_sibling"
        if self._toward(one, ("foster_carer",)) & self._toward(other, ("foster_carer",)):
            return "foster_sibling"
        if self._step(one, other) or self._step(other, one):
            return "step_sibling"
        return ""

    def _fostered(self, one: UUID, other: UUID) -> bool:
        return bool(self._toward(one, ("foster_carer",)) & self.parents(other))

    def _step(self, one: UUID, other: UUID) -> bool:
        """Whether a parent of the other is a step-parent of the one, or a parent's partner."""
        beside = self._toward(one, ("step_parent", "parents_partner"))
        partners = set(chain.from_iterable(self.partners(p) for p in self.parents(one)))
        return bool((beside | partners) & self.parents(other))

    def beside(self, person: UUID, child: UUID) -> bool:
        """Whether it is written down what the partner of a parent is to a child."""
        return person in {
            o.from_id
            for o in self._up.get(child, ())
            if o.kind in {"step_parent", "parents_partner"}
        }

    def siblings(self, person: UUID) -> dict[UUID, str]:
        """Someone's brothers and sisters of every kind, as far as anything written tells."""
        if person not in self._siblings:
            near = dict.fromkeys((*self._up, *self._down))
            found = {one: self.sibling(person, one) for one in near if one != person}
            self._siblings[person] = {one: kind for one, kind in found.items() if kind}
        return self._siblings[person]

    def grandparents(self, person: UUID) -> dict[UUID, UUID]:
        """Parents of parents, each with the parent between."""
        return {
            old: parent
            for parent in sorted(self.parents(person), key=str)
            for old in sorted(self.parents(parent), key=str)
        }

    def aunts_and_uncles(self, person: UUID) -> dict[UUID, UUID]:
        """Brothers and sisters of parents, by birth or adoption, each with the parent between."""
        return {
            one: parent
            for parent in sorted(self.parents(person), key=str)
            for one, kind in self.siblings(parent).items()
            if kind in _BLOOD and one not in self.parents(person)
        }

    def ancestors(self, person: UUID) -> set[UUID]:
        """Everyone someone descends from, by birth or adoption."""
        found: set[UUID] = set()
        next_up = self.parents(person)
        while next_up:
            found |= next_up
            next_up = set(chain.from_iterable(self.parents(one) for one in next_up)) - found
        return found


def _other(link: KinLink, person: UUID) -> UUID:
    return link.to_id if link.from_id == person else link.from_id


def relatives(
    kin: Kin, person_id: UUID, today: date, ties: Ties | None = None
) -> tuple[Relative, ...]:
    """What everyone of a family is to one of them: stated, or worked out. Nearest first.

    `ties` of the same family can be handed in, to work out each of them once for many people.
    """
    ties = ties or Ties(kin.links, today)
    sexes = {one.id: one.sex for one in kin.people}
    stated = [
        _stated(link, person_id, sexes, ties)
        for link in kin.links
        if person_id in (link.from_id, link.to_id)
    ]
    said = {(one.person_id, one.kind, one.back) for one in stated}
    found = []
    for one in _worked_out(ties, person_id):
        person, kind, back, through = one
        if person in sexes and (person, kind, back) not in said and person != person_id:
            said.add((person, kind, back))
            noun = word(kind, sex=sexes[person], back=back)
            if kind == "parents_partner" and not back:
                noun = f"{_parent_word(kin, person_id, through[0])}’s partner"
            found.append(Relative(person, kind, back, noun, _place(kind, back), through))
    born = {one.id: str(one.born or one.due or "9999") for one in kin.people}
    return tuple(
        sorted(
            _without_doubles(ties, person_id, stated, sexes) + found,
            key=lambda r: (
                r.over,
                _ORDER.index(r.place),
                born.get(r.person_id, ""),
                str(r.person_id),
            ),
        )
    )


def _stated(link: KinLink, person_id: UUID, sexes: dict[UUID, str], ties: Ties) -> Relative:
    other = _other(link, person_id)
    # The one is the kind to the other: read from the other's side it is the word itself.
    back = link.from_id == person_id and not OF[link.kind].mutual
    noun = word(link.kind, sex=sexes.get(other, ""), back=back, state=link.state)
    over = ties.over(link)
    if over and link.kind != "partner":
        noun = f"{noun} of before"
    return Relative(other, link.kind, back, noun, _place(link.kind, back), link=link, over=over)


def _without_doubles(
    ties: Ties, person_id: UUID, stated: list[Relative], sexes: dict[UUID, str]
) -> list[Relative]:
    """Where the parents make sure which kind of siblings two are, that is what they are called."""
    mended = []
    for one in stated:
        sure = ties.sure_sibling(person_id, one.person_id) if one.kind in SIBLINGS else ""
        if sure and sure != one.kind:
            noun = word(sure, sex=sexes.get(one.person_id, ""))
            one = replace(one, kind=sure, word=noun)
        mended.append(one)
    return mended


def _worked_out(ties: Ties, person: UUID) -> Iterator[_Found]:
    parents = ties.parents(person)
    for one, kind in ties.siblings(person).items():
        if not ties.stated_sibling(person, one):
            yield one, kind, False, tuple(sorted(parents & ties.parents(one), key=str))
    for parent in sorted(parents, key=str):
        for partner in sorted(ties.partners(parent), key=str):
            if partner not in parents and not ties.beside(partner, person):
                yield partner, "parents_partner", False, (parent,)
    for child in sorted(
        chain.from_iterable(ties.children(p) for p in ties.partners(person)), key=str
    ):
        partner = next(p for p in ties.partners(person) if child in ties.children(p))
        if person not in ties.parents(child) and not ties.beside(person, child):
            yield child, "parents_partner", True, (partner,)
    yield from _elders(ties, person)
    yield from _youngers(ties, person)


def _elders(ties: Ties, person: UUID) -> Iterator[_Found]:
    for old, parent in ties.grandparents(person).items():
        yield old, "grandparent", False, (parent,)
        for older in sorted(ties.parents(old), key=str):
            yield older, "great_grandparent", False, (old,)
    for one, parent in ties.aunts_and_uncles(person).items():
        yield one, "aunt_uncle", False, (parent,)
        for child in sorted(ties.children(one), key=str):
            yield child, "cousin", False, (one,)


def _youngers(ties: Ties, person: UUID) -> Iterator[_Found]:
    for child in sorted(ties.children(person), key=str):
        for young in sorted(ties.children(child), key=str):
            yield young, "grandparent", True, (child,)
            for younger in sorted(ties.children(young), key=str):
                yield younger, "great_grandparent", True, (young,)
    for one, kind in ties.siblings(person).items():
        if kind in _BLOOD:
            for young in sorted(ties.children(one) - ties.children(person), key=str):
                yield young, "aunt_uncle", True, (one,)


def _parent_word(kin: Kin, child: UUID, parent: UUID) -> str:
    kind = next((o.kind for o in kin.links if o.from_id == parent and o.to_id == child), "parent")
    return word(kind, sex=kin.person(parent).sex)


def _place(kind: str, back: bool) -> str:
    group = OF[kind].group
    return "child" if group == "parent" and back else group
