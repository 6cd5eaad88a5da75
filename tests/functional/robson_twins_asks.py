"""The Robsons from the family's yes to the assessment, on a form that changes in the middle."""

import re

from tests.functional.person import LASTING, TERMS, Person
from tests.functional.robson_twins_words import (
    AVA_HEALTH,
    MARGARET_NEEDS,
    NAMES,
    NEEDS,
    Story,
    words,
)
from tests.functional.usual_ways import joins_the_team

VIEWS = (
    ("Steph", "Yes, they agree", "Fair. Nobody rang us on the rig, and somebody should have.",
     "by video call"),
    ("Margaret", "They agree with part of it",
     "I get them there. You will not take them off me over keys.", "with Steph beside her"),
)  # fmt: skip


def steph_agrees(story: Story) -> None:
    """Day 29: home from the rig, in writing; to each agency by name, and not to her employer."""
    story.clock.is_day(29)
    catherine = story.opens_family(story.catherine)
    catherine.presses("Record what the family agreed")
    catherine.chooses("Who agreed?", re.compile("^Steph")).writes(*LASTING)
    catherine.writes("On what day did they agree?", "today")
    catherine.chooses("How did you go through it", "Talking in person")
    catherine.chooses("Did they agree in writing?", re.compile("^Yes"))
    catherine.chooses(re.compile("^Staithes Lane"), "Yes")
    for line, agency in enumerate(("Health visiting", "Adult social care"), start=1):
        may_be_told(catherine, line, agency)
    catherine.writes("Someone else by name", "Steph’s and Mark’s employers")
    catherine.chooses("May they be told?", "No")
    catherine.writes("What is the help for?", "Mornings that work, and Margaret looked after too.")
    catherine.answers({**words("consent"), "explained": "everyone"})
    catherine.answers(TERMS).answers(TERMS)
    catherine.presses("Record the agreement").photographs("northumberland-agreement")
    catherine.sees("What Steph Robson agreed is recorded", "You said no to sharing with")
    story.opens_family(catherine).sees("Steph Robson agreed", "Not Steph’s and Mark’s employers")


def may_be_told(who: Person, line: int, agency: str) -> None:
    """Another agency, chosen from the list, with a yes."""
    field = who.main().locator(f'select[name$="agency_{line}"]')
    says = next(one for one in field.locator("option").all_inner_texts() if agency in one)
    field.select_option(label=says)
    who.main().locator(f'[name$="agency_{line}_shares"][value="yes"]').check(force=True)


def those_who_help_come_together(story: Story) -> None:
    """Day 30: whoever has a part of the picture can write it; whoever has none finds nothing."""
    story.clock.is_day(30)
    workers = ("Catherine Dodds", "Gillian Ord", "Lesley Thirlwell")
    joins_the_team(story.catherine, "Robson", workers, ("Steph", "Mark", "Margaret"))
    outsider = story.brings("edith.proud")
    outsider.cannot_open(story.catherine.page.url)
    outsider.goes_to("/families/").does_not_see("Robson")


def the_school_begins_the_assessment(story: Story) -> None:
    """Day 34: on the form of that day; each twin has a page of her own, by her first name."""
    story.clock.is_day(34)
    catherine = story.opens_family(story.catherine)
    catherine.presses("Begin the Early Help Assessment")
    story.first = catherine.page.url
    catherine.sees("What it all means", "The child: Amy Robson", "The child: Ava Robson")
    catherine.does_not_see("Where are we on the scale?")
    catherine.follows("Why now, and who was asked")
    writes_pages(catherine, until="The parent or carer", leaves="health")
    catherine.goes_to(story.first).sees("3 of ")


def writes_pages(who: Person, until: str = "Check and finish", leaves: str = "") -> None:
    """One page after another as the family told it, until a page of that title.

    A question that somebody else answers is left open for them.
    """
    while "/section/" in who.page.url:
        title = who.main().locator("h1").inner_text()
        if until in title:
            return
        about = next((name for name in NAMES if name in title), "")
        told = {key: says for key, says in words("assessment", about).items() if key != leaves}
        # Twice: some questions are asked only once another is answered.
        who.answers(told).answers(told)
        if who.page.get_by_label("Need 1", exact=True).count():
            names_the_needs(who)
        who.presses("Save and continue")


def names_the_needs(who: Person) -> None:
    """Each need on a line of its own; those that stand there already are left as they are."""
    for number, (need, area_of_life) in enumerate(NEEDS, 1):
        if not who.page.get_by_label(f"Need {number}", exact=True).count():
            who.presses("Add another line")
        if not who.page.get_by_label(f"Need {number}", exact=True).input_value():
            who.writes(re.compile(f"^Need {number}$"), need)
            life = re.compile(f"^Area of life.*of need {number}$", re.DOTALL)
            who.chooses(life, area_of_life)


def each_agency_adds_what_is_its_own(story: Story) -> None:
    """Day 36: the school nurse writes of Ava's wrist, adult services of Margaret herself."""
    story.clock.is_day(36)
    gillian, lesley = story.brings("gillian.ord"), story.brings("lesley.thirlwell")
    for twin, health in (("Amy", "Well, and her wrist was never broken."), ("Ava", AVA_HEALTH)):
        gillian.goes_to(story.first).follows(f"The child: {twin} Robson")
        says = gillian.page.get_by_label("What does the child say").input_value()
        assert says == words("assessment", twin)["child_words"]
        gillian.writes("Health and growing", health).presses("Save and continue")
    lesley.goes_to(story.first).follows("The parent or carer: Margaret Robson")
    told = {**words("assessment", "Margaret"), "own_needs": MARGARET_NEEDS}
    lesley.answers(told).answers(told).presses("Save and continue")
    written_by = lesley.goes_to(story.first).page.locator("aside, .ed-card")
    for name in ("Catherine Dodds", "Gillian Ord", "Lesley Thirlwell"):
        assert written_by.filter(has_text=name).count()


def the_form_changes_in_the_middle(story: Story) -> None:
    """Day 40: the area brings in its new form; what was begun on the older one stays on it."""
    story.clock.is_day(40)
    story.form_changes()
    catherine = story.catherine.goes_to(story.first)
    catherine.sees("What it all means", "The child: Ava Robson")
    catherine.does_not_see("Where are we on the scale?", "The child's voice")


def the_first_assessment_is_finished(story: Story) -> None:
    """Day 44: on the form it was begun on; Steph agrees, and Margaret's own view stands in it."""
    story.clock.is_day(44)
    catherine = story.opens_family(story.catherine)
    catherine.presses("Carry on with the Early Help Assessment")
    catherine.follows("The parent or carer: Mark Robson")
    writes_pages(catherine)
    catherine.goes_to(story.first).presses("Check and finish")
    catherine.sees("Every page is done", *(need for need, _ in NEEDS))
    catherine.presses("Finish the assessment")
    for who, agrees, said, how in VIEWS:
        catherine.follows("Add someone’s view").chooses("Whose view is it?", re.compile(who))
        catherine.chooses("Do they agree with what is written?", agrees)
        catherine.writes("What do they say?", said).writes("On what day", "today")
        catherine.writes("How did they give their view?", how).presses("Keep their view")
    catherine.sees(AVA_HEALTH, MARGARET_NEEDS, "You will not take them off me over keys")
    catherine.sees("Gillian Ord", "Lesley Thirlwell", "Agrees in part")
    story.first = catherine.page.url


def a_second_assessment_on_the_new_form(story: Story) -> None:
    """Day 96: what was told before has come along, also where the new form asks it elsewhere."""
    story.clock.is_day(96)
    catherine = story.opens_family(story.catherine)
    catherine.presses("Begin a further Early Help Assessment")
    story.second = catherine.page.url
    assert story.second != story.first
    catherine.sees("The child's voice: Ava Robson", "What are we worried about?")
    catherine.sees("Where are we on the scale?").does_not_see("What it all means")
    catherine.follows("What are we worried about?")
    catherine.sees("From what was written before")
    beneath = catherine.page.get_by_label("What lies beneath what is seen on top?")
    assert beneath.input_value() == words("assessment")["underneath"]
    catherine.goes_to(story.second).follows("Why now, and who was asked")
    writes_pages(catherine)
    story.clock.is_day(99)
    catherine.goes_to(story.second).presses("Check and finish").sees("Every page is done")
    catherine.presses("Finish the assessment").sees("Where are we on the scale?")
    story.second = catherine.page.url


def both_forms_read_right_side_by_side(story: Story) -> None:
    """Day 99: the older form and the new one, each with its own questions and every answer."""
    catherine = story.catherine.goes_to(story.second)
    catherine.follows("Early Help Assessment, 7 October 2025")
    catherine.sees_heading("Two assessments side by side")
    catherine.sees("version 1 of the form, begun on 7 October 2025")
    catherine.sees("version 2 of the form, begun on 8 December 2025")
    nothing = "Not asked in this version"
    # Asked in both, of each twin by herself; in the older form only; in the new one only.
    twins = "The child's voice: Ava Robson", "What does the child say"
    older, newer = both_sides(catherine, *twins)
    assert "We know when it is a bad day" in older
    assert "We know when it is a bad day" in newer
    older, newer = both_sides(catherine, "The parent or carer: Margaret", "What do they do for")
    assert "the toy library for thirty years" in older
    assert nothing in newer
    older, newer = both_sides(catherine, "Where are we on the scale?", "Where do you put things")
    assert nothing in older
    assert "5 out of 10" in newer
    # Asked on another page now: one line, with what the older form called its page.
    older, newer = both_sides(catherine, "What are we worried about?", "What lies beneath")
    assert words("assessment")["underneath"] in older
    assert words("assessment")["underneath"] in newer
    catherine.sees("In the older version under: What it all means")
    catherine.sees("In the older version: The child: Ava Robson")
    catherine.photographs("northumberland-two-forms")
    catherine.goes_to(story.first).sees("What it all means", MARGARET_NEEDS)
    catherine.goes_to(story.second).sees("Where are we on the scale?", MARGARET_NEEDS)


def both_sides(who: Person, page: str, asks: str) -> tuple[str, str]:
    """What stands in the older and in the newer assessment on the line of a question."""
    table = who.main().locator("table").filter(has=who.page.locator("caption", has_text=page))
    line = table.locator("tbody tr").filter(has=who.page.locator("th", has_text=asks))
    older, newer = line.locator("td").all_inner_texts()
    return older, newer
