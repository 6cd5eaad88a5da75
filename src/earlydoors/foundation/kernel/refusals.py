"""Refusals that are fit to be read by the person refused."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any


class Refusal(Exception):
    """A sentence for the person who asked. Never shown with a stack trace."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotAllowed(Refusal):
    """They may not: an answer to "may they?"."""


class TooMuch(NotAllowed):
    """They may, but not as often as they do."""


class UnableTo(Refusal):
    """It cannot be done now: an answer to "can it now?"."""


class OutOfDate(UnableTo):
    """Somebody else changed it since this page was opened; nothing was overwritten."""


@dataclass
class Check:
    """One question asked two ways: `check(...)` refuses with a sentence, `check.holds(...)` is
    its boolean twin for pages that decide whether to draw a button."""

    ask: Callable[..., None]

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        """Return quietly, or raise the refusal."""
        self.ask(*args, **kwargs)

    def holds(self, *args: Any, **kwargs: Any) -> bool:
        """Whether the check would pass."""
        try:
            self.ask(*args, **kwargs)
        except Refusal:
            return False
        return True


def check(ask: Callable[..., None]) -> Check:
    """Turn a function that raises a `Refusal` into a check with a boolean twin."""
    made = Check(ask)
    update_wrapper(made, ask)
    return made
