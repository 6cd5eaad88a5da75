"""The keys of an installation: made once, kept from others, changed without losing any."""

import base64
import stat
import threading
from pathlib import Path

import pytest

from earlydoors.config import installation, secret_keys
from earlydoors.config.faults import CannotRun


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("EARLYDOORS_SECRET", "EARLYDOORS_SEALING_KEYS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EARLYDOORS_DATA", str(tmp_path / "data"))


class TestSecret:
    def test_is_made_once_and_kept_from_others(self) -> None:
        first = secret_keys.secret_key()
        assert secret_keys.secret_key() == first
        assert len(first) >= 64
        kept = installation.data_folder() / "secret"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600

    def test_processes_that_start_at_once_agree(self) -> None:
        found: list[str] = []
        gate = threading.Barrier(8)

        def read() -> None:
            gate.wait()
            found.append(secret_keys.secret_key())

        threads = [threading.Thread(target=read) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 8
        assert len(set(found)) == 1
        left = [file.name for file in installation.data_folder().iterdir()]
        assert left == ["secret"]

    def test_a_short_one_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("EARLYDOORS_SECRET", "letmein")
        with pytest.raises(CannotRun, match="7 characters"):
            secret_keys.secret_key()

    def test_a_damaged_one_is_refused(self) -> None:
        (installation.data_folder() / "secret").write_text("")
        with pytest.raises(CannotRun, match="is damaged"):
            secret_keys.secret_key()


class TestSealingKeys:
    def test_one_is_made_once_and_kept_from_others(self) -> None:
        [first] = secret_keys.sealing_keys()
        assert secret_keys.sealing_keys() == [first]
        assert len(base64.urlsafe_b64decode(first)) * 8 == 256
        assert stat.S_IMODE(secret_keys.sealing_file().stat().st_mode) == 0o600

    def test_a_new_one_stands_first_and_no_other_is_lost(self) -> None:
        before = secret_keys.sealing_keys()
        added = secret_keys.add_sealing_key()
        assert secret_keys.sealing_keys() == [added, *before]
        assert stat.S_IMODE(secret_keys.sealing_file().stat().st_mode) == 0o600
        left = [file.name for file in installation.data_folder().iterdir()]
        assert left == ["sealing-keys"]

    def test_the_environment_names_them_in_order(self, monkeypatch: pytest.MonkeyPatch) -> None:
        keys = [secret_keys.new_sealing_key() for _ in range(3)]
        monkeypatch.setenv("EARLYDOORS_SEALING_KEYS", ", ".join(keys))
        assert secret_keys.sealing_keys() == keys
        assert not secret_keys.sealing_file().exists()

    @pytest.mark.parametrize("damaged", ["half-a-key", "A" * 43, "A" * 44])
    def test_a_damaged_one_is_refused_and_none_is_made_instead(self, damaged: str) -> None:
        [sound] = secret_keys.sealing_keys()
        secret_keys.write_sealing_keys([damaged, sound])
        with pytest.raises(CannotRun, match=r"Key 1 of .* is not one"):
            secret_keys.sealing_keys()
        assert sound in secret_keys.sealing_file().read_text()
