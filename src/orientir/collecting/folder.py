"""The folder into which a coordinator drops what came: its organisations, its forms, registers and dates of receipt."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orientir.errors import Fault, UserError
from orientir.facts.organisation_list import read_organisation_list
from orientir.model.package import Organisation
from orientir.model.programme import Programme
from orientir.spreadsheets.delimited import read_delimited
from orientir.spreadsheets.guard import ignorable, read_file
from orientir.spreadsheets.refusals import Refusal

ORGANISATIONS, ABOUT, RECEIVED = "organisations.csv", "collection.yaml", "received.csv"
_ABOUT_KEYS = {"territory", "synthetic", "title", "prepared_by"}


@dataclass(frozen=True)
class CollectionFolder:
    """What lies in the folder. `received` are dates by file name; files without one have the time of the file."""

    path: Path
    organisations: tuple[Organisation, ...]
    territory: str
    synthetic: bool
    title: str
    prepared_by: str
    received: Mapping[str, date]
    profiles: Path

    def forms(self) -> Iterator[tuple[str, date]]:
        """Names of the files of forms in the order in which they were written, and when each was received."""
        folder = self.path / "forms"
        if folder.is_dir():
            with os.scandir(folder) as entries:
                found = [(one.stat(follow_symlinks=False).st_mtime_ns, one.name) for one in entries]
            for written, name in sorted(found):
                if not ignorable(name):
                    yield name, self.received.get(name) or date.fromtimestamp(written / 1e9)


def read_folder(path: Path, programme: Programme) -> CollectionFolder:
    """Raises UserError for a folder, a list or a description that cannot be used, with every mistake."""
    if not path.is_dir():
        raise UserError(Fault(str(path), "папки нет.", "Укажите папку, в которой лежат forms и registers."))
    organisations = read_organisation_list(_beside(path, ORGANISATIONS, path / ORGANISATIONS), programme)
    about = _about(_beside(path, ABOUT, None))
    territory = about.get("territory") or _only_district(path, organisations, programme)
    if territory not in {place.id for place in organisations}:
        what = f"территории «{territory}» нет в organisations.csv."
        raise UserError(Fault(f"{ABOUT}: territory", what, "Исправьте код."))
    title = next(place.title for place in organisations if place.id == territory)
    return CollectionFolder(
        path=path,
        organisations=organisations,
        territory=territory,
        synthetic=bool(about.get("synthetic", False)),
        title=about.get("title") or f"Сведения организаций: {title}",
        prepared_by=about.get("prepared_by") or "",
        received=_received(path / RECEIVED),
        profiles=_beside(path, ORGANISATIONS, path / ORGANISATIONS).parent / "profiles",
    )


def is_synthetic(organisations: Path) -> bool:
    """Does the description beside this list of organisations, or one level up, call them invented?"""
    return bool(_about(_beside(organisations.parent, ABOUT, None)).get("synthetic", False))


def _beside(path: Path, name: str, otherwise: Path | None) -> Any:
    """The file in the folder, or one level up."""
    found = [place for place in (path / name, path.resolve().parent / name) if place.is_file()]
    return found[0] if found else otherwise


def _only_district(path: Path, organisations: tuple[Organisation, ...], programme: Programme) -> str:
    """The organisation above all that report; named by hand where there are several."""
    above = {place.parent for place in organisations if place.kind in programme.reporting_kinds and place.parent}
    if len(above) != 1:
        what = f"непонятно, чьи это сведения: вышестоящих организаций {len(above)}."
        cure = f"Назовите её код в файле {ABOUT}, например: territory: our_district."
        raise UserError(Fault(str(path / ORGANISATIONS), what, cure))
    return above.pop()


def _about(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UserError(Fault(str(path), "файл не читается.", "Запишите его строками «ключ: значение».")) from error
    if not isinstance(content, dict) or set(content) - _ABOUT_KEYS:
        raise UserError(Fault(str(path), "непонятные ключи.", f"Допустимы: {', '.join(sorted(_ABOUT_KEYS))}."))
    if not isinstance(content.get("synthetic", False), bool):
        raise UserError(Fault(f"{path}: synthetic", "нужно true или false.", "Исправьте запись."))
    return content


def _received(path: Path) -> dict[str, date]:
    """received.csv: file and date; dates as 05.10.2022 or 2022-10-05."""
    if not path.is_file():
        return {}
    try:
        rows, _, _ = read_delimited(read_file(path))
    except Refusal as refusal:
        raise UserError(Fault(str(path), refusal.what, refusal.cure)) from None
    dates: dict[str, date] = {}
    faults = []
    for line, row in enumerate(rows[1:], 2):
        day = _day(row[1]) if len(row) > 1 else None
        if row and day is None:
            faults.append(Fault(f"{path}:{line}", "нет имени файла и даты.", "Запишите: имя файла;05.10.2022."))
        elif row and day is not None:
            dates[row[0].strip()] = day
    if faults:
        raise UserError(faults)
    return dates


@cache
def _day(text: str) -> date | None:
    parts = text.strip().split(".")
    try:
        return date.fromisoformat("-".join(reversed(parts)) if len(parts) == 3 else text.strip())
    except ValueError:
        return None
