"""The audit as a Word document: summary, findings by severity, what was not understood, advice on the rules met."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from docx import Document as new_document

from orientir.audit.advice import by_code, title_of
from orientir.audit.finding import Finding
from orientir.audit.outputs.words import (
    ACKNOWLEDGED,
    GROUPS,
    checked,
    grouped,
    one_line,
    printed_place,
    summary,
    unread,
    where,
)
from orientir.audit.result import Audit
from orientir.presentation import day
from orientir.reports.archive import repacked
from orientir.reports.document import Cell, Column, Row, Strong, Table, Text
from orientir.reports.docx.paper_looks import body, keep, line_of, room, running_head, set_page, set_type, table

_SIZE, _TABLE_SIZE = 12.0, 9.5
_SHORT = 30
_FINDINGS = (
    Column("№", width=1, align="center"),
    Column("Место", width=3.6),
    Column("Что не так", width=8.6),
    Column("Напечатано", width=2.6),
    Column("Ожидается", width=2.6),
)
_PLACES = (Column("Место", width=4), Column("Что не понято", width=14))


def to_docx(audit: Audit, on: date) -> bytes:
    """The same audit and day give the same bytes."""
    book = new_document()
    _begin(book, audit, on)
    _head(book, audit, on)
    first = 1
    for severity, findings in grouped(audit.findings):
        _heading(book, f"{GROUPS[severity]}\u00a0({len(findings)})")
        rows = [_row(number, finding) for number, finding in enumerate(findings, first)]
        _table(book, _FINDINGS, rows)
        first += len(findings)
    _not_understood(book, audit)
    _advice(book, audit)
    target = io.BytesIO()
    book.save(target)
    return repacked(target.getvalue(), on)


def _begin(book: Any, audit: Audit, on: date) -> None:
    properties = book.core_properties
    properties.title, properties.comments = f"Проверка отчёта: {_name(audit)}"[:255], ""
    properties.author = properties.last_modified_by = "Ориентир"
    properties.created = properties.modified = datetime(on.year, on.month, on.day)
    properties.language = "ru-RU"
    set_type(book, _SIZE)
    section = book.sections[0]
    set_page(section)
    section.different_first_page_header_footer = True
    running_head(section, (), numbered=True)


def _name(audit: Audit) -> str:
    return one_line(audit.report.document.name, 160)


def _head(book: Any, audit: Audit, on: date) -> None:
    title = line_of(book, ("Проверка отчёта",), size=16, bold=True)
    title.style = book.styles["Title"]
    _plain(title)
    line_of(book, (_name(audit),), bold=True, before=4)
    about = [audit.report.territory, ", ".join(year.printed for year in audit.report.years)]
    for line in (*filter(None, map(one_line, about)), f"Проверено {day(on)}"):
        line_of(book, (line,))
    told = body(book, (Strong(summary(audit)), " ", checked(audit)), indent=False, align="left")
    told.paragraph_format.space_before = _space(8)
    for note in unread(audit):
        body(book, (note,), indent=False, align="left")


def _heading(book: Any, text: str) -> None:
    """A true heading, so that Word's navigation shows it, in the type of the text."""
    line = line_of(book, (text,), size=13, bold=True, before=14)
    line.style = book.styles["Heading 1"]
    line.paragraph_format.space_after = _space(5)
    _plain(line)
    keep(line)


def _plain(line: Any) -> None:
    """Without the colour and the typeface of the template's headings."""
    from docx.shared import RGBColor

    from orientir.reports.docx.paper_looks import FONT

    for run in line.runs:
        run.font.name, run.font.color.rgb = FONT, RGBColor(0, 0, 0)


def _space(points: float) -> Any:
    from docx.shared import Pt

    return Pt(points)


def _table(book: Any, columns: tuple[Column, ...], rows: Sequence[Row]) -> None:
    table(book, Table("", "", columns, tuple(rows)), room(), _TABLE_SIZE)


def _row(number: int, finding: Finding) -> Row:
    values = ((one_line(value or "") if _is_short(value) else "–",) for value in (finding.reported, finding.expected))
    texts: list[Text] = [(str(number),), (where(finding),), _what(finding), *values]
    return Row(tuple(Cell(text) for text in texts))


def _is_short(value: str | None) -> bool:
    """Whether it fits its narrow column; a whole sentence stands in the broad one."""
    return bool(value) and len(one_line(value or "")) <= _SHORT


def _what(finding: Finding) -> Text:
    lines = [one_line(finding.message)]
    for word, value in (("Напечатано", finding.reported), ("Ожидается", finding.expected)):
        if value and not _is_short(value) and one_line(value)[:_SHORT] not in lines[0]:
            lines.append(f"{word}: {one_line(value, 200)}")
    lines += [f"Основание: {'; '.join(map(one_line, finding.evidence))}"] if finding.evidence else []
    lines += [f"({ACKNOWLEDGED})"] if finding.acknowledged else []
    return (Strong(title_of(finding.rule)), "\n" + "\n".join(lines))


def _not_understood(book: Any, audit: Audit) -> None:
    left = audit.report.not_understood
    if not left:
        return
    _heading(book, f"Не понято и потому не проверено\u00a0({len(left)})")
    _table(book, _PLACES, [Row((Cell((printed_place(at),)), Cell((one_line(what, 400),)))) for at, what in left])


def _advice(book: Any, audit: Audit) -> None:
    """Each rule that was met once, in the order in which it is met."""
    met = [finding.rule for _, findings in grouped(audit.findings) for finding in findings]
    known = [by_code()[rule] for rule in dict.fromkeys(met) if rule in by_code()]
    if not known:
        return
    _heading(book, "Что делать")
    for one in known:
        line = body(book, (Strong(f"{one.title}. "), one.action), indent=False, align="left")
        line.paragraph_format.space_after = _space(5)
