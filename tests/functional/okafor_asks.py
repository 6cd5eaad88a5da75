"""The Okafors from the midwife's first worry to the assessment, a step for each day."""

import re

from tests.functional.okafor_words import (
    BIRTH,
    BUMP,
    EMEKA_SAYS,
    FAMILY,
    HOME,
    LORRAINE_OFFERS,
    NAMES,
    NEEDS,
    NGOZI_SAYS,
    ONE_AGENCY,
    SEVERAL,
    TOM_OFFERS,
    Story,
    words,
)
from tests.functional.person import LASTING, TERMS, Person
from tests.functional.usual_ways import Someone, asks_for_support, joins_the_team


def the_midwife_asks(story: Story) -> None:
    """Day 0: two children, and one of them is not born yet."""
    due = story.clock.day(BIRTH)
    family = (
        Someone("Child", "Baby", FAMILY, due=due, more={"first_language": "Igbo"}),
        Someone("Child", "Chidi", FAMILY, "2 August 2022", goes_to="Little Pebbles"),
        Someone(
            "Mother", "Ngozi", FAMILY, "14 April 1994",
            more={"first_language": "Igbo", "needs_interpreter": "yes"},
        ),
        Someone("Father", "Emeka", FAMILY, "30 January 1990", more={"first_language": "Igbo"}),
    )  # fmt: skip
    asks_for_support(
        story.hannah,
        family,
        HOME,
        {
            "worries": "Low mood for six weeks. Mould where Chidi sleeps. Arrears of £612.",
            "strengths": "Two parents who talk to each other, and a church that brings soup.",
            "child_words": "Chidi, of the bump: “Baby sleeping.”",
            "parent_words": "Ngozi: “I want to be glad about her and I am only tired.”",
            "expecting": "yes",
            "due_date": due,
            "home_and_money": ["damp_or_unsafe", "arrears"],
            "help_wanted": "Someone to speak for them to the landlord, and company for Ngozi.",
            "interpreter": "yes",
            "interpreter_for": "Igbo, for Ngozi, at meetings",
        },
    )


def one_agency_is_enough_at_first(story: Story) -> None:
    """Day 0, afternoon: midwifery alone, at level 2a."""
    story.clock.is_day(0, at="14:00")
    deborah = story.brings("deborah.yeo")
    deborah.goes_to("/requests/").follows(re.compile("Chidi")).presses("Decide on this request")
    deborah.sees("Due date", story.clock.day(BIRTH), "Needs an interpreter")
    deborah.chooses("Which level fits?", ONE_AGENCY)
    deborah.ticks(
        "What in Level 2a", re.compile("^An expectant or new"), re.compile("^One practical")
    )
    deborah.chooses("What happens now?", "Help from one agency")
    deborah.chooses("Which agency helps?", re.compile("midwifery", re.IGNORECASE))
    deborah.chooses("Who in that agency?", re.compile("Hannah Bryant"))
    deborah.writes("Why this level and this answer?", "A mood that midwifery can support.")
    deborah.presses("Decide and tell them")
    hannah = story.opens_family(story.hannah)
    hannah.sees(ONE_AGENCY, "Not yet born, due 10 December 2025")
    story.family = hannah.page.url


def more_help_is_offered(story: Story) -> None:
    """Day 1: mood and housing together are more than one agency can answer."""
    story.clock.is_day(1)
    hannah = story.opens_family(story.hannah).follows("Change the level")
    hannah.chooses("Which level fits now?", SEVERAL)
    hannah.writes("Why?", "Mood, damp and arrears are one thing; midwifery cannot answer them.")
    hannah.presses("Change the level").presses("Offer more help")
    hannah.sees("Nothing it told before is asked again")
    hannah.writes("Why offer more help now?", "Ngozi wants it.").presses("Offer it")
    hannah.sees(f"came in at {ONE_AGENCY}", f"stepped up to {SEVERAL}")


def ngozi_agrees(story: Story) -> None:
    """Day 2: informed, explicit and in writing, with an interpreter."""
    story.clock.is_day(2)
    hannah = story.opens_family(story.hannah).presses("Record what the family agreed")
    hannah.chooses("Who agreed?", re.compile("^Ngozi")).writes(*LASTING)
    hannah.writes("On what day did they agree?", "today")
    hannah.chooses("How did you go through it", "Talking in person")
    hannah.ticks("What was used so that they could take it in?", "An interpreter")
    hannah.writes("Into which language?", "Igbo").answers(TERMS).answers(TERMS)
    hannah.chooses("Did they agree in writing?", "Yes, they signed or wrote it down")
    hannah.chooses("Little Pebbles Nursery", "Yes").chooses("Weston community midwives", "Yes")
    for line, agency in enumerate(("Weston health visiting team", "housing advice"), start=1):
        names_an_agency(hannah, line, agency)
    hannah.writes("Someone else by name", "Emeka’s employer")
    hannah.chooses("May they be told?", "No")
    hannah.writes("What is the help for?", "To plan together before the baby comes.")
    hannah.answers({"understood": "everyone", "interpreter": "yes", "unborn": "yes"})
    hannah.answers({"language": "Igbo, for meetings"}).presses("Record the agreement")
    hannah.sees("What Ngozi Okafor agreed is recorded", "You said no to sharing with")
    story.opens_family(hannah).sees("Ngozi Okafor agreed", "Not Emeka’s employer")


def names_an_agency(hannah: Person, line: int, agency: str) -> None:
    """One more agency that the family says yes to."""
    field = hannah.main().locator(f'select[name$="agency_{line}"]')
    says = next(one for one in field.locator("option").all_inner_texts() if agency in one)
    field.select_option(label=says)
    hannah.main().locator(f'[name$="agency_{line}_shares"][value="yes"]').check(force=True)


def nobody_else_finds_them(story: Story) -> None:
    """Day 2: a teacher of another school finds nothing."""
    story.brings("frances.gill").cannot_open(story.family)


def each_writes_their_own_part(story: Story) -> None:
    """Days 5 to 12: whoever is not in the team finds nothing; who is, writes what is theirs."""
    story.clock.is_day(5)
    hannah = story.opens_family(story.hannah).presses("Begin the Early Help Assessment (CAF)")
    story.assessment = hannah.page.url
    tom, lorraine = story.tom, story.brings("lorraine.pike")
    for one in (tom, lorraine):
        one.cannot_open(story.assessment)
    story.clock.is_day(12)
    team = ("Hannah Bryant", "Tom Weller", "Lorraine Pike", "Gemma Parfitt")
    joins_the_team(hannah, FAMILY, team, ("Ngozi", "Emeka"))
    parts = (
        (tom, "From the health visitor", {"mood_asked": "yes", "offer": TOM_OFFERS}),
        (
            lorraine,
            "From the housing officer",
            {"tenure": "association", "condition": ["damp"], "offer": LORRAINE_OFFERS},
        ),
    )
    for one, title, says in parts:
        one.goes_to(story.assessment).follows(title)
        one.answers(says).answers(says).presses("Save and continue")
    hannah.goes_to(story.assessment).sees("2 of 15 pages done")
    who_wrote_what_is_kept(hannah)
    hannah.follows("Read all of it").sees(TOM_OFFERS, LORRAINE_OFFERS)
    hannah.photographs("north-somerset-own-parts")


def who_wrote_what_is_kept(hannah: Person) -> None:
    """Beside each contributor's part stands the contributor."""
    for name, title in (
        ("Tom Weller", "From the health visitor"),
        ("Lorraine Pike", "From the housing officer"),
    ):
        row = hannah.main().get_by_role("listitem").filter(has_text=title)
        assert name in row.first.inner_text()


def the_rest_is_written(story: Story) -> None:
    """Day 19: Think Family: a page for each child and each adult, the unborn and the father too."""
    story.clock.is_day(19)
    hannah = story.hannah.goes_to(story.assessment)
    for page in ("In the child's own words", "Development of the baby"):
        for child in ("Baby", "Chidi"):
            row = hannah.main().get_by_role("listitem").filter(has_text=page)
            assert row.filter(has_text=child).count(), f"{child} has no page “{page}”"
    hannah.follows("The family and how we begin")
    pages = 0
    while "/section/" in hannah.page.url and pages < 20:
        heading = " ".join(hannah.page.locator("h1, .govuk-caption-l").all_inner_texts())
        section = hannah.page.url.split("/section/")[1].split("/")[0]
        about = next((name for name in NAMES if name in heading), "")
        if not section.endswith("_part"):  # what others have written stays theirs
            said = words("assessment", section, about)
            hannah.answers(said).answers(said)
        if hannah.page.get_by_label("Need 1", exact=True).count():
            the_needs_are_named(hannah)
        hannah.presses("Save and continue")
        pages += 1
    assert pages == 15
    hannah.sees("Every page is done", *(need for need, _ in NEEDS))
    who_wrote_what_is_kept(hannah.goes_to(story.assessment).sees("15 of 15 pages done"))


def the_needs_are_named(hannah: Person) -> None:
    """Five needs, each with its area of life, on a page that begins with room for three."""
    for number, (need, area_of_life) in enumerate(NEEDS, 1):
        if not hannah.page.get_by_label(f"Need {number}", exact=True).count():
            hannah.presses("Add another line")
        hannah.writes(re.compile(f"^Need {number}$"), need)
        hannah.chooses(re.compile(f"^Area of life.*of need {number}$", re.DOTALL), area_of_life)


def both_parents_read_it(story: Story) -> None:
    """Day 19: finished; Ngozi with the interpreter, Emeka after his sleep."""
    hannah = story.hannah.goes_to(story.assessment).presses("Check and finish")
    hannah.presses("Finish the assessment").sees("Its needs are ready for the")
    for who, said, how in (
        ("Ngozi Okafor", NGOZI_SAYS, "In person, with an interpreter"),
        ("Emeka Okafor", EMEKA_SAYS, "In person, after two in the afternoon"),
    ):
        hannah.follows("Add someone’s view").chooses("Whose view is it?", re.compile(who))
        hannah.chooses("Do they agree with what is written?", "Yes, they agree")
        hannah.writes("What do they say?", said).writes("On what day", "today")
        hannah.writes("How did they give their view?", how).presses("Keep their view")
    hannah.sees(NGOZI_SAYS, EMEKA_SAYS, "with an interpreter", BUMP, TOM_OFFERS, LORRAINE_OFFERS)
    hannah.photographs("north-somerset-assessment-read")
