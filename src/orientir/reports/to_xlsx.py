"""The report as a workbook: a sheet of contents, then a sheet for every table and every figure.

The tables are live: counts are numbers, shares are formulas over them. Prose stays in the other formats.
Nothing is computed here except the cached result of a formula, which has to equal what the report prints.
"""

from __future__ import annotations

import io
from datetime import datetime, time

import xlsxwriter

from orientir.reports.archive import repacked
from orientir.reports.document import Chart, Document, Table
from orientir.reports.xlsx.charts import write_chart
from orientir.reports.xlsx.contents import write_contents
from orientir.reports.xlsx.sheets import FONT, Book
from orientir.reports.xlsx.tables import write_table

# What the report says is text, whatever it looks like: a cell that begins with «=» must not become a formula.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def to_xlsx(document: Document) -> bytes:
    """The workbook of the document; the same document gives the same bytes."""
    target = io.BytesIO()
    # The library writes into the properties it is given: a copy keeps the next workbook the same as this one.
    with xlsxwriter.Workbook(target, _OPTIONS | {"default_format_properties": dict(FONT)}) as workbook:
        workbook.set_properties(_properties(document))
        book = Book(workbook, document)
        write_contents(book)
        for block in document.blocks:
            if isinstance(block, Table):
                write_table(book, block)
            elif isinstance(block, Chart):
                write_chart(book, block)
    return repacked(target.getvalue(), document.date)


def _properties(document: Document) -> dict[str, object]:
    return {
        "title": document.title,
        "subject": f"{document.territory}, {document.period}",
        "keywords": document.checksum,
        "comments": "\n".join(document.marks),
        "created": datetime.combine(document.date, time()),
    }
