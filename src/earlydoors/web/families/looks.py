"""Who has looked at a family, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from earlydoors.domain.access.looking import Seen
from earlydoors.domain.access.models import BECAUSE
from earlydoors.foundation.kernel.dates import clock, day
from earlydoors.web.design.parts import Pages
from earlydoors.web.design.words import count, sentence
from earlydoors.web.families.pages import listed
from earlydoors.web.families.scope import Frame

# What is looked at, by the name that the evidence has for it.
PARTS = {
    "overview": "the overview",
    "access": "who can see this",
    "looks": "who has looked",
    "team": "the team",
    "person": "somebody of the family",
    "pictures": "the pictures",
    "chronology": "the chronology",
    "harm": "the referral to social care",
    "plan": "the plan",
    "review": "a review",
    "distance travelled": "how far the family has come",
    "meetings": "the meetings",
    "meeting": "a meeting",
    "sharing": "a decision to share",
    "agreement": "what the family agreed",
    "evidence": "a file that shows an agreement",
    "request": "a request for support",
    "assessment": "an assessment",
    "assessments, side by side": "two assessments side by side",
    "panel": "what a panel talks about",
    "known": "that the family is known",
    "joining": "two records that may be one person",
    "own page": "their own page",
    "name": "the family’s name, to judge who looked",
    "everything on one person": "everything held on one person",
}
# What leaves the screen: printed, or kept as a file.
TAKEN = {
    "plan on paper": "the plan, to print",
    "copy of the plan": "a copy of the plan for somebody of the family",
    "assessment, to copy": "a copy of an assessment for somebody of the family",
    "invitation": "an invitation to a meeting, to print",
}
_AS_A_FILE = ", to a file"
_BECAUSE = dict(BECAUSE) | {
    "asked_by_panel": "a panel asks their agency about the family",
    "register": "keeps the register of people",
    "watches": "watches over who looks at records",
    "rights": "answers somebody who asks about the information held on them",
}


@dataclass(frozen=True)
class Look:
    """One line: who, on which day, and what of."""

    who: str
    detail: str
    when: str
    saw: str
    took: str
    why: str


@dataclass(frozen=True)
class Looks:
    """The page."""

    frame: Frame
    total: int
    looks: tuple[Look, ...]
    pages: Pages


def line(one: Seen, *, who: str = "", detail: str = "") -> Look:
    """One person's looks on a day, in words."""
    return Look(
        who=who or one.name,
        detail=detail or ", ".join(filter(None, (one.role, one.agency))),
        when=when(one),
        saw=saw(one),
        took=sentence(listed([text for part in one.parts if (text := _taken(part))])),
        why=sentence("; ".join(because(one.because))),
    )


def when(one: Seen) -> str:
    """3 March 2026, 9:12am to 2:40pm, 7 times."""
    first, last = clock(one.first), clock(one.last)
    hours = f"at {first}" if first == last else f"{first} to {last}"
    times = f", {count(one.times, 'time')}" if one.times > 1 else ""
    return f"{day(one.day)}, {hours}{times}"


def saw(one: Seen) -> str:
    """What was looked at on the screen."""
    seen = [PARTS.get(part, part) for part in one.parts if not _taken(part)]
    if one.told:
        seen.append("that somebody is involved, when they asked whether the child is known")
    return sentence(listed(seen))


def _taken(part: str) -> str:
    if part.endswith(_AS_A_FILE):
        return f"the {part.removesuffix(_AS_A_FILE)}, as a file"
    return TAKEN.get(part, "")


def because(keys: Iterable[str]) -> Sequence[str]:
    """Why the door was open, each reason in words."""
    return [_BECAUSE.get(key, key.replace("_", " ")) for key in keys]
