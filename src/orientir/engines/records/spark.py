"""Records on Spark: one machine or a cluster reads the files of the package and runs the same text.

A cluster must see the folders of the package and of the results under the same names as this machine does.
"""

from __future__ import annotations

import math
import os
import shutil
import socket
import warnings
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa
from pyarrow import parquet

from orientir.engines.records.csv_files import check_columns
from orientir.engines.records.duckdb import VALUES, connected, keep_columns
from orientir.engines.records.partitions import FOLDER, Partition, dimensions_of, partitions_of
from orientir.engines.records.planning import RecordPlan
from orientir.engines.records.rollup import Columns, values_of_cells
from orientir.engines.records.text import Half, cells_text, halves, printed, with_sources
from orientir.errors import Fault, UserError
from orientir.model.records import DIMENSIONS, PARTITION, TABLES

try:
    from pyspark.sql import SparkSession
except ImportError as error:
    raise UserError(
        Fault("Spark", "библиотека pyspark не установлена.", "Выполните: pip install 'orientir[scale]'.")
    ) from error

LOCAL = "local[*]"
_PATIENCE = 10  # seconds to wait for the master to answer at all
_SHUFFLED = 8 << 20  # bytes of the files for each task after a shuffle: unpacked they are some ten times as many
_KINDS = {"int8": "TINYINT", "int16": "SMALLINT", "int32": "INTEGER", "int64": "BIGINT", "double": "DOUBLE"}
_SETTINGS = {
    "spark.app.name": "orientir",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.adaptive.coalescePartitions.parallelismFirst": "false",
    # What is known by pupil fits in memory part by part: it need not be sorted to be joined.
    "spark.sql.adaptive.maxShuffledHashJoinLocalMapThreshold": "256m",
    # The files are listed here and not by a job: a country has a thousand.
    "spark.sql.sources.parallelPartitionDiscovery.threshold": "100000",
}


def compute_on_spark(folder: Path, plan: RecordPlan, out: Path, address: str = "") -> Path:
    """The file of values of all years, regions and levels; UserError for no Java, no master, no records."""
    with closing(SparkEngine(address)) as engine:
        return engine.compute(folder, plan, out)


class SparkEngine:
    """One session, on this machine («local[2]», the default is all cores) or a master («spark://host:port»)."""

    def __init__(self, address: str = "", memory: str = "2g") -> None:
        self._session = _session(address or LOCAL, memory)

    def close(self) -> None:
        self._session.stop()

    def compute(self, folder: Path, plan: RecordPlan, out: Path) -> Path:
        """The file of values."""
        parts, dimensions = partitions_of(folder), dimensions_of(folder, out)
        self._spread(parts)
        for name, file in dimensions.items():
            self._table(name, [file], DIMENSIONS[name], file.parent)
        for table in ("enrolment", *plan.tables):
            files = [file for part in parts for file in part.files.get(table, ())]
            self._table(table, files, {**TABLES[table], **PARTITION}, folder / FOLDER / table)
        cells = [self._cells(half) for half in halves(plan)]
        schools = _columns(parquet.read_table(dimensions["dim_school"], columns=["school_id", "mun_id", "region_id"]))
        target = out / VALUES / f"spark_{plan.key}.parquet"
        with closing(connected("", 1)) as connection:
            keep_columns(connection, values_of_cells(plan, cells, schools, with_country=True), target)
        return target

    def _cells(self, half: Half) -> Columns:
        text = printed(cells_text(half.plan, one_year=False), "spark")
        if half.where:
            text = with_sources(text, {"enrolment": "SELECT * FROM enrolment"}, half.where)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # it does not close the socket that it reads from
            return _columns(self._session.sql(text).toArrow())

    def _spread(self, parts: Iterable[Partition]) -> None:
        """As many tasks after a shuffle as the data are worth: the usual 200 cost more than small data do."""
        tasks = math.ceil(sum(part.size for part in parts) / _SHUFFLED)
        self._session.conf.set(
            "spark.sql.shuffle.partitions", max(tasks, self._session.sparkContext.defaultParallelism)
        )

    def _table(self, name: str, files: Sequence[Path], columns: Mapping[str, str], root: Path) -> None:
        """A view of the files, with the columns as they are declared; the year and the region are in their paths."""
        if files:
            read = self._session.read.option("basePath", _place(root)).schema(_stored(files[0], columns))
            found = read.parquet(*map(_place, files))
            view = found.selectExpr(*(f"CAST({key} AS {kind}) AS {key}" for key, kind in columns.items()))
        else:
            nothing = ", ".join(f"CAST(NULL AS {kind}) AS {key}" for key, kind in columns.items())
            view = self._session.sql(f"SELECT {nothing} WHERE 1 = 0")
        view.createOrReplaceTempView(name)


def _stored(file: Path, columns: Mapping[str, str]) -> str:
    """The columns as the file has them: Spark would run a job to learn that. UserError where one is lacking."""
    stored = parquet.read_schema(file)
    check_columns(file, stored.names, [name for name in columns if name not in PARTITION])
    kinds = {name: _KINDS.get(str(stored.field(name).type)) for name in columns if name in stored.names}
    return ", ".join(f"{name} {kinds.get(name) or kind}" for name, kind in columns.items())


def _place(path: Path) -> str:
    # Not what the cluster takes for its own storage; and no character of a name is a pattern.
    plain = "".join(f"\\{letter}" if letter in "[]{}*?\\" else letter for letter in str(path.resolve()))
    return f"file://{plain}"


def _columns(table: pa.Table) -> Columns:
    return {name: table[name].to_numpy() for name in table.column_names}


# ---- the session


def _session(address: str, memory: str) -> SparkSession:
    _check_java()
    builder = SparkSession.builder.master(address).config("spark.driver.memory", memory)
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    if _is_here(address):
        # The name of this machine may lead elsewhere.
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    return builder.getOrCreate()


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java") and not (home and (Path(home) / "bin" / "java").is_file()):
        raise UserError(Fault("Spark", "нет Java, на которой он работает.", "Установите Java 17 или новее."))


def _is_here(address: str) -> bool:
    """UserError where it is no address of Spark, or nobody answers at it."""
    if address.startswith("local"):
        return True
    url = urlsplit(address)
    if url.scheme != "spark" or not url.hostname:
        raise UserError(Fault(address, "это не адрес Spark.", "Напишите local[2] или spark://сервер:7077."))
    try:
        socket.create_connection((url.hostname, url.port or 7077), _PATIENCE).close()
    except OSError as error:
        cure = "Запустите мастер Spark или исправьте адрес."
        raise UserError(Fault(address, f"мастер не отвечает: {error.strerror or error}.", cure)) from error
    return url.hostname in ("127.0.0.1", "localhost")
