"""`earlydoors dispose`: carries out what two information guardians agreed."""

import click

from earlydoors.config.cli.root import FAULTY, FINE, set_up_django
from earlydoors.config.faults import CannotRun


@click.command(
    epilog="""\b
Examples:
  earlydoors dispose --dry-run     what would go
  earlydoors dispose               each night, by the login that owns the tables
"""
)
@click.option("--dry-run", is_flag=True, help="Say what would go, and dispose of nothing.")
def dispose(dry_run: bool) -> int:
    """Dispose of the records that two information guardians agreed about.

    Each goes in a transaction of its own, after it was asked again whether its time is over and
    nothing holds it, and leaves a certificate. Records are named by their references alone.

    Exits with 1 when one could not be disposed of.
    """
    set_up_django()
    from django.utils import timezone

    from earlydoors.config import database, preparation
    from earlydoors.domain.retention import disposing
    from earlydoors.domain.retention.rules import reference_of
    from earlydoors.foundation.audit.chain import CommandLine
    from earlydoors.foundation.kernel.refusals import UnableTo
    from earlydoors.foundation.profile.current import current

    database.ensure_running()
    preparation.check_migrated()
    if not disposing.may_delete():
        raise CannotRun(
            "This login may delete nothing of a record.",
            "Set DATABASE_OWNER_URL to the login that owns the tables.",
        )
    left = done = 0
    for one in disposing.agreed():
        said = reference_of(one.family_id)
        try:
            if dry_run:
                rows, people = disposing.would_go(one)
                click.echo(f"{said}: {rows:,} rows, {people:,} people would go.")
                done += 1
                continue
            made = disposing.dispose(
                review=one, profile=current(), at=timezone.now(), by=CommandLine()
            )
        except UnableTo as refusal:
            left += 1
            click.echo(f"{said}: not disposed of. {refusal.sentence}", err=True)
        else:
            done += 1
            click.echo(f"{said}: {made.rows:,} rows and {made.versions:,} earlier versions went.")
    if dry_run:
        click.echo(f"{done:,} would be disposed of, {left:,} not.")
    else:
        click.echo(f"{done:,} disposed of, {left:,} not.")
    return FAULTY if left else FINE
