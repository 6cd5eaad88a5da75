"""An installation is described by its environment, and a slip in it is told in a sentence."""

import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlydoors.config import installation
from earlydoors.config.faults import CannotRun
from earlydoors.config.installation import parse_database_url
from earlydoors.config.sockets import LONGEST, SOCKET, socket_folder

WEB = ("DATABASE_OWNER_URL", installation.SERVES)


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("EARLYDOORS_AREA", "EARLYDOORS_SECRET", "EARLYDOORS_HOSTS", "DATABASE_URL", *WEB):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EARLYDOORS_DATA", str(tmp_path / "data"))


class TestDatabaseAddress:
    def test_a_whole_address(self) -> None:
        read = parse_database_url(
            "postgresql://anna:p%40ss%2Fword@db.example.org:5433/early?sslmode=require"
        )
        assert read == {
            "NAME": "early",
            "USER": "anna",
            "PASSWORD": "p@ss/word",
            "HOST": "db.example.org",
            "PORT": "5433",
            "OPTIONS": {"connect_timeout": 10, "sslmode": "require"},
        }

    @pytest.mark.parametrize(
        ("address", "host"),
        [
            ("postgres:///early", ""),
            ("postgresql:///early?host=/run/postgresql", "/run/postgresql"),
            ("postgresql://%2Frun%2Fpostgresql/early", "/run/postgresql"),
            ("postgresql://[::1]:5432/early", "::1"),
        ],
    )
    def test_where_the_server_is(self, address: str, host: str) -> None:
        assert parse_database_url(address)["HOST"] == host

    @pytest.mark.parametrize(
        ("address", "says"),
        [
            ("mysql://a:b@c/d", 'begins with "mysql"'),
            ("early", "begins with nothing"),
            ("postgresql://db.example.org", "name of the database is missing"),
            ("postgresql://db.example.org/", "name of the database is missing"),
            ("postgresql://db/early/two", "name of the database is missing"),
            ("postgresql://db:port/early", "does not read as an address"),
            ("postgresql://db:99999/early", "does not read as an address"),
            ("postgresql://db:0/early", "the port is 0"),
            ("postgresql://db/early?sslmode=on", 'sslmode is "on"'),
            ("postgresql://db/early?ssl_mode=require", 'unknown option "ssl_mode"'),
            ("postgresql://db/early?sslmode=allow&sslmode=require", "given twice"),
            ("postgresql://db/early?connect_timeout=soon", "not a number of seconds"),
            ("postgresql://db/early?sslmode", "not name=value"),
            ("postgresql://u:a#b@db/early", "does not read|%23|missing"),
        ],
    )
    def test_a_slip_is_told_in_a_sentence(self, address: str, says: str) -> None:
        with pytest.raises(CannotRun, match=says):
            parse_database_url(address)

    @pytest.mark.parametrize("tail", ["/", "/early?wrong=1", "/early#x", ":99999/early"])
    def test_a_fault_never_shows_the_password(self, tail: str) -> None:
        with pytest.raises(CannotRun) as fault:
            parse_database_url(f"postgresql://anna:hunter2hunter2@db{tail}")
        assert "hunter2" not in str(fault.value)

    @given(st.text(max_size=80))
    def test_anything_is_read_or_refused(self, address: str) -> None:
        with suppress(CannotRun):
            assert parse_database_url(address)["NAME"]


class TestArea:
    def test_the_default_is_a_shipped_area(self) -> None:
        assert installation.area() == "cumbria"

    @pytest.mark.parametrize(
        ("area", "slug"),
        [
            ("north_somerset", "north_somerset"),
            ("/srv/profiles/My Area", "my_area"),
            ("/srv/profiles/my-area/", "my_area"),
            ("./Żółw", "w"),
            ("x" * 80, "x" * 40),
            ("/srv/Ω", "area"),
        ],
    )
    def test_the_slug_fits_a_database_and_a_cookie(
        self, area: str, slug: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("EARLYDOORS_AREA", area)
        assert installation.area_slug() == slug
        assert len(installation.database()["NAME"].encode()) < 63


class TestDataFolder:
    def test_is_made_and_closed_to_others(self) -> None:
        assert stat.S_IMODE(installation.data_folder().stat().st_mode) == 0o700

    def test_one_that_cannot_be_made(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        monkeypatch.setenv("EARLYDOORS_DATA", str(tmp_path / "file" / "data"))
        with pytest.raises(CannotRun, match="cannot be made"):
            installation.data_folder()


def test_without_hosts_only_this_machine_is_answered() -> None:
    assert installation.hosts() == ["localhost", "127.0.0.1", "[::1]"]


def test_hosts_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARLYDOORS_HOSTS", "early.example.org, www.example.org,")
    assert installation.hosts() == ["early.example.org", "www.example.org"]


@pytest.mark.parametrize("name", ["data", "d" * 120, "a,b", "it's"])
def test_a_socket_path_is_always_short_enough_and_plain(name: str) -> None:
    folder = socket_folder(Path("/srv") / name / "postgres")
    assert len(f"{folder}/{SOCKET}".encode()) <= LONGEST
    assert not set(str(folder)) & set(",'\"")
    assert folder == socket_folder(Path("/srv") / name / "postgres")


class TestTwoLogins:
    def test_the_embedded_server_has_one_for_pages(self) -> None:
        assert installation.database()["USER"] == "postgres"
        assert installation.database(serves=True)["USER"] == "earlydoors_web"
        assert installation.web_login() == "earlydoors_web"

    def test_another_server_has_those_of_its_addresses(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://web:w@db/early")
        monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner:o@db/early")
        assert installation.database()["USER"] == "owner"
        assert installation.database(serves=True)["USER"] == "web"
        assert installation.web_login() == "web"

    def test_one_address_is_one_login(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://early:e@db/early")
        assert installation.database()["USER"] == "early"
        assert installation.web_login() == ""

    def test_whoever_serves_forgets_the_owner(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://web:w@db/early")
        monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner:o@db/early")
        monkeypatch.setenv(installation.SERVES, "")
        installation.serve_from_now_on()
        assert "DATABASE_OWNER_URL" not in os.environ
        assert installation.database()["USER"] == "web"


def test_networks_are_read_and_a_slip_in_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert installation.office_networks() == ()
    monkeypatch.setenv("EARLYDOORS_OFFICE_NETWORKS", "10.20.0.0/16, 2001:db8::/32,")
    assert [str(one) for one in installation.office_networks()] == ["10.20.0.0/16", "2001:db8::/32"]
    for wrong in ("10.20.0.1/16", "the office", "10.20.0.0/99"):
        monkeypatch.setenv("EARLYDOORS_OFFICE_NETWORKS", wrong)
        with pytest.raises(CannotRun, match=wrong):
            installation.office_networks()
