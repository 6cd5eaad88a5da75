"""The Okafor family, in North Somerset: help from before a birth.

First one agency, then several together: each writes a part of the assessment of their own.
"""

import re

import pytest

from tests.functional.conftest import Cast, Clock
from tests.functional.person import Person
from tests.functional.usual_ways import Someone, asks_for_support, joins_the_team

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOME = "Flat 3, 19 Locking Row, Weston Central"
ONE_AGENCY = "Level 2a, an additional need that one agency can meet"
SEVERAL = "Level 2b, multiple needs that agencies meet together"
TOM_OFFERS = "A visit every fortnight until the birth, and weekly after it."
LORRAINE_OFFERS = "A letter to the landlord with the 28-day date."


@pytest.fixture
def area() -> str:
    return "north_somerset"


def test_before_a_birth(person: Cast, clock: Clock) -> None:
    hannah = person("hannah.bryant")
    the_midwife_asks(hannah, clock)
    one_agency_is_enough_at_first(person("deborah.yeo"), hannah, clock)
    more_help_is_offered(hannah, clock)
    ngozi_agrees(hannah, clock)
    person("frances.gill").cannot_open(hannah.page.url)
    each_writes_their_own_part(hannah, person("tom.weller"), person("lorraine.pike"), clock)


def the_midwife_asks(hannah: Person, clock: Clock) -> None:
    """Day 0: two children, and one of them is not born yet."""
    family = (
        Someone("Child", "Baby", "Okafor", due=clock.day(98), more={"first_language": "Igbo"}),
        Someone("Child", "Chidi", "Okafor", "2 August 2022", goes_to="Little Pebbles"),
        Someone(
            "Mother", "Ngozi", "Okafor", "14 April 1994",
            more={"first_language": "Igbo", "needs_interpreter": "yes"},
        ),
        Someone("Father", "Emeka", "Okafor", "30 January 1990", more={"first_language": "Igbo"}),
    )  # fmt: skip
    asks_for_support(
        hannah,
        family,
        HOME,
        {
            "worries": "Low mood for six weeks. Mould where Chidi sleeps. Arrears of £612.",
            "strengths": "Two parents who talk to each other, and a church that brings soup.",
            "child_words": "Chidi, of the bump: “Baby sleeping.”",
            "parent_words": "Ngozi: “I want to be glad about her and I am only tired.”",
            "expecting": "yes",
            "due_date": clock.day(98),
            "home_and_money": ["damp_or_unsafe", "arrears"],
            "help_wanted": "Someone to speak for them to the landlord, and company for Ngozi.",
            "interpreter": "yes",
            "interpreter_for": "Igbo, for Ngozi, at meetings",
        },
    )


def one_agency_is_enough_at_first(deborah: Person, hannah: Person, clock: Clock) -> None:
    """Day 0, afternoon: midwifery alone, at level 2a."""
    clock.is_day(0, at="14:00")
    deborah.goes_to("/requests/").follows(re.compile("Chidi")).presses("Decide on this request")
    deborah.sees("Due date", clock.day(98), "Needs an interpreter")
    deborah.chooses("Which level fits?", ONE_AGENCY)
    deborah.ticks(
        "What in Level 2a", re.compile("^An expectant or new"), re.compile("^One practical")
    )
    deborah.chooses("What happens now?", "Help from one agency")
    deborah.chooses("Which agency helps?", re.compile("midwifery", re.IGNORECASE))
    deborah.chooses("Who in that agency?", re.compile("Hannah Bryant"))
    deborah.writes("Why this level and this answer?", "A mood that midwifery can support.")
    deborah.presses("Decide and tell them")
    _opens_the_family(hannah).sees(ONE_AGENCY, "Not yet born, due 10 December 2025")


def more_help_is_offered(hannah: Person, clock: Clock) -> None:
    """Day 1: mood and housing together are more than one agency can answer."""
    clock.is_day(1)
    _opens_the_family(hannah).follows("Change the level")
    hannah.chooses("Which level fits now?", SEVERAL)
    hannah.writes("Why?", "Mood, damp and arrears are one thing; midwifery cannot answer them.")
    hannah.presses("Change the level").presses("Offer more help")
    hannah.sees("Nothing it told before is asked again")
    hannah.writes("Why offer more help now?", "Ngozi wants it.").presses("Offer it")
    hannah.sees(f"came in at {ONE_AGENCY}", f"stepped up to {SEVERAL}")


def ngozi_agrees(hannah: Person, clock: Clock) -> None:
    """Day 2: informed, explicit and in writing, with an interpreter."""
    clock.is_day(2)
    _opens_the_family(hannah).presses("Record what the family agreed")
    hannah.chooses("Who agreed?", re.compile("^Ngozi"))
    hannah.writes("On what day did they agree?", "today")
    hannah.chooses("How did you go through it", "In person with an interpreter")
    hannah.chooses("Did they agree in writing?", "Yes, they signed or wrote it down")
    hannah.chooses("Little Pebbles Nursery", "Yes").chooses("Weston community midwives", "Yes")
    for line, agency in enumerate(("Weston health visiting team", "housing advice"), start=1):
        _names_an_agency(hannah, line, agency)
    hannah.writes("Someone else by name", "Emeka’s employer")
    hannah.chooses("May they be told?", "No")
    hannah.writes("What is the help for?", "To plan together before the baby comes.")
    hannah.answers({"understood": "everyone", "interpreter": "yes", "unborn": "yes"})
    hannah.answers({"language": "Igbo, for meetings"}).presses("Record the agreement")
    hannah.sees("What Ngozi Okafor agreed is recorded", "You said no to sharing with")
    _opens_the_family(hannah).sees("Ngozi Okafor agreed", "Not Emeka’s employer")


def _names_an_agency(hannah: Person, line: int, agency: str) -> None:
    field = hannah.main().locator(f'select[name$="agency_{line}"]')
    says = next(one for one in field.locator("option").all_inner_texts() if agency in one)
    field.select_option(label=says)
    hannah.main().locator(f'[name$="agency_{line}_shares"][value="yes"]').check(force=True)


def each_writes_their_own_part(hannah: Person, tom: Person, lorraine: Person, clock: Clock) -> None:
    """Days 5 to 12: whoever is not in the team finds nothing; who is, writes what is theirs."""
    clock.is_day(5)
    _opens_the_family(hannah).presses("Begin the Early Help Assessment (CAF)")
    assessment = hannah.page.url
    for one in (tom, lorraine):
        one.cannot_open(assessment)
    clock.is_day(12)
    team = ("Hannah Bryant", "Tom Weller", "Lorraine Pike", "Gemma Parfitt")
    joins_the_team(hannah, "Okafor", team, ("Ngozi", "Emeka"))
    parts = (
        (tom, "From the health visitor", {"mood_asked": "yes", "offer": TOM_OFFERS}),
        (
            lorraine,
            "From the housing officer",
            {"tenure": "association", "condition": ["damp"], "offer": LORRAINE_OFFERS},
        ),
    )
    for one, title, says in parts:
        one.goes_to(assessment).follows(title)
        one.answers(says).answers(says).presses("Save and continue")
    hannah.goes_to(assessment).sees("2 of 15 pages done")
    for one, title, _ in parts:
        name = "Tom Weller" if one is tom else "Lorraine Pike"
        row = hannah.main().get_by_role("listitem").filter(has_text=title)
        assert name in row.first.inner_text()
    hannah.follows("Read all of it").sees(TOM_OFFERS, LORRAINE_OFFERS)
    hannah.photographs("north-somerset-own-parts")


def _opens_the_family(who: Person) -> Person:
    return who.goes_to("/families/").follows(re.compile("Okafor"))
