"""A secret comes from the environment or from a closed file, and from nowhere else."""

from pathlib import Path

import pytest

from earlydoors.config import installation, secret_keys
from earlydoors.config.faults import CannotRun
from earlydoors.config.given import forget, given, is_given

NAME, KEPT = "EARLYDOORS_SECRET", "k" * 64


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (NAME, "DATABASE_URL", "DATABASE_OWNER_URL", "EARLYDOORS_SEALING_KEYS"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    monkeypatch.delenv(installation.SERVES, raising=False)
    monkeypatch.setenv("EARLYDOORS_DATA", str(tmp_path / "data"))


def closed(file: Path, text: str, mode: int = 0o400) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text + "\n")
    file.chmod(mode)
    return file


@pytest.mark.parametrize("way", ["environment", "file", "credential"])
def test_each_way(way: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert given(NAME) is None
    if way == "environment":
        monkeypatch.setenv(NAME, KEPT)
    elif way == "file":
        monkeypatch.setenv(f"{NAME}_FILE", str(closed(tmp_path / "vault" / "secret", KEPT)))
    else:
        closed(tmp_path / "credentials" / NAME, KEPT)
        monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "credentials"))
    assert given(NAME) == KEPT
    assert secret_keys.secret_key() == KEPT
    assert not (installation.data_folder() / "secret").exists()


def test_a_credential_of_another_name_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    closed(tmp_path / "credentials" / "something_else", KEPT)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "credentials"))
    assert given(NAME) is None


def test_one_that_is_given_twice_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(f"{NAME}_FILE", str(closed(tmp_path / "secret", KEPT)))
    monkeypatch.setenv(NAME, "another" * 9)
    with pytest.raises(CannotRun, match="given twice"):
        given(NAME)


@pytest.mark.parametrize(
    ("mode", "refused"),
    [(0o400, False), (0o600, False), (0o640, False), (0o604, True), (0o602, True), (0o644, True)],
)
def test_a_file_that_is_open_to_everybody_is_refused(
    mode: int, refused: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(f"{NAME}_FILE", str(closed(tmp_path / "secret", KEPT, mode)))
    if refused:
        with pytest.raises(CannotRun, match="open to everybody") as fault:
            given(NAME)
        assert KEPT not in str(fault.value)
    else:
        assert given(NAME) == KEPT


def test_a_file_that_is_not_there_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "nothing"))
    with pytest.raises(CannotRun, match="cannot be read"):
        given(NAME)


def test_both_logins_and_the_keys_may_lie_in_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keys = [secret_keys.new_sealing_key() for _ in range(2)]
    for name, said in {
        "DATABASE_URL": "postgresql://web@/early?host=/run/postgresql",
        "DATABASE_OWNER_URL": "postgresql://owner@/early?host=/run/postgresql",
        "EARLYDOORS_SEALING_KEYS": "\n".join(keys),
    }.items():
        monkeypatch.setenv(f"{name}_FILE", str(closed(tmp_path / name, said)))
    assert not installation.is_embedded()
    assert installation.database()["USER"] == "owner"
    assert installation.database(serves=True)["USER"] == "web"
    assert secret_keys.sealing_keys() == keys
    forget("DATABASE_OWNER_URL")
    assert not is_given("DATABASE_OWNER_URL")
    assert installation.database()["USER"] == "web"


def test_a_provider_of_accounts_has_its_secret_in_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "providers.yaml"
    file.write_text(
        "providers:\n- key: council\n  name: The council\n  issuer: https://login.example.org\n"
        "  client_id: early\n  secret_from: COUNCIL_SECRET\n"
        "  places: [{when: {groups: [early]}, role: practitioner, agency: early_help}]\n"
    )
    monkeypatch.setenv("EARLYDOORS_SIGN_IN", str(file))
    monkeypatch.delenv("COUNCIL_SECRET", raising=False)
    with pytest.raises(CannotRun, match="COUNCIL_SECRET is not set"):
        installation.sign_in_providers()
    monkeypatch.setenv("COUNCIL_SECRET_FILE", str(closed(tmp_path / "council", "s" * 20)))
    [found] = installation.sign_in_providers().providers
    assert given(found.secret_from) == "s" * 20
