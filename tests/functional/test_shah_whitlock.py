"""The Shah-Whitlock household, in Buckinghamshire: a no that is no bar.

Every step is taken by the person who takes it, in a browser of their own. Day 0 is the day on which
the family hub worker asks.
"""

import re
from collections.abc import Mapping

import pytest

from tests.functional.conftest import Cast, Clock
from tests.functional.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MARYAM, RAVI, OWEN = "maryam.siddiqui", "ravi.chandran", "owen.tranter"

ZARA = {"First name": "Zara", "Family name": "Shah", "Date of birth": "9 October 2009"}
KAI = {"First name": "Kai", "Family name": "Whitlock", "Date of birth": "14 February 2015"}
IMRAN = {"First name": "Imran", "Family name": "Shah", "Date of birth": "14 July 1981"}
CRAIG = {"First name": "Craig", "Family name": "Whitlock", "Date of birth": "29 December 1985"}
HOUSEHOLD = (("Child", ZARA), ("Child", KAI), ("Father", IMRAN), ("Parent’s partner", CRAIG))
HOME = "22 Bicester Road, Aylesbury"

WHY_NO = "We have had people before. They wrote things down and I could not see them. We manage."
REASSURED = "Nobody moves a child because a father is ill, and what is written is his to read."
MEANWHILE = "The young carers' group at Walton Family Hub on Wednesdays, and a named teacher."
NOT_IN_NEED = "Zara is fed, in school and safe. Her caring costs her time, not her health."
TOLD_BEFORE = "If I am there he is fine. Who else is going to do it?"
RISKS = ("Is a young carer", "Has a parent or carer in custody", "unusual time")


@pytest.fixture
def area() -> str:
    return "buckinghamshire"


def test_a_no_is_no_bar(person: Cast, clock: Clock) -> None:
    maryam, ravi = person(MARYAM), person(RAVI)
    the_hub_worker_asks(maryam, ravi, clock)
    clock.is_day(6)
    imran_says_no(maryam)
    address = maryam.page.url
    person(OWEN).cannot_open(address)


def the_hub_worker_asks(maryam: Person, ravi: Person, clock: Clock) -> None:
    """Day 0. Kai's circumstances prompt; nothing is counted, and no number comes of them."""
    _asks(
        maryam,
        HOUSEHOLD,
        {
            "worries": "Zara does her father's evenings. Kai came off a roll in October.",
            "strengths": "Imran is funny and proud of her. Kai reads everything.",
            "child_words": TOLD_BEFORE,
            "parent_words": "I am her father and I am not her job.",
            "groups_about": "Zara cares for her father; Kai is taught at home.",
            "signals_about": "Kai was taken off the roll at half-term. Home education is notified.",
            "wanted": "An hour of help at half past nine, and a young carers' group.",
        },
    )
    clock.goes_on(days=2)
    ravi.goes_to("/requests/").follows(re.compile("Zara")).presses("Decide on this request")
    ravi.sees(*RISKS, "Notice of home education", "Taken off the school roll at an unusual time")
    _scores_nothing(ravi)
    _decides(
        ravi,
        fits=("Caring for someone costs", "gone into custody"),
        told="Maryam Siddiqui offers an assessment. It is your choice.",
        why="Zara cares for her father, and Kai left a roll. Nothing points to significant harm.",
    )
    _scores_nothing(ravi)


def imran_says_no(maryam: Person) -> None:
    """Day 6. Everything that has to be asked of a no is asked; then the door stays open."""
    _opens_the_family(maryam).follows("Record that the family says no")
    maryam.sees("never stands in the way of a later yes", "A no does not stop you from acting")
    maryam.presses("Record their answer")
    for asked in (
        "Who said no?",
        "Why did they say no?",
        "What did you say to reassure them?",
        "What help that is open to everyone meets their needs meanwhile?",
        "Did you tell them what is recorded, and why?",
        "Why do you see it so?",
    ):
        maryam.sees(asked)
    assert maryam.page.locator(".govuk-error-summary li").count() >= 8
    maryam.chooses("Who said no?", re.compile("Imran"))
    maryam.writes("On what day did they say no?", "today")
    maryam.writes("Why did they say no?", WHY_NO)
    maryam.writes("What did you say to reassure them?", REASSURED)
    maryam.writes("What help that is open to everyone", MEANWHILE)
    maryam.chooses("You considered whether the child is in need", re.compile("is not in need"))
    maryam.writes("Why do you see it so?", NOT_IN_NEED)
    maryam.ticks("What lay behind it", re.compile("Fear of social care"))
    maryam.chooses("Do they understand that support is voluntary", "Yes")
    # A family that was not told what is kept about it has not been asked properly.
    maryam.chooses("Did you tell them what is recorded, and why?", "No")
    maryam.presses("Record their answer").does_not_see("The door stays open")
    maryam.chooses("Did you tell them what is recorded, and why?", "Yes")
    maryam.presses("Record their answer")
    maryam.sees("The door stays open", "nothing is held against the family", MEANWHILE)
    maryam.sees(WHY_NO, REASSURED, NOT_IN_NEED, "They say yes now")
    maryam.photographs("buckinghamshire-no-for-now")
    maryam.presses("Back to the family").sees("declined by the family for now", "said no on")
    maryam.sees("Record what the family agreed")


# What several of them do


def _opens_the_family(who: Person) -> Person:
    return who.goes_to("/families/").follows(re.compile("Shah"))


def _scores_nothing(who: Person) -> None:
    """No page adds up circumstances: there is no score, no total and no rating of risk."""
    who.does_not_see(re.compile(r"risk (score|rating)|total score", re.IGNORECASE))


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
        if known is ZARA:
            who.chooses("School, nursery or other setting", re.compile("Vale Park"))
        if relation == "Father":
            who.chooses("Do they have parental responsibility?", "Yes")
        who.presses("Save")
    who.presses("Continue")
    while "/about/" in who.page.url:
        if who.page.get_by_role("group", name="Do any of these fit").count():
            who.sees("They are never counted or added up, and none of them decides anything.")
            if len(people) > 2:
                who.ticks("Do any of these fit", *map(re.compile, RISKS))
        if who.page.get_by_role("group", name="Has any of this happened?").count():
            signals = ("Notice of home", "Taken off") if len(people) > 2 else ("Persistent",)
            who.ticks("Has any of this happened?", *map(re.compile, signals))
        who.answers(says).answers(says).presses("Save and continue")
    who.presses("Send the request").sees("Your request is sent", "Family Hub Network")


def _decides(ravi: Person, *, fits: tuple[str, ...], told: str, why: str) -> None:
    ravi.chooses("Which level fits?", "Targeted early help")
    ravi.ticks("What in Targeted early help fits", *map(re.compile, fits))
    ravi.chooses("What happens now?", "Targeted early help")
    ravi.chooses(
        "Who talks with the family and begins the multi-agency assessment?", re.compile("Maryam")
    )
    ravi.writes("Why this level and this answer?", why)
    ravi.writes("What requester and family are told: Targeted early help", told)
    ravi.presses("Decide and tell them").sees("What was decided", told)
