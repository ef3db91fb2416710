"""Which database: SQLite in the data folder, or PostgreSQL by one address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from orientir.errors import Fault, UserError

# WAL lets readers and one writer work at once. A transaction that begins DEFERRED and turns into a writing one fails at
# once when somebody else has written, whatever the time-out; IMMEDIATE waits its turn.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"  # what was acknowledged survives a power cut
    "PRAGMA mmap_size=134217728;"
    "PRAGMA journal_size_limit=67108864;"
    "PRAGMA cache_size=-20000;"
)
_SCHEMES = ("postgresql", "postgres")


def database_of(address: str, sqlite: Path) -> dict[str, Any]:
    """What Django is told for this address; for an empty one, the file. Raises UserError for another address."""
    return _postgres(address) if address else _sqlite(sqlite)


def _sqlite(path: Path) -> dict[str, Any]:
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _PRAGMAS}
    return {"ENGINE": "orientir_web.sqlite", "NAME": str(path), "OPTIONS": options}


def _postgres(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        what = "это не адрес базы PostgreSQL."
        raise UserError(Fault("ORIENTIR_DATABASE", what, "Пишется так: postgresql://имя:пароль@сервер:5432/база"))
    _check_driver()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname,
        "PORT": str(parts.port or 5432),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _check_driver() -> None:
    """The driver is LGPL and therefore installed by the user, not with us."""
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        cure = "Установите его: pip install 'orientir[postgres]'."
        raise UserError(Fault("ORIENTIR_DATABASE", "драйвера PostgreSQL нет.", cure)) from error
