"""Who has parental responsibility for a child on a day (Children Act 1989)."""

from datetime import date

import pytest
from tests.unit.domain.people.family_tree import TODAY, link, one, who

from earlydoors.domain.people.kin import KinLink, KinPerson
from earlydoors.domain.people.responsibility import (
    ALONE,
    IN_CARE,
    RULES,
    Claim,
    can_be_on,
    rules_for,
    who_holds,
)

SOPHIE = one("Sophie", "2018-03-03", index=True)
MOTHER = link("Kelly mother Sophie")
FATHER = link("Daniel father Sophie")


def claim(name: str, basis: str, began: str = "", ended: str = "") -> Claim:
    """What is written down of someone; an authority by its name in capitals."""
    person = None if name.isupper() else who(name)
    return Claim(
        person,
        name if name.isupper() else "",
        basis,
        date.fromisoformat(began) if began else None,
        date.fromisoformat(ended) if ended else None,
    )


Row = tuple[str, KinPerson, tuple[KinLink, ...], tuple[Claim, ...], set[str]]
TABLE: list[Row] = [
    ("nobody is known", SOPHIE, (), (), set()),
    ("the mother who gave birth, always", SOPHIE, (MOTHER,), (), {"Kelly birth_mother"}),
    ("a father by himself does not", SOPHIE, (MOTHER, FATHER), (), {"Kelly birth_mother"}),
    (
        "a father on the birth certificate",
        SOPHIE,
        (MOTHER, FATHER),
        (claim("Daniel", "registered"),),
        {"Kelly birth_mother", "Daniel registered"},
    ),
    (
        "a father who is known not to have it",
        SOPHIE,
        (MOTHER, FATHER),
        (claim("Daniel", "none"),),
        {"Kelly birth_mother"},
    ),
    (
        "an order from a day to come",
        SOPHIE,
        (MOTHER, FATHER),
        (claim("Daniel", "order", began="2026-03-04"),),
        {"Kelly birth_mother"},
    ),
    (
        "an order that the court ended today",
        SOPHIE,
        (FATHER,),
        (claim("Daniel", "order", ended="2026-03-03"),),
        set(),
    ),
    (
        "an order that ends tomorrow",
        SOPHIE,
        (FATHER,),
        (claim("Daniel", "order", ended="2026-03-04"),),
        {"Daniel order"},
    ),
    (
        "a step-father by agreement",
        SOPHIE,
        (MOTHER, link("Craig step_parent Sophie")),
        (claim("Craig", "agreement"),),
        {"Kelly birth_mother", "Craig agreement"},
    ),
    (
        "foster and kinship carers have none",
        SOPHIE,
        (MOTHER, link("Nan foster_carer Sophie"), link("Jean kinship_carer Sophie")),
        (),
        {"Kelly birth_mother"},
    ),
    (
        "a grandmother with whom the court said she lives",
        SOPHIE,
        (MOTHER, link("Jean grandparent Sophie")),
        (claim("Jean", "lives_with"),),
        {"Kelly birth_mother", "Jean lives_with"},
    ),
    (
        "a special guardian beside the mother",
        SOPHIE,
        (MOTHER, link("Jean special_guardian Sophie", began="2024-01-01")),
        (),
        {"Kelly birth_mother", "Jean special_guardianship"},
    ),
    (
        "a special guardian no more",
        SOPHIE,
        (MOTHER, link("Jean special_guardian Sophie", ended="2025-01-01")),
        (),
        {"Kelly birth_mother"},
    ),
    (
        "the authority under a care order",
        SOPHIE,
        (MOTHER,),
        (claim("COUNCIL", "care_order"),),
        {"Kelly birth_mother", "COUNCIL care_order"},
    ),
    (
        "adoption ends that of everyone before",
        SOPHIE,
        (MOTHER, FATHER, link("Nadia adoptive_parent Sophie", began="2025-01-01")),
        (claim("Daniel", "registered", began="2018-03-03"), claim("COUNCIL", "care_order")),
        {"Nadia adoption"},
    ),
    (
        "adoption by the mother's wife leaves hers",
        SOPHIE,
        (
            MOTHER,
            FATHER,
            link("Nadia adoptive_parent Sophie", began="2025-01-01"),
            link("Kelly partner Nadia", state="married"),
        ),
        (claim("Daniel", "registered"),),
        {"Kelly birth_mother", "Nadia adoption"},
    ),
    (
        "an order after the adoption stands",
        SOPHIE,
        (link("Nadia adoptive_parent Sophie", began="2025-01-01"),),
        (claim("Jean", "lives_with", began="2025-06-01"),),
        {"Nadia adoption", "Jean lives_with"},
    ),
    (
        "before the birth nobody has it",
        one("Leo", due="2026-06-01"),
        (link("Kelly mother Leo"),),
        (),
        set(),
    ),
    (
        "the day of the birth",
        one("Leo", "2026-03-03"),
        (link("Kelly mother Leo"),),
        (),
        {"Kelly birth_mother"},
    ),
    (
        "17 until tomorrow",
        one("Leo", "2008-03-04"),
        (link("Kelly mother Leo"),),
        (),
        {"Kelly birth_mother"},
    ),
    ("18 today", one("Leo", "2008-03-03"), (link("Kelly mother Leo"),), (), set()),
    (
        "a child whose birthday nobody knows",
        one("Leo"),
        (link("Kelly mother Leo"),),
        (),
        {"Kelly birth_mother"},
    ),
]


@pytest.mark.parametrize(
    ("child", "links", "claims", "expected"), [r[1:] for r in TABLE], ids=[r[0] for r in TABLE]
)
def test_who_has_it(
    child: KinPerson, links: tuple[KinLink, ...], claims: tuple[Claim, ...], expected: set[str]
) -> None:
    names = {who(n): n for n in ("Kelly", "Daniel", "Craig", "Jean", "Nan", "Nadia")}

    held = who_holds(child, links, claims, TODAY)

    assert {
        f"{names[h.holder_id] if h.holder_id else h.authority} {h.basis.key}" for h in held
    } == expected


def test_the_dead_have_none_and_the_guardian_they_named_has() -> None:
    held = who_holds(SOPHIE, (MOTHER,), (claim("Jean", "guardian"),), TODAY, dead=(who("Kelly"),))

    assert [(h.holder_id, h.basis.key) for h in held] == [(who("Jean"), "guardian")]


def test_what_those_who_have_it_may_do_is_told_with_its_source() -> None:
    def told(*links: KinLink, claims: tuple[Claim, ...] = ()) -> list[str]:
        return [rule.source for rule in rules_for(who_holds(SOPHIE, links, claims, TODAY))]

    plain = [rule.source for rule in RULES]
    assert told() == []
    assert told(MOTHER) == plain
    assert told(MOTHER, link("Jean special_guardian Sophie")) == [ALONE.source, *plain]
    assert told(MOTHER, claims=(claim("COUNCIL", "care_order"),)) == [IN_CARE.source, *plain]


@pytest.mark.parametrize(
    ("basis", "kind", "can"),
    [
        ("registered", "father", True),
        ("registered", "parent", True),
        ("registered", "step_parent", False),
        ("married", "grandparent", False),
        ("agreement", "step_parent", True),
        ("order", "step_parent", True),
        ("order", "aunt_uncle", False),
        ("lives_with", "aunt_uncle", True),
        ("guardian", "godparent", True),
        ("none", "father", True),
    ],
)
def test_on_which_basis_someone_can_have_it(basis: str, kind: str, can: bool) -> None:
    assert can_be_on(basis, {kind}) is can
