"""Who the Armstrong-Reids are, what they say, and what must never reach whom."""

from dataclasses import dataclass
from typing import Any

from earlydoors.simulation.pages import read
from tests.functional import story
from tests.functional.conftest import LetsIn
from tests.functional.person import Person
from tests.functional.story import Deed, Outcome

FAMILY = "Armstrong"
ADDRESS = "7 Bransty Steps, Whitehaven"
POSTCODE = "CA28 0ZZ"
NURSERY = "Little Harbour Nursery"
# What must not reach Daniel, down to the parts that would give it away.
# The name of the nursery's worker leads to the nursery.
SECRETS = ("Bransty", "CA28 0ZZ", "CA280ZZ", "Little Harbour", "Megan Lister")
SOPHIE_SAYS = "I like it when it is quiet and Mummy reads."
DANIEL_SAYS = (
    "I do not agree about attendance. When she is with me she is full of beans; I think she is "
    "kept off when she could go."
)
NAMES = ("Sophie", "Leo", "Kelly", "Daniel", "Jean")
# What someone writes without thinking of who else will read it.
CARELESS = {
    "routines": f"Leo is at {NURSERY} by nine, ten minutes on foot from Bransty Steps.",
    "home": f"{ADDRESS}: two bedrooms, warm and dry. Postcode ca280zz.",
}
NEEDS = (
    ("Sophie needs help to speak so that others understand her", "Learning and attendance"),
    ("Sophie needs Monday mornings that she can manage", "Learning and attendance"),
    ("Both children need evenings without shouting", "Parenting and routines"),
    ("Kelly needs rest and someone to talk to", "Parents' and carers' own wellbeing"),
    ("The family's whereabouts need to stay safe", "Safety"),
)
# The areas of life that are talked about in numbers.
SCORED = ("Learning and attendance", "Parenting and routines", "Safety")
TEXTS: dict[str, Any] = read("texts", "armstrong_reid.yaml")


OUTCOMES = (
    Outcome(
        "Bedtimes without shouting", "Kelly Armstrong", "Parenting and routines",
        ("evenings", "rest"),
        (
            Deed("Tea, bath and two books, with the picture chart on the door",
                 "Kelly Armstrong", 33),
            Deed(f"Visit twice at bath time at {ADDRESS}, and think it through with Kelly",
                 "Ruth Iredale", 40),
            Deed("Have both children for one Saturday afternoon a month",
                 "Jo, Kelly's sister", 61, alone=True),
        ),
    ),
    Outcome(
        "Sophie can say what she needs and be understood", "Sophie Armstrong",
        "Learning and attendance", ("help to speak",),
        (
            Deed("Ask for speech and language therapy, and ring every second Friday until it "
                 "begins", "Priya Nair", 26, service="Speech and language therapy"),
            Deed("Talk group three times a week", "Priya Nair", 103),
        ),
    ),
    Outcome(
        "Mondays like other days", "Kelly Armstrong", "Learning and attendance", ("Monday",),
        (
            Deed("Keep Sunday evenings quiet and lay out the clothes", "Kelly Armstrong", 54),
            Deed(f"Bring Leo to {NURSERY} ten minutes early on Mondays, so that Kelly can walk "
                 "Sophie in", "Megan Lister", 40),
        ),
    ),
)  # fmt: skip


@dataclass(kw_only=True)
class Story(story.Story):
    """Where on the site the family is."""

    NAME = FAMILY

    priya: Person
    lets_in: LetsIn
    family: str = ""
    request: str = ""
    assessment: str = ""
    plan: str = ""


NAMED = {
    "{asks}": "Priya Nair",
    "{lead}": "lead professional",
    "{health}": "Ruth Iredale",
    "{team}": "team around the family",
}


def words(form: str, about: str = "") -> dict[str, Any]:
    """The family's story as it is written into a form: what is said of one person goes first."""
    return story.told(TEXTS[form], NAMED, about=about)
