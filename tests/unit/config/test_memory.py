"""The database has a share of what there is, where a container is held to less than all too."""

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from earlydoors.config import memory

GIGABYTE = 1 << 30


@pytest.fixture
def limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    held = tmp_path / "memory.max"
    monkeypatch.setattr(memory, "LIMITS", (tmp_path / "nowhere", held))
    return held


@pytest.mark.parametrize(
    ("machine", "held", "given"),
    [
        (16 * GIGABYTE, None, 2048),
        (16 * GIGABYTE, "max\n", 2048),
        (64 * GIGABYTE, f"{2 * GIGABYTE}\n", 256),
        (64 * GIGABYTE, f"{1 << 62}\n", 4096),
        (GIGABYTE // 2, None, 128),
    ],
)
def test_the_database_has_its_share(
    machine: int, held: str | None, given: int, limit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if held:
        limit.write_text(held)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(total=machine))

    assert memory.for_the_database() == given
