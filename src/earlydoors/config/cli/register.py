"""`earlydoors register`: the index of people, and the register compared with itself."""

from pathlib import Path

import click

from earlydoors.config.cli.progress import Progress
from earlydoors.config.cli.root import FINE, set_up_django
from earlydoors.config.faults import CannotRun


@click.group()
def register() -> None:
    """The register of people: how it is searched, and who is in it twice."""


@register.command(
    epilog="""\b
Example:
  earlydoors register duplicates --by ann.carter
"""
)
@click.option("--by", "username", required=True, help="Who keeps the register, as they sign in.")
@click.option(
    "--least",
    default=0.5,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="The least probability of a pair that is worth a look.",
)
@click.option(
    "--model",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Weigh by this model instead of the register's own, or one learnt from it.",
)
def duplicates(username: str, least: float, model: Path | None) -> int:
    """Compare the register with itself, and list the pairs that may be one person.

    Nothing is joined: the pairs wait on the page of records that may be one person. Pairs that
    are there already, were joined, or are marked as two people are passed over, so it can be run
    again at any time, each night for instance.
    """
    set_up_django()
    from django.utils import timezone

    from earlydoors.config import database, duplicates, preparation
    from earlydoors.domain.matching.mapping import CannotMatch

    database.ensure_running()
    preparation.check_migrated()
    at = timezone.now()
    with Progress() as progress:
        try:
            found = duplicates.find(
                by=duplicates.keeper(username, timezone.localdate()),
                at=at,
                model=duplicates.model_in(model),
                least=least,
                tell=progress,
            )
        except CannotMatch as error:
            raise CannotRun(str(error)) from error
    click.echo(f"{found.new:,} new pairs to look at, {found.passed_over:,} passed over.")
    return FINE


@register.command()
def index() -> int:
    """Put everybody into the index who is not in it yet, and count how frequent names are.

    What is written down on pages is indexed at once; this is for people who came in by another
    way, such as a copy of a database. It can be broken off and begun again.
    """
    set_up_django()
    from earlydoors.config import database, preparation
    from earlydoors.domain.matching import filling

    database.ensure_running()
    preparation.check_migrated()
    done = 0
    for step in filling.fill():
        done = step.done
        click.echo(f"{step.done:,} of {step.of:,} people")
    click.echo("Counting how frequent names are")
    filling.count_names()
    filling.settle()
    click.echo(f"The index is whole. {done:,} people were put into it.")
    return FINE
