"""What the how-to prints can be typed."""

import csv
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from earlydoors.config.cli import root

HOW_TO = Path(__file__).parents[3] / "docs/how-to/match-tables.md"


@pytest.mark.slow
def test_the_example_runs_as_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given the mapping and the commands of the how-to, then FEBRL's doubles are found."""
    monkeypatch.chdir(tmp_path)
    text = HOW_TO.read_text(encoding="utf-8")
    mapping = re.search(r"```toml\n(id = .*?)```", text, re.DOTALL)
    commands = re.search(r"```sh\n(python .*?)```", text, re.DOTALL)
    assert mapping is not None
    assert commands is not None
    (tmp_path / "map.toml").write_text(mapping[1], encoding="utf-8")
    make, match = (shlex.split(line) for line in commands[1].splitlines())
    subprocess.run([sys.executable, *make[1:]], check=True)
    assert match[0] == "earlydoors"
    assert root.main(match[1:]) == root.FINE
    with (tmp_path / "pairs.csv").open(encoding="utf-8", newline="") as opened:
        pairs = [(row["left_id"], row["right_id"]) for row in csv.DictReader(opened)]
    right = sum(one.split("-")[1] == two.split("-")[1] for one, two in pairs)
    assert right > 0.99 * len(pairs)
    assert right > 0.99 * 500
