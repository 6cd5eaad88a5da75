"""The pages on which a file is sent and its columns are named."""

from collections.abc import Mapping
from dataclasses import dataclass

from earlydoors.domain.imports.columns import (
    KNOWN,
    PEOPLE,
    SCHOOLS,
    TO_MEND,
    missing,
    repeated,
    says,
)
from earlydoors.domain.imports.models import Import
from earlydoors.domain.imports.operations import UNDO_WITHIN, Limits
from earlydoors.web.design.addresses import reverse
from earlydoors.web.design.words import count

NOT_THERE = ""
_SAMPLES = 3
_LONGEST = 40  # letters of a sample


@dataclass(frozen=True)
class SendPage:
    """Where a file is chosen."""

    title: str
    caption: str
    lead: str
    told: tuple[str, ...]
    limit: str
    fault: str
    back: str
    back_text: str

    @classmethod
    def of(cls, kind: str, fault: str, limits: Limits) -> "SendPage":
        """The page for a new file of a kind."""
        if kind == PEOPLE:
            title, told = "Bring in a file of people", list(_OF_PEOPLE)
            lead = "A school roll, for example. You look at what is in it before anything is kept."
        else:
            title, told = "Bring in the register of schools", list(_OF_SCHOOLS)
            lead = "The file edubasealldata of Get Information about Schools, as it is downloaded."
        back = reverse("imports:list")
        return cls(title, "", lead, tuple(told), _limit(limits), fault, back, "Files")

    @classmethod
    def again(cls, file: Import, fault: str, limits: Limits) -> "SendPage":
        """The page for the mended rows of a file."""
        back = reverse("imports:file", args=[file.pk])
        lead = (
            "Send the file of rows to mend once they are mended, or the whole file again: what is "
            "loaded already is left alone."
        )
        return cls(
            "Send mended rows",
            file.file_name,
            lead,
            (),
            _limit(limits),
            fault,
            back,
            file.file_name,
        )


_KEPT = (
    "The file itself is not kept, only its rows. Rows that write nothing are forgotten after "
    f"{UNDO_WITHIN.days} days."
)
_OF_PEOPLE = (
    (
        "Its first line must hold the headings. Each row needs a given name, a family name and a "
        "date of birth; a UPN, ULN or NHS number makes sure who it is."
    ),
    (
        "Only what the columns you choose say is written, and only of people who are known "
        "already, unless you say otherwise and why."
    ),
    _KEPT,
)
_OF_SCHOOLS = (
    "You choose the local authorities and phases. A school that closed is ended, never removed.",
    _KEPT,
)


def _limit(limits: Limits) -> str:
    return (
        f"CSV, Excel (xlsx, xls) or OpenDocument (ods), up to {limits.size >> 20:,} MB and "
        f"{limits.rows:,} rows."
    )


@dataclass(frozen=True)
class Choice:
    """A column of the file to choose."""

    value: str
    says: str
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """Something a file may say, and the column that says it."""

    key: str
    says: str
    required: bool
    choices: tuple[Choice, ...]
    sample: str


@dataclass(frozen=True)
class ColumnsPage:
    """Which column holds what."""

    title: str
    caption: str
    fault: str
    read_as: str
    asked: tuple[Asked, ...]
    warnings: tuple[str, ...]
    not_taken: str
    back: str
    again: bool


def chosen(file: Import, posted: Mapping[str, str]) -> tuple[dict[str, int], str]:
    """What was chosen on the page, and what is wrong with it in a sentence."""
    found: dict[str, int] = {}
    for column in KNOWN[file.kind]:
        value = posted.get(f"column.{column.key}", NOT_THERE)
        if value.isdecimal() and int(value) < len(file.headings):
            found[column.key] = int(value)
    by_place: dict[int, list[str]] = {}
    for key, place in found.items():
        by_place.setdefault(place, []).append(says(file.kind, key))
    twice = next((keys for keys in by_place.values() if len(keys) > 1), None)
    fault = f"{' and '.join(twice)} are the same column. Choose one for each." if twice else ""
    return found, fault


def columns_page(file: Import, standing: Mapping[str, int], fault: str) -> ColumnsPage:
    """The page, with the columns that were recognised or chosen."""
    rows = [row.cells for row in file.rows.order_by("number")[:_SAMPLES]]
    lacking = missing(file.kind, standing)
    again = repeated(file.headings)
    warnings = []
    if lacking and not fault:
        warnings.append(f"These are needed and were not recognised: {', '.join(lacking)}.")
    if again:
        warnings.append(f"These headings stand over more than one column: {', '.join(again)}.")
    taken = set(standing.values())
    others = [
        _heading(file, n)
        for n in range(len(file.headings))
        if n not in taken and file.headings[n] != TO_MEND
    ]
    return ColumnsPage(
        title="Which column is which?",
        caption=file.file_name,
        fault=fault,
        read_as=f"It was read as {file.read_as}: {count(file.rows_in_file, 'row')}.",
        asked=tuple(
            Asked(
                key=one.key,
                says=one.says,
                required=one.required,
                choices=_choices(file, standing.get(one.key)),
                sample=_sample(rows, standing.get(one.key)),
            )
            for one in KNOWN[file.kind]
        ),
        warnings=tuple(warnings),
        not_taken=", ".join(others),
        back=reverse("imports:file", args=[file.pk]),
        again=file.state == "checked",
    )


def _heading(file: Import, place: int) -> str:
    heading = file.headings[place] or "No heading"
    twice = file.headings.count(file.headings[place]) > 1
    return f"{heading} (column {place + 1})" if twice or not file.headings[place] else heading


def _choices(file: Import, standing: int | None) -> tuple[Choice, ...]:
    return (
        Choice(NOT_THERE, "Not taken", standing is None),
        *(
            Choice(str(n), _heading(file, n), n == standing)
            for n in range(len(file.headings))
            if file.headings[n] != TO_MEND
        ),
    )


def _sample(rows: list[list[str]], place: int | None) -> str:
    if place is None:
        return ""
    seen = [row[place][:_LONGEST] for row in rows if place < len(row) and row[place]]
    return ", ".join(dict.fromkeys(seen)) or "Empty in the first rows"


@dataclass(frozen=True)
class ChoosingPage:
    """Which schools are taken; or that this is not the register."""

    title: str
    caption: str
    read_as: str
    lacking: str
    back: str


def choosing_page(file: Import) -> ChoosingPage:
    """The page on which schools are chosen."""
    return ChoosingPage(
        title="Which schools?",
        caption=file.file_name,
        read_as=f"It was read as {file.read_as}: {count(file.rows_in_file, 'row')}.",
        lacking="",
        back=reverse("imports:file", args=[file.pk]),
    )


def not_the_register(file: Import) -> ChoosingPage:
    """The page for a file that is no register of schools."""
    return ChoosingPage(
        title="This is not the register of schools",
        caption=file.file_name,
        read_as=f"It was read as {file.read_as}: {count(file.rows_in_file, 'row')}.",
        lacking=", ".join(missing(SCHOOLS, file.columns)),
        back=reverse("imports:file", args=[file.pk]),
    )
