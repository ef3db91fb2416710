"""`orientir backup`: one file with the database, the key and all files, consistent while the server runs.

The file is an archive with a list of what is in it and their checksums. It is written aside and renamed: a killed run
leaves no file that looks like a backup. How it is brought back, restore.py says.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from orientir import __version__
from orientir.command_words import tr
from orientir.errors import Fault, UserError
from orientir_web.data_folder import DataFolder

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
_ASIDE, _LEFT = ".backup-", 24 * 60 * 60  # a folder of a killed run is removed by one a day later
# What is made anew from the rest; the database is taken by its own means.
NOT_TAKEN = ("static/", "locale/", "files/locks/", "files/cycles/", "serving.lock")
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Item:
    """A file of the backup."""

    name: str
    size: int
    sha256: str


def back_up(data: DataFolder, target: Path, database: str) -> int:
    """How many files it holds. `database` is the address of PostgreSQL, empty for SQLite. Raises UserError."""
    if target.exists():
        what = tr("такой файл уже есть.", "there is such a file already.")
        raise UserError(Fault(str(target), what, tr("Назовите другой.", "Name another one.")))
    _check_source(data, target, database)
    os.umask(0o077)
    _clear(data.path)
    part = target.with_name(target.name + ".part")
    with tempfile.TemporaryDirectory(prefix=_ASIDE, dir=data.path) as name:
        home = Path(name)
        # Linked before and after: a file that comes or goes while the database is copied is there either way.
        _link_all(data, home)
        database_into(home, data, database)
        _link_all(data, home)
        items = _write(home, part, "postgresql" if database else "sqlite")
    part.rename(target)
    return len(items)


def _check_source(data: DataFolder, target: Path, database: str) -> None:
    if not data.key_file.is_file():
        what = tr("это не папка данных Ориентира.", "this is no data folder of Orientir.")
        raise UserError(Fault(str(data.path), what))
    if not database and not data.database.is_file():
        what = tr("базы SQLite в папке нет.", "there is no SQLite database in the folder.")
        cure = tr("Если база — PostgreSQL, укажите её в ORIENTIR_DATABASE.",
                  "If the database is PostgreSQL, name it in ORIENTIR_DATABASE.")  # fmt: skip
        raise UserError(Fault(str(data.path), what, cure))
    if data.path in target.absolute().parents:
        what = tr("копия легла бы в саму папку данных.", "the backup would lie in the data folder itself.")
        raise UserError(Fault(str(target), what, tr("Положите её в другое место.", "Put it elsewhere.")))


def database_into(home: Path, data: DataFolder, address: str) -> None:
    """A copy of one moment."""
    if address:
        run_postgres(
            ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(home / DUMP)], address
        )
        return
    copy = home / data.database.name
    with closing(sqlite3.connect(data.database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
    check_sqlite(copy)


def check_sqlite(path: Path) -> None:
    """Raises UserError."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            told = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        told = str(error)
    if told != "ok":
        raise UserError(Fault(path.name, tr(f"база повреждена: {told}", f"the database is damaged: {told}")))


def run_postgres(command: list[str], address: str) -> None:
    """A program of PostgreSQL; the password goes by the environment, where `ps` does not show it."""
    program = command[0]
    if shutil.which(program) is None:
        what = tr(f"программы {program} здесь нет.", f"{program} is not here.")
        cure = tr("Установите пакет postgresql-client той же версии, что и сервер.",
                  "Install the package postgresql-client of the server's version.")  # fmt: skip
        raise UserError(Fault("ORIENTIR_DATABASE", what, cure))
    parts = urlsplit(address)
    told = ["--host", parts.hostname or "", "--port", str(parts.port or 5432), "--no-password",
            "--username", unquote(parts.username or ""), "--dbname", parts.path.lstrip("/")]  # fmt: skip
    environment = os.environ | {"PGPASSWORD": unquote(parts.password or "")}
    done = subprocess.run([program, *told, *command[1:]], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else str(done.returncode)
        raise UserError(Fault(program, said))


def _link_all(data: DataFolder, home: Path) -> None:
    """Every file as it is now, at once and without copying: files are never changed in place, only replaced."""
    for path in _files(data):
        target = home / path.relative_to(data.path)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            try:
                os.link(path, target)
            except FileNotFoundError:
                continue  # gone meanwhile


def _files(data: DataFolder) -> Iterator[Path]:
    # Folders may go while they are walked through: what is computed or no longer needed is made and removed aside.
    for path in sorted(Path(home) / name for home, _, names in os.walk(data.path) for name in names):
        inner = path.relative_to(data.path).as_posix()
        is_taken = not inner.startswith((_ASIDE, data.database.name, *NOT_TAKEN))
        if is_taken and path.is_file() and not path.is_symlink():
            yield path


def _write(home: Path, part: Path, kind: str) -> list[Item]:
    """Into a file of the owner's alone, on the disk before it gets its name."""
    items = []
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for path in sorted(one for one in home.rglob("*") if one.is_file()):
                items.append(_add(archive, path, path.relative_to(home).as_posix()))
            told = {"format": FORMAT, "version": __version__, "database": kind,
                    "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                    "files": [asdict(item) for item in items]}  # fmt: skip
            archive.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
        file.flush()
        os.fsync(file.fileno())
    return items


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> Item:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return Item(name, size, digest.hexdigest())


def _clear(folder: Path) -> None:
    for left in folder.glob(f"{_ASIDE}*"):
        if left.stat().st_mtime < time.time() - _LEFT:
            shutil.rmtree(left, ignore_errors=True)
