"""Records whose day has come are deleted: rows of diagnostics by their own day, parts of any table by that of the run.

What is deleted is gone from the package; copies, snapshots and backups have to be seen to by people.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from orientir.errors import Fault, PackageError
from orientir.pseudonyms import store
from orientir.pseudonyms.run import KEPT_UNTIL


def expire(package: Path, day: date) -> dict[str, int]:
    """How many rows of each table were deleted: those kept until a day before this one. All at once, and logged."""
    if not store.parts(package / store.FOLDER):
        what = "в пакете нет записей."
        raise PackageError(Fault(str(package), what, "Укажите пакет с папкой records."))
    deleted: Counter[str] = Counter()
    with store.changed(package) as aside:
        for path in store.parts(aside):
            count = _expired(path, int(f"{day:%Y%m%d}"))
            if count:
                deleted[path.relative_to(aside).parts[0]] += count
        told = {"action": "expire", "started": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", "day": day.isoformat()}
        store.write_log(aside, {**told, "deleted": dict(sorted(deleted.items()))})
    return dict(sorted(deleted.items()))


def _expired(path: Path, day: int) -> int:
    """Deletes what is past its day in one file; how many rows that was."""
    import pyarrow.parquet as pq

    table = pq.ParquetFile(path).read()
    until = (table.schema.metadata or {}).get(KEPT_UNTIL.encode())
    rows = int(table.num_rows)
    if until and int(until) < day:
        path.unlink()
        return rows
    kept = _kept(table, day)
    if kept.num_rows < rows:
        path.unlink()
        if kept.num_rows:
            store.write_parquet(path, kept)
    return rows - int(kept.num_rows)


def _kept(table: Any, day: int) -> Any:
    import pyarrow.compute as pc

    if "kept_until" not in table.column_names:
        return table
    return table.filter(pc.greater_equal(table.column("kept_until"), day))
