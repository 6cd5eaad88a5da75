"""The Coles from the assessment to the end of help: up to social care, and down again."""

import re

from tests.functional.jayden_cole_words import (
    BOXING,
    CAME_BACK,
    FAMILY,
    HARM,
    HOME_BY_NINE,
    LEARNS,
    NAMES,
    NEEDS,
    OUTCOMES,
    SAFER,
    TEXTS,
    TOLD_WHOM,
    WHAT_TO_DO,
    Story,
    words,
)
from tests.functional.person import Person
from tests.functional.story import writes_outcomes
from tests.functional.usual_ways import joins_the_team

WORKERS = ("Marcus Boateng", "Rachel Tebbutt", "Lee Garley")
FAMILYS_OWN = ("Tracey Cole", "Jayden Cole", "Ron Cole")


def the_family_is_assessed(story: Story) -> None:
    """Day 5 at the gym, finished on day 14. What others know already is not asked again."""
    story.clock.is_day(5)
    marcus = story.opens_family(story.marcus).presses("Begin the early help assessment")
    marcus.sees("Safe outside the home: Jayden Cole", "Ellie Cole", "Tracey Cole", "Ron Cole")

    story.clock.is_day(14)
    story.opens_family(marcus).presses(re.compile("^Carry on with the"))
    marcus.follows("How this assessment began")
    pages = 0
    while "/section/" in marcus.page.url and pages < 20:
        about = " ".join(marcus.page.locator("h1, .govuk-caption-l").all_inner_texts())
        who = next((name for name in NAMES if name in about), "")
        marcus.answers({**words("assessment", who), "seen": "everyone"})
        if marcus.page.get_by_label("Need 1", exact=True).count():
            _the_needs_are_named(marcus)
        marcus.presses("Save and continue")
        pages += 1
    marcus.sees("Every page is done", SAFER, LEARNS, WHAT_TO_DO)
    marcus.presses("Finish the assessment").sees("Its needs are ready for the plan")


def _the_needs_are_named(marcus: Person) -> None:
    for number, (need, area_of_life) in enumerate(NEEDS, 1):
        marcus.writes(re.compile(f"^Need {number}$"), need)
        marcus.chooses(re.compile(f"^Area of life.*of need {number}$", re.DOTALL), area_of_life)


def both_say_what_they_think_of_it(story: Story) -> None:
    """The same day: Tracey agrees, Jayden in part, and his no stands beside her yes."""
    marcus = story.marcus
    for who, agrees, said in (
        ("Tracey", "Yes, they agree", TEXTS["story"]["tracey_says"]),
        ("Jayden", "They agree with part of it", TEXTS["story"]["jayden_says"]),
    ):
        marcus.follows("Add someone’s view").chooses("Whose view is it?", re.compile(who))
        marcus.chooses("Do they agree with what is written?", agrees)
        marcus.writes("What do they say?", said).writes("On what day", "today")
        marcus.writes("How did they give their view?", "At the gym").presses("Keep their view")
    marcus.sees("Agrees in part", "A job that pays and nobody watching me", "He is a good lad")


def the_first_meeting(story: Story) -> None:
    """Days 15 and 21: the lead practitioner comes from the Adolescent Service."""
    story.clock.is_day(15)
    marcus = story.marcus
    joins_the_team(marcus, FAMILY, WORKERS, FAMILYS_OWN)
    story.opens_family(marcus).presses("Call a meeting of the team around the family")
    marcus.chooses("What is the meeting for?", "First meeting")
    marcus.writes("Which day?", story.clock.day(21)).writes("At what time?", "4pm")
    marcus.writes("Where?", "Upstairs at the gym").presses("Call the meeting")

    story.clock.is_day(21, at="17:30")
    marcus.goes_to("/").sees("First meeting for the Cole family")
    story.opens_family(marcus).presses("Record the meeting")
    for someone in (*WORKERS, *FAMILYS_OWN):
        marcus.chooses(someone, "Came")
    marcus.answers(words("meeting"))
    marcus.chooses("Who was agreed on as lead practitioner?", "Marcus Boateng")
    marcus.presses("Record the meeting").sees("The meeting is recorded")
    leads = story.opens_family(marcus).main().locator("section, .ed-card")
    leads = leads.filter(has=marcus.page.get_by_role("heading", name="Lead practitioner"))
    for words_of_it in ("Marcus Boateng", "Adolescent Service", "Since 24 September 2025"):
        assert words_of_it in leads.last.inner_text()


def the_plan_is_agreed(story: Story) -> None:
    """Day 22: two outcomes, in a mother's words and in a son's, with something for each to do."""
    story.clock.is_day(22)
    marcus = story.opens_family(story.marcus).presses("Begin the early help plan")
    story.plan = marcus.page.url
    writes_outcomes(marcus, story.plan, OUTCOMES, story.clock)
    for part in ("What better looks like", "Our own people", "If things get harder"):
        marcus.follows(part).answers(words("plan")).presses("Save and continue")
    marcus.goes_to(story.plan).sees("Ready to be agreed").presses("Agree the plan")
    marcus.ticks("Who agreed to it?", *FAMILYS_OWN).writes("When was it agreed?", "today")
    marcus.presses("Agree the plan").sees("Agreed")
    marcus.goes_to(story.plan).follows("Distance travelled").presses("Add scores")
    marcus.writes("On which day were they given?", "today")
    _scores(marcus, outside=(2, 4, 3), learning=(3, 3, 3), parent=(4, 5, 5))
    marcus.presses("Save the scores").sees("Tracey gave scores once")


def _scores(marcus: Person, **given: tuple[int, int, int]) -> None:
    """The mother's, the son's and the worker's number for three areas of life."""
    names = {"outside": NEEDS[0][1], "learning": NEEDS[1][1], "parent": NEEDS[2][1]}
    marcus.chooses("Who speaks for the family in these scores?", "Tracey Cole")
    for key, numbers in given.items():
        for view, number in zip(("Family", "Jayden", "Practitioner"), numbers, strict=True):
            box = marcus.page.get_by_label(f"{names[key]}: {view}", exact=True)
            box.select_option(str(number))


def harm_stops_early_help(story: Story) -> None:
    """Day 40: told by phone at 10:20, written down at 10:40. Nobody's agreement is needed."""
    story.clock.is_day(40, at="10:40")
    marcus = story.opens_family(story.marcus).follows("A child may be harmed", within="")
    marcus.sees("children's social care", "nobody needs to agree to this")
    marcus.writes("What is the harm", HARM).writes("At what time?", "10:20am")
    marcus.chooses("Does the family know that you told them?", "Yes")
    # Nothing is recorded that does not say who was told.
    marcus.presses("Record the referral").sees_fault("Write an answer: Whom did you speak to")
    marcus.writes("Whom did you speak to?", TOLD_WHOM).writes("How did you tell them?", "By phone")
    marcus.presses("Record the referral")
    marcus.sees("Early help stops until social care is done", "stepped up to Statutory")
    marcus.sees(f"told {TOLD_WHOM} on 13 October 2025 at 10:20am", "Early help stopped for now")
    marcus.photographs("northamptonshire-stepped-up")
    _nothing_goes_on(story, marcus)

    denise = story.denise.goes_to("/families/").sees("Early help is with social care")
    denise.follows(re.compile(FAMILY)).sees(TOLD_WHOM)
    denise.goes_to(f"{story.family}chronology").sees("13 October 2025, 10:40am", TOLD_WHOM)


def _nothing_goes_on(story: Story, marcus: Person) -> None:
    """No review, no meeting, no change of the plan: it rests, and nothing of it is late."""
    for address in (story.family, story.plan):
        marcus.goes_to(address)
        for gone in ("Record a review", "Mark as done", "Add action", "Add outcome"):
            marcus.does_not_see(gone)
    marcus.sees("The plan rests", HOME_BY_NINE)
    story.opens_family(marcus).does_not_see("Call a meeting", "Change the level")
    marcus.goes_to("/").sees("Help for the Cole family is with social care")
    marcus.does_not_see("Overdue Open the plan", "was due")


def he_comes_back_with_his_plan(story: Story) -> None:
    """Day 120: the same plan, the same team, and nothing to tell again."""
    story.clock.is_day(120)
    denise = story.opens_family(story.denise).presses("Step down from children's social care")
    denise.chooses("How does help go on?", "With the early help plan it has")
    denise.chooses("At which level?", "Targeted early help")
    denise.writes("Why now, and what comes", CAME_BACK).presses("Step down")
    denise.sees("The family is back with early help, with all that is known")

    marcus = story.opens_family(story.marcus).sees("Lead practitioner", "Since 24 September 2025")
    marcus.sees(*WORKERS, *FAMILYS_OWN, HOME_BY_NINE, BOXING, "Tracey Cole agreed", CAME_BACK)
    marcus.sees("stepped down to Targeted early help on 2 January 2026")
    # Neither the agreement nor the assessment is asked for again; the review has its whole time.
    marcus.does_not_see("Begin the", "Record what the family agreed", "ago Record a review")
    marcus.sees("13 February")
    story.opens_family(story.rachel).sees(HOME_BY_NINE, BOXING, CAME_BACK)
    marcus.photographs("northamptonshire-stepped-down")


def the_plan_is_reviewed(story: Story) -> None:
    """Day 162: six weeks without a night away, and the numbers of the day."""
    story.clock.is_day(162)
    marcus = story.marcus
    for what in (deed.what for outcome in OUTCOMES for deed in outcome.deeds):
        marcus.goes_to(story.plan)
        marcus.presses(re.compile(f"^Mark as done.*{re.escape(what)}", re.DOTALL))
        marcus.writes("When was it done?", "today").presses("Mark as done").sees("Done")
    marcus.goes_to(story.plan).presses("Record a review").writes("When was the review?", "today")
    for asks in ("How does the family see it?", "How does the team see it?"):
        for group in marcus.page.get_by_role("group", name=asks).all():
            group.get_by_label("Nearly there", exact=True).check()
    _scores(marcus, outside=(7, 6, 7), learning=(5, 5, 5), parent=(6, 6, 6))
    marcus.answers({**words("review"), "decision": "carry_on",
                    "why": TEXTS["story"]["review_1_why"],
                    "next_review_on": story.clock.day(204)})  # fmt: skip
    marcus.presses("Record the review").sees(story.clock.day(204))


def early_help_closes(story: Story) -> None:
    """Day 300: closed, with how far they came in each area of life."""
    story.clock.is_day(300)
    marcus = story.marcus.goes_to(story.plan).follows("Close early help")
    marcus.sees("What was achieved", HOME_BY_NINE, BOXING, "Scores for Tracey have risen in 3 of 3")
    marcus.chooses("Why does early help end?", re.compile("^Needs are met"))
    marcus.chooses("Which level of need is the family at now?", "Universal")
    marcus.writes("Who is the family’s first contact", "Rachel Tebbutt at school, and Joe's gym.")
    marcus.answers(words("closing")).presses("Close early help")
    marcus.sees("Early help is closed", "closed at Universal on 30 June 2026")

    # The measures by area of life: whose, the first number, the latest.
    marcus.goes_to(story.plan).follows("Distance travelled")
    table = marcus.main().locator("details table").first.inner_html()
    rows = [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in table.split("<tr")]
    for area, *numbers in (
        (NEEDS[0][1], "2", "7"),
        (NEEDS[1][1], "3", "5"),
        (NEEDS[2][1], "4", "6"),
    ):
        # A row for each of the family who scored it, Tracey's among them.
        told = [row for row in rows if area in row]
        assert any(all(number in row for number in numbers) for row in told), told
    marcus.photographs("northamptonshire-distance")
