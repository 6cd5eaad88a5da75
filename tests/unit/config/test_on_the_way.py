"""What travels in the open does not leave the machine: every case, and what is said of it."""

import itertools
from typing import Any

import pytest

from earlydoors.config import installation, on_the_way
from earlydoors.config.faults import CannotRun

HERE = (
    "127.0.0.1",
    "127.9.9.9",
    "::1",
    "[::1]",
    "localhost",
    "LocalHost.",
    "/run/postgresql",
    "@early",
)
ELSEWHERE = (
    "0.0.0.0",  # noqa: S104 - asked, not bound
    "::",
    "10.0.0.7",
    "192.168.1.2",
    "db.example.org",
    "localhost.example.org",
    "127.0.0.1.example.org",
    "*",
    "",
)


@pytest.mark.parametrize(
    ("host", "here"), [*((h, True) for h in HERE), *((h, False) for h in ELSEWHERE)]
)
def test_which_host_is_this_machine(host: str, here: bool) -> None:
    assert on_the_way.is_this_machine(host) is here


def is_refused(check: Any, *values: Any, **named: Any) -> bool:
    try:
        check(*values, **named)
    except CannotRun as fault:
        return bool(fault.mend)
    return False


OPEN_HOST, NAMED = "0.0.0.0", "early.example.org"  # noqa: S104 - asked, not bound
# Whether it listens to others, is named otherwise than this machine, and has HTTPS and a
# certificate; and whether that is refused outside a practice.
LISTENING = dict(
    zip(
        itertools.product((False, True), repeat=4),
        [
            # here alone, with no name
            *(False, False, False, False),
            # here alone, by a name: only where visitors speak HTTPS
            *(True, True, False, False),
            # to others, with no name: only with HTTPS and a certificate
            *(True, True, True, False),
            # to others, by a name
            *(True, True, True, False),
        ],
        strict=True,
    )
)


@pytest.mark.parametrize(("case", "refused"), LISTENING.items())
@pytest.mark.parametrize("practice", [False, True])
def test_who_may_listen(case: tuple[bool, ...], refused: bool, practice: bool) -> None:
    to_others, by_name, https, certified = case
    found = is_refused(
        on_the_way.check_listening,
        OPEN_HOST if to_others else "127.0.0.1",
        names=["localhost", NAMED] if by_name else ["localhost", "[::1]"],
        https=https,
        certified=certified,
        practice=practice,
    )
    assert found is (refused and not practice)


SSL_MODES = ("", *installation.SSL_MODES)


@pytest.mark.parametrize("mode", SSL_MODES)
@pytest.mark.parametrize("practice", [False, True])
@pytest.mark.parametrize("host", ["", "/run/postgresql", "127.0.0.1", "db.example.org", "10.0.0.7"])
def test_which_database_is_spoken_to(host: str, mode: str, practice: bool) -> None:
    found = {"HOST": host, "OPTIONS": {"sslmode": mode} if mode else {}}
    elsewhere = host in {"db.example.org", "10.0.0.7"}
    proven = mode in {"verify-ca", "verify-full"}
    refused = is_refused(on_the_way.check_database, found, practice=practice, environment={})
    assert refused is (elsewhere and not proven and not practice)


@pytest.mark.parametrize(
    ("host", "environment", "refused"),
    [
        ("", {"PGHOST": "db.example.org"}, True),
        ("", {"PGHOST": "db.example.org", "PGSSLMODE": "verify-full"}, False),
        ("", {"PGHOST": "/run/postgresql"}, False),
        ("", {"PGSERVICE": "early"}, True),
        ("localhost", {"PGSERVICE": "early"}, False),
        ("localhost", {"PGHOST": "db.example.org"}, False),
        ("localhost", {"PGHOSTADDR": "10.0.0.7"}, True),
        ("db.example.org", {"PGSSLMODE": "require"}, True),
        ("/run/postgresql,db.example.org", {}, True),
    ],
)
def test_what_libpq_finds_by_itself_counts(
    host: str, environment: dict[str, str], refused: bool
) -> None:
    found = {"HOST": host, "OPTIONS": {}}
    said = is_refused(on_the_way.check_database, found, practice=False, environment=environment)
    assert said is refused


def test_what_the_address_says_goes_before_the_environment() -> None:
    found = {"HOST": "db.example.org", "OPTIONS": {"sslmode": "prefer"}}
    assert is_refused(
        on_the_way.check_database,
        found,
        practice=False,
        environment={"PGSSLMODE": "verify-full"},
    )


@pytest.mark.parametrize("setting", ["DATABASE_URL", "DATABASE_OWNER_URL"])
def test_neither_login_speaks_in_the_open(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = {
        "DATABASE_URL": "postgresql://web:hunter2@db.example.org/early?sslmode=verify-full",
        "DATABASE_OWNER_URL": "postgresql://own:hunter2@db.example.org/early?sslmode=verify-full",
    }
    monkeypatch.setenv("EARLYDOORS_PRACTICE", "0")
    for name, address in addresses.items():
        monkeypatch.setenv(name, address)
    installation.web_login()
    monkeypatch.setenv(setting, addresses[setting].replace("verify-full", "require"))
    with pytest.raises(CannotRun, match="elsewhere") as fault:
        installation.web_login()
    assert "hunter2" not in str(fault.value)


@pytest.mark.parametrize(
    ("scanner", "refused"),
    [("127.0.0.1:3310", False), ("[::1]:3310", False), ("10.0.0.7:3310", True), ("av:3310", True)],
)
def test_files_go_to_no_scanner_elsewhere(
    scanner: str, refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EARLYDOORS_CLAMD", scanner)
    assert is_refused(installation.scanner) is refused
