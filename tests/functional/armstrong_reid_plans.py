"""The Armstrong-Reids from the first meeting to the look back, a step for each day."""

import re

from tests.functional.armstrong_reid_asks import keeps_the_secrets, on_paper
from tests.functional.armstrong_reid_words import (
    OUTCOMES,
    SCORED,
    TEXTS,
    Story,
    words,
)
from tests.functional.person import Person
from tests.functional.story import Deed, writes_outcomes


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
    writes_outcomes(priya, story.plan, OUTCOMES, story.clock, called="wellbeing and success goal")
    priya.sees("1 need without an answer").follows(re.compile("Say why not.*whereabouts"))
    priya.answers({}, "Safe Harbour holds the safety plan with Kelly; we keep it out of papers.")
    priya.presses("Save the reason").photographs("plan")
    for part in ("What success looks like", "The family's own network", "If things get harder",
                 "SEN support"):  # fmt: skip
        priya.follows(part).answers(words("plan")).presses("Save and continue")


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
