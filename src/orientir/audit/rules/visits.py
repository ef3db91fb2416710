"""Visits told as persons: more «people» at open days than there were graduates to go there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Measure, Report, ReportTable
from orientir.audit.rules.told import cell_told

_OPEN_DAYS = re.compile(r"открыт\w+\s+двер", re.IGNORECASE)
_VISITS = re.compile(r"посещений|участий|визитов|человеко|числ\w+\s+посещ|колич\w+\s+посещ", re.IGNORECASE)
_COUNT = re.compile(r"^\d{1,3}(?:[ \u00a0]\d{3})+$|^\d{1,6}$")
_TOTAL = re.compile(r"^(?:всего|итого|общее)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20[0-3]\d(?!\d)")
_HIGHER = re.compile(r"вуз|университет|академи|институт|высш|\b11\b", re.IGNORECASE)


@rule("visits-not-persons")
def visits_are_not_persons(report: Report) -> Iterator[Finding]:
    """A table of open days whose sum exceeds all graduates of its years: one pupil was counted several times."""
    for table in report.tables:
        columns = _columns(table)
        text = _words(table)
        if table.kind == "events" or not columns or _VISITS.search(text):
            continue
        total = _sum(table, columns)
        graduates = _graduates(report, text)
        persons = sum(int(one.whole.number.value) for one in graduates if one.whole)
        if persons and total > persons:
            years = ", ".join(one.year.printed for one in graduates if one.year)
            message = (
                f"{table.named[:1].upper()}{table.named[1:]}: сумма по строке — {total}, а выпускников за эти годы "
                f"({years}) всего {persons}. Это посещения, а не люди: один выпускник посчитан несколько раз."
            )
            evidence = tuple(cell_told(one.whole) for one in graduates if one.whole)
            place = table.table.place
            yield Finding(
                "visits-not-persons", Severity.WARNING, place, message, table.number, None, str(total),
                f"не больше {persons}", evidence,
            )  # fmt: skip


def _words(table: ReportTable) -> str:
    cells = (cell.text for cell in table.table.cells() if not _COUNT.match(cell.text.strip()))
    return " ".join((table.caption, *cells))


def _columns(table: ReportTable) -> list[int]:
    """Columns that count visitors of open days: all where the caption or a line over the table says so."""
    rows = table.table.rows
    lines = [row[0].text for row in rows[:2] if len({cell.text for cell in row if cell.text.strip()}) == 1]
    width = len(rows[0]) if rows else 0
    if any(_OPEN_DAYS.search(text) for text in (table.caption, *lines)):
        return list(range(width))
    return [at for at in range(width) if any(_OPEN_DAYS.search(row[at].text) for row in rows[: table.header])]


def _sum(table: ReportTable, columns: Sequence[int]) -> int:
    """All counts of these columns but totals and the row «1 2 3»; where years stand in it, they are no counts."""
    found = 0
    for place, row in enumerate(table.table.rows):
        texts = [cell.text.strip() for cell in row]
        if texts == [str(number) for number in range(1, len(row) + 1)] or _TOTAL.match(texts[0]):
            continue
        for at in columns:
            cell = row[at]
            heads = [table.table.rows[above][at].text.strip() for above in range(place)]
            is_own = (cell.row, cell.column) == (place, at)
            is_bare = any(_TOTAL.match(head) or head.startswith(("№", "%")) for head in heads)
            if is_own and _COUNT.match(cell.text.strip()) and not is_bare and not _YEAR.fullmatch(cell.text.strip()):
                found += int(re.sub(r"\D", "", cell.text))
    return found


def _graduates(report: Report, text: str) -> list[Measure]:
    """The whole of each grade and year once: grade 11, and grade 9 unless the table is about universities."""
    years = {int(year) for year in _YEAR.findall(text)}
    if len(years) == 2:
        years = set(range(min(years), max(years) + 1))
    wanted = (frozenset((11,)),) if _HIGHER.search(text) else (frozenset((11,)), frozenset((9,)))
    found: dict[tuple[frozenset[int], int], Measure] = {}
    for one in report.measures:
        who = one.population
        if (
            not who
            or who.kind != "выпускник"
            or who.traits
            or who.grades not in wanted
            or not one.whole
            or not one.year
        ):
            continue
        if not years or one.year.ends in years:
            key = (who.grades, one.year.ends)
            if key not in found or _size(found[key]) < _size(one):
                found[key] = one
    has_all = all(any(grades == key[0] for key in found) for grades in wanted)
    return list(found.values()) if has_all else []


def _size(measure: Measure) -> int:
    return int(measure.whole.number.value) if measure.whole else 0
