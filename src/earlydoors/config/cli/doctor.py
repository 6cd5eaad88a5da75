"""`earlydoors doctor`: what is wrong with this installation and how to mend it."""

import click

from earlydoors.config.cli.root import FAULTY, FINE, set_up_django


@click.command()
def doctor() -> int:
    """Look at everything this installation needs, and say how to mend what is wrong.

    Exits with 1 when something is wrong.
    """
    from earlydoors.config import checkup

    set_up_django()
    wrong = 0
    for finding in checkup.look():
        click.echo(f"{'ok   ' if finding.well else 'WRONG'}  {finding.what:<12} {finding.seen}")
        if not finding.well:
            wrong += 1
            click.echo(f"{'':<20}{finding.mend}")
    if wrong:
        click.echo(f"\n{wrong} thing{'' if wrong == 1 else 's'} to mend.")
        return FAULTY
    click.echo("\nNothing is wrong.")
    return FINE
