"""Where each statement of a profile comes from, said quietly and never left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from earlydoors.foundation.profile.schema import Statement

_ASSUMED = "assumed:"


@dataclass(frozen=True)
class Source:
    """A place in the strategy, or what the area has yet to confirm and why."""

    says: str
    assumed: bool

    @property
    def line(self) -> str:
        """The source as a line under what it is the source of."""
        return f"Assumed: {self.says}" if self.assumed else f"Strategy: {self.says}"


@dataclass(frozen=True)
class Statements:
    """Statements that stand together and come from the same place."""

    lines: tuple[str, ...]
    source: Source


def source_of(text: str) -> Source:
    """Read a profile's source, which is a place in the strategy or `assumed: why`."""
    if text.startswith(_ASSUMED):
        return Source(text.removeprefix(_ASSUMED).strip(), assumed=True)
    return Source(text, assumed=False)


def by_source(statements: Iterable[Statement]) -> tuple[Statements, ...]:
    """Statements in their order; neighbours from the same place are put together."""
    return tuple(
        Statements(tuple(one.says for one in those), source_of(text))
        for text, those in groupby(statements, key=lambda one: one.source)
    )
