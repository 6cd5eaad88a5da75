"""What the page of one's work is given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from earlydoors.domain.partnership.actor import Actor
from earlydoors.domain.partnership.rights import Right
from earlydoors.foundation.profile.current import current
from earlydoors.web.design.parts import Count, WorkRow
from earlydoors.web.design.words import sentence
from earlydoors.web.home.rules import SHOWN, Matter, in_order, tag, told

MOST = 100
_COUNTS = (
    ("overdue", "Overdue", "harm"),
    ("week", "Due in a week", "due"),
    ("others", "Waiting for others", "plain"),
    ("all", "Everything", "plain"),
)
_EMPTY = {
    "overdue": ("Nothing is overdue", "What passes its day appears here."),
    "week": ("Nothing is due within a week", "What falls due in the next seven days appears here."),
    "others": (
        "You wait for nobody",
        "What you asked for and have not heard about appears here.",
    ),
    "all": (
        "Nothing needs you now",
        "What you asked, and what families you work with need of you, appears here by itself.",
    ),
}


@dataclass(frozen=True)
class Work:
    """One's work: the counts that filter it and the rows."""

    name: str
    counts: Sequence[Count]
    rows: Sequence[WorkRow]
    more: int
    empty_title: str
    empty_text: str
    can_ask: bool
    out_of_reach: str
    """What their role does and cannot be done from where they are, if anything."""


def work(matters: Iterable[Matter], actor: Actor, today: date, *, shown: str, address: str) -> Work:
    """The page, with the counts above and the list filtered by one of them."""
    shown = shown if shown in SHOWN else "all"
    everything = in_order(matters, today)
    chosen = [matter for matter in everything if SHOWN[shown](matter, today)]
    counts = []
    for key, label, tone in _COUNTS:
        number = sum(SHOWN[key](matter, today) for matter in everything)
        href = address if key == "all" else f"{address}?show={key}"
        counts.append(Count(number, label, href, key == shown, tone if number else "plain"))
    said = area_words()
    return Work(
        name=actor.name,
        counts=counts if everything else (),
        rows=[row(matter, today, said) for matter in chosen[:MOST]],
        more=max(0, len(chosen) - MOST),
        empty_title=_EMPTY[shown][0],
        empty_text=_EMPTY[shown][1],
        can_ask=actor.may(Right.REQUEST),
        out_of_reach=", nor ".join(right for right in Right if right in actor.out_of_reach),
    )


def area_words() -> dict[str, str]:
    """The area's words that the sentences use, with and without a capital."""
    spoken = current().words
    plain = {
        "review": spoken.review.one,
        "assessment": spoken.assessment.one,
        "plan": spoken.family_plan.one,
    }
    return plain | {key.capitalize(): sentence(word) for key, word in plain.items()}


def row(matter: Matter, today: date, words: dict[str, str]) -> WorkRow:
    """A matter as the list shows it."""
    says, button = told(matter, today, words)
    due, tone = tag(matter, today)
    return WorkRow(
        sentence=sentence(says),
        href=matter.href,
        button=button,
        due=due,
        tone=tone,
        detail=matter.detail,
        action=matter.action or None,
    )
