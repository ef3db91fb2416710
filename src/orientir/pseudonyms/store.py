"""Records in a package: the whole of them is built aside and takes the place of the old at once, with the log.

A run owns one part of its year, known by the folder of its exports: running again replaces that part and no other.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from orientir.engines.records.partitions import linked
from orientir.errors import Fault, OutputError, PackageError
from orientir.model.records import DIMENSIONS, TABLES
from orientir.pseudonyms.scanning import scan_text
from orientir.writing import replaced

FOLDER, DESCRIPTOR, LOG = "records", "datapackage.json", "pseudonymise.log.jsonl"
KEY_ID = "orientir.key_id"
_LOCK = ".records.lock"


@contextmanager
def changed(package: Path) -> Iterator[Path]:
    """A copy of the records to change, which takes their place when all has gone well. One run at a time.

    Files are shared with the old records until they are replaced: none may be written in place.
    """
    _check(package)
    package.mkdir(parents=True, exist_ok=True)
    with _locked(package), replaced(package / FOLDER, DESCRIPTOR) as aside:
        if (package / FOLDER).is_dir():
            shutil.copytree(package / FOLDER, aside, dirs_exist_ok=True, copy_function=linked)
        yield aside


def _check(package: Path) -> None:
    """Raises PackageError for a folder that is none of ours, or holds invented records."""
    if package.is_dir() and any(package.iterdir()):
        known = (package / DESCRIPTOR).is_file() or (package / FOLDER / DESCRIPTOR).is_file()
        ours = {FOLDER, _LOCK} >= {one.name for one in package.iterdir() if not one.name.startswith(f".{FOLDER}.")}
        if not known and not ours:
            what = "папка не пуста, и это не пакет данных."
            raise PackageError(Fault(str(package), what, "Укажите пакет данных или новую папку в --into."))
    if descriptor(package / FOLDER).get("synthetic"):
        what = "записи в пакете вымышлены: с настоящими они не смешиваются."
        raise PackageError(Fault(str(package), what, "Укажите другой пакет в --into."))


def descriptor(records: Path) -> dict[str, Any]:
    """What the records say of themselves; nothing where there are none."""
    try:
        told = json.loads((records / DESCRIPTOR).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise PackageError(
            Fault(str(records / DESCRIPTOR), "описание записей не читается.", "Верните файл.")
        ) from error
    return told if isinstance(told, dict) else {}


@contextmanager
def _locked(package: Path) -> Iterator[None]:
    """Two runs would each build on the old records, and one of them would be lost."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (package / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            what = "в пакет сейчас пишет другой запуск."
            raise OutputError(Fault(str(package), what, "Дождитесь, когда он закончится.")) from error
        yield


# ---- parts


def parts(records: Path, year: int | None = None) -> list[Path]:
    """Every file of the record tables, of one year or of all."""
    pattern = f"year={year}" if year is not None else "year=*"
    found = (records.glob(f"{table}/{pattern}/region_id=*/*.parquet") for table in TABLES)
    return sorted(path for some in found for path in some)


def check_key(records: Path, year: int, key_id: str) -> None:
    """Raises PackageError where the year was written under another key: its pupils would be strangers to each other."""
    import pyarrow.parquet as pq

    for path in parts(records, year):
        other = (pq.read_schema(path).metadata or {}).get(KEY_ID.encode(), b"").decode()
        if other != key_id:
            what = f"записи {year} года сделаны другим ключом ({other or 'неизвестным'}), а у вас ключ {key_id}."
            raise PackageError(Fault(str(path), what, "Возьмите тот же ключ или начните пакет заново."))


def check_not_taken(records: Path, year: int, part: str, checksums: Mapping[str, str]) -> None:
    """Raises PackageError where a file is already in another part: its pupils would be counted twice."""
    there = {path.name for path in parts(records, year)}
    latest = {run["part"]: run for run in log_lines(records) if run.get("year") == year and "part" in run}
    faults = [
        Fault(checksums[one["sha256"]], f"этот файл уже учтён из другой папки ({run['started']}).",
              "Обрабатывайте цикл из одной папки или удалите прежние записи.")
        for run in latest.values()
        if run["part"] != part and f"part-{run['part']}.parquet" in there
        for one in run["files"]
        if one["sha256"] in checksums and one["rows"]
    ]  # fmt: skip
    if faults:
        raise PackageError(faults)


def log_lines(records: Path) -> list[dict[str, Any]]:
    try:
        text = (records / LOG).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def replace_part(aside: Path, year: int, part: str, tables: Mapping[tuple[str, int], Any]) -> None:
    for path in parts(aside, year):
        if path.name == f"part-{part}.parquet":
            path.unlink()
    for (table, region), rows in tables.items():
        write_parquet(aside / table / f"year={year}" / f"region_id={region}" / f"part-{part}.parquet", rows)


def merge_dimension(aside: Path, name: str, rows: list[dict[str, Any]], made: Callable[..., Any]) -> None:
    """New rows take the place of those with the same id; others stay."""
    import pyarrow.parquet as pq

    path = aside / f"{name}.parquet"
    columns = list(DIMENSIONS[name])
    known = {row[columns[0]]: row for row in (pq.read_table(path).to_pylist() if path.exists() else [])}
    known |= {row[columns[0]]: row for row in rows}
    write_parquet(path, made(columns, [known[key] for key in sorted(known)], {}))


def write_parquet(path: Path, table: Any) -> None:
    """Never into the old file: it is shared with the records that are still in place."""
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    pq.write_table(table, path, compression="zstd")


def write_log(aside: Path, run: Mapping[str, Any]) -> None:
    """One more line, and the descriptor anew."""
    line = json.dumps(run, ensure_ascii=False, sort_keys=False)
    lines = [json.dumps(one, ensure_ascii=False) for one in log_lines(aside)]
    _write_text(aside / LOG, "".join(f"{one}\n" for one in (*lines, line)))
    _write_text(aside / DESCRIPTOR, json.dumps(_described(aside), ensure_ascii=False, indent=2) + "\n")


def _described(aside: Path) -> dict[str, Any]:
    import pyarrow.parquet as pq

    rows: Counter[str] = Counter()
    for path in [*parts(aside), *(aside / f"{name}.parquet" for name in DIMENSIONS)]:
        if path.exists():
            rows[path.relative_to(aside).parts[0].removesuffix(".parquet")] += pq.read_metadata(path).num_rows
    years = sorted({int(path.parent.parent.name.partition("=")[2]) for path in parts(aside)})
    return {
        "name": "records",
        "synthetic": False,
        "personal_data": True,
        "years": years,
        "tables": {table: {"rows": count} for table, count in sorted(rows.items())},
    }


def _write_text(path: Path, text: str) -> None:
    scan_text(path.name, text)
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
