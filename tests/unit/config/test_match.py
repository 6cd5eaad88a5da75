"""`earlydoors match`: what it does with files as people have them."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from earlydoors.config.cli import root
from earlydoors.domain.matching import reading
from earlydoors.domain.matching.company import Pairs

MAP = """
id = "id"
[columns]
given_name = "first"
family_name = "last"
birth_date = "born"
postcode = "postcode"
"""
ROWS = ("id,first,last,born,postcode", "1,Ann,Smith,2003-02-01,CA28 7QP", "2,Bill,Reid,,")
Files = tuple[Path, Path, Path]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    left, told, out = tmp_path / "left.csv", tmp_path / "map.toml", tmp_path / "pairs.csv"
    left.write_text("\n".join(ROWS), encoding="utf-8")
    told.write_text(MAP, encoding="utf-8")
    return left, told, out


def matched(files: Files, *more: str) -> int:
    left, told, out = files
    return root.main(["match", "--left", str(left), "--map", str(told), "--out", str(out), *more])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("id,first,last,born,postcode\n", "has no rows"),
        ("id,first,last,born\n1,Ann,Smith,2003-02-01\n", 'has no column "postcode"'),
        ("\n".join((*ROWS, ",Ann,Smith,,")), "has 1 rows without an id"),
        ("\n".join((*ROWS, "1,Ann,Smith,,")), "has ids more than once: 1."),
        ("\n".join(ROWS) + "\n3,a\0b,c,,\n", "line 4 has a null byte"),
    ],
)
def test_a_faulty_table_gets_its_sentence(
    files: Files, text: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    files[0].write_text(text, encoding="utf-8")
    assert matched(files) == root.FAULTY
    assert says in capsys.readouterr().err
    assert not files[2].exists()


def test_a_wrong_encoding_is_named_with_its_line(
    files: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    files[0].write_bytes("\n".join((*ROWS, "3,José,Smith,,")).encode("windows-1252"))
    assert matched(files) == root.FAULTY
    assert "line 4 has a letter that cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id = ", "is not TOML"),
        ('[columns]\ngiven_name = "a"', "does not say which column is the id"),
        ('id = "id"', "has no [columns]"),
        ('id = "id"\n[columns]\nshoe = "a"', "so it has to say its kind"),
        ('id = "id"\n[columns]\nshoe = { column = "a", kind = "foot" }', 'of kind "foot"'),
        ('id = "id"\n[columns]\nsex = "a"', "no column by which a person could be told apart"),
        ('id = "id"\n[columns]\n"a; drop" = "a"', "cannot be the name of a field"),
        ('id = "id"\n[columns]\nstreet = 3', "does not name a column"),
    ],
)
def test_a_faulty_mapping_gets_its_sentence(
    files: Files, text: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    files[1].write_text(text, encoding="utf-8")
    assert matched(files) == root.FAULTY
    assert says in capsys.readouterr().err


def test_wrong_use(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    assert matched(files, "--encoding", "klingon") == root.WRONG_USE
    assert matched((files[0], files[1], files[2].with_suffix(".doc"))) == root.WRONG_USE
    assert matched(files, "--threshold", "2") == root.WRONG_USE
    assert matched((files[0].with_name("no.csv"), *files[1:])) == root.FAULTY
    assert "There is no file" in capsys.readouterr().err


IDS = ["=cmd|'/c calc'!A1", "-5", "@x", "-x", 'a "b", c']


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in which five rows with odd ids have been read."""
    with duckdb.connect() as made:
        made.register("ids", pa.table({"unique_id": range(len(IDS)), "id": IDS}))
        made.execute(f"create table {reading.WRITTEN} as from ids")
        yield made


def weighed(*pairs: tuple[int, int, float]) -> Pairs:
    left, right, weight = zip(*pairs, strict=True)
    return Pairs(np.array(left), np.array(right), np.array(weight))


def test_an_id_that_looks_like_a_formula_is_made_safe(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    out = tmp_path / "pairs.csv"
    count = reading.write_pairs(connection, out, weighed((0, 1, 3.0), (2, 3, 4.0), (4, 1, 0.5)), 0)
    with out.open(encoding="utf-8", newline="") as opened:
        rows = [row[:2] for row in csv.reader(opened)]
    assert count == 3
    assert rows == [
        ["left_id", "right_id"],
        ["'@x", "'-x"],
        ["'=cmd|'/c calc'!A1", "-5"],
        ['a "b", c', "-5"],
    ]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_only_likely_pairs_are_written(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, ending: str
) -> None:
    out = tmp_path / f"it's.{ending}"
    pairs = weighed((1, 2, 2000.0), (1, 3, 0.0), (1, 4, -0.001), (2, 3, -2000.0))
    assert reading.write_pairs(connection, out, pairs, 0.5) == 2
    said = connection.read_csv(str(out)) if ending == "csv" else connection.read_parquet(str(out))
    rows = said.project("right_id, match_weight, match_probability").fetchall()
    mark = "'" if ending == "csv" else ""
    assert rows == [(f"{mark}@x", 2000.0, 1.0), (f"{mark}-x", 0.0, 0.5)]


def test_a_run_that_is_stopped_leaves_no_half_file(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a list of yesterday, when writing today's is stopped, then yesterday's is whole."""
    out = tmp_path / "pairs.csv"
    reading.write_pairs(connection, out, weighed((1, 3, 3.0)), 0.5)
    before = out.read_text(encoding="utf-8")

    def stopped(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        reading.write_pairs(connection, out, weighed((1, 2, 3.0), (2, 3, 4.0)), 0.5)
    assert out.read_text(encoding="utf-8") == before
    assert [path.name for path in tmp_path.iterdir()] == ["pairs.csv"]


def people(count: int) -> list[dict[str, str]]:
    draw = random.Random(3)  # noqa: S311 - made up
    letters = "abcdefghijklmnoprstuvwy"
    return [
        {
            "id": str(n),
            "first": "".join(draw.choices(letters, k=6)),
            "last": "".join(draw.choices(letters, k=8)),
            "born": f"{draw.randrange(1990, 2020)}-11-{draw.randrange(10, 28)}",
            "postcode": f"CA{draw.randrange(1, 29)} {draw.randrange(1, 9)}QP",
        }
        for n in range(count)
    ]


@pytest.mark.slow
def test_two_tables_are_matched_without_examples(files: Files) -> None:
    """Given two tables with slips in the second, when matched, then each finds its own."""
    left, told, out = files
    first = people(120)
    second = [
        {
            **person,
            "id": f"b{person['id']}",
            "first": person["last"] if n % 7 == 0 else person["first"][:-1],
            "last": person["first"] if n % 7 == 0 else person["last"],
            "born": person["born"] if n % 3 else "",
        }
        for n, person in enumerate(first)
    ]
    right, out = left.with_name("right.parquet"), out.with_suffix(".parquet")
    pq.write_table(pa.Table.from_pylist(second), right)
    with left.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(first[0]))
        writer.writeheader()
        writer.writerows(first)

    kept = left.with_name("model.json")
    done = matched((left, told, out), "--right", str(right), "--keep-model", str(kept))

    assert done == root.FINE
    pairs = pq.read_table(out).to_pylist()
    assert list(pairs[0]) == ["left_id", "right_id", "match_weight", "match_probability"]
    assert {(p["left_id"], p["right_id"]) for p in pairs} == {(str(n), f"b{n}") for n in range(120)}
    assert all(p["match_probability"] >= 0.5 for p in pairs)
    again = matched((left, told, out), "--right", str(right), "--model", str(kept))
    assert again == root.FINE
    assert len(pq.read_table(out)) == 120
