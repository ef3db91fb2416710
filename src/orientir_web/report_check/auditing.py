"""The audit in a process of its own: `python -m orientir_web.report_check.auditing REPORT FOLDER`.

Whatever a document does to its readers, the server and its worker live on: this process has bounds and may be killed.
No Django here.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from orientir.audit.advice import by_code, title_of
from orientir.audit.audit import audit_file
from orientir.audit.outputs.annotate import annotated
from orientir.audit.outputs.marks import Mark, Marks
from orientir.audit.outputs.to_docx import to_docx
from orientir.audit.outputs.to_html import Slot, blocks, to_html
from orientir.audit.outputs.to_json import to_json
from orientir.audit.outputs.words import checked, clean, one_line, printed_place, printed_table, summary, unread
from orientir.audit.result import Audit
from orientir.errors import UserError
from orientir.writing import write_file
from orientir_web.operation.ends import end_with_parent
from orientir_web.report_check.outputs import COMMENTS, DOCX, HTML, JSON, PAGE, REFUSAL

CPU_SECONDS = 300
MEMORY = 4 * 2**30  # address space: LibreOffice, which reads DOC and RTF, takes half of it at once


def main(report: Path, folder: Path) -> None:
    """Everything is written, or why the report cannot be read."""
    end_with_parent()
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        audit = audit_file(report)
    except UserError as error:
        write_file(folder / REFUSAL, "\n".join(map(str, error.faults)))
        return
    write_file(folder / HTML, to_html(audit))
    write_file(folder / JSON, to_json(audit))
    write_file(folder / DOCX, to_docx(audit, date.today()))
    if audit.report.document.format == "docx":
        with suppress(UserError):  # a report whose findings have no place in it goes back without comments
            write_file(folder / COMMENTS, annotated(report.read_bytes(), audit.findings))
    write_file(folder / PAGE, json.dumps(page_of(audit), ensure_ascii=False))


def page_of(audit: Audit) -> dict[str, Any]:
    """What the page shows: the document as it is drawn everywhere, and its findings by number."""
    marks = Marks(audit.report.document, audit.findings)
    return {
        "format": audit.report.document.format,
        "summary": summary(audit),
        "checked": checked(audit),
        "unread": unread(audit),
        "blocks": [_block(one) for one in blocks(audit, marks)],
        "lost": _numbers(marks.lost),
        "findings": [_finding(mark) for mark in marks.all],
        "not_understood": [
            f"{printed_place(place)}: {one_line(what, 400)}" for place, what in audit.report.not_understood
        ],
    }


def _block(block: dict[str, Any]) -> dict[str, Any]:
    told = {**block, "marks": _numbers(block["marks"])}
    if block["kind"] == "table":
        told["rows"] = [[_slot(slot) for slot in row] for row in block["rows"]]
    return told


def _slot(slot: Slot) -> dict[str, Any]:
    told = {"text": slot.text, "head": slot.is_head, "marks": _numbers(slot.marks)}
    return told | {"columns": slot.cell.columns, "rows": slot.cell.rows}


def _numbers(marks: Any) -> list[int]:
    return [mark.number for mark in marks]


def _finding(mark: Mark) -> dict[str, Any]:
    finding = mark.finding
    advice = by_code().get(finding.rule)
    return {
        "number": mark.number,
        "severity": finding.severity.value,
        "rule": finding.rule,
        "title": title_of(finding.rule),
        "table": printed_table(finding),
        "place": printed_place(finding.place),
        "reported": one_line(finding.reported or "", 200),
        "expected": one_line(finding.expected or "", 200),
        "message": clean(finding.message),
        "evidence": [one_line(cell) for cell in finding.evidence],
        "action": advice.action if advice else "",
        "acknowledged": finding.acknowledged,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
