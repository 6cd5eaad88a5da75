"""The Armstrong-Reid family, in Cumbria: separated parents, and a place to keep safe.

Walked whole, from the first worry to six months after the end. Kelly's address and the name of
Leo's nursery must never reach the children's father, who may see much of the rest.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest

from earlydoors.simulation.pages import read
from tests.functional.conftest import Cast, Clock, LetsIn
from tests.functional.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FAMILY = "Armstrong"
ADDRESS = "7 Bransty Steps, Whitehaven"
POSTCODE = "CA28 0ZZ"
NURSERY = "Little Harbour Nursery"
# What must not reach Daniel, down to the parts that would give it away.
# The name of the nursery's worker leads to the nursery.
SECRETS = ("Bransty", "CA28 0ZZ", "CA280ZZ", "Little Harbour", "Megan Lister")
SOPHIE_SAYS = "I like it when it is quiet and Mummy reads."
DANIEL_SAYS = (
    "I do not agree about attendance. When she is with me she is full of beans; I think she is "
    "kept off when she could go."
)
NAMES = ("Sophie", "Leo", "Kelly", "Daniel", "Jean")
# What someone writes without thinking of who else will read it.
CARELESS = {
    "routines": f"Leo is at {NURSERY} by nine, ten minutes on foot from Bransty Steps.",
    "home": f"{ADDRESS}: two bedrooms, warm and dry. Postcode ca280zz.",
}
NEEDS = (
    ("Sophie needs help to speak so that others understand her", "Learning and attendance"),
    ("Sophie needs Monday mornings that she can manage", "Learning and attendance"),
    ("Both children need evenings without shouting", "Parenting and routines"),
    ("Kelly needs rest and someone to talk to", "Parents' and carers' own wellbeing"),
    ("The family's whereabouts need to stay safe", "Safety"),
)
# The areas of life that are talked about in numbers.
SCORED = ("Learning and attendance", "Parenting and routines", "Safety")
TEXTS: dict[str, Any] = read("texts", "armstrong_reid.yaml")


@dataclass(frozen=True)
class Deed:
    """Something to do: what, who, and by which day of the story."""

    what: str
    who: str
    by: int
    service: str = ""


@dataclass(frozen=True)
class Outcome:
    """What someone of the family wants to be different."""

    words: str
    whose: str
    area: str
    needs: tuple[str, ...]
    deeds: tuple[Deed, ...]


OUTCOMES = (
    Outcome(
        "Bedtimes without shouting", "Kelly Armstrong", "Parenting and routines",
        ("evenings", "rest"),
        (
            Deed("Tea, bath and two books, with the picture chart on the door",
                 "Kelly Armstrong", 33),
            Deed(f"Visit twice at bath time at {ADDRESS}, and think it through with Kelly",
                 "Ruth Iredale", 40),
            Deed("Have both children for one Saturday afternoon a month",
                 "Jo, Kelly's sister", 61),
        ),
    ),
    Outcome(
        "Sophie can say what she needs and be understood", "Sophie Armstrong",
        "Learning and attendance", ("help to speak",),
        (
            Deed("Ask for speech and language therapy, and ring every second Friday until it "
                 "begins", "Priya Nair", 26, service="Speech and language therapy"),
            Deed("Talk group three times a week", "Priya Nair", 103),
        ),
    ),
    Outcome(
        "Mondays like other days", "Kelly Armstrong", "Learning and attendance", ("Monday",),
        (
            Deed("Keep Sunday evenings quiet and lay out the clothes", "Kelly Armstrong", 54),
            Deed(f"Bring Leo to {NURSERY} ten minutes early on Mondays, so that Kelly can walk "
                 "Sophie in", "Megan Lister", 40),
        ),
    ),
)  # fmt: skip


@dataclass
class Story:
    """Who is here, what day it is, and where on the site the family is."""

    clock: Clock
    person: Cast
    priya: Person
    lets_in: LetsIn
    here: dict[str, Person] = field(default_factory=dict)
    family: str = ""
    request: str = ""
    assessment: str = ""
    plan: str = ""

    def brings(self, username: str) -> Person:
        """Someone of the partnership, at the screen where they have been before."""
        if username not in self.here:
            self.here[username] = self.person(username)
        return self.here[username]

    def opens_family(self, who: Person) -> Person:
        """Find the family by name, as everyone does."""
        return who.goes_to("/families/").follows(re.compile(FAMILY))


def words(form: str, about: str = "") -> dict[str, Any]:
    """The family's story as it is written into a form: what is said of one person goes first."""
    told = {key: value for key, value in TEXTS[form].items() if "@" not in key}
    own = {k.split("@")[0]: v for k, v in TEXTS[form].items() if k.endswith(f"@{about}") and about}
    return {
        key: plain(value)
        for key, value in (told | own).items()
        if not isinstance(value, list) or all(isinstance(one, str) for one in value)
    }


def plain(value: Any) -> Any:
    """A text as it is typed: with the area's words in their places."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return [plain(one) for one in value]
    named = {"asks": "Priya Nair", "lead": "lead professional", "health": "Ruth Iredale"}
    text = str(value)
    for name, says in {**named, "team": "team around the family"}.items():
        text = text.replace(f"{{{name}}}", says)
    return text


def test_the_armstrong_reid_family(person: Cast, clock: Clock, lets_in: LetsIn) -> None:
    story = Story(clock, person, person("priya.nair"), lets_in)
    a_worry_is_talked_over(story)
    support_is_asked_for(story)
    the_request_is_written(story)
    the_front_door_decides(story)
    the_places_are_kept_from_daniel(story)
    kelly_agrees(story)
    nobody_else_finds_them(story)
    the_assessment_is_made(story)
    each_view_stays_their_own(story)
    the_team_comes_together(story)
    the_first_meeting_is_called(story)
    the_first_meeting_is_held(story)
    the_plan_is_written(story)
    the_plan_is_agreed(story)
    kelly_says_where_things_are(story)
    the_first_review(story)
    speech_therapy_begins(story)
    daniel_sees_what_is_his_to_see(story)
    the_second_review(story)
    help_ends(story)
    it_has_lasted(story)
    nothing_gives_the_secrets_away(story)


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
    priya.chooses("Who agreed?", re.compile("Kelly Armstrong"))
    priya.writes("On what day did they agree?", "today")
    priya.chooses("How did you go through it", "Talking in person")
    priya.chooses("Did they agree in writing?", re.compile("^Yes"))
    priya.chooses("Little Harbour Nursery", "Yes").chooses("St Bega's Primary School", "Yes")
    priya.chooses("Another agency", re.compile("Healthy Child Programme.*Whitehaven"))
    priya.chooses("May it be told?", "Yes")
    priya.writes("Someone else by name", "Daniel’s GP").chooses("May they be told?", "No")
    priya.writes("What is the help for?", "Speech, school, and bedtimes without shouting.")
    priya.ticks("What did you explain?", "Early help is voluntary", "They can withdraw")
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


def the_team_comes_together(story: Story) -> None:
    """Day 14: only those Kelly said yes to can be added; the meeting is called."""
    story.clock.is_day(14)
    priya = story.opens_family(story.priya).follows("Team", within="body")
    priya.follows("Add a worker").sees("Who cannot join", "The family was not asked about")
    for who, does in (
        ("Priya Nair", "Brings school and Sophie's own words"),
        ("Ruth Iredale", "Health visiting and school nursing"),
        ("Megan Lister", "Leo's days"),
    ):
        if "team/add" not in priya.page.url:
            priya.follows("Add a worker")
        priya.chooses("Who joins?", re.compile(who)).writes("What do they do", does).presses("Add")
    for who in ("Kelly Armstrong", "Sophie Armstrong", "Daniel Reid", "Jean Reid"):
        priya.follows("Add family or friends").chooses("Who joins?", who).presses("Add")
    priya.sees("Ruth Iredale", "Jean Reid").photographs("team")


def the_first_meeting_is_called(story: Story) -> None:
    """The same day: Daniel is met apart, and is not invited."""
    priya = story.opens_family(story.priya).presses(re.compile("^Call a meeting"))
    priya.chooses("What is the meeting for?", re.compile("^First meeting"))
    priya.writes("Which day?", story.clock.day(19)).writes("At what time?", "3.30pm")
    priya.writes("Where?", "Family room, St Bega's Primary")
    for who in ("Daniel Reid", "Jean Reid", "Sophie Armstrong"):
        priya.page.get_by_role("group", name="Who is invited?").get_by_label(who).uncheck()
    priya.presses("Call the meeting").sees("Kelly Armstrong", "Megan Lister")
    priya.does_not_see("Invitation for Daniel Reid")
    assert priya.page.get_by_role("link", name=re.compile("Invitation.*Kelly")).count()


def the_first_meeting_is_held(story: Story) -> None:
    """Day 19: first the family's words; Priya becomes the lead professional."""
    story.clock.is_day(19, "15:30")
    priya = story.priya.goes_to("/").sees("Armstrong")
    story.opens_family(priya).presses("Record the meeting")
    meeting = priya.page.url
    for who in ("Kelly Armstrong", "Priya Nair", "Megan Lister"):
        priya.chooses(who, "Came")
    priya.chooses("Ruth Iredale", "Sent a word or report")
    priya.answers(words("meeting")).chooses("Who was agreed on as lead professional", "Priya Nair")
    priya.presses("Record the meeting").sees("The meeting is recorded")
    priya.goes_to(meeting.removesuffix("record")).sees("I want bedtimes without shouting")
    priya.sees("I do not accept that she misses school because of Saturdays")
    story.opens_family(priya).sees("Lead professional", "Since 22 September 2025")


def the_plan_is_written(story: Story) -> None:
    """Day 19: three outcomes, one of them Kelly's own, and seven actions, two the family's."""
    priya = story.opens_family(story.priya)
    priya.presses("Begin the family plan").sees("5 needs without an answer")
    story.plan = priya.page.url
    for goal in OUTCOMES:
        priya.presses("Add wellbeing and success goal")
        priya.writes("What do they want to be different?", goal.words)
        priya.chooses("Whose words are these?", goal.whose)
        priya.chooses("Which area of life is it about?", goal.area)
        priya.ticks("Which needs does it answer?", *map(re.compile, goal.needs)).presses("Save")
        for deed in goal.deeds:
            add_action(story, goal, deed)
    priya.sees("1 need without an answer").follows(re.compile("Say why not.*whereabouts"))
    priya.answers({}, "Safe Harbour holds the safety plan with Kelly; we keep it out of papers.")
    priya.presses("Save the reason").photographs("plan")
    for part in ("What success looks like", "The family's own network", "If things get harder",
                 "SEN support"):  # fmt: skip
        priya.follows(part).answers(words("plan")).presses("Save and continue")


def add_action(story: Story, goal: Outcome, deed: Deed) -> None:
    """One thing to do, by someone, by a day."""
    priya = story.priya.goes_to(story.plan)
    number = OUTCOMES.index(goal) + 1
    priya.follows(re.compile(f"^Add action.*to wellbeing and success goal {number}$", re.DOTALL))
    priya.writes("What will be done?", deed.what).writes("By when?", story.clock.day(deed.by))
    if deed.who.startswith("Jo,"):
        priya.chooses("Who will do it?", "Someone else").writes("Their name", deed.who)
    else:
        priya.chooses("Who will do it?", deed.who)
    if deed.service:
        priya.writes("Is a service asked for?", deed.service)
        priya.writes("When was the service asked?", "today")
    priya.presses("Save").sees(deed.what)


def the_plan_is_agreed(story: Story) -> None:
    """Day 19: read together, and agreed with Kelly and Sophie."""
    priya = story.priya.goes_to(story.plan).sees("Ready to be agreed")
    priya.presses("Agree the plan")
    priya.ticks("Who agreed to it?", "Kelly Armstrong", "Sophie Armstrong")
    priya.writes("When was it agreed?", "today").presses("Agree the plan")
    priya.sees("Agreed", "with Kelly Armstrong and Sophie Armstrong").photographs("plan-agreed")
    text = priya.main().inner_text()
    lines = [deed.who for goal in OUTCOMES for deed in goal.deeds if deed.what in text]
    assert len(lines) == 7
    assert lines.count("Kelly Armstrong") == 2
    # What is made out for Daniel has neither the address nor the nursery's name in it.
    priya.follows("Copy for Daniel Reid").sees("Mondays like other days", "Visit twice at bath")
    keeps_the_secrets(priya)


def kelly_says_where_things_are(story: Story) -> None:
    """Day 19: four, in her own numbers; Priya five, and Sophie six."""
    priya = story.priya.goes_to(story.plan).follows("Distance travelled").presses("Add scores")
    priya.writes("On which day were they given?", "today")
    gives_scores(priya, kelly=4, sophie=6, priya_says=5)
    priya.presses("Save the scores").sees("Kelly gave scores once")


def gives_scores(priya: Person, *, kelly: int, sophie: int, priya_says: int) -> None:
    """The numbers of a day, side by side."""
    priya.chooses("Who speaks for the family in these scores?", "Kelly Armstrong")
    for life in SCORED:
        for view, number in (("Family", kelly), ("Sophie", sophie), ("Practitioner", priya_says)):
            priya.page.get_by_label(f"{life}: {view}", exact=True).select_option(str(number))


def the_first_review(story: Story) -> None:
    """Day 61: what was done is ticked off; Kelly says six; speech therapy still waits."""
    today = story.clock.is_day(61)
    priya = story.priya.goes_to("/").sees("Armstrong")
    for deed in (OUTCOMES[0].deeds[0], OUTCOMES[0].deeds[1], OUTCOMES[2].deeds[0]):
        is_done(story, deed, "yesterday")
    priya.goes_to(story.plan).sees("Speech and language therapy", "6 weeks")
    priya.presses("Record a review").writes("When was the review?", "today")
    sees_progress(priya, family="Nearly there", team="Some change")
    gives_scores(priya, kelly=6, sophie=6, priya_says=6)
    priya.answers({**words("review"), "decision": "carry_on", "why": TEXTS["story"]["review_1_why"],
                   "next_review_on": story.clock.day(103)})  # fmt: skip
    priya.photographs("review").presses("Record the review").sees("15 December 2025")
    assert today.isoformat() == "2025-11-03"


def is_done(story: Story, deed: Deed, when: str) -> None:
    """Something is ticked off."""
    priya = story.priya.goes_to(story.plan)
    priya.presses(re.compile(f"^Mark as done.*{re.escape(deed.what)}", re.DOTALL))
    priya.writes("When was it done?", when).presses("Mark as done").sees("Done")


def sees_progress(priya: Person, *, family: str, team: str) -> None:
    """How the family and the team see each outcome."""
    for asks, answer in (("How does the family see it?", family), ("How does the team", team)):
        for group in priya.page.get_by_role("group", name=asks).all():
            group.get_by_label(answer, exact=True).check()


def speech_therapy_begins(story: Story) -> None:
    """Day 97: after eleven weeks. The wait was in sight all along, and stays on record."""
    story.clock.is_day(96)
    priya = story.priya.goes_to(story.plan)
    priya.sees("waiting").follows(re.compile("^Dates.*Speech and language therapy", re.DOTALL))
    priya.writes("When did it start?", "today").presses(re.compile("^Save"))
    priya.goes_to(story.plan).sees("11 weeks")


def the_second_review(story: Story) -> None:
    """Day 103: Kelly says eight. The picture shows how far they have come, and so does a table."""
    story.clock.is_day(103)
    priya = story.priya
    for deed in (OUTCOMES[0].deeds[2], OUTCOMES[1].deeds[0], OUTCOMES[1].deeds[1],
                 OUTCOMES[2].deeds[1]):  # fmt: skip
        is_done(story, deed, "today")
    priya.goes_to(story.plan).presses("Record a review").writes("When was the review?", "today")
    sees_progress(priya, family="Met", team="Met")
    gives_scores(priya, kelly=8, sophie=8, priya_says=8)
    priya.answers({**words("review"), **words("review_2"), "decision": "carry_on",
                   "why": TEXTS["story"]["review_2_why"],
                   "next_review_on": story.clock.day(145)})  # fmt: skip
    priya.presses("Record the review")
    priya.goes_to(story.plan).follows("Distance travelled")


def daniel_sees_what_is_his_to_see(story: Story) -> None:
    """Day 97: he signs in as himself, and finds no way to the address or the nursery."""
    daniel = story.here["daniel"] = story.lets_in("Daniel", "Reid")
    daniel.sees("Sophie", "Priya Nair", "Mondays like other days").photographs("daniel-at-home")
    met = walks_everywhere(daniel)
    assert met, "Daniel finds nothing to follow"
    for address in (story.family, f"{story.family}chronology", f"{story.family}access",
                    story.plan, story.assessment, story.request, "/families/"):  # fmt: skip
        answer = daniel.page.goto(address)
        assert answer is not None
        assert answer.status in {403, 404} or "your-family" in daniel.page.url, address
        keeps_the_secrets(daniel)


def walks_everywhere(who: Person) -> list[str]:
    """Follow every link they find, as far as links lead, and look for the secrets on each page."""
    start = who.page.url
    met: list[str] = []
    ahead = [start]
    while ahead:
        address = ahead.pop(0)
        if address in met or "sign-out" in address or "/practice" in address:
            continue
        met.append(address)
        answer = who.page.goto(address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        keeps_the_secrets(who)
        ahead += [
            found.split("#")[0]
            for found in who.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
            if found.startswith(start.split("/your-family")[0])
        ]
    who.page.goto(start)
    return met


def help_ends(story: Story) -> None:
    """Day 150: needs met; closed to Thriving, and the school keeps up SEN support."""
    story.clock.is_day(150)
    priya = story.priya.goes_to(story.plan).follows("Close early help")
    priya.sees("What was achieved", "Bedtimes without shouting")
    priya.chooses("Why does early help end?", re.compile("family is thriving with universal"))
    priya.chooses("Which level of need is the family at now?", "Thriving")
    priya.writes("Who is the family’s first contact", "Priya Nair at school, any morning.")
    priya.answers(words("closing")).photographs("closing").presses("Close early help")
    story.opens_family(priya).sees("Thriving", "Closed")
    priya.sees("The family came in at Getting help on 5 September 2025")
    story.priya.goes_to(f"{story.family}chronology")
    priya.sees("closed", "review", "The assessment was finished", "Priya Nair")
    priya.photographs("chronology")


def it_has_lasted(story: Story) -> None:
    """Day 330: six months after, Priya asks how things are."""
    story.clock.is_day(330)
    priya = story.priya.goes_to("/").sees("Armstrong").photographs("my-work-look-back")
    story.opens_family(priya).presses("Record the look back")
    priya.chooses("Has it lasted?", "Sustained")
    priya.writes("What does the family say?", "We still do the picture chart. She read to Leo.")
    priya.presses("Record the look back").sees("We still do the picture chart")


def nothing_gives_the_secrets_away(story: Story) -> None:
    """In the end: every paper made for Daniel, and everything he can open, keeps them."""
    priya = story.priya
    for page in (story.plan, story.assessment):
        priya.goes_to(page).follows("Copy for Daniel Reid")
        keeps_the_secrets(priya)
    # The family's page, printed, says whom it must not be given to.
    assert "Do not give this paper to Daniel Reid" in on_paper(priya.goes_to(story.family))
    walks_everywhere(story.here["daniel"].goes_to("/"))
