"""What two people can be to each other, and what looks like a slip."""

from datetime import date

import pytest
from tests.unit.domain.people.family_tree import TODAY, family, one

from earlydoors.domain.people.derived import Ties
from earlydoors.domain.people.kin import KinPerson
from earlydoors.domain.people.kin_rules import days_wrong, doubtful, impossible

KELLY, SOPHIE = one("Kelly", "1996-05-04"), one("Sophie", "2018-03-03")
TABLE: list[tuple[str, KinPerson, str, KinPerson, tuple[str, ...], str]] = [
    ("mother and daughter", KELLY, "mother", SOPHIE, (), ""),
    ("oneself", KELLY, "friend", KELLY, (), "Choose two different people."),
    ("one's own mother's mother", SOPHIE, "mother", KELLY, ("Kelly mother Sophie",), "descends"),
    (
        "three generations round",
        SOPHIE,
        "adoptive_parent",
        one("Jean"),
        ("Jean mother Kelly", "Kelly mother Sophie"),
        "descends",
    ),
    (
        "a second mother by birth",
        one("Nan"),
        "mother",
        SOPHIE,
        ("Kelly mother Sophie",),
        "gave birth",
    ),
    ("a mother beside a father", KELLY, "mother", SOPHIE, ("Daniel father Sophie",), ""),
    (
        "the same as mother and as father",
        KELLY,
        "father",
        SOPHIE,
        ("Kelly mother Sophie",),
        "already",
    ),
    (
        "a third parent by birth",
        one("Craig"),
        "father",
        SOPHIE,
        ("Kelly mother Sophie", "Daniel father Sophie"),
        "Two parents",
    ),
    (
        "an adoptive parent beside two",
        one("Craig"),
        "adoptive_parent",
        SOPHIE,
        ("Kelly mother Sophie", "Daniel father Sophie"),
        "",
    ),
    ("older than the mother", SOPHIE, "mother", KELLY, (), "older than their child"),
    (
        "partner of a daughter",
        KELLY,
        "partner",
        SOPHIE,
        ("Kelly mother Sophie",),
        "parent and child",
    ),
    ("sister of a mother", SOPHIE, "sibling", KELLY, ("Kelly mother Sophie",), "parent and child"),
    (
        "siblings whose parents are known",
        SOPHIE,
        "half_sibling",
        one("Leo"),
        ("Kelly mother Sophie", "Kelly mother Leo", "Daniel father Sophie", "Daniel father Leo"),
        "follows from their parents",
    ),
    (
        "siblings of one known parent",
        SOPHIE,
        "half_sibling",
        one("Leo"),
        ("Kelly mother Sophie",),
        "",
    ),
    ("a grandmother who is the carer", one("Jean"), "kinship_carer", SOPHIE, (), ""),
]


@pytest.mark.parametrize(
    ("first", "kind", "last", "links", "says"), [r[1:] for r in TABLE], ids=[r[0] for r in TABLE]
)
def test_what_cannot_be(
    first: KinPerson, kind: str, last: KinPerson, links: tuple[str, ...], says: str
) -> None:
    ties = Ties(family(*links).links, TODAY)
    found = impossible(first, kind, last, ties, frozenset(ties.ancestors(first.id)))
    assert (says in found) if says else found == ""


@pytest.mark.parametrize(
    ("kind", "born", "child", "says"),
    [
        ("mother", "2008-03-04", "2018-03-03", "was 9 when"),
        ("mother", "2008-03-03", "2018-03-03", ""),
        ("mother", "", "2018-03-03", ""),
        ("foster_carer", "2019-01-01", "2018-03-03", "younger"),
        ("grandparent", "1995-01-01", "2018-03-03", "was 23 when"),
        ("aunt_uncle", "2020-01-01", "2018-03-03", ""),
        ("friend", "2020-01-01", "2018-03-03", ""),
    ],
)
def test_what_looks_like_a_slip(kind: str, born: str, child: str, says: str) -> None:
    found = doubtful(one("Kelly", born), kind, one("Sophie", child))
    assert (says in found) if says else found == ""


def test_a_child_not_yet_born_is_measured_by_the_day_it_is_due() -> None:
    found = doubtful(one("Kelly", "2020-01-01"), "mother", one("Leo", due="2026-06-01"))
    assert "was 6 when Leo is due" in found


@pytest.mark.parametrize(
    ("kind", "began", "ended", "field"),
    [
        ("partner", date(2020, 1, 1), date(2024, 1, 1), ""),
        ("partner", date(2026, 3, 4), None, "began_on"),
        ("partner", None, date(2026, 3, 4), "ended_on"),
        ("partner", date(2024, 1, 2), date(2024, 1, 1), "ended_on"),
        ("mother", None, date(2024, 1, 1), "ended_on"),
        ("foster_carer", None, date(2024, 1, 1), ""),
    ],
)
def test_which_days_cannot_be(
    kind: str, began: date | None, ended: date | None, field: str
) -> None:
    assert days_wrong(kind, began, ended, TODAY)[0] == field
