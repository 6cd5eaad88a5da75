"""Everything that must be done can be done without JavaScript."""

import re

import pytest

from earlydoors.simulation.players import Cast as Players
from tests.functional.conftest import Cast, Clock
from tests.functional.person import LASTING, Person
from tests.functional.usual_ways import Someone, asks_for_support

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NO_SCRIPT = {"java_script_enabled": False}
WORRIES = "Rowan is late most days, and falls asleep over his reading."


def test_from_a_request_to_an_assessment(person: Cast, clock: Clock) -> None:
    # Given Priya, whose browser runs no scripts, asks for support
    priya = person("priya.nair", **NO_SCRIPT)
    asks_for_support(
        priya,
        (
            Someone("Child", "Rowan", "Thwaite", "3/3/2018", goes_to="St Bega"),
            Someone("Mother", "Beth", "Thwaite", "9 September 1990"),
        ),
        "4 Quay Rise, Whitehaven",
        {
            "worries": WORRIES,
            "working_well": "He loves drawing, and Beth asks for help herself.",
            "tried": "Breakfast club; it helped for a week.",
            "careful": "no",
            # Not asked after a "no": it must not be kept either.
            "careful_more": "Written into a question that is not asked.",
        },
    )
    # … and sees that an answer to a question that was not asked is not kept
    priya.presses("See your request").sees(WORRIES).does_not_see("a question that is not asked")

    # When Graham decides, with levels that open one by one and every question said in words
    clock.goes_on(hours=3)
    graham = person("graham.postlethwaite", **NO_SCRIPT)
    graham.goes_to("/requests/").follows(re.compile("Rowan")).presses("Decide on this request")
    levels = graham.page.locator("[data-levels] details")
    assert levels.count() == 4
    levels.nth(1).locator("summary").click()
    graham.sees("only just coping")
    graham.sees("Answer this if you chose ‘Getting help’")
    graham.chooses("Which level fits?", "Getting help")
    graham.presses("Decide and tell them").sees("There is a problem")
    graham.sees_fault("Why this level and this answer")
    graham.chooses("What happens now?", re.compile("team around the family", re.IGNORECASE))
    graham.chooses("Who talks with the family and begins", re.compile("Priya Nair"))
    graham.writes("Why this level and this answer?", "Sleep and lateness, and a tired mother.")
    graham.presses("Decide and tell them").sees("Priya Nair can read the answer now")

    # Then Beth's yes is recorded, and an agency beside those that are known
    priya.goes_to("/families/").follows(re.compile("Thwaite"))
    priya.presses("Record what the family agreed").chooses(
        "Who agreed?", re.compile("Beth")
    ).writes(*LASTING)
    priya.writes("On what day did they agree?", "today")
    priya.chooses("How did you go through it", "Talking in person")
    priya.chooses("Did they agree in writing?", re.compile("^Yes"))
    priya.writes("What is the help for?", "Sleep, and mornings on time.")
    priya.ticks("Whose information did they agree to share?", re.compile("Beth"))
    priya.ticks("Which parts may be passed on?", "Our plan, and how it goes")
    priya.chooses("St Bega's Primary School", "Yes")
    priya.chooses("Another agency", re.compile("Healthy Child Programme.*Whitehaven"))
    priya.chooses("May it be told?", "Yes")
    priya.ticks("What did you explain?", "Early help is voluntary")
    priya.chooses("Is there a person who must not learn", "No")
    priya.presses("Record the agreement").sees("Harbour View Clinic")

    # … and the assessment is begun, one page written, with room for one need more
    priya.goes_to("/families/").follows(re.compile("Thwaite")).presses(re.compile("^Begin the"))
    priya.follows("Scaling and putting it together")
    needs = writes_needs(priya, 3)
    priya.presses("Add another line").sees("Need 4")
    needs += writes_needs(priya, 4, first=4)
    priya.answers({"practitioner_scale": "4"}, "As Beth and Rowan told it.")
    priya.presses("Save and continue")
    priya.goes_to("/families/").follows(re.compile("Thwaite"))
    priya.presses(re.compile("^Carry on with the")).follows("Scaling and putting it together")
    kept = [priya.page.get_by_label(f"Need {n}", exact=True).input_value() for n in range(1, 5)]
    assert kept == needs

    # … and left half done with "Save and come back later"
    priya.presses("Save and come back later").sees("You can finish it later")


def writes_needs(who: Person, last: int, first: int = 1) -> list[str]:
    """Needs from one number to another, each with its area of life."""
    said = [f"Something that helps, number {number}" for number in range(first, last + 1)]
    for number, need in enumerate(said, first):
        who.page.get_by_label(f"Need {number}", exact=True).fill(need)
        who.chooses(re.compile(f"^Area of life.*of need {number}$", re.DOTALL), "Safety")
    return said


def test_my_work_and_menus_need_no_script(person: Cast, partnership: Players) -> None:
    marion = person("marion.tyson", **NO_SCRIPT)
    marion.page.locator(".ed-account summary").click()
    marion.leaves()
    marion.sees("Sign in")
