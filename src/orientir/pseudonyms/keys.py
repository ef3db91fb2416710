"""The key of pseudonyms: a file of its own, kept apart from what it protects, one for each cycle.

Without the key nobody can make a pupil's pseudonym anew; with it anybody can who has a list of names. It is never
written into a package, a log or a message.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from orientir.errors import Fault, UserError
from orientir.model.periods import Period, PeriodKind

_FORM = re.compile(r"cycle: (\S+)\nkey: ([0-9a-f]{64})\n?")
_LONGEST = 200
_MODE = 0o600


@dataclass(frozen=True)
class Key:
    """A secret of 256 bits and the cycle it is for."""

    cycle: Period
    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """Tells one key from another and gives neither away."""
        return hashlib.sha256(self.secret).hexdigest()[:8]

    def pseudonym(self, identity: str) -> int:
        """63 bits, never negative."""
        return int.from_bytes(self._hash(f"pupil:{identity}")[:8], "big") >> 1

    def number(self, title: str) -> int:
        """Of at most nine digits, for a thing that has a title and no number."""
        return int.from_bytes(self._hash(f"title:{title}")[:8], "big") % (10**9 - 1) + 1

    def pair(self, one: str, other: str) -> str:
        """The name of a pair of identities, the same in every run of the cycle."""
        return self._hash(f"pair:{one}|{other}").hex()[:12]

    def _hash(self, text: str) -> bytes:
        return hmac.new(self.secret, text.encode(), hashlib.sha256).digest()


def cycle_named(label: str) -> Period:
    try:
        return Period.parse(label, PeriodKind.SCHOOL_YEAR)
    except ValueError as error:
        raise UserError(Fault("--cycle", str(error), "Исправьте цикл.")) from error


def new_key(path: Path, cycle: Period) -> None:
    """A random key in a new file that only its owner may read. Raises UserError where there is a file already."""
    text = f"cycle: {cycle}\nkey: {secrets.token_hex(32)}\n"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    except FileExistsError:
        cure = "Уберите --new-key, чтобы взять этот ключ, или назовите другой файл: ключ не перезаписывается никогда."
        raise _fault(path, "такой файл уже есть.", cure) from None
    except OSError as error:
        what = f"файл ключа не создаётся: {error.strerror}."
        raise _fault(path, what, "Проверьте папку и права.") from error
    with os.fdopen(handle, "w", encoding="ascii", newline="\n") as file:
        if hasattr(os, "fchmod"):  # whatever the mask of the process
            os.fchmod(file.fileno(), _MODE)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def check_apart(path: Path, folders: Sequence[Path]) -> None:
    """Raises UserError where the key lies, or would lie, in one of these folders."""
    real = path.parent.resolve() / path.name
    for folder in folders:
        places = {real, path.resolve()}
        if any(place == folder.resolve() or folder.resolve() in place.parents for place in places):
            what = f"ключ лежит внутри папки {folder}: кто получит её, получит и ключ."
            raise _fault(path, what, "Храните ключ отдельно: на другом носителе или в сейфе паролей.")


def read_key(path: Path, cycle: Period | None) -> Key:
    """The key of the cycle; of any, where none is named. Raises UserError for a file that is no key or is open."""
    text = _content(path)
    match = _FORM.fullmatch(text.replace("\r\n", "\n"))
    if not match:
        what = "это не ключ: нужны строка «cycle: 2021/22» и строка «key: » с 64 шестнадцатеричными цифрами (32 байта)."
        raise _fault(path, what, "Создайте ключ: --new-key.")
    try:
        own = Period.parse(match[1], PeriodKind.SCHOOL_YEAR)
    except ValueError as error:
        raise _fault(path, f"цикл в файле ключа не прочитан. {error}", "Исправьте первую строку.") from error
    if cycle is not None and own != cycle:
        what = f"ключ цикла {own}, а обрабатывается {cycle}: у каждого цикла свой ключ."
        raise _fault(path, what, "Укажите ключ этого цикла или создайте новый: --new-key.")
    return Key(own, bytes.fromhex(match[2]))


def _content(path: Path) -> str:
    """Opened first and looked at afterwards: what is read is what was checked."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        what = f"файл ключа не читается: {error.strerror}."
        raise _fault(path, what, "Укажите файл ключа или создайте его: --new-key.") from error
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise _fault(path, "это не файл.", "Укажите файл ключа.")
        if os.name != "nt" and stat.S_IMODE(status.st_mode) != _MODE:
            what = f"файл ключа открыт другим: права {stat.S_IMODE(status.st_mode):04o}, а нужны 0600."
            raise _fault(path, what, f"Выполните: chmod 600 {path}")
        return file.read(_LONGEST).decode("ascii", errors="replace")


def _fault(path: Path, what: str, cure: str) -> UserError:
    return UserError(Fault(str(path), what, cure))
