"""`earlydoors audit`: is the evidence whole, and the evidence for other systems."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click

from earlydoors.config.cli.root import FAULTY, FINE, set_up_django
from earlydoors.config.faults import CannotRun


@click.group()
def audit() -> None:
    """The record of who did and who looked at what."""


@audit.command()
def verify() -> int:
    """Walk the chain of audit events and say whether any was changed or removed.

    What it found is kept: `earlydoors doctor` and the page of this installation tell it.

    Exits with 1 when the chain is broken.
    """
    set_up_django()
    from earlydoors.config import database, preparation
    from earlydoors.foundation.audit import chain

    database.ensure_running()
    preparation.check_migrated()
    verdict = chain.verify()
    chain.keep(verdict, datetime.now(UTC))
    if verdict.sound:
        click.echo(f"The chain is whole: {verdict.events} events.")
        return FINE
    click.echo(f"The chain is broken at event {verdict.broken_at}: {verdict.why}.", err=True)
    click.echo(f"The {verdict.events} events before it are sound.", err=True)
    return FAULTY


@audit.command(
    epilog="""\b
Examples:
  earlydoors audit export --since 2026-03-01 --out march.jsonl
  earlydoors audit export --after 48210 >> /var/log/earlydoors/audit.jsonl

Times are in UTC unless they say otherwise. A file that is there already is not overwritten.
"""
)
@click.option("--since", default="", help="From this day or moment on (2026-03-01T09:00).")
@click.option("--after", type=click.IntRange(0), default=0, help="After the event of this number.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write, readable by its owner alone. [default: the screen]",
)
def export(since: str, after: int, out: Path | None) -> int:
    """Write audit events as JSON lines, with the hashes that chain them.

    The lines name people and what was done about which family: keep them as the database is kept.
    """
    moment = _moment(since)
    set_up_django()
    from earlydoors.config import database, preparation
    from earlydoors.foundation.audit import exporting

    database.ensure_running()
    preparation.check_migrated()
    found = exporting.lines(since=moment, after=after)
    if out is None:
        for line in found:
            click.echo(line)
        return FINE
    count = 0
    with _new_file(out) as opened:
        for line in found:
            opened.write(f"{line}\n")
            count += 1
    click.echo(f"{count} events are in {out}.", err=True)
    return FINE


def _moment(said: str) -> datetime | None:
    if not said:
        return None
    try:
        read = datetime.fromisoformat(said)
    except ValueError:
        raise CannotRun(
            f"“{said}” is no day or moment.", "Write 2026-03-01 or 2026-03-01T09:00."
        ) from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _new_file(out: Path) -> IO[str]:
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CannotRun(f"{out} is there already.", "Choose another name.") from None
    except OSError as error:
        raise CannotRun(f"{out} cannot be written: {error.strerror}.") from error
    return os.fdopen(handle, "w", encoding="utf-8", newline="\n")
