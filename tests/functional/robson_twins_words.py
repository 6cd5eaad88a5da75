"""Who the Robsons are, what they say, and where their story is on the site."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from earlydoors.simulation.pages import read
from tests.functional import story
from tests.functional.person import Person
from tests.functional.story import Deed, Outcome
from tests.functional.usual_ways import Someone

HOME = "4 Dolphin Quay, Blyth"
COORDINATED = "Early intervention, coordinated"
HUB = "South East and Blyth Valley"
BORN = "22 April 2016"
TWINS = tuple(
    Someone("Child", name, "Robson", BORN, goes_to="Staithes Lane") for name in ("Amy", "Ava")
)
ADULTS = (
    Someone("Mother", "Steph", "Robson", "8 October 1988"),
    Someone("Father", "Mark", "Robson", "30 June 1987"),
    Someone("Grandparent", "Margaret", "Robson", "12 January 1951"),
)
NAMES = ("Amy", "Ava", "Steph", "Mark", "Margaret")
TASK = "Assess Margaret Robson in her own right"
PICTURE = {
    "gillian.ord": "Amy’s health record shows a hospital visit that belongs to Ava.",
    "david.nesbit": "Margaret Robson was brought home from the harbour road in August.",
    "lesley.thirlwell": "Margaret is not known to us; an assessment can be offered.",
    "nicola.purvis": "We knew the twins as babies, and Margaret ran the toy library.",
}
NEEDS = (
    ("Amy and Ava need mornings that an adult is in charge of", "School and learning"),
    ("Margaret Robson needs an assessment and help of her own", "Parents and carers"),
    ("The twins need not to be their grandmother's carers", "Family and people around it"),
    ("Each twin needs her own record, everywhere", "Health and growing"),
)
AVA_HEALTH = "Broke her wrist on the harbour steps on 1 September; the record had said Amy."
MARGARET_NEEDS = "Forgets days and not faces. She agrees to a memory test and to an assessment."
TEXTS: dict[str, Any] = read("texts", "robson.yaml")


OUTCOMES = (
    Outcome(
        "At the gate on time, with Gran", "Ava Robson", "School and learning",
        ("mornings", "carers"),
        (
            Deed("Breakfast club every day, with a place at the table for Margaret",
                 "Catherine Dodds", 58),
            Deed("Move one turn a month, so that one of us is home in the first week of term",
                 "Steph Robson", 75),
            Deed("Look in at eight on school days, and ring Steph first", "Mrs Armitage", 58,
                 alone=True),
        ),
    ),
    Outcome(
        "Gran has help of her own", "Mark Robson", "Parents and carers", ("assessment",),
        (
            Deed("Write up Margaret's assessment, and make her a plan of her own with Steph",
                 "Lesley Thirlwell", 62, service="Adult social care assessment"),
        ),
    ),
    Outcome(
        "Each of us is written down once, and right", "Amy Robson", "Health and growing",
        ("record",),
        (Deed("Part the two health records and tell the hospital in writing", "Gillian Ord", 58),),
    ),
)  # fmt: skip


@dataclass(kw_only=True)
class Story(story.Story):
    """Where on the site the family is."""

    NAME = "Robson"

    form_changes: Callable[[], None]
    first: str = ""
    second: str = ""
    plan: str = ""

    @property
    def catherine(self) -> Person:
        """The deputy head, who asks and then leads."""
        return self.brings("catherine.dodds")


def words(form: str, about: str = "") -> dict[str, Any]:
    """The family's story as it is written into a form: what is said of one person goes first."""
    return story.told(TEXTS[form], {"{panel}": "hub", "{asks}": "Catherine Dodds"}, about=about)
