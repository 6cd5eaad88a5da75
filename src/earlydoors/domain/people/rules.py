"""Who is a child, and what must be kept from whom."""

import re
from collections.abc import Iterable
from datetime import date

from earlydoors.foundation.kernel.dates import age_on

ADULT_AT = 18
KEPT = "[kept private]"


def is_child(born_on: date | None, due_on: date | None, relation: str, today: date) -> bool:
    """Whether someone is a child: not born, or under 18; by their place in the family if no date
    is known (Children Act 1989, section 105)."""
    if born_on is not None:
        return age_on(born_on, today) < ADULT_AT
    return due_on is not None or relation == "child"


def age_in_words(born_on: date | None, due_on: date | None, today: date) -> str:
    """7, `8 months`, `due`; empty when not known."""
    if born_on is None:
        return "not yet born" if due_on else ""
    if born_on > today:
        return "not yet born"
    years = age_on(born_on, today)
    if years >= 2:
        return str(years)
    months = (today.year - born_on.year) * 12 + today.month - born_on.month
    months -= today.day < born_on.day
    if months >= 2:
        return f"{months} months"
    weeks = (today - born_on).days // 7
    return f"{weeks} weeks"


def without(text: str, secrets: Iterable[str]) -> str:
    """The text with every secret taken out, whatever its capitals and spacing."""
    for secret in sorted(
        {s.strip() for s in secrets if len(s.strip()) >= 3}, key=len, reverse=True
    ):
        loosely = r"[\s,]+".join(re.escape(word) for word in re.split(r"[\s,]+", secret) if word)
        text = re.sub(rf"(?<!\w){loosely}(?!\w)", KEPT, text, flags=re.IGNORECASE)
    return text
