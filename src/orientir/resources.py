"""What travels inside the package: programmes and examples, found from any folder."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from orientir.errors import Fault, UserError

_INSIDE = Path(__file__).parent
_CHECKOUT = _INSIDE.parents[1]


def shipped(kind: str) -> Path:
    """The folder inside the installed package, or beside `src` in a checkout."""
    inside = _INSIDE / kind
    return inside if inside.is_dir() else _CHECKOUT / kind


def programme_folder(name: str) -> Path:
    """A programme by its id or by the path of its folder. Raises UserError where there is none."""
    return _found("programmes", name, "такой программы")


def example_folder(name: str) -> Path:
    """An example package by its name or a package by the path of its folder."""
    return _found("examples", name, "такого пакета данных")


def _found(kind: str, name: str, what: str) -> Path:
    # Not every name is one that a file system takes, and not every folder may be looked at.
    with suppress(OSError, RuntimeError):
        path = Path(name).expanduser()
        if name and path.is_dir():
            return path
    known = sorted(one.name for one in shipped(kind).iterdir() if one.is_dir())
    if name in known:
        return shipped(kind) / name
    raise UserError(Fault(f"«{name}»", f"{what} нет.", f"Укажите папку или одно из имён: {', '.join(known)}."))
