"""`earlydoors match`: two tables of people matched, or one with itself."""

import codecs
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from earlydoors.config.cli.root import FAULTY, FINE

if TYPE_CHECKING:
    import duckdb

    from earlydoors.domain.matching.splinking import Engine

_MEMORY = "60%"  # of the machine's, for tables; weighed pairs are held beside them
Table = click.Path(path_type=Path, dir_okay=False)


@click.command(
    epilog="""\b
Examples:
  earlydoors match --left roll.csv --right register.csv --map map.toml --out pairs.csv
  earlydoors match --left register.parquet --map map.toml --out pairs.parquet --threshold 0.9
"""
)
@click.option("--left", required=True, type=Table, help="A table of people, CSV or Parquet.")
@click.option("--right", type=Table, help="The other table; without it, --left with itself.")
@click.option("--map", "mapping", required=True, type=Table, help="Which column is what (TOML).")
@click.option("--out", required=True, type=Table, help="Where the pairs go, CSV or Parquet.")
@click.option(
    "--threshold",
    default=0.5,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="The least probability of a pair.",
)
@click.option("--encoding", default="utf-8-sig", help="How CSV is encoded, if not as UTF-8.")
@click.option("--alone", is_flag=True, help="Judge each pair by itself, whatever others say.")
@click.option(
    "--engine",
    default="duckdb",
    show_default=True,
    type=click.Choice(["duckdb", "spark"]),
    help="Where pairs are weighed.",
)
@click.option("--model", type=Table, help="Weigh by this model instead of learning one.")
@click.option("--keep-model", type=Table, help="Where to write the model that was learnt.")
def match(
    left: Path,
    right: Path | None,
    mapping: Path,
    out: Path,
    threshold: float,
    encoding: str,
    alone: bool,
    engine: str,
    model: Path | None,
    keep_model: Path | None,
) -> int:
    """Find the records that are the same person.

    Learns from the tables themselves, without examples. Nothing is joined: what comes out is a
    list of pairs (left_id, right_id, match_weight, match_probability) for people to decide on.

    Exits with 1 when a file has faults, and says which.
    """
    from earlydoors.domain.matching.mapping import CannotMatch

    _check_use(out, encoding)
    try:
        count = _match(
            left, right, mapping, out, threshold, encoding, alone, engine, model, keep_model
        )
    except CannotMatch as error:
        click.echo(f"earlydoors: {error}", err=True)
        return FAULTY
    click.echo(f"{count:,} pairs are in {out}.")
    return FINE


def _check_use(out: Path, encoding: str) -> None:
    if out.suffix.lower() not in {".csv", ".parquet"}:
        raise click.UsageError(f"{out} ends neither in .csv nor in .parquet.")
    if not out.resolve().parent.is_dir():
        raise click.UsageError(f"There is no folder {out.parent}.")
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise click.UsageError(f'There is no encoding "{encoding}".') from error


def _match(
    left: Path,
    right: Path | None,
    mapping: Path,
    out: Path,
    threshold: float,
    encoding: str,
    alone: bool,
    engine: str,
    model: Path | None,
    keep_model: Path | None,
) -> int:
    import duckdb

    from earlydoors.domain.matching import linkage, reading
    from earlydoors.domain.matching.mapping import CannotMatch, read_map
    from earlydoors.domain.matching.model import from_text

    told = read_map(_text(mapping))
    with (
        _folder(out) as folder,
        duckdb.connect(config={"temp_directory": str(folder), "memory_limit": _MEMORY}) as database,
    ):
        paths = [left] if right is None else [left, right]
        reading.read_tables(database, paths, told, encoding)
        try:
            given = from_text(_text(model)) if model else None
        except ValueError as error:
            raise CannotMatch(f"{model}: {error}") from error
        with _engine(engine, database, folder) as weighing:
            linked = linkage.link(
                database,
                told.fields,
                reading.WRITTEN,
                model=given,
                alone=alone,
                engine=weighing,
                tell=_tell,
            )
        if keep_model:
            keep_model.write_text(linked.model.as_text(), encoding="utf-8")
        return reading.write_pairs(database, out, linked.pairs, threshold)


@contextmanager
def _folder(out: Path) -> Iterator[Path]:
    """Where what is too much for the memory goes: beside what will be written."""
    beside = out.resolve().parent
    with tempfile.TemporaryDirectory(prefix="earlydoors-match-", dir=beside) as folder:
        yield Path(folder)


@contextmanager
def _engine(
    name: str, database: "duckdb.DuckDBPyConnection", folder: Path
) -> "Iterator[Engine | None]":
    """Where Splink weighs: in the database, unless Spark was asked for."""
    if name != "spark":
        yield None
        return
    from earlydoors.domain.matching.sparking import OnSpark

    spark = OnSpark(database, folder)
    try:
        yield spark
    finally:
        spark.close()


def _text(path: Path) -> str:
    from earlydoors.domain.matching.mapping import CannotMatch

    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CannotMatch(f"There is no file {path}.") from error
    except UnicodeDecodeError as error:
        raise CannotMatch(f"{path} is not text in UTF-8.") from error


def _tell(what: str) -> None:
    click.echo(what, err=True)
