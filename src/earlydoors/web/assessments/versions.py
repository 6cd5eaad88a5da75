"""An older form beside a newer one: the same questions on one line, by their keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from earlydoors.domain.records.queries import Filled
from earlydoors.foundation.forms.answers import Choices
from earlydoors.foundation.forms.schema import Question
from earlydoors.web.assessments.pages import Frame
from earlydoors.web.design.parts import Row
from earlydoors.web.design.questions import rows

UNANSWERED = "Not answered"
# What names a page or a question of one side: its key, and whom it is about.
type _Page = tuple[str, UUID | None]
type _Moved = Mapping[_Page, tuple[Filled, Filled]]


@dataclass(frozen=True)
class Side:
    """One of the two."""

    frame: Frame
    version: int
    pages: tuple[Filled, ...]
    choices: Choices
    address: str


@dataclass(frozen=True)
class Line:
    """A question on both sides; a side is None where its version does not ask it.

    `stood` is the page of the older version that asked it, where it was another page.
    """

    asks: str
    asked: str
    stood: str
    older: Row | None
    newer: Row | None

    @property
    def written(self) -> bool:
        """Whether either side has an answer."""
        return any(row is not None and row.value != UNANSWERED for row in (self.older, self.newer))


@dataclass(frozen=True)
class Section:
    """A page of the form on both sides."""

    title: str
    titled: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Beside:
    """Two assessments beside each other. `asked` and `titled` are the older wording, where it was
    another."""

    frame: Frame
    older: Side
    newer: Side
    sections: tuple[Section, ...]


def compare(frame: Frame, older: Side, newer: Side) -> Beside:
    """Line two assessments up by the keys of their sections and questions, never by wording.

    A question that the newer version asks on another page is one line, where it is asked now.
    """
    old, new = _by_key(older), _by_key(newer)
    moved = _moved(older, newer)
    sections = (
        _section(old.get(key), new.get(key), moved, (older.choices, newer.choices))
        for key in _order(old, new)
    )
    return Beside(frame, older, newer, tuple(filter(None, sections)))


def _by_key(side: Side) -> dict[_Page, Filled]:
    return {(page.leaf.section.key, _about(page)): page for page in side.pages}


def _about(page: Filled) -> UUID | None:
    return page.leaf.who.id if page.leaf.who else None


def _moved(older: Side, newer: Side) -> _Moved:
    """The questions that changed pages, with the page of each version."""
    then, now = _asked_once(older), _asked_once(newer)
    return {
        key: (then[key], now[key])
        for key in then.keys() & now.keys()
        if then[key].leaf.section.key != now[key].leaf.section.key
    }


def _asked_once(side: Side) -> dict[_Page, Filled]:
    """The page of each question that one page alone asks: a key on several does not say which."""
    found: dict[_Page, list[Filled]] = {}
    for page in side.pages:
        for key in _questions(page):
            found.setdefault((key, _about(page)), []).append(page)
    return {key: pages[0] for key, pages in found.items() if len(pages) == 1}


def _order(old: Mapping[_Page, Filled], new: Mapping[_Page, Filled]) -> list[_Page]:
    """The newer form's order, and what only the older has after the page it followed there."""
    order = list(new)
    before: _Page | None = None
    for key in old:
        if key not in new:
            at = order.index(before) + 1 if before in order else 0
            order.insert(at, key)
        before = key
    return order


def _section(
    old: Filled | None, new: Filled | None, moved: _Moved, choices: tuple[Choices, Choices]
) -> Section | None:
    """One page on both sides; None when the newer version asks all of it elsewhere."""
    there = new or old
    if there is None:
        return None
    asked_now = _questions(new)
    gone = [
        key for key in _questions(old) if key not in asked_now and (key, _about(there)) not in moved
    ]
    if not asked_now and not gone:
        return None
    lines = [
        _line(key, *moved.get((key, _about(there)), (old, new)), choices)
        for key in (*asked_now, *gone)
    ]
    titles = (old.leaf.title if old else "", new.leaf.title if new else "")
    return Section(
        there.leaf.title,
        titles[0] if all(titles) and titles[0] != titles[1] else "",
        tuple(line for line in lines if line.written),
    )


def _questions(page: Filled | None) -> dict[str, Question]:
    asked: Sequence[Question] = page.leaf.section.questions if page else ()
    return {question.key: question for question in asked}


def _row(question: Question | None, page: Filled | None, choices: Choices) -> Row | None:
    if question is None or page is None:
        return None
    # None as well for a question that an earlier answer kept from being asked.
    return next(iter(rows([question], page.answers, choices, unanswered=UNANSWERED)), None)


def _line(
    key: str, old: Filled | None, new: Filled | None, choices: tuple[Choices, Choices]
) -> Line:
    then, now = _questions(old).get(key), _questions(new).get(key)
    asks = now.asks if now else then.asks if then else ""
    elsewhere = old and new and old.leaf.section.key != new.leaf.section.key
    return Line(
        asks,
        asked=then.asks if then and now and then.asks != now.asks else "",
        stood=old.leaf.title if old and elsewhere else "",
        older=_row(then, old, choices[0]),
        newer=_row(now, new, choices[1]),
    )
