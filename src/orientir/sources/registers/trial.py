"""Rows that were just read as the rows of a package in memory, so that a preview can count them as the cycle will."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orientir.facts import tables
from orientir.model.package import Event, Fact, OpenDay, Organisation, Package, Source
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.registers import ROWS
from orientir.sources.counted import counted_facts
from orientir.sources.registers.result import TableRows

_KINDS: Mapping[str, type[Any]] = {**ROWS, "events": Event, "open_days": OpenDay}
_COLUMNS: Mapping[str, Mapping[str, tables.Column]] = {
    **tables.REGISTERS,
    "events": tables.EVENTS,
    "open_days": tables.OPEN_DAYS,
}
TERRITORY = ""  # a single file does not say which territory it is of


def counted(
    rows: Mapping[str, TableRows], programme: Programme, period: Period, organisations: Sequence[Organisation]
) -> tuple[Fact, ...]:
    """What the elements of the programme would take from these rows; the organisation of the territory is ''."""
    known: dict[str, Any] = {name: _rows(name, some, period) for name, some in rows.items() if name in _KINDS}
    sources = {row["source"] for some in rows.values() for row in some if row.get("source")}
    package = Package(
        name="",
        title="",
        territory=TERRITORY,
        synthetic=False,
        checksum="",
        organisations=tuple(organisations),
        sources=tuple(Source(key, key, "", "", rank) for rank, key in enumerate(sorted(sources), 1)),
        facts=(),
        **known,
    )
    return counted_facts(package, programme)


def _rows(table: str, rows: TableRows, period: Period) -> tuple[Any, ...]:
    columns = _COLUMNS[table]
    return tuple(
        _KINDS[table](**{key: columns[key].parse(cell) for key, cell in row.items()} | {"period": period, "row": line})
        for line, row in enumerate(rows, 2)
    )
