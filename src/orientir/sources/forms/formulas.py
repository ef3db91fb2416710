"""The formulas of a form, worked out once for all its workbooks: sums, and whether a number has jumped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from orientir.model.forms import AnswerKind
from orientir.model.jumps import AT_LEAST, FACTOR
from orientir.sources.forms.layout import CellPlace, Layout, RowPlace
from orientir.spreadsheets.sheets import address

NEEDS_REASON = "нужна причина"


@lru_cache(maxsize=64)
def sum_formulas(layout: Layout) -> Mapping[tuple[str, int, int], str]:
    """By sheet, row and column of the sum."""
    sums = (one for section in layout.sections for one in section.sums if one.is_shown)
    return {(one.sheet, one.row, one.column): f"=SUM({ranges(one.cells)})" for one in sums}


@lru_cache(maxsize=64)
def jump_formulas(layout: Layout) -> Mapping[tuple[str, int], str]:
    """By sheet and row: what says that a number has jumped (model/jumps.py) and nobody says why."""
    return {
        (row.cells[0].sheet, row.row): _jump_formula(row)
        for section in layout.sections
        for row in section.rows
        if row.asked.answer is AnswerKind.NUMBER
    }


def ranges(cells: Sequence[CellPlace]) -> str:
    """Cells as ranges of one row or column: «D5:N5», or one by one where they do not touch."""
    first, last = cells[0], cells[-1]
    spanned = (abs(last.row - first.row) + 1) * (abs(last.column - first.column) + 1)
    if spanned == len(cells) and (first.row == last.row or first.column == last.column):
        return f"{address(first.row, first.column)}:{address(last.row, last.column)}"
    return ",".join(address(cell.row, cell.column) for cell in cells)


def _jump_formula(row: RowPlace) -> str:
    jumped = [_jumped(address(cell.row, cell.column), address(*cell.previous)) for cell in row.cells]
    told = f"OR({','.join(jumped)})" if len(jumped) > 1 else jumped[0]
    return f'=IF(AND({address(*row.cells[0].reason)}="",{told}),"{NEEDS_REASON}","")'


def _jumped(now: str, then: str) -> str:
    numbers = f"ISNUMBER({now}),ISNUMBER({then})"
    return f"AND({numbers},ABS({now}-{then})>={AT_LEAST},MAX({now},{then})>=MIN({now},{then})*{FACTOR})"
