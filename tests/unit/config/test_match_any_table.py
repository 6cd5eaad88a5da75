"""`earlydoors match` on whatever people have, small, empty or odd: it never fails."""

import csv
import math
import random
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from earlydoors.config.cli import root

pytestmark = pytest.mark.slow

FULL = """
id = "id"
[columns]
given_name = "first"
family_name = "last"
birth_date = "born"
sex = "sex"
house_number = "house"
street = "street"
town = "town"
postcode = "postcode"
identifier = "number"
email = "email"
phone = "phone"
"""
NAMES = 'id = "id"\n[columns]\ngiven_name = "first"\nfamily_name = "last"\n'
WHOLE = 'id = "id"\n[columns]\nfull_name = "first"\nbirth_date = "born"\n'
COLUMNS = "first last born sex house street town postcode number email phone".split()

type Row = dict[str, str]


def matched(
    folder: Path, left: Sequence[Row], told: str, right: Sequence[Row] | None = None
) -> list[Row]:
    """The pairs that come out, after a look at whether they are well formed."""
    for name, rows in (("left", left), ("right", right)):
        if rows is not None:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as opened:
                writer = csv.DictWriter(opened, ["id", *COLUMNS], restval="")
                writer.writeheader()
                writer.writerows(rows)
    (folder / "map.toml").write_text(told, encoding="utf-8")
    asked = ["--left", str(folder / "left.csv"), "--map", str(folder / "map.toml")]
    if right is not None:
        asked += ["--right", str(folder / "right.csv")]
    out, model = folder / "pairs.csv", folder / "model.json"
    done = root.main(["match", *asked, "--out", str(out), "--keep-model", str(model)])
    assert done == root.FINE
    with out.open(encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        pairs = list(reader)
    assert reader.fieldnames == ["left_id", "right_id", "match_weight", "match_probability"]
    ids = {row["id"] for row in left}, {row["id"] for row in (left if right is None else right)}
    seen = set()
    for pair in pairs:
        assert pair["left_id"] in ids[0]
        assert pair["right_id"] in ids[1]
        assert right is not None or pair["left_id"] != pair["right_id"]
        assert math.isfinite(float(pair["match_weight"]))
        assert 0.5 <= float(pair["match_probability"]) <= 1
        seen.add(frozenset((("l", pair["left_id"]), ("r" if right else "l", pair["right_id"]))))
    assert len(seen) == len(pairs), "a pair is there twice"
    return pairs


def person(draw: random.Random, number: int) -> Row:
    """Somebody, all columns known."""
    letters = "abcdefghijklmnoprstuvwy"
    return {
        "id": str(number),
        "first": "".join(draw.choices(letters, k=6)),
        "last": "".join(draw.choices(letters, k=8)),
        "born": f"{draw.randrange(1950, 2020)}-0{draw.randrange(1, 10)}-{draw.randrange(10, 28)}",
        "sex": draw.choice("fm"),
        "house": str(draw.randrange(1, 99)),
        "street": "".join(draw.choices(letters, k=9)) + " road",
        "town": draw.choice(["corby", "blyth", "hexham"]),
        "postcode": f"CA{draw.randrange(1, 29)} {draw.randrange(1, 9)}QP",
        "number": str(draw.randrange(10**9)),
        "email": "".join(draw.choices(letters, k=7)) + "@example.org",
        "phone": f"07700 900{draw.randrange(1000):03d}",
    }


def people(count: int) -> list[Row]:
    """Several people, nobody twice."""
    draw = random.Random(count)  # noqa: S311 - made up
    return [person(draw, number) for number in range(count)]


def twice(rows: list[Row]) -> list[Row]:
    """The same people under other ids."""
    return [{**row, "id": f"b{row['id']}"} for row in rows]


@pytest.mark.parametrize("told", [FULL, NAMES, WHOLE])
def test_one_row(tmp_path: Path, told: str) -> None:
    assert matched(tmp_path, people(1), told) == []


@pytest.mark.parametrize("told", [FULL, NAMES, WHOLE])
@pytest.mark.parametrize("count", [2, 3, 7])
def test_a_few_rows_of_different_people(tmp_path: Path, told: str, count: int) -> None:
    assert matched(tmp_path, people(count), told) == []


def test_two_rows_of_one_person(tmp_path: Path) -> None:
    one = people(1)
    assert len(matched(tmp_path, one + twice(one), FULL)) == 1


def test_one_row_against_one_row(tmp_path: Path) -> None:
    one = people(1)
    assert len(matched(tmp_path, one, FULL, twice(one))) == 1


@pytest.mark.parametrize("count", [12, 300])
def test_everyone_is_there_twice(tmp_path: Path, count: int) -> None:
    rows = people(count)
    pairs = matched(tmp_path, rows + twice(rows), FULL)
    assert {(p["left_id"], p["right_id"]) for p in pairs} == {
        (r["id"], f"b{r['id']}") for r in rows
    }


def test_all_rows_are_the_same(tmp_path: Path) -> None:
    rows = [{**people(1)[0], "id": str(number)} for number in range(40)]
    assert len(matched(tmp_path, rows, FULL)) == len(list(combinations(rows, 2)))


def test_nobody_is_twice(tmp_path: Path) -> None:
    assert matched(tmp_path, people(300), FULL) == []


def test_nothing_but_ids_is_known(tmp_path: Path) -> None:
    assert matched(tmp_path, [{"id": str(number)} for number in range(20)], FULL) == []


def test_nearly_all_columns_are_empty(tmp_path: Path) -> None:
    kept = ("id", "first", "last")
    rows = [{key: row[key] for key in kept} for row in people(150)]
    rows[7]["phone"] = "07700 900123"
    assert matched(tmp_path, rows, FULL) == []


def test_columns_known_on_one_side_only(tmp_path: Path) -> None:
    rows = people(80)
    left = [{**row, "born": "", "number": ""} for row in rows]
    right = [{**row, "postcode": "", "email": ""} for row in twice(rows)]
    pairs = matched(tmp_path, left, FULL, right)
    assert {(p["left_id"], p["right_id"]) for p in pairs} == {
        (r["id"], f"b{r['id']}") for r in rows
    }


def test_ten_thousand_letters_and_other_scripts(tmp_path: Path) -> None:
    rows = people(30)
    rows[0] |= dict.fromkeys(COLUMNS, "x" * 10_000)
    rows[1] |= dict.fromkeys(COLUMNS, "李小龙")
    rows[2] |= dict.fromkeys(COLUMNS, "محمد علي")
    rows[3] |= dict.fromkeys(COLUMNS, "🙂🙃")
    rows[4] |= dict.fromkeys(COLUMNS, "'; drop table people; --")
    rows[5] |= dict.fromkeys(COLUMNS, '"quoted", and\na new line')
    matched(tmp_path, rows, FULL)
    matched(tmp_path, rows, WHOLE, twice(rows))


ODD = st.sampled_from(
    " |Ann|ann|A|O’Neill-Smith|李|🙂|0|-|=1+1|2003-02-01|1/2/03|01/01/1900|2999-12-31|CA28 7QP"
    "||ca287qp|12|NaN|null|éééééééééééééééé|Ann Smith".split("|")
)
TABLES = st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, ODD)), min_size=1, max_size=25)


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],  # each example is a whole run: shrinking would take an hour
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(left=TABLES, right=st.none() | TABLES, told=st.sampled_from([FULL, NAMES, WHOLE]))
def test_no_table_is_too_odd(
    tmp_path: Path, left: list[Row], right: list[Row] | None, told: str
) -> None:
    numbered = [{**row, "id": f"a{number}"} for number, row in enumerate(left)]
    other = None
    if right is not None:
        other = [{**row, "id": f"b{number}"} for number, row in enumerate(right)]
    matched(tmp_path, numbered, told, other)
