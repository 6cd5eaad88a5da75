"""Parental responsibility: on which bases someone has it, and who has it on a day.

Children Act 1989 (CA), Adoption and Children Act 2002 (ACA). England and Wales. What follows from
a relationship is not asked again: the mother who gave birth has it, an adoptive parent and a
special guardian have it by the order that made them so. Everything else is written down.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from earlydoors.domain.people.kin import KinLink, KinPerson
from earlydoors.foundation.kernel.dates import age_on

GROWN_UP = 18


@dataclass(frozen=True)
class Basis:
    """A way to have parental responsibility. `of` are the kinds of relationship it can be of; for
    anyone where empty. `alone` decides before all others."""

    key: str
    asks: str
    says: str
    source: str
    of: frozenset[str] = frozenset()
    alone: bool = False


@dataclass(frozen=True)
class Rule:
    """What those who have parental responsibility may do, and where the law says so."""

    says: str
    source: str


_FATHERS: Final = frozenset({"father", "parent"})
WRITTEN: Final = (
    Basis(
        "married",
        "Was married to the mother, or her civil partner",
        "married to the mother, or her civil partner",
        "CA section 2(1) and (1A)",
        _FATHERS,
    ),
    Basis(
        "registered",
        "Is on the birth certificate, registered since 1 December 2003",
        "on the birth certificate",
        "CA section 4(1)(a) and 4ZA(1)(a)",
        _FATHERS,
    ),
    Basis(
        "agreement",
        "Has a parental responsibility agreement",
        "by a parental responsibility agreement",
        "CA section 4(1)(b), 4ZA(1)(b) and 4A(1)(a)",
        _FATHERS | {"step_parent"},
    ),
    Basis(
        "order",
        "Has a parental responsibility order of the court",
        "by an order of the court",
        "CA section 4(1)(c), 4ZA(1)(c) and 4A(1)(b)",
        _FATHERS | {"step_parent"},
    ),
    Basis(
        "lives_with",
        "The court ordered that the child lives with them",
        "by a court order that the child lives with them, while it lasts",
        "CA section 12(1) to (2)",
    ),
    Basis(
        "guardian",
        "Is guardian, named for when a parent dies",
        "as guardian after a parent’s death",
        "CA section 5(6)",
    ),
)
CARE_ORDER: Final = Basis(
    "care_order",
    "The local authority has it by a care order",
    "by a care order",
    "CA section 33(3)",
)
NONE: Final = Basis("none", "No, they do not have it", "does not have it", "")
FOLLOWS: Final = {
    "mother": Basis("birth_mother", "", "gave birth to them", "CA section 2(1) and (2)"),
    "adoptive_parent": Basis("adoption", "", "adopted them", "ACA section 46(1)"),
    "special_guardian": Basis(
        "special_guardianship", "", "is their special guardian", "CA section 14C(1)(a)", alone=True
    ),
}
"""What a relationship itself gives."""
OF: Final = {basis.key: basis for basis in (*WRITTEN, CARE_ORDER, NONE, *FOLLOWS.values())}
BASES: Final = [(basis.key, basis.asks) for basis in (*WRITTEN, CARE_ORDER, NONE)]

RULES: Final = (
    Rule(
        "Each person who has it may act alone, unless the law asks for the consent of all. Nobody "
        "can forbid another to act; where they cannot agree, the family court decides.",
        "CA sections 2(7) and 8",
    ),
    Rule("Nobody may act against an order of the court.", "CA section 2(8)"),
    Rule(
        "It cannot be handed over. Someone else can be asked to meet some of it.",
        "CA section 2(9)",
    ),
    Rule(
        "Whoever looks after a child without it may do what is reasonable to keep them safe and "
        "well.",
        "CA section 3(5)",
    ),
)
ALONE: Final = Rule(
    "A special guardian decides before everyone else who has it.", "CA section 14C(1)(b)"
)
IN_CARE: Final = Rule("The local authority decides how far parents act.", "CA section 33(3)(b)")


@dataclass(frozen=True)
class Claim:
    """What is written down of someone's parental responsibility for a child."""

    holder_id: UUID | None
    authority: str
    basis: str
    began: date | None = None
    ended: date | None = None


@dataclass(frozen=True)
class Holds:
    """Someone who has parental responsibility on a day, and why."""

    holder_id: UUID | None
    authority: str
    basis: Basis
    since: date | None


def who_holds(
    child: KinPerson,
    links: Iterable[KinLink],
    claims: Iterable[Claim],
    on: date,
    *,
    dead: Iterable[UUID] = (),
) -> tuple[Holds, ...]:
    """Who has parental responsibility for a child on a day.

    None before the birth and from 18 (CA section 105(1)). An adoption ends that of everyone else
    but a parent who is together with the adopter (ACA section 46(2) and (3)(b)). What ended on a
    day holds until the day before.
    """
    if not _a_child(child, on):
        return ()
    links = tuple(links)
    toward = [o for o in links if o.to_id == child.id and o.kind in FOLLOWS and _runs(o, on)]
    held = [Holds(o.from_id, "", FOLLOWS[o.kind], o.began or _birth(o, child)) for o in toward]
    held += [
        Holds(one.holder_id, one.authority, OF[one.basis], one.began)
        for one in claims
        if one.basis != NONE.key and _between(one.began, one.ended, on)
    ]
    adopted = [o for o in toward if o.kind == "adoptive_parent"]
    if adopted:
        held = [one for one in held if _outlasts(one, adopted, links)]
    gone = set(dead)
    once: dict[tuple[UUID | None, str], Holds] = {}
    for one in held:
        if one.holder_id not in gone:
            once.setdefault((one.holder_id, one.authority), one)
    return tuple(once.values())


def rules_for(held: Iterable[Holds]) -> tuple[Rule, ...]:
    """What those who have it may do, with where the law says so."""
    bases = {one.basis.key for one in held}
    if not bases:
        return ()
    first: tuple[Rule, ...] = ()
    if "special_guardianship" in bases:
        first += (ALONE,)
    if "care_order" in bases:
        first += (IN_CARE,)
    return (*first, *RULES)


def can_be_on(basis: str, kinds: Iterable[str]) -> bool:
    """Whether someone who is these kinds of relation to a child can have it on this basis."""
    allowed = OF[basis].of
    return not allowed or bool(allowed & set(kinds))


def _a_child(child: KinPerson, on: date) -> bool:
    if child.born is None:
        return child.due is None
    return child.born <= on and age_on(child.born, on) < GROWN_UP


def _birth(link: KinLink, child: KinPerson) -> date | None:
    return child.born if link.kind == "mother" else None


def _runs(link: KinLink, on: date) -> bool:
    return _between(link.began, link.ended, on)


def _between(began: date | None, ended: date | None, on: date) -> bool:
    return (began is None or began <= on) and (ended is None or on < ended)


def _outlasts(held: Holds, adopted: list[KinLink], links: tuple[KinLink, ...]) -> bool:
    """Whether someone keeps or gets parental responsibility beside an adoption."""
    adopters = {one.from_id for one in adopted}
    if held.holder_id in adopters:
        return True
    together = any(
        o.kind == "partner"
        and held.holder_id in (o.from_id, o.to_id)
        and adopters & {o.from_id, o.to_id}
        for o in links
    )
    days = [one.began for one in adopted if one.began is not None]
    return together or (held.since is not None and bool(days) and held.since >= max(days))
