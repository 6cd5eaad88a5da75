"""What travels in the open does not leave this machine.

Whoever would let it is refused at the start, with what to do. A practice, where everybody is
invented, may.
"""

import ipaddress
import os
from collections.abc import Mapping, Sequence
from typing import Any, Final

from earlydoors.config.faults import CannotRun

PROVEN: Final = ("verify-ca", "verify-full")
"""What `sslmode` says where the certificate of the database is looked at."""


def is_this_machine(host: str) -> bool:
    """Whether a host is this machine and no other: a loopback address, `localhost`, or the folder
    of a socket. A name is not looked up: it may be another's tomorrow."""
    name = host.strip("[]").removesuffix(".").lower()
    if name == "localhost" or name.startswith(("/", "@")):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def check_listening(
    host: str, *, names: Sequence[str], https: bool, certified: bool, practice: bool
) -> None:
    """Pages are shown to other machines by HTTPS alone.

    Args:
        host: the address to listen on.
        names: the names that the site answers to.
        https: whether visitors speak HTTPS, by the word of EARLYDOORS_HTTPS.
        certified: whether what is sent to that address is encrypted too.

    Raises:
        CannotRun: somebody could be answered without.
    """
    if practice:
        return
    if not is_this_machine(host) and not (https and certified):
        raise CannotRun(
            f"Pages would travel in the open to whoever reaches {host}.",
            "Listen on 127.0.0.1 with a proxy for HTTPS on this machine and EARLYDOORS_HTTPS=1, or "
            "give --certificate and --key too: docs/how-to/run-it-for-real.md.",
        )
    elsewhere = [name for name in names if not is_this_machine(name)]
    if elsewhere and not https:
        raise CannotRun(
            f"EARLYDOORS_HOSTS names {', '.join(elsewhere)}, and nothing says that visitors of it "
            "speak HTTPS.",
            "Set EARLYDOORS_HTTPS=1 behind a proxy that speaks it: docs/how-to/run-it-for-real.md.",
        )


def check_database(
    found: Mapping[str, Any], *, practice: bool, environment: Mapping[str, str] = os.environ
) -> None:
    """A database on another machine is spoken to by TLS, and shows a certificate that is looked at.

    Args:
        found: Django's settings of it.
        environment: where libpq finds what the settings leave out.

    Raises:
        CannotRun: it would be spoken to otherwise.
    """
    hosts = [*str(found["HOST"] or environment.get("PGHOST", "")).split(",")]
    hosts += environment.get("PGHOSTADDR", "").split(",")
    named = [host for host in hosts if host]
    elsewhere = [host for host in named if not is_this_machine(host)]
    if environment.get("PGSERVICE") and not found["HOST"]:
        elsewhere.append("the service that PGSERVICE names")
    mode = found["OPTIONS"].get("sslmode") or environment.get("PGSSLMODE", "")
    if elsewhere and mode not in PROVEN and not practice:
        raise CannotRun(
            f"The database is elsewhere ({', '.join(elsewhere)}), and nothing says that it has to "
            "prove itself and be spoken to in secret.",
            "Write sslmode=verify-full into its address, and sslrootcert=/path/to/its/authority.pem"
            " (or sslrootcert=system).",
        )


def check_scanner(found: tuple[str, int] | None) -> None:
    """A virus scanner is sent whole files in the open, so it is on this machine.

    Raises:
        CannotRun: it is elsewhere.
    """
    if found and not is_this_machine(found[0]):
        raise CannotRun(
            f"EARLYDOORS_CLAMD is on another machine ({found[0]}), and files would travel there in "
            "the open.",
            "Run ClamAV on this one, or reach the other through an encrypted tunnel that ends here "
            "at 127.0.0.1.",
        )
