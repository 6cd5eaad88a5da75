"""The Shah-Whitlocks from the first request to the yes, a step for each day."""

import re
from collections.abc import Mapping
from typing import Any

from tests.functional.person import LASTING, TERMS, Person
from tests.functional.shah_whitlock_words import (
    FATHER_BEFORE,
    GROUPS_BEFORE,
    HELEN,
    HOME,
    HOUSEHOLD,
    IMRAN,
    MEANWHILE,
    NOT_IN_NEED,
    OWEN,
    RAVI,
    REASSURED,
    RISKS,
    TEXTS,
    TOLD_BEFORE,
    WHY_NO,
    ZARA,
    Story,
    plain,
    scores_nothing,
    words,
)
from tests.functional.usual_ways import Someone, asks_for_support


def the_hub_worker_asks(story: Story) -> None:
    """Day 0: the whole household, and what Kai's circumstances make one think of."""
    maryam = story.maryam
    says = {
        **words("request"),
        "child_words": TOLD_BEFORE,
        "parent_words": FATHER_BEFORE,
        "groups": ["young_carer", "parent_in_custody", "removed_from_roll"],
        "groups_about": GROUPS_BEFORE,
        "signals": ["home_education", "off_roll"],
        "signals_about": "Kai was taken off the roll at half-term. Home education is notified.",
    }
    _asks(maryam, HOUSEHOLD, says)
    story.request = maryam.page.url


def the_front_door_offers_help(story: Story) -> None:
    """Day 2: notice of home education and the groups prompt; no number comes of them."""
    story.clock.is_day(2)
    ravi = story.brings(RAVI)
    ravi.goes_to("/requests/").follows(re.compile("Zara")).presses("Decide on this request")
    ravi.sees(*RISKS, "Notice of home education", "Taken off the school roll at an unusual time")
    scores_nothing(ravi)
    ravi.photographs("buckinghamshire-prompts")
    _decides(
        ravi,
        fits=("Caring for someone costs", "gone into custody"),
        told="Maryam Siddiqui offers an assessment. It is your choice.",
        why="Zara cares for her father, and Kai left a roll. Nothing points to significant harm.",
    )
    scores_nothing(ravi)


def imran_says_no(story: Story) -> None:
    """Day 6: everything that has to be asked of a no is asked; then the door stays open."""
    story.clock.is_day(6)
    maryam = story.opens_family(story.maryam).follows("Record that the family says no")
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
    maryam.answers(words("refusal"))
    # A family that was not told what is kept about it has not been asked properly.
    maryam.chooses("Did you tell them what is recorded, and why?", "No")
    maryam.presses("Record their answer").does_not_see("The door stays open")
    maryam.chooses("Did you tell them what is recorded, and why?", "Yes")
    maryam.presses("Record their answer")
    maryam.sees("The door stays open", "nothing is held against the family", MEANWHILE)
    maryam.sees(WHY_NO, REASSURED, NOT_IN_NEED, "They say yes now")
    story.refusal = maryam.page.url
    maryam.photographs("buckinghamshire-no-for-now")
    maryam.presses("Back to the family").sees("declined by the family for now", "said no on")
    maryam.sees("Record what the family agreed")


def nobody_else_finds_them(story: Story) -> None:
    """The same day: a worker of another service finds neither the family nor the no."""
    owen = story.brings(OWEN)
    for address in (story.family, story.refusal, f"{story.family}chronology"):
        owen.cannot_open(address)


def the_school_reports_absence(story: Story) -> None:
    """Day 90: the no was no bar; a second worry about the same girl is sent and heard."""
    story.clock.is_day(90)
    _asks(story.brings(HELEN), (ZARA, IMRAN), words("request_2"))


def the_second_request_finds_the_family(story: Story) -> None:
    """Day 92: one family, known, with its no on record and the girl's words beside the new ones."""
    story.clock.is_day(92)
    ravi = story.brings(RAVI)
    ravi.goes_to("/requests/").sees("Asked before").follows(re.compile("Zara"))
    ravi.presses("Decide on this request").sees("declined by the family for now", "2 months ago")
    ravi.chooses("Which family is it?", re.compile("^The "))
    for name in ("Zara", "Imran"):
        ravi.chooses(re.compile(f"^Is {name} Shah"), re.compile(f"^Yes, {name}"))
    _decides(
        ravi,
        fits=("Persistently absent",),
        told=plain("{asks} takes this up with the family. They are not asked what they told us."),
        why="The same family and a second worry, and the girl says that her father says yes now.",
    )
    ravi.goes_to("/families/").sees(re.compile(r"Families I see\s*1\b"))


def the_family_says_yes(story: Story) -> None:
    """Day 93: the earlier no is there to read, so nobody asks why again."""
    story.clock.is_day(93)
    maryam = story.opens_family(story.maryam).presses("Record what the family agreed")
    maryam.sees("They said no before", "Do not ask again why: it is kept", WHY_NO)
    maryam.chooses("Who agreed?", re.compile("Imran")).writes(*LASTING)
    maryam.writes("On what day did they agree?", "today")
    maryam.chooses("How did you go through it", "Talking in person")
    maryam.chooses("Did they agree in writing?", re.compile("^Yes"))
    for whom in ("Vale Park", "Walton Family Hub"):
        maryam.chooses(re.compile(whom), "Yes")
    maryam.writes("Someone else by name", "Kai’s old school").chooses("May they be told?", "No")
    maryam.writes("What is the help for?", plain(TEXTS["story"]["purpose"]))
    maryam.ticks("What did you explain", re.compile("voluntary"), re.compile("without their"))
    maryam.answers(words("consent")).answers(words("consent"))
    maryam.answers(TERMS).answers(TERMS)
    maryam.presses("Record the agreement").sees("What you agreed", "My sister Farah")
    maryam.photographs("buckinghamshire-later-yes")
    story.opens_family(maryam).sees("Imran Shah agreed", "Not Kai’s old school")
    # The chronology tells both: the no, and the yes that came of the door left open.
    maryam.goes_to(f"{story.family}chronology")
    maryam.sees("Imran Shah said no for now", "Imran Shah agreed to early help")


def _asks(who: Person, people: tuple[Someone, ...], says: Mapping[str, Any]) -> None:
    """A request in which what makes one think of risks prompts, and scores nothing."""
    asks_for_support(who, people, HOME, says, _prompts_only).sees("Family Hub Network")


def _prompts_only(who: Person) -> None:
    if who.page.get_by_role("group", name="Do any of these fit").count():
        who.sees("They are never counted or added up, and none of them decides anything.")
    scores_nothing(who)


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
