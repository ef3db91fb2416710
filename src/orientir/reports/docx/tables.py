"""Numbered tables: caption above, header with spans on every page, rows that do not break, note below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, zip_longest

from orientir.reports.columns import layout, stays_together
from orientir.reports.document import TONES, Cell, HeaderCell, Row, Table, header_grid
from orientir.reports.docx.markup import (
    BOLD,
    field,
    paragraph,
    run,
    table_cell,
    table_grid,
    table_properties,
    table_row,
)
from orientir.reports.docx.story import Story
from orientir.reports.merging import row_spans

_HEADER_ROW = "<w:cantSplit/><w:tblHeader/>"
_BODY_ROW = "<w:cantSplit/>"
_SHADES = {"header": "E7ECF2", "group": "F3F5F8", "total": "F3F5F8", "body": ""}


def table(story: Story, block: Table, room: int) -> str:
    """`room` is the width of the text on the sheet, in twips."""
    return _Printing(story, block, room).markup()


class _Printing:
    """One table with its columns measured."""

    def __init__(self, story: Story, block: Table, room: int) -> None:
        form = layout(block, story.numbers, room)
        self.story, self.block, self.room = story, block, room
        self.number = story.numbers.numbers[block.key]
        self.widths = form.widths
        self.style = f"TableText{form.size}"
        # The left edge is where the style puts the text, so it is not said again in every cell.
        self.aligns = ["" if column.align == "left" else column.align for column in block.leaves]

    def markup(self) -> str:
        rows = "".join((*self._header(), *self._body()))
        note = self.story.inline(self.block.note)
        end = paragraph("Note", note) if note else paragraph("TableEnd")
        return f"{self._caption()}<w:tbl>{self._properties()}{table_grid(self.widths)}{rows}</w:tbl>{end}"

    def _caption(self) -> str:
        number = self.story.marked(self.block.key, field(r"SEQ Таблица \* ARABIC", self.number))
        content = run("Таблица\u00a0") + number + run(f" – {self.block.caption}")
        return paragraph("Caption", content, keep_next=True)

    def _properties(self) -> str:
        caption = f"Таблица {self.number} – {self.block.caption}"
        titles = "Столбцы: " + "; ".join(column.title for column in self.block.leaves)
        return table_properties(self.room, header=True, caption=caption, description=titles)

    # ---- header

    def _header(self) -> Iterator[str]:
        for level in _levels(header_grid(self.block.columns)):
            yield table_row(_HEADER_ROW, "".join(self._header_cell(cell, first) for cell, first in level))
        if self.block.numbered_columns:
            yield table_row(_HEADER_ROW, "".join(map(self._column_number, self.widths, count(1))))

    def _column_number(self, width: int, number: int) -> str:
        return table_cell(width, paragraph(self.style, run(str(number)), keep_next=True, align="center"))

    def _header_cell(self, cell: HeaderCell, first: bool) -> str:
        width = sum(self.widths[cell.column : cell.column + cell.colspan])
        merge = ("restart" if first else "continue") if cell.rowspan > 1 else ""
        text = run(cell.text) if first else ""
        content = paragraph(self.style, text, keep_next=True, align=cell.align)
        return table_cell(width, content, span=cell.colspan, merge=merge, shade=_SHADES["header"], middle=True)

    # ---- rows

    def _body(self) -> Iterator[str]:
        rows = self.block.rows
        short = stays_together(self.block, self.story.numbers)
        for row, following, spans in zip_longest(rows, rows[1:], row_spans(self.block)):
            together = following is not None and (short or row.kind == "group" or following.kind == "total")
            cells = self._group(row, together) if row.kind == "group" else self._cells(row, spans, together)
            yield table_row(_BODY_ROW, cells)

    def _group(self, row: Row, together: bool) -> str:
        content = self._content(row.cells[0], "", together, BOLD)
        return table_cell(sum(self.widths), content, span=len(self.widths), shade=_SHADES[row.kind])

    def _cells(self, row: Row, spans: Sequence[int], together: bool) -> str:
        properties = BOLD if row.kind == "total" else ""
        shade = _SHADES[row.kind]
        return "".join(
            table_cell(
                width,
                self._content(cell if span else Cell(), align, together, properties),
                merge="" if span == 1 else "restart" if span else "continue",
                shade=TONES[cell.tone] or shade,
            )
            for cell, span, width, align in zip(row.cells, spans, self.widths, self.aligns, strict=True)
        )

    def _content(self, cell: Cell, align: str, together: bool, properties: str) -> str:
        return paragraph(self.style, self.story.inline(cell.text, properties), keep_next=together, align=align)


def _levels(grid: list[list[HeaderCell]]) -> Iterator[list[tuple[HeaderCell, bool]]]:
    """The header row by row: every cell that covers a part of the row, and whether it begins there."""
    for level in range(len(grid)):
        covering = (
            (cell, start == level)
            for start, cells in enumerate(grid[: level + 1])
            for cell in cells
            if start + cell.rowspan > level
        )
        yield sorted(covering, key=lambda pair: pair[0].column)
