"""`earlydoors docs`: write the reference from the code."""

import click

from earlydoors.config.cli.root import FAULTY, FINE, set_up_django


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a page is out of date.")
def docs(check: bool) -> int:
    """Write docs/reference from the code it describes.

    Needs a copy of the source. The pages are kept with the code, and the build compares them.
    """
    set_up_django()
    from earlydoors.config import reference

    changed = reference.stale() if check else reference.write()
    for page in changed:
        click.echo(f"{'out of date' if check else 'written'}: {page}")
    if check and changed:
        click.echo("Run `make docs` and keep what it writes.", err=True)
        return FAULTY
    if not changed:
        click.echo("The reference is up to date.")
    return FINE
