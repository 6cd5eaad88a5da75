"""What the pages of files show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from earlydoors.domain.imports import schools
from earlydoors.domain.imports.columns import PEOPLE, says
from earlydoors.domain.imports.comparing import LABELS
from earlydoors.domain.imports.models import Import, Row
from earlydoors.domain.imports.operations import UNDO_WITHIN, can_undo
from earlydoors.domain.imports.states import IMPORT
from earlydoors.domain.people.models import Person
from earlydoors.foundation.kernel.dates import day, local_day, moment
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.parts import Count, Header, Pages, WorkRow
from earlydoors.web.design.parts import Row as Line
from earlydoors.web.design.words import count, sentence

ON_A_PAGE = 20
UNDER_WAY = {
    "checking": "looked through",
    "loading": "loaded",
    "undoing": "taken back",
}


@dataclass(frozen=True)
class ListPage:
    """The files of an agency."""

    rows: tuple[WorkRow, ...]
    pages: Pages


@dataclass(frozen=True)
class Progress:
    """How far a step under way is, in words and as a bar."""

    says: str
    done: int
    of: int


@dataclass(frozen=True)
class Sample:
    """Some rows of one kind, and where the others are."""

    title: str
    headers: tuple[Header, ...]
    rows: tuple[tuple[str, ...], ...]
    href: str
    more: str


@dataclass(frozen=True)
class FilePage:
    """One file: how far it is, what is in it, what can be done now."""

    id: UUID
    title: str
    caption: str
    state: str
    state_says: str
    about: tuple[Line, ...]
    progress: Progress | None
    counts: tuple[Count, ...]
    told: tuple[str, ...]
    warnings: tuple[str, ...]
    sample: Sample | None
    is_people: bool
    may: frozenset[str]
    to_send_again: int
    undecided: int


def list_row(file: Import) -> WorkRow:
    """A file in the list."""
    tone = {"loaded": "done", "undone": "quiet", "given_up": "quiet"}.get(file.state, "due")
    button = {"read": "Look at its columns", "checked": "Look and load"}.get(file.state, "Open")
    of = f" of {file.setting}" if file.setting else ""
    return WorkRow(
        sentence=file.file_name,
        href=reverse("imports:file", args=[file.pk]),
        button=button,
        due=state_in_words(file),
        tone=tone,
        detail=(
            f"{'People' if file.kind == PEOPLE else 'Schools'}{of}, "
            f"{count(file.rows_in_file, 'row')}, sent by {file.created_by.name} on "
            f"{day(local_day(file.created_at))}."
        ),
    )


def state_in_words(file: Import) -> str:
    """How far a file is, short."""
    return {
        "read": "Columns to look at",
        "checking": "Being looked through",
        "checked": "Ready to load",
        "loading": "Being loaded",
        "stopped": "Stopped part of the way",
        "loaded": "Loaded",
        "undoing": "Being taken back",
        "undone": "Taken back",
        "given_up": "Given up",
    }[file.state]


def file_page(
    file: Import,
    counted: Mapping[str, int],
    sample: Sequence[Row],
    at: datetime,
    same: Import | None,
) -> FilePage:
    """The page of one file."""
    may = {one.name for one in IMPORT.moves_from(file.state)}
    if not can_undo(file, at):
        may.discard("undo")
    return FilePage(
        id=file.pk,
        title=file.file_name,
        caption="People" if file.kind == PEOPLE else "Schools",
        state=file.state,
        state_says=sentence(f"it is {IMPORT.by_key[file.state].says}."),
        about=_about(file),
        progress=_progress(file, counted),
        counts=_counts(file, counted),
        told=_told(file, counted),
        warnings=_warnings(file, same),
        sample=_sample(file, sample, counted),
        is_people=file.kind == PEOPLE,
        may=frozenset(may),
        to_send_again=counted["problems"] + counted["undecided"],
        undecided=counted["undecided"],
    )


def _about(file: Import) -> tuple[Line, ...]:
    lines = [
        Line("Sent", f"{moment(file.created_at)} by {file.created_by.name}, {file.agency}"),
        Line("Read as", f"{file.read_as}. {count(file.rows_in_file, 'row')} under the headings."),
        Line("Source", file.source_says),
    ]
    if file.loaded_at and file.loaded_by:
        lines.append(Line("Loaded", f"{moment(file.loaded_at)} by {file.loaded_by.name}"))
    if file.adds_new:
        lines.append(Line("New people, because", file.adds_why))
    if file.follows_id:
        lines.append(Line("Sent again after", str(file.follows)))
    return tuple(lines)


def _progress(file: Import, counted: Mapping[str, int]) -> Progress | None:
    if file.state not in UNDER_WAY:
        return None
    done = {
        "checking": counted["all"] - counted["verdict_waiting"],
        "loading": counted["all"] - counted["outcome_waiting"],
        "undoing": counted["outcome_undone"] + counted["outcome_left"],
    }[file.state]
    of = counted["all"]
    if file.state == "undoing":
        of = done + counted["outcome_loaded"]
    if file.state == "loading":
        # Rows to mend are not waited for.
        of -= counted["verdict_problem"] + counted["verdict_aside"] + counted["verdict_before"]
    return Progress(f"{done:,} of {of:,} rows are {UNDER_WAY[file.state]}.", min(done, of), of)


def _counts(file: Import, counted: Mapping[str, int]) -> tuple[Count, ...]:
    if file.state in {"read", "checking"}:
        return ()
    if file.kind == PEOPLE:
        tiles = [
            ("changes", "known, with something new", "plain"),
            ("same", "known, nothing new", "quiet"),
            ("decide", "for you to decide", "due"),
            ("differences", "differ from what we have", "plain"),
            ("new", "not known", "plain"),
            ("problems", "to mend", "harm"),
        ]
    else:
        tiles = [
            ("new", "new", "plain"),
            ("changes", "changed", "plain"),
            ("closes", "closed", "due"),
            ("same", "as we have them", "quiet"),
            ("problems", "to mend", "harm"),
        ]
    if counted["left"]:
        tiles.append(("left", "left, changed since", "due"))
    return tuple(
        Count(number, label, address(file, key), tone=tone if number else "quiet")
        for key, label, tone in tiles
        for number in (counted["undecided" if key == "decide" else key],)
    )


def address(file: Import, which: str) -> str:
    """Where the rows of a kind are shown, or decided."""
    if which in {"decide", "differences"}:
        return reverse("imports:decide", args=[file.pk, which])
    return reverse("imports:rows", args=[file.pk, which])


def _told(file: Import, counted: Mapping[str, int]) -> tuple[str, ...]:
    told = []
    if counted["verdict_before"]:
        rows = count(counted["verdict_before"], "row")
        told.append(f"{rows} were loaded already from an earlier sending, and are left alone.")
    if counted["verdict_aside"] and file.state not in {"read", "checking"}:
        rows = count(counted["verdict_aside"], "school")
        told.append(f"{rows} of the file are of other authorities or phases, or not open.")
    if file.state == "undone":
        told.append(f"{count(counted['outcome_undone'], 'row')} were taken back.")
    if file.state in {"loaded", "stopped"}:
        told.append(f"{count(counted['outcome_loaded'], 'row')} of the file wrote something.")
    if file.state in {"loaded", "stopped"}:
        until = day(local_day(file.changed_at + UNDO_WITHIN))
        told.append(
            f"It can be taken back until {until}. After that, rows that wrote nothing are "
            "forgotten. The file itself was never kept."
        )
    return tuple(told)


def _warnings(file: Import, same: Import | None) -> tuple[str, ...]:
    if same is None or file.state in {"undone", "given_up"}:
        return ()
    return (
        (
            f"This is the same file, sign for sign, as the one loaded on "
            f"{day(local_day(same.changed_at))}. Loading it again writes nothing twice."
        ),
    )


def name_of(file: Import, row: Row) -> str:
    """Who or what a row is about, as the file says."""
    values = row.values
    if file.kind != PEOPLE:
        return values.get("name") or "No name"
    name = f"{values.get('given_name', '')} {values.get('family_name', '')}".strip()
    return name or "No name"


def news(file: Import, row: Row) -> str:
    """What a row brings, in words."""
    words = [LABELS.get(one, one) for one in row.changes]
    return sentence(", ".join(dict.fromkeys(words)).lower()) if words else ""


def detail(file: Import, row: Row, which: str) -> str:
    """What there is to say of a row in a list."""
    if which == "problems":
        return " ".join(f"{_at(file, key)}{text}" for key, text in row.problems)
    if which == "left":
        return f"Left as it is: {row.left_says}"
    if file.kind != PEOPLE and which == "new":
        return ", ".join(filter(None, (row.values.get("phase"), row.values.get("postcode"))))
    return news(file, row)


def _at(file: Import, key: str) -> str:
    return f"{says(file.kind, key)}: " if key else ""


def mend_says(file: Import, row: Row) -> str:
    """What the file of rows to mend says beside a row."""
    if row.verdict == "problem":
        return detail(file, row, "problems")
    return "Somebody has to decide on the page whether this is someone on record."


TITLES = {
    "problems": "Rows to mend",
    "changes": "Known, with something new",
    "same": "Nothing new",
    "new": "Not known yet",
    "closes": "Closed",
    "left": "Left as it is, because it was changed since",
    "loaded": "Rows that wrote something",
}


def headers(which: str) -> tuple[Header, ...]:
    """The heads of a list of rows."""
    last = {"problems": "What to mend", "left": "What was left", "same": ""}.get(
        which, "What is new"
    )
    return tuple(Header(one) for one in ("Line", "Name", last) if one)


def lines(file: Import, rows: Sequence[Row], which: str) -> tuple[tuple[str, ...], ...]:
    """Rows of a list."""
    width = len(headers(which))
    return tuple(
        (str(row.number), name_of(file, row), detail(file, row, which))[:width] for row in rows
    )


def _sample(file: Import, rows: Sequence[Row], counted: Mapping[str, int]) -> Sample | None:
    if not rows:
        return None
    which = "new" if file.kind != PEOPLE else "changes"
    total = counted[which]
    return Sample(
        title="Some of the new schools" if which == "new" else "Some of what it brings",
        headers=headers(which),
        rows=lines(file, rows, which),
        href=address(file, which),
        more=f"See all {total:,}" if total > len(rows) else "",
    )


@dataclass(frozen=True)
class RowsPage:
    """Rows of one kind."""

    title: str
    caption: str
    back: str
    headers: tuple[Header, ...]
    rows: tuple[tuple[str, ...], ...]
    pages: Pages
    total: int
    mends: bool
    file_id: UUID


@dataclass(frozen=True)
class Choice:
    """One answer to who a row is about."""

    value: str
    says: str
    hint: str
    chosen: bool


@dataclass(frozen=True)
class Differs:
    """A difference between the file and the record."""

    key: str
    says: str
    ours: str
    theirs: str
    may_take: bool
    taken: bool


@dataclass(frozen=True)
class Undecided:
    """A row that waits for someone to decide."""

    number: int
    name: str
    born: str
    more: str
    choices: tuple[Choice, ...]
    differs: tuple[Differs, ...]
    decided_by: str


@dataclass(frozen=True)
class DecidePage:
    """Rows to decide about."""

    title: str
    lead: str
    caption: str
    back: str
    rows: tuple[Undecided, ...]
    pages: Pages
    open: bool
    rule: str


def person_says(person: Person | None, *, is_open: bool) -> str:
    """Someone on record, as far as the reader may know them."""
    if person is None:
        return "Someone on record"
    if not is_open:
        return "Someone on record whose help you are not part of"
    born = f", born {day(person.born_on)}" if person.born_on else ""
    return f"{person.full_name}{born}"


def said(file: Import, key: str) -> str:
    """What a column or field is called."""
    return LABELS.get(key) or schools.said(key)
