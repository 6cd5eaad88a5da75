"""What one installation is made of: its area, its folder, its secret, its names, its database.

Everything is read from the environment, so that an installation is described by a dozen lines
in a unit file, and everything has a default, so that a practice installation needs none of
them. Nothing here starts a server or opens a connection: importing the settings stays safe.
"""

import os
import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import platformdirs

from earlydoors.config import on_the_way
from earlydoors.config.faults import CannotRun
from earlydoors.config.given import forget, given, is_given
from earlydoors.domain.partnership import claims
from earlydoors.domain.partnership.claims import Providers
from earlydoors.foundation.leaked import is_in_order

DEFAULT_AREA = "cumbria"
EMBEDDED_OWNER = "postgres"
EMBEDDED_WEB = "earlydoors_web"
SERVES = "EARLYDOORS_SERVES"  # set by a process that answers requests or does jobs
ANSWERS = "EARLYDOORS_ANSWERS"  # set by a process that answers requests

# How long one question of a page to the database may take, and a whole request, in seconds.
QUESTION_SECONDS = 30
REQUEST_SECONDS = 60

# Questions travel apart from their values, so that the server plans each once in a connection. Most
# of the time of a small question behind the wall goes into its plan.
PLANNED_ONCE = {"server_side_binding": True, "prepare_threshold": 2}

# What psycopg and libpq understand in the query part of a database address. Anything else is a
# slip of the pen, and a slip in "sslmode" must not quietly give an open connection.
CONNECTION_OPTIONS = frozenset(
    {
        "application_name",
        "channel_binding",
        "connect_timeout",
        "gssencmode",
        "keepalives",
        "keepalives_count",
        "keepalives_idle",
        "keepalives_interval",
        "options",
        "passfile",
        "require_auth",
        "sslcert",
        "sslcrl",
        "sslkey",
        "sslmode",
        "sslnegotiation",
        "sslrootcert",
        "target_session_attrs",
        "tcp_user_timeout",
    }
)
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


def area() -> str:
    """The area as the environment names it: a shipped area's key, or a path to a folder."""
    return os.environ.get("EARLYDOORS_AREA", "").strip() or DEFAULT_AREA


def area_slug() -> str:
    """The area's short name, fit for a database, a cookie and a file: [a-z0-9_], 40 at most."""
    name = Path(area()).expanduser().resolve().name
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40] or "area"


def at_least_one(name: str, otherwise: int) -> int:
    """A whole number above nought from the environment, or what stands otherwise.

    Raises:
        CannotRun: it is something else.
    """
    given = os.environ.get(name, "").strip()
    if not given:
        return otherwise
    if not given.isdecimal() or int(given) < 1:
        raise CannotRun(f"{name} is “{given}”.", "Write a whole number, 1 or more.")
    return int(given)


def host_and_port(name: str) -> tuple[str, int] | None:
    """A place on the network from the environment, as `host:port`; none where nothing is said.

    Raises:
        CannotRun: it is something else.
    """
    given = os.environ.get(name, "").strip()
    if not given:
        return None
    host, _, port = given.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise CannotRun(f"{name} is “{given}”.", "Write host:port, such as 127.0.0.1:3310.")
    return host.strip("[]"), int(port)


def office_networks() -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks from which alone is administered; none where nothing is said.

    Raises:
        CannotRun: one of them is no network.
    """
    given = os.environ.get("EARLYDOORS_OFFICE_NETWORKS", "")
    try:
        return tuple(ip_network(one.strip()) for one in given.split(",") if one.strip())
    except ValueError as error:
        raise CannotRun(
            f"EARLYDOORS_OFFICE_NETWORKS is “{given}”: {error}.",
            "Write networks with commas between, such as 10.20.0.0/16, 2001:db8::/32.",
        ) from error


def leaked_passwords() -> Path | None:
    """The file of passwords that were stolen elsewhere; none where nothing is said.

    Raises:
        CannotRun: it cannot be read, or its lines are no hashes in their order.
    """
    named = os.environ.get("EARLYDOORS_LEAKED_PASSWORDS", "").strip()
    if not named:
        return None
    file = Path(named).expanduser()
    try:
        well = is_in_order(file)
    except OSError as error:
        raise CannotRun(
            f"The file of leaked passwords {file} cannot be read: {error.strerror}.",
            "Mend its path or its rights, or leave EARLYDOORS_LEAKED_PASSWORDS out.",
        ) from error
    if not well:
        raise CannotRun(
            f"The file of leaked passwords {file} has no SHA-1 hashes in their order.",
            "Fetch it by haveibeenpwned-downloader, in one file, or leave the setting out.",
        )
    return file


def data_folder() -> Path:
    """The folder that keeps the embedded database, the secret and the outbox; made if missing.

    It is closed to everyone but its owner. (Where Early Doors runs as root, the database runs
    as another user, and `config.database` opens the way through for that one.)

    Raises:
        CannotRun: the folder cannot be made.
    """
    named = os.environ.get("EARLYDOORS_DATA", "").strip()
    folder = Path(named).expanduser() if named else platformdirs.user_data_path("earlydoors")
    folder = folder.resolve()
    if not folder.is_dir():
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise CannotRun(
                f"The data folder {folder} cannot be made: {error.strerror}.",
                "Set EARLYDOORS_DATA to a folder that you may write to.",
            ) from error
    return folder


def practises() -> bool:
    """Whether the environment says that this is a practice."""
    return os.environ.get("EARLYDOORS_PRACTICE") == "1"


def scanner() -> tuple[str, int] | None:
    """Where what is sent is looked through, if anywhere.

    Raises:
        CannotRun: it does not read as a place, or is on another machine.
    """
    found = host_and_port("EARLYDOORS_CLAMD")
    on_the_way.check_scanner(found)
    return found


def hosts() -> list[str]:
    """The names this site answers to; without EARLYDOORS_HOSTS, this machine alone."""
    named = os.environ.get("EARLYDOORS_HOSTS", "")
    return [host.strip() for host in named.split(",") if host.strip()] or [
        "localhost",
        "127.0.0.1",
        "[::1]",
    ]


def sign_in_providers() -> Providers:
    """Where else people can sign in, as the file named by EARLYDOORS_SIGN_IN describes it.

    Raises:
        CannotRun: the file cannot be read, has faults, or a secret that it names is not set.
    """
    named = os.environ.get("EARLYDOORS_SIGN_IN", "").strip()
    if not named:
        return Providers()
    try:
        found = claims.read(Path(named).expanduser())
    except claims.FaultyProviders as fault:
        raise CannotRun(f"{fault}.", "Mend the file, or leave EARLYDOORS_SIGN_IN out.") from fault
    for one in found.providers:
        if not is_given(one.secret_from):
            raise CannotRun(
                f"{one.name} has no secret: {one.secret_from} is not set.",
                f"Set {one.secret_from} to the secret that {one.name} gave this installation.",
            )
        if one.issuer.startswith("http://") and urlsplit(one.issuer).hostname != "localhost":
            raise CannotRun(f"{one.name} is asked without HTTPS.", "Write https:// in its issuer.")
    return found


def is_embedded() -> bool:
    """Whether the database is the embedded server rather than one named by DATABASE_URL."""
    return not is_given("DATABASE_URL")


def serves() -> bool:
    """Whether this process answers requests or does jobs, and so is not the tables' owner."""
    return os.environ.get(SERVES) == "1"


def serve_from_now_on() -> None:
    """Let this process, and those it starts, know the login that owns nothing and no other."""
    os.environ[SERVES] = "1"
    forget("DATABASE_OWNER_URL")


def answer_from_now_on() -> None:
    """Let this process be one that answers requests: its questions to the database have an end."""
    serve_from_now_on()
    os.environ[ANSWERS] = "1"


def question_seconds() -> int:
    """The most that one question of a page to the database may take. Raises `CannotRun`."""
    return at_least_one("EARLYDOORS_QUESTION_SECONDS", QUESTION_SECONDS)


def request_seconds() -> int:
    """After how long a request asks the database nothing more. Raises `CannotRun`."""
    return at_least_one("EARLYDOORS_REQUEST_SECONDS", REQUEST_SECONDS)


def _with_limits(options: dict[str, Any]) -> dict[str, Any]:
    """Options of a connection that answers requests: the database itself ends what takes too long.

    Jobs, migrations and commands have no such limits: they are made to take long.
    """
    limits = {
        "statement_timeout": question_seconds(),  # waiting for others is part of it
        "idle_in_transaction_session_timeout": request_seconds(),
    }
    # What the address says itself stands last, and PostgreSQL takes the last.
    said = [*(f"-c {name}={seconds}s" for name, seconds in limits.items()), options.get("options")]
    return {**options, "options": " ".join(one for one in said if one)}


def web_login() -> str:
    """The login that pages and jobs use; none where they use the owner's."""
    if is_embedded():
        return EMBEDDED_WEB
    web, owner = (database(serves=serves)["USER"] for serves in (True, False))
    return web if web != owner else ""


def database(*, serves: bool | None = None) -> dict[str, Any]:
    """Django's settings of the database: for a process that serves, the login that owns nothing;
    for any other, the owner's. By default it is what this process is.

    Connections persist and are checked before use, so a request after a restart of the
    database finds a live one. Granian's threads are few and fixed, so their connections are
    too: a pool would hold no fewer.

    Raises:
        CannotRun: DATABASE_URL does not read as a PostgreSQL address, or names one elsewhere that
            would be spoken to in the open.
    """
    named = (given("DATABASE_URL") or "").strip()
    as_web = serves if serves is not None else os.environ.get(SERVES) == "1"
    if named and not as_web and is_given("DATABASE_OWNER_URL"):
        named = (given("DATABASE_OWNER_URL") or "").strip()
    found = parse_database_url(named) if named else _embedded_database(as_web)
    if named:
        on_the_way.check_database(found, practice=practises())
    if as_web and os.environ.get(ANSWERS) == "1":
        found["OPTIONS"] = _with_limits(found["OPTIONS"])
    return {
        "ENGINE": "django.db.backends.postgresql",
        **found,
        "OPTIONS": {**found["OPTIONS"], **PLANNED_ONCE},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def cluster_folder() -> Path:
    """The folder of the embedded server's files."""
    return data_folder() / "postgres"


def _embedded_database(as_web: bool) -> dict[str, Any]:
    from earlydoors.config.sockets import socket_folder

    return {
        "NAME": f"earlydoors_{area_slug()}",
        "USER": EMBEDDED_WEB if as_web else EMBEDDED_OWNER,
        "PASSWORD": "",
        "HOST": str(socket_folder(cluster_folder())),
        "PORT": "5432",
        "OPTIONS": {"connect_timeout": 10},
    }


def parse_database_url(address: str) -> dict[str, Any]:
    """Read a database address into Django's NAME, USER, PASSWORD, HOST, PORT and OPTIONS.

    A socket's folder is given as `?host=/run/postgresql` or percent-encoded in the host's place.

    Raises:
        CannotRun: with a sentence that says which part is wrong and never shows the password.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise _wrong_address(f"it does not read as an address ({error})") from error
    if parts.scheme not in {"postgres", "postgresql"}:
        scheme = f'"{parts.scheme}"' if "://" in address else "nothing"
        raise _wrong_address(f'it begins with {scheme} where "postgresql://" is expected')
    if parts.fragment:
        raise _wrong_address('it has a "#"; write %23 for one inside the password')
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise _wrong_address("the name of the database is missing after the last /")
    options, host = _options_of(parts)
    if port == 0:
        raise _wrong_address("the port is 0")
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "OPTIONS": {"connect_timeout": 10, **options},
    }


def _options_of(parts: SplitResult) -> tuple[dict[str, Any], str]:
    """The options after the "?" and the host, which may stand there as a socket's folder."""
    try:
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError as error:
        raise _wrong_address('what follows the "?" is not name=value&name=value') from error
    host = unquote(parts.hostname or "")
    options: dict[str, Any] = {}
    for key, value in pairs:
        if key == "host":
            host = value
        elif key not in CONNECTION_OPTIONS:
            raise _wrong_address(f'it has an unknown option "{key}"')
        elif key == "sslmode" and value not in SSL_MODES:
            raise _wrong_address(f'sslmode is "{value}"; it is one of {", ".join(SSL_MODES)}')
        elif key in options:
            raise _wrong_address(f'the option "{key}" is given twice')
        elif key == "connect_timeout":
            if not value.isdecimal():
                raise _wrong_address("connect_timeout is not a number of seconds")
            options[key] = int(value)
        else:
            options[key] = value
    return options, host


def _wrong_address(what: str) -> CannotRun:
    return CannotRun(
        f"DATABASE_URL cannot be used: {what}.",
        "Write it as postgresql://user:password@host:5432/database?sslmode=verify-full.",
    )
