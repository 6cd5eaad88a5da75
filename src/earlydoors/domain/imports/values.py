"""The cells of one row as facts, each read by the rules that hold for someone typing it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from earlydoors.domain.imports.columns import PEOPLE, SCHOOLS, says
from earlydoors.domain.imports.writing import sent
from earlydoors.domain.people.rules import CODED, SEX_CODES
from earlydoors.foundation.codes.reading import code_list
from earlydoors.foundation.kernel.dates import UnreadableDateError, day, read_date
from earlydoors.foundation.kernel.identifiers import READERS, UnreadableNumberError
from earlydoors.foundation.kernel.text import folded, tidy

LONGEST_NAME = 200
LONGEST_LINE = 100
_POSTCODE = re.compile(
    r"(GIR 0AA|[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]([0-9]|[ABEHMNPRV-Y])?|[0-9][A-HJKPSTUW])"
    r" [0-9][ABD-HJLNP-UW-Z]{2}|ZZ99 3[A-Z]{2})"
)
"""The shape of a postcode (BS 7666); ZZ99 stands for no fixed abode and the like."""
_DATE = re.compile(r"(\d{1,4})[ /.\-]+([A-Za-z]{3,9}|\d{1,2})[ /.\-,]+(\d{2,4})")
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_SERIAL = re.compile(r"[2-4]\d{4}")
_URN = re.compile(r"\d{6}")
_OLDEST = 120  # years
type Values = dict[str, str]


class Unsound(ValueError):
    """A value that cannot be. `str()` says what to do."""


@dataclass
class Read:
    """One row read: what it says by key, and what is wrong with it, each with its column."""

    values: Values = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, key: str, sentence: str) -> None:
        """Note a problem."""
        self.problems.append((key, sentence))


def read_row(
    kind: str,
    cells: Sequence[str],
    mapping: Mapping[str, int],
    *,
    width: int,
    formulas: Sequence[int] = (),
    today: date,
) -> Read:
    """What a row says. `width` is how many columns have a heading."""
    read = Read()
    if len(cells) > width and any(cells[width:]):
        read.refuse(
            "",
            f"This row has {len(cells)} values and there are {width} headings. A comma inside a "
            "value wants quotation marks round the value.",
        )
    for key, place in mapping.items():
        raw = tidy(sent(cells[place])) if place < len(cells) else ""
        if not raw:
            continue
        if place in formulas:
            read.refuse(key, "This is a formula. It was not run. Put the value in its place.")
        elif "\N{REPLACEMENT CHARACTER}" in raw:
            read.refuse(key, "A letter was lost in this value. Write it again.")
        else:
            _value(kind, key, raw, read, today)
    (_whole_person if kind == PEOPLE else _whole_school)(read, mapping, today)
    return read


def _value(kind: str, key: str, raw: str, read: Read, today: date) -> None:
    reader = _READERS.get((kind, key), _plain(_line))
    try:
        value = reader(raw, today)
    except (Unsound, UnreadableDateError, UnreadableNumberError) as fault:
        read.refuse(key, f"{str(fault).rstrip('.')}.")
    else:
        read.values[key] = value


def _whole_person(read: Read, mapping: Mapping[str, int], today: date) -> None:
    refused = {key for key, _ in read.problems}
    for key in ("given_name", "family_name", "born_on"):
        if key not in read.values and key not in refused:
            read.refuse(key, f"{says(PEOPLE, key)} is missing.")
    name = f"{read.values.get('given_name', '')} {read.values.get('family_name', '')}"
    if not folded(name) and not {"given_name", "family_name"} & refused and name.strip():
        read.refuse("given_name", "A name has at least one letter.")
    began, ended = read.values.get("began_on"), read.values.get("ended_on")
    if began and ended and ended < began:
        read.refuse("ended_on", "The date of leaving is before the date of entry.")
    born = read.values.get("born_on")
    if born and began and began < born:
        read.refuse("began_on", "The date of entry is before the date of birth.")


def _whole_school(read: Read, mapping: Mapping[str, int], today: date) -> None:
    refused = {key for key, _ in read.problems}
    for key in ("urn", "name", "authority", "status"):
        if key not in read.values and key not in refused:
            read.refuse(key, f"{says(SCHOOLS, key)} is missing.")
    code, number = read.values.get("authority_code"), read.values.get("establishment")
    if code and number:
        read.values["laestab"] = f"{code.zfill(3)}{number.zfill(4)}"


def _line(raw: str) -> str:
    if len(raw) > LONGEST_NAME:
        raise Unsound(f"This has {len(raw):,} letters; write it in {LONGEST_NAME} at most")
    return raw


def _short(raw: str) -> str:
    if len(raw) > LONGEST_LINE:
        raise Unsound(f"This has {len(raw):,} letters; write it in {LONGEST_LINE} at most")
    return raw


def _name(raw: str) -> str:
    if any(c.isdigit() for c in raw):
        raise Unsound("A name has no digits. Look whether the columns have shifted")
    return _line(raw)


def _whole_date(raw: str) -> str:
    bare = _CLOCK.sub("", raw)
    if _SERIAL.fullmatch(bare):
        raise Unsound(
            f"{bare} is how a spreadsheet keeps a date inside. Give the column the format of a date"
        )
    if not _DATE.fullmatch(bare):
        raise Unsound("Write the date with day, month and year, for example 3/3/2018")
    return bare


def _any_day(raw: str, today: date) -> str:
    return read_date(_whole_date(raw), today).isoformat()


def _born_on(raw: str, today: date) -> str:
    born = read_date(_whole_date(raw), today)
    if born > today:
        raise Unsound(f"{day(born)} is still to come. A date of birth is today or earlier")
    if today.year - born.year > _OLDEST:
        raise Unsound(f"{day(born)} is more than {_OLDEST} years ago. Look at the year")
    return born.isoformat()


_SEXES = {
    **{code.lower(): key for key, code in SEX_CODES.items()},
    **{key: key for key in SEX_CODES},
    "1": "male",
    "2": "female",
    "9": "not_known",
    "0": "not_known",
    "boy": "male",
    "girl": "female",
    "not known": "not_known",
    "unknown": "not_known",
}


def _sex(raw: str) -> str:
    found = _SEXES.get(raw.lower())
    if found is None:
        raise Unsound("Write F, M, I (neither) or U (not known)")
    return found


def _coded(fact: str) -> Callable[[str], str]:
    listed = code_list(CODED[fact])
    names = {one.code.lower(): one.code for one in listed.codes}
    names |= {folded(one.says): one.code for one in listed.codes}

    def read(raw: str) -> str:
        # Systems often write the code with its words: WBRI - White British.
        first = re.split(r"[\s\-:–]", raw, maxsplit=1)[0].lower()
        found = names.get(raw.lower()) or names.get(folded(raw)) or names.get(first)
        if found is None:
            raise Unsound(
                f"“{raw[:40]}” is not in the list “{listed.title}”. Write one of its codes"
            )
        return found

    return read


def read_postcode(raw: str) -> str:
    """A postcode as it is written, LA1 1AA. Raises `Unsound`."""
    bare = re.sub(r"[^A-Z0-9]", "", raw.upper())
    whole = f"{bare[:-3]} {bare[-3:]}"
    if not _POSTCODE.fullmatch(whole):
        raise Unsound(f"“{raw[:20]}” is not a postcode")
    return whole


def _urn(raw: str) -> str:
    bare = raw.replace(" ", "")
    if not _URN.fullmatch(bare):
        raise Unsound("A URN has 6 digits, such as 112345")
    return bare


def _school_postcode(raw: str) -> str:
    # The register has a handful of old and foreign addresses; a school is not refused for one.
    return _line(raw)[:10]


def _plain(read: Callable[[str], str]) -> "Reader":
    return lambda raw, _today: read(raw)


type Reader = Callable[[str, date], str]
_PLAIN: dict[tuple[str, str], Callable[[str], str]] = {
    **{(PEOPLE, kind): read for kind, read in READERS.items()},
    (PEOPLE, "given_name"): _name,
    (PEOPLE, "family_name"): _name,
    (PEOPLE, "known_as"): _name,
    (PEOPLE, "preferred_surname"): _name,
    (PEOPLE, "former_surname"): _name,
    (PEOPLE, "sex"): _sex,
    (PEOPLE, "ethnicity"): _coded("ethnicity"),
    (PEOPLE, "religion"): _coded("religion"),
    (PEOPLE, "sen_provision"): _coded("sen_provision"),
    (PEOPLE, "first_language"): _short,
    (PEOPLE, "postcode"): read_postcode,
    (PEOPLE, "school_urn"): _urn,
    (SCHOOLS, "urn"): _urn,
    (SCHOOLS, "postcode"): _school_postcode,
}
_READERS: dict[tuple[str, str], Reader] = {
    **{place: _plain(read) for place, read in _PLAIN.items()},
    (PEOPLE, "born_on"): _born_on,
    (PEOPLE, "began_on"): _any_day,
    (PEOPLE, "ended_on"): _any_day,
    (SCHOOLS, "opened_on"): _any_day,
    (SCHOOLS, "closed_on"): _any_day,
}
