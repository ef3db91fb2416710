"""The files of a programme as they are read: its entries, where each stands, and what could not be read.

An entry with a mistake is left out of the programme but not forgotten: its name is known and the names in it count as
used, so that one mistake does not bring forth others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_type_hints

from orientir.definitions.entries import build, named, nearest
from orientir.definitions.lines import Lines, Route
from orientir.definitions.texts import read_texts
from orientir.errors import Fault
from orientir.model.dictionaries import (
    Audience,
    Component,
    DataSource,
    Dimension,
    Initiative,
    LegalAct,
    Member,
    Method,
    Named,
    Role,
)
from orientir.model.forms import Form
from orientir.model.indicators import Element, Indicator
from orientir.model.programme import Analysis, Feature, Goal, Programme, ReportSpec
from orientir.model.rules import DeclaredCheck, RecommendationRule

MAIN, REPORT = "programme.yaml", "report.yaml"
# file -> its groups: what the entries of each are
GROUPS: Mapping[str, Mapping[str, type]] = {
    MAIN: {
        "components": Component,
        "dimensions": Dimension,
        "organisation_kinds": Named,
        "audiences": Audience,
        "roles": Role,
        "sources": DataSource,
        "methods": Method,
        "initiatives": Initiative,
        "goals": Goal,
        "analyses": Analysis,
        "similarity": Feature,
    },
    "legal_acts.yaml": {"acts": LegalAct},
    "elements.yaml": {"elements": Element},
    "checks.yaml": {"checks": DeclaredCheck},
    "recommendations.yaml": {"recommendations": RecommendationRule},
}
OPTIONAL = frozenset({"legal_acts.yaml", "checks.yaml", "recommendations.yaml"})
# What the programme says of itself, and what stands for it where it is wrong.
SCALARS: Mapping[str, Any] = {
    "id": "",
    "title": "",
    "subject": "",
    "version": "",
    "period": None,
    "years": 1,
    "reporting_kinds": (),
}


class Folder:
    """A programme's folder as read: `programme` holds what is sound, `faults` what is not."""

    def __init__(self, path: Path, known_texts: frozenset[str] | None) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self.mentioned: set[str] = set()
        self._unread: set[str] = set()
        self._places: dict[tuple[str, str], tuple[Lines, Route]] = {}
        parts: dict[str, Any] = {"period": None}
        for name, kinds in GROUPS.items():
            parts.update(self._groups(name, kinds))
        parts["indicators"] = tuple(sorted(self._indicators(), key=_declared_first))
        parts["forms"] = tuple(self._forms())
        parts["report"] = self._report()
        parts["texts"] = read_texts(path, known_texts, self.faults)
        self._strays()
        self.programme = Programme(**parts)

    def place(self, group: str, entry: str, *route: str | int) -> str:
        """Where a part of an entry stands: «file:line: key»."""
        lines, start = self._places[group, entry]
        return lines.place((*start, *route))

    def names(self, group: str) -> list[str] | None:
        """The names of the group's entries, sound or not; None where its file could not be read."""
        return None if group in self._unread else [entry for owner, entry in self._places if owner == group]

    # ---- files

    def _open(self, name: str, groups: Iterable[str]) -> Lines | None:
        """The file; None where it is not there or could not be read, so that nothing is known of its groups."""
        file = self.path / name
        if not file.is_file() and name in OPTIONAL:
            return None
        if not file.is_file():
            self.faults.append(Fault(str(file), "файла нет.", "Он обязателен в папке программы."))
            self._unread.update(groups)
            return None
        lines = Lines(file, str(file))
        self.faults += lines.faults
        if not lines.is_sound:
            self._unread.update(groups)
        return lines if lines.is_sound else None

    def _groups(self, name: str, kinds: Mapping[str, type]) -> Iterator[tuple[str, Any]]:
        scalars = SCALARS if name == MAIN else {}
        lines = self._open(name, kinds)
        if lines is None:
            yield from {**scalars, **dict.fromkeys(kinds, ())}.items()
            return
        for key in lines.data.keys() - kinds.keys() - scalars.keys():
            known = [*scalars, *kinds]
            cure = nearest(key, known) or f"Допустимы: {', '.join(known)}."
            self.faults.append(Fault(lines.place((key,)), "такого раздела нет.", cure))
        if scalars:
            self._places["programme", ""] = (lines, ())
        for key, neutral in scalars.items():
            yield key, self._scalar(lines, key, neutral)
        for group, kind in kinds.items():
            yield group, tuple(self._entries(lines, group, kind))

    def _scalar(self, lines: Lines, key: str, neutral: Any) -> Any:
        if key not in lines.data:
            self.faults.append(Fault(lines.place((key,)), "нет обязательного ключа.", "Добавьте его."))
            return neutral
        value = build(get_type_hints(Programme)[key], lines.data[key], lines, (key,), self.faults)
        return neutral if value is None else value

    def _indicators(self) -> Iterator[Indicator]:
        files = sorted((self.path / "indicators").glob("*.yaml"))
        if not files:
            place = str(self.path / "indicators")
            self.faults.append(Fault(place, "нет ни одного показателя.", "Опишите показатель в файле."))
            self._unread.add("indicators")
        for file in files:
            lines = self._open(f"indicators/{file.name}", ["indicators"])
            if lines is not None:
                yield from self._entry(lines, (), "indicators", Indicator, file.stem, lines.data)

    def _forms(self) -> Iterator[Form]:
        for file in sorted((self.path / "forms").glob("*.yaml")):
            lines = self._open(f"forms/{file.name}", ["forms"])
            if lines is not None:
                yield from self._entry(lines, (), "forms", Form, file.stem, lines.data)

    def _report(self) -> ReportSpec:
        lines = self._open(REPORT, ["report"])
        spec = build(ReportSpec, lines.data, lines, (), self.faults) if lines else None
        if lines:
            self._places["report", ""] = (lines, ())
        return spec or ReportSpec("", ())

    def _strays(self) -> None:
        """Files that look like definitions and would be passed over."""
        known = [*GROUPS, REPORT]
        found = [(file, known) for file in self.path.glob("*.y*ml") if file.name not in known]
        for folder in ("indicators", "forms"):
            found += [(file, []) for file in (self.path / folder).glob("*") if file.suffix != ".yaml"]
        for file, names in sorted(found):
            cure = (
                nearest(file.name, names)
                or "Удалите или переименуйте его; показатели лежат в indicators/*.yaml, формы — в forms/*.yaml."
            )
            self.faults.append(Fault(str(file), "файл программой не используется.", cure))

    # ---- entries

    def _entries(self, lines: Lines, group: str, kind: type) -> Iterator[Any]:
        raw = lines.data.get(group, {})
        if not isinstance(raw, dict):
            self.faults.append(Fault(lines.place((group,)), "нужны записи вида «код: …».", "Исправьте запись."))
            self._unread.add(group)
            return
        for key, entry in raw.items():
            yield from self._entry(lines, (group, key), group, kind, key, entry)

    def _entry(self, lines: Lines, route: Route, group: str, kind: type, key: str, raw: Any) -> Iterator[Any]:
        """The entry, if it is sound."""
        self._places[group, key] = (lines, route)
        found = len(self.faults)
        given = named(raw)
        if isinstance(given, dict):
            if "id" in given:
                what = "код записи — её ключ, а у показателя — имя файла."
                self.faults.append(Fault(lines.place((*route, "id")), what, "Удалите id."))
            given = {**given, "id": key}
            if kind is Dimension:
                given = self._with_members(lines, route, given)
        entry = build(kind, given, lines, route, self.faults)
        if entry is not None and len(self.faults) == found:
            yield entry
        else:
            self.mentioned.update(_texts(raw))

    def _with_members(self, lines: Lines, route: Route, given: dict[str, Any]) -> dict[str, Any]:
        raw = given.get("members")
        if not isinstance(raw, dict):
            return given
        members = []
        for key, entry in raw.items():
            content = named(entry)
            content = {**content, "id": key} if isinstance(content, dict) else content
            members.append(build(Member, content, lines, (*route, "members", key), self.faults))
        return {**given, "members": [member for member in members if member is not None]}


def _texts(raw: Any) -> Iterator[str]:
    """Every word in an entry, at any depth."""
    if isinstance(raw, dict | list):
        for part in raw.values() if isinstance(raw, dict) else raw:
            yield from _texts(part)
    elif isinstance(raw, str):
        yield raw


def _declared_first(indicator: Indicator) -> tuple[int, str]:
    return (indicator.number or 1000, indicator.id)
