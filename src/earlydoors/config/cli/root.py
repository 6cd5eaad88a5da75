"""The command's entry: its subcommands, Django's behind them, and every way it can end.

Exit codes are part of the interface, so that scripts and service files can tell them apart.
"""

import difflib
import os
import signal
import sys
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import FrameType

import click

from earlydoors.config import installation
from earlydoors.config.faults import CannotRun
from earlydoors.foundation.profile.faults import ProfileFaultsError

FINE, FAULTY, WRONG_USE, CANNOT_RUN, OUR_ERROR, INTERRUPTED = 0, 1, 2, 3, 4, 130

HELP = ["-h", "--help"]

EXIT_CODES = f"""\b
Exit codes:
  {FINE}    it went well
  {FAULTY}    what was checked has faults
  {WRONG_USE}    the command was used wrongly
  {CANNOT_RUN}    it cannot run here: no database, the port is taken, a wrong setting
  {OUR_ERROR}    an error in Early Doors itself
  {INTERRUPTED}  it was interrupted"""

SETTINGS = """\b
Settings, all by environment:
  EARLYDOORS_AREA      a shipped area's key or the path of a profile's folder (cumbria)
  EARLYDOORS_DATA      where the embedded database and the outbox lie
  DATABASE_URL         a PostgreSQL 15 or newer, instead of the embedded one
  DATABASE_OWNER_URL   the same by the login that owns the tables, for migrations and commands
  EARLYDOORS_SECRET    the signing key (one is made and kept otherwise)
  EARLYDOORS_SECRETS_BEFORE
                       earlier signing keys, which still open what they closed
  EARLYDOORS_SEALING_KEYS
                       the keys of encrypted files, the one that seals first (made otherwise)
  EARLYDOORS_SIGN_IN   the file of providers where else people have accounts
  EARLYDOORS_HOSTS     the names the site answers to, separated by commas
  EARLYDOORS_IMPORT_MB, EARLYDOORS_IMPORT_ROWS
                       the largest file of people or schools (100 MB, 500000 rows)
  EARLYDOORS_CLAMD     host:port of a ClamAV daemon on this machine that looks through every
                       file that is sent
  EARLYDOORS_FAMILIES_AN_HOUR
                       the most families that one member opens within an hour (300)
  EARLYDOORS_OFFICE_NETWORKS
                       the networks from which alone is administered, separated by commas
  EARLYDOORS_LEAKED_PASSWORDS
                       a file of the hashes of passwords that were stolen elsewhere
  EARLYDOORS_QUESTION_SECONDS, EARLYDOORS_REQUEST_SECONDS
                       how long one question of a page to the database may take (30), and how
                       long a request goes on asking (60)
  EARLYDOORS_DEBUG=1   show the traceback of an unforeseen error
What is secret may lie in a closed file: NAME_FILE names it, or it is systemd's credential NAME."""

# Where each subcommand lives. Modules are read on use, so that `--help` answers at once.
PLACES = {
    "audit": "audit",
    "demo": "demo",
    "dispose": "dispose",
    "docs": "docs",
    "doctor": "doctor",
    "import": "imports",
    "keys": "keys",
    "match": "match",
    "member": "member",
    "profile": "profile",
    "register": "register",
    "serve": "serve",
    "simulate": "simulate",
    "worker": "serve",
}


class Commands(click.Group):
    """Our own subcommands; any other word is one of Django's."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The subcommands that `--help` lists."""
        return sorted(PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of that name, ours first."""
        if cmd_name in PLACES:
            module = import_module(f"earlydoors.config.cli.{PLACES[cmd_name]}")
            # `import` is a word of Python's own.
            name = {"import": "bring_in"}.get(cmd_name, cmd_name)
            found: click.Command = getattr(module, name)
            return found
        return None if cmd_name.startswith("-") else _django_command(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Keep click from guessing at Django's names."""
        return args[0], self.get_command(ctx, args[0]), args[1:]


@click.group(
    cls=Commands,
    epilog=f"{EXIT_CODES}\n\n{SETTINGS}",
    context_settings={"help_option_names": HELP, "max_content_width": 100},
)
@click.version_option(package_name="earlydoors", message="Early Doors %(version)s")
def root() -> None:
    """Early help for children and families: one open system for a local partnership.

    \b
    Try it:            earlydoors demo
    Many families:     earlydoors simulate
    Another area:      earlydoors demo --area northumberland
    Something wrong?   earlydoors doctor
    Your own area:     earlydoors profile new my_area "My Area"
    For real:          earlydoors migrate, then earlydoors serve and earlydoors worker
    Someone new:       earlydoors member add --help

    Any other word is one of Django's own commands, such as migrate, shell or dumpdata;
    `earlydoors help` lists them.
    """


# Django commands that need no database.
_WITHOUT_DATABASE = frozenset(
    {"help", "check", "collectstatic", "diffsettings", "findstatic", "version", "testserver"}
)


def _django_command(name: str) -> click.Command:
    @click.command(
        name,
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
        add_help_option=False,
    )
    @click.pass_context
    def run(ctx: click.Context) -> None:
        set_up_django()
        from django.core.management import execute_from_command_line, get_commands

        known = {*get_commands(), "help", "version"}
        if name not in known:
            near = difflib.get_close_matches(name, [*PLACES, *known], n=1)
            hint = f' Did you mean "{near[0]}"?' if near else ""
            raise click.UsageError(f'There is no command "{name}".{hint}')
        if name not in _WITHOUT_DATABASE and "--help" not in ctx.args:
            from earlydoors.config import database

            database.ensure_running()
        execute_from_command_line(["earlydoors", name, *ctx.args])

    return run


def set_up_django() -> None:
    """Read the settings and load the applications."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "earlydoors.config.settings")
    import django

    django.setup()


def main(arguments: list[str] | None = None) -> int:
    """Run the command. Returns its exit code; see `EXIT_CODES`."""
    # A stop by a service manager takes the same way out as Ctrl-C, so that the embedded
    # database is let go.
    with suppress(ValueError):  # not the main thread: the caller minds the signals
        signal.signal(signal.SIGTERM, _interrupt)
    try:
        done = root.main(arguments, prog_name="earlydoors", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CannotRun as fault:
        _say(str(fault))
        return CANNOT_RUN
    except ProfileFaultsError as found:
        click.echo(str(found), err=True)
        _say("The area's profile has the faults listed above, so it cannot be used.")
        return CANNOT_RUN
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has seen enough; nothing more can be written to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception as error:  # the last door: nothing may end in a traceback on the screen
        return _unforeseen(error)
    return done if isinstance(done, int) else FINE


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(sentence: str) -> None:
    click.echo(f"earlydoors: {sentence}", err=True)


def _unforeseen(error: Exception) -> int:
    from django.core.management import CommandError
    from django.db.utils import OperationalError

    from earlydoors.foundation.kernel.refusals import UnableTo

    if isinstance(error, CommandError | UnableTo):
        _say(str(error))
        return CANNOT_RUN
    if isinstance(error, OperationalError):
        _say(f"The database did not do it: {str(error).strip().splitlines()[-1]}")
        return CANNOT_RUN
    if os.environ.get("EARLYDOORS_DEBUG") == "1":
        traceback.print_exception(error)
        return OUR_ERROR
    kept = _keep(error)
    where = f"The details are in {kept}." if kept else "Set EARLYDOORS_DEBUG=1 to see the details."
    _say(f"Something went wrong that was not foreseen ({type(error).__name__}). {where}")
    return OUR_ERROR


def _keep(error: Exception) -> Path | None:
    """Write the traceback to the installation's log of errors."""
    try:
        log = installation.data_folder() / "errors.log"
        with log.open("a", encoding="utf-8") as opened:
            opened.write(f"\n{datetime.now(UTC).isoformat()} {' '.join(sys.argv[1:])}\n")
            traceback.print_exception(error, file=opened)
    except (OSError, CannotRun):
        return None
    log.chmod(0o600)
    return log
