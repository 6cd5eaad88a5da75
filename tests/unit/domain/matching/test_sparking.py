"""Splink on Spark behind the same call as on DuckDB."""

import csv
import shutil
from pathlib import Path

import pytest

from earlydoors.config.cli import root

MAP = """
id = "id"
[columns]
given_name = "first"
family_name = "last"
birth_date = "born"
street = "street"
"""
PEOPLE = [
    ("Ann", "Fenwick", "2014-03-07", "14 Rosemary Lane"),
    ("William", "Moss", "1988-11-30", "2 Quay Street"),
    ("Zara", "Shah-Whitlock", "2009-06-01", "9 Harbour View"),
    ("Chidi", "Okafor", "2015-02-27", "31 Church Road"),
    ("Linh", "Nguyen", "1975-08-14", "5 Mill Terrace"),
]
AGAIN = [
    ("Anne", "Fenwik", "2014-07-03", "14 Rosemary Ln"),
    ("Bill", "Moss", "1988-11-03", ""),
    ("Zara", "Whitlock", "2009-06-01", "9 Harbour View"),
    ("Okafor", "Chidi", "2015-02-27", "31 Church Rd"),
    ("L", "Nguyen", "1957-08-14", "5 Mill Terrace"),
]
type Pair = tuple[str, str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two tables of the same five people, the second with slips, and what their columns are."""
    for name, people in (("left", PEOPLE), ("right", AGAIN)):
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(["id", "first", "last", "born", "street"])
            writer.writerows([f"{name}{n}", *person] for n, person in enumerate(people))
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    return tmp_path


def run(folder: Path, engine: str) -> int:
    asked = ["match", "--engine", engine, "--out", str(folder / f"{engine}.csv")]
    for name in ("left.csv", "right.csv", "map.toml"):
        asked += [f"--{name.split('.')[0]}", str(folder / name)]
    return root.main(asked)


def matched(folder: Path, engine: str) -> dict[Pair, float]:
    assert run(folder, engine) == root.FINE
    with (folder / f"{engine}.csv").open(encoding="utf-8", newline="") as opened:
        return {
            (row["left_id"], row["right_id"]): float(row["match_weight"])
            for row in csv.DictReader(opened)
        }


@pytest.mark.spark
@pytest.mark.slow
def test_both_engines_give_the_same_pairs(folder: Path) -> None:
    here, there = matched(folder, "duckdb"), matched(folder, "spark")
    assert len(here) >= 4
    assert there == pytest.approx(here, abs=0.05)


def test_without_java_it_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert run(folder, "spark") == root.FAULTY
    assert "Spark needs Java 17 or newer" in capsys.readouterr().err
    assert not (folder / "spark.csv").exists()
