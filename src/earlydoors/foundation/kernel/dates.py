"""Dates as people in England write them, and how they are said back."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_EXAMPLE = "for example 3 March 2026 or 3/3/2026"
_SEPARATORS = re.compile(r"[\s/.,\-\u2013]+")
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b")
_EARLIEST_YEAR = 1900
_DAYS_AHEAD = 183
_DAYS_FROM_TODAY = {"yesterday": -1, "today": 0, "tomorrow": 1}


class UnreadableDateError(ValueError):
    """The text is not a date. `str()` is the sentence to show at the field."""


def _month(word: str) -> int | None:
    if word.isdecimal():
        return int(word) if len(word) <= 2 and 1 <= int(word) <= 12 else None
    if len(word) < 3:
        return None
    return next((n for n, name in enumerate(_MONTHS, 1) if name.startswith(word)), None)


def _year(word: str, today: date) -> int | None:
    if not word.isdecimal() or len(word) not in (2, 4):
        return None
    if len(word) == 4:
        return int(word)
    # Two digits mean the nearest such year that is not more than ten years ahead.
    century = today.year // 100 * 100
    year = century + int(word)
    return year if year <= today.year + 10 else year - 100


def read_date(text: str, today: date) -> date:
    """Read a date as someone typed it: 3/3/26, 3 March, 3 mar 2026, 2026-03-03, yesterday.

    Day comes before month, as in England. A date without a year is the latest such day that is
    not more than six months ahead. Raises `UnreadableDateError` with a sentence.
    """
    words = [w for w in _SEPARATORS.split(_ORDINAL.sub("", text.strip().lower())) if w]
    if len(words) == 1 and words[0] in _DAYS_FROM_TODAY:
        return today + timedelta(days=_DAYS_FROM_TODAY[words[0]])
    if len(words) == 3 and len(words[0]) == 4 and words[0].isdecimal():
        words.reverse()
    if len(words) in (2, 3) and words[0].isalpha() and words[1].isdecimal():
        words[:2] = words[1], words[0]
    if len(words) not in (2, 3) or not words[0].isdecimal():
        raise UnreadableDateError(f"Enter a date, {_EXAMPLE}")
    day, month = int(words[0][:4]), _month(words[1])
    if month is None:
        raise UnreadableDateError(f"Enter a real month, {_EXAMPLE}")
    if len(words) == 3:
        year = _year(words[2], today)
        if year is None:
            raise UnreadableDateError(f"Enter the year in full, {_EXAMPLE}")
        if not _EARLIEST_YEAR <= year <= today.year + 100:
            latest = today.year + 100
            raise UnreadableDateError(f"Enter a year between {_EARLIEST_YEAR} and {latest}")
        return _real(day, month, year)
    return _nearest(day, month, today)


def _nearest(day: int, month: int, today: date) -> date:
    """The latest such day not more than six months ahead; 29 February may be years ago."""
    for year in range(today.year + 1, max(today.year - 8, 0), -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found - today).days <= _DAYS_AHEAD:
            return found
    return _real(day, month, today.year)


def _real(day: int, month: int, year: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        name = _MONTHS[month - 1].capitalize()
        raise UnreadableDateError(f"{name} {year} has no day {day}. Enter a real date") from None


def day(value: date) -> str:
    """3 March 2026."""
    return f"{value.day} {_MONTHS[value.month - 1].capitalize()} {value.year}"


def clock(value: datetime) -> str:
    """2:32pm, in London."""
    local = value.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local.minute:02}{'am' if local.hour < 12 else 'pm'}"


def moment(value: datetime) -> str:
    """3 March 2026 at 2:32pm, in London."""
    return f"{day(value.astimezone(LONDON).date())} at {clock(value)}"


def local_day(value: datetime) -> date:
    """The day it was in London."""
    return value.astimezone(LONDON).date()


def end_of(last: date) -> datetime:
    """The moment at which a day is over in London."""
    return datetime.combine(last + timedelta(days=1), time.min, tzinfo=LONDON)


def age_on(born: date, on: date) -> int:
    """Whole years of age on a day; negative before birth."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def months_later(start: date, months: int) -> date:
    """The same day of a later month, or its last day where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for here in range(start.day, 27, -1):
        try:
            return date(year, month + 1, here)
        except ValueError:
            continue
    return date(year, month + 1, min(start.day, 28))
