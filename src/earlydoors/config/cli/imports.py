"""`earlydoors import`: files too large for a page, or brought in by a script, by the same steps."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from earlydoors.config.cli.root import FAULTY, FINE, set_up_django
from earlydoors.config.faults import CannotRun

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
AS = click.option(
    "--as", "member", required=True, help="Who brings it in, by the name they sign in with."
)
LOAD = click.option("--load", is_flag=True, help="Load it too; without this it is only looked at.")
TO_MEND = click.option(
    "--to-mend",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the rows to mend to this CSV file.",
)


@click.group(name="import")
def bring_in() -> None:
    """Bring in a file of people or of schools."""


@bring_in.command(
    epilog="""\b
Example:
  earlydoors import people roll.csv --as priya.nair --school 112345 --to-mend mend.csv
  earlydoors import people roll.csv --as priya.nair --school 112345 --load
"""
)
@click.argument("file", type=FILE)
@AS
@click.option("--school", default="", help="The URN, or the key, of the school whose roll it is.")
@click.option("--called", default="", help="What the file is called: the source of each fact.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="KEY=HEADING",
    help="Which column holds what, where its heading is not recognised. Repeatable.",
)
@click.option(
    "--add-new",
    default="",
    metavar="WHY",
    help="Also write down people who are not known yet, and why.",
)
@LOAD
@TO_MEND
def people(
    file: Path,
    member: str,
    school: str,
    called: str,
    columns: tuple[str, ...],
    add_new: str,
    load: bool,
    to_mend: Path | None,
) -> int:
    """Look through FILE, a table of people such as a school roll, and load it."""
    actor = _actor(member)
    about = {"setting": _school(school) if school else None, "source_says": called}
    return _go("people", file, actor, about, columns, {}, add_new, load=load, to_mend=to_mend)


@bring_in.command(
    epilog="""\b
Example:
  earlydoors import schools edubasealldata.csv --as priya.nair --authority Cumbria --load
"""
)
@click.argument("file", type=FILE)
@AS
@click.option("--authority", "authorities", multiple=True, required=True, help="Repeatable.")
@click.option("--phase", "phases", multiple=True, help="Repeatable; every phase without it.")
@click.option("--agency", default="", help="The key of the agency that new schools stand under.")
@LOAD
@TO_MEND
def schools(
    file: Path,
    member: str,
    authorities: tuple[str, ...],
    phases: tuple[str, ...],
    agency: str,
    load: bool,
    to_mend: Path | None,
) -> int:
    """Look through FILE, the national register of schools, and load it."""
    actor = _actor(member)
    from earlydoors.domain.imports.queries import agencies_of_schools

    offered = {one.key: one for one in agencies_of_schools()}
    if agency and agency not in offered:
        raise CannotRun(f"There is no agency {agency}.", f"Use one of {', '.join(offered)}.")
    stands_under = offered[agency] if agency else next(iter(offered.values()))
    choices = {
        "authorities": list(authorities),
        "phases": list(phases),
        "agency": str(stands_under.pk),
    }
    return _go("schools", file, actor, {}, (), choices, "", load=load, to_mend=to_mend)


@bring_in.command()
@click.argument("import_id", type=click.UUID)
@AS
def undo(import_id: Any, member: str) -> int:
    """Take back the file IMPORT_ID, as its page and the loading name it."""
    actor = _actor(member)
    from earlydoors.domain.imports import operations, queries
    from earlydoors.web.imports.advancing import advance

    file = _within(import_id, actor)
    operations.undo(file=file, by=actor, at=_now())
    advance(file.pk, actor)
    counted = queries.counts_of(file)
    click.echo(f"Taken back. Left, because changed since: {counted['left']} rows.")
    return FINE


@bring_in.command(name="go-on")
@click.argument("import_id", type=click.UUID)
@AS
def go_on(import_id: Any, member: str) -> int:
    """Go on with the file IMPORT_ID where it was, whatever stopped it."""
    actor = _actor(member)
    from earlydoors.domain.imports import operations
    from earlydoors.web.imports.advancing import advance

    file = _within(import_id, actor)
    if file.state == "stopped":
        operations.load(file=file, by=actor, at=_now())
    _say(advance(file.pk, actor))
    return FINE


def _go(
    kind: str,
    path: Path,
    actor: Any,
    about: Mapping[str, Any],
    columns: tuple[str, ...],
    choices: Mapping[str, Any],
    why: str,
    *,
    load: bool,
    to_mend: Path | None,
) -> int:
    from earlydoors.domain.imports import operations
    from earlydoors.foundation.kernel.refusals import Refusal
    from earlydoors.web.imports.advancing import advance
    from earlydoors.web.imports.uploads import limits

    try:
        with path.open("rb") as content:
            sent = operations.Sent(path.name, content, path.stat().st_size)
            file = operations.begin(
                kind=kind, sent=sent, limits=limits(), by=actor, at=_now(), **about
            )
        click.echo(f"{file.rows_in_file:,} rows, read as {file.read_as}. Its id is {file.pk}.")
        wanted = operations.Wanted(_named(file, columns), choices)
        operations.look_through(file=file, wanted=wanted, by=actor, at=_now())
        _say(advance(file.pk, actor))
        if load:
            operations.load(file=file, by=actor, at=_now(), adds_new=bool(why), why=why)
            _say(advance(file.pk, actor))
    except Refusal as refusal:
        raise CannotRun(refusal.sentence) from refusal
    return _mend(file, to_mend)


def _named(file: Any, columns: tuple[str, ...]) -> dict[str, int]:
    """The columns, those that were recognised and those that were named."""
    from earlydoors.domain.imports.columns import KNOWN

    found = dict(file.columns)
    keys = [one.key for one in KNOWN[file.kind]]
    for said in columns:
        key, _, heading = said.partition("=")
        if key not in keys:
            raise CannotRun(f"There is no column {key}.", f"Use one of {', '.join(keys)}.")
        if heading not in file.headings:
            raise CannotRun(
                f"The file has no heading “{heading}”.", f"It has {', '.join(file.headings)}."
            )
        found = {other: place for other, place in found.items() if file.headings[place] != heading}
        found[key] = file.headings.index(heading)
    return found


def _say(file: Any) -> None:
    from earlydoors.domain.imports import queries
    from earlydoors.domain.imports.models import Row

    counted = queries.counts_of(file)
    verdicts = [(says, counted[f"verdict_{key or 'waiting'}"]) for key, says in Row.VERDICTS]
    said = "; ".join(f"{says.lower()}: {number:,}" for says, number in verdicts if number)
    if file.state in {"loaded", "stopped"}:
        said = f"wrote something: {counted['outcome_loaded']:,}"
    click.echo(f"{file.get_state_display().capitalize()}. {said[:1].upper()}{said[1:]}.")


def _mend(file: Any, to_mend: Path | None) -> int:
    from earlydoors.domain.imports import queries
    from earlydoors.domain.imports.writing import as_csv
    from earlydoors.web.imports.mending import headings_and_lines

    waiting = queries.to_send_again(file).count()
    if not waiting:
        return FINE
    if to_mend:
        with to_mend.open("wb") as out:
            out.writelines(as_csv(*headings_and_lines(file)))
        click.echo(f"{waiting:,} rows to mend are in {to_mend}.")
    return FAULTY


def _actor(username: str) -> Any:
    set_up_django()
    from earlydoors.config import database, preparation
    from earlydoors.domain.partnership.models import Member
    from earlydoors.domain.partnership.queries import actor_for
    from earlydoors.domain.partnership.rights import Right
    from earlydoors.foundation.kernel.dates import local_day

    database.ensure_running()
    preparation.check_migrated()
    member = Member.objects.filter(username=username).first()
    actor = actor_for(member, local_day(_now()), needs=Right.IMPORT) if member else None
    if actor is None or not actor.may(Right.IMPORT):
        raise CannotRun(
            f"{username} does not bring in files here.",
            "Name a coordinator of the front door or an administrator: earlydoors member list.",
        )
    return actor


def _school(said: str) -> Any:
    from django.db.models import Q

    from earlydoors.domain.partnership.models import Setting

    found = Setting.objects.filter(Q(key=said) | Q(urn=said)).first()
    if found is None:
        raise CannotRun(f"The partnership has no school {said}.", "Bring in the schools first.")
    return found


def _within(import_id: Any, actor: Any) -> Any:
    from earlydoors.domain.imports import queries
    from earlydoors.domain.imports.models import Import

    try:
        return queries.import_for(actor, import_id)
    except Import.DoesNotExist:
        raise CannotRun(f"{actor.name} sees no file {import_id}.") from None


def _now() -> datetime:
    from django.utils import timezone

    return timezone.now()
