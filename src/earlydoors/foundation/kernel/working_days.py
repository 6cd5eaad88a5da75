"""Clocks in working days: Monday to Friday, without the bank holidays of England and Wales.

The holidays come from the dated list that GOV.UK publishes, as carried by the
`govuk-bank-holidays` package; beyond the list's last year only weekends are left out.
"""

from datetime import date, timedelta
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays


@cache
def bank_holidays() -> frozenset[date]:
    """The known bank holidays of England and Wales."""
    known = BankHolidays(use_cached_holidays=True)
    return frozenset(h["date"] for h in known.get_holidays(division=known.ENGLAND_AND_WALES))


def is_working_day(on: date) -> bool:
    """Whether offices are open on this day."""
    return on.weekday() < 5 and on not in bank_holidays()


def add_working_days(start: date, days: int) -> date:
    """The day `days` working days after `start`; the day itself does not count."""
    here = start
    while days > 0:
        here += timedelta(days=1)
        if is_working_day(here):
            days -= 1
    return here


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
