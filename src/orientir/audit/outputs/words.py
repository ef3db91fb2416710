"""How findings are ordered, placed and summed up in words: the same in every output."""

from __future__ import annotations

import re
from collections.abc import Iterable

from orientir.audit.document import Place
from orientir.audit.finding import Finding, Severity
from orientir.audit.report import Role
from orientir.audit.result import Audit
from orientir.presentation import counted

NBSP = "\u00a0"
GROUPS = {Severity.ERROR: "Ошибки", Severity.WARNING: "Противоречия и пробелы", Severity.INFO: "На заметку"}
ONE = {Severity.ERROR: "ошибка", Severity.WARNING: "противоречие", Severity.INFO: "на заметку"}
ROLES = {Role.WHOLE: "всего", Role.PART: "часть", Role.SHARE: "доля"}
ACKNOWLEDGED = "отчёт говорит об этом сам"

# Control characters would drive a terminal or break a file; marks of direction would turn the words around.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Foreign text without what is not seen."""
    return _UNSEEN.sub("", text)


def one_line(text: str, limit: int = 0) -> str:
    """The same on one line; longer than `limit`, it is cut short with «…»."""
    line = re.sub(r"[ \t\n]+", " ", clean(text)).strip()
    return f"{line[: limit - 1].rstrip()}…" if 0 < limit < len(line) else line


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, then warnings, then remarks; each in the order of the document, ties always the same way."""
    return sorted(findings, key=_rank)


def _rank(finding: Finding) -> tuple[int, int, str, str, str]:
    severity = list(Severity).index(finding.severity)
    return severity, finding.place.line, finding.rule, finding.place.anchor, finding.message


def grouped(findings: Iterable[Finding]) -> list[tuple[Severity, list[Finding]]]:
    """By severity, the groups that are not empty."""
    ordered = in_order(findings)
    groups = [(severity, [one for one in ordered if one.severity is severity]) for severity in Severity]
    return [(severity, found) for severity, found in groups if found]


def printed_place(place: Place) -> str:
    """«стр. 4, строка 120»."""
    page = [f"стр.{NBSP}{place.page}"] if place.page is not None else []
    return ", ".join([*page, f"строка{NBSP}{place.line}"])


def printed_table(finding: Finding) -> str:
    """«таблица 5, 2020», «2020» or nothing."""
    table = f"таблица{NBSP}{one_line(finding.table, 60)}" if finding.table else ""
    return ", ".join(part for part in (table, one_line(finding.period or "")) if part)


def where(finding: Finding) -> str:
    """«таблица 5, 2020; стр. 4, строка 120»."""
    return "; ".join(part for part in (printed_table(finding), printed_place(finding.place)) if part)


def printed_and_expected(finding: Finding) -> str:
    """«напечатано 57, ожидается 58»; what is not known is left out."""
    told = (("напечатано", finding.reported), ("ожидается", finding.expected))
    return ", ".join(f"{word}{NBSP}{one_line(value, 200)}" for word, value in told if value)


def summary(audit: Audit) -> str:
    """«Найдено: 2 ошибки, 1 противоречие, 3 замечания.»"""
    nouns = {Severity.ERROR: "ошибка", Severity.WARNING: "противоречие", Severity.INFO: "замечание"}
    counts = [counted(len(found), nouns[severity]) for severity, found in grouped(audit.findings)]
    return f"Найдено: {', '.join(counts)}." if counts else "Замечаний нет."


def checked(audit: Audit) -> str:
    """«Проверено долей: 27, утверждений: 30, мероприятий: 32; не понято: 4.»"""
    names = (("долей", "shares"), ("утверждений", "claims"), ("мероприятий", "events"))
    counts = ", ".join(f"{word}:{NBSP}{audit.checked.get(key, 0)}" for word, key in names)
    return f"Проверено {counts}; не понято:{NBSP}{audit.checked.get('not_understood', 0)}."


def unread(audit: Audit) -> list[str]:
    """What could not be read at all: pages that are pictures, and the notes of the reader."""
    document = audit.report.document
    pages = ", ".join(map(str, document.unreadable_pages))
    scans = [f"Страницы без текста (скан), не прочитаны: {pages}."] if pages else []
    return scans + [one_line(note) for note in document.notes]
