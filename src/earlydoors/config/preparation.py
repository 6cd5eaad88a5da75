"""Making an installation ready to serve: assets in place, tables up to date.

Each step looks first and does nothing where nothing changed, so that a second start is short.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from earlydoors.config.embedded import Report
from earlydoors.config.faults import CannotRun

_STAMP = ".stamp"


def gather_assets(report: Report) -> bool:
    """Build the assets and gather them under their served names. Returns whether any changed.

    Raises:
        CannotRun: they cannot be built here.
    """
    from django.conf import settings

    from earlydoors.web.design import assets

    try:
        built = assets.ensure(report)
    except assets.CannotBuild as error:
        raise CannotRun(str(error)) from error
    source = Path(settings.STATICFILES_DIRS[0]) / _STAMP
    served = Path(settings.STATIC_ROOT) / _STAMP
    stamp = source.read_text(encoding="utf-8") if source.exists() else ""
    if not built and served.exists() and served.read_text(encoding="utf-8") == stamp:
        return False
    report("Putting the assets in place")
    _collect()
    served.parent.mkdir(parents=True, exist_ok=True)
    served.write_text(stamp, encoding="utf-8")
    return True


def are_assets_ready() -> bool:
    """Whether pages find their stylesheet, script and typeface."""
    from django.conf import settings

    return (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()


def _collect() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def migrate(report: Report) -> int:
    """Bring the tables up to date. Returns how many migrations were applied."""
    from django.core.management import call_command

    from earlydoors.config import creating, database
    from earlydoors.foundation.wall import building

    waiting = len(database.unapplied_migrations())
    if waiting:
        report(f"Making the tables ({waiting} steps)")
        with _seldom_collecting():
            creating.create_tables()
            call_command("migrate", interactive=False, verbosity=0)
    building.put_up()
    return waiting


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Each migration builds every model anew. Looking for what of it can go, as often as usual,
    was a fifth of the work; seldom costs 46 MB for that while."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def check_migrated() -> None:
    """Raise `CannotRun` when the database is behind this version of Early Doors, or its wall is."""
    from earlydoors.config import database
    from earlydoors.foundation.wall import building

    waiting = len(database.unapplied_migrations())
    if waiting:
        raise CannotRun(
            f"The database is behind by {waiting} migrations.",
            "Make a backup, then run `earlydoors migrate`.",
        )
    if not building.stands():
        raise CannotRun(
            "The second wall does not stand as this version builds it.",
            "Run `earlydoors migrate`, which puts it up.",
        )
