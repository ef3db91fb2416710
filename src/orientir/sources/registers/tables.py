"""Rows of registers gathered by table of the package, and written as text in the order of its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from orientir.facts import tables
from orientir.model.package import Organisation
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.presentation import quoted
from orientir.sources.registers.catalogue import CATALOGUE
from orientir.sources.registers.columns import Register
from orientir.sources.registers.reading import Reading

ORGANISATIONS = "organisations"


class Tables:
    """The rows of one import."""

    def __init__(self, programme: Programme, period: Period, organisations: Sequence[Organisation]) -> None:
        self._programme, self._period = programme, period
        self._organisations = tuple(organisations)
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._files: dict[str, list[str]] = {}

    def source_of(self, register: Register) -> str:
        """«participants_2021_22»."""
        return f"{register.id}_{str(self._period).replace('/', '_')}"

    def registers(self) -> list[tuple[Register, list[str]]]:
        """The registers read, in the order of the catalogue, each with its files."""
        return [(one, self._files[one.id]) for one in CATALOGUE if one.id in self._files]

    def add(self, reading: Reading, name: str) -> None:
        register, grid = reading.plan.register, reading.plan.grid
        files = self._files.setdefault(register.id, [])
        if name not in files:
            files.append(name)
        rows = self._rows.setdefault(register.table, [])
        for row in reading.rows:
            origin = f"{quoted(name)}, {grid.place(row.at)}"
            told = {"source": self.source_of(register), "period": str(self._period), "origin": origin}
            rows.append({**row.cells, **told})

    def as_text(self) -> dict[str, list[dict[str, str]]]:
        """Rows of every table as they are written to CSV."""
        found = {}
        for register in CATALOGUE:
            rows = self._rows.get(register.table)
            if rows is not None and register.table not in found:
                found[register.table] = self._text(register.table, rows)
        return found

    def _text(self, table: str, rows: list[dict[str, Any]]) -> list[dict[str, str]]:
        if table == ORGANISATIONS:
            merged = known_organisations(self._organisations, rows, self._programme)
            touched = {row["id"] for row in rows}
            rows = [_cells(place) for place in merged if place.id in touched]
        elif table == "events":
            rows = self._numbered(rows)
        return [{column: _written(row.get(column)) for column in _columns(table)} for row in rows]

    def _numbered(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Numbers that no other year has: «21001» is the first event of 2021/22."""
        width = max(3, len(str(len(rows))))
        year = self._period.start % 100
        return [{**row, "no": f"{year}{number:0{width}}"} for number, row in enumerate(rows, 1)]


def known_organisations(
    organisations: Sequence[Organisation], rows: Iterable[Mapping[str, Any]], programme: Programme
) -> tuple[Organisation, ...]:
    """The organisations with what a register says of them; a new one stands under the parent of most of its kind."""
    found = {place.id: place for place in organisations}
    for row in rows:
        dates = {key: row[key] for key in ("valid_from", "valid_to", "successor") if row[key]}
        if row["id"] in found:
            found[row["id"]] = replace(found[row["id"]], **dates)
        else:
            kind = row["kind"] or next(iter(programme.reporting_kinds), "")
            parents = Counter(place.parent for place in organisations if place.kind == kind)
            parent = parents.most_common(1)[0][0] if parents else ""
            found[row["id"]] = Organisation(row["id"], row["title"], kind, parent, **dates)
    return tuple(found.values())


def _cells(place: Organisation) -> dict[str, Any]:
    return {field.name: getattr(place, field.name) for field in fields(place)}


def _columns(table: str) -> Sequence[str]:
    own = {"organisations": tables.ORGANISATIONS, "events": tables.EVENTS, "open_days": tables.OPEN_DAYS}
    return tuple(own.get(table) or tables.REGISTERS[table])


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return "; ".join(value) if isinstance(value, tuple) else str(value)
