"""`orientir restore`: a backup brought back into an empty folder, or beside the old one, which is kept.

Everything is unpacked aside and checked before anything gets its place: what is damaged changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from orientir.command_words import tr
from orientir.errors import Fault, UserError
from orientir_web.data_folder import DataFolder
from orientir_web.occupied import vacated
from orientir_web.operation.backup import DUMP, FORMAT, MANIFEST, NOT_TAKEN, Item, check_sqlite, run_postgres

_CHUNK = 1024 * 1024
_LONGEST_LIST = 64 * 1024 * 1024


def restore(source: Path, data: DataFolder, database: str, replace: bool) -> Path | None:
    """Where the folder that was there before is kept. `database` is the address of an empty database of PostgreSQL.

    Raises UserError for a damaged file, a folder that is not empty (unless `replace`) or in which a
    server works, a database that is not empty.
    """
    os.umask(0o077)
    _check_target(data.path, replace)
    with vacated(data):
        aside = data.path.with_name(f".{data.path.name}.restoring")
        shutil.rmtree(aside, ignore_errors=True)
        try:
            kind = _unpack(source, aside)
            _check_kind(kind, database)
            _check_database(aside, database)
            return _put(aside, data.path)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _check_target(folder: Path, replace: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise UserError(Fault(str(folder), tr("это не папка.", "this is no folder.")))
    if folder.is_dir() and any(folder.iterdir()) and not replace:
        what = tr("папка не пуста.", "the folder is not empty.")
        cure = tr(
            "Укажите новую в --data или добавьте --replace: прежняя останется рядом под другим именем.",
            "Name a new one in --data, or add --replace: the old one stays beside under another name.",
        )
        raise UserError(Fault(str(folder), what, cure))


def _unpack(source: Path, aside: Path) -> str:
    """The kind of its database, once every file is there with its checksum."""
    try:
        with zipfile.ZipFile(source) as archive:
            told = _list_of(archive)
            items = [Item(**one) for one in told["files"]]
            _check_names(archive, items)
            aside.mkdir(mode=0o700)
            for item in items:
                _unpack_one(archive, item, aside / item.name)
            return str(told["database"])
    except FileNotFoundError as error:
        raise UserError(Fault(str(source), tr("такого файла нет.", "there is no such file."))) from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError, OSError) as error:
        raise _damaged(source.name) from error


def _list_of(archive: zipfile.ZipFile) -> Mapping[str, Any]:
    if archive.getinfo(MANIFEST).file_size > _LONGEST_LIST:
        raise ValueError(MANIFEST)
    told: Mapping[str, Any] = json.loads(archive.read(MANIFEST))
    if told["format"] != FORMAT:
        what = tr(f"копия другой версии ({told['format']}).", f"a backup of another version ({told['format']}).")
        raise UserError(Fault(MANIFEST, what, tr("Обновите Ориентир.", "Update Orientir.")))
    return told


def _check_names(archive: zipfile.ZipFile, items: list[Item]) -> None:
    """What is listed is what is there, and all of it lies inside the folder."""
    names = [item.name for item in items]
    if sorted([*names, MANIFEST]) != sorted(archive.namelist()):
        raise ValueError("list")
    for name in names:
        path = PurePosixPath(name)
        is_outside = path.is_absolute() or ".." in path.parts or "\\" in name or not path.parts
        if is_outside or name.startswith(NOT_TAKEN):  # what is made anew is believed by whoever made it
            raise ValueError("name")


def _unpack_one(archive: zipfile.ZipFile, item: Item, target: Path) -> None:
    """Never more than it is said to be."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with archive.open(item.name) as source, target.open("xb") as file:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > item.size:
                raise _damaged(item.name)
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if (size, digest.hexdigest()) != (item.size, item.sha256):
        raise _damaged(item.name)


def _damaged(place: str) -> UserError:
    what = tr("копия повреждена или это не копия Ориентира.", "it is damaged, or no backup of Orientir.")
    return UserError(Fault(place, what, tr("Возьмите другую.", "Take another one.")))


def _check_kind(kind: str, database: str) -> None:
    if kind == "postgresql" and not database:
        what = tr("копия сделана с PostgreSQL.", "the backup is of PostgreSQL.")
        cure = tr("Создайте пустую базу и укажите её.", "Make an empty database and name it.")
        raise UserError(Fault("ORIENTIR_DATABASE", what, cure))
    if kind == "sqlite" and database:
        what = tr("копия сделана с SQLite.", "the backup is of SQLite.")
        cure = tr("Уберите эту переменную.", "Leave this variable out.")
        raise UserError(Fault("ORIENTIR_DATABASE", what, cure))


def _check_database(aside: Path, address: str) -> None:
    """SQLite is whole; PostgreSQL is filled in one transaction, and only where nothing is."""
    if not address:
        database = DataFolder(aside).database
        if not database.is_file():
            raise _damaged(database.name)
        check_sqlite(database)
        return
    check_empty(address)
    command = ["pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    run_postgres([*command, str(aside / DUMP)], address)
    (aside / DUMP).unlink()


def check_empty(address: str) -> None:
    """Raises UserError: a database that holds something is never touched."""
    import psycopg

    query = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    try:
        with psycopg.connect(address) as connection:
            row = connection.execute(query).fetchone()
    except psycopg.OperationalError as error:
        what = tr("база данных недоступна", "the database is out of reach")
        raise UserError(Fault("ORIENTIR_DATABASE", f"{what}: {str(error).strip()}")) from error
    if row is None or row[0]:
        what = tr("база не пуста.", "the database is not empty.")
        cure = tr("Создайте пустую и укажите её.", "Make an empty one and name it.")
        raise UserError(Fault("ORIENTIR_DATABASE", what, cure))


def _put(aside: Path, folder: Path) -> Path | None:
    """By renaming; what was there is kept."""
    before = None
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.is_dir() and any(folder.iterdir()):
        number = next(n for n in range(1, 10_000) if not folder.with_name(f"{folder.name}.before-{n}").exists())
        before = folder.rename(folder.with_name(f"{folder.name}.before-{number}"))
    elif folder.is_dir():
        folder.rmdir()
    aside.rename(folder)
    return before
