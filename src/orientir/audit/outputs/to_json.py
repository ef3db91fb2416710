"""The audit as JSON, for programs: the document, its tables as they were understood, the findings, what was checked."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from orientir.audit.document import Cell, Place
from orientir.audit.finding import Finding
from orientir.audit.outputs.tidy import population_of, populations, unit_of
from orientir.audit.outputs.words import in_order
from orientir.audit.report import ReportTable, TidyCell, Year
from orientir.audit.result import Audit

Fields = dict[str, Any]


def to_json(audit: Audit) -> str:
    """Indented JSON; the same audit gives the same text. Characters no encoding can hold are replaced."""
    content = {
        "document": _document(audit),
        "tables": [_table(table) for table in audit.report.tables],
        "findings": [_finding(finding) for finding in in_order(audit.findings)],
        "not_understood": [_place(place) | {"what": what} for place, what in audit.report.not_understood],
        "checked": dict(audit.checked),
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "replace").decode("utf-8")


def _document(audit: Audit) -> Fields:
    document, report = audit.report.document, audit.report
    return {
        "name": document.name,
        "format": document.format,
        "pages": document.pages,
        "unreadable_pages": list(document.unreadable_pages),
        "notes": list(document.notes),
        "territory": report.territory,
        "years": [year.printed for year in report.years],
    }


def _place(place: Place) -> Fields:
    return {"line": place.line, "page": place.page}


def _table(table: ReportTable) -> Fields:
    rows, known = table.table.rows, populations(table)
    return {
        "number": table.number,
        "caption": table.caption,
        **_place(table.place),
        "kind": table.kind,
        "header": [_texts(row) for row in rows[: table.header]],
        "columns": [_path(table, column) for column in range(len(rows[0]) if rows else 0)],
        "rows": [_texts(row) for row in rows[table.header :]],
        "cells": [_cell(cell, population_of(cell, known)) for cell in table.cells],
    }


def _texts(row: tuple[Cell, ...]) -> list[str]:
    return [cell.text for cell in row]


def _path(table: ReportTable, column: int) -> list[str]:
    """The headers over a column from the top; a cell that spans several rows is named once."""
    cells = {(cell.row, cell.column): cell.text for cell in (row[column] for row in table.table.rows[: table.header])}
    return list(cells.values())


def _cell(tidy: TidyCell, population: str) -> Fields:
    return {
        "period": _label(tidy.year),
        "role": tidy.role.value if tidy.role else None,
        "population": population,
        "unit": unit_of(tidy),
        "value": _number(tidy.number.value),
        "printed": tidy.number.printed,
        "row": tidy.row_label,
        "header": list(tidy.path),
        **_place(tidy.cell.place),
    }


def _label(year: Year | None) -> str | None:
    return year.printed if year else None


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _finding(finding: Finding) -> Fields:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "table": finding.table,
        "period": finding.period,
        **_place(finding.place),
        "reported": finding.reported,
        "expected": finding.expected,
        "message": finding.message,
        "evidence": list(finding.evidence),
        "acknowledged": finding.acknowledged,
    }
