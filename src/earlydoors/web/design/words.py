"""Filters that put dates, numbers and texts into plain English."""

from datetime import date, datetime

from markupsafe import Markup, escape

from earlydoors.foundation.kernel import dates

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _as_day(value: date) -> date:
    return dates.local_day(value) if isinstance(value, datetime) else value


def day(value: date | None) -> str:
    """3 March 2026; nothing for no date. A moment is said as its day in London."""
    return dates.day(_as_day(value)) if value else ""


def day_short(value: date | None) -> str:
    """Thu 5 March; for dates near enough to need no year."""
    if not value:
        return ""
    near = _as_day(value)
    return f"{_WEEKDAYS[near.weekday()]} {dates.day(near).rsplit(' ', 1)[0]}"


def moment(value: datetime | None) -> str:
    """3 March 2026 at 2:32pm, in London; nothing for no moment."""
    return dates.moment(value) if value else ""


def clock(value: datetime | None) -> str:
    """2:32pm, in London; nothing for no moment."""
    return dates.clock(value) if value else ""


def until(value: date | None, today: date) -> str:
    """How far off a day is: today, tomorrow, in 3 days, yesterday, 2 days ago, 3 weeks ago."""
    if not value:
        return ""
    days = (_as_day(value) - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
    if near:
        return near
    span = _span(abs(days))
    return f"in {span}" if days > 0 else f"{span} ago"


def _span(days: int) -> str:
    if days < 14:
        return count(days, "day")
    if days < 61:
        return count(days // 7, "week")
    if days < 365 * 2:
        return count(days * 12 // 365, "month")
    return count(days // 365, "year")


def count(number: int, one: str, many: str = "") -> str:
    """1 action, 2 actions, 3 people: the number with the word for so many."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def count_in_words(number: int, one: str, many: str = "") -> str:
    """Two actions, up to nine in words, as running text wants it."""
    said = _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"
    return f"{said} {one if number == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def nl2p(text: str | None) -> Markup:
    """What somebody wrote, as paragraphs; every character of theirs is escaped."""
    parts = [part.strip() for part in (text or "").replace("\r\n", "\n").split("\n\n")]
    return Markup("").join(
        Markup('<p class="govuk-body">{}</p>').format(
            Markup("<br>").join(escape(line) for line in part.split("\n"))
        )
        for part in parts
        if part
    )
