"""Words that somebody typed to find somebody, kept out of the address.

An address stays in the browser and in the logs of whatever it passes through, so it carries a mark
in their place. The words stay with the sign-in, and go with it.
"""

import secrets

from django.http import HttpRequest

_KEPT = "typed"
MOST = 20
"""How many one sign-in keeps; the oldest go first."""


def keep(request: HttpRequest, words: str) -> str:
    """Keep some words, and get their mark for an address; the same words have the same mark."""
    kept: dict[str, str] = request.session.get(_KEPT, {})
    mark = next((mark for mark, text in kept.items() if text == words), "")
    if words and not mark:
        mark = secrets.token_urlsafe(6)
        request.session[_KEPT] = dict([*kept.items(), (mark, words)][-MOST:])
    return mark


def words_of(request: HttpRequest, mark: str) -> str:
    """The words behind a mark; none where the sign-in does not know it."""
    kept: dict[str, str] = request.session.get(_KEPT, {})
    return kept.get(mark, "")
