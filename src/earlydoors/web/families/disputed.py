"""What somebody says is not right, shown where it is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from earlydoors.domain.information.models import Disagreement
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.web.design.parts import Entry

type Disputed = Mapping[tuple[str, str], Sequence[Disagreement]]

NONE: Final[Disputed] = {}
"""Nothing is said beside anything."""


def in_words(one: Disagreement) -> str:
    """What somebody says, since when, and what was decided."""
    on = day(local_day(one.created_at))
    return f"{one.who} disagrees, {on}: “{one.says}” {one.get_decision_display()}."


def beside(row: Any, disputed: Disputed) -> tuple[str, ...]:
    """What is said beside a row."""
    return tuple(in_words(one) for one in disputed.get((row._meta.label_lower, str(row.pk)), ()))


def with_disagreement(entry: Entry, said: Iterable[Disagreement]) -> Entry:
    """A line of the chronology with what somebody says of it."""
    words = [in_words(one) for one in said]
    return replace(entry, body="\n\n".join(filter(None, [entry.body, *words]))) if words else entry
