"""What the components are given: small frozen pieces that a page's `pages.py` builds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

type Shown = str | Markup | Sequence[str]


@dataclass(frozen=True)
class Chip:
    """A person, small: name, a detail such as an age or a role, a link when there is one."""

    name: str
    detail: str = ""
    href: str | None = None
    tone: str = "plain"

    @property
    def initials(self) -> str:
        """One or two letters to know them by at a glance."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@dataclass(frozen=True)
class Count:
    """A number above a list that filters it."""

    number: int
    label: str
    href: str
    active: bool = False
    tone: str = "plain"


@dataclass(frozen=True)
class WorkRow:
    """One thing that needs someone: a plain sentence and the one button that does it.

    `href` opens what it is about; `action` is where the button leads (the same when not given).
    """

    sentence: str
    href: str
    button: str = "Open"
    due: str = ""
    tone: str = "plain"
    detail: str = ""
    action: str | None = None


@dataclass(frozen=True)
class Line:
    """Something in a list: its sentence, how it stands, and what else there is to say."""

    href: str
    sentence: str
    stands: str
    tone: str
    detail: str


@dataclass(frozen=True)
class Row:
    """A line of a summary list. `source` says where the value came from; `withheld` that there is
    something this reader may not see."""

    key: str
    value: Shown
    href: str | None = None
    change: str = "Change"
    source: str = ""
    withheld: bool = False
    quoted: bool = False

    @property
    def lines(self) -> Sequence[str]:
        """The values of a row that has several."""
        return () if isinstance(self.value, str) else self.value


@dataclass(frozen=True)
class Entry:
    """Something that happened, on the line of time."""

    when: str
    title: str
    body: str = ""
    by: str = ""
    href: str | None = None
    tone: str = "plain"
    day: date | None = None
    withheld: bool = False


@dataclass(frozen=True)
class Task:
    """A part of something longer, and how far it is."""

    title: str
    href: str | None
    status: str
    tone: str = "plain"
    hint: str = ""


@dataclass(frozen=True)
class TaskGroup:
    """Tasks under one heading."""

    title: str
    tasks: Sequence[Task]


@dataclass(frozen=True)
class Header:
    """The head of a column; numbers align on the right."""

    text: str
    numeric: bool = False


@dataclass(frozen=True)
class Pages:
    """Where we are in a long list, and the addresses of the pages beside this one."""

    number: int
    of: int
    previous: str | None = None
    next: str | None = None


@dataclass(frozen=True)
class Chart:
    """A picture with a title that says what it shows, and the table it was drawn from.

    `narrow` is the same picture for a phone; `ends` say what the two ends of its scale mean.
    """

    title: str
    svg: Markup
    narrow: Markup | None = None
    ends: Sequence[str] = ()
    headers: Sequence[Header] = field(default_factory=tuple)
    rows: Sequence[Sequence[str]] = field(default_factory=tuple)
    download: str | None = None
