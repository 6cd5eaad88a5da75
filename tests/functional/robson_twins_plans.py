"""The Robsons from the first meeting to the end: the school leads, and does not do it all."""

import re

from tests.functional.person import Person
from tests.functional.robson_twins_words import OUTCOMES, TASK, Story, words
from tests.functional.story import Deed, writes_outcomes

SCORED = {
    "School and learning": {"Family": 5, "Amy": 6, "Ava": 5, "Practitioner": 5},
    "Parents and carers": {"Family": 4, "Practitioner": 4},
}
LATER = {
    "School and learning": {"Family": 8, "Amy": 8, "Ava": 7, "Practitioner": 8},
    "Parents and carers": {"Family": 6, "Practitioner": 6},
}


def adult_services_see_margaret(story: Story) -> None:
    """Day 48: what the hub asked of them is done, and they say so where they said they would."""
    story.clock.is_day(48)
    lesley = story.brings("lesley.thirlwell").goes_to("/panels/").sees(TASK)
    lesley.presses(re.compile("^Say it is done")).presses("It is done").sees(f"Done: {TASK}")
    lesley.goes_to("/panels/").does_not_see(TASK)


def the_first_meeting_is_called(story: Story) -> None:
    """Day 45: before school, where the twins have breakfast."""
    story.clock.is_day(45)
    catherine = story.opens_family(story.catherine)
    catherine.presses("Call a meeting of the team around the family")
    catherine.chooses("What is the meeting for?", re.compile("^First meeting"))
    catherine.writes("Which day?", story.clock.day(50)).writes("At what time?", "8.30am")
    catherine.writes("Where?", "The breakfast club, Staithes Lane; Steph joins from the rig")
    catherine.page.get_by_role("group", name="Who is invited?").get_by_label("Mark").uncheck()
    catherine.presses("Call the meeting")


def the_first_meeting_is_held(story: Story) -> None:
    """Day 50: the school is agreed on as lead professional."""
    story.clock.is_day(50)
    catherine = story.opens_family(story.catherine).presses("Record the meeting")
    for who in ("Catherine Dodds", "Gillian Ord", "Lesley Thirlwell", "Steph Robson"):
        catherine.chooses(who, "Came")
    catherine.chooses("Margaret Robson", "Came").answers(words("meeting"))
    catherine.chooses("Who was agreed on as lead professional", "Catherine Dodds")
    catherine.presses("Record the meeting").sees("The meeting is recorded")
    story.opens_family(catherine).sees("Lead professional", "Catherine Dodds")


def the_plan_is_written(story: Story) -> None:
    """Day 51: the twins' own outcomes; every need has an answer, and the work is shared out."""
    story.clock.is_day(51)
    catherine = story.opens_family(story.catherine).presses("Begin the early help plan")
    catherine.sees("4 needs without an answer")
    story.plan = catherine.page.url
    writes_outcomes(catherine, story.plan, OUTCOMES, story.clock, asked=story.clock.day(27))
    for part in ("The family's own plan", "If things get harder", "Doing without us"):
        catherine.follows(part).answers(words("plan")).presses("Save and continue")
    catherine.goes_to(story.plan).sees("Ready to be agreed")


def the_plan_is_agreed(story: Story) -> None:
    """Day 51: with the whole family; the school has one thing to do of five."""
    catherine = story.catherine.goes_to(story.plan).presses("Agree the plan")
    family = ("Amy Robson", "Ava Robson", "Steph Robson", "Mark Robson", "Margaret Robson")
    catherine.ticks("Who agreed to it?", *family)
    catherine.writes("When was it agreed?", "today").presses("Agree the plan").sees("Agreed")
    owners = [
        row.split(":")[0].strip()
        for row in catherine.main().locator(".ed-card .ed-work__sentence strong").all_inner_texts()
    ]
    assert sorted(owners) == sorted(deed.who for outcome in OUTCOMES for deed in outcome.deeds)
    assert owners.count("Catherine Dodds") == 1
    catherine.photographs("northumberland-plan")


def where_things_are(story: Story, given: dict[str, dict[str, int]]) -> None:
    """The numbers of a day, side by side: one for each twin, by her own name."""
    catherine = story.catherine
    catherine.chooses("Who speaks for the family in these scores?", "Steph Robson")
    for life, said in given.items():
        for view, number in said.items():
            field = catherine.page.get_by_label(f"{life}: {view}", exact=True)
            field.select_option(str(number))


def the_first_numbers(story: Story) -> None:
    """Day 51: Amy six and Ava five; nobody takes the one's number for the other's."""
    story.catherine.goes_to(story.plan).follows("Progress").presses("Add scores")
    story.catherine.writes("On which day were they given?", "today")
    where_things_are(story, SCORED)
    story.catherine.presses("Save the scores").sees("Amy", "Ava")


def everybody_does_their_share(story: Story) -> None:
    """Days 58 to 62: each says themselves that theirs is done; Catherine does her own."""
    story.clock.is_day(58)
    is_done(story, story.brings("gillian.ord"), OUTCOMES[2].deeds[0])
    is_done(story, story.catherine, OUTCOMES[0].deeds[0])
    story.clock.is_day(62)
    lesley = story.brings("lesley.thirlwell").goes_to("/").sees("Robson")
    lesley.goes_to(story.plan).follows(re.compile("^Dates.*Adult social care", re.DOTALL))
    lesley.writes("When did it start?", story.clock.day(48)).presses(re.compile("^Save"))
    is_done(story, lesley, OUTCOMES[1].deeds[0])


def is_done(story: Story, who: Person, deed: Deed) -> None:
    """Something is ticked off by whoever said they would do it."""
    who.goes_to(story.plan)
    who.presses(re.compile(f"^Mark as done.*{re.escape(deed.what)}", re.DOTALL))
    who.writes("When was it done?", "today").presses("Mark as done").sees("Done")


def the_review(story: Story) -> None:
    """Day 93: on time on 27 mornings of 30; whose work it is, is asked as well."""
    story.clock.is_day(93)
    catherine = story.catherine.goes_to(story.plan).presses("Record a review")
    catherine.sees("is the lead professional doing too much of it?")
    catherine.writes("When was the review?", "today")
    for asks in ("How does the family see it?", "How does the team see it?"):
        groups = catherine.page.get_by_role("group", name=asks).all()
        for group, answer in zip(groups, ("Nearly there", "Some change", "Met"), strict=True):
            group.get_by_label(answer, exact=True).check()
    where_things_are(story, LATER)
    catherine.answers({**words("review"), "improving": "improving", "decision": "carry_on",
                       "why": "On time on 27 days of 30. Margaret has a plan of her own.",
                       "next_review_on": story.clock.day(135)})  # fmt: skip
    catherine.presses("Record the review")
    catherine.goes_to(story.plan).follows("Progress").sees("Amy", "Ava")
    catherine.photographs("northumberland-progress")


def every_need_keeps_its_answer(story: Story) -> None:
    """Day 99: the second assessment asks for no answer that the plan has given already."""
    catherine = story.catherine.goes_to(story.plan)
    catherine.does_not_see("without an answer")
    for outcome in OUTCOMES:
        catherine.sees(outcome.words)


def help_ends(story: Story) -> None:
    """Day 170: on time, and Margaret has help of her own."""
    story.clock.is_day(170)
    catherine = story.catherine
    for deed in OUTCOMES[0].deeds[1:]:
        is_done(story, catherine, deed)
    catherine.goes_to(story.plan).follows("Close early help")
    catherine.sees("What was achieved", "At the gate on time, with Gran")
    catherine.chooses("Why does early help end?", re.compile("^The needs have been met"))
    catherine.chooses("Which level of need is the family at now?", "Universal and prevention")
    catherine.writes("Who is the family’s first contact", "Catherine Dodds, at the breakfast club")
    goes_on = "The breakfast club keeps their places, and Mrs Armitage rings Steph first."
    catherine.answers({**words("closing"), "keeps_going": goes_on})
    catherine.presses("Close early help")
    story.opens_family(catherine).sees("Closed", "Universal and prevention")
    catherine.goes_to(f"{catherine.page.url}chronology")
    catherine.sees("Catherine Dodds", "The assessment was finished", "Steph Robson", "closed")
