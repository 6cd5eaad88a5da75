"""The Shah-Whitlocks from the assessment to the family's own plan, a step for each day."""

import re

from tests.functional.person import Person
from tests.functional.shah_whitlock_words import (
    FATHER_BEFORE,
    GROUPS_BEFORE,
    HOME,
    RISKS,
    TEXTS,
    TOLD_BEFORE,
    WHY_NO,
    Story,
    plain,
    scores_nothing,
    words,
)
from tests.functional.story import Deed, Outcome, writes_outcomes

NAMES = ("Zara", "Kai", "Imran", "Nadia", "Craig")
# Where the area's own areas of life hold what the story speaks of.
AREAS = {"learning": "Education", "adults": "Physical health", "home": "Housing",
         "relationships": "Family relationships"}  # fmt: skip
FRIDAYS = "Be there at half past nine on Fridays and Saturdays"
# What is done for each outcome, by whom, and by which day of the story.
DEEDS = (
    (
        Deed(FRIDAYS, "Farah Shah", 134),
        Deed("Sort the timetable so that Thursday is free after school", "Helen Carver", 138),
    ),
    (
        Deed("Help at half past nine on the other nights", "Adult social care", 142,
             service="Adult social care", alone=True),
        Deed("Ask the council for a step that can be climbed", "Imran Shah", 150),
    ),
    (
        Deed("Take Kai to see Craig on the second Saturday of the month", "Nadia Shah", 195),
        Deed("Ask at the primary school about football on Tuesdays", "Maryam Siddiqui", 135),
    ),
)  # fmt: skip
OUTCOMES = [
    Outcome(goal["words"], goal["set_by"], AREAS[goal["area"]], tuple(goal["answers"]), deeds)
    for goal, deeds in zip(TEXTS["outcomes"], DEEDS, strict=True)
]


def nothing_is_asked_again(story: Story) -> None:
    """Day 97: the assessment begins with what the family told in September."""
    story.clock.is_day(97)
    maryam = story.opens_family(story.maryam).sees(
        "Zara Shah", "Kai Whitlock", "Imran Shah", "Nadia Shah", "Craig Whitlock", HOME
    )
    maryam.presses("Begin the multi-agency assessment").sees_heading("Multi-agency assessment")
    story.assessment = maryam.page.url
    # Their own words of September and of the school's request stand beside the pages.
    maryam.sees("What they told us before", TOLD_BEFORE, FATHER_BEFORE, WHY_NO)
    maryam.sees(words("request_2")["child_words"], words("refusal")["child_view"])
    maryam.photographs("buckinghamshire-told-before")
    # What the form asks in the same way is filled in already, to be checked.
    maryam.follows("Circumstances to be alert to", within="main")
    maryam.sees("Prompts only. They are never counted or added up.", "Check it is still right")
    fits = maryam.page.get_by_role("group", name="Which of these fit")
    for risk in RISKS:
        assert fits.get_by_label(risk).is_checked(), f"{risk} would be asked again"
    about = maryam.page.get_by_label("Which child, and what does it mean for them?")
    assert about.input_value() == GROUPS_BEFORE
    scores_nothing(maryam)
    maryam.photographs("buckinghamshire-not-asked-again")
    maryam.goes_to(story.assessment).follows("Facts, apart from opinion")
    strengths = maryam.page.get_by_label("Which strengths can we build on?")
    for request in ("request", "request_2"):
        assert words(request)["strengths"] in strengths.input_value()


def the_assessment_is_made(story: Story) -> None:
    """Day 111: with each of them; what is left to ask is asked once, and Zara reads it first."""
    story.clock.is_day(111)
    maryam = story.maryam.goes_to(story.assessment).follows("Who takes part")
    pages = 0
    while "/section/" in maryam.page.url and pages < 40:
        about = maryam.page.get_by_role("heading", level=1).inner_text()
        who = next((name for name in NAMES if name in about), "")
        says = words("assessment", who)
        if maryam.page.get_by_label("Need 1", exact=True).count():
            _needs_are_named(maryam)
        maryam.answers(says).answers(says)
        scores_nothing(maryam)
        maryam.presses("Save and continue")
        pages += 1
    maryam.sees("Every page is done", *(need["text"] for need in TEXTS["assessment"]["needs"]))
    maryam.presses("Finish the assessment")
    for who in ("Zara Shah", "Imran Shah"):
        maryam.follows("Add someone’s view").chooses("Whose view is it?", re.compile(who))
        maryam.chooses("Do they agree with what is written?", "Yes, they agree")
        maryam.writes("What do they say?", plain(TEXTS["story"][f"{who.split()[0].lower()}_says"]))
        maryam.writes("On what day", "today").writes("How did they give their view?", "in person")
        maryam.presses("Keep their view")
    # Home education and the sentence are told as they are: who saw what, and what Kai knows.
    maryam.sees("The home education officer has visited once", "A sentence from 3 March (court)")
    maryam.sees("Kai knows that Craig is going away and not where", "I said no in September")
    scores_nothing(maryam)
    maryam.photographs("buckinghamshire-assessment")


def _needs_are_named(maryam: Person) -> None:
    for number, need in enumerate(TEXTS["assessment"]["needs"], 1):
        if not maryam.page.get_by_label(f"Need {number}", exact=True).count():
            maryam.presses("Add another line")
        maryam.writes(re.compile(f"^Need {number}$"), need["text"])
        area = re.compile(f"^Area of life.*of need {number}$", re.DOTALL)
        maryam.chooses(area, AREAS[need["area"]])


def the_family_brings_its_own_people(story: Story) -> None:
    """Day 113: Farah, whom no agency had on its list, is asked to the family's own meeting."""
    story.clock.is_day(113)
    maryam = story.opens_family(story.maryam).follows("Team", within="body")
    for worker, does in (
        ("Maryam Siddiqui", "Leads"),
        ("Helen Carver", "Zara’s school"),
    ):
        maryam.follows(re.compile("^Add a worker"))
        maryam.chooses("Who joins?", re.compile(worker)).writes("What do they do", does)
        maryam.presses("Add")
    for someone in ("Imran Shah", "Zara Shah", "Nadia Shah", "Kai Whitlock"):
        maryam.follows(re.compile("^Add family or friends"))
        maryam.chooses("Who joins?", someone).presses("Add")
    maryam.follows(re.compile("^Add family or friends"))
    maryam.sees("The family says who it wants there")
    maryam.chooses("Who joins?", "Someone else the family wants there")
    maryam.writes("Given name", "Farah").writes("Family name", "Shah")
    maryam.writes("What do they do?", "Drives, and has Fridays and Saturdays").presses("Add")
    maryam.sees("Farah Shah", "Drives, and has Fridays and Saturdays")
    # She is asked by the family; she is not counted among its household.
    household = story.opens_family(maryam).main().inner_text().partition("Who is who")[2]
    assert "Farah" not in household.partition("Lead practitioner")[0]


def the_family_group_is_called(story: Story) -> None:
    """The same day: its own meeting, at home, in the evening. Kai is told by Nadia beforehand."""
    maryam = story.opens_family(story.maryam).presses(re.compile("^Call a meeting"))
    maryam.chooses("What is the meeting for?", "Family group decision-making")
    maryam.writes("Which day?", "5 January 2026").writes("At what time?", "5:30pm")
    maryam.writes("Where?", "At home, so that Imran can be there")
    maryam.page.get_by_role("group", name="Who is invited?").get_by_label("Kai").uncheck()
    maryam.presses("Call the meeting").sees("Farah Shah", "Family group decision-making")
    story.meeting = maryam.page.url
    maryam.follows(re.compile("^Invitation.*Farah")).sees("Farah Shah", "5 January 2026")
    # The paper for the aunt says nothing of illness, prison or absence.
    maryam.does_not_see("prison", "sclerosis", "absent").photographs("buckinghamshire-invitation")


def farah_is_let_in(story: Story) -> None:
    """Day 115: she signs in as herself, sees what she is asked to, and none of the record."""
    story.clock.is_day(115)
    farah = story.here["farah"] = story.lets_in("Farah", "Shah")
    farah.sees("Hello, Farah", "Family group decision-making", "5 January 2026 at 5:30pm")
    farah.sees("Drives, and has Fridays and Saturdays").does_not_see(WHY_NO, TOLD_BEFORE)
    for address in (story.family, f"{story.family}chronology", story.assessment, story.refusal,
                    story.request, story.meeting, "/families/"):  # fmt: skip
        farah.cannot_open(address)


def the_family_group_meets(story: Story) -> None:
    """Day 124: the family decides among itself. Mrs Ahmed was not asked, and came with soup."""
    story.clock.is_day(124, at="18:30")
    maryam = story.opens_family(story.maryam).presses("Record the meeting")
    for someone in ("Maryam", "Imran", "Zara", "Nadia", "Farah"):
        maryam.chooses(re.compile(someone), "Came")
    maryam.chooses(re.compile("Helen"), "Sent a word or report")
    maryam.ticks("Who came without being invited?", re.compile("Kai Whitlock"))
    maryam.writes("Who else came, not listed here?", "Mrs Ahmed, from upstairs, with soup")
    maryam.answers(words("meeting")).answers(words("meeting"))
    maryam.chooses("Who was agreed on as lead practitioner?", re.compile("Maryam Siddiqui"))
    maryam.photographs("buckinghamshire-family-group")
    maryam.presses("Record the meeting").sees("The meeting is recorded")
    maryam.goes_to(story.meeting).sees("Farah Shah", "Mrs Ahmed, from upstairs, with soup")
    maryam.sees("Not invited beforehand", words("meeting")["family_decided"])
    story.opens_family(maryam).sees("Maryam Siddiqui", "Since 5 January 2026")


def the_familys_plan_is_written(story: Story) -> None:
    """Day 125: what the family decided is what stands, in its own words."""
    story.clock.is_day(125)
    maryam = story.opens_family(story.maryam).presses("Begin the family plan")
    maryam.sees("4 needs without an answer")
    story.plan = maryam.page.url
    for part in ("How the plan was made", "What success looks like", "If things get harder"):
        maryam.goes_to(story.plan).follows(part).answers(words("plan"))
        maryam.presses("Save and continue")
    writes_outcomes(maryam, story.plan, OUTCOMES, story.clock, asked="yesterday")


def the_familys_plan_is_the_plan(story: Story) -> None:
    """The same day: nobody has changed it; who made it agrees to it, and the aunt among them."""
    maryam = story.maryam.goes_to(story.plan).does_not_see("without an answer")
    maryam.sees("Ready to be agreed").presses("Agree the plan")
    agrees = ("Imran Shah", "Zara Shah", "Nadia Shah", "Kai Whitlock", "Farah Shah")
    maryam.ticks("Who agreed to it?", *agrees)
    maryam.writes("When was it agreed?", "today").presses("Agree the plan")
    maryam.sees("Agreed", *agrees, *(goal["words"] for goal in TEXTS["outcomes"]))
    scores_nothing(maryam)
    maryam.photographs("buckinghamshire-familys-own-plan").follows("The plan to print")
    maryam.sees("The family and its network, at a family group conference", "Mrs Ahmed (a key)")
    maryam.sees("Only the day for the mosque, because of the hospital clinic")
    farah = story.here["farah"].goes_to("/").sees(FRIDAYS, "Zara has her evenings")
    farah.does_not_see("prison", "sentence", WHY_NO).photographs("buckinghamshire-farah")
