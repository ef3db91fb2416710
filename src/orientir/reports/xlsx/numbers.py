"""Numbers in cells: how a spreadsheet shows them as the report prints them, and how a share follows from its counts."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from xlsxwriter.utility import xl_rowcol_to_cell

from orientir.reports.document import Cell, Row

_POINTS = "п.\u00a0п."


def number_format(cell: Cell, text: str) -> str:
    """Per cent, points, sign and grouping as in the printed text; the decimal comma comes with the user's language."""
    grouped = "#,##0" if re.search(r"\d\s\d", text) else "0"
    shown = grouped + ("." + "0" * cell.decimals if cell.decimals else "")
    if _POINTS in text:
        shown += f'"\u00a0{_POINTS}"'
    elif cell.percent:
        shown += '"\u00a0"%'
    return f'+{shown};"−"{shown};{shown}' if text[:1] in {"+", "−"} else shown


def stored(value: Decimal, cell: Cell, text: str) -> int | float:
    """The number as a spreadsheet keeps it; differences of shares are kept in points, which no format can show."""
    kept = value * 100 if cell.percent and _POINTS in text else value
    return int(kept) if kept == kept.to_integral_value() else float(kept)


def quotient(cell: Cell, row: Row, line: int) -> tuple[str, float] | None:
    """The formula of a share over the cells of its line, and its result; None where the row lacks one of the counts.

    Raises ValueError where the counts do not give the share that the report prints.
    """
    if cell.ratio is None or cell.value is None:
        return None
    part, whole = (row.cells[index].value for index in cell.ratio)
    if part is None or whole is None:
        return None
    digits = cell.decimals + 2 * cell.percent
    result = _rounded(cell.value, digits)
    if not whole or _rounded(part / whole, digits) != result:
        raise ValueError(f"the counts {part} and {whole} do not give the share {cell.value}")
    numerator, denominator = (xl_rowcol_to_cell(line, index) for index in cell.ratio)
    return f'=IF({denominator}=0,"",ROUND({numerator}/{denominator},{digits}))', float(result)


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
