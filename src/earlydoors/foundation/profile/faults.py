"""What is wrong with a profile, told so that whoever edits it can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing to mend: where (file, line, key), what is wrong and what to do."""

    file: str
    line: int
    key: str
    message: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        where = f" {self.key}:" if self.key else ""
        return f"{place}{where} {self.message} {self.mend}"


class ProfileFaultsError(ValueError):
    """A profile that cannot be used, with everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, faults)))
