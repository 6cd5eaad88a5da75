"""The Robsons from the school's worry to the hub's decision, a step for each day."""

import re

from playwright.sync_api import Locator

from tests.functional.person import Person
from tests.functional.robson_twins_words import (
    ADULTS,
    BORN,
    COORDINATED,
    HOME,
    HUB,
    PICTURE,
    TASK,
    TWINS,
    Story,
)
from tests.functional.usual_ways import Someone, asks_for_support


def the_school_asks(story: Story) -> None:
    """Day 0: the early help referral says that there are twins, and how to tell them apart."""
    asks_for_support(
        story.catherine,
        (*TWINS, *ADULTS),
        HOME,
        {
            "worries": "Late on 38 mornings of 61. After a fall we were told Amy; it was Ava.",
            "strengths": "Girls who look after each other, and parents who ring every night.",
            "tried": "Late book, breakfast club, a call to Mark on Fridays.",
            "recent_event": "yes",
            "recent_event_what": "A broken wrist, Ava's and not Amy's.",
            "child_words": "Amy: “Gran thinks it is Sunday.” Ava: “We get her coat.”",
            "who_cares": "Margaret, who is seventy-four and growing forgetful.",
            "same_names": "yes",
            "same_names_detail": "One birthday, one class. Ask for the first name each time.",
            "who_comes": "Catherine Dodds",
            "your_level": "hub",
            "could_lead": "yes",
        },
    ).sees("First Contact")


def it_goes_to_the_locality_hub(story: Story) -> None:
    """Day 1: no one agency can see it all."""
    story.clock.is_day(1)
    moira = story.brings("moira.hedley")
    moira.goes_to("/requests/").follows(re.compile("Amy")).presses("Decide on this request")
    moira.sees("Nobody on record has the name and birth date", "One birthday, one class")
    _sends_to_the_hub(moira, "Four agencies have a piece of it and nobody has the whole.")
    moira.sees("a school always comes when its child is discussed")


def one_twin_is_told_from_the_other(story: Story) -> None:
    """The same day the hospital asks about Ava: both twins are offered, and Ava is chosen."""
    moira = story.brings("moira.hedley")
    asks_for_support(
        story.brings("andrea.bolam"),
        (Someone("Child", "Ava", "Robson", BORN),),
        HOME,
        {
            "worries": "A broken wrist that was written down as her sister's.",
            "strengths": "She was brave, and her sister held her other hand.",
            "tried": "Told the school.",
        },
    )
    story.clock.goes_on(hours=2)
    moira.goes_to("/requests/").follows(re.compile("Ava")).presses("Decide on this request")
    moira.sees("perhaps a twin", "same birthday")
    moira.chooses("Which family is it?", re.compile("^The Robson"))
    moira.chooses(re.compile("^Is Ava Robson"), re.compile("^Yes, Ava Robson"))
    moira.photographs("northumberland-twins")
    _sends_to_the_hub(moira, "The same Ava, who is with the hub already.")
    moira.goes_to("/families/").sees("Families I see 1", "Amy and Ava")


def _sends_to_the_hub(moira: Person, why: str) -> None:
    moira.chooses("Which level fits?", COORDINATED)
    fits = map(re.compile, ("^No one agency", "^Lateness", "^Day-to-day care"))
    moira.ticks(f"What in {COORDINATED} fits", *fits)
    moira.chooses("What happens now?", "Early help locality hub")
    moira.chooses(re.compile("^Which meeting"), re.compile(HUB))
    moira.writes("Why this level and this answer?", why).presses("Decide and tell them")
    moira.sees("What was decided", "Early help locality hub", why)


def four_agencies_are_asked(story: Story) -> None:
    """Day 3: the sitting is planned, and the full picture is asked for beforehand."""
    story.clock.is_day(3)
    stephen = story.brings("stephen.wardle")
    _plans_a_sitting(stephen, story.clock.day(13))
    stephen.follows(re.compile("Robson")).presses("Ask agencies what they know")
    asked = ("^Health visiting", "Police", "^Adult social care", "^Family support")
    stephen.ticks("Who should bring what they know?", *map(re.compile, asked)).presses("Ask them")


def the_full_picture_is_gathered(story: Story) -> None:
    """Days 6 to 9: each says what it knows; the record stays closed to them."""
    for day, (name, knows) in enumerate(PICTURE.items(), start=6):
        story.clock.is_day(day)
        one = story.brings(name)
        one.goes_to("/panels/").follows(re.compile("Robson"))
        one.sees("The family’s record stays closed").does_not_see("Dolphin Quay")
        one.writes("What does your agency know", knows).presses("Save what we know")


def without_the_school_it_is_put_off(story: Story) -> None:
    """Day 13: the school asked and is not there: the absence shows, and nothing is decided."""
    story.clock.is_day(13, at="12:00")
    stephen = story.brings("stephen.wardle")
    _records_who_came(stephen, absent="Schools and colleges")
    stephen.sees("4 of 4 agencies have told what they know", "Not there: Schools and colleges")
    stephen.follows(re.compile("Robson"))
    stephen.sees("Schools and colleges asked and was not there", *PICTURE.values())
    stephen.does_not_see("Record what the panel decided").photographs("northumberland-absent")
    stephen.presses("Put it off")
    stephen.writes("Why is it put off?", "Nobody else could say which twin was late when.")
    _sends(stephen)
    _plans_a_sitting(stephen, story.clock.day(27)).sees("Put off once")


def with_the_school_it_is_decided(story: Story) -> None:
    """Day 27: the school leads the assessment, and adult services see the grandmother."""
    story.clock.is_day(27, at="12:00")
    stephen = story.brings("stephen.wardle")
    _records_who_came(stephen)
    stephen.sees("0 of 1").follows(re.compile("Robson")).presses("Record what the panel decided")
    stephen.chooses("What does the panel decide?", "Several agencies help together")
    stephen.chooses("Who talks to the family and begins?", re.compile("Catherine Dodds"))
    stephen.chooses("Which level is it?", COORDINATED)
    stephen.writes("Why does the panel decide so?", "The school leads; it does not do it all.")
    stephen.chooses("Task 1: which agency?", "Adult social care")
    stephen.writes("Task 1: what will it do?", TASK).writes("Task 1: by when?", story.clock.day(48))
    _sends(stephen)
    stephen.sees("The panel’s decision is recorded", "Several agencies help together", TASK)
    lesley = story.brings("lesley.thirlwell").goes_to("/panels/")
    lesley.sees("Your agency has said it will do", TASK)


def _plans_a_sitting(stephen: Person, on: str) -> Person:
    stephen.goes_to("/panels/").follows(re.compile(f"^Plan a sitting of {HUB}"))
    return stephen.writes("When does it sit?", on).presses("Plan this sitting")


def _records_who_came(stephen: Person, absent: str = "") -> None:
    stephen.goes_to("/panels/").follows(re.compile("^(16|30) September"))
    stephen.presses("Record who was there")
    for seat in stephen.main().locator("fieldset").all():
        came = "Did not come" if absent and _begins(seat, absent) else "Came"
        seat.get_by_label(came, exact=True).check()
    stephen.presses("Record who was there")


def _begins(seat: Locator, name: str) -> bool:
    return seat.inner_text().strip().startswith(name)


def _sends(stephen: Person) -> None:
    stephen.main().locator("form button[type=submit]").last.click()
    stephen.page.wait_for_load_state()
