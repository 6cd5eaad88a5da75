"""`earlydoors serve` and `earlydoors worker`."""

import asyncio
import ipaddress
from pathlib import Path

import click

from earlydoors.config.cli.root import set_up_django

PORT = click.IntRange(0, 65_535)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
HOST_HELP = "The address to listen on; name other machines' names for it in EARLYDOORS_HOSTS."


@click.command(
    epilog="""\b
Examples:
  earlydoors serve
  earlydoors serve --port 8080 --workers 4
"""
)
@click.option("--host", default="127.0.0.1", show_default=True, help=HOST_HELP)
@click.option(
    "--port",
    type=PORT,
    envvar="PORT",
    default=8000,
    show_default=True,
    help="The port to listen on; 0 for any free one. Also by PORT.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that answer requests. [default: one for each core, two at least]",
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="Requests at a time in each worker; each holds a database connection.",
)
@click.option(
    "--certificate",
    type=FILE,
    help="A certificate (PEM), so that a proxy on another machine is spoken to by TLS.",
)
@click.option("--key", type=FILE, help="The certificate's key (PEM).")
def serve(
    host: str,
    port: int,
    workers: int | None,
    threads: int,
    certificate: Path | None,
    key: Path | None,
) -> None:
    """Serve the pages of an area.

    Refuses to start when the area's profile has a fault, the database cannot be reached or is
    behind, the port is taken, or pages would travel in the open to other machines. A server that
    runs already is left alone.
    """
    if (certificate is None) != (key is None):
        raise click.UsageError("--certificate and --key belong together.")
    set_up_django()
    from django.conf import settings
    from django.utils import timezone

    from earlydoors.config import database, on_the_way, practice, preparation, serving
    from earlydoors.domain.partnership.operations import settle
    from earlydoors.foundation.profile import current

    area = current.current()
    port = serving.free_port(host, port)
    database.ensure_running()
    preparation.check_migrated()
    on_the_way.check_listening(
        host,
        names=settings.ALLOWED_HOSTS,
        https=settings.HTTPS,
        certified=certificate is not None,
        practice=practice.keep_to(),
    )
    settle(profile=area, at=timezone.now())
    preparation.gather_assets(_say)
    end_watch = database.keep_running(_say)
    scheme = "https" if certificate else "http"
    try:
        serving.serve(
            host=host,
            port=port,
            workers=workers or serving.sensible_workers(),
            threads=threads,
            certificate=certificate,
            key=key,
            ready=lambda: click.echo(f"{area.name} is at {scheme}://{_shown(host)}:{port}/"),
        )
    finally:
        end_watch()


@click.command()
@click.option(
    "--concurrency",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Jobs at a time.",
)
@click.option("--until-idle", is_flag=True, help="End when no job is left.")
def worker(concurrency: int, until_idle: bool) -> None:
    """Do the jobs that pages leave to later: mail, reminders, exports.

    Run one beside `earlydoors serve`. When the database goes away it waits for it to return.
    """
    set_up_django()
    from earlydoors.config import database, jobs, practice, preparation

    database.ensure_running()
    preparation.check_migrated()
    practice.keep_to()
    database.serve_from_now_on()
    click.echo("The worker is waiting for jobs." if not until_idle else "Doing the jobs left.")
    asyncio.run(jobs.work(concurrency=concurrency, until_idle=until_idle, report=_say))


def _say(sentence: str) -> None:
    click.echo(f"{sentence.rstrip('.')}.")


def _shown(host: str) -> str:
    """The host as one types it in a browser on this machine."""
    if host in {"localhost", "127.0.0.1", "::1"} or ipaddress.ip_address(host).is_unspecified:
        return "localhost"
    return f"[{host}]" if ":" in host else host
