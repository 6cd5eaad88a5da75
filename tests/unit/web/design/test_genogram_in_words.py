"""The words beside a genogram: they say what is drawn, of everybody."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.web.design.kin_families import odd_families, tidy_families

from earlydoors.web.design.genogram.kin import Brood, Child, Couple, Home, Kin, One, Tie, Twins
from earlydoors.web.design.genogram.telling import told

KELLY = One("kelly", "Kelly Armstrong", "circle", date(1997, 1, 1), age_says="29")
DANIEL = One("daniel", "Daniel Reid", "square", date(1995, 1, 1), age_says="31")
SOPHIE = One("sophie", "Sophie Armstrong", "circle", date(2019, 1, 1), age_says="7", about=True)
LEO = One("leo", "Leo Armstrong", "square", date(2023, 1, 1), age_says="3", about=True)


def family(*people: One, **more: object) -> Kin:
    return Kin("Armstrong", people, **more)  # type: ignore[arg-type]


def test_a_family_in_sentences() -> None:
    kin = family(
        KELLY,
        DANIEL,
        SOPHIE,
        LEO,
        couples=(Couple("kelly", "daniel", "together", "separated", "2017 to 2025"),),
        broods=(Brood(("kelly", "daniel"), (Child("sophie"), Child("leo"))),),
        homes=(
            Home("a", "Home", ("kelly", "sophie", "leo")),
            Home("b", "Home", ("daniel",), ("sophie",)),
        ),
    )
    found = told(kin)
    assert found.title == "The Armstrong family: four people in two generations, in two homes"
    daniel, kelly, *homes = found.sentences
    children = "Sophie Armstrong (7) and Leo Armstrong (3)"
    over = "separated from {} (2017 to 2025)."
    assert daniel.startswith(f"Daniel Reid, 31, is the father of {children}; ")
    assert daniel.endswith(over.format("Kelly Armstrong"))
    assert kelly.startswith(f"Kelly Armstrong, 29, is the mother of {children}; ")
    assert kelly.endswith(over.format("Daniel Reid"))
    assert homes == [
        "Home A: Kelly Armstrong, Sophie Armstrong and Leo Armstrong live together.",
        "Home B: Daniel Reid lives there.",
        "Sophie Armstrong lives there part of the time.",
    ]
    assert found.rows[2] == (
        "Sophie Armstrong", "7", "daughter of Kelly Armstrong and Daniel Reid", "A, also B",
    )  # fmt: skip


def test_carers_aunts_and_twins_in_sentences() -> None:
    gran = One("gran", "Jean Reid", "circle")
    aunt = One("aunt", "Farah Shah", "circle")
    kin = family(
        gran,
        aunt,
        SOPHIE,
        LEO,
        broods=(Brood(("gran",), (Child("sophie", "guardian"), Child("leo", "guardian"))),),
        twins=(Twins(("sophie", "leo")),),
        ties=(Tie("aunt", "sophie", "aunt of", 1),),
    )
    assert told(kin).sentences == (
        "Farah Shah is an aunt of Sophie Armstrong.",
        "Jean Reid is the special guardian of Sophie Armstrong (7) and Leo Armstrong (3).",
        "Sophie Armstrong, 7, is the twin of Leo Armstrong.",
    )


def test_a_mother_whose_sex_is_not_known_is_still_the_mother() -> None:
    someone = One("x", "Sam Lee", "diamond", as_parent="mother")
    kin = family(someone, SOPHIE, broods=(Brood(("x",), (Child("sophie"),)),))
    assert "Sam Lee is the mother of Sophie Armstrong (7)." in told(kin).sentences


def test_brothers_and_sisters_without_known_parents_are_told_once() -> None:
    kin = family(SOPHIE, LEO, broods=(Brood((), (Child("sophie"), Child("leo"))),))
    assert told(kin).sentences == ("Sophie Armstrong, 7, is sister of Leo Armstrong.",)
    assert [row[2] for row in told(kin).rows] == [
        "sister of Leo Armstrong",
        "brother of Sophie Armstrong",
    ]


def test_whoever_hangs_in_no_line_is_said_to() -> None:
    assert told(family(KELLY)).sentences == (
        "Kelly Armstrong, 29: how they belong to the family is not written down.",
    )


@given(st.one_of(tidy_families(), odd_families()))
def test_the_table_has_everybody_and_the_words_everyone_who_is_linked(kin: Kin) -> None:
    found = told(kin)
    assert sorted(row[0] for row in found.rows) == sorted(one.name for one in kin.people)
    sound = kin.sound()
    for brood in sound.broods:
        for child in brood.children:
            assert kin.one(child.key).name in found.says
    for couple in sound.couples:
        if couple.ended or couple.bond != "parents":
            for key in couple.pair:
                assert kin.one(key).name in found.says
