"""A programme's folder -> a `Programme`, or all its mistakes at once: file, line, key, cure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from orientir.definitions.consistency import consistency_faults
from orientir.definitions.entries import build, named
from orientir.definitions.formulas import FormulaCycle, expanded
from orientir.definitions.lines import Lines, Route
from orientir.definitions.texts import read_texts
from orientir.errors import DefinitionError, Fault
from orientir.model.programme import (
    Analysis,
    Component,
    DataSource,
    DeclaredCheck,
    Dimension,
    Element,
    Goal,
    Indicator,
    Initiative,
    LegalAct,
    Member,
    Method,
    Named,
    Programme,
    RecommendationRule,
    ReportSpec,
)

# file -> its groups: what the entries of each are
GROUPS: dict[str, dict[str, type]] = {
    "programme.yaml": {
        "components": Component,
        "dimensions": Dimension,
        "organisation_kinds": Named,
        "audiences": Named,
        "roles": Named,
        "sources": DataSource,
        "methods": Method,
        "initiatives": Initiative,
        "goals": Goal,
        "analyses": Analysis,
    },
    "legal_acts.yaml": {"acts": LegalAct},
    "elements.yaml": {"elements": Element},
    "checks.yaml": {"checks": DeclaredCheck},
    "recommendations.yaml": {"recommendations": RecommendationRule},
}
OPTIONAL = frozenset({"legal_acts.yaml", "checks.yaml", "recommendations.yaml"})
SCALARS = ("id", "title", "subject", "version", "period", "years", "reporting_kinds")


class _Folder:
    """The files of a programme as they are read, and where each entry stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self.parts: dict[str, Any] = {}
        self.places: dict[tuple[str, str], tuple[Lines, Route]] = {}

    def place(self, group: str, entry: str, *route: str | int) -> str:
        lines, start = self.places[group, entry]
        return lines.place((*start, *route))

    def open(self, name: str) -> Lines | None:
        file = self.path / name
        if not file.is_file():
            if name not in OPTIONAL:
                self.faults.append(Fault(f"{self.path}/{name}", "файла нет.", "Он обязателен в папке программы."))
            return None
        lines = Lines(file, str(file))
        if not isinstance(lines.data, dict):
            lines.faults.append(Fault(lines.place(()), "в файле нет записей вида «ключ: значение»."))
            lines.data = {}
        self.faults += lines.faults
        return lines

    def read_groups(self, name: str, kinds: dict[str, type]) -> None:
        lines = self.open(name)
        known = {*kinds, *(SCALARS if name == "programme.yaml" else ())}
        for group, kind in kinds.items():
            self.parts[group] = self._entries(lines, group, kind) if lines else ()
        if lines is None:
            return
        for key in lines.data.keys() - known:
            self.faults.append(
                Fault(lines.place((key,)), "такого раздела нет.", f"Допустимы: {', '.join(sorted(known))}.")
            )
        if name == "programme.yaml":
            self.parts.update({key: lines.data[key] for key in SCALARS if key in lines.data})
            self.places["programme", ""] = (lines, ())

    def _entries(self, lines: Lines, group: str, kind: type) -> tuple[Any, ...]:
        raw = lines.data.get(group, {})
        if not isinstance(raw, dict):
            self.faults.append(Fault(lines.place((group,)), "нужны записи вида «код: …»."))
            return ()
        entries = [self._entry(lines, (group, key), group, kind, key, entry) for key, entry in raw.items()]
        return tuple(entry for entry in entries if entry is not None)

    def _entry(self, lines: Lines, route: Route, group: str, kind: type, key: str, raw: Any) -> Any:
        self.places[group, key] = (lines, route)
        raw = named(raw)
        if isinstance(raw, dict):
            raw = {**raw, "id": key}
            if kind is Dimension and isinstance(raw.get("members"), dict):
                raw["members"] = [_member(id, entry) for id, entry in raw["members"].items()]
        return build(kind, raw, lines, route, self.faults)

    def read_indicators(self) -> None:
        files = sorted((self.path / "indicators").glob("*.yaml"))
        if not files:
            self.faults.append(
                Fault(f"{self.path}/indicators", "нет ни одного показателя.", "Опишите показатель в файле.")
            )
        found = []
        for file in files:
            lines = self.open(f"indicators/{file.name}")
            if lines is not None:
                found.append(self._entry(lines, (), "indicators", Indicator, file.stem, lines.data))
        self.parts["indicators"] = tuple(sorted((entry for entry in found if entry), key=_declared_first))

    def read_report(self) -> None:
        lines = self.open("report.yaml")
        self.parts["report"] = build(ReportSpec, lines.data, lines, (), self.faults) if lines else None
        if lines:
            self.places["report", ""] = (lines, ())


def _member(key: str, raw: Any) -> Any:
    return Member(id=key, title=raw) if isinstance(raw, str) else {**raw, "id": key}


def _declared_first(indicator: Indicator) -> tuple[int, str]:
    return (indicator.number or 1000, indicator.id)


def load_programme(path: Path, known_sections: frozenset[str] | None = None) -> Programme:
    """Read and check a programme; `known_sections` are the sections that the report can make.

    Raises DefinitionError with every fault found.
    """
    if not path.is_dir():
        raise DefinitionError(Fault(str(path), "папки программы нет.", "Проверьте имя или путь."))
    folder = _Folder(path)
    for name, kinds in GROUPS.items():
        folder.read_groups(name, kinds)
    folder.read_indicators()
    folder.read_report()
    folder.parts["texts"] = read_texts(path, folder.faults)
    broken = tuple(folder.faults)
    programme = None if broken else build(Programme, folder.parts, *folder.places["programme", ""], folder.faults)
    if programme is None:
        raise DefinitionError(sorted(folder.faults))
    return _resolved(programme, folder, known_sections)


def _resolved(programme: Programme, folder: _Folder, known_sections: frozenset[str] | None) -> Programme:
    faults = list(consistency_faults(programme, folder.place, known_sections))
    elements = {element.id: element for element in programme.elements}
    for element in programme.elements:
        try:
            expanded(element.formula, elements, (element.id,))
        except FormulaCycle as cycle:
            cure = "Уберите круг: величина не может определяться через себя."
            faults.append(Fault(folder.place("elements", element.id, "formula"), f"круг определений: {cycle}.", cure))
    if faults:
        raise DefinitionError(sorted(faults))
    return replace(
        programme,
        indicators=tuple(
            replace(one, numerator=expanded(one.numerator, elements), denominator=expanded(one.denominator, elements))
            for one in programme.indicators
        ),
        checks=tuple(
            replace(one, left=expanded(one.left, elements), right=expanded(one.right, elements))
            for one in programme.checks
        ),
    )
