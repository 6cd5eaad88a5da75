"""`earlydoors keys`: what is encrypted in the database, and how its keys change."""

import click

from earlydoors.config.cli.progress import Progress
from earlydoors.config.cli.root import FAULTY, FINE, set_up_django
from earlydoors.config.faults import CannotRun
from earlydoors.config.given import is_given


@click.group(
    epilog="""\b
To change the key:
  earlydoors keys new       then restart serve and worker, and keep a copy of the keys
  earlydoors keys reseal
  earlydoors keys drop      then restart serve and worker
"""
)
def keys() -> None:
    """The keys of files that are encrypted in the database."""


@keys.command("list")
def list_keys() -> int:
    """Tell each key by its mark, and how many files it has sealed.

    Exits with 1 when files were sealed by a key that is not there.
    """
    known, used = _known_and_used()
    for number, mark in enumerate(known):
        says = "seals and opens" if number == 0 else "opens"
        click.echo(f"{mark}  {says}, {used.get(mark, 0):,} files")
    missing = {mark: many for mark, many in used.items() if mark not in known}
    for mark, many in missing.items():
        click.echo(f"{mark}  is missing, and {many:,} files cannot be opened", err=True)
    return FAULTY if missing else FINE


@keys.command()
def new() -> int:
    """Make a key that seals from now on; those before still open.

    Where EARLYDOORS_SEALING_KEYS names the keys, the new one is shown, to be put before them.
    """
    from earlydoors.config import secret_keys

    if is_given("EARLYDOORS_SEALING_KEYS"):
        click.echo(secret_keys.new_sealing_key())
        click.echo("Put it first in EARLYDOORS_SEALING_KEYS, with a comma.", err=True)
    else:
        secret_keys.add_sealing_key()
        click.echo(f"A new key stands first in {secret_keys.sealing_file()}.")
    click.echo(
        "Restart serve and worker, keep a copy, then run `earlydoors keys reseal`.", err=True
    )
    return FINE


@keys.command()
def reseal() -> int:
    """Seal by the first key what others have sealed, secrets of second steps too.

    What an older algorithm sealed is sealed anew as well. It may be broken off and run again.
    """
    set_up_django()
    from earlydoors.config import database, preparation
    from earlydoors.foundation import sealing
    from earlydoors.web.account.adapters import reseal_factors

    with Progress() as progress:
        database.ensure_running(progress)
        preparation.check_migrated()
        try:
            progress("Sealing files by the first key")
            files = sum(1 for _ in sealing.reseal())
            progress("Sealing secrets of second steps by the signing key")
            secrets = reseal_factors()
        except sealing.SealedError as error:
            raise CannotRun(str(error), "Put the missing key back, and run it again.") from error
    click.echo(f"{files:,} files and {secrets:,} secrets are sealed anew.")
    return FINE


@keys.command()
def drop() -> int:
    """Let go of keys in the data folder that no file needs any more."""
    from earlydoors.config import secret_keys

    if is_given("EARLYDOORS_SEALING_KEYS"):
        raise CannotRun(
            "EARLYDOORS_SEALING_KEYS names the keys.",
            "Take out there what `earlydoors keys list` shows with 0 files, but for the first.",
        )
    _, used = _known_and_used()
    from earlydoors.foundation.sealing import mark_of

    had = secret_keys.sealing_keys()
    kept = [key for number, key in enumerate(had) if number == 0 or mark_of(key) in used]
    secret_keys.write_sealing_keys(kept)
    click.echo(f"{len(had) - len(kept)} keys are let go, {len(kept)} are kept.")
    return FINE


def _known_and_used() -> tuple[list[str], dict[str, int]]:
    set_up_django()
    from django.conf import settings

    from earlydoors.config import database, preparation
    from earlydoors.foundation.sealing import in_use, mark_of

    database.ensure_running()
    preparation.check_migrated()
    return [mark_of(key) for key in settings.SEALING_KEYS], in_use()
