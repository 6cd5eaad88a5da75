"""`earlydoors audit`: is the evidence whole."""

import click

from earlydoors.config.cli.root import FAULTY, FINE, set_up_django


@click.group()
def audit() -> None:
    """The record of who did and who looked at what."""


@audit.command()
def verify() -> int:
    """Walk the chain of audit events and say whether any was changed or removed.

    Exits with 1 when the chain is broken.
    """
    set_up_django()
    from earlydoors.config import database, preparation
    from earlydoors.foundation.audit import chain

    database.ensure_running()
    preparation.check_migrated()
    verdict = chain.verify()
    if verdict.sound:
        click.echo(f"The chain is whole: {verdict.events} events.")
        return FINE
    click.echo(f"The chain is broken at event {verdict.broken_at}: {verdict.why}.", err=True)
    click.echo(f"The {verdict.events} events before it are sound.", err=True)
    return FAULTY
