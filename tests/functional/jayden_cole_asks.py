"""The Coles at the front door: advice, two requests on one day, and one more on day 400."""

import re

from tests.functional.jayden_cole_words import (
    BOXING,
    ELLIE,
    FAMILY,
    HOME,
    HOME_BY_NINE,
    JAYDEN,
    MISSING,
    RON,
    SCHOOL,
    SUSPENDED,
    TO_POLICE,
    TO_SCHOOL,
    TOLD_WHOM,
    TRACEY,
    Story,
    words,
)
from tests.functional.person import LASTING, TERMS, Person
from tests.functional.usual_ways import Someone, asks_for_support

ONE_FAMILY = re.compile(r"Families I see\s*1\b")


def _at_school(child: Someone) -> Someone:
    return Someone(child.relation, child.given_name, child.family_name, child.born, goes_to=SCHOOL)


def the_school_asks_and_is_advised(story: Story) -> None:
    """Eight months before day 0: advice is an answer, and it is kept."""
    asks_for_support(
        story.rachel,
        (_at_school(JAYDEN), _at_school(ELLIE), TRACEY, RON),
        HOME,
        {
            **words("request_1"),
            "worried_about": "A first suspension, late nights and new older friends.",
            "would_help": "Somebody to think with us.",
        },
    )
    story.rachel.sees("MASH")
    story.clock.goes_on(days=4)
    denise = story.denise
    denise.goes_to("/requests/").follows(re.compile("Jayden")).presses("Decide on this request")
    denise.sees("Nobody on record has the name and birth date")
    _decides(
        denise,
        level="Early help",
        fits=("first suspension",),
        answer="Advice and information",
        why="A mother who is on it and a school that has a plan. School's own help meets this.",
        told="Keep the Friday call to Tracey. If he goes missing, ring us the same day.",
    )
    story.rachel.goes_to("/requests/").follows(re.compile("Jayden"))
    story.rachel.sees("Advice and information", "Keep the Friday call to Tracey")


def police_and_school_ask_on_one_day(story: Story) -> None:
    """Day 0: a police notification at nine, and the school's request before noon."""
    story.clock.is_day(0, at="09:10")
    asks_for_support(
        story.lee,
        (JAYDEN, TRACEY),
        HOME,
        {
            "worried_about": "Found at 01:10 with boys of eighteen, the second time in a month.",
            "missing": "yes",
            "missing_times": "Twice in four weeks, at one and at three in the morning.",
            "parent_words": "Please, what do I do?",
            "would_help": "Someone he will talk to who is not a police officer.",
        },
    )
    story.clock.is_day(0, at="11:30")
    asks_for_support(
        story.rachel,
        (_at_school(JAYDEN), _at_school(ELLIE), TRACEY, RON),
        HOME,
        {
            "worried_about": "Missing twice in a month. Two suspensions. A new phone and no job.",
            "going_well": "Boxing twice a week, and he has never missed.",
            "suspended": "2",
            "attendance": "71 %",
            "child_words": "They are just mates.",
            "tried": "Eight months ago we asked and were advised; the Friday calls were kept.",
            "would_help": "One plan that police and school both keep to.",
            "trusted_person": "Joe, his boxing coach",
        },
    )


def one_family_and_both_are_told(story: Story) -> None:
    """Day 0, in the MASH: two requests, one family, one answer to each who asked."""
    story.clock.is_day(0, at="14:10")
    denise = story.denise.goes_to("/requests/").sees("MASH", "Asked before")
    school = denise.main().get_by_role("listitem").filter(has_text=SCHOOL)
    school.get_by_role("link").first.click()
    denise.presses("Decide on this request")
    # The earlier request, how long ago it was, and that advice was the answer.
    denise.sees("Another request about the same child is waiting too", "Police")
    denise.sees("was answered 7 months ago", "Advice and information", "The Cole family")
    denise.photographs("northamptonshire-two-requests")
    _are_known(denise, "Jayden", "Ellie", "Tracey", "Ron")
    _decides(
        denise,
        level="Targeted early help",
        fits=("Goes missing", SUSPENDED, "advice given before"),
        answer="Targeted early help led by a specialist team",
        why=f"“{MISSING}” Twice in a month, with boys of eighteen. Advice was not enough.",
        told=TO_SCHOOL,
        assessor="Marcus Boateng",
    )
    denise.sees("It rests on", MISSING)

    story.clock.is_day(0, at="14:40")
    denise.goes_to("/requests/").follows(re.compile("Jayden")).presses("Decide on this request")
    denise.sees("Help is offered", "nothing starts again")
    _are_known(denise, "Jayden", "Tracey")
    _decides(
        denise,
        level="Targeted early help",
        fits=("Goes missing",),
        answer="Targeted early help led by a specialist team",
        why="The same boy on the same day as the school's request: answered together.",
        told=TO_POLICE,
    )
    denise.goes_to("/requests/").sees("Nothing waits")

    for who, told in ((story.rachel, TO_SCHOOL), (story.lee, TO_POLICE)):
        who.goes_to("/requests/").follows(re.compile("Jayden"))
        who.sees("Targeted early help led by a specialist team", told)
    # Whoever asked knows that help is under way, and no more than that.
    story.lee.presses("Open the family’s page")
    story.lee.sees(TO_POLICE, "The rest of the record is kept from your role")
    story.lee.does_not_see("Boxing", "Reedham Street")


def repeat_requests_are_counted(story: Story) -> None:
    """The figures of the front door and of the team's manager: two of three came after advice."""
    for who in (story.denise, story.brings("colin.harrod")):
        who.goes_to("/requests/").sees(
            "2 of the 3 requests answered in the last 12 months were repeat requests, all of them "
            "after advice."
        )
        who.page.get_by_text("What counts as a repeat request").click()
        who.sees("answered in the 12 months before it was sent, whatever the answer was")
    story.denise.photographs("northamptonshire-asked-again")
    story.rachel.goes_to("/requests/").does_not_see("repeat request")


def the_family_is_one(story: Story) -> None:
    """The same day: three requests have made one family, and a stranger does not find it."""
    story.denise.goes_to("/families/").sees(ONE_FAMILY).follows(re.compile(FAMILY))
    story.family = story.denise.page.url
    story.brings("graeme.iliffe").cannot_open(story.family)


def tracey_agrees(story: Story) -> None:
    """Day 2, with Jayden there: with whom it may be shared, and with whom not."""
    story.clock.is_day(2)
    marcus = story.opens_family(story.marcus).presses("Record what the family agreed")
    marcus.chooses("Who agreed?", re.compile("Tracey")).writes(*LASTING)
    marcus.writes("On what day did they agree?", "today")
    marcus.chooses("How did you go through it", "Talking in person")
    marcus.chooses("Did they agree in writing?", re.compile("^Yes"))
    for whom in (SCHOOL, "Missing and exploited", "Adolescent"):
        marcus.chooses(re.compile(whom), "Yes")
    marcus.writes("Someone else by name", "Jayden’s father").chooses("May they be told?", "No")
    marcus.writes("What is the help for?", "To keep Jayden safe and in school.")
    marcus.ticks(
        "What did you explain?",
        re.compile("your choice"),
        re.compile("tell your story once"),
        re.compile("badly harmed"),
    )
    marcus.answers(TERMS).answers(TERMS)
    marcus.presses("Record the agreement").sees("What you agreed")
    story.opens_family(marcus).sees("Tracey Cole agreed", "Not Jayden’s father")


def asked_about_again_he_is_recognised(story: Story) -> None:
    """Day 400: the record knows him, what was done, and who led; nobody begins again."""
    story.clock.is_day(400, at="10:00")
    asks_for_support(
        story.rachel,
        (JAYDEN, TRACEY),
        HOME,
        {**words("request_3"), "would_help": "The plan he had."},
    )
    story.clock.is_day(400, at="14:30")
    denise = story.denise.goes_to("/requests/").sees("Asked before").follows(re.compile("Jayden"))
    denise.presses("Decide on this request").sees("Is this child known?", "The Cole family")
    denise.sees("No help is under way. It ended on 30 June 2026, at Universal. Marcus Boateng led.")
    denise.sees("Nothing told then need be told again", "was answered 13 months ago")
    _are_known(denise, "Jayden", "Tracey")
    _decides(
        denise,
        level="Targeted early help",
        fits=("found with older young people",),
        answer="Targeted early help led by a specialist team",
        why="Jayden was in early help until June. The plan he had is the start of this one.",
        told="We know Jayden. Nobody will ask him to begin again.",
        assessor="Marcus Boateng",
    )
    denise.goes_to("/requests/").sees("The one request answered in the last 12 months was a repeat")
    story.rachel.goes_to("/requests/").follows(re.compile("Jayden")).sees("We know Jayden.")


def nothing_is_asked_of_him_twice(story: Story) -> None:
    """The same day: one family still, with all that happened, and a yes that still stands."""
    denise = story.denise.goes_to("/families/").sees(ONE_FAMILY).follows(re.compile(FAMILY))
    assert denise.page.url == story.family
    denise.sees("closed at Universal on 30 June 2026 and came back at Targeted early help")
    denise.sees("Tracey Cole agreed", "Not Jayden’s father")
    denise.photographs("northamptonshire-came-back")
    denise.goes_to(f"{story.family}chronology")
    denise.sees("Advice and information", "Targeted early help led by a specialist team", TOLD_WHOM)
    denise.sees("Stepped down to Targeted early help", "Review held", "Closed: Needs are met")
    marcus = story.marcus.goes_to("/").sees("The answer of the Cole family to the offer of help")
    marcus.goes_to(story.plan).sees(HOME_BY_NINE, BOXING)
    story.brings("graeme.iliffe").cannot_open(story.family)
    story.brings("graeme.iliffe").cannot_open(story.plan)


def _are_known(denise: Person, *names: str) -> None:
    """The coordinator says who of the request is who on record."""
    denise.chooses("Which family is it?", re.compile("^The Cole"))
    for name in names:
        denise.chooses(re.compile(f"^Is {name} Cole"), re.compile(f"^Yes, {name}"))


def _decides(
    denise: Person,
    *,
    level: str,
    fits: tuple[str, ...],
    answer: str,
    why: str,
    told: str,
    assessor: str = "",
) -> None:
    denise.chooses("Which level fits?", level)
    denise.ticks(f"What in {level} fits", *map(re.compile, fits))
    denise.chooses("What happens now?", answer)
    if assessor:
        asks = "Who talks with the family and begins the early help assessment?"
        denise.chooses(asks, re.compile(assessor))
    denise.writes("Why this level and this answer?", why)
    denise.writes(f"What requester and family are told: {answer}", told)
    denise.presses("Decide and tell them").sees("What was decided", told)
