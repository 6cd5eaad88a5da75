"""Who the Okafors are, what they say, and what the plan for them is."""

from dataclasses import dataclass
from typing import Any

from earlydoors.simulation.pages import read
from tests.functional import story
from tests.functional.person import Person
from tests.functional.story import Deed, Outcome

FAMILY = "Okafor"
HOME = "Flat 3, 19 Locking Row, Weston Central"
ONE_AGENCY = "Level 2a, an additional need that one agency can meet"
SEVERAL = "Level 2b, multiple needs that agencies meet together"
UNIVERSAL = "Level 1, universal"
BIRTH = 98  # the day of the story
TOM_OFFERS = "A visit every fortnight until the birth, and weekly after it."
LORRAINE_OFFERS = "A letter to the landlord with the 28-day date."
NGOZI_SAYS = "You wrote that I am tired and not that I am a bad mother. Thank you for that."
EMEKA_SAYS = "The flat is the illness. I told the landlord nine times. Put the number nine."
BUMP = "A dry wall, please, and my mother laughing. My brother may sing to me."
TEXTS: dict[str, Any] = read("texts", "okafor.yaml")
NAMES = ("Baby", "Chidi", "Ngozi", "Emeka")

# What is written of one of the family, or on one page, where the form's question is asked of all.
ALSO: dict[str, dict[str, Any]] = {
    "child_voice@Baby": {"how_heard": "unborn", "bump": BUMP},
    "child_voice@Chidi": {
        "how_heard": "played",
        "wishes": "“Papa bath. Mama song. My digger.”",
        "noticed": "He goes to either of them for comfort. He coughs when he runs.",
    },
    "child_development@Baby": {"born": "no", "risk_groups": ["under_five"]},
    "child_development@Chidi": {"born": "yes", "risk_groups": ["under_five"]},
    "family_and_environment": {
        "money": ["rent_arrears"],
        "money_what": "£612 of rent owed since the hours were cut; two letters, no notice yet.",
    },
    "outside_home": {"concern": "no"},
    "starting_point": {
        "health": "3",
        "feelings": "2",
        "learning": "4",
        "parenting": "3",
        "relationships": "3",
        "support": "3",
        "money_and_work": "2",
        "home": "1",
        "safety": "4",
        "family_view": NGOZI_SAYS,
    },
}
NEEDS = (
    ("Ngozi needs her mood to be seen to, before and after the birth", "Feelings and behaviour"),
    ("The family needs a dry home before the baby comes", "Home"),
    ("The rent arrears need an answer that holds", "Money and work"),
    ("Chidi needs his cough looked at and a dry room to sleep in", "Health"),
    ("Ngozi needs company in the day", "Friends and support around us"),
)


OUTCOMES = (
    Outcome(
        "A dry wall and a made-up cot before she comes", "Emeka Okafor", "Home",
        ("dry home", "cough"),
        (
            Deed("Write to the landlord with the day by which the mould must be treated",
                 "Lorraine Pike", 40, 38),
            Deed("Paint the wall when it is dry, with cousin Obi", "Emeka Okafor", 60, 57),
            Deed("Have the cough looked at", "Dr Lall, the family’s GP", 33, 30,
                 alone=True),
        ),
    ),
    Outcome(
        "The rent letters stop", "Ngozi Okafor", "Money and work", ("arrears",),
        (
            Deed("Go through the arrears and what is owed to the family", "Lorraine Pike", 40, 36),
        ),
    ),
    Outcome(
        "I laugh again, and somebody has time for me", "Ngozi Okafor", "Feelings and behaviour",
        ("mood", "company"),
        (
            Deed("Talking therapy for mothers before and after birth", "Hannah Bryant", 47, 66,
                 service="Perinatal mental health"),
            Deed("The Tuesday group at the children's centre, the first time together",
                 "Tom Weller", 47, 43),
        ),
    ),
)  # fmt: skip
# What Ngozi, Chidi's parents and the practitioner say, by area of life: at first, then at reviews.
SCORED = ("Health", "Feelings and behaviour", "Home", "Money and work")
SCORES = {
    "first": {"Family": (3, 2, 1, 2), "Practitioner": (3, 2, 1, 2)},
    "before the birth": {"Family": (3, 3, 4, 3), "Practitioner": (3, 3, 4, 3)},
    "after the birth": {"Family": (4, 4, 5, 4), "Practitioner": (4, 4, 5, 4)},
    "at the end": {"Family": (5, 5, 5, 5), "Practitioner": (5, 4, 5, 5)},
}


@dataclass(kw_only=True)
class Story(story.Story):
    """Where on the site the family is."""

    NAME = FAMILY

    family: str = ""
    assessment: str = ""
    plan: str = ""
    unborn: str = ""

    @property
    def hannah(self) -> Person:
        """The midwife, who asks and assesses."""
        return self.brings("hannah.bryant")

    @property
    def tom(self) -> Person:
        """The health visitor, who leads from the first meeting on."""
        return self.brings("tom.weller")


def words(form: str, section: str = "", about: str = "") -> dict[str, Any]:
    """The family's story as it is written into a form; what is said of one person goes first."""
    named = {"{lead}": "lead professional"}
    found = story.told(TEXTS[form], named, section=section, about=about)
    return found | ALSO.get(section, {}) | ALSO.get(f"{section}@{about}", {})
