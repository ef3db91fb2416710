"""Will it fit one page? An estimate on the safe side, from the widths of letters; nothing is laid out here.

The paper must have one page on a machine without LibreOffice too, so its length is decided before it is written; that
the estimate holds is shown by tests which lay the page out.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from orientir.reports.document import Bullets, Paragraph, Table, Text
from orientir.reports.papers.model import Caption, Paper, PaperBlock

# A4 less the margins of the paper, its title, marks, source and signature, in millimetres.
WIDTH, ROOM = 170.0, 218.0
SIZE = 11.0  # of the text, in points
TABLE_SIZE = 10.0
_POINT = 0.3528  # millimetres
_LETTER = 0.49  # the mean width of a Cyrillic letter of the typeface as a part of its size, rather more than less
_LINE = 1.17
_CELL_MARGINS = 4.0
_GAP = 1.6


def fits(paper: Paper) -> bool:
    return sum(_height(block) for block in paper.blocks) <= ROOM - _text(paper.title, WIDTH, SIZE + 1)


def _height(block: PaperBlock) -> float:
    match block:
        case Table():
            return _table(block) + _GAP
        case Bullets():
            return sum(_text(_plain(item), WIDTH - 6, SIZE) for item in block.items) + _GAP
        case Paragraph():
            return _text(_plain(block.text), WIDTH, SIZE) + _GAP
        case Caption():
            return _text(block.text, WIDTH, SIZE) + 2 * _GAP
        case _:
            raise ValueError(f"a page for a head has no {type(block).__name__}")


def _table(table: Table) -> float:
    whole = sum(column.width for column in table.leaves)
    widths = [WIDTH * column.width / whole - _CELL_MARGINS for column in table.leaves]
    head = max(_text(column.title, width, TABLE_SIZE) for column, width in zip(table.leaves, widths, strict=True))
    return head + 1 + sum(_row([_plain(cell.text) for cell in row.cells], widths) for row in table.rows)


def _row(texts: Sequence[str], widths: Sequence[float]) -> float:
    return max(_text(text, width, TABLE_SIZE) for text, width in zip(texts, widths, strict=True)) + 1


def _text(text: str, width: float, size: float) -> float:
    lines = len(wrap(text, max(1, int(width / (size * _POINT * _LETTER))))) or 1
    return lines * size * _POINT * _LINE


def _plain(text: Text) -> str:
    return "".join(part if isinstance(part, str) else getattr(part, "text", "") for part in text)
