"""When something happened, as people remember it: a day, a month, a season, a year."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from earlydoors.foundation.kernel.dates import UnreadableDateError, day, read_date

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
# The seasons of the Met Office. Winter runs into the next year.
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_LOOSELY = re.compile(r"^(about|around|roughly|circa|c\.?|approximately)\s+")
_EXAMPLE = "for example 3 March 2021, March 2021, spring 2021 or 2021"
_EARLIEST = 1900


@dataclass(frozen=True)
class Span:
    """From when to when something may lie, both days included, and how it is said."""

    first: date
    last: date
    says: str

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last


def read_span(text: str, today: date) -> Span:
    """Read a time as someone remembers it: `3 March 2021`, `March 2021`, `spring 2021`, `early
    2021`, `Christmas 2020`, `2021`, `about 2015`, `2015 to 2017`.

    Raises `UnreadableDateError` with a sentence, also for a time that is all to come.
    """
    plain = re.sub(r"\s+", " ", text.strip().lower().replace(",", " "))
    loosely = _LOOSELY.match(plain)
    plain = plain[loosely.end() :] if loosely else plain
    found = _loose(plain)
    if found is None:
        exact = _day(plain, today)
        found = Span(exact, exact, day(exact))
    if found.first > today:
        raise UnreadableDateError("Enter a time that is not later than today")
    if loosely:
        says = f"About {found.says[:1].lower()}{found.says[1:]}"
        found = Span(found.first, found.last, _proper(says))
    return found


def _day(text: str, today: date) -> date:
    """A day that is over: without a year, the last such day."""
    try:
        found = read_date(text, today)
        if found > today and re.search(r"\d", text) and not re.search(r"\d{4}", text):
            return read_date(f"{found.day} {_MONTHS[found.month - 1]} {found.year - 1}", today)
    except UnreadableDateError as unreadable:
        said = str(unreadable)
        # A slip in a day is named as such; anything else is shown what can be written.
        asks = "Enter a date," in said or "real month" in said
        raise UnreadableDateError(f"Enter when it was, {_EXAMPLE}" if asks else said) from None
    return found


def _loose(text: str) -> Span | None:
    """A time of more than a day, or nothing of the kind."""
    if years := re.fullmatch(r"(\d{4})\s*(?:to|-|\u2013|until)\s*(\d{4})", text):
        first, last = int(years[1]), int(years[2])
        if first > last:
            raise UnreadableDateError("The last year must not be before the first")
        return Span(date(_year(first), 1, 1), date(_year(last), 12, 31), f"{first} to {last}")
    if not (said := re.fullmatch(r"(?:([a-z]+)[ -]+(?:of )?)?(\d{4})", text)):
        return None
    word, year = said[1] or "", _year(int(said[2]))
    if not word:
        return Span(date(year, 1, 1), date(year, 12, 31), str(year))
    if word in _SEASONS:
        return _months(year, _SEASONS[word], 3, f"{word.capitalize()} {year}")
    if word in _PARTS:
        first_month, last_month = _PARTS[word]
        return _months(year, first_month, last_month - first_month + 1, f"{word} {year}")
    if word == "christmas":
        return Span(date(year, 12, 24), date(year, 12, 26), f"Christmas {year}")
    month = next(
        (n for n, name in enumerate(_MONTHS, 1) if len(word) >= 3 and name.startswith(word)), None
    )
    if month is None:
        raise UnreadableDateError(f"Enter when it was, {_EXAMPLE}")
    return _months(year, month, 1, f"{_MONTHS[month - 1].capitalize()} {year}")


def _months(year: int, month: int, count: int, says: str) -> Span:
    after = month - 1 + count
    last = date(year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
    return Span(date(year, month, 1), last, says[:1].upper() + says[1:])


def _year(year: int) -> int:
    if not _EARLIEST <= year <= 9998:
        raise UnreadableDateError(f"Enter a year after {_EARLIEST - 1}")
    return year


def _proper(says: str) -> str:
    """A month keeps its capital after another word."""
    return re.sub(
        rf"\b({'|'.join([*_MONTHS, 'christmas'])})\b", lambda found: found[1].capitalize(), says
    )
