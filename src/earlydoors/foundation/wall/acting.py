"""Telling the database who acts, and by what named way something crosses the wall.

The policies of the tables read these settings. They belong to the connection, and connections
serve one request after another: so every setting is made within a block, and taken back at its
end. Where nothing is set, the tables are empty.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import local

from django.db import connection
from django.db.utils import Error

MEMBER, DESKS, AGENCY, SETTING, RIGHTS, WAY, SHUT = (
    "earlydoors.member",
    "earlydoors.desks",
    "earlydoors.agency",
    "earlydoors.setting",
    "earlydoors.rights",
    "earlydoors.way",
    "earlydoors.shut",
)
NOBODY: Mapping[str, str] = {
    MEMBER: "",
    DESKS: "",
    AGENCY: "",
    SETTING: "",
    RIGHTS: "",
    WAY: "",
    SHUT: "",
}
_ASKED_ONCE = f"set_config('{SHUT}', public.wall_shut_to(%s)::text, false)"

_open_ways = local()


@contextmanager
def acting_as(who: Mapping[str, str], *, briefly: bool = False) -> Iterator[None]:
    """Whoever acts, until the end of the block; then nobody does.

    `who` maps the settings above to text; what is left out is empty. Briefly, as for one page:
    which families are shut to them is then asked once and not for every question, unless something
    that it rests on is written here. If the database cannot be told at the end, the connection is
    closed, so that nobody acts in another's name.
    """
    before = _ways()
    _open_ways.names, _open_ways.acts = (), True
    _tell({**NOBODY, **who}, shut_to=who.get(MEMBER) if briefly else None)
    try:
        yield
    finally:
        _open_ways.names = before
        try:
            _tell(NOBODY)
        except Error:
            connection.close()
        _open_ways.acts = False


@contextmanager
def crossing(way: str) -> Iterator[None]:
    """Cross the wall by a named way until the end of the block: see `domain/wall.toml`."""
    before = _ways()
    if way in before:
        yield
        return
    _open((*before, way))
    try:
        yield
    except BaseException:
        # In a transaction that is broken the database takes the setting back with the rest.
        with suppress(Error):
            _open(before)
        _open_ways.names = before
        raise
    _open(before)


def start_clean() -> None:
    """Make sure that nobody acts: what a request before this one should not have left behind."""
    if getattr(_open_ways, "acts", False) or _ways():
        _open_ways.names = ()
        _tell(NOBODY)
        _open_ways.acts = False


def _ways() -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(_open_ways, "names", ())
    return names


def _open(names: tuple[str, ...]) -> None:
    _tell({WAY: ",".join(names)})
    _open_ways.names = names


def _tell(settings: Mapping[str, str], *, shut_to: str | None = None) -> None:
    asked = ["set_config(%s, %s, false)"] * len(settings)
    values = [part for pair in settings.items() for part in pair]
    if shut_to:
        asked.append(_ASKED_ONCE)
        values.append(shut_to)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(asked)}", values)
