"""Which pairs are left out before any likeness is measured."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earlydoors.domain.matching import sieving, tables
from earlydoors.domain.matching.comparisons import comparisons
from earlydoors.domain.matching.fields import KNOWN, prepared_record
from earlydoors.domain.matching.model import Model, Parameters, share

KEYS = ("given_name", "family_name", "birth_date", "street", "postcode", "email")
FIELDS = tuple(KNOWN[key] for key in KEYS)
NAMES = st.sampled_from(["", "Ann", "Anne", "Bill", "William", "W", "Mary-Jane", "Jane", "Олена"])
SHORT = st.text("abcd 1", max_size=9)
PEOPLE = st.fixed_dictionaries(
    {
        "given_name": NAMES | SHORT,
        "family_name": NAMES | SHORT,
        "birth_date": st.sampled_from(
            ["2003-02-01", "2003-01-02", "2003-02-11", "2003", "03-02-01", "1903-02-01", ""]
        ),
        "street": SHORT | st.sampled_from(["1 Rosemary Lane", "2 Rosemary Ln", "Lane"]),
        "postcode": st.sampled_from(["CA28 7QP", "CA28 7PQ", "CA2 7QP", "2119", "x", ""]),
        "email": st.sampled_from(["", "a.b@c.org", "a.b@d.org", "ab@c.org"]),
    }
)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute("set threads=1")
        yield made


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Models in which any level may say more than any other."""
    shares = st.floats(0.001, 0.9)
    levels = {
        (comparison.key, level.key): Parameters(draw(shares), draw(shares))
        for comparison in comparisons(FIELDS)
        for level in comparison.levels
    }
    return Model(FIELDS, 0.01, levels)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people=st.lists(PEOPLE, min_size=12, max_size=12), model=models(), least=st.floats(-12, 12))
def test_nothing_that_weighs_enough_is_left_out(
    connection: duckdb.DuckDBPyConnection,
    people: list[dict[str, str]],
    model: Model,
    least: float,
) -> None:
    """Given any people and any model, then a pair that is left out weighs less than the least."""
    left_in, pairs = sieved(connection, people, model, least)
    ready = [prepared_record(FIELDS, person) for person in people]

    def frequency(column: str, value: str) -> float:
        known = [record[column] for record in ready if record[column] is not None]
        return share(known.count(value), len(known), model.levels[column, "same"].u)

    for one, two in pairs - left_in:
        assert model.weigh(ready[one], ready[two], frequency).weight < least


def test_strangers_are_left_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Given two people with nothing alike, and one of them twice, then only those are left in."""
    ann = dict(
        zip(KEYS, ("Ann", "Fenwick", "2014-03-07", "1 Elm Way", "CA28 7QP", ""), strict=True)
    )
    gus = dict(zip(KEYS, ("Gus", "Moody", "1950-11-22", "8 Hob Rd", "NE1 4XJ", ""), strict=True))
    levels = {
        (one.key, level.key): Parameters(0.9, 0.01) if place == 0 else Parameters(0.01, 0.9)
        for one in comparisons(FIELDS)
        for place, level in enumerate(one.levels)
    }
    left_in, _ = sieved(connection, [ann, gus, ann], Model(FIELDS, 0.01, levels), 0.0)
    assert left_in == {(0, 2)}


def sieved(
    connection: duckdb.DuckDBPyConnection,
    people: list[dict[str, str]],
    model: Model,
    least: float,
) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """The pairs that are left in, and all pairs."""
    rows = [{"unique_id": n, "side": 0, **person} for n, person in enumerate(people)]
    connection.register("written", pa.Table.from_pylist(rows))
    tables.prepare(connection, FIELDS, "written")
    sieving.prepare_sieve(connection, FIELDS)
    pairs = {(one, two) for two in range(len(people)) for one in range(two)}
    listed = [{"match_key": "0", "join_key_l": one, "join_key_r": two} for one, two in pairs]
    connection.register("listed", pa.Table.from_pylist(listed))
    connection.execute("create or replace table all_pairs as from listed")
    sieving.sieve(connection, model, "all_pairs", "left_in", least)
    found = connection.sql("select join_key_l, join_key_r from left_in").fetchall()
    return set(found), pairs
