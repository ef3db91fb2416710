"""The least that must be done to compute anything from values of elements: to read their columns, once.

`python -m benchmarks.reference.values_scan PACKAGE` reads them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

SCAN = "SELECT bit_xor(element_id), bit_xor(org_id), bit_xor(period), sum(value) FROM read_parquet($files)"


def scan(folder: Path, threads: int = 2) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"SET threads = {threads}")
        connection.execute(SCAN, {"files": str(folder / "data_values" / "*.parquet")}).fetchall()


if __name__ == "__main__":
    scan(Path(sys.argv[1]))
