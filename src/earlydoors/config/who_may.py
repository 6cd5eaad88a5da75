"""Who may do what, as the partnership means it: the rules of `access.toml`, and the page of them.

Nothing of the product acts by these rules. They are what it is held to: a test asks every page as
everybody and compares, and an information guardian reads them in `docs/reference`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from earlydoors.domain.partnership.rights import RIGHTS, Right
from earlydoors.foundation.profile.schema import RoleKind

FILE = Path(__file__).with_name("access.toml")
PUBLIC = "public"
"""A page for anyone, signed in or not."""
SIGNED_IN = "anyone"
"""A page for anyone who is signed in, in whatever role."""
OF_A_FAMILY = "of_a_family"
"""A page for somebody of a family, signed in as themselves."""
WORKER = "worker"
"""A page for anybody who works here, in whatever role."""
KINDS = {
    PUBLIC: "anyone at all",
    SIGNED_IN: "anyone who is signed in",
    WORKER: "anybody who works here",
    OF_A_FAMILY: "somebody of a family, as themselves",
}
AGENCY, NAMED, KEPT, STUDIES = "agency", "named", "kept", "studies"
NOT = "not "
RESTRICTED = "restricted"
"""The state of a world in which the family's record is restricted to a few."""
_RIGHTS = {right.name.lower(): right for right in Right}


@dataclass(frozen=True)
class Relation:
    """What somebody can have to do with a family: in words, and what of it that opens."""

    key: str
    says: str
    has: frozenset[str]
    here: bool


@dataclass(frozen=True)
class Way:
    """One way in: what the role must carry, what the relation opens, and what must not be so."""

    kind: str
    rights: frozenset[Right]
    facts: frozenset[str]
    without: frozenset[str]

    def is_for(self, kind: RoleKind) -> bool:
        """Whether a role of this kind can come in this way, if the relation lets it."""
        if self.kind in {OF_A_FAMILY, WORKER}:
            return (kind == RoleKind.FAMILY_MEMBER) == (self.kind == OF_A_FAMILY)
        return self.rights <= RIGHTS[kind]

    def is_with(self, has: frozenset[str]) -> bool:
        """Whether what a relation opens is enough to come in this way."""
        return self.facts <= has and not self.without & has

    @property
    def asks(self) -> frozenset[str]:
        """What it asks about the relation at all."""
        return self.facts | self.without


@dataclass(frozen=True)
class Rule:
    """Pages that are open by the same ways. A method that is not there is taken by none of them;
    one without a way is open to nobody in this area."""

    name: str
    routes: tuple[str, ...]
    ways: Mapping[str, tuple[Way, ...]]
    to_sign_in: bool


@dataclass(frozen=True)
class Table:
    """All of it."""

    facts: Mapping[str, str]
    relations: Mapping[str, Relation]
    rules: tuple[Rule, ...]

    def opens(self, rule: Rule, method: str, kind: RoleKind, relation: str, state: str) -> bool:
        """Whether a page of the rule is open to that role with that relation."""
        one = self.relations[relation]
        for way in rule.ways[method]:
            if way.kind == PUBLIC:
                return True
            if one.here and way.is_for(kind) and way.is_with(self.has(relation, state)):
                return True
        return False

    def has(self, relation: str, state: str) -> frozenset[str]:
        """What a relation opens while the family's help stands so: of a restricted record nothing,
        but to those few."""
        has = self.relations[relation].has
        return has & {AGENCY} | {KEPT} if state == RESTRICTED and NAMED not in has else has

    def of_the_family(self, relation: str, state: str) -> frozenset[str]:
        """What of that is of the family, and not only of where somebody works."""
        return self.has(relation, state) - {AGENCY, KEPT, STUDIES}


@cache
def table() -> Table:
    """The rules. Raises `ValueError` for a word that nothing explains."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    facts: dict[str, str] = read["facts"]
    relations = {
        key: Relation(
            key,
            one["says"],
            frozenset(one.get("has", ())),
            one.get("here", True),
        )
        for key, one in read["relations"].items()
    }
    for one in relations.values():
        if unknown := one.has - set(facts):
            raise ValueError(f"Nothing says what {', '.join(unknown)} is.")
    rules = tuple(
        Rule(
            one["name"],
            tuple(one["routes"]),
            {
                method: tuple(_way(said, facts) for said in one[method])
                for method in ("get", "post")
                if method in one
            },
            one.get("to_sign_in", False),
        )
        for one in read["rule"]
    )
    return Table(facts, relations, rules)


def _way(said: str, facts: Iterable[str]) -> Way:
    words = {word.strip() for word in said.split("+")}
    without = {word.removeprefix(NOT) for word in words if word.startswith(NOT)}
    words -= {NOT + word for word in without}
    kinds = words & set(KINDS)
    rights = words & set(_RIGHTS)
    if unknown := (words | without) - kinds - rights - set(facts):
        raise ValueError(f"Nothing says what {', '.join(unknown)} is.")
    return Way(
        next(iter(kinds), ""),
        frozenset(_RIGHTS[word] for word in rights),
        frozenset(words - kinds - rights),
        frozenset(without),
    )


def page() -> str:
    """Who may do what, for whoever has to know it without reading code."""
    said = table()
    parts = [
        "# Who may do what",
        (
            "What the product is held to. A test asks every page in every role, with everything "
            "that somebody can have to do with a family, by every method, and compares; once as "
            "it is, and once with the application's own scoping taken away, so that only the "
            "database holds. Nothing of the product acts by this page. Other methods than those "
            "named are refused. Of a restricted record nothing is open but to the few."
        ),
        "## What somebody can have to do with a family",
        "\n".join(
            f"- **{one.says}**: {_list(said.facts[f] for f in _of(one)) or 'opens nothing'}"
            for one in said.relations.values()
        ),
    ]
    for rule in said.rules:
        parts.append(f"## {rule.name}")
        for method, ways in rule.ways.items():
            what = "To look" if method == "get" else "To send"
            if not ways:
                parts.append(f"{what}: nobody.")
            parts += [f"{what}: {_in_words(way, said)}" for way in ways]
        parts.append("Pages: " + ", ".join(f"`{name}`" for name in rule.routes) + ".")
    return "\n\n".join(parts)


def _of(one: Relation) -> list[str]:
    return sorted(one.has - {AGENCY})


def _in_words(way: Way, said: Table) -> str:
    if way.kind in KINDS:
        who = KINDS[way.kind]
    else:
        kinds = [kind.replace("_", " ") for kind in RoleKind if way.is_for(kind)]
        rights = _list(right.value for right in sorted(way.rights))
        who = f"whose role lets them {rights} ({_list(kinds)})"
    facts = _list(said.facts[fact] for fact in sorted(way.facts))
    without = _list(said.facts[fact] for fact in sorted(way.without))
    with_ = f", with: {facts}" if facts else ""
    but = f", but not where {without}" if without else ""
    return f"{who}{with_}{but}."


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)
