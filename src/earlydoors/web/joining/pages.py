"""What the pages of joining show: frozen pieces, built from two records."""

from dataclasses import dataclass

from earlydoors.domain.joining.models import Joining, Pair
from earlydoors.domain.people.models import Person
from earlydoors.foundation.kernel.dates import day, local_day
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Count, Pages, Row, WorkRow
from earlydoors.web.design.questions import Field
from earlydoors.web.families.pages import told_apart

SAME, DIFFERENT, ONLY_ONE, BOTH = "The same", "Different", "Only in one", "Both are kept"
_TONES = {DIFFERENT: "due"}


@dataclass(frozen=True)
class Worklist:
    """The list of pairs."""

    counts: tuple[Count, ...]
    rows: tuple[WorkRow, ...]
    pages: Pages
    heading: str
    empty_title: str
    empty_text: str
    hidden: str


@dataclass(frozen=True)
class Told:
    """What one record says: lines, and who said so."""

    lines: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True)
class Compared:
    """One thing, as each record has it."""

    label: str
    mark: str
    sides: tuple[Told, Told]

    @property
    def tone(self) -> str:
        """How the mark looks; what it says stands in its words."""
        return _TONES.get(self.mark, "plain")


@dataclass(frozen=True)
class Side:
    """The head of one record."""

    called: str
    name: str
    detail: str
    written: str


@dataclass(frozen=True)
class PairPage:
    """Two records side by side."""

    sides: tuple[Side, Side]
    reasons: str
    came: str
    note: str
    groups: tuple[tuple[str, tuple[Compared, ...]], ...]
    sees: tuple[str, ...]
    cautions: tuple[str, ...]
    fields: tuple[Field, ...]
    refusals: tuple[str, ...]
    two_people: str
    not_sure: str

    @property
    def faulty(self) -> bool:
        """Whether something is to be mended before the two can be joined."""
        return bool(self.refusals) or any(field.fault for field in self.fields)


@dataclass(frozen=True)
class Decided:
    """A pair that somebody has decided on."""

    title: str
    says: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    again: str | None


@dataclass(frozen=True)
class FormPage:
    """A page that is one form."""

    title: str
    told: tuple[str, ...]
    fields: tuple[Field, ...]
    refusals: tuple[str, ...]
    button: str
    back: str
    back_text: str
    tone: str = "primary"
    listed: tuple[str, ...] = ()
    tab: str = ""

    @property
    def faulty(self) -> bool:
        """Whether something is to be mended before it can be saved."""
        return bool(self.refusals) or any(field.fault for field in self.fields)


@dataclass(frozen=True)
class JoiningRow:
    """A joining of the list."""

    sentence: str
    href: str
    detail: str
    undone: str


@dataclass(frozen=True)
class Joinings:
    """The list of joinings."""

    rows: tuple[JoiningRow, ...]
    pages: Pages


@dataclass(frozen=True)
class JoiningPage:
    """What a joining did."""

    title: str
    rows: tuple[Row, ...]
    taken: tuple[Row, ...]
    moved: tuple[str, ...]
    aside: tuple[str, ...]
    since: tuple[str, ...]
    stayed: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    undo: str | None
    cannot: str
    undone: tuple[Row, ...]


def row_of(pair: Pair) -> WorkRow:
    """A pair as a line of the list."""
    first, second = in_order(pair)
    on = day(local_day(pair.created_at))
    came = pair.get_came_from_display()
    by = f": {pair.created_by.name}" if pair.came_from == "worker" else ""
    detail = f"{sentence(pair.reasons)} {came}{by}, {on}."
    if pair.note:
        detail += f" Not sure of: {pair.note}"
    return WorkRow(
        sentence=f"{told_apart(first)}, and {told_apart(second)}",
        href=reverse("joining:pair", args=[pair.pk]),
        button="Look",
        detail=detail,
    )


def in_order(pair: Pair) -> tuple[Person, Person]:
    """The record written down first, which is the one that is kept, and the other."""
    one, two = sorted(
        (pair.first, pair.second), key=lambda p: (p.created_at, p.search_name, str(p.pk))
    )
    return one, two


def sentence(text: str) -> str:
    """A reason as a sentence of its own."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def kept_as_it_was(joining: Joining) -> str:
    """The record that was kept, by the name it had before it took one from the other."""
    kept = joining.kept
    taken = {} if joining.undone_at else {one.fact: one.was for one in joining.taken.all()}
    before = Person(
        given_name=str(taken.get("given_name", kept.given_name)),
        family_name=str(taken.get("family_name", kept.family_name)),
        born_on=kept.born_on,
        due_on=kept.due_on,
    )
    return told_apart(before)


def joining_row(joining: Joining) -> JoiningRow:
    """A joining as a line of the list."""
    by, on = joining.created_by.name, day(local_day(joining.created_at))
    undone = ""
    if joining.undone_at and joining.undone_by:
        undone = f"Undone by {joining.undone_by.name} on {day(local_day(joining.undone_at))}"
    return JoiningRow(
        sentence=f"{told_apart(joining.other)}, with {kept_as_it_was(joining)}",
        href=reverse("joining:joining", args=[joining.pk]),
        detail=f"{by}, {on}. {joining.why}",
        undone=undone,
    )
