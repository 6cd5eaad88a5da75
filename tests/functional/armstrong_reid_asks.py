"""The Armstrong-Reids from the first worry to the assessment, a step for each day."""

import re

from tests.functional.armstrong_reid_words import (
    ADDRESS,
    CARELESS,
    DANIEL_SAYS,
    FAMILY,
    NAMES,
    NEEDS,
    NURSERY,
    POSTCODE,
    SECRETS,
    SOPHIE_SAYS,
    Story,
    words,
)
from tests.functional.person import LASTING, TERMS, Person


def a_worry_is_talked_over(story: Story) -> None:
    """Day 0: the SENCO asks an early help officer for advice, and gets it."""
    priya = story.priya
    priya.presses("Ask for advice").sees("You will have an answer within two working days")
    priya.writes("What is it about?", "A girl in year 3 who speaks little and misses Mondays")
    priya.answers(words("conversation")).presses("Ask for advice")

    story.clock.goes_on(hours=5)
    marion = story.brings("marion.tyson")
    marion.follows(re.compile("A girl in year 3"), within="body")
    marion.sees("talks in two or three words")
    marion.writes(
        "Your advice",
        "Start an Early Help Assessment – Signs of Wellbeing and Success – with her mother. "
        "Because she moved away from someone, ask her first, on her own, what must be kept "
        "from whom.",
    )
    marion.chooses("What should they do next?", "Ask for support for the family")
    marion.presses(re.compile("advice|Send", re.IGNORECASE))


def support_is_asked_for(story: Story) -> None:
    """Day 2: Priya reads the advice, and begins a request from it."""
    story.clock.is_day(2)
    priya = story.priya.goes_to("/").follows(re.compile("A girl in year 3"))
    priya.sees("Start an Early Help Assessment", "Marion Tyson")
    priya.presses("Ask for support").sees("Not sent yet")
    story.request = priya.page.url


def the_request_is_written(story: Story) -> None:
    """The same day: the whole family is in it, and what the family says."""
    priya = story.priya
    priya.follows("Is a child in danger, and does the family know?")
    priya.chooses("Is a child suffering", "No")
    priya.chooses("Does the family know", "Yes, and they agree").presses("Save and continue")
    priya.presses("Add someone")
    home = {"home": ADDRESS, "postcode": POSTCODE, "lives_here": "yes"}
    names(priya, "Child", "Sophie", "Armstrong", "3 March 2018", **home)
    priya.chooses("School, nursery", re.compile("St Bega")).presses("Save")
    priya.presses("Add someone else")
    names(priya, "Child", "Leo", "Armstrong", "17/6/22", **home)
    priya.chooses("School, nursery", re.compile(NURSERY)).presses("Save")
    priya.presses("Add someone else")
    names(priya, "Mother", "Kelly", "Armstrong", "21 September 1995", parental_responsibility="yes",
          first_language="English", phone="07700 900118", **home)  # fmt: skip
    priya.presses("Save").presses("Add someone else")
    names(priya, "Father", "Daniel", "Reid", "11.2.1992", parental_responsibility="yes",
          lives_here="no", home="31 Petteril Terrace, Carlisle", postcode="CA1 0ZZ")  # fmt: skip
    priya.presses("Save").presses("Add someone else")
    names(priya, "Grandparent", "Jean", "Reid", "5 November 1963", parental_responsibility="no",
          lives_here="no", home="2 Scotch Yard, Carlisle", postcode="CA3 0ZZ")  # fmt: skip
    priya.presses("Save").sees("Sophie Armstrong", "Jean Reid").presses("Continue")

    while "/about/" in priya.page.url:
        priya.answers(words("request")).presses("Save and continue")
    priya.sees(SOPHIE_SAYS, "84").photographs("request-check")
    priya.presses("Send the request").sees("Your request is sent")


def names(priya: Person, who: str, given: str, family: str, born: str, **more: str) -> None:
    """One person of the request."""
    priya.chooses("Who are they in the family?", who)
    priya.writes("First name", given).writes("Family name", family)
    priya.writes("Date of birth", born)
    # The page has filled in the home of the one before.
    priya.writes("Address", more.pop("home")).writes("Postcode", more.pop("postcode"))
    priya.answers(more)


def the_front_door_decides(story: Story) -> None:
    """Day 2: beside the area's levels, with a reason, and the places are kept from Daniel."""
    story.clock.is_day(2, "13:00")
    graham = story.brings("graham.postlethwaite")
    graham.goes_to("/requests/").follows(re.compile("Sophie"))
    graham.presses("Decide on this request").presses("I am looking at this one")
    graham.sees("Nobody on record has the name and birth date", SOPHIE_SAYS)
    graham.sees("Thriving", "Getting help", "Getting more help")
    graham.chooses("Which level fits?", "Getting help")
    graham.ticks("What in Getting help fits this family?", re.compile("^Speech, language"),
                 re.compile("^Attendance is slipping"))  # fmt: skip
    graham.chooses("What happens now?", re.compile("team around the family", re.IGNORECASE))
    graham.chooses("Who talks with the family and begins", re.compile("Priya Nair"))
    graham.writes(
        "Why this level and this answer?",
        "Two needs that touch each other, speech and attendance, and one agency cannot answer "
        "them. Kelly asks for help herself; there is no sign of significant harm.",
    )
    graham.photographs("triage").presses("Decide and tell them")


def the_places_are_kept_from_daniel(story: Story) -> None:
    """The same day: what the father must not learn is marked before anything else is written."""
    graham = story.opens_family(story.brings("graham.postlethwaite"))
    story.family = graham.page.url
    for name, place in (("Sophie", "Bransty"), ("Leo", "Bransty"), ("Leo", NURSERY),
                        ("Kelly", "Bransty")):  # fmt: skip
        graham.goes_to(story.family).follows(f"{name} Armstrong")
        graham.follows(re.compile(f"Keep it private from someone.*{place}"))
        graham.chooses("Who must not learn of it?", "Daniel Reid")
        graham.writes("Why?", "Domestic abuse before the separation. He must not learn it from us.")
        graham.presses("Keep it private").sees("is kept private from Daniel Reid")
    graham.goes_to(story.family).follows("Add something")
    graham.writes(
        "What should everyone be careful of?",
        "Ring Kelly between half past nine and half past two, and leave no message. Nothing that "
        "names the home or Leo's nursery goes to the children's father.",
    )
    graham.presses("Save").sees("Ring Kelly between", "private")
    graham.photographs("family-kept-private")


def kelly_agrees(story: Story) -> None:
    """Day 2: in writing; school, the 0-19 service and the nursery, and not Daniel's GP."""
    story.clock.is_day(2, "14:30")
    priya = story.priya.goes_to("/requests/").follows(re.compile("Sophie"))
    priya.sees("Getting help").presses("Open the family’s page")
    priya.presses("Record what the family agreed")
    priya.chooses("Who agreed?", re.compile("Kelly Armstrong")).writes(*LASTING)
    priya.writes("On what day did they agree?", "today")
    priya.chooses("How did you go through it", "Talking in person")
    priya.chooses("Did they agree in writing?", re.compile("^Yes"))
    priya.chooses("Little Harbour Nursery", "Yes").chooses("St Bega's Primary School", "Yes")
    priya.chooses("Another agency", re.compile("Healthy Child Programme.*Whitehaven"))
    priya.chooses("May it be told?", "Yes")
    priya.writes("Someone else by name", "Daniel’s GP").chooses("May they be told?", "No")
    priya.writes("What is the help for?", "Speech, school, and bedtimes without shouting.")
    priya.ticks("What did you explain?", "Early help is voluntary", "They can withdraw")
    priya.answers(TERMS).answers(TERMS)
    priya.answers(words("consent")).photographs("agreement").presses("Record the agreement")
    priya.sees("Kelly Armstrong", "Harbour View Clinic", "You said no to sharing with")
    priya.sees("Daniel’s GP")


def nobody_else_finds_them(story: Story) -> None:
    """Who may be told stands beside who may not; a teacher of another school finds nothing."""
    priya = story.opens_family(story.priya)
    priya.sees("Not Daniel’s GP", "Little Harbour Nursery").follows("The agreement in full")
    agreement = priya.page.url
    tom = story.brings("tom.hodgson")
    for address in (story.family, f"{story.family}chronology", agreement):
        tom.cannot_open(address)
    tom.goes_to("/families/").does_not_see(FAMILY)
    tom.writes("Find a family", "Sophie Armstrong").presses("Find")
    tom.does_not_see("Whitehaven", "Bransty", "7 years old")


def the_assessment_is_made(story: Story) -> None:
    """Days 5 to 12: with the whole family; everyone's words and number stay their own."""
    story.clock.is_day(5)
    priya = story.opens_family(story.priya).presses(re.compile("^Begin the"))
    story.assessment = priya.page.url
    priya.sees_heading("Early Help Assessment").photographs("assessment-tasks")
    priya.follows("The conversation")
    pages = 0
    while "/section/" in priya.page.url and pages < 30:
        about = " ".join(priya.page.locator("h1, .govuk-caption-l").all_inner_texts())
        who = next((name for name in NAMES if name in about), "")
        priya.answers({"read_it": "some", **words("assessment", who), **CARELESS})
        if priya.page.get_by_label("Need 1", exact=True).count():
            the_needs_are_named(priya)
        priya.presses("Save and continue")
        pages += 1
    priya.sees("Every page is done").photographs("assessment-check")


def the_needs_are_named(priya: Person) -> None:
    """Five needs, each with its area of life, on a page that begins with room for three."""
    for number, (need, area_of_life) in enumerate(NEEDS, 1):
        if not priya.page.get_by_label(f"Need {number}", exact=True).count():
            priya.presses("Add another line")
        priya.writes(re.compile(f"^Need {number}$"), need)
        priya.chooses(re.compile(f"^Area of life.*of need {number}$", re.DOTALL), area_of_life)


def each_view_stays_their_own(story: Story) -> None:
    """Day 12: finished; Daniel was asked by telephone, and what he disputes stays as his."""
    story.clock.is_day(12)
    priya = story.opens_family(story.priya).presses(re.compile("^Carry on with the"))
    priya.presses("Check and finish").sees("Every page is done").presses("Finish the assessment")
    for who, agrees, said, how in (
        ("Kelly Armstrong", "Yes, they agree", "It is fair. You put the good things first.", "met"),
        ("Daniel Reid", "They agree with part of it", DANIEL_SAYS, "by telephone"),
    ):
        priya.follows("Add someone’s view").chooses("Whose view is it?", re.compile(who))
        priya.chooses("Do they agree with what is written?", agrees)
        priya.writes("What do they say?", said).writes("On what day", "today")
        priya.writes("How did they give their view?", how).presses("Keep their view")
    priya.sees(SOPHIE_SAYS, DANIEL_SAYS, "Daniel Reid", "by telephone", "Agrees in part")
    scales_stand_side_by_side(priya)
    priya.sees(*CARELESS.values()).photographs("assessment-read")
    story.assessment = priya.page.url
    daniels_copy_is_safe(priya.follows("Copy for Daniel Reid"))


def scales_stand_side_by_side(priya: Person) -> None:
    """Kelly 4, Priya 5, Sophie 6, Daniel 7: nobody's number takes another's place."""
    read_out = priya.main().inner_text()
    for title, number in (
        ("The child's own voice: Sophie Armstrong", 6),
        ("Parents and carers: Kelly Armstrong", 4),
        ("Parents and carers: Daniel Reid", 7),
        ("Scaling and putting it together", 5),
    ):
        part = read_out.partition(f"\n{title}\n")[2].partition("Written last by")[0]
        assert f"{number} out of 10" in part, f"{title} does not stand at {number}"


def daniels_copy_is_safe(priya: Person) -> None:
    """A paper made for Daniel: his own words, and not where Kelly lives or where Leo goes."""
    priya.sees("Daniel Reid", DANIEL_SAYS, "ten minutes on foot")
    keeps_the_secrets(priya)
    paper = on_paper(priya)
    assert DANIEL_SAYS in paper
    for left_out in ("domestic abuse, now", "who must not learn it", "Kelly Armstrong agrees"):
        assert left_out.lower() not in paper.lower()
    priya.photographs("assessment-copy-for-daniel")


def on_paper(who: Person) -> str:
    """What the page says when it is printed."""
    who.page.emulate_media(media="print")
    text = who.page.locator("body").inner_text()
    who.page.emulate_media(media="screen")
    return text


def keeps_the_secrets(who: Person) -> None:
    """Neither what is shown nor what the page carries unseen gives a kept place away."""
    for text in (who.page.content(), who.page.locator("body").inner_text()):
        for secret in SECRETS:
            assert secret.lower() not in text.lower(), f"{secret!r} stands on {who.page.url}"
