"""A session of PostgreSQL, and what is wrong with it in words that a person can act on."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from orientir.errors import Fault, UserError

try:
    from pg8000.exceptions import DatabaseError, InterfaceError
    from pg8000.native import Connection
except ImportError as error:
    raise UserError(
        Fault("PostgreSQL", "библиотека pg8000 не установлена.", "Выполните: pip install 'orientir[scale]'.")
    ) from error

SCHEMA = "orientir_records"
_PATIENCE = 10  # seconds to wait for the server to answer at all


@dataclass(frozen=True)
class Address:
    """Where the server is; what the address does not name is taken from PGHOST and its kin, as other programs do."""

    host: str
    port: int
    user: str
    database: str
    schema: str
    password: str | None = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Address:
        """«postgresql://user:password@host:5432/database?schema=name». UserError for anything else."""
        try:
            url = urlsplit(text or "postgresql:")
            port = url.port
        except ValueError as error:
            raise _misspelt(text) from error
        schema = parse_qs(url.query).get("schema", [SCHEMA])[0]
        if url.scheme not in ("postgresql", "postgres") or not re.fullmatch("[a-z_][a-z0-9_]*", schema):
            raise _misspelt(text)
        user = unquote(url.username or "") or os.environ.get("PGUSER") or os.environ.get("USER") or "postgres"
        return cls(
            url.hostname or os.environ.get("PGHOST") or "localhost",
            port or int(os.environ.get("PGPORT") or 5432),
            user,
            unquote(url.path.strip("/")) or os.environ.get("PGDATABASE") or user,
            schema,
            unquote(url.password) if url.password else os.environ.get("PGPASSWORD"),
        )

    def __str__(self) -> str:
        return f"postgresql://{self.user}@{self.host}:{self.port}/{self.database}"


def _misspelt(text: str) -> UserError:
    place = re.sub("//.*@", "//", text)  # without a password
    cure = "Напишите postgresql://пользователь@сервер:5432/база, пароль — в переменной PGPASSWORD."
    return UserError(Fault(place, "это не адрес PostgreSQL.", cure))


def connected(address: Address) -> Connection:
    """UserError where nobody answers, or the server does not let in."""
    try:
        # A patience of the library's own would break long queries off, too.
        line = socket.create_connection((address.host, address.port), _PATIENCE)
    except OSError as error:
        cure = "Запустите сервер или исправьте адрес."
        raise UserError(Fault(str(address), f"PostgreSQL не отвечает: {error.strerror or error}.", cure)) from error
    line.settimeout(None)
    try:
        with told_plainly(address):
            return Connection(
                address.user, address.host, address.database, password=address.password, sock=line,
                application_name="orientir",
            )  # fmt: skip
    except BaseException:
        line.close()
        raise


@contextmanager
def told_plainly(address: Address) -> Iterator[None]:
    """What the server refuses and a person can mend becomes a UserError."""
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        told = error.args[0] if error.args and isinstance(error.args[0], dict) else {"M": str(error)}
        known = _known(told.get("C", ""), isinstance(error, InterfaceError))
        if known is None:
            raise
        what, cure = known
        raise UserError(Fault(str(address), f"{what} ({told['M']}).", cure)) from error


_ENTRY = ("сервер не впускает", "Проверьте пользователя и пароль (переменная PGPASSWORD).")
_RIGHTS = (
    "не хватает прав",
    "Нужно право создавать схему и временные таблицы: GRANT CREATE, TEMPORARY ON DATABASE база TO пользователь.",
)
_SPACE = ("серверу не хватило места или памяти", "Освободите место или уменьшите память запроса.")
_CODES = {
    "28": _ENTRY,
    "3D000": ("такой базы нет", "Создайте её: createdb имя."),
    "42501": _RIGHTS,
    "3F000": _RIGHTS,  # a schema that one may not use is as if it were not there
    "42P01": ("таблиц со сведениями в базе нет", "Загрузите их из пакета данных."),
    "53": _SPACE,
    "57": ("сервер прервал запрос", "Повторите, когда он снова будет доступен."),
    "08": ("связь с сервером потеряна", "Повторите, когда он снова будет доступен."),
}


def nothing_loaded(address: Address) -> UserError:
    what, cure = _CODES["42P01"]
    return UserError(Fault(str(address), f"{what}.", cure))


def _known(code: str, is_of_the_line: bool) -> tuple[str, str] | None:
    if is_of_the_line:
        return _ENTRY if not code else _CODES["08"]
    return _CODES.get(code) or _CODES.get(code[:2])
