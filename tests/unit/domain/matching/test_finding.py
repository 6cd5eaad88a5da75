"""Which pairs are looked at, and in what order."""

from collections.abc import Iterator
from itertools import pairwise

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earlydoors.domain.matching import finding, tables
from earlydoors.domain.matching.conditions import Slips, letters_in
from earlydoors.domain.matching.fields import KNOWN

FIELDS = tuple(KNOWN[key] for key in ("given_name", "family_name", "birth_date", "postcode"))
ANN = {
    "given_name": "Ann",
    "family_name": "Fenwick",
    "birth_date": "2014-03-07",
    "postcode": "CA28 7QP",
}
NEAR = {
    "given_name": "Anne",
    "family_name": "Fenwik",
    "birth_date": "2014-07-03",
    "postcode": "CA28 7QR",
}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute("set threads=1")
        yield made


def crowd(count: int) -> list[dict[str, str]]:
    """People of whom each shares a little with many."""
    return [
        {
            "given_name": "Bill Carla Dev Ewa Fay Gus".split()[n % 6],
            "family_name": f"{'Moss Tarn Reed Byrne Okafor'.split()[n % 5]}",
            "birth_date": f"{1950 + n % 61}-{1 + n % 12:02d}-{1 + n % 28:02d}",
            "postcode": f"CA{1 + n % 28} {1 + n % 9}AB",
        }
        for n in range(count)
    ]


def ranked(
    connection: duckdb.DuckDBPyConnection, people: list[dict[str, str]], *, across: bool = False
) -> list[finding.Slab]:
    half = len(people) // 2
    rows = [
        {"unique_id": n, "side": int(across and n >= half), **person}
        for n, person in enumerate(people)
    ]
    connection.register("written", pa.Table.from_pylist(rows))
    tables.prepare(connection, FIELDS, "written")
    return finding.rank_candidates(connection, FIELDS, across=across)


def taken(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    return connection.sql("select join_key_l, join_key_r from pairs").fetchall()


def test_the_likeliest_come_first(connection: duckdb.DuckDBPyConnection) -> None:
    """Given two rows with a slip in every column, then they are in the first slab."""
    slabs = ranked(connection, [ANN, *crowd(200), NEAR])
    assert finding.take(connection, slabs[0]) == slabs[0].count == len(taken(connection))
    assert (0, 201) in taken(connection)


def test_slabs_part_the_pairs(connection: duckdb.DuckDBPyConnection) -> None:
    slabs = ranked(connection, crowd(200))
    assert len(slabs) > 1
    assert all(one.low > two.high for one, two in pairwise(slabs))
    seen: list[tuple[int, int]] = []
    for slab in slabs:
        finding.take(connection, slab)
        seen += taken(connection)
    assert len(seen) == len(set(seen)) == sum(slab.count for slab in slabs)


def test_two_tables_are_only_compared_across(connection: duckdb.DuckDBPyConnection) -> None:
    slabs = ranked(connection, [ANN, *crowd(298), NEAR], across=True)
    finding.take(connection, slabs[0])
    assert (0, 299) in taken(connection)
    assert all(left < 150 <= right for left, right in taken(connection))


def test_a_sample_of_a_slab_is_as_large_as_asked(connection: duckdb.DuckDBPyConnection) -> None:
    slabs = ranked(connection, crowd(200))
    assert finding.take(connection, slabs[0], 50) == 50 == len(taken(connection))


SHORT = st.text("abc 12", min_size=1, max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(texts=st.lists(SHORT, min_size=20, max_size=20))
def test_the_sieve_lets_every_slip_through(
    connection: duckdb.DuckDBPyConnection, texts: list[str]
) -> None:
    """Given many texts, then SQL with its cheap look at letters says of each two what Python
    says."""
    rows = [{"x": text, "x_letters": letters_in(text)} for text in texts]
    connection.register("texts", pa.Table.from_pylist(rows))
    pairs = connection.sql(
        "select l.x as x_l, r.x as x_r, l.x_letters as x_letters_l, r.x_letters as x_letters_r"
        " from texts l, texts r"
    )
    for slips in (Slips("x", 1), Slips("x", 1, exchanges=False), Slips("x", 2, exchanges=False)):
        said = pairs.project("x_l, x_r, " + slips.sql()).fetchall()
        assert len(said) == 400
        for one, two, holds in said:
            assert holds == slips.holds({"x": one}, {"x": two}), (one, two)
