"""Who follows from whom: a table for each rule."""

import pytest
from tests.unit.domain.people.family_tree import TODAY, family, link, one, who

from earlydoors.domain.people.derived import Ties, relatives
from earlydoors.domain.people.kin import KinLink

BOTH = ("Kelly mother Sophie", "Kelly mother Leo", "Daniel father Sophie", "Daniel father Leo")
SIBLINGS: list[tuple[str, tuple[str | KinLink, ...], str]] = [
    ("nothing is known", (), ""),
    ("two parents the same", BOTH, "full_sibling"),
    (
        "one the same, both others known",
        (*BOTH[:3], "Craig father Leo"),
        "half_sibling",
    ),
    ("one the same, one other not known", BOTH[:3], "sibling"),
    ("only the mother is known of both", BOTH[:2], "sibling"),
    ("mother known, stated full", (*BOTH[:2], "Sophie full_sibling Leo"), "full_sibling"),
    ("mother known, stated half", (*BOTH[:2], "Leo half_sibling Sophie"), "half_sibling"),
    ("parents outweigh what was stated", (*BOTH, "Leo half_sibling Sophie"), "full_sibling"),
    ("no parents known, stated", ("Leo half_sibling Sophie",), "half_sibling"),
    (
        "parents who live together",
        ("Kelly mother Sophie", "Craig father Leo", "Kelly partner Craig"),
        "step_sibling",
    ),
    (
        "parents who have separated",
        (
            "Kelly mother Sophie",
            "Craig father Leo",
            link("Kelly partner Craig", state="separated"),
        ),
        "",
    ),
    (
        "a step-parent stated",
        ("Craig father Leo", "Craig step_parent Sophie"),
        "step_sibling",
    ),
    (
        "a step-parent of before",
        ("Craig father Leo", link("Craig step_parent Sophie", ended="2025-01-01")),
        "",
    ),
    (
        "one is born, one adopted",
        ("Kelly mother Sophie", "Kelly adoptive_parent Leo"),
        "adopted_sibling",
    ),
    (
        "both adopted by the same",
        ("Kelly adoptive_parent Sophie", "Kelly adoptive_parent Leo"),
        "adopted_sibling",
    ),
    (
        "full siblings adopted together stay full",
        (*BOTH, "Nan adoptive_parent Sophie", "Nan adoptive_parent Leo"),
        "full_sibling",
    ),
    ("the carer's own child", ("Kelly mother Sophie", "Kelly foster_carer Leo"), "foster_sibling"),
    (
        "two children fostered in one home",
        ("Kelly foster_carer Sophie", "Kelly foster_carer Leo"),
        "foster_sibling",
    ),
    (
        "fostered once, not now",
        ("Kelly mother Sophie", link("Kelly foster_carer Leo", ended="2024-05-01")),
        "",
    ),
    ("a special guardian makes no sibling", ("Nan special_guardian Sophie", "Nan mother Leo"), ""),
    (
        "two mothers",
        ("Kelly mother Sophie", "Nadia parent Sophie", "Kelly mother Leo", "Nadia parent Leo"),
        "full_sibling",
    ),
]


@pytest.mark.parametrize(
    ("links", "expected"), [row[1:] for row in SIBLINGS], ids=[r[0] for r in SIBLINGS]
)
def test_who_is_whose_sibling(links: tuple[str | KinLink, ...], expected: str) -> None:
    ties = Ties(family(*links).links, TODAY)

    assert ties.sibling(who("Sophie"), who("Leo")) == expected
    assert ties.sibling(who("Leo"), who("Sophie")) == expected


GRAND = ("Jean mother Daniel", "Jean mother Ned", "Nan mother Jean", "Ned father Kai", *BOTH[2:3])
WORDS: list[tuple[str, str, tuple[str | KinLink, ...], set[str]]] = [
    (
        "both ways from one row: hers",
        "Kelly",
        ("Kelly mother Sophie",),
        {"daughter: Sophie"},
    ),
    ("both ways from one row: the child's", "Sophie", ("Kelly mother Sophie",), {"mother: Kelly"}),
    (
        "through a parent",
        "Sophie",
        GRAND,
        {
            "father: Daniel",
            "grandmother: Jean",
            "great-grandmother: Nan",
            "uncle: Ned",
            "cousin: Kai",
        },
    ),
    (
        "the other way round",
        "Jean",
        GRAND,
        {
            "son: Daniel",
            "son: Ned",
            "mother: Nan",
            "granddaughter: Sophie",
            "grandson: Kai",
        },
    ),
    (
        "a niece",
        "Ned",
        GRAND,
        {
            "mother: Jean",
            "brother: Daniel",
            "son: Kai",
            "niece: Sophie",
            "grandmother: Nan",
        },
    ),
    (
        "a mother's partner",
        "Sophie",
        ("Kelly mother Sophie", "Craig partner Kelly"),
        {"mother: Kelly", "mother’s partner: Craig"},
    ),
    (
        "what a partner is stated to be is not said twice",
        "Sophie",
        ("Kelly mother Sophie", "Craig partner Kelly", "Craig step_parent Sophie"),
        {"mother: Kelly", "step-father: Craig"},
    ),
    (
        "a husband of before",
        "Kelly",
        (link("Kelly partner Daniel", state="divorced", ended="2020-01-01"), BOTH[0], BOTH[2]),
        {"daughter: Sophie", "former husband: Daniel"},
    ),
    (
        "a grandmother who is the carer too",
        "Sophie",
        ("Jean grandparent Sophie", "Jean kinship_carer Sophie"),
        {"grandmother: Jean", "kinship carer: Jean"},
    ),
    (
        "stated and worked out is told once",
        "Sophie",
        ("Jean grandparent Sophie", "Jean mother Daniel", "Daniel father Sophie"),
        {"grandmother: Jean", "father: Daniel"},
    ),
    (
        "foster care that ended",
        "Sophie",
        (link("Nan foster_carer Sophie", ended="2020-01-01"), "Kelly mother Sophie"),
        {"foster carer of before: Nan", "mother: Kelly"},
    ),
]


@pytest.mark.parametrize(
    ("name", "links", "expected"), [r[1:] for r in WORDS], ids=[r[0] for r in WORDS]
)
def test_what_everyone_is_to_someone(
    name: str, links: tuple[str | KinLink, ...], expected: set[str]
) -> None:
    people = tuple(
        one(each)
        for each in ("Daniel", "Kelly", "Nan", "Craig")
        if any(isinstance(row, KinLink) and who(each) in (row.from_id, row.to_id) for row in links)
    )
    kin = family(*links, people=(one("Sophie", index=True), *people))
    found = relatives(kin, who(name), TODAY)
    assert {f"{each.word}: {kin.person(each.person_id).name}" for each in found} == expected
    assert len(found) == len(expected)


def test_the_nearest_come_first_and_what_is_over_last() -> None:
    kin = family(
        "Jean grandparent Sophie",
        "Kelly mother Sophie",
        "Leo sibling Sophie",
        link("Nan foster_carer Sophie", ended="2020-01-01"),
        people=(one("Sophie"), one("Nan")),
    )

    assert [each.word for each in relatives(kin, who("Sophie"), TODAY)] == [
        "mother",
        "brother",
        "grandmother",
        "foster carer of before",
    ]


def test_a_ring_of_ancestors_ends() -> None:
    ties = Ties(family("Jean mother Kelly", "Kelly mother Jean").links, TODAY)

    assert ties.ancestors(who("Kelly")) == {who("Jean"), who("Kelly")}
