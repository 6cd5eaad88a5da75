"""Who is a child, and what must be kept from whom."""

import re
from collections.abc import Iterable
from datetime import date

from earlydoors.foundation.kernel.dates import age_on

ADULT_AT = 18
CODED = {
    "ethnicity": "ethnicity",
    "religion": "religion",
    "disabilities": "disability",
    "sen_provision": "sen_provision",
    "sen_needs": "sen_need",
}
"""The facts of a person that are codes, and the list each is of."""
SEX_CODES = {"female": "F", "male": "M", "neither": "I", "not_known": "U"}
"""The code of each sex in the list `sex`, which has the codes of the national returns."""
KEPT = "[kept private]"
_NUMBER = re.compile(
    r"^(?:\d+\s*[a-z]?\b|(?:flat|unit|apartment|room)\b[^,]*?(?<!\d)\d+\s*[a-z]?\b)\W*",
    re.IGNORECASE,
)
_KIND_OF_PLACE = re.compile(
    r"(?<![\s,])[\s,]+(?:day|pre-?school|nursery|infants?|junior|primary|secondary|high|special"
    r"|school|academy|college|playgroup|surgery|practice|clinic|hospital|refuge"
    r"|(?:children['’]s |family )?(?:centre|hub))$",
    re.IGNORECASE,
)
_TELLING = 5  # letters: a shorter name alone would take words out of every sentence


def is_child(born_on: date | None, due_on: date | None, relation: str, today: date) -> bool:
    """Whether someone is a child: not born, or under 18; by their place in the family if no date
    is known (Children Act 1989, section 105)."""
    if born_on is not None:
        return age_on(born_on, today) < ADULT_AT
    return due_on is not None or relation == "child"


def age_in_words(born_on: date | None, due_on: date | None, today: date) -> str:
    """7, `8 months`, `3 weeks`, `5 days`, `born today`, `not yet born`; empty when not known."""
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
    days = (today - born_on).days
    if days >= 14:
        return f"{days // 7} weeks"
    return {0: "born today", 1: "1 day"}.get(days, f"{days} days")


def kind_of_number(phone: str) -> str:
    """The kind of a phone by how it begins: 07 and +44 7 are mobile phones."""
    digits = re.sub(r"\D", "", phone)
    return "mobile" if digits.startswith(("07", "447", "00447", "4407")) else "phone"


def names_of(place: str) -> set[str]:
    """The ways to name a place that is written down as `14 Rosemary Lane, Whitehaven` or `Little
    Harbour Nursery, Whitehaven`: whole, without its town, without the number, without its kind."""
    parts = [part.strip() for part in place.split(",") if part.strip()]
    given = {place.strip(), *(parts[:-1] or parts)}
    shorter: set[str] = set()
    for name in given:
        while (rest := _KIND_OF_PLACE.sub("", _NUMBER.sub("", name))) != name:
            shorter |= {_NUMBER.sub("", name), rest}
            name = rest
    return {name for name in given if name} | {one for one in shorter if len(one) >= _TELLING}


def without(text: str, secrets: Iterable[str]) -> str:
    """The text with every secret taken out, whatever its capitals and spacing."""
    for secret in sorted(
        {s.strip() for s in secrets if len(s.strip()) >= 3}, key=len, reverse=True
    ):
        words = (re.escape(word) for word in re.split(r"[\s,]+", secret) if word)
        loosely = re.sub("['’]", "['’]?", r"[\s,]+".join(words))
        text = re.sub(rf"(?<!\w){loosely}(?!\w)", KEPT, text, flags=re.IGNORECASE)
    return text
