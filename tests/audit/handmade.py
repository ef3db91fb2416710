"""A small audit made by hand: a caption, a table with a wrong share, a sentence and findings of every severity."""

from __future__ import annotations

from decimal import Decimal

from orientir.audit.document import Cell, Document, Link, Paragraph, Place, Table
from orientir.audit.finding import Finding, Severity
from orientir.audit.report import Measure, Number, Population, Report, ReportTable, Role, TidyCell, Year
from orientir.audit.result import Audit

HEAD = ("Всего выпускников, чел.", "Поступили, чел.", "Поступили, %")
VALUES = ("80", "46", "57")
CAPTION = "Таблица 3. Доля поступивших"
YEAR = Year(2022, "2022")


def document() -> Document:
    head = (Cell("2022 год", 0, 0, Place(3, 1, "p2"), columns=3),) * 3
    names = tuple(Cell(text, 1, column, Place(4, 1, f"p{3 + column}")) for column, text in enumerate(HEAD))
    numbers = tuple(Cell(text, 2, column, Place(5, 1, f"p{6 + column}")) for column, text in enumerate(VALUES))
    table = Table((head, names, numbers), Place(3, 1, "p2"))
    link = Link("сайт", "https://example.org/news")
    return Document(
        "отчёт.docx",
        "docx",
        (
            Paragraph("Отчёт <b>округа</b>", Place(1, 1, "p0"), heading=1),
            Paragraph(CAPTION, Place(2, 1, "p1")),
            table,
            Paragraph("В 2022 году поступили 57 %, подробнее на сайте.", Place(6, 2, "p9"), links=(link,)),
        ),
        pages=2,
        unreadable_pages=(7,),
    )


def report() -> Report:
    text = document()
    caption = text.paragraphs[1]
    table = ReportTable("3", caption.text, caption.place, text.tables[0], header=2, kind="measures")
    roles = (Role.WHOLE, Role.PART, Role.SHARE)
    table.cells = [
        TidyCell(table, cell, Number(Decimal(cell.text), 0, cell.text, role is Role.SHARE), role, YEAR, (), "")
        for cell, role in zip(text.tables[0].rows[2], roles, strict=True)
    ]
    who = Population("выпускник", frozenset((11,)), printed="выпускники 11 классов")
    table.measures = [Measure(table, YEAR, "", *table.cells, who)]
    left = [(Place(6, 2, "p9"), "не ясно, о каком показателе речь")]
    return Report(text, [table], years=[YEAR], territory="Лесной округ", not_understood=left)


def findings() -> tuple[Finding, ...]:
    """Out of order on purpose."""
    return (
        Finding("text-defect", Severity.INFO, Place(6, 2, "p9"), "Лишняя запятая.", acknowledged=True),
        Finding(
            "share-truncated",
            Severity.WARNING,
            Place(5, 1, "p8"),
            "46 / 80 = 57,5 %, по правилам округления 58 %.",
            "3",
            "2022",
            "57",
            "58 %",
            ("таблица 3, 2022, «Поступили, чел.»: 46",),
        ),
        Finding("table-number-gap", Severity.WARNING, Place(2, 1, "p1"), "Таблиц 1 и 2 нет.", "3"),
        Finding("share-wrong", Severity.ERROR, Place(6, 2, "p9"), "Доля не та.", None, "2022", "57 %", "58 %"),
    )


def audit(found: tuple[Finding, ...] | None = None) -> Audit:
    checked = {"shares": 1, "claims": 2, "events": 0, "not_understood": 1}
    return Audit(report(), findings() if found is None else found, checked)
