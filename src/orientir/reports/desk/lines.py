"""A conflict in words, as a screen and a workbook show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orientir.facts.conflicts import dependants
from orientir.model.desk import Conflict, Side
from orientir.model.package import Package
from orientir.model.programme import Programme
from orientir.presentation import number, period_name
from orientir.reports.decisions import cell_title, side_amount, side_told, signed


@dataclass(frozen=True)
class Line:
    """One conflict. A side tells source, code and amount: «12 — Форма школы [form]»; `decided` is empty while open."""

    number: str
    what: str
    where: str
    period: str
    sides: tuple[str, ...]
    difference: str
    dependants: str
    decided: str = ""


def lines_of(package: Package, programme: Programme, conflicts: Iterable[Conflict]) -> list[Line]:
    return [_line(package, programme, one) for one in conflicts]


def _line(package: Package, programme: Programme, one: Conflict) -> Line:
    cell = one.cell
    return Line(
        number=cell.number,
        what=cell_title(programme, cell),
        where=package.organisation(cell.organisation).title,
        period=period_name(cell.period),
        sides=tuple(side_line(package, programme, side) for side in one.sides),
        difference=number(one.difference),
        dependants="; ".join(indicator.short for indicator in dependants(programme, cell)) or "—",
        decided=_decided(package, programme, one),
    )


def side_line(package: Package, programme: Programme, side: Side) -> str:
    return f"{side_amount(side)} — {side_told(package, programme, side)} [{side.code}]"


def _decided(package: Package, programme: Programme, one: Conflict) -> str:
    if one.choice is None or one.chosen is None:
        return ""
    return f"{side_line(package, programme, one.chosen)}. {signed(one.choice)}"


def plain(lines: Iterable[Line]) -> Iterator[str]:
    """Each conflict as a few lines of text, for a file or a pipe."""
    for one in lines:
        yield f"№ {one.number}  {one.what}; {one.where}, {one.period}"
        yield from (f"    {side}" for side in one.sides)
        yield f"    разница: {one.difference}; от числа зависят: {one.dependants}"
        if one.decided:
            yield f"    выбрано: {one.decided}"
