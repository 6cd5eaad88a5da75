"""Splink on Spark, for tables beyond one machine: behind the same call as on DuckDB.

Spark weighs, which is where the time goes; reading, candidates, learning (from so many pairs and no
more) and what the other pairs say stay in DuckDB. Tables go across as Parquet. Needs the extra
`spark` and Java 17 or newer.
Heavy: imported only where it is asked for.
"""

import shutil
from pathlib import Path
from typing import Any

import duckdb

from earlydoors.domain.matching.conditions import SPARK
from earlydoors.domain.matching.mapping import CannotMatch

_USUAL = "200"  # partitions, if nobody said how many: far too many for one machine
_HERE = "2"


class OnSpark:
    """Splink on the Spark that is configured, or on this machine if none is.

    `folder` takes the tables on their way; on a cluster it has to lie where all can read it.

    Raises:
        CannotMatch: Spark or Java is not there.
    """

    dialect = SPARK

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        if shutil.which("java") is None:
            raise CannotMatch("Spark needs Java 17 or newer, and there is no java on the path.")
        try:
            from pyspark.sql import SparkSession
            from splink.backends.spark import SparkAPI, similarity_jar_location
        except ImportError as error:
            raise CannotMatch(
                "Spark is not installed. Install Early Doors with its extra: earlydoors[spark]."
            ) from error
        self._connection, self._folder, self._count = connection, folder, 0
        self._api: Any = SparkAPI
        builder: Any = SparkSession.builder
        self._spark: Any = (
            builder.appName("earlydoors match")
            .config("spark.jars", similarity_jar_location())
            .config("spark.ui.showConsoleProgress", "false")
            .getOrCreate()
        )
        usual = self._spark.conf.get("spark.sql.shuffle.partitions") == _USUAL
        if usual and self._spark.sparkContext.master.startswith("local"):
            self._spark.conf.set("spark.sql.shuffle.partitions", _HERE)

    def api(self) -> Any:
        return self._api(spark_session=self._spark, break_lineage_method="persist")

    def handed_over(self, api: Any, table: str) -> Any:
        self._count += 1
        path = self._folder / f"{table}-{self._count}.parquet"
        self._connection.execute(f"copy {table} to '{_quoted(path)}' (format parquet)")
        return api.register(self._spark.read.parquet(str(path)))

    def bring_back(self, found: Any, columns: str, table: str) -> None:
        self._count += 1
        path = self._folder / f"{table}-{self._count}"
        self._spark.sql(f"select {columns} from {found.physical_name}").write.parquet(str(path))  # noqa: S608
        self._connection.execute(
            f"create or replace table {table} as from read_parquet('{_quoted(path)}/*.parquet')"
        )

    def close(self) -> None:
        """End what was begun."""
        self._spark.stop()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
