"""The audit as plain text for a terminal: findings by severity, a summary, and what was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from orientir.audit.advice import title_of
from orientir.audit.finding import Finding
from orientir.audit.outputs.words import (
    ACKNOWLEDGED,
    GROUPS,
    checked,
    grouped,
    one_line,
    printed_and_expected,
    printed_place,
    summary,
    unread,
    where,
)
from orientir.audit.result import Audit

_SHOWN = 20  # of what was not understood; all of it is in the other formats
_NARROWEST = 40


def to_table(audit: Audit, width: int = 100) -> str:
    """Lines of at most `width` characters where words allow it; nothing in them drives a terminal."""
    width = max(width, _NARROWEST)
    lines: list[str] = []
    for severity, findings in grouped(audit.findings):
        lines += [f"{GROUPS[severity].upper()} ({len(findings)})", ""]
        for finding in findings:
            lines += [*_finding(finding, width), ""]
    lines += _not_understood(audit, width)
    for note in (*unread(audit), summary(audit), checked(audit)):
        lines += wrap(note, width)
    return "\n".join(lines) + "\n"


def _finding(finding: Finding, width: int) -> Iterator[str]:
    yield from _indented(f"{where(finding)}. {title_of(finding.rule)} [{finding.rule}]", 2, width)
    told = printed_and_expected(finding)
    if told:
        yield from _indented(f"{told[0].upper()}{told[1:]}.", 4, width)
    yield from _indented(finding.message, 4, width)
    if finding.evidence:
        yield from _indented(f"Основание: {'; '.join(finding.evidence)}", 4, width)
    if finding.acknowledged:
        yield from _indented(f"({ACKNOWLEDGED})", 4, width)


def _indented(text: str, indent: int, width: int) -> list[str]:
    space = " " * indent
    return wrap(
        one_line(text),
        width,
        initial_indent=space,
        subsequent_indent=space,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _not_understood(audit: Audit, width: int) -> list[str]:
    left = audit.report.not_understood
    if not left:
        return []
    lines = [f"НЕ ПОНЯТО ({len(left)})", ""]
    for place, what in left[:_SHOWN]:
        lines += _indented(f"{printed_place(place)}: {one_line(what, 300)}", 2, width)
    more = [f"  … и ещё {len(left) - _SHOWN}; все — в форматах json, html и docx"] if len(left) > _SHOWN else []
    return [*lines, *more, ""]
