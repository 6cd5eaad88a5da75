"""What a paper can hold. Texts are said as they are: no mark in them means anything."""

from dataclasses import dataclass

DEEPEST = 3


@dataclass(frozen=True)
class Heading:
    """A heading under the title. Level 1 is the highest; none may be left out on the way down."""

    says: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a line break in it is kept."""

    says: str
    strong: bool = False


@dataclass(frozen=True)
class Bullets:
    """Points in a list."""

    points: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """What is known, each with what it is called."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Quote:
    """Somebody's own words, and whose they are."""

    says: str
    who: str = ""


@dataclass(frozen=True)
class Notice:
    """Something that must not be missed, in a frame."""

    says: str


@dataclass(frozen=True)
class Table:
    """Rows under named columns. `widths` are shares of the line; without them each fits its text.

    Raises `ValueError` where a row is longer or shorter than the columns.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        lengths = {len(row) for row in self.rows} | ({len(self.widths)} if self.widths else set())
        if not self.columns or lengths - {len(self.columns)}:
            raise ValueError("Every row of a table has one cell for each column.")


@dataclass(frozen=True)
class Ticks:
    """Boxes to tick by hand: one line for each of `rows`, a box in it for each of `answers`.

    An empty row is a line to write on.
    """

    asks: str
    answers: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Lines:
    """Lines to write on by hand. `for_what` is told to whoever cannot see them."""

    for_what: str
    count: int = 3


@dataclass(frozen=True)
class Signing:
    """A place to sign for each, with a day. A day that is known is printed."""

    rows: tuple[tuple[str, str], ...]


Part = Heading | Paragraph | Bullets | Facts | Quote | Notice | Table | Ticks | Lines | Signing


@dataclass(frozen=True)
class Paper:
    """A paper. Its title goes into the file's own data too, so it names nobody.

    `foot` is printed on each page beside its number. Raises `ValueError` without a title, or where
    headings leave out a level (PDF/UA-1 forbids that).
    """

    title: str
    parts: tuple[Part, ...]
    foot: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("A paper has a title.")
        level = 0
        for part in self.parts:
            if isinstance(part, Heading):
                if not 1 <= part.level <= min(level + 1, DEEPEST):
                    raise ValueError(f"The heading “{part.says}” leaves out a level.")
                level = part.level
