"""Splink with the settings of its own published demonstrations, on a measured set."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

type Row = Mapping[str, str | None]


def linked(
    tables: Sequence[Sequence[Row]], demo: str, columns: Mapping[str, str]
) -> Iterator[tuple[int, int, float]]:
    """Pairs of row numbers and weights. `demo` is `febrl3`, `febrl4` or `historical`."""
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    connection = duckdb.connect()
    connection.execute("set threads=2")
    api = DuckDBAPI(connection=connection)
    registered, number = [], 0
    for table in tables:
        rows = [{"unique_id": number + place, **row} for place, row in enumerate(table)]
        number += len(rows)
        registered.append(api.register(pa.Table.from_pylist(rows)))
    if demo == "historical":
        settings, rules, recall, training = _historical(columns)
    else:
        settings, rules, recall, training = _febrl(demo == "febrl4", "identifier" in columns)
    linking = Linker(registered if len(registered) > 1 else registered[0], settings, log_level=None)
    linking.training.estimate_probability_two_random_records_match(rules, recall=recall)
    linking.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=2)
    for rule in training:
        linking.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=demo != "febrl3"
        )
    found = linking.inference.predict(threshold_match_weight=-20)
    pairs: list[tuple[int, int, float]] = connection.sql(
        f"select unique_id_l, unique_id_r, match_weight from {found.physical_name}"  # noqa: S608
    ).fetchall()
    return iter(pairs)


def weighed(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    pairs: str | None,
    columns: Mapping[str, str],
) -> int:
    """Weigh pairs across the sides of a table, as the historical demonstration does.

    `pairs` is a table of them; without it, those that the demonstration's blocking finds. Returns
    how many came out above -12 bits.
    """
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    api = DuckDBAPI(connection=connection)
    settings, rules, recall, training = _historical(columns, across=True)
    linking = Linker(api.register(table), settings, log_level=None)
    linking.training.estimate_probability_two_random_records_match(rules, recall=recall)
    linking.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=2)
    for rule in training:
        linking.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True
        )
    if pairs:
        linking.table_management.register_blocked_pairs_for_predict(api.register(pairs))
    found = linking.inference.predict(threshold_match_weight=-12)
    count: int = connection.sql(f"select count(*) from {found.physical_name}").fetchall()[0][0]  # noqa: S608
    found.drop_table_from_database_and_remove_from_cache()
    return count


def _historical(
    columns: Mapping[str, str], *, across: bool = False
) -> tuple[Any, list[Any], float, list[Any]]:
    import splink.comparison_library as cl
    from splink import SettingsCreator

    def block_on(*agree: str) -> Any:
        same = [_of_both(one) for one in agree]
        return " and ".join([*same, "l.side <> r.side"] if across else same)

    first, last, born, code = (
        columns[key] for key in ("given_name", "family_name", "birth_date", "postcode")
    )
    place = columns.get("birth_place") or columns["town"]
    blocks = [
        block_on(f"substr({first},1,3)", f"substr({last},1,4)"),
        block_on(last, born),
        block_on(first, born),
        block_on(code, first),
        block_on(code, last),
        block_on(born, place),
        block_on(f"substr({code},1,3)", born),
        block_on(f"substr({code},1,3)", first),
        block_on(f"substr({code},1,3)", last),
        block_on(f"substr({first},1,2)", f"substr({last},1,2)", f"substr({born},1,4)"),
    ]
    compared = [
        cl.ForenameSurnameComparison(first, last),
        cl.DateOfBirthComparison(born, input_is_string=True),
        cl.PostcodeComparison(code),
        cl.ExactMatch(place).configure(term_frequency_adjustments=True),
        cl.ExactMatch(columns.get("occupation") or columns["street"]).configure(
            term_frequency_adjustments=True
        ),
    ]
    sure = [
        block_on(first, last, born),
        block_on(f"substr({first},1,2)", last, f"substr({code},1,2)"),
        block_on(born, code),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=blocks,
        comparisons=compared,
        retain_matching_columns=False,
    )
    return settings, sure, 0.6, [block_on(first, last), block_on(born)]


def _febrl(two: bool, identified: bool) -> tuple[Any, list[Any], float, list[Any]]:
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    crossed = "l.given_name = r.surname and l.surname = r.given_name"
    blocks = [block_on("date_of_birth"), block_on("postcode")]
    if two:
        blocks += [
            block_on("given_name", "surname"),
            crossed,
            block_on("state", "address_1"),
            block_on("street_number", "address_1"),
        ]
    else:
        blocks += [block_on("given_name"), block_on("surname")]
    compared = [
        cl.NameComparison("given_name").configure(term_frequency_adjustments=two),
        cl.NameComparison("surname").configure(term_frequency_adjustments=two),
        cl.DateOfBirthComparison(
            "date_of_birth",
            input_is_string=True,
            datetime_format="%Y%m%d",
            invalid_dates_as_null=True,
        ),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(
            term_frequency_adjustments=True
        )
        if two
        else cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
    ]
    sure = [block_on("given_name", "surname", "date_of_birth")]
    if not two:
        sure.append(f"{crossed} and l.date_of_birth = r.date_of_birth")
    if identified:
        blocks.append(block_on("soc_sec_id"))
        near = [1, 2] if two else [2]
        compared.append(cl.DamerauLevenshteinAtThresholds("soc_sec_id", near))
        sure.append(block_on("soc_sec_id"))
    training = [block_on("date_of_birth"), block_on("postcode")]
    recall = 0.8 if two else 0.9
    settings = SettingsCreator(
        link_type="link_only" if two else "dedupe_only",
        blocking_rules_to_generate_predictions=blocks,
        comparisons=compared,
        retain_matching_columns=False,
    )
    return settings, sure, recall, training


def _of_both(agree: str) -> str:
    """A column, or the start of one, said to be the same on both sides."""
    start = agree.startswith("substr(")
    return " = ".join(
        agree.replace("substr(", f"substr({side}.") if start else f"{side}.{agree}"
        for side in ("l", "r")
    )
