"""The sheet «Проверка»: the programme's own relations between cells of the form, live, before it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from orientir.definitions.formulas import expanded
from orientir.engines.memory import holds
from orientir.model.collection import CellKey
from orientir.model.indicators import Term
from orientir.model.programme import Programme
from orientir.model.rules import Relation
from orientir.sources.forms.layout import CellPlace, Layout
from orientir.sources.forms.looks import height
from orientir.spreadsheets.sheets import address

_SIGNS = {Relation.EQUAL: "=", Relation.AT_LEAST: ">=", Relation.AT_MOST: "<="}
_READ = {Relation.EQUAL: "равно", Relation.AT_LEAST: "не меньше", Relation.AT_MOST: "не больше"}
RIGHT, WRONG = "верно", "исправьте"


Weighed = tuple[tuple[int, CellKey], ...]  # asked cells with their weights


@dataclass(frozen=True)
class LiveCheck:
    """A relation whose every term stands in the form: what it says and its two sides as formulas of the sheet."""

    title: str
    left: str
    right: str
    relation: Relation
    cells: tuple[tuple[str, ...], tuple[str, ...]]
    terms: tuple[Weighed, Weighed]


def write_checks(
    sheet: Any, formats: dict[str, Any], layout: Layout, programme: Programme, values: Mapping[CellKey, object]
) -> None:
    """One row a relation, with both sums and a verdict; what is known already is worked out for the first look."""
    for column, (width, title) in enumerate(((74, "Что должно выполняться"), (10, "Слева"), (11, ""), (10, "Справа"),
                                             (12, "Итог"))):  # fmt: skip
        sheet.set_column(column, column, width)
        sheet.write(0, column, title, formats["head"])
    for row, check in enumerate(live_checks(layout, programme), 1):
        left, right = address(row, 1), address(row, 3)
        empty = " ,".join(f"COUNT({','.join(side)})=0" for side in check.cells)
        verdict = f'=IF(OR({empty}),"",IF({left}{_SIGNS[check.relation]}{right},"{RIGHT}","{WRONG}"))'
        sheet.write(row, 0, check.title, formats["question"])
        sums = [_known_sum(side, values) for side in check.terms]
        sheet.write_formula(row, 1, f"={check.left}", formats["total"], sums[0] or 0)
        sheet.write(row, 2, _READ[check.relation], formats["source"])
        sheet.write_formula(row, 3, f"={check.right}", formats["total"], sums[1] or 0)
        sheet.write_formula(row, 4, verdict, formats["question"], _verdict(check.relation, *sums))
        sheet.set_row(row, max(15, height(check.title, 78)))
        wrong = {"type": "cell", "criteria": "==", "value": f'"{WRONG}"', "format": formats["wrong"]}
        sheet.conditional_format(row, 4, row, 4, wrong)


def live_checks(layout: Layout, programme: Programme) -> Iterator[LiveCheck]:
    """Declared relations and, for shares, the part within its whole."""
    elements = {element.id: element for element in programme.elements}
    given = _given(layout)
    relations = [(check.reason, check.left, check.relation, check.right) for check in programme.checks]
    relations += [
        (f"{one.short}: часть не больше целого.", one.numerator, Relation.AT_MOST, one.denominator)
        for one in programme.indicators
        if one.is_share and one.part_of_whole
    ]
    seen: set[tuple[str, str, Relation]] = set()
    for title, left, relation, right in relations:
        sides = [_side(expanded(terms, elements), given) for terms in (left, right)]
        if all(sides):
            (left_sum, left_cells, left_keys), (right_sum, right_cells, right_keys) = sides
            if (left_sum, right_sum, relation) not in seen:
                seen.add((left_sum, right_sum, relation))
                names, keys = (left_cells, right_cells), (left_keys, right_keys)
                yield LiveCheck(title, left_sum, right_sum, relation, names, keys)


def _given(layout: Layout) -> dict[CellKey, tuple[CellPlace, ...]]:
    """Which asked cells make up each number that the form gives."""
    given: dict[CellKey, tuple[CellPlace, ...]] = {cell.key: (cell,) for cell in layout.cells}
    return given | {one.key: one.cells for one in layout.derived if one.key is not None}


def _side(terms: Sequence[Term], given: dict[CellKey, tuple[CellPlace, ...]]) -> Any:
    """The sum of the terms as a formula and the cells in it; None where the form does not hold them all."""
    sums, cells, keys = [], [], []
    for term in terms:
        own = [
            cell
            for (element, breakdown), places in given.items()
            if element == term.element and (term.where is None or holds(term.where, dict(breakdown)))
            for cell in places
        ]
        if term.shift or not own or term.weight not in (1, -1):
            return None
        names = [f"'{cell.sheet}'!{address(cell.row, cell.column)}" for cell in own]
        cells += names
        keys += [(term.weight, cell.key) for cell in own]
        sums.append(f"{'-' if term.weight < 0 else '+'}SUM({','.join(names)})")
    return ("".join(sums).lstrip("+"), tuple(cells), tuple(keys)) if sums else None


def _known_sum(side: Weighed, values: Mapping[CellKey, object]) -> float | None:
    """The sum as the sheet would show it; None where no cell has a number."""
    known = [weight * float(value) for weight, key in side
             if isinstance(value := values.get(key), int | float | Decimal)]  # fmt: skip
    return sum(known) if known else None


def _verdict(relation: Relation, left: float | None, right: float | None) -> str:
    if left is None or right is None:
        return ""
    holds_true = {Relation.EQUAL: left == right, Relation.AT_LEAST: left >= right, Relation.AT_MOST: left <= right}
    return RIGHT if holds_true[relation] else WRONG
