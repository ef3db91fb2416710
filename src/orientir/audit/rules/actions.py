"""Measures and decisions: who does them and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orientir.audit.document import Place
from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Report, ReportTable, Section
from orientir.audit.rules.parts_of_report import column_titles, tables_in
from orientir.audit.understanding.wording import folded, plain

_BODY = (
    r"(?:управлени|отдел|директор|руководител|методист|методическ|школ|комитет|центр|администраци|специалист|"
    r"координатор|педагог|заместител|классн\w+ руководител|общеобразовательн\w+ организаци|"
    r"муниципальн\w+ (?:метод|координатор)|оо\b)"
)
_OWNER = re.compile(
    rf"ответственн\w+\s*[:–—(-]|исполнител\w*|\bотв\.|[(–—:-]\s*(?:\w+ )?{_BODY}|^{_BODY}"
    r"|ответственн\w+ (?:явля|назначен)"
)
_DATE = re.compile(
    r"(?:19|20)\d\d|\d{1,2}\.\d{1,2}|\b(?:январ|феврал|март|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр)|\bма[йя]\b|"
    r"квартал|полугод|ежегодн|ежемесячн|ежекварт|еженедел|постоянно|в течение|до конца|до начала|\bсроки?\b",
)
_OWNER_COLUMN = re.compile(r"ответствен|исполнител|кто ")
_DATE_COLUMN = re.compile(r"срок|дата|период|когда|время")
_WHAT_COLUMN = re.compile(r"мер[аы]|мероприяти|решени|содержани|действи|наименовани|поручени|что ")
_REGISTER = re.compile(r"ссылк|участник|охват|подтвержд")  # columns of what has been held
_UNOWNED = re.compile(r"не (?:указан|назван|определен|определён)\w*.*(?:ответственн|срок|исполнител)", re.I)


@dataclass(frozen=True, slots=True)
class _Action:
    text: str
    place: Place
    has_owner: bool
    has_date: bool
    table: str | None = None


@rule("action-without-owner-or-date")
def action_without_owner_or_date(report: Report) -> Iterator[Finding]:
    """A measure or decision that names neither, or lacks the one that at least half of its part have."""
    for part in (*report.sections_of("measures"), *report.sections_of("decisions")):
        actions = [*_listed(part), *(one for table in tables_in(report, part) for one in _in_table(table))]
        said = any(_UNOWNED.search(line.text) for line in part.paragraphs)
        yield from _judged(part, actions, said)


def _judged(part: Section, actions: Sequence[_Action], said: bool) -> Iterator[Finding]:
    if len(actions) > 1 and not any(one.has_owner or one.has_date for one in actions):
        message = f"Ни у одного пункта ({len(actions)}) части «{plain(part.title)[:80]}» нет ни исполнителя, ни срока."
        yield _finding(part.place, message, said)
        return
    owned = sum(one.has_owner for one in actions) * 2 >= len(actions)
    dated = sum(one.has_date for one in actions) * 2 >= len(actions)
    for one in actions:
        lacks = [
            word
            for word, missing in (("исполнитель", owned and not one.has_owner), ("срок", dated and not one.has_date))
            if missing
        ]
        if not one.has_owner and not one.has_date:
            lacks = ["исполнитель", "срок"]
        if lacks:
            verb = "Не названы ни исполнитель, ни" if len(lacks) > 1 else "Не назван"
            yield _finding(one.place, f"{verb} {lacks[-1]}: «{one.text[:160].rstrip(' ;.')}».", said, one.table)


def _listed(part: Section) -> Iterator[_Action]:
    for item in part.items:
        line = folded(item.text)
        if not line.endswith(":"):
            yield _Action(plain(item.text), item.place, bool(_OWNER.search(line)), bool(_DATE.search(line)))


def _in_table(table: ReportTable) -> Iterator[_Action]:
    """Rows of a table that has a column of what is done; who and when stand in columns of their own or in the text."""
    titles = column_titles(table.table)
    what = next((at for at, title in enumerate(titles) if _WHAT_COLUMN.search(title)), None)
    if what is None or table.cells or any(_REGISTER.search(title) for title in titles):
        return
    for row in table.table.rows[1:]:
        if len(set(row)) > 1 and len(plain(row[what].text)) > 3:
            owner = any(_is_filled(row[at].text) for at, title in enumerate(titles) if _OWNER_COLUMN.search(title))
            date = any(_is_filled(row[at].text) for at, title in enumerate(titles) if _DATE_COLUMN.search(title))
            line = folded(row[what].text)
            has = (owner or bool(_OWNER.search(line)), date or bool(_DATE.search(line)))
            yield _Action(plain(row[what].text), row[what].place, *has, table.number)


def _is_filled(text: str) -> bool:
    return bool(re.search(r"\w", text))


def _finding(place: Place, message: str, is_said: bool, table: str | None = None) -> Finding:
    severity = Severity.INFO if is_said else Severity.WARNING
    return Finding("action-without-owner-or-date", severity, place, message, table, acknowledged=is_said)
