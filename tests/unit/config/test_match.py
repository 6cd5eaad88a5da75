"""`earlydoors match`: what it does with files as people have them."""

import csv
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from earlydoors.config.cli import root
from earlydoors.domain.matching import reading

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


def test_an_id_that_looks_like_a_formula_is_made_safe(tmp_path: Path) -> None:
    out = tmp_path / "pairs.csv"
    reading.write_pairs(out, [("=cmd|'/c calc'!A1", "-5", 3.0, 0.9), ("@x", "-x", 4.0, 0.95)])
    with out.open(encoding="utf-8", newline="") as opened:
        rows = [row[:2] for row in csv.reader(opened)]
    assert rows == [["left_id", "right_id"], ["'@x", "'-x"], ["'=cmd|'/c calc'!A1", "-5"]]


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
