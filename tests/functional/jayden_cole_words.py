"""Who the Coles are, what is said about them and by them, and where on the site they are."""

from dataclasses import dataclass
from typing import Any

from earlydoors.simulation.pages import read
from tests.functional import story
from tests.functional.person import Person
from tests.functional.story import Deed, Outcome
from tests.functional.usual_ways import Someone

FAMILY = "Cole"
HOME = "48 Reedham Street, Kingsthorpe"
SCHOOL = "Kingsbrook"

JAYDEN = Someone("Child", "Jayden", "Cole", "20 April 2011")
ELLIE = Someone("Child", "Ellie", "Cole", "4 July 2009")
TRACEY = Someone("Mother", "Tracey", "Cole", "7 February 1984")
RON = Someone("Grandparent", "Ron", "Cole", "11 September 1954")
NAMES = ("Jayden", "Ellie", "Tracey", "Ron")

# The area's own words for what is behind a level.
MISSING = (
    "Goes missing from home or school more than once, or is found with older young people the "
    "family does not know."
)
SUSPENDED = "Two or more suspensions"

TO_SCHOOL = "Marcus Boateng calls on Tracey this week and meets Jayden where he likes to be."
TO_POLICE = (
    "The school asked on the same day. Marcus Boateng meets Jayden; ring him if he is found."
)
HARM = "Found with a kitchen knife and £340 that he cannot explain."
TOLD_WHOM = "Angela Frost, social worker"
CAME_BACK = "The child in need plan has ended. He comes back with it, to the same people."

SAFER = "Jayden needs to be safe outside the home, and to be able to say so"
LEARNS = "Jayden needs to be in lessons and to want to be"
WHAT_TO_DO = "Tracey needs help to know what to look for, and time to do it"
NEEDS = ((SAFER, "Safe outside and online"), (LEARNS, "Learning, school and work"),
         (WHAT_TO_DO, "Being a parent"))  # fmt: skip
BOXING = "Back in lessons, and boxing on Tuesdays and Thursdays"
HOME_BY_NINE = "Home by nine, and Ron asleep by ten"
OUTCOMES = (
    Outcome(
        HOME_BY_NINE, "Tracey Cole", "Safe outside and online", (SAFER, WHAT_TO_DO),
        (
            Deed("Walk with him twice a week at the time he goes out", "Marcus Boateng", 60),
            Deed("Ring Marcus first whenever he is found, and nobody at school", "Lee Garley", 30),
            Deed("Answer the phone to Marcus at nine, every night", "Tracey Cole", 36),
        ),
    ),
    Outcome(
        BOXING, "Jayden Cole", "Learning, school and work", (LEARNS,),
        (
            Deed("A short day on Fridays, with outdoor work", "Rachel Tebbutt", 60),
            Deed("Hold the pads for the little ones on Thursdays", "Jayden Cole", 60),
        ),
    ),
)  # fmt: skip
TEXTS: dict[str, Any] = read("texts", "jayden_cole.yaml")


@dataclass(kw_only=True)
class Story(story.Story):
    """Where on the site the family is."""

    NAME = FAMILY

    family: str = ""
    plan: str = ""

    @property
    def denise(self) -> Person:
        """The early help coordinator in the MASH."""
        return self.brings("denise.achurch")

    @property
    def marcus(self) -> Person:
        """The youth worker of the Adolescent Service, who leads."""
        return self.brings("marcus.boateng")

    @property
    def rachel(self) -> Person:
        """The head of year at Jayden's school."""
        return self.brings("rachel.tebbutt")

    @property
    def lee(self) -> Person:
        """The constable who found him."""
        return self.brings("lee.garley")


def words(form: str, about: str = "") -> dict[str, Any]:
    """The family's story as it is written into a form: what is said of one person goes first."""
    return story.told(TEXTS[form], {"{youth}": "Marcus Boateng", "{door}": "MASH"}, about=about)
