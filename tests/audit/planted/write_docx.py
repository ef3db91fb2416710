"""DOCX by python-docx: merged cells, links behind words; with styles of headings and lists, or bare of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from audit.planted.model import Block, Cell, Grid, Heading, Item

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def write(blocks: Sequence[Block], path: Path, bare: bool = False) -> None:
    """`bare`: headings are bold paragraphs and items begin with a dash, as many authors write."""
    from docx import Document

    document = Document()
    for block in blocks:
        if isinstance(block, Grid):
            _table(document, block)
        elif bare:
            _bare(document, block)
        elif isinstance(block, Heading):
            document.add_heading(block.text, block.level)
        else:
            document.add_paragraph(block.text, style="List Bullet" if isinstance(block, Item) else None)
    document.save(str(path))


def _bare(document: Any, block: Block) -> None:
    assert not isinstance(block, Grid)
    run = document.add_paragraph().add_run(("- " if isinstance(block, Item) else "") + block.text)
    run.bold = isinstance(block, Heading)


def _table(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=len(grid.rows), cols=grid.width)
    table.style = "Table Grid"
    cells = table._cells
    width = grid.width
    covered: set[tuple[int, int]] = set()
    for number, row in enumerate(grid.rows):
        column = 0
        for cell in row:
            while (number, column) in covered:
                column += 1
            covered |= {(number + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            place = cells[number * width + column]
            if cell.rows * cell.columns > 1:
                place = place.merge(cells[(number + cell.rows - 1) * width + column + cell.columns - 1])
            _fill(document, place, cell)


def _fill(document: Any, place: Any, cell: Cell) -> None:
    if not cell.link:
        place.paragraphs[0].add_run(cell.text)
        return
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), document.part.relate_to(cell.link, HYPERLINK, is_external=True))
    run = place.paragraphs[0].add_run(cell.text)
    link.append(run._r)
    place.paragraphs[0]._p.append(link)
