"""The Okafors from the first meeting to the end of help, a step for each day."""

import re

from tests.functional.okafor_words import (
    BIRTH,
    NEEDS,
    ONE_AGENCY,
    OUTCOMES,
    SCORED,
    SCORES,
    UNIVERSAL,
    Story,
    words,
)
from tests.functional.person import Person
from tests.functional.story import writes_outcomes


def the_assessor_calls_the_first_meeting(story: Story) -> None:
    """Day 21: whoever assessed calls it; an interpreter is asked for with the place."""
    story.clock.is_day(21)
    hannah = story.opens_family(story.hannah)
    hannah.presses(re.compile("^Call a meeting of the team around the child"))
    hannah.sees("Needs an interpreter: Igbo")
    hannah.chooses("What is the meeting for?", re.compile("^First meeting"))
    hannah.writes("Which day?", story.clock.day(26)).writes("At what time?", "2.15pm")
    hannah.writes("Where?", "Little Pebbles Nursery; the Igbo interpreter of last time is booked")
    hannah.presses("Call the meeting").sees("Ngozi Okafor", "Emeka Okafor", "Tom Weller")
    hannah.follows(re.compile("Invitation.*Ngozi", re.DOTALL))
    hannah.sees("Dear Ngozi", "29 September 2025", "interpreter of last time is booked")


def the_lead_is_agreed(story: Story) -> None:
    """Day 26: the family's words first; Tom leads from here, Hannah stays until the birth."""
    story.clock.is_day(26, at="14:15")
    hannah = story.opens_family(story.hannah).presses("Record the meeting")
    for who in ("Ngozi", "Emeka", "Hannah", "Tom", "Lorraine", "Gemma"):
        hannah.chooses(re.compile(f"^{who}"), "Came")
    said = words("meeting")
    hannah.chooses("Who is the lead professional from here?", "Tom Weller")
    hannah.answers({**said, "disagreed": "no", "family_told": "In the meeting, by Hannah"})
    hannah.photographs("north-somerset-first-meeting")
    hannah.presses("Record the meeting").sees("The meeting is recorded")
    story.opens_family(hannah).sees("Lead professional", "Tom Weller", "Hannah Bryant")
    hannah.sees("Since 29 September 2025")


def the_plan_is_written(story: Story) -> None:
    """Day 27: in the family's words; every need is answered, each action has an owner and a day."""
    story.clock.is_day(27)
    tom = story.opens_family(story.tom).presses("Begin the delivery plan")
    tom.sees(f"{len(NEEDS)} needs without an answer", *(need for need, _ in NEEDS))
    story.plan = tom.page.url
    writes_outcomes(tom, story.plan, OUTCOMES, story.clock)
    tom.does_not_see("without an answer")
    for part in ("Where we are going", "If it gets harder"):
        tom.follows(part).answers({"baby_due": "yes"}).answers(words("plan"))
        tom.presses("Save and continue")
    tom.goes_to(story.plan).sees("Ready to be agreed")


def the_family_agrees_to_the_plan(story: Story) -> None:
    """Day 28: with both parents; and where things are today, in their numbers."""
    story.clock.is_day(28)
    tom = story.tom.goes_to(story.plan).presses("Agree the plan")
    tom.ticks("Who agreed to it?", "Ngozi Okafor", "Emeka Okafor")
    tom.writes("When was it agreed?", "today").presses("Agree the plan")
    tom.sees("with Emeka Okafor and Ngozi Okafor on 1 October 2025")
    tom.photographs("north-somerset-plan")
    tom.follows("Distance travelled").presses("Add scores")
    tom.writes("On which day were they given?", "today")
    gives_scores(tom, "first")
    tom.presses("Save the scores").sees("Ngozi gave scores once")


def gives_scores(tom: Person, when: str) -> None:
    """The numbers of a day, side by side: those who are too young are not asked."""
    tom.chooses("Who speaks for the family in these scores?", "Ngozi Okafor")
    for view, numbers in SCORES[when].items():
        for life, number in zip(SCORED, numbers, strict=True):
            tom.page.get_by_label(f"{life}: {view}", exact=True).select_option(str(number))


def the_first_review(story: Story) -> None:
    """Day 68: the wall is dry, and the birth is near."""
    what_is_due_gets_done(story, until=67)
    story.clock.is_day(68)
    tom = story.tom.goes_to(story.plan).presses("Record a TAC review")
    tom.writes("When was the TAC review?", "today")
    sees_progress(tom, "Met", "Nearly there", "Some change")
    gives_scores(tom, "before the birth")
    tom.answers({**words("review"), "decision": "carry_on", "why": words("story")["review_1_why"]})
    tom.writes("When is the next TAC review?", story.clock.day(119))
    tom.presses("Record the TAC review").goes_to(story.plan).sees("31 December 2025")
    tom.follows("Distance travelled").sees("Home")
    tom.photographs("north-somerset-distance-travelled")


def what_is_due_gets_done(story: Story, *, until: int) -> None:
    """Each thing is ticked off on the day it is done."""
    deeds = [deed for goal in OUTCOMES for deed in goal.deeds if deed.done <= until]
    for deed in sorted(deeds, key=lambda one: one.done):
        story.clock.is_day(deed.done)
        tom = story.tom.goes_to(story.plan)
        if deed.service:
            tom.sees("waiting").follows(re.compile(f"^Dates.*{deed.service}", re.DOTALL))
            tom.writes("When did it start?", "today").presses(re.compile("^Save"))
            tom.goes_to(story.plan)
        tom.presses(re.compile(f"^Mark as done.*{re.escape(deed.what)}", re.DOTALL))
        tom.writes("When was it done?", "today").presses("Mark as done").sees("Done")


def sees_progress(tom: Person, *views: str) -> None:
    """How the family and the team see each outcome that is still open."""
    for asks in ("How does the family see it?", "How does the team see it?"):
        groups = tom.page.get_by_role("group", name=asks).all()
        assert len(groups) == len(views)
        for group, view in zip(groups, views, strict=True):
            group.get_by_label(view, exact=True).check()


def the_baby_is_born(story: Story) -> None:
    """Day 98: the unborn child becomes Adaeze on the record that was there all along."""
    story.clock.is_day(BIRTH, at="16:40")
    hannah = story.opens_family(story.hannah).follows("Baby Okafor")
    record = hannah.sees("Not yet born").page.url
    hannah.presses("Write down the birth").sees("It stays the same record")
    hannah.writes("Given name", "Adaeze").writes("Date of birth", "today")
    hannah.chooses("Sex", "Female").presses("Save")
    hannah.sees_heading("Adaeze Okafor").sees("Born today").photographs("north-somerset-birth")
    assert hannah.page.url == record
    story.opens_family(hannah).follows("Adaeze Okafor")
    assert hannah.page.url == record
    story.opens_family(hannah).sees("Adaeze Okafor was born on 10 December 2025")
    hannah.does_not_see("Baby Okafor")
    hannah.goes_to("/families/").writes("Find a family", "Adaeze Okafor").presses("Find")
    hannah.sees("1 family found")
    hannah.goes_to(story.assessment).sees("In the child's own words: Adaeze Okafor")


def the_midwife_hands_over(story: Story) -> None:
    """Day 112: Hannah stayed until the birth; from here she sees no more than whoever asks does."""
    story.clock.is_day(112)
    tom = story.opens_family(story.tom).follows("Team", within="body")
    tom.follows("Hannah Bryant leaves").sees("because they asked for help for this family")
    tom.presses("They leave").sees("Was in the team: Hannah Bryant")
    for address in (story.plan, story.assessment, f"{story.family}chronology"):
        story.hannah.cannot_open(address)
    story.opens_family(story.hannah).sees("Tom Weller").does_not_see("A dry wall", "arrears")


def one_agency_is_enough(story: Story) -> None:
    """Day 119: the second review; health visiting carries on alone, at level 2a."""
    story.clock.is_day(119)
    tom = story.tom.goes_to(story.plan).presses("Record a TAC review")
    tom.writes("When was the TAC review?", "today")
    sees_progress(tom, "Met", "Met")
    gives_scores(tom, "after the birth")
    why = words("story")["review_2_why"]
    tom.answers({**words("review"), **words("review_2"), "decision": "step_down", "why": why})
    tom.writes("When is the next TAC review?", story.clock.day(161))
    tom.presses("Record the TAC review").sees_heading("Change the level")
    tom.chooses("Which level fits now?", ONE_AGENCY).writes("Why?", why)
    tom.presses("Change the level").sees(f"stepped down to {ONE_AGENCY} on 31 December 2025")
    tom.follows("Hand over to one agency")
    tom.chooses("Which agency?", re.compile("Health visiting"))
    tom.writes("Why is one agency enough?", "Health visiting sees both children until school.")
    tom.presses("Continue").chooses("Who there?", re.compile("Tom Weller")).presses("Hand over")
    tom.sees("Early help is given by Health visiting", "TAC review due", "11 February")


def universal_services_are_enough(story: Story) -> None:
    """Day 161: the last review, and the end: every need has its answer."""
    story.clock.is_day(161)
    tom = story.tom.goes_to("/").sees("TAC review for the Okafor family")
    tom.presses(re.compile("^Record the TAC review"))
    tom.writes("When was the TAC review?", "today")
    gives_scores(tom, "at the end")
    tom.answers({**words("review"), **words("review_2"), "decision": "close",
                 "why": words("story")["review_3_why"]})  # fmt: skip
    tom.presses("Record the TAC review").sees_heading("Close early help")
    tom.does_not_see("Still open").sees(*(goal.words for goal in OUTCOMES))
    tom.chooses("Why does early help end?", re.compile("^The needs are met"))
    tom.chooses("Which level of need is the family at now?", re.compile(f"^{UNIVERSAL}"))
    tom.writes("Who is the family’s first contact", words("story")["handover"])
    tom.answers({**words("closing"), "told_once": "yes", "carries_on": "no"})
    tom.photographs("north-somerset-closing").presses("Close early help")


def every_need_has_an_answer(story: Story) -> None:
    """In the end: where they came in, how they went, and nothing left unanswered."""
    tom = story.opens_family(story.tom).sees(UNIVERSAL, "Closed")
    tom.sees(
        f"came in at {ONE_AGENCY} on 3 September 2025",
        f"stepped down to {ONE_AGENCY} on 31 December 2025",
        f"closed at {UNIVERSAL} on 11 February 2026",
    )
    tom.goes_to(story.plan).sees("The plan is kept as it was")
    tom.does_not_see("without an answer")
    text = tom.main().inner_text()
    for need, _ in NEEDS:
        assert text.count(need) == 1, need
    assert text.count("\nMet\n") == len(OUTCOMES)
    tom.goes_to(f"{story.family}chronology?all=1")
    tom.sees("Adaeze Okafor was born", "Hannah Bryant left the team", "Closed")
    tom.photographs("north-somerset-chronology")
