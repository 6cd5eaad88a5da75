"""Languages in one spelling, so that those who share one are found together.

A language is kept by its name, not by a code: there are thousands, and a family's own word for
theirs is worth more than the nearest of a list. Those of the list are written as the list has them.
"""

import re
from functools import cache

from earlydoors.foundation.codes.reading import code_list
from earlydoors.foundation.kernel.text import folded, tidy


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for one in code_list("language").codes:
        for name in (one.says, one.code, *one.also.values()):
            found[folded(name)] = one.says
    return found


def language(text: str) -> str:
    """A language as the list spells it; as it was typed, where the list does not have it."""
    return _names().get(folded(text), tidy(text))


def languages(text: str) -> str:
    """Several languages, however they were set apart, each once."""
    parts = re.split(r"[,;/\n]|\band\b|&|\+", text)
    return ", ".join(dict.fromkeys(language(part) for part in parts if part.strip()))
