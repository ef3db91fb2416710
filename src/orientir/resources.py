"""What travels inside the package: programmes and examples, found from any folder."""

from __future__ import annotations

from pathlib import Path

from orientir.errors import Fault, UserError

_INSIDE = Path(__file__).parent
_CHECKOUT = _INSIDE.parents[1]


def _shipped(kind: str) -> Path:
    """The folder inside the installed package, or beside `src` in a checkout."""
    inside = _INSIDE / kind
    return inside if inside.is_dir() else _CHECKOUT / kind


def programme_folder(name: str) -> Path:
    """A programme by its id or by the path of its folder. Raises UserError where there is none."""
    return _found("programmes", name, "программы")


def example_folder(name: str) -> Path:
    """An example package by its name or a package by the path of its folder."""
    return _found("examples", name, "пакета данных")


def _found(kind: str, name: str, what: str) -> Path:
    path = Path(name).expanduser()
    if path.is_dir():
        return path
    shipped = _shipped(kind) / name
    if name and Path(name).name == name and shipped.is_dir():
        return shipped
    known = ", ".join(sorted(one.name for one in _shipped(kind).iterdir() if one.is_dir()))
    raise UserError(Fault(name, f"такой {what} нет.", f"Укажите папку или одно из имён: {known}."))
