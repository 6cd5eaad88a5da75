"""Reading tables of people from CSV and Parquet, and writing the pairs that were found.

Heavy: imported only where whole tables are matched. Whatever is wrong with a file is said in a
sentence that names the file and what would mend it.
"""

import codecs
import tempfile
from pathlib import Path

import duckdb
import pyarrow as pa

from earlydoors.domain.matching.company import Pairs
from earlydoors.domain.matching.mapping import CannotMatch, Columns, TableMap

WRITTEN = "written"
_SHOWN = 3  # examples in a sentence
_CHUNK = 1 << 20
# A cell that a spreadsheet would take for a formula is written with an apostrophe before it.
_FORMULA = r"^([=+@\t\r]|-([^0-9]|$))"
_SAFE = (
    f"case when regexp_matches({{0}}, '{_FORMULA}') then chr(39) || {{0}} else {{0}} end as {{0}}"
)


def read_tables(
    connection: duckdb.DuckDBPyConnection, paths: list[Path], told: TableMap, encoding: str
) -> None:
    """Fill `written` with the ids and the mapped columns of one table or two.

    Raises:
        CannotMatch: a file cannot be read, lacks a column, or its ids are missing or repeated.
    """
    parts = []
    with tempfile.TemporaryDirectory(prefix="earlydoors-match-") as folder:
        for side, path in enumerate(paths):
            readable = _readable(path, encoding, Path(folder) / f"{side}.csv")
            table = _load(connection, path, readable, side)
            parts.append(_select(connection, path, table, told, side))
    connection.execute(
        f"create or replace table {WRITTEN} as select"  # noqa: S608 - names are quoted in _joined
        " (row_number() over (order by side, row_number) - 1)::integer as unique_id, * exclude"
        f" (row_number) from ({' union all by name '.join(parts)})"
    )
    for side, path in enumerate(paths):
        _check_ids(connection, path, side)
        connection.execute(f"drop table read_{side}")


def _readable(path: Path, encoding: str, copy: Path) -> Path:
    """The file itself where DuckDB can read it, else a copy in UTF-8."""
    if not path.is_file():
        raise CannotMatch(f"There is no file {path}.")
    if path.suffix.lower() == ".parquet":
        return path
    if path.stat().st_size == 0:
        raise CannotMatch(f"{path} is empty.")
    decoder = codecs.getincrementaldecoder(encoding)()
    plain = codecs.lookup(encoding).name in {"utf-8", "ascii"}
    line = 1
    with path.open("rb") as opened, copy.open("w", encoding="utf-8", newline="") as into:
        while chunk := opened.read(_CHUNK):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                line += chunk[: error.start].count(b"\n")
                raise CannotMatch(
                    f"{path} is not {encoding}: line {line} has a letter that cannot be read. Save"
                    " it as UTF-8, or name its encoding, such as --encoding windows-1252."
                ) from error
            if "\0" in text:
                line += text[: text.index("\0")].count("\n")
                raise CannotMatch(f"{path} is not a table of text: line {line} has a null byte.")
            line += text.count("\n")
            if not plain:
                into.write(text.removeprefix("\ufeff"))
    return path if plain else copy


def _load(connection: duckdb.DuckDBPyConnection, path: Path, readable: Path, side: int) -> str:
    suffix = path.suffix.lower()
    if suffix not in {".csv", ".tsv", ".txt", ".parquet"}:
        raise CannotMatch(f"{path} is neither CSV nor Parquet by its ending.")
    source = (
        "read_parquet(?)" if suffix == ".parquet" else "read_csv(?, all_varchar=true, header=true)"
    )
    try:
        connection.execute(
            f"create or replace table read_{side} as"  # noqa: S608 - one of two fixed texts
            f" select row_number() over () as row_number, * from {source}",
            [str(readable)],
        )
    except duckdb.Error as error:
        why = str(error).strip().splitlines()[0].replace(str(readable), path.name)
        raise CannotMatch(f"{path} cannot be read as a table: {why}") from error
    count = connection.sql(f"select count(*) from read_{side}").fetchall()[0][0]  # noqa: S608
    if not count:
        raise CannotMatch(f"{path} has no rows.")
    return f"read_{side}"


def _select(
    connection: duckdb.DuckDBPyConnection, path: Path, table: str, told: TableMap, side: int
) -> str:
    there = [row[0] for row in connection.sql(f"describe {table}").fetchall()]
    by_name = {name.strip().casefold(): name for name in there}
    chosen = [f"{_joined(path, by_name, told.id, side)} as id", f"{side} as side", "row_number"]
    if told.full_name is not None:
        whole = _joined(path, by_name, told.full_name, side)
        chosen += [f"{part} as {key}" for key, part in _parts_of_name(whole).items()]
    chosen += [
        f"{_joined(path, by_name, columns, side)} as {key}" for key, columns in told.columns.items()
    ]
    return f"select {', '.join(chosen)} from {table}"  # noqa: S608 - names are quoted


def _joined(path: Path, by_name: dict[str, str], columns: Columns, side: int) -> str:
    parts = []
    for name in columns.of(side):
        found = by_name.get(name.casefold())
        if found is None:
            has = ", ".join(name for name in by_name if name != "row_number")
            raise CannotMatch(f'{path} has no column "{name}". It has {has}.')
        quoted = '"' + found.replace('"', '""') + '"'
        parts.append(f"nullif(trim({quoted}::varchar), '')")
    return parts[0] if len(parts) == 1 else f"nullif(concat_ws(' ', {', '.join(parts)}), '')"


def _parts_of_name(whole: str) -> dict[str, str]:
    """First names and surname of a name in one column: `Smith, Ann` or `Ann Smith`."""
    comma = f"contains({whole}, ',')"
    return {
        "given_name": f"nullif(trim(case when {comma} then split_part({whole}, ',', 2)"
        f" else regexp_replace({whole}, '\\s*\\S+$', '') end), '')",
        "family_name": f"nullif(trim(case when {comma} then split_part({whole}, ',', 1)"
        f" else regexp_extract({whole}, '\\S+$') end), '')",
    }


def _check_ids(connection: duckdb.DuckDBPyConnection, path: Path, side: int) -> None:
    missing = connection.execute(
        f"select count(*) from {WRITTEN} where side = ? and id is null",  # noqa: S608
        [side],
    ).fetchall()[0][0]
    if missing:
        raise CannotMatch(f"{path} has {missing} rows without an id.")
    repeated = connection.execute(
        f"select id from {WRITTEN} where side = ? group by id having count(*) > 1"  # noqa: S608
        f" order by id limit {_SHOWN + 1}",
        [side],
    ).fetchall()
    if repeated:
        shown = ", ".join(row[0] for row in repeated[:_SHOWN])
        more = " and others" if len(repeated) > _SHOWN else ""
        raise CannotMatch(f"{path} has ids more than once: {shown}{more}. Each row needs its own.")


def write_pairs(
    connection: duckdb.DuckDBPyConnection, path: Path, pairs: Pairs, threshold: float
) -> int:
    """Write the pairs of at least this probability, the likeliest first. Returns how many.

    The ids are those of `written`. The ending of the file says in what form; whoever reads it
    finds all of it or nothing, also if the writing is interrupted.
    """
    connection.register(
        "judged", pa.table({"l": pairs.left, "r": pairs.right, "match_weight": pairs.weight})
    )
    connection.execute(
        f"""
        create or replace table found_pairs as
        select l.id as left_id, r.id as right_id, match_weight,
          1 / (1 + pow(2, least(greatest(-match_weight, -1000), 1000))) as match_probability
        from judged join {WRITTEN} l on l.unique_id = judged.l
          join {WRITTEN} r on r.unique_id = judged.r
        where match_probability >= {threshold!r}
        """  # noqa: S608 - names of our own
    )
    connection.unregister("judged")
    columns, form = "*", "format parquet"
    if path.suffix.lower() != ".parquet":
        columns = (
            f"{_SAFE.format('left_id')}, {_SAFE.format('right_id')},"
            " printf('%.6f', match_weight) as match_weight,"
            " printf('%.9f', match_probability) as match_probability"
        )
        form = "format csv, header"
    part = path.with_name(f".{path.name}.part")
    quoted = str(part).replace("'", "''")
    try:
        connection.execute(
            f"copy (select {columns} from found_pairs order by found_pairs.match_weight desc,"  # noqa: S608
            f" found_pairs.left_id, found_pairs.right_id) to '{quoted}' ({form})"
        )
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    count: int = connection.sql("select count(*) from found_pairs").fetchall()[0][0]
    return count
