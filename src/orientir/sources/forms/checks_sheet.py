"""The sheet «Проверка»: the programme's own relations between cells of the form, live, before it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any

from orientir.definitions.formulas import expanded
from orientir.engines.memory import holds
from orientir.model.collection import CellKey
from orientir.model.indicators import Term
from orientir.model.rules import Relation
from orientir.sources.forms.layout import LISTS, CellPlace, Layout
from orientir.sources.forms.looks import height
from orientir.spreadsheets.sheets import address

_SIGNS = {Relation.EQUAL: "=", Relation.AT_LEAST: ">=", Relation.AT_MOST: "<="}
_READ = {Relation.EQUAL: "равно", Relation.AT_LEAST: "не меньше", Relation.AT_MOST: "не больше"}
RIGHT, WRONG, PENDING = "верно", "исправьте", "не всё заполнено"
_HEADS = ((74, "Что должно выполняться"), (10, "Слева"), (11, ""), (10, "Справа"), (17, "Итог"))


@dataclass(frozen=True)
class Side:
    """A sum of asked cells: its formula, what is true while it has no number, and what while it is not complete."""

    formula: str
    is_empty: str
    is_pending: str
    cells: tuple[tuple[int, CellPlace], ...]


@dataclass(frozen=True)
class LiveCheck:
    """A relation whose every term stands in the form."""

    title: str
    left: Side
    relation: Relation
    right: Side


def write_checks(sheet: Any, formats: Mapping[str, Any], layout: Layout, values: Mapping[CellKey, object]) -> None:
    """One row a relation, with both sums and a verdict; what is known already is worked out for the first look."""
    for column, (width, title) in enumerate(_HEADS):
        sheet.set_column(column, column, width)
        sheet.write(0, column, title, formats["head"])
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    checks = live_checks(layout)
    for row, check in enumerate(checks, 1):
        sums = [_known_sum(side, values) for side in (check.left, check.right)]
        sheet.write_string(row, 0, check.title, formats["question"])
        sheet.write_formula(row, 1, check.left.formula, formats["total"], sums[0] or 0)
        sheet.write_string(row, 2, _READ[check.relation], formats["source"])
        sheet.write_formula(row, 3, check.right.formula, formats["total"], sums[1] or 0)
        sheet.write_formula(row, 4, _verdict_formula(check, row), formats["question"], _verdict(check, sums, values))
        sheet.set_row(row, max(15, height(check.title, 78)))
    wrong = {"type": "cell", "criteria": "==", "value": f'"{WRONG}"', "format": formats["wrong"]}
    sheet.conditional_format(1, 4, max(1, len(checks)), 4, wrong)


def _verdict_formula(check: LiveCheck, row: int) -> str:
    holds_true = f"{address(row, 1)}{_SIGNS[check.relation]}{address(row, 3)}"
    pending = ",".join(side.is_pending for side in _awaited(check) if side.is_pending)
    otherwise = f'IF(OR({pending}),"{PENDING}","{WRONG}")' if pending else f'"{WRONG}"'
    empty = f"OR({check.left.is_empty},{check.right.is_empty})"
    return f'=IF({empty},"",IF({holds_true},"{RIGHT}",{otherwise}))'


def _awaited(check: LiveCheck) -> tuple[Side, ...]:
    """The sides that may still grow and make the relation hold."""
    return {
        Relation.EQUAL: (check.left, check.right),
        Relation.AT_LEAST: (check.left,),
        Relation.AT_MOST: (check.right,),
    }[check.relation]


@lru_cache(maxsize=64)
def live_checks(layout: Layout) -> tuple[LiveCheck, ...]:
    """Declared relations and, for shares, the part within its whole; the same relation once."""
    programme = layout.programme
    elements = {element.id: element for element in programme.elements}
    given = _given(layout)
    relations = [(check.reason, check.left, check.relation, check.right) for check in programme.checks]
    relations += [
        (f"{one.short}: часть не больше целого.", one.numerator, Relation.AT_MOST, one.denominator)
        for one in programme.indicators
        if one.is_share and one.part_of_whole
    ]
    found: dict[tuple[str, Relation, str], LiveCheck] = {}
    for title, left_terms, relation, right_terms in relations:
        left, right = (_side(expanded(terms, elements), given) for terms in (left_terms, right_terms))
        if left and right:
            found.setdefault((left.formula, relation, right.formula), LiveCheck(title, left, relation, right))
    return tuple(found.values())


def _given(layout: Layout) -> dict[CellKey, tuple[CellPlace, ...]]:
    """Which asked cells make up each number that the form gives."""
    given: dict[CellKey, tuple[CellPlace, ...]] = {cell.key: (cell,) for cell in layout.cells}
    return given | {one.key: one.cells for one in layout.derived if one.key is not None}


def _side(terms: Sequence[Term], given: Mapping[CellKey, tuple[CellPlace, ...]]) -> Side | None:
    """None where the form does not hold every term."""
    sums: list[str] = []
    cells: list[tuple[int, CellPlace]] = []
    for term in terms:
        own = _cells_of(term, given)
        if term.shift or not own or term.weight not in (1, -1):
            return None
        cells += [(int(term.weight), cell) for cell in own]
        sums.append(f"{'-' if term.weight < 0 else '+'}SUM({','.join(map(_name, own))})")
    empty = f"COUNT({','.join(_name(cell) for _, cell in cells)})=0"
    pending = ",".join(_pending([cell for _, cell in cells])) if len(cells) > 1 else ""
    return Side("=" + "".join(sums).lstrip("+"), empty, pending, tuple(cells)) if sums else None


def _cells_of(term: Term, given: Mapping[CellKey, tuple[CellPlace, ...]]) -> list[CellPlace]:
    return [
        cell
        for (element, breakdown), places in given.items()
        if element == term.element and (term.where is None or holds(term.where, dict(breakdown)))
        for cell in places
    ]


def _pending(cells: Sequence[CellPlace]) -> Iterator[str]:
    """True for a row in which a cell has no number and the row no mark."""
    places = {(cell.sheet, cell.row, cell.column): cell for cell in cells}
    for (sheet, _), group in groupby(sorted(places), key=lambda place: place[:2]):
        own = [places[place] for place in group]
        mark = f"'{sheet}'!{address(*own[0].mark)}=\"\""
        if sheet == LISTS:
            yield f'AND({_name(own[0])}="",{mark})'
        else:
            yield f"AND(COUNT({','.join(map(_name, own))})<{len(own)},{mark})"


def _name(cell: CellPlace) -> str:
    return f"'{cell.sheet}'!{address(cell.row, cell.column)}"


# ---- what the sheet shows before it is computed anew


def _known_sum(side: Side, values: Mapping[CellKey, object]) -> float | None:
    """None where no cell has a number."""
    known = [weight * float(value) for weight, cell in side.cells
             if isinstance(value := values.get(cell.key), int | float | Decimal)]  # fmt: skip
    return sum(known) if known else None


def _verdict(check: LiveCheck, sums: Sequence[float | None], values: Mapping[CellKey, object]) -> str:
    left, right = sums
    if left is None or right is None:
        return ""
    holds_true = {Relation.EQUAL: left == right, Relation.AT_LEAST: left >= right, Relation.AT_MOST: left <= right}
    if holds_true[check.relation]:
        return RIGHT
    awaited = (cell.key for side in _awaited(check) for _, cell in side.cells)
    return WRONG if all(values.get(key) is not None for key in awaited) else PENDING
