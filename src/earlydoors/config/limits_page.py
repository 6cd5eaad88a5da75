"""Every limit there is, for one person and for all: `docs/reference/limits.md`, read from where
each of them lies, so that the page cannot fall behind."""

from datetime import timedelta
from typing import Final

from django.conf import settings

from earlydoors.config import installation, serving
from earlydoors.config.markdown import table
from earlydoors.domain.consent import attaching
from earlydoors.domain.frontdoor import involvement
from earlydoors.domain.imports import operations as imports
from earlydoors.domain.imports import reading
from earlydoors.domain.matching import index
from earlydoors.domain.partnership import inviting, passwords
from earlydoors.domain.partnership import queries as members
from earlydoors.foundation import attached, scanning
from earlydoors.foundation.forms import answers
from earlydoors.web.account import entering, factors, recovery, staying, throttle
from earlydoors.web.design import frame, kept, refusals
from earlydoors.web.families import chronology, listing
from earlydoors.web.home import at_door, with_families

type Limit = tuple[str, str]
_UNITS: Final = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")]


def page() -> str:
    """The page."""
    parts = ["# Limits", "What one person, and what all together, can do, send and hold open."]
    for title, limits in _sections().items():
        parts += [f"## {title}", table(("What", "How much"), limits)]
    return "\n\n".join(parts)


def _sections() -> dict[str, list[Limit]]:
    return {
        "Signing in": _signing_in(),
        "Staying signed in": _staying(),
        "Words and files": _sent(),
        "Asking and looking": _asked(),
        "Time and machines": _machines(),
    }


def _signing_in() -> list[Limit]:
    return [
        ("Letters of a password", f"{passwords.SHORTEST} to {passwords.LONGEST}"),
        ("Misses with one name from one place, before there is a wait", f"{throttle.FREE}"),
        ("The first wait; each later one is twice as long", _long(throttle.FIRST_WAIT)),
        ("The longest wait", _long(throttle.LONGEST_WAIT)),
        ("Misses are forgotten after", _long(throttle.REMEMBERED)),
        (
            "Misses with any names from one address, before it waits",
            f"{throttle.ANY_NAME} in {_long(throttle.ANY_NAME_WITHIN)}",
        ),
        ("The second step is waited for", _long(entering.WAITS_FOR)),
        ("Wrong codes before the first step is taken again", f"{entering.MOST_CODES}"),
        ("A code of an app lives", _long(timedelta(seconds=factors.PERIOD))),
        ("Recovery codes of a member", f"{recovery.MANY}, each works once"),
        ("A link for a new member lives", f"{_long(inviting.NEW_MEMBER_FOR)}, and works once"),
        ("A link for a new way in lives", f"{_long(inviting.NEW_WAY_IN_FOR)}, and works once"),
        ("A provider of accounts is waited for", _seconds(settings.SOCIALACCOUNT_REQUESTS_TIMEOUT)),
        ("Roles to choose from", f"{members.MOST_ROLES}"),
    ]


def _staying() -> list[Limit]:
    return [
        ("Without doing anything", _seconds(settings.LONGEST_IDLE)),
        ("In any case", _seconds(settings.SESSION_COOKIE_AGE)),
        ("Whoever has a page open is asked before it ends", _seconds(frame.WARNS)),
        ("Places at a time", "as many as one works in; each can be ended"),
        ("A password shown counts for what asks for it again", _long(staying.PROVED_FOR)),
        ("A member not seen is told of after", _long(members.UNSEEN_AFTER)),
        ("Words of a form are kept when a sign-in or a request ran out", _long(kept.KEPT_FOR)),
    ]


def _sent() -> list[Limit]:
    return [
        ("Letters of a short answer", f"{answers.SHORT_TEXT_LIMIT:,}"),
        ("Letters of a long answer", f"{answers.LONG_TEXT_LIMIT:,}"),
        ("A file that shows an agreement", f"{attached.LARGEST >> 20} MB"),
        ("Such files of one agreement", f"{attaching.MOST}"),
        (
            "A file of people or schools",
            (
                f"{settings.IMPORT_MEGABYTES} MB and {settings.IMPORT_ROWS:,} rows, unless set "
                "otherwise"
            ),
        ),
        ("Columns of such a file", f"{reading.MOST_COLUMNS}"),
        ("Letters of one of its cells", f"{reading.LONGEST_CELL:,}"),
        ("It can be taken back within", _long(imports.UNDO_WITHIN)),
        ("The scanner of files is waited for", _seconds(scanning.AT_MOST)),
    ]


def _asked() -> list[Limit]:
    return [
        (
            "Questions whether a child is known, of one member",
            f"{involvement.MOST_AN_HOUR} in an hour",
        ),
        (
            "Asking to join a team, after being told of involvement",
            _long(involvement.TO_ASK_WITHIN),
        ),
        (
            "Families that one member opens, those in an emergency besides",
            f"{settings.FAMILIES_AN_HOUR} in an hour of the clock, unless set otherwise",
        ),
        ("People weighed in a search of the register", f"{index.MOST_WEIGHED}"),
        ("Families on a page of a list", f"{listing.A_PAGE}"),
        (
            "Entries on a page of a chronology",
            f"{chronology.A_PAGE}; on paper {chronology.ON_PAPER:,}",
        ),
        ("Lines of one list of My work", f"{with_families.MOST}; at the front door {at_door.MOST}"),
        (
            "Refusals of one member in a minute that have a line of evidence each",
            f"{refusals.EACH}; of more there is a line now and then with their number",
        ),
    ]


def _machines() -> list[Limit]:
    return [
        (
            "One question of a page to the database",
            f"{_seconds(installation.QUESTION_SECONDS)}, unless set otherwise",
        ),
        (
            "A request goes on asking the database for",
            f"{_seconds(installation.REQUEST_SECONDS)}, unless set otherwise",
        ),
        (
            "Requests at a time in each process",
            f"{serving.THREADS}, each with one connection to the database; more wait",
        ),
        (
            "Processes that answer",
            f"one for each core, two at least, {serving.MOST_WORKERS} at most",
        ),
        ("Requests under way when the server is stopped", _seconds(serving.STOPPING)),
    ]


def _seconds(many: float) -> str:
    return _long(timedelta(seconds=many))


def _long(span: timedelta) -> str:
    """A length of time in the largest unit that it is a whole number of."""
    seconds = int(span.total_seconds())
    size, unit = next((size, unit) for size, unit in _UNITS if seconds % size == 0)
    many = seconds // size
    return f"{many:,} {unit}" + ("" if many == 1 else "s")
