"""The Shah-Whitlocks from the first review to the look back, a step for each day."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tests.functional.person import Person
from tests.functional.shah_whitlock_plans import AREAS, DEEDS, FRIDAYS
from tests.functional.shah_whitlock_words import (
    PRISON,
    TEXTS,
    WHY_NO,
    Story,
    plain,
    scores_nothing,
    words,
)

# What the family, each child and the worker say, out of ten as the story tells it.
FIRST, LATER = TEXTS["first_scores"], TEXTS["review_1_scores"]
DISTANCE = "Real progress"
VIEWS = {"family": "Family", "worker": "Practitioner"}


def where_things_are(story: Story) -> None:
    """Day 125: everyone in their own number, for each part of life; nobody's are added up."""
    maryam = story.maryam.goes_to(story.plan).follows(DISTANCE)
    maryam.presses("Add scores").writes("On which day were they given?", "today")
    _give_scores(maryam, FIRST)
    maryam.presses("Save the scores").sees("Imran gave scores once")


def farah_does_her_part(story: Story) -> None:
    """Day 134: she ticks off herself what she said she would do."""
    story.clock.is_day(134)
    farah = story.here["farah"].goes_to("/").sees(FRIDAYS)
    farah.presses(re.compile("^I have done this")).sees("Well done")


def the_review(story: Story) -> None:
    """Day 167: someone else does half past nine. Each outcome as the family and the team see it."""
    for day, what in ((138, DEEDS[0][1].what), (138, DEEDS[2][1].what)):
        story.clock.is_day(day)
        _is_done(story, what)
    story.clock.is_day(140)
    maryam = story.maryam.goes_to(story.plan)
    maryam.follows(re.compile("^Dates.*Adult social care", re.DOTALL))
    maryam.writes("When did it start?", "today").presses(re.compile("^Save"))

    story.clock.is_day(167)
    maryam.goes_to("/").sees("Shah–Whitlock")
    maryam.goes_to(story.plan).presses("Record a review").writes("When was the review?", "today")
    for seen in TEXTS["review_1_seen"]:
        _see(maryam, seen["words"], PROGRESS[seen["family"]], PROGRESS[seen["worker"]])
    _give_scores(maryam, LATER)
    maryam.answers({**words("review"), "decision": "carry_on",
                    "why": plain(TEXTS["story"]["review_1_why"]),
                    "next_review_on": story.clock.day(209)})  # fmt: skip
    maryam.photographs("buckinghamshire-review").presses("Record the review")
    maryam.goes_to(story.plan).follows(DISTANCE)
    maryam.sees("Imran").photographs("buckinghamshire-distance")


def craig_goes_to_prison(story: Story) -> None:
    """Day 181: the sentence begins. Where he is stays among those who must know."""
    story.clock.is_day(181)
    maryam = story.opens_family(story.maryam).follows("Craig Whitlock")
    craig = maryam.page.url
    maryam.follows(re.compile("^They left it.*Bicester Road", re.DOTALL))
    maryam.writes("When did they leave it?", "today").presses("Save")
    maryam.goes_to(craig).follows("Change who they are in the family")
    maryam.chooses("Do they live in the household?", "No").presses("Save")
    maryam.goes_to(craig).follows("Add a place").chooses("What kind of place is it?", "Other")
    maryam.writes("Address or name of the place", PRISON).writes("Since when?", "today")
    maryam.presses("Save the place")
    maryam.goes_to(craig).follows(re.compile(f"^Keep it private from someone.*{PRISON}", re.DOTALL))
    maryam.chooses("Who must not learn of it?", "Kai Whitlock")
    maryam.writes("Why?", "Kai knows that Craig is away. Nadia tells him where, when he asks.")
    maryam.presses("Keep it private").sees("is kept private from Kai Whitlock")
    # He is of the family still, and he is no longer at home.
    story.opens_family(maryam).sees("Craig Whitlock", PRISON)
    for page in (story.plan, story.assessment):
        maryam.goes_to(page).follows(re.compile("^Copy for Kai Whitlock")).does_not_see(PRISON)
    # The sentence prompts and scores nothing: the level stays what it was agreed to be.
    scores_nothing(story.opens_family(maryam).sees("Targeted early help"))


def the_second_review(story: Story) -> None:
    """Day 209: Kai has had his letters, and everything that was wanted is so."""
    story.clock.is_day(209)
    for what in (DEEDS[1][0].what, DEEDS[1][1].what, DEEDS[2][0].what):
        _is_done(story, what)
    maryam = story.maryam.goes_to(story.plan).presses("Record a review")
    maryam.writes("When was the review?", "today")
    # What was met at the first review is not asked about again.
    open_still = [one["words"] for one in TEXTS["review_1_seen"] if one["family"] != "met"]
    for outcome in open_still:
        _see(maryam, outcome, "Met", "Met")
    maryam.answers({**words("review"), "still_worries": "",
                    "decision": "carry_on", "why": "It holds. We look once more, and then we stop.",
                    "next_review_on": story.clock.day(251)})  # fmt: skip
    maryam.presses("Record the review")


def help_ends(story: Story) -> None:
    """Day 260: closed with every need answered; the family's own people carry on."""
    story.clock.is_day(260)
    maryam = story.maryam.goes_to(story.plan).follows("Close early help")
    maryam.sees(*(goal["words"] for goal in TEXTS["outcomes"]))
    maryam.chooses("Why does early help end?", re.compile("The needs are answered"))
    maryam.chooses("Which level of need is the family at now?", "Universal")
    maryam.writes("Who is the family’s first contact", plain(TEXTS["story"]["handover"]))
    maryam.answers(words("closing")).answers(words("closing"))
    maryam.photographs("buckinghamshire-closing").presses("Close early help")
    story.opens_family(maryam).sees("Universal", "Closed")
    maryam.sees("The family came in at Targeted early help on 5 September 2025")
    # The whole way can be read: the no, the yes, and the family's own meeting.
    maryam.goes_to(f"{story.family}chronology").sees(
        "Imran Shah said no for now", "Imran Shah agreed to early help",
        "Family group decision-making held", "Farah Shah joined the team", "closed",
    )  # fmt: skip
    maryam.photographs("buckinghamshire-chronology")
    # With the help, its page for the aunt has ended too.
    story.here["farah"].goes_to("/").sees("You have no help under way")


def it_has_lasted(story: Story) -> None:
    """Day 445: six months after, Maryam asks how things are."""
    story.clock.is_day(445)
    maryam = story.maryam.goes_to("/").sees("Shah–Whitlock")
    story.opens_family(maryam).presses("Record the look back")
    maryam.chooses("Has it lasted?", "Sustained")
    maryam.writes("What does the family say?", plain(TEXTS["story"]["looked_back"]))
    maryam.presses("Record the look back").sees("Thursdays are mine. Aunty is still coming.")
    # The no of the first week counts against nobody: it stands where it was said, and only there.
    story.opens_family(maryam).does_not_see(WHY_NO)


PROGRESS = {"met": "Met", "nearly": "Nearly there", "some": "Some change"}


def _give_scores(maryam: Person, lines: Iterable[Mapping[str, Any]]) -> None:
    """The numbers of a day, side by side, each on the area's own scale from 1 to 5."""
    maryam.chooses("Who speaks for the family in these scores?", "Imran Shah")
    for line in lines:
        life = AREAS[line["area"]]
        for view, given in line.items():
            if view == "area":
                continue
            told = given if isinstance(given, dict) else {"": given}
            for name, tenths in told.items():
                whose = name if view == "child" else VIEWS[view]
                number = min(max(round(1 + tenths * 4 / 10), 1), 5)
                field = maryam.page.get_by_label(f"{life}: {whose}", exact=True)
                field.select_option(str(number))


def _is_done(story: Story, what: str) -> None:
    maryam = story.maryam.goes_to(story.plan)
    maryam.presses(re.compile(f"^Mark as done.*{re.escape(what)}", re.DOTALL))
    maryam.writes("When was it done?", "today").presses("Mark as done").sees("Done")


def _see(maryam: Person, outcome: str, family: str, team: str) -> None:
    """How the family and the team see one outcome, on its own part of the page."""
    part = maryam.page.locator("section.ed-part").filter(has_text=outcome).first
    for asks, answer in (("How does the family see it?", family), ("How does the team", team)):
        part.get_by_role("group", name=re.compile(re.escape(asks))).get_by_label(
            answer, exact=True
        ).check()
