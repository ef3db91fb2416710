"""Sources: those declared against those analysed, and whether a table says where its figures come from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from orientir.audit.document import Paragraph
from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Report, ReportTable, Section
from orientir.audit.rules.parts_of_report import around, column_titles, measuring_tables
from orientir.audit.understanding.wording import folded, grades, pairs, plain, telling

_ANALYSED = re.compile(r"анализир|проанализ|использовал|были использован|изуч[еа]|обработ|привлек|фактически")
_SOURCE = re.compile(
    r"источник|по данным(?! табл)|по сведениям|на основании (?:данных|сведений)|согласно данным|составлено (?:по|на)|"
    r"рассчитано по|форм[аеы] (?:федерального |статистического )*(?:№\s*)?(?:оо|од|фсн|статистич|наблюд)|"
    r"данные (?!табл)[а-яё]{2,}"
)
_CODE = re.compile(r"\b(?:[А-ЯA-Z]{1,4}-\d+|\d+-[А-ЯA-Z]{1,4}|[А-ЯЁA-Z]{2,}(?: [А-ЯЁA-Z]{2,})+|[А-ЯЁA-Z]{4,})\b")
_ALIKE = 0.45
_OWN_WORDS = 0.66


@rule("source-not-used")
def source_not_used(report: Report) -> Iterator[Finding]:
    """A declared source that the list of analysed sources lacks; without such a list, one that no table names."""
    parts = report.sections_of("sources")
    named = _items([part for part in parts if not _is_analysed(part)])
    used = _items([part for part in parts if _is_analysed(part)])
    where = "среди проанализированных его нет" if used else "ни одна таблица и ни одно предложение на него не ссылается"
    used = used or _cited(report)
    joined = pairs([telling(one.text) for one in named], [telling(one.text) for one in used], _ALIKE)
    for at, source in enumerate(named if used else []):
        if at not in joined and not _is_within(named, at, used):
            message = f"Источник объявлен, но {where}: «{plain(source.text)[:160].rstrip(' .;')}»."
            yield Finding("source-not-used", Severity.WARNING, source.place, message, reported=plain(source.text))


def _cited(report: Report) -> list[Paragraph]:
    """Sources that notes under tables, columns «Источник» and sentences name, where most tables have such a note."""
    lines = [one for one in report.document.paragraphs if re.match(r"\s*источник", one.text, re.I) and ":" in one.text]
    notes = [Paragraph(one.text.partition(":")[2], one.place) for one in lines if one.text.partition(":")[2].strip()]
    if len(notes) < 2 or 2 * len(notes) < len([one for one in report.tables if one.kind == "measures"]):
        return []
    columns = [(table, at) for table in report.document.tables for at, title in enumerate(column_titles(table))
               if title.startswith("источник")]  # fmt: skip
    cells = [Paragraph(row[at].text, row[at].place) for table, at in columns for row in table.rows[1:]]
    declared = {one.place.line for part in report.sections_of("sources") for one in part.items}
    told = [
        one
        for one in report.document.paragraphs
        if one.place.line not in declared and re.search(r"по данным|сведени|согласно|справк", one.text, re.I)
    ]
    return [*notes, *cells, *told]


def _is_analysed(section: Section) -> bool:
    return bool(_ANALYSED.search(folded(section.title)))


def _items(parts: Sequence[Section]) -> list[Paragraph]:
    return [item for part in parts for item in part.items]


def _is_within(named: Sequence[Paragraph], at: int, used: Sequence[Paragraph]) -> bool:
    """Two sources may be analysed in one line: then the words that only this source has stand there."""
    others = frozenset(word for other, one in enumerate(named) if other != at for word in telling(one.text))
    own = telling(named[at].text) - others
    codes = _codes(named[at].text)
    if codes and any(codes & _codes(one.text) for one in used):
        return True
    return bool(own) and any(len(own & telling(one.text)) >= _OWN_WORDS * len(own) for one in used)


def _codes(text: str) -> frozenset[str]:
    """Names of forms («ОО-1», «1-ДО») and of systems («РИС ГИА»); a short word alone («ОО») names no source."""
    return frozenset(_CODE.findall(text))


@rule("table-without-source")
def table_without_source(report: Report) -> Iterator[Finding]:
    """No source in the caption, in the table or in the lines next to it. Where none has one, that is said once."""
    tables = [one for one in measuring_tables(report) if one.cells]
    bare = [series for series in _series(tables) if not any(_names_source(report, one) for one in series)]
    if bare and sum(map(len, bare)) == len(tables):
        listed = bool(report.sections_of("sources"))
        how = "Источники перечислены в начале отчёта, но у таблиц" if listed else "У таблиц отчёта"
        message = f"{how} не сказано, откуда взяты числа: таблиц — {len(tables)}, ни у одной нет источника."
        yield _unsourced(bare[0][0], message, None)
        return
    for series in bare:
        table = series[-1]
        yield _unsourced(table, f"Не сказано, откуда взяты числа: {table.named} не называет источника.", table.number)


def _series(tables: Sequence[ReportTable]) -> list[list[ReportTable]]:
    """Tables of one indicator, one a year, share the source under the last of them."""
    found: list[list[ReportTable]] = []
    for table in tables:
        topic = (telling(table.caption), grades(table.caption))
        if found and topic[0] and topic == (telling(found[-1][-1].caption), grades(found[-1][-1].caption)):
            found[-1].append(table)
        else:
            found.append([table])
    return found


def _unsourced(table: ReportTable, message: str, number: str | None) -> Finding:
    return Finding("table-without-source", Severity.WARNING, table.place, message, number)


def _names_source(report: Report, table: ReportTable) -> bool:
    """A note may also be the last row of the table."""
    cells = [cell.text for row in (*table.table.rows[:1], *table.table.rows[-1:]) for cell in row]
    near = [line.text for line in around(report, table)]
    return any(_SOURCE.search(text.lower()) for text in (table.caption, *cells, *near))
