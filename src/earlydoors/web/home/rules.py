"""What needs someone, in which order, and how it is said. Pure: nothing here asks the database.

A `Matter` is one thing on the list. Its kind says how it is told and which button does it; its day
and whose turn it is say where it stands.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from earlydoors.foundation.kernel.dates import day

SOON = timedelta(days=7)
_NEVER = date.max
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


class Turn(StrEnum):
    """Whose turn it is: one's own, nobody's because it is only news, or somebody else's."""

    MINE = "mine"
    NEWS = "news"
    OTHERS = "others"


@dataclass(frozen=True)
class Kind:
    """A kind of matter: its sentence (`{when}` is replaced by when it is due), and its button."""

    says: str
    button: str
    turn: Turn = Turn.MINE


KINDS: dict[str, Kind] = {
    "request": Kind("A request about {about} {when}", "Look at it"),
    "emergency": Kind("{who} opened a family’s record in an emergency on {on}", "Look at it"),
    "notice": Kind("{about}: a record that you hold", "Look at it"),
    "emergency_untold": Kind(
        "The {family} has not been told that {who} opened their record in an emergency", "Open"
    ),
    "more_requests": Kind("{about} wait for a decision", "See them"),
    "alike": Kind("{about} may be of one person", "Look at them"),
    "unusual_looks": Kind("The looks of {about} stand out", "Look into them"),
    "rights": Kind("What {who} asks about their information {when}", "Open the request"),
    "rights_still": Kind(
        "What {who} asks about their information waits for them", "Open", Turn.OTHERS
    ),
    "retention": Kind("{about} over time, for you to decide about", "Look at them"),
    "retention_others": Kind(
        "{about} proposed for disposal, for another guardian to agree", "Open", Turn.OTHERS
    ),
    "studies": Kind("{about} for you to decide on", "Look at them"),
    "study_over": Kind("“{about}” is over: say what became of what was taken away", "End it"),
    "ask_to_join": Kind("{who} asks to join the team around the {family}", "Answer"),
    "conversation": Kind("Advice for {who} about “{about}” {when}", "Give advice"),
    "meeting_unrecorded": Kind("{what} for the {family} is not recorded yet: {when}", "Record it"),
    "review": Kind("{Review} for the {family} {when}", "Record the {review}"),
    "action": Kind("“{about}”, for the {family}, {when}", "Open the plan"),
    "panel_task": Kind("“{about}”, after {panel}, {when}", "Open it"),
    "asked_by_panel": Kind("{panel} asks what {agency} knows about the {family}", "Answer"),
    "panel_waits": Kind("{about} for {panel}", "Open the list"),
    "unclaimed": Kind("Nobody has talked with the {family} about the offer yet: {when}", "Open"),
    "offer": Kind("The answer of the {family} to the offer of help {when}", "Record their answer"),
    "agreement_ends": Kind("What {who} of the {family} agreed to ends {when}", "Ask them again"),
    "ask_again": Kind("Talking again with the {family}, who said no, {when}", "Open"),
    "begin_assessment": Kind("{Assessment} with the {family}: it can begin, and {when}", "Open"),
    "assessment": Kind("{Assessment} with the {family} {when}", "Carry on"),
    "call_meeting": Kind("The first meeting for the {family} {when}", "Call the meeting"),
    "make_plan": Kind("{Plan} of the {family} {when}", "Make the plan"),
    "agree_plan": Kind("{Plan} of the {family}: to be agreed with them, it {when}", "Agree on it"),
    "look_again": Kind("How help from {agency} goes for the {family}: a look {when}", "Open"),
    "meeting": Kind("{what} for the {family} {when}", "Open"),
    "look_back": Kind("Looking back with the {family} {when}", "Look back"),
    "untold": Kind("The {family} has not been told what was shared with {whom}", "Open"),
    "draft": Kind("Your request about {about} is not sent yet", "Carry on"),
    "answered": Kind("Your request about {about} was answered on {on}", "Read it", Turn.NEWS),
    "advised": Kind("Your question “{about}” was answered on {on}", "Read it", Turn.NEWS),
    "join_answered": Kind("Your asking to join was answered on {on}", "Read it", Turn.NEWS),
    "my_ask_to_join": Kind("Your asking to join waits for an answer", "Open", Turn.OTHERS),
    "my_request": Kind("Your request about {about} waits for an answer", "Open", Turn.OTHERS),
    "my_question": Kind("Your question “{about}” waits for an answer", "Open", Turn.OTHERS),
    "their_answer": Kind("The {family} has not answered the offer yet", "Open", Turn.OTHERS),
    "at_panel": Kind("The {family} waits for a panel", "Open", Turn.OTHERS),
    "with_social_care": Kind("Help for the {family} is with social care", "Open", Turn.OTHERS),
}
_ORDER = {kind: place for place, kind in enumerate(KINDS)}
_HAPPENS = {"meeting", "meeting_unrecorded"}


@dataclass(frozen=True)
class Matter:
    """One thing that needs someone, or that they wait for.

    `href` opens what it is about and `action` does it. `clock` is a front door's own words for how
    its clock stands; other matters are said by the calendar.
    """

    kind: str
    href: str
    told: tuple[tuple[str, str], ...] = ()
    due_on: date | None = None
    harm: bool = False
    action: str = ""
    detail: str = ""
    clock: str = ""
    turn: Turn | None = None

    @property
    def whose(self) -> Turn:
        """Whose turn it is."""
        return self.turn or KINDS[self.kind].turn


def when(due_on: date, today: date) -> str:
    """How a day is said in a sentence: is due on Thursday, was due 3 days ago."""
    return f"{'was' if due_on < today else 'is'} due {_on(due_on, today)}"


def happens(on: date, today: date) -> str:
    """The same for something that takes place: is on Thursday, it was yesterday."""
    return f"it was {_on(on, today)}" if on < today else f"is {_on(on, today)}"


def _on(on: date, today: date) -> str:
    days = (on - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
    if near:
        return near
    if 1 < days < 7:
        return f"on {_WEEKDAYS[on.weekday()]}"
    return f"{-days} days ago" if -14 < days < 0 else f"on {day(on)}"


def is_overdue(matter: Matter, today: date) -> bool:
    """Whether it is one's own turn and the day has passed."""
    past = matter.due_on is not None and matter.due_on < today
    return past and matter.whose == Turn.MINE


def is_soon(matter: Matter, today: date) -> bool:
    """Whether it is one's own turn, today or within a week."""
    if matter.due_on is None or matter.whose != Turn.MINE:
        return False
    return today <= matter.due_on <= today + SOON


SHOWN: dict[str, Callable[[Matter, date], bool]] = {
    "overdue": is_overdue,
    "week": is_soon,
    "others": lambda matter, _: matter.whose == Turn.OTHERS,
    "all": lambda _matter, _today: True,
}


def place(matter: Matter, today: date) -> tuple[int, date, int, str]:
    """Where a matter stands: harm, overdue, this week, news, later, then what others owe."""
    if matter.whose == Turn.OTHERS:
        group = 5
    elif matter.harm:
        group = 0
    elif is_overdue(matter, today):
        group = 1
    elif is_soon(matter, today):
        group = 2
    elif matter.whose == Turn.NEWS:
        group = 3
    else:
        group = 4
    return group, matter.due_on or _NEVER, _ORDER[matter.kind], matter.href


def in_order(matters: Iterable[Matter], today: date) -> list[Matter]:
    """The list in the order in which things need one."""
    return sorted(matters, key=lambda matter: place(matter, today))


def told(matter: Matter, today: date, words: dict[str, str]) -> tuple[str, str]:
    """A matter's sentence and its button. `words` are the area's, beside what the matter tells."""
    kind = KINDS[matter.kind]
    due = ""
    if matter.clock:
        due = matter.clock
    elif matter.due_on and matter.kind in _HAPPENS:
        due = happens(matter.due_on, today)
    elif matter.due_on:
        due = when(matter.due_on, today)
    names = {**words, **dict(matter.told), "when": due}
    return kind.says.format_map(names).rstrip(), kind.button.format_map(names)


def tag(matter: Matter, today: date) -> tuple[str, str]:
    """The tag beside it, with its tone; empty where there is nothing to say."""
    if matter.harm:
        return "A child may be harmed", "harm"
    if is_overdue(matter, today):
        return "Overdue", "harm"
    if matter.due_on == today and matter.whose == Turn.MINE:
        return "Today", "due"
    if is_soon(matter, today):
        return "This week", "due"
    if matter.whose == Turn.NEWS:
        return "New", "note"
    if matter.whose == Turn.OTHERS:
        return "Waiting for others", "quiet"
    return "", "plain"
