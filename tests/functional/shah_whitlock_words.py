"""Who the Shah-Whitlocks are, what they say, and where on the site they are."""

import re
from dataclasses import dataclass
from typing import Any

from earlydoors.simulation.pages import read
from tests.functional import story
from tests.functional.conftest import LetsIn
from tests.functional.person import Person
from tests.functional.usual_ways import Someone

MARYAM, RAVI, HELEN, OWEN = "maryam.siddiqui", "ravi.chandran", "helen.carver", "owen.tranter"
HOME = "22 Bicester Road, Aylesbury"
PRISON = "HMP Bullingdon, near Bicester"

ZARA = Someone("Child", "Zara", "Shah", "12 June 2010", goes_to="Vale Park")
KAI = Someone("Child", "Kai", "Whitlock", "14 February 2015")
IMRAN = Someone("Father", "Imran", "Shah", "14 July 1981")
NADIA = Someone("Mother", "Nadia", "Shah", "2 May 1983")
CRAIG = Someone("Parent’s partner", "Craig", "Whitlock", "29 December 1985")
HOUSEHOLD = (ZARA, KAI, IMRAN, NADIA, CRAIG)

TEXTS: dict[str, Any] = read("texts", "shah_whitlock.yaml")
# The story was told with spring as its beginning; here it begins in September.
NAMED = {
    "{asks}": "Maryam Siddiqui",
    "in the spring": "in September",
    "After the summer": "After Christmas",
}

WHY_NO = "We have had people before. They wrote things down and I could not see them. We manage."
REASSURED = "Nobody moves a child because a father is ill, and what is written is his to read."
MEANWHILE = "The young carers' group at Walton Family Hub on Wednesdays, and a named teacher."
NOT_IN_NEED = "Zara is fed, in school and safe. Her caring costs her time, not her health."
TOLD_BEFORE = "If I am there he is fine. Who else is going to do it?"
FATHER_BEFORE = "I am her father and I am not her job."
GROUPS_BEFORE = "Zara cares for her father; Kai is off a roll and taught at home."
RISKS = ("Is a young carer", "Has a parent or carer in custody", "unusual time")


@dataclass(kw_only=True)
class Story(story.Story):
    """Where on the site the family is."""

    NAME = "Shah"

    lets_in: LetsIn
    family: str = ""
    request: str = ""
    refusal: str = ""
    assessment: str = ""
    meeting: str = ""
    plan: str = ""

    @property
    def maryam(self) -> Person:
        """The family hub worker, who asks, and leads later."""
        return self.brings(MARYAM)

    def opens_family(self, who: Person) -> Person:
        """Find the family by name, as everyone does, and keep where it is."""
        super().opens_family(who)
        self.family = who.page.url
        return who


def words(form: str, about: str = "") -> dict[str, Any]:
    """The family's story as it is written into a form: what is said of one person goes first."""
    return story.told(TEXTS[form], NAMED, about=about)


def plain(text: str) -> str:
    """A text as it is typed: with the area's words in their places."""
    return str(story.typed(text, NAMED))


def scores_nothing(who: Person) -> None:
    """No page adds up circumstances: there is no score, no total and no rating of risk."""
    who.does_not_see(
        re.compile(
            r"risk (score|rating|level)|total score|\bscores? \d|\d+ points?\b", re.IGNORECASE
        )
    )
    who.does_not_see(re.compile(r"\d+ (of \d+ )?(circumstances|signals|risk groups|risks)"))
