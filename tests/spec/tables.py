"""Tiny text tables of the examples -> rows, facts, organisations.

A facts table has a row for each place (`place`, `year`, `source` and breakdowns, all optional) and a column for each
element; or the columns `element` and `value`, a row for each fact. An empty cell means that there is no such row at
all; the states without a number are written in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from orientir.model.collection import Correction, CorrectionKind
from orientir.model.desk import Cell
from orientir.model.package import Fact, Organisation, Source
from orientir.model.periods import Period, PeriodKind
from orientir.model.status import CellState
from spec.words import DIMENSIONS

TERRITORY = "округ"
STATES = {
    "нет данных": CellState.NOT_REPORTED,
    "не относится": CellState.NOT_APPLICABLE,
    "скрыто": CellState.SUPPRESSED,
}


@dataclass(frozen=True)
class TextTable:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def parse(cls, text: str) -> TextTable:
        header, *rows = (tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines())
        uneven = [row for row in rows if len(row) != len(header)]
        if uneven:
            raise ValueError(f"a row has not {len(header)} cells: {uneven[0]}")
        return cls(header, tuple(rows))

    @property
    def records(self) -> Iterator[dict[str, str]]:
        return (dict(zip(self.header, row, strict=True)) for row in self.rows)


def read_facts(table: TextTable, kind: PeriodKind, default_year: str) -> tuple[tuple[Fact, ...], tuple[Source, ...]]:
    """The facts, each with the line of the table in which it stands, and their sources, the best first."""
    facts: list[Fact] = []
    for line, row in enumerate(table.records, 2):
        period = Period.parse(row.get("year", default_year), kind)
        for element, cell in _counts(row):
            if cell:
                facts.append(_fact(f"f{len(facts) + 1}", row, period, element, cell, line))
    ranked = enumerate(dict.fromkeys(fact.source for fact in facts), 1)
    return tuple(facts), tuple(Source(name, name, name, "", rank) for rank, name in ranked)


def _counts(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    if "element" in row:
        yield row["element"], row["value"]
        return
    about = {"place", "year", "source", *DIMENSIONS}
    yield from ((column, cell) for column, cell in row.items() if column not in about)


def _fact(key: str, row: dict[str, str], period: Period, element: str, cell: str, line: int) -> Fact:
    value = None if cell in STATES else Decimal(cell)
    state = STATES.get(cell) or (CellState.VALUE if value else CellState.ZERO)
    breakdown = tuple((name, row[name]) for name in DIMENSIONS if row.get(name))
    where, source = row.get("place", TERRITORY), row.get("source", "форма")
    return Fact(key, element, where, period, breakdown, value, state, source, row=line)


def read_places(table: TextTable | None, facts: tuple[Fact, ...]) -> tuple[Organisation, ...]:
    """The places of the table under the territory; without a table, every place of the facts is a school of it."""
    territory = Organisation(TERRITORY, TERRITORY, "district")
    if table is None:
        schools = dict.fromkeys(fact.organisation for fact in facts if fact.organisation != TERRITORY)
        return (territory, *(Organisation(school, school, "school", TERRITORY) for school in schools))
    return (territory, *map(_place, table.records))


def _place(row: dict[str, str]) -> Organisation:
    kind = "school" if row.get("kind", "школа") == "школа" else "other"
    since, until = (date.fromisoformat(row[key]) if row.get(key) else None for key in ("since", "until"))
    dates = {"valid_from": since, "valid_to": until, "successor": row.get("successor", "")}
    return Organisation(row["place"], row["place"], kind, row.get("above", TERRITORY), **dates)


def read_corrections(table: TextTable, default: Period) -> tuple[Correction, ...]:
    """What to do with a fact: another number or state, «исключить», «сомнение» or «отозвать»."""
    return tuple(_correction(row, default, line) for line, row in enumerate(table.records, 2))


_KINDS = {"исключить": CorrectionKind.EXCLUDE, "сомнение": CorrectionKind.FLAG, "отозвать": CorrectionKind.WITHDRAW}


def _correction(row: dict[str, str], default: Period, line: int) -> Correction:
    kind = _KINDS.get(row["corrected"], CorrectionKind.OVERRIDE)
    state = STATES.get(row["expected"])
    expected = Decimal(row["expected"]) if row["expected"] and state is None else None
    put = STATES.get(row["corrected"])
    value = Decimal(row["corrected"]) if kind is CorrectionKind.OVERRIDE and put is None else None
    cell = read_cell(row, default)
    place = (cell.element, cell.organisation, cell.period, cell.breakdown)
    signed = ("методист", date(2022, 10, 12), "опечатка")
    source = row.get("source", "форма")
    put_instead = {"expected_state": state, "state": put}
    return Correction(f"c{line}", kind, *place, source, expected, value, *signed, **put_instead, row=line)


def read_cell(row: dict[str, str], default: Period) -> Cell:
    period = Period.parse(row["year"], default.kind) if row.get("year") else default
    breakdown = tuple((name, row[name]) for name in DIMENSIONS if row.get(name))
    return Cell(row["element"], row.get("place", TERRITORY), period, breakdown)
