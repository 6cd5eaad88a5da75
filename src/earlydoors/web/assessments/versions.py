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
type _Page = tuple[str, UUID | None]


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
    """A question on both sides; a side is None where its version does not ask it."""

    asks: str
    asked: str
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
    """Line two assessments up by the keys of their sections and questions, never by wording."""
    old, new = _by_key(older), _by_key(newer)
    return Beside(
        frame,
        older,
        newer,
        tuple(_section(old.get(key), new.get(key), older, newer) for key in _order(old, new)),
    )


def _by_key(side: Side) -> dict[_Page, Filled]:
    return {
        (page.leaf.section.key, page.leaf.who.id if page.leaf.who else None): page
        for page in side.pages
    }


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


def _section(old: Filled | None, new: Filled | None, older: Side, newer: Side) -> Section:
    there = new or old
    asked_then = _questions(old)
    asked_now = _questions(new)
    keys = [*asked_now, *(key for key in asked_then if key not in asked_now)]
    lines = [
        _line(
            asked_then.get(key),
            asked_now.get(key),
            _row(asked_then.get(key), old, older.choices),
            _row(asked_now.get(key), new, newer.choices),
        )
        for key in keys
    ]
    titles = (old.leaf.title if old else "", new.leaf.title if new else "")
    return Section(
        there.leaf.title if there else "",
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
    then: Question | None, now: Question | None, older: Row | None, newer: Row | None
) -> Line:
    asks = now.asks if now else then.asks if then else ""
    other = then.asks if then and now and then.asks != now.asks else ""
    return Line(asks, other, older, newer)
