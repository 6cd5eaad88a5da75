"""`earlydoors simulate`: a believable partnership of any size."""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from earlydoors.config.cli.progress import Progress
from earlydoors.config.cli.root import set_up_django


@click.command(
    epilog="""\b
Examples:
  earlydoors simulate --families 1000
  earlydoors simulate --area northamptonshire --families 25000 --years 3 --seed 7
  earlydoors simulate --families 25000 --people 1000000 --labels truth.csv
"""
)
@click.option(
    "--area",
    envvar="EARLYDOORS_AREA",
    default="cumbria",
    show_default=True,
    help="A shipped area's key, or the path of a profile's folder.",
)
@click.option(
    "--families",
    type=click.IntRange(0, 1_000_000),
    default=1000,
    show_default=True,
    help="Families that ask for help in these years.",
)
@click.option(
    "--years",
    type=click.IntRange(1, 10),
    default=3,
    show_default=True,
    help="Years that it covers, up to today.",
)
@click.option(
    "--people",
    type=click.IntRange(0, 5_000_000),
    default=0,
    show_default=True,
    help="People in all: the rest are on record with name, birth date and address, and no more.",
)
@click.option(
    "--seed", type=int, default=7, show_default=True, help="The same seed, the same data."
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which it ends. [default: today]",
)
@click.option(
    "--labels",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="A file to write the truth about second records to: who is who, and which slips.",
)
def simulate(
    area: str,
    families: int,
    years: int,
    people: int,
    seed: int,
    until: datetime | None,
    labels: Path | None,
) -> None:
    """Fill an empty database with an invented partnership.

    People, households, schools, workers and families at every point of their way, as the area's
    figures ask; the truth about people written down twice goes to a file apart. Stopped, it goes on
    where it was with the same options. The database is for practice from then on: no setting takes
    that off, and no real mail leaves it. In an installation that is for real it refuses to run.
    """
    from earlydoors.config import practice

    practice.refuse_for_real()
    os.environ["EARLYDOORS_AREA"] = area
    os.environ["EARLYDOORS_PRACTICE"] = "1"
    with Progress() as progress:
        progress("Reading the profile")
        set_up_django()
        from earlydoors.config import database, preparation
        from earlydoors.foundation.profile import current
        from earlydoors.simulation.press.drawing import Wanted
        from earlydoors.simulation.press.running import Simulation

        current.current()
        progress("Starting the database")
        database.ensure_running(progress)
        practice.refuse_real_people()
        preparation.migrate(progress)
        today = until.date() if until else datetime.now(ZoneInfo("Europe/London")).date()
        wanted = Wanted(seed, families, years, today, people)
        simulation = Simulation(wanted, labels, progress)
        done = simulation.run()
        progress("Checking that nothing points nowhere")
        faults = simulation.check()
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)
    click.echo(
        f"\n{done.families:,} families and {done.people:,} people are on record, in "
        f"{done.rows:,} rows, after {progress.took:.0f} s."
    )
