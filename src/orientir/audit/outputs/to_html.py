"""The audit as one HTML file that needs no network: the document with its marks on the left, the findings beside it.

The document is drawn again from its neutral form: what stood in it as a link or a script is only text here.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from orientir.audit.advice import by_code, title_of
from orientir.audit.document import Cell, Paragraph, Table
from orientir.audit.finding import Severity
from orientir.audit.outputs.marks import Mark, Marks
from orientir.audit.outputs.words import (
    ACKNOWLEDGED,
    GROUPS,
    ONE,
    checked,
    clean,
    one_line,
    printed_place,
    printed_table,
    summary,
    unread,
)
from orientir.audit.result import Audit

_DEEPEST = 6  # levels of headings in HTML
_OWN = 2  # of them the page's own title and parts


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell as it is drawn."""

    cell: Cell
    text: str
    is_head: bool
    marks: tuple[Mark, ...]


def to_html(audit: Audit) -> str:
    """The page; the same audit gives the same text. Without scripts all findings are shown, and nothing is lost."""
    marks = Marks(audit.report.document, audit.findings)
    script = _asset("page.js")
    return (
        _environment()
        .get_template("audit.html.j2")
        .render(
            audit=audit,
            document=audit.report.document,
            blocks=list(blocks(audit, marks)),
            groups=[
                (severity, [one for one in marks.all if one.finding.severity is severity]) for severity in Severity
            ],
            lost=marks.lost,
            rules=sorted(
                Counter(finding.rule for finding in audit.findings).items(), key=lambda told: title_of(told[0])
            ),
            style=Markup(_asset("page.css")),
            script=Markup(script),
            policy=_policy(script),
        )
    )


def blocks(audit: Audit, marks: Marks) -> Iterator[dict[str, object]]:
    """What is drawn, in its order; empty paragraphs are left out."""
    heads = {id(table.table): table.header for table in audit.report.tables}
    captions = {table.caption_place for table in audit.report.tables}
    for block in audit.report.document.blocks:
        if isinstance(block, Table):
            rows = _rows(block, heads.get(id(block), 0), marks)
            yield {"kind": "table", "rows": rows, "marks": marks.of(block)}
        elif block.text.strip() or marks.of(block):
            kind = "caption" if block.place in captions else _kind(block)
            yield {"kind": kind, "text": clean(block.text), "marks": marks.of(block), "level": _level(block)}


def _kind(paragraph: Paragraph) -> str:
    return "heading" if paragraph.heading else "item" if paragraph.is_item else "text"


def _level(paragraph: Paragraph) -> int:
    return min(paragraph.heading + _OWN, _DEEPEST)


def _rows(table: Table, header: int, marks: Marks) -> list[list[Slot]]:
    rows: list[list[Slot]] = [[] for _ in table.rows]
    header = header if header < len(rows) else 0  # a table of words that is all head has none
    for cell in table.cells():
        rows[cell.row].append(Slot(cell, clean(cell.text), cell.row < header, tuple(marks.of(cell))))
    return rows


def _policy(script: str) -> str:
    """Nothing is loaded, and only our own script runs."""
    known = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = f"script-src 'sha256-{known}'; style-src 'unsafe-inline'"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


@cache
def _asset(name: str) -> str:
    return (files("orientir.audit") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    loader = PackageLoader("orientir.audit")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals.update(GROUPS=GROUPS, ONE=ONE, ACKNOWLEDGED=ACKNOWLEDGED, title_of=title_of, advice=by_code())
    made.globals.update(place=printed_place, table_name=printed_table, summary=summary, checked=checked, unread=unread)
    made.globals.update(worst=_worst)
    made.filters.update(clean=clean, one_line=one_line)
    return made


def _worst(marks: tuple[Mark, ...]) -> str:
    """The colour of a piece with several marks."""
    found = {mark.finding.severity for mark in marks}
    return next((severity.value for severity in Severity if severity in found), "")
