"""PDF: the document printed by typst as tagged, accessible pages (PDF/UA-1).

Here the document becomes data for the template; how it looks is written in `templates/report.typ`.
"""

from __future__ import annotations

import json
from calendar import timegm
from collections.abc import Iterable
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from orientir.presentation import day_in_words
from orientir.reports import charts
from orientir.reports.columns import TWIPS_PER_POINT, layout, of_figures, stays_together
from orientir.reports.document import (
    TONES,
    Block,
    Bullets,
    Chart,
    Document,
    Heading,
    Inline,
    Link,
    Num,
    Numbering,
    Paragraph,
    Ref,
    Row,
    Strong,
    Table,
    Text,
    header_grid,
    numbering,
)
from orientir.reports.merging import row_spans
from orientir.reports.ties import tied

Data = dict[str, Any]

# The width of the text of a page in points, upright and on its side: A4 less the margins of the template.
ROOM = {False: 473.4, True: 720.0}
# Libertinus, bold in the header, is so much broader than Times.
BREADTH = 1.1

# A row is kept on one page unless one of its cells is so long that a page might not hold it.
TALL_CELL = 900
# Words that may go with their heading to the landscape page of the table they lead to.
SHORT_LEAD = 800


def to_pdf(document: Document) -> bytes:
    """The report as a PDF file. The same document always gives the same bytes."""
    import typst

    template = files("orientir.reports").joinpath("templates/report.typ").read_bytes()
    return typst.compile(
        template,
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(_report(document), ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=timegm(document.date.timetuple()),
    )


def _report(document: Document) -> Data:
    numbers = numbering(document)
    runs = [
        {"landscape": landscape, "blocks": [_block(block, numbers, ROOM[landscape]) for block in run]}
        for landscape, run in _runs(document.blocks)
    ]
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "title_page": {"title": tied(document.title), "subtitle": tied(document.subtitle)},
        "territory": document.territory,
        "period": document.period,
        "date": day_in_words(document.date),
        "language": document.language,
        "marks": document.marks,
        "passport": document.passport,
        "checksum": document.checksum,
        "runs": runs,
    }


# ---- which pages lie on their side


def _runs(blocks: Iterable[Block]) -> list[tuple[bool, list[Block]]]:
    """The blocks in runs of upright and landscape pages.

    A landscape table takes its heading and a short lead with it, so that they are not left alone on a page.
    """
    runs: list[tuple[bool, list[Block]]] = [(False, [])]
    for block in blocks:
        landscape, run = runs[-1]
        wide = isinstance(block, Table) and block.landscape
        stays = landscape and isinstance(block, Paragraph) and block.style == "note"
        if wide and not landscape:
            start = _lead(run)
            runs.append((True, [*run[start:], block]))
            del run[start:]
        elif landscape and not (wide or stays):
            runs.append((False, [block]))
        else:
            run.append(block)
    return [(landscape, run) for landscape, run in runs if run]


def _lead(run: list[Block]) -> int:
    """Where the heading of the table that follows begins: its place in the run, or the end of the run."""
    start = len(run)
    letters = 0
    while start and isinstance(block := run[start - 1], Paragraph):
        letters += _letters(block.text)
        start -= 1
    first = start
    while first and isinstance(run[first - 1], Heading):
        first -= 1
    return first if first < start and letters <= SHORT_LEAD else len(run)


def _letters(text: Text) -> int:
    return sum(len(part if isinstance(part, str) else part.text) for part in text if not isinstance(part, Ref))


# ---- blocks as data


def _block(block: Block, numbers: Numbering, room: float) -> Data:
    match block:
        case Heading():
            number = numbers.numbers.get(block.key, "")
            return {"kind": "heading", "level": block.level, "text": block.text, "key": block.key, "number": number}
        case Paragraph():
            return {"kind": "paragraph", "style": block.style, "text": _inline(block.text, numbers)}
        case Bullets():
            return {"kind": "steps" if block.ordered else "bullets", "items": _texts(block.items, numbers)}
        case Table():
            return _table(block, numbers, room)
        case Chart():
            return _numbered(block, numbers) | {"kind": "chart", "alt": block.alt, "svg": charts.svg(block)}


def _table(table: Table, numbers: Numbering, room: float) -> Data:
    form = layout(table, numbers, int(room * TWIPS_PER_POINT), BREADTH)
    return _numbered(table, numbers) | {
        "kind": "table",
        "header": [[asdict(cell) for cell in row] for row in header_grid(table.columns)],
        "widths": form.widths,
        "aligns": [leaf.align for leaf in table.leaves],
        "size": form.size,
        "of_figures": of_figures(table),
        "together": stays_together(table, numbers),
        "numbered_columns": table.numbered_columns,
        "rows": [_row(row, spans, numbers) for row, spans in zip(table.rows, row_spans(table), strict=True)],
        "note": _inline(table.note, numbers),
    }


def _row(row: Row, spans: tuple[int, ...], numbers: Numbering) -> Data:
    tall = any(_letters(cell.text) > TALL_CELL for cell in row.cells)
    cells = _texts([cell.text for cell in row.cells], numbers)
    tones = [TONES[cell.tone] for cell in row.cells]
    return {"kind": row.kind, "tall": tall, "cells": cells, "spans": spans, "tones": tones}


def _numbered(block: Table | Chart, numbers: Numbering) -> Data:
    return {"key": block.key, "number": numbers.numbers[block.key], "caption": block.caption}


def _texts(texts: Iterable[Text], numbers: Numbering) -> list[list[Data]]:
    return [_inline(text, numbers) for text in texts]


def _inline(text: Text, numbers: Numbering) -> list[Data]:
    return [_part(part, numbers) for part in text]


def _part(part: Inline, numbers: Numbering) -> Data:
    match part:
        case Ref():
            return {"kind": "ref", "key": part.key, "text": numbers.printed(part)}
        case Link():
            return {"kind": "link", "url": part.url, "text": part.text}
        case Strong():
            return {"kind": "strong", "text": part.text}
        case Num():
            return {"kind": "text", "text": part.text}
        case _:
            return {"kind": "text", "text": part}
