"""Profiles: how files of one header are read. Proposed once, kept as YAML, corrected by hand, used ever after.

A profile belongs to a header, not to a file: next year's export of the same make is read by it. It holds titles of
columns and explanations of words, never rows.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from orientir.definitions.entries import build, nearest
from orientir.definitions.lines import Lines
from orientir.errors import Fault, UserError
from orientir.sources.registers.catalogue import CATALOGUE, register_named
from orientir.sources.registers.columns import Register
from orientir.sources.registers.header import Match
from orientir.sources.registers.titles import normal

_STRICT = {"extra": "forbid"}
_NOTE = """\
# Как читать файлы с такой шапкой. Составлено по заголовкам столбцов; проверьте и при необходимости исправьте.
# columns — какой столбец файла чем служит; constants — значение для всего файла, если столбца нет;
# values — что значат слова в столбцах; organisations — чьи это названия; ignored — столбцы, которые не нужны.
"""


@dataclass(frozen=True)
class Profile:
    """A mapping as it stands in a file. `header` are the titles by which its files are known; a profile without a
    header is for `files` of certain names and corrects only what it says, the other columns are recognised.

    `files` is a pattern of file names, for exports whose headers are alike; `month_first` reads 03/04/2022 as 4 March;
    `fill_down` names columns whose empty cells repeat the one above (cells merged in the file).
    """

    __pydantic_config__ = _STRICT
    register: str
    header: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    month_first: bool = False
    fill_down: tuple[str, ...] = ()
    files: str = ""

    def fits(self, titles: Sequence[str], name: str) -> bool:
        """Has the file this header, and the name where the profile asks for one?"""
        same = {normal(title) for title in self.header if title} == {normal(title) for title in titles if title}
        return same and (not self.files or self.names(name))

    def names(self, name: str) -> bool:
        """Is the file one of those that the profile names?"""
        return bool(self.files) and fnmatch(name.lower(), self.files.lower())


def read_profiles(
    folder: Path, known_places: Sequence[str], catalogue: Sequence[Register] = CATALOGUE
) -> tuple[Profile, ...]:
    """The profiles of the folder, those for certain files first. Raises UserError with every mistake in them."""
    faults: list[Fault] = []
    found = [_read(path, known_places, catalogue, faults) for path in sorted(folder.glob("*.y*ml"))]
    if faults:
        raise UserError(faults)
    return tuple(sorted((profile for profile in found if profile), key=lambda profile: not profile.files))


def _read(
    path: Path, known_places: Sequence[str], catalogue: Sequence[Register], faults: list[Fault]
) -> Profile | None:
    lines = Lines(path, f"{path.parent.name}/{path.name}")
    faults += lines.faults
    if not lines.is_sound:
        return None
    profile = build(Profile, lines.data, lines, (), faults)
    if profile is not None:
        faults += _faults(profile, lines, known_places, catalogue)
    return profile


def _faults(profile: Profile, lines: Lines, known_places: Sequence[str], catalogue: Sequence[Register]) -> list[Fault]:
    """Names in the profile that lead nowhere."""
    register = register_named(profile.register, catalogue)
    if register is None:
        names = [one.id for one in catalogue]
        cure = nearest(profile.register, names) or f"Допустимы: {', '.join(names)}."
        return [Fault(lines.place(("register",)), f"реестра «{profile.register}» нет.", cure)]
    own = [column.id for column in register.columns]
    if not profile.header and not profile.files:
        cure = "Укажите заголовки в header или имя файла в files."
        return [Fault(lines.place(()), "не сказано, для каких файлов этот профиль.", cure)]
    titles = {normal(title) for title in profile.header or profile.columns.values()}
    allowed = f"Допустимы: {', '.join(own)}."
    parts = (("columns", profile.columns), ("constants", profile.constants), ("values", profile.values))
    found = [
        Fault(lines.place((part, key)), f"столбца «{key}» у реестра нет.", nearest(key, own) or allowed)
        for part, keys in parts
        for key in keys
        if key not in own
    ]
    found += [
        Fault(lines.place(("columns", key)), f"заголовка «{title}» нет в header.", nearest(title, profile.header))
        for key, title in profile.columns.items()
        if normal(title) not in titles
    ]
    found += [
        Fault(lines.place(("organisations", title)), f"организации «{key}» нет.", nearest(key, known_places))
        for title, key in profile.organisations.items()
        if key not in known_places
    ]
    return found


def proposed(match: Match) -> Profile:
    """The profile of a header that was read without one."""
    titles = match.header.titles
    return Profile(
        register=match.register.id,
        header=tuple(match.header.seen),
        columns={key: titles[at] for key, at in match.columns.items()},
        ignored=tuple(titles[at] for at in match.unused),
    )


def save(profile: Profile, folder: Path) -> Path:
    """Write a new profile beside the others; what a person has written is never touched."""
    import yaml

    content: Mapping[str, Any] = {
        "register": profile.register,
        "header": list(profile.header),
        "columns": dict(profile.columns),
        **({"ignored": list(profile.ignored)} if profile.ignored else {}),
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = _free_name(folder, profile.register)
    aside = path.with_name(f".{path.name}.partial-{os.getpid()}")
    text = _NOTE + yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False, width=10_000)
    aside.write_text(text, encoding="utf-8", newline="")
    aside.replace(path)
    return path


def _free_name(folder: Path, name: str) -> Path:
    path, number = folder / f"{name}.yaml", 1
    while path.exists():
        number += 1
        path = folder / f"{name}_{number}.yaml"
    return path
