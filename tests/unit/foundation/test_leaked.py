"""Looking up a password among those that were stolen, in a file that is never read as a whole."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlydoors.config import installation
from earlydoors.config.faults import CannotRun
from earlydoors.foundation.leaked import is_in_order, is_leaked

STOLEN = [f"stolen password {number}" for number in range(500)]


def _hash(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def lines(passwords: list[str], ending: str = "\r\n", seen: int = 1) -> bytes:
    """As the downloader writes them: of different lengths, by how often they were seen."""
    hashes = sorted(_hash(one) for one in passwords)
    return "".join(f"{one}:{seen * 7**n % 99991}{ending}" for n, one in enumerate(hashes)).encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "pwned.txt"
    found.write_bytes(lines(STOLEN))
    return found


def test_each_that_is_in_it_is_found(file: Path) -> None:
    assert all(is_leaked(one, file) for one in STOLEN)


def test_none_that_is_not_in_it_is_found(file: Path) -> None:
    assert not any(is_leaked(f"not {one}", file) for one in STOLEN)


@given(st.lists(st.text(max_size=20), max_size=12, unique=True), st.sampled_from(["\n", "\r\n"]))
def test_any_file_answers_as_a_set_does(
    tmp_path_factory: pytest.TempPathFactory, passwords: list[str], ending: str
) -> None:
    file = tmp_path_factory.mktemp("leaked") / "pwned.txt"
    inside, outside = passwords[::2], passwords[1::2]
    file.write_bytes(lines(inside, ending).removesuffix(ending.encode()))
    assert all(is_leaked(one, file) for one in inside)
    assert not any(is_leaked(one, file) for one in outside)


def test_a_look_reads_little_of_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(lines([f"one of many {number}" for number in range(50_000)]))
    read = 0
    opened = Path.open

    def counting(path: Path, mode: str) -> object:
        stream = opened(path, mode)
        plain = stream.readline

        class Counted:
            seek = staticmethod(stream.seek)

            @staticmethod
            def readline() -> bytes:
                nonlocal read
                line = plain()
                read += len(line)
                return bytes(line)

            def __enter__(self) -> "Counted":
                return self

            def __exit__(self, *_: object) -> None:
                stream.close()

        return Counted()

    monkeypatch.setattr(Path, "open", counting)
    assert is_leaked("one of many 31415", file)
    assert 0 < read < 5_000


@pytest.mark.parametrize(
    "content",
    [b"", b"password\n", b"\n\n", lines(STOLEN)[100:], b"\n".join(lines(STOLEN).split()[::-1])],
)
def test_what_is_no_such_file_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.txt"
    file.write_bytes(content)
    assert not is_in_order(file)


def test_the_right_file_is_taken(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARLYDOORS_LEAKED_PASSWORDS", str(file))
    assert installation.leaked_passwords() == file


@pytest.mark.parametrize(("name", "says"), [("missing", "cannot be read"), (".", "cannot be read")])
def test_nothing_starts_on_a_file_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, says: str
) -> None:
    monkeypatch.setenv("EARLYDOORS_LEAKED_PASSWORDS", str(tmp_path / name))
    with pytest.raises(CannotRun, match=says):
        installation.leaked_passwords()


def test_nothing_starts_on_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "words").write_text("password\nletmein\n")
    monkeypatch.setenv("EARLYDOORS_LEAKED_PASSWORDS", str(tmp_path / "words"))
    with pytest.raises(CannotRun, match="no SHA-1 hashes"):
        installation.leaked_passwords()
