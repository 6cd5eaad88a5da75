"""`earlydoors profile`: check, show, begin and publish the profile of an area."""

from pathlib import Path

import click

from earlydoors.config.cli.root import FAULTY, FINE, WRONG_USE
from earlydoors.foundation.profile.faults import Fault, ProfileFaultsError

Area = click.argument("area")


@click.group()
def profile() -> None:
    """An area's words, levels, forms, panels and measures, kept as files.

    AREA is a shipped area's key (such as cumbria) or the path of a profile's folder.
    """


@profile.command(
    epilog="""\b
Examples:
  earlydoors profile check              every shipped area
  earlydoors profile check ./my_area
"""
)
@click.argument("areas", nargs=-1, metavar="[AREA]...")
def check(areas: tuple[str, ...]) -> int:
    """Check profiles and say, for each fault, where it is and how to mend it.

    Exits with 1 when there is a fault.
    """
    from earlydoors.foundation.profile import loader

    faulty = False
    for area in areas or loader.shipped_areas():
        try:
            loaded = loader.load(loader.folder_of(area))
        except ProfileFaultsError as found:
            faulty = True
            for fault in found.faults:
                click.echo(in_a_line(fault))
            click.echo(f"{area}: {_count(len(found.faults), 'fault')}.")
        else:
            click.echo(f"{area}: {loaded.name}, version {loaded.version}. No faults.")
    return FAULTY if faulty else FINE


@profile.command()
@Area
def show(area: str) -> int:
    """Show what is in a profile."""
    from earlydoors.foundation.profile import loader

    try:
        loaded = loader.load(loader.folder_of(area))
    except ProfileFaultsError as found:
        return _report(found)
    click.echo(f"{loaded.name} ({loaded.key}), version {loaded.version}")
    for name in sorted(type(loaded).model_fields):
        value = getattr(loaded, name)
        if isinstance(value, tuple):
            click.echo(f"  {name.replace('_', ' '):<20}{len(value):>4}  {_names(value)}")
    return FINE


@profile.command(
    epilog="""\b
Example:
  earlydoors profile new my_area "My Area" && earlydoors demo --area my_area
"""
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("name")
@click.option("--key", help="The area's key; the folder's name if left out.")
def new(folder: Path, name: str, key: str | None) -> int:
    """Begin the profile of a new area in FOLDER, ready to run and to edit.

    NAME is the area as people call it, such as "North Somerset".
    """
    from earlydoors.foundation.profile import new as beginning

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} is there already and is not an empty folder.")
    try:
        beginning.write(folder, key or folder.resolve().name, name)
    except ValueError as error:
        click.echo(f"earlydoors: {error}", err=True)
        return WRONG_USE
    click.echo(f"{name} is in {folder}. It passes the check and runs as it is:")
    click.echo(f"  earlydoors demo --area {folder if folder.is_absolute() else f'./{folder}'}")
    return FINE


@profile.command()
@Area
def publish(area: str) -> int:
    """Publish the profile's version, which never changes from then on.

    Its fingerprint is written to published.yaml; `profile check` compares it ever after.
    """
    from earlydoors.foundation.profile import loader, publishing

    folder = loader.folder_of(area)
    try:
        loaded = loader.load(folder)
    except ProfileFaultsError as found:
        return _report(found)
    publishing.publish(loaded, folder)
    click.echo(f"{loaded.name}, version {loaded.version}, is published.")
    return FINE


def in_a_line(fault: Fault) -> str:
    """A fault as one line: `file:line  key: message Mend: ...`."""
    place = f"{fault.file}:{fault.line}" if fault.line else fault.file
    key = f"{fault.key}: " if fault.key else ""
    return f"{place}  {key}{fault.message} Mend: {fault.mend}"


def _report(found: ProfileFaultsError) -> int:
    for fault in found.faults:
        click.echo(in_a_line(fault), err=True)
    return FAULTY


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _names(parts: tuple[object, ...]) -> str:
    named = [getattr(part, "name", None) or getattr(part, "key", None) or "" for part in parts]
    shown = ", ".join(str(name) for name in named if name)
    return shown if len(shown) <= 70 else f"{shown[:69].rsplit(',', 1)[0]}, …"
