"""One model, asked in SQL and in columns over whole tables, and in Python for one record."""

import string
from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earlydoors.domain.matching import learning, splinking, tables
from earlydoors.domain.matching.comparisons import comparisons
from earlydoors.domain.matching.fields import KNOWN, Field, Kind, prepared_record
from earlydoors.domain.matching.model import Model, Parameters, share

FIELDS = (
    *(
        KNOWN[key]
        for key in ("given_name", "family_name", "birth_date", "sex", "house_number", "street")
    ),
    *(KNOWN[key] for key in ("town", "postcode", "identifier", "email", "phone")),
    Field("school", Kind.TEXT, "school"),
)


def model() -> Model:
    """A model of made-up parameters, no two levels alike."""
    levels = {}
    for comparison in comparisons(FIELDS):
        for place, level in enumerate(comparison.levels, 1):
            many = len(comparison.levels)
            levels[comparison.key, level.key] = Parameters(1 / (place + 1.3), place / (many + 1.7))
    return Model(FIELDS, 0.003, levels)


NAMES = st.sampled_from(
    [
        "",
        "Ann",
        "Anne",
        "Bill",
        "William",
        "W",
        "O’Neill",
        "Mary-Jane",
        "José",
        "Łukasz",
        "李",
        "🙂",
    ]
)
LETTERS = st.text(string.ascii_lowercase[:5] + " -'", max_size=12)
WORD = NAMES | LETTERS
DATES = st.dates().map(str) | st.sampled_from(
    ["1/2/2003", "02/01/2003", "20030201", "2003", "?", "2003-02-31", "3 Feb 1999"]
)
CODES = st.sampled_from(
    ["", "CA28 7QP", "ca287qp", "CA28 7PQ", "CA2 7QP", "2119", "2191", "21", "x"]
)
DIGITS = st.text("0123", max_size=9)
PEOPLE = st.fixed_dictionaries(
    {
        "given_name": WORD,
        "family_name": WORD,
        "birth_date": DATES,
        "sex": st.sampled_from(["", "f", "m", "fem", "female"]),
        "house_number": DIGITS,
        "street": WORD,
        "town": LETTERS,
        "postcode": CODES,
        "identifier": DIGITS,
        "email": st.sampled_from(["", "a.b@c.org", "a.b@d.org", "ab@c.org", "not an address"]),
        "phone": DIGITS,
        "school": LETTERS,
    }
)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute("set threads=1")
        yield made


@pytest.mark.slow
@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people=st.lists(PEOPLE, min_size=40, max_size=60))
def test_both_ways_give_the_same_weight(
    connection: duckdb.DuckDBPyConnection, people: list[dict[str, str]]
) -> None:
    rows = [{"unique_id": n, "side": 0, **person} for n, person in enumerate(people)]
    written = pa.Table.from_pylist(rows)
    connection.register("written", written)
    tables.prepare(connection, FIELDS, "written")
    pairs = [
        {"match_key": "0", "join_key_l": one, "join_key_r": two}
        for one in range(len(people))
        for two in range(one + 1, len(people))
    ]
    connection.register("all_of_them", pa.Table.from_pylist(pairs))
    connection.execute("create or replace table pairs as select * from all_of_them")
    splinking.score(connection, model(), "pairs", "scored")
    by_sql = {
        (one, two): weight
        for one, two, weight in connection.sql("select l, r, weight from scored").fetchall()
    }

    ready = [prepared_record(FIELDS, person) for person in people]
    shares = {
        column: {
            value: share(
                sum(record[column] == value for record in ready),
                known,
                model().levels[column, "same"].u,
            )
            for value in {record[column] for record in ready if record[column] is not None}
        }
        for column in (field.key for field in FIELDS)
        if (known := sum(record[column] is not None for record in ready))
    }
    assert len(by_sql) == len(pairs)
    seen = tables.seen(connection, FIELDS, "scored")
    in_columns = zip(seen.left, seen.right, learning.weigh(model(), seen), strict=True)
    for one, two, weight in in_columns:
        assert by_sql[one, two] == pytest.approx(weight, abs=1e-9)
    for (one, two), weight in by_sql.items():
        by_python = model().weigh(ready[one], ready[two], lambda c, v: shares[c].get(v))
        assert by_python.weight == pytest.approx(weight, abs=1e-9)
