"""Jayden Cole, in Northamptonshire: asked about by two on one day, and known from before.

Every step is taken by the person who takes it, in a browser of their own. Day 0 is the day on which
police and school ask about Jayden.
"""

import re
from collections.abc import Mapping

import pytest

from tests.functional.conftest import Cast, Clock
from tests.functional.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DENISE, MARCUS = "denise.achurch", "marcus.boateng"
RACHEL, LEE, GRAEME = "rachel.tebbutt", "lee.garley", "graeme.iliffe"

JAYDEN = {"First name": "Jayden", "Family name": "Cole", "Date of birth": "20 April 2011"}
ELLIE = {"First name": "Ellie", "Family name": "Cole", "Date of birth": "4 July 2009"}
TRACEY = {"First name": "Tracey", "Family name": "Cole", "Date of birth": "7 February 1984"}
RON = {"First name": "Ron", "Family name": "Cole", "Date of birth": "11 September 1954"}
HOME = "48 Reedham Street, Kingsthorpe"
HOUSEHOLD = (
    ("Child", JAYDEN), ("Child", ELLIE), ("Mother", TRACEY), ("Grandparent", RON),
)  # fmt: skip
MISSING = (
    "Goes missing from home or school more than once, or is found with older young people the "
    "family does not know."
)
SUSPENDED = "Two or more suspensions"
TO_SCHOOL = "Marcus Boateng calls on Tracey this week and meets Jayden where he likes to be."
TO_POLICE = (
    "The school asked on the same day. Marcus Boateng meets Jayden; ring him if he is found."
)
ONE_FAMILY = re.compile(r"Families I see\s*1\b")


@pytest.fixture
def area() -> str:
    return "northamptonshire"


@pytest.fixture
def clock(clock: Clock) -> Clock:
    """The story begins eight months before day 0, with a request that is answered with advice."""
    clock.goes_on(days=-244)
    return clock


def test_police_and_school_ask_about_one_boy_on_one_day(person: Cast, clock: Clock) -> None:
    rachel, denise = person(RACHEL), person(DENISE)
    the_school_asks_and_is_advised(rachel, denise, clock)

    clock.is_day(0, at="09:10")
    lee = person(LEE)
    police_and_school_ask_on_one_day(lee, rachel, clock)
    one_family_and_both_are_told(denise, rachel, lee, clock)
    address = the_family_is_found(denise)
    person(GRAEME).cannot_open(address)

    marcus = person(MARCUS)
    clock.is_day(2)
    tracey_agrees(marcus)


def the_school_asks_and_is_advised(rachel: Person, denise: Person, clock: Clock) -> None:
    """Eight months before: advice is an answer, and it is kept."""
    _asks(
        rachel,
        HOUSEHOLD,
        {
            "worried_about": "A second suspension, late nights and new older friends.",
            "would_help": "Somebody to think with us.",
        },
    )
    clock.goes_on(days=4)
    denise.goes_to("/requests/").follows(re.compile("Jayden")).presses("Decide on this request")
    denise.sees("Nobody on record has the name and birth date")
    _decides(
        denise,
        level="Early help",
        fits=("first suspension",),
        answer="Advice and information",
        why="A mother who is on it and a school that has a plan. School's own help meets this.",
        told="Keep the Friday call to Tracey. If he goes missing, ring us the same day.",
    )
    rachel.goes_to("/requests/").follows(re.compile("Jayden"))
    rachel.sees("Advice and information", "Keep the Friday call to Tracey")


def police_and_school_ask_on_one_day(lee: Person, rachel: Person, clock: Clock) -> None:
    _asks(
        lee,
        (("Child", JAYDEN), ("Mother", TRACEY)),
        {
            "worried_about": "Found at 01:10 with boys of eighteen, the second time in a month.",
            "missing": "yes",
            "missing_times": "Twice in four weeks, at one and at three in the morning.",
            "parent_words": "Please, what do I do?",
            "would_help": "Someone he will talk to who is not a police officer.",
        },
    )
    clock.is_day(0, at="11:30")
    _asks(
        rachel,
        HOUSEHOLD,
        {
            "worried_about": "Missing twice in a month. Two suspensions. A new phone and no job.",
            "going_well": "Boxing twice a week, and he has never missed.",
            "suspended": "2",
            "attendance": "71 %",
            "child_words": "They are just mates.",
            "tried": "Eight months ago we asked and were advised; the Friday calls were kept.",
            "would_help": "One plan that police and school both keep to.",
            "trusted_person": "Joe, his boxing coach",
        },
    )


def one_family_and_both_are_told(denise: Person, rachel: Person, lee: Person, clock: Clock) -> None:
    """Day 0, in the MASH: two requests, one family, one answer to each who asked."""
    clock.is_day(0, at="14:10")
    denise.goes_to("/requests/").sees("MASH", "Asked before")
    school = denise.main().get_by_role("listitem").filter(has_text="Kingsbrook")
    school.get_by_role("link").first.click()
    denise.presses("Decide on this request")
    # The earlier request, how long ago it was, and that advice was the answer.
    denise.sees("Another request about the same child is waiting too", "Police")
    denise.sees("was answered 7 months ago", "Advice and information", "The Cole family")
    denise.photographs("northamptonshire-two-requests")
    _is_known(denise, "Jayden", "Ellie", "Tracey", "Ron")
    _decides(
        denise,
        level="Targeted early help",
        fits=("Goes missing", SUSPENDED, "advice given before"),
        answer="Targeted early help led by a specialist team",
        why=f"“{MISSING}” Twice in a month, with boys of eighteen. Advice was not enough.",
        told=TO_SCHOOL,
        assessor=re.compile("Marcus Boateng"),
    )
    denise.sees("It rests on", MISSING)

    clock.is_day(0, at="14:40")
    denise.goes_to("/requests/").follows(re.compile("Jayden")).presses("Decide on this request")
    denise.sees("Help is offered", "nothing starts again")
    _is_known(denise, "Jayden", "Tracey")
    _decides(
        denise,
        level="Targeted early help",
        fits=("Goes missing",),
        answer="Targeted early help led by a specialist team",
        why="The same boy on the same day as the school's request: answered together.",
        told=TO_POLICE,
    )
    denise.goes_to("/requests/").sees("Nothing waits")

    for who, told in ((rachel, TO_SCHOOL), (lee, TO_POLICE)):
        who.goes_to("/requests/").follows(re.compile("Jayden"))
        who.sees("Targeted early help led by a specialist team", told)
    # Whoever asked knows that help is under way, and no more than that.
    lee.presses("Open the family’s page")
    lee.sees(TO_POLICE, "The rest of the record is kept from your role")
    lee.does_not_see("Boxing", "Reedham Street")


def the_family_is_found(denise: Person) -> str:
    denise.goes_to("/families/").sees(ONE_FAMILY)
    denise.follows(re.compile("Cole"))
    return denise.page.url


def tracey_agrees(marcus: Person) -> None:
    """Day 2, with Jayden there: with whom it may be shared, and with whom not."""
    _opens_the_family(marcus).presses("Record what the family agreed")
    marcus.chooses("Who agreed?", re.compile("Tracey"))
    marcus.writes("On what day did they agree?", "today")
    marcus.chooses("How did you go through it", "Talking in person")
    marcus.chooses("Did they agree in writing?", re.compile("^Yes"))
    for whom in ("Kingsbrook", "Missing and exploited", "Adolescent"):
        marcus.chooses(re.compile(whom), "Yes")
    marcus.writes("Someone else by name", "Jayden’s father").chooses("May they be told?", "No")
    marcus.writes("What is the help for?", "To keep Jayden safe and in school.")
    marcus.ticks(
        "What did you explain?",
        re.compile("your choice"),
        re.compile("tell your story once"),
        re.compile("badly harmed"),
    )
    marcus.presses("Record the agreement").sees("What you agreed")
    _opens_the_family(marcus).sees("Tracey Cole agreed", "Not Jayden’s father")


# What several of them do


def _opens_the_family(who: Person) -> Person:
    return who.goes_to("/families/").follows(re.compile("Cole"))


def _asks(
    who: Person, people: tuple[tuple[str, Mapping[str, str]], ...], says: Mapping[str, str]
) -> None:
    """Write a request, page by page, and send it."""
    who.goes_to("/requests/new").presses("Begin a request")
    who.follows("Is a child in danger, and does the family know?")
    who.chooses("Is a child suffering", "No")
    who.chooses("Does the family know", "Yes, and they agree").presses("Save and continue")
    for number, (relation, known) in enumerate(people):
        who.presses("Add someone else" if number else "Add someone")
        who.chooses("Who are they in the family?", relation)
        for label, words in known.items():
            who.writes(label, words)
        who.chooses("Do they live with the family?", "Yes").writes("Address", HOME)
        if relation == "Child" and who.username == RACHEL:
            who.chooses("School, nursery or other setting", re.compile("Kingsbrook"))
        if relation == "Mother":
            who.chooses("Do they have parental responsibility?", "Yes")
        who.presses("Save")
    who.presses("Continue")
    while "/about/" in who.page.url:
        # Twice: some questions are asked only once another is answered.
        who.answers(says).answers(says).presses("Save and continue")
    who.presses("Send the request").sees("Your request is sent", "MASH")


def _is_known(denise: Person, *names: str) -> None:
    """The coordinator says who of the request is who on record."""
    denise.chooses("Which family is it?", re.compile("^The Cole"))
    for name in names:
        denise.chooses(re.compile(f"^Is {name} Cole"), re.compile(f"^Yes, {name}"))


def _decides(
    denise: Person,
    *,
    level: str,
    fits: tuple[str, ...],
    answer: str,
    why: str,
    told: str,
    assessor: re.Pattern[str] | None = None,
) -> None:
    denise.chooses("Which level fits?", level)
    denise.ticks(f"What in {level} fits", *map(re.compile, fits))
    denise.chooses("What happens now?", answer)
    if assessor:
        denise.chooses("Who talks with the family and begins the early help assessment?", assessor)
    denise.writes("Why this level and this answer?", why)
    denise.writes(f"What requester and family are told: {answer}", told)
    denise.presses("Decide and tell them").sees("What was decided", told)
