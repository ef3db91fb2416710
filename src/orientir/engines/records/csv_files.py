"""Parquet to CSV, and CSV to numbers: what PostgreSQL reads and writes fastest without a library of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv, parquet

from orientir.errors import Fault, UserError
from orientir.model.records import INTEGER, LONG, SMALL

_ARROW = {SMALL: pa.int16(), INTEGER: pa.int32(), LONG: pa.int64()}
_ROWS = 1 << 16  # at once


def csv_of(files: Iterable[Path], columns: Mapping[str, str]) -> Iterator[bytes]:
    """The rows of the files, some thousands at once. UserError where a column is lacking or has no whole numbers."""
    for file in files:
        for batch in _batches(file, list(columns)):
            sink = pa.BufferOutputStream()
            csv.write_csv(_cast(batch, columns, file), sink, csv.WriteOptions(include_header=False))
            yield sink.getvalue().to_pybytes()


def _batches(file: Path, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    with parquet.ParquetFile(file) as source:
        check_columns(file, source.schema_arrow.names, columns)
        yield from source.iter_batches(_ROWS, columns=columns)


def _cast(batch: pa.RecordBatch, columns: Mapping[str, str], file: Path) -> pa.RecordBatch:
    try:
        arrays = [batch[name].cast(_ARROW[kind]) for name, kind in columns.items()]
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise UserError(Fault(str(file), f"не целые числа: {error}", "Выгрузите сведения заново.")) from error
    return pa.record_batch(arrays, list(columns))


def check_columns(file: Path, found: Sequence[str], wanted: Iterable[str]) -> None:
    lacking = [name for name in wanted if name not in found]
    if lacking:
        raise UserError(Fault(str(file), f"нет столбцов: {', '.join(lacking)}.", "Выгрузите сведения заново."))


def columns_of(told: memoryview, names: Sequence[str]) -> Mapping[str, npt.NDArray[np.integer]]:
    """Whole numbers told as CSV without a header, none of them empty."""
    if not told.nbytes:  # a reader of nothing at all is refused
        return {name: np.zeros(0, np.int64) for name in names}
    found = csv.read_csv(
        pa.py_buffer(told),
        read_options=csv.ReadOptions(column_names=list(names)),
        convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.int64())),
    )
    return {name: found[name].to_numpy() for name in names}
