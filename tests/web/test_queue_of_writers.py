"""Those who write to SQLite from one process queue up; every end passes the turn on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError

from orientir_web.databases import database_of
from orientir_web.sqlite import base

DEFAULTS = {"AUTOCOMMIT": True, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "TIME_ZONE": None, "HOST": "",
            "PORT": "", "USER": "", "PASSWORD": "", "TEST": {}}  # fmt: skip


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[base.DatabaseWrapper]:
    made = _connection(tmp_path)
    with made.cursor() as cursor:
        cursor.execute("CREATE TABLE told (number INTEGER)")
    yield made
    made.close()


def _connection(folder: Path) -> base.DatabaseWrapper:
    return base.DatabaseWrapper(DEFAULTS | database_of("", folder / "web.sqlite3"), "queue")


def _is_free() -> bool:
    if not base._turn.acquire(blocking=False):
        return False
    base._turn.release()
    return True


def _write(folder: Path, began: threading.Event) -> None:
    own = _connection(folder)
    began.set()
    own.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with own.cursor() as cursor:
        cursor.execute("INSERT INTO told VALUES (2)")
    own.commit()
    own.close()


def test_the_second_begins_when_the_first_has_ended(connection: base.DatabaseWrapper, tmp_path: Path) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert not _is_free()
    began = threading.Event()
    other = threading.Thread(target=_write, args=(tmp_path, began))
    other.start()
    assert began.wait(10)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO told VALUES (1)")
    connection.commit()
    other.join(10)
    assert not other.is_alive() and _is_free()
    connection.set_autocommit(True)
    with connection.cursor() as cursor:
        assert cursor.execute("SELECT number FROM told").fetchall() == [(1,), (2,)]


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_every_end_passes_the_turn_on(connection: base.DatabaseWrapper, end: str) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert not _is_free()
    getattr(connection, end)()
    assert _is_free()


def test_who_cannot_begin_passes_the_turn_on(connection: base.DatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="within a transaction"):
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert _is_free()
    connection.rollback()


def test_who_waits_in_vain_asks_sqlite_itself(
    connection: base.DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    with base._turn:
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        connection.rollback()  # it had no turn, and gives none away
        assert not _is_free()
    assert _is_free()
