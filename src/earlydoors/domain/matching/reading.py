"""Reading tables of people from CSV and Parquet, and writing the pairs that were found.

Heavy: imported only where whole tables are matched. Whatever is wrong with a file is said in a
sentence that names the file and what would mend it.
"""

import codecs
import csv
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from earlydoors.domain.matching.mapping import CannotMatch, Columns, TableMap

WRITTEN = "written"
_SHOWN = 3  # examples in a sentence
_CHUNK = 1 << 20
# A cell that a spreadsheet would take for a formula.
_FORMULA = re.compile(r"^(?:[=+@\t\r]|-(?!\d))")
type Pair = tuple[str, str, float, float]


def read_tables(
    connection: duckdb.DuckDBPyConnection, paths: list[Path], told: TableMap, encoding: str
) -> dict[int, str]:
    """Fill `written` with the mapped columns of one table or two. Returns ids by row number.

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
    return dict(connection.sql(f"select unique_id, id from {WRITTEN}").fetchall())  # noqa: S608


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
        f"select id from {WRITTEN} where side = ? group by id having count(*) > 1 order by id",  # noqa: S608
        [side],
    ).fetchall()
    if repeated:
        shown = ", ".join(row[0] for row in repeated[:_SHOWN])
        more = " and others" if len(repeated) > _SHOWN else ""
        raise CannotMatch(f"{path} has ids more than once: {shown}{more}. Each row needs its own.")


def write_pairs(path: Path, pairs: Iterable[Pair]) -> int:
    """Write the pairs, the likeliest first, as the ending of the file says. Returns how many."""
    rows = sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))
    names = ("left_id", "right_id", "match_weight", "match_probability")
    if path.suffix.lower() == ".parquet":
        columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
        kinds = (pa.string(), pa.string(), pa.float64(), pa.float64())
        arrays = [pa.array(values, kind) for values, kind in zip(columns, kinds, strict=True)]
        pq.write_table(pa.table(dict(zip(names, arrays, strict=True))), path)
        return len(rows)
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(names)
        for left, right, weight, chance in rows:
            writer.writerow((_safe(left), _safe(right), f"{weight:.6f}", f"{chance:.9f}"))
    return len(rows)


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
