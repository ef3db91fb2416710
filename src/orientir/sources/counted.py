"""Registers of the data package as a source: counts that are not typed but follow from rows (visits to open days).

One fact for each organisation that the register names, else for the territory. Which rows count is decided in
register_rows.py; how forms and registers are reconciled is not decided here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from orientir.model.indicators import Element, RegisterCount, Tally
from orientir.model.package import Fact, Package
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.status import CellState
from orientir.sources.register_rows import Counting, Members

Cells = Mapping[tuple[str, Members], list[Any]]


def counted_facts(package: Package, programme: Programme) -> tuple[Fact, ...]:
    """The facts that the programme's elements take from registers: per organisation, period, source and breakdown."""
    facts: list[Fact] = []
    for element in programme.elements:
        if element.counted_from:
            facts += _facts(package, programme, element, element.counted_from, len(facts))
    return tuple(facts)


def _facts(package: Package, programme: Programme, element: Element, rule: RegisterCount, made: int) -> Iterator[Fact]:
    counting = Counting(package, programme, rule)
    groups: dict[tuple[Period, str], list[Any]] = defaultdict(list)
    for row in getattr(package, rule.register):
        if row.period is not None:
            groups[row.period, row.source].append(row)
    number = made
    for (period, source), rows in sorted(groups.items(), key=lambda group: group[0]):
        cells = _cells(package, counting, period, rows)
        for (organisation, members), chosen in sorted(cells.items(), key=lambda cell: cell[0]):
            number += 1
            yield _fact(number, element, rule, (organisation, period, members, source), chosen)


def _cells(package: Package, counting: Counting, period: Period, rows: Sequence[Any]) -> Cells:
    """The rows that count, by organisation and breakdown. Rows without an organisation are the territory's.

    Where some rows have an organisation and some have none, the territory's number is that of all of them.
    """
    cells: dict[tuple[str, Members], list[Any]] = defaultdict(list)
    counted = counting.rows(period, rows)
    homeless = any(not place(row) for row, _ in counted)
    for row, members in counted:
        if place(row):
            cells[place(row), members].append(row)
        if homeless:
            cells[package.territory, members].append(row)
    if counting.rule.absent_is_zero and cells and not homeless:
        known = {members for _, members in cells}
        for organisation in counting.expected(period):
            for members in known:
                cells.setdefault((organisation, members), [])
    return cells


def place(row: Any) -> str:
    """The organisation of a row; '' where the register is about the whole territory."""
    return str(getattr(row, "organisation", ""))


def _fact(
    number: int, element: Element, rule: RegisterCount, key: tuple[str, Period, Members, str], rows: Sequence[Any]
) -> Fact:
    organisation, period, members, source = key
    total = _amount(rule, rows)
    state = CellState.NOT_REPORTED if total is None else CellState.VALUE if total else CellState.ZERO
    return Fact(
        id=f"r{number}",
        element=element.id,
        organisation=organisation,
        period=period,
        breakdown=members,
        value=total,
        state=state,
        source=source,
        note=_note(rule, rows),
        file=f"{rule.register}.csv",
        row=rows[0].row if rows else 1,
    )


def _amount(rule: RegisterCount, rows: Sequence[Any]) -> Decimal | None:
    """One row without a number leaves a sum unknown: a part is not the whole."""
    if rule.count is Tally.PERSONS:
        return _persons(rows)
    amounts = [getattr(row, rule.sum) if rule.sum else 1 for row in rows]
    return None if None in amounts else Decimal(sum(amounts))


def _persons(rows: Sequence[Any]) -> Decimal | None:
    """People told apart, and the numbers of rows that tell a number instead of people."""
    named = {(place(row), row.person) for row in rows if row.person}
    numbers = [row.persons for row in rows if not row.person]
    return None if None in numbers else Decimal(len(named) + sum(numbers))


def _note(rule: RegisterCount, rows: Sequence[Any]) -> str:
    if not rows:
        return "В реестре, который ведётся по всем организациям, её строк нет."
    what = "Сумма строк реестра" if rule.sum else "Люди в строках реестра" if rule.count is Tally.PERSONS else "Строки"
    return f"{what}: {len(rows)} ({ranges([row.row for row in rows])})."


def ranges(lines: Sequence[int]) -> str:
    """«строки 2–7, 9»."""
    spans: list[list[int]] = []
    for line in sorted(set(lines)):
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    told = ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in spans)
    return f"{'строка' if len(set(lines)) == 1 else 'строки'} {told}"
