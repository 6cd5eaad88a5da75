"""What is said of one thing that was looked at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is well, what was seen, and how to mend it if not."""

    what: str
    well: bool
    seen: str
    mend: str = ""
