"""What is being done, and how long it took, one line for each step."""

import time
from types import TracebackType
from typing import Self

import click

SHORTEST_SHOWN = 0.05  # seconds; a step that took less shows no time


class Progress:
    """Steps of something that takes a while; called with a sentence at the start of each.

    A line ends with the time its step took, so that a slow step is seen while it runs and is
    known afterwards: `Starting the database… 0.8 s`.
    """

    def __init__(self) -> None:
        self._begun: float | None = None
        self._start = time.monotonic()

    def __call__(self, step: str) -> None:
        """Begin the next step."""
        self.end_step()
        click.echo(f"{step.rstrip('.…')}… ", nl=False)
        self._begun = time.monotonic()

    def end_step(self) -> None:
        """End the step under way, if there is one."""
        if self._begun is not None:
            took = time.monotonic() - self._begun
            click.echo(f"{took:.1f} s" if took >= SHORTEST_SHOWN else "done")
            self._begun = None

    @property
    def took(self) -> float:
        """Seconds since the first step."""
        return time.monotonic() - self._start

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.end_step()
        elif self._begun is not None:
            click.echo("not done")
