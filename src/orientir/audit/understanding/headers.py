"""Head and body of a table: head rows, leading columns of words, and what the head says of each column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from orientir.audit.document import Cell, Table
from orientir.audit.report import ReportTable
from orientir.audit.understanding.numbers import cell_numbers
from orientir.audit.understanding.periods import is_year_label

_ORDINAL_HEAD = re.compile(r"^\s*(?:№|N)\s*(?:п\s*/?\s*п\.?)?\s*$", re.IGNORECASE)
_COUNTED = re.compile(
    r"колич|кол-во|числ|всего|\bчел|обучающ|выпускник|школьник|учащ|ученик|родител", re.IGNORECASE
)  # 2 034 under such a head is no year
_EMPTY = frozenset(("", "-", "–", "—", ".", "…", "н/д", "x", "х"))


def understand_head(table: ReportTable) -> int:
    """Sets head rows and stub columns; the first row of the body, behind the row «1 2 3» where there is one."""
    grid = table.table
    ordinals = _ordinal_row(grid)
    if ordinals is not None:
        table.header, body = ordinals, ordinals + 1
    else:
        table.header = body = _first_numeric_row(grid)
    table.stub = _stub(grid, body, table.header)
    return body


def _ordinal_row(table: Table) -> int | None:
    """The row of column numbers: the best anchor in Russian reports."""
    for number, row in enumerate(table.rows[:12]):
        texts = [cell.text.strip().rstrip(".") for cell in _distinct(row)]
        if len(texts) > 2 and texts == [str(place) for place in range(1, len(texts) + 1)]:
            return number
    return None


def _distinct(row: Sequence[Cell]) -> list[Cell]:
    return [cell for place, cell in enumerate(row) if place == 0 or row[place - 1] is not cell]


def _first_numeric_row(table: Table) -> int:
    """The first row that holds numbers beside years; a row of years is a head, and under another one of counts."""
    for number, row in enumerate(table.rows):
        cells = _distinct(row)
        filled = [cell for cell in cells if cell.text.strip() not in _EMPTY]
        rest = filled[1:] if len(cells) > 1 else filled
        if len(filled) > 1 and all(is_year_label(cell.text) for cell in filled):
            continue
        if any(cell_numbers(cell.text) and not _is_year(table, cell, number) for cell in rest):
            return number
        if len(filled) == 1 and len(cells) == 1 and cell_numbers(filled[0].text) and not is_year_label(filled[0].text):
            return number
        if len(cells) > 2 and filled and all(cell_numbers(cell.text) for cell in filled):
            return number
    return len(table.rows)


def _is_year(table: Table, cell: Cell, number: int) -> bool:
    above = (row[cell.column].text for row in table.rows[:number])
    return is_year_label(cell.text) and not any(is_year_label(text) for text in above)


def _stub(table: Table, body: int, header: int) -> int:
    """Leading columns in which most cells of the body are words, years or ordinals; a title over all names none."""
    rows = table.rows[body:]
    rows_above = [row for row in table.rows[:header] if sum(bool(cell.text.strip()) for cell in _distinct(row)) > 1]
    width = len(table.rows[0]) if table.rows else 0
    for column in range(width):
        cells = [row[column] for row in rows if row[column].text.strip() not in _EMPTY]
        counted = any(_COUNTED.search(row[column].text) for row in rows_above)
        words = sum(not cell_numbers(cell.text) or (is_year_label(cell.text) and not counted) for cell in cells)
        named_ordinal = any(_ORDINAL_HEAD.match(row[column].text) for row in rows_above)
        if not named_ordinal and (not cells or words * 2 <= len(cells)):
            return column
    return width


def head_path(table: ReportTable, column: int) -> tuple[str, ...]:
    """What stands above a column, from the top; each cell once, and texts torn over several rows one by one."""
    path: list[Cell] = []
    for row in table.table.rows[: table.header]:
        cell = row[column] if row[column].text.strip() else _group(row[table.stub : column])
        if cell and cell.text.strip() and cell not in path:
            path.append(cell)
    return tuple(" ".join(cell.text.split("\n")) for cell in path)


def _group(before: Sequence[Cell]) -> Cell | None:
    """Over the first of its columns alone stands a year where cells were not merged."""
    nearest = next((cell for cell in reversed(before) if cell.text.strip()), None)
    return nearest if nearest and is_year_label(nearest.text) else None


def row_label(table: ReportTable, row: Sequence[Cell]) -> str:
    """The words of the leading columns, without ordinals."""
    parts = [" ".join(cell.text.split()) for cell in _distinct(row[: table.stub])]
    return "; ".join(part for part in parts if part and not re.fullmatch(r"\d{1,3}\.?", part))


def is_empty(text: str) -> bool:
    return text.strip() in _EMPTY
