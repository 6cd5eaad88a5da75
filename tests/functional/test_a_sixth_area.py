"""An area of one's own, written by following the how-to, and a family walked through it.

What is changed in the profile is read out of `docs/how-to/write-your-own-area.md`, so that whoever
follows the page gets what is walked here.
"""

import re
from pathlib import Path

import pytest

from earlydoors.foundation.profile import new
from tests.functional.conftest import Cast
from tests.functional.person import LASTING, TERMS, Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "write-your-own-area.md"
SCHOOL_WORKER, COORDINATOR = "jo.byrne", "ann.carter"


def pieces() -> dict[str, str]:
    """The pieces of YAML that the page prints, by the key or word they begin with."""
    text = HOW_TO.read_text(encoding="utf-8")
    printed = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    names = (re.match(r" *(?:- key: )?(\w+)", piece) for piece in printed)
    return {name[1]: piece for name, piece in zip(names, printed, strict=True) if name}


def follow_the_page(folder: Path) -> None:
    """Make the changes that the page tells."""
    told = pieces()

    words = folder / "profile.yaml"
    text = words.read_text(encoding="utf-8")
    for line in told["lead_practitioner"].splitlines():
        word = line.split(":")[0]
        text = re.sub(rf"^{word}: .*$", line, text, flags=re.MULTILINE)
    words.write_text(text, encoding="utf-8")

    levels = folder / "levels.yaml"
    text = levels.read_text(encoding="utf-8")
    before, rest = text.split("  - key: coordinated\n")
    descriptors = rest[rest.index("    descriptors:") :]
    levels.write_text(before + told["coordinated"] + descriptors, encoding="utf-8")

    partners = folder / "partnership.yaml"
    text = partners.read_text(encoding="utf-8")
    before, rest = text.split("  - key: schools\n")
    after = rest[rest.index("  - key: early_years\n") :]
    partners.write_text(before + told["schools"] + after, encoding="utf-8")

    request = folder / "forms" / "request.yaml"
    text = request.read_text(encoding="utf-8")
    here = "      - key: risk_groups\n"
    request.write_text(text.replace(here, told["dog"] + here), encoding="utf-8")


@pytest.fixture
def area(tmp_path: Path) -> str:
    """North Dales, as the page leaves it."""
    folder = tmp_path / "north_dales"
    new.write(folder, "north_dales", "North Dales")
    follow_the_page(folder)
    return str(folder)


def test_a_family_is_helped_in_the_areas_own_words(person: Cast) -> None:
    jo, ann = person(SCHOOL_WORKER), person(COORDINATOR)

    _asks_for_support(jo)
    _decides(ann)

    jo.goes_to("/requests/").follows(re.compile("Rowan"))
    jo.sees("Coordinated early help", "Helping together")

    _records_what_the_family_agreed(jo)
    _assesses(jo)
    _agrees_on_a_plan(jo)

    ann.goes_to("/families/").follows(re.compile("Thwaite"))
    ann.sees("lead professional", "Jo Byrne", "Somebody to tell when I cannot sleep")


def _asks_for_support(jo: Person) -> None:
    """Somebody at a school that the area has added is worried, and asks."""
    jo.goes_to("/requests/new").presses("Begin a request")
    jo.follows("Is a child in danger, and does the family know?")
    jo.chooses("Is a child suffering", "No")
    jo.chooses("Does the family know", "Yes, and they agree").presses("Save and continue")
    jo.presses("Add someone")
    jo.chooses("Who are they in the family?", "Child")
    jo.writes("First name", "Rowan").writes("Family name", "Thwaite")
    jo.writes("Date of birth", "3 March 2018")
    jo.chooses("School, nursery or other setting", "Beck Side Primary School")
    jo.presses("Save").presses("Add someone else")
    jo.chooses("Who are they in the family?", "Mother")
    jo.writes("First name", "Beth").writes("Date of birth", "9/9/1990")
    jo.presses("Save").presses("Continue")

    jo.writes("What are you worried about?", "Rowan is late most days and very tired.")
    jo.writes("What is going well?", "He loves drawing, and Beth asks for help.")
    # The question that the area has added, and the one that follows from its answer.
    jo.chooses("Is there a dog in the house?", "Yes")
    jo.writes("What should a visitor know about the dog?", "Bess barks and is friendly.")
    jo.presses("Save and continue")
    jo.writes("What does the child say?", "I want to sleep.").presses("Save and continue")
    jo.sees("Bess barks and is friendly.").presses("Send the request")
    jo.sees("Your request is sent", "First Contact")


def _decides(ann: Person) -> None:
    """The front door, by the area's name for it, decides beside the area's levels."""
    ann.goes_to("/requests/").follows(re.compile("Rowan")).presses("Decide on this request")
    ann.sees("Helping together", "one person leads", "Bess barks and is friendly.")
    ann.chooses("Which level fits?", "Helping together")
    ann.chooses("What happens now?", "Coordinated early help")
    ann.chooses("Who talks with the family and begins the family assessment?", re.compile("Jo B"))
    ann.writes("Why this level and this answer?", "Sleep, lateness and worries about money.")
    ann.presses("Decide and tell them")


def _records_what_the_family_agreed(jo: Person) -> None:
    jo.presses("Open the family’s page").presses("Record what the family agreed")
    jo.chooses("Who agreed?", re.compile("Beth")).writes(*LASTING)
    jo.writes("On what day did they agree?", "today")
    jo.chooses("How did you go through it", "Talking in person")
    jo.chooses("Did they agree in writing?", re.compile("^Yes"))
    jo.writes("What is the help for?", "Sleep, and mornings on time.")
    jo.answers(TERMS).chooses("Beck Side Primary School", "Yes")
    jo.presses("Record the agreement")


def _assesses(jo: Person) -> None:
    """With the family, one page after another, until every page is done."""
    jo.goes_to("/families/").follows(re.compile("Thwaite"))
    jo.presses("Begin the family assessment")
    pages = int(re.findall(r"of (\d+) pages done", jo.main().inner_text())[0])
    jo.follows(re.compile("^Why now"))
    for _ in range(pages):
        needs = jo.main().locator('[name="needs.text"]')
        if needs.count():
            needs.first.fill("A bedtime that works")
        jo.answers({"scale": "4"}, "As Beth and Rowan told it.").presses("Save and continue")
    jo.sees("Every page is done", "A bedtime that works").presses("Finish the assessment")


def _agrees_on_a_plan(jo: Person) -> None:
    """Somebody leads, and what the family wants answers the need that was found."""
    jo.goes_to("/families/").follows(re.compile("Thwaite"))
    jo.follows("Agree on one").sees_heading("Agree on a lead professional")
    jo.chooses(re.compile("Who"), re.compile("Jo B")).presses("Save")
    jo.presses("Begin the family plan")
    jo.follows(re.compile("^Add outcome.*A bedtime that works"))
    jo.writes("What do they want to be different?", "Somebody to tell when I cannot sleep")
    jo.chooses("Whose words are these?", re.compile("Rowan")).presses("Save")
    jo.follows(re.compile("^Add (an )?action"))
    jo.writes("What will be done?", "Rowan and Jo draw together on Mondays.")
    jo.chooses("Who will do it?", re.compile("Jo B"))
    jo.writes("By when?", "3 October 2025").presses("Save")
    jo.presses("Agree the plan")
    jo.ticks("Who agreed to it?", re.compile("Beth"), re.compile("Rowan"))
    jo.writes("When was it agreed?", "today").presses("Agree the plan")
    jo.sees("Agreed", "Rowan and Jo draw together on Mondays.")
