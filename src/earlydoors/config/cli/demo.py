"""`earlydoors demo`: everything needed to try an area out, by one command."""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from earlydoors.config.cli.progress import Progress
from earlydoors.config.cli.root import set_up_django
from earlydoors.config.cli.serve import HOST_HELP, PORT

HOST = "127.0.0.1"


@click.command(
    epilog="""\b
Examples:
  earlydoors demo
  earlydoors demo --area northumberland --port 8080
  EARLYDOORS_DATA=/srv/early earlydoors demo
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
    "--port",
    type=PORT,
    envvar="PORT",
    default=8000,
    show_default=True,
    help="The port to listen on; 0 for any free one. Also by PORT.",
)
@click.option("--host", default=HOST, show_default=True, help=HOST_HELP)
@click.option(
    "--families",
    type=click.IntRange(0, 100_000),
    envvar="EARLYDOORS_FAMILIES",
    default=150,
    show_default=True,
    help="Families around the five, so that lists and figures are full; 0 for none.",
)
def demo(area: str, port: int, host: str, families: int) -> None:
    """Try an area out: five invented families, in a small living partnership.

    Starts the database, builds what the pages need, loads the families and serves. The next
    start takes seconds and keeps what was written. Each area has a database of its own. In an
    installation that is for real it refuses to start.
    """
    from earlydoors.config import database, jobs, practice, preparation, serving

    practice.refuse_for_real()
    os.environ["EARLYDOORS_AREA"] = area
    os.environ["EARLYDOORS_PRACTICE"] = "1"
    port = serving.free_port(host, port)
    with Progress() as progress:
        progress("Reading the profile")
        set_up_django()
        from earlydoors.foundation.profile import current

        profile = current.current()
        progress("Starting the database")
        database.ensure_running(progress)
        practice.refuse_real_people()
        preparation.gather_assets(progress)
        preparation.migrate(progress)
        practice.keep_to()
        _load_families(progress, families)
        database.serve_from_now_on()
        progress("Starting the server")
        end_watch = database.keep_running(_aside)
        stop_jobs = jobs.work_beside(_aside)

        def ready() -> None:
            progress.end_step()
            click.echo(_welcome(profile.name, port, progress.took))

        try:
            serving.serve(host=host, port=port, workers=1, threads=serving.THREADS, ready=ready)
        finally:
            click.echo("Stopping. What was written is kept.")
            end_watch()
            stop_jobs()


def _load_families(progress: Progress, around: int) -> None:
    from earlydoors.simulation import demo as families

    today = datetime.now(ZoneInfo("Europe/London")).date()
    families.load(progress, today)
    families.surround(progress, today, around)


def _aside(sentence: str) -> None:
    click.echo(f"{sentence.rstrip('.')}.")


def _welcome(area: str, port: int, took: float) -> str:
    return (
        f"\n{area} is ready after {took:.1f} s.\n\n"
        f"    Open http://localhost:{port}/practice/\n\n"
        "That page says who to sign in as. Ctrl-C stops everything and keeps what was written."
    )
