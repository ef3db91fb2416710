"""Lists of indicators against what the report measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from orientir.audit.document import Document, Paragraph
from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Measure, Report, ReportTable, Role, TidyCell
from orientir.audit.rules.declared import (
    MEASURED,
    Fitting,
    Indicator,
    Unit,
    all_declared,
    declared,
    units,
    units_of_tables,
)
from orientir.audit.rules.parts_of_report import is_data, measuring_tables
from orientir.audit.understanding.parts import is_passing
from orientir.audit.understanding.periods import is_year_label
from orientir.audit.understanding.wording import bases, grades, pairs, plain, sentences, telling

_UNMEASURED = re.compile(
    r"\bне (?:измер|собира|рассчит|вычисл|оценива|учитыва|определ|предостав|представл)\w*|"
    r"(?:данны|сведени)\w* (?:\w+ )?(?:нет|отсутств\w*)|нет (?:данных|сведений)|отсутств\w* (?:данны|сведени)\w*"
)
_GENERIC = frozenset(
    "основной результат итог мониторинг динамика сводный территория муниципальный округ район происхождение "
    "число".split()
)
_ALIKE = 0.55
_UNDECLARED = 0.5


@rule("indicator-not-measured")
def indicator_not_measured(report: Report) -> Iterator[Finding]:
    """Declared, but no table, row or sentence with a number speaks of it."""
    indicators = declared(report) or declared(report, "monitored")
    fitting = Fitting(indicators)
    carriers = units(report)
    if not indicators or not carriers:
        return
    measured = fitting.measured(carriers)
    admitted = _admissions(report.document)
    for at, indicator in enumerate(indicators):
        if at not in measured:
            yield _not_measured(indicator, _admitting(admitted, indicator))


def _not_measured(indicator: Indicator, said: str) -> Finding:
    """Where the report says so itself, that is no news."""
    named = _short(indicator.text)
    message = f"Показатель объявлен, но не измерен: «{named}». Ни таблицы, ни предложения с числом о нём нет."
    return Finding(
        "indicator-not-measured",
        Severity.INFO if said else Severity.WARNING,
        indicator.place,
        message,
        reported=indicator.text,
        evidence=(said,) if said else (),
        acknowledged=bool(said),
    )


def _admitting(admitted: Sequence[str], indicator: Indicator) -> str:
    """The sentence or the row of a table by which the report says that this indicator was not measured."""
    own = telling(indicator.text)
    return next((text for text in admitted if len(own & telling(text)) >= MEASURED * len(own)), "")


def _admissions(document: Document) -> list[str]:
    said = [sentence for line in document.paragraphs for sentence in sentences(line.text)]
    rows = [
        " ".join(dict.fromkeys(plain(cell.text) for cell in row)) for table in document.tables for row in table.rows
    ]
    return [text for text in (*said, *rows) if len(text) < 1000 and _UNMEASURED.search(text.lower())]


@rule("indicator-lists-differ")
def indicator_lists_differ(report: Report) -> Iterator[Finding]:
    """Two lists of one report: an item that stands in one of them only, or names other grades in the other."""
    ours, theirs = declared(report), declared(report, "monitored")
    if len(ours) < 2 or len(theirs) < 2:
        return
    joined = pairs([_whole(one) for one in ours], [_whole(one) for one in theirs], _ALIKE)
    yield from _absent(ours, set(joined), "перечне, по которому собирается информация")
    yield from _absent(theirs, set(joined.values()), "перечне используемых показателей")
    for at, other in joined.items():
        one, again = ours[at], theirs[other]
        if one.grades != again.grades and one.grades and again.grades:
            message = (
                f"В двух перечнях показатель назван для разных классов: «{_short(one.text)}» и «{_short(again.text)}»."
            )
            yield _differs(again, message)


def _whole(one: Indicator) -> frozenset[str]:
    return telling(one.text) | {f"{grade} кл" for grade in one.grades}


def _absent(items: Sequence[Indicator], joined: set[int], where: str) -> Iterator[Finding]:
    for at, one in enumerate(items):
        if at not in joined:
            yield _differs(one, f"Показателя «{_short(one.text)}» нет в другом {where}.")


def _differs(one: Indicator, message: str) -> Finding:
    return Finding("indicator-lists-differ", Severity.WARNING, one.place, message, reported=one.text)


@rule("measured-not-declared")
def measured_not_declared(report: Report) -> Iterator[Finding]:
    """A table of measures whose subject is in no list of indicators."""
    indicators = all_declared(report)
    if len(indicators) < 2:
        return
    fitting = Fitting(indicators)
    own = units_of_tables(report)
    for table in measuring_tables(report):
        if _is_measure(table) and not any(_is_declared(fitting, unit) for unit in own[id(table)]):
            message = f"Измерено то, чего нет среди объявленных показателей: {table.named} «{_short(table.caption)}»."
            yield Finding("measured-not-declared", Severity.WARNING, table.place, message, table.number)


def _is_measure(table: ReportTable) -> bool:
    """With a caption that names a subject, and with numbers of periods by which it is measured. A table that lists
    several indicators is about others' numbers; one whose rows are a whole, its part and the share is not."""
    about = any("показател" in text.lower() for cell in table.cells[:1] for text in (*cell.path, *_heads(table)))
    listed = len({cell.row_label for cell in table.cells}) > 1 and not any(map(_is_down_rows, table.measures))
    has_periods = any(measure.year for measure in table.measures)
    return has_periods and not (about and listed) and bool(telling(table.caption) - _GENERIC)


def _heads(table: ReportTable) -> list[str]:
    return [cell.text for row in table.table.rows[: table.header] for cell in row[: table.stub]]


def _is_declared(fitting: Fitting, unit: Unit) -> bool:
    return any(fit >= _UNDECLARED for fit in fitting.fits(unit).values())


@rule("two-denominators")
def two_denominators(report: Report) -> Iterator[Finding]:
    """«от общего числа ... от общего числа ...» in one indicator: it is not known what the share is of."""
    seen: set[int] = set()
    lists = [item for kind in ("indicators", "monitored") for part in report.sections_of(kind) for item in part.items]
    named = [(item.text, item.place, None) for item in lists]
    named += [(table.caption, table.place, table.number) for table in report.tables]  # type: ignore[misc]
    for text, place, number in named:
        if bases(text) > 1 and place.line not in seen and not re.search(r"доли |отношени", text.lower()):
            seen.add(place.line)
            message = f"У показателя два знаменателя: «{_short(text, 200)}». По какому из них считается доля, не ясно."
            yield Finding("two-denominators", Severity.WARNING, place, message, number, reported=plain(text))


@rule("no-breakdown")
def no_breakdown(report: Report) -> Iterator[Finding]:
    """A table whose caption or indicator promises figures by levels or by organisations, and which has one line."""
    tables = [one for one in report.tables if one.kind != "events" and is_data(one)]
    promising = [one for one in report.document.paragraphs if _BREAKDOWN.search(one.text) and not is_passing(one)]
    promised = [(one, _promise(report, promising, one)) for one in tables if not _is_broken_down(one)]
    for table, promise in promised:
        if promise:
            message = f"Обещан разрез («{promise}»), но {table.named} даёт только общие числа."
            yield Finding("no-breakdown", Severity.WARNING, table.place, message, table.number, reported=promise)
    if len(tables) > 1 and not any(promise for _, promise in promised) and not any(map(_is_by_school, tables)):
        message = "Ни одна таблица не показывает значений по организациям: где положение лучше или хуже, не видно."
        yield Finding("no-breakdown", Severity.INFO, tables[0].place, message)


_SCHOOL = re.compile(
    r"\b(?:школа|лицей|гимназия|колледж|техникум|район|округ|сош|оош|мбоу|маоу|мкоу|моу|гбоу)\b", re.IGNORECASE
)
_MEASURE_NAME = re.compile(r"дол[яи]|процент|удельн|количеств|числ|всего|итого|по\s", re.IGNORECASE)


def _is_by_school(table: ReportTable) -> bool:
    """Two rows or more are named by schools, colleges or districts."""
    labels = {plain(cell.text) for row in table.table.rows[max(table.header, 1) :] for cell in row[:2]}
    return sum(bool(_SCHOOL.search(one)) and not _MEASURE_NAME.match(one) and len(one) < 100 for one in labels) > 1


_BREAKDOWN = re.compile(
    r"в разрезе [^,.;()–-]{3,60}|"
    r"по (?:каждой |всем )?(?:общеобразовательным |образовательным )?(?:организациям|школам|учреждениям)\b",
    re.I,
)


def _promise(report: Report, promising: Sequence[Paragraph], table: ReportTable) -> str:
    """In the caption, or in a title that nothing but this table follows."""
    if found := _BREAKDOWN.search(table.caption):
        return found[0].strip()
    line = next((one for one in reversed(promising) if one.place.line < table.place.line), None)
    if line is None or not (found := _BREAKDOWN.search(line.text)):
        return ""
    said = telling(_BREAKDOWN.sub("", line.text))
    if not _about(said, table):
        return ""
    later = (one for one in report.tables if one is not table and one.place.line > line.place.line)
    return "" if any(_about(said, one) for one in later) else found[0].strip()


def _about(said: frozenset[str], table: ReportTable) -> bool:
    """Whether a line speaks of what the table measures: most of its telling words."""
    named = telling(table.caption)
    return bool(named) and len(named & said) >= MEASURED * len(named)


def _is_broken_down(table: ReportTable) -> bool:
    """Two rows that have names, or two levels in the head."""
    labels = {label for cell in table.cells if (label := cell.row_label.strip()) and not is_year_label(label)}
    if len(labels) > 1 and not any(map(_is_down_rows, table.measures)):
        return True
    heads = {grades(text) for cell in _populations(table) for text in cell.path if grades(text)}
    names = {
        found
        for cell in table.cells
        for text in cell.path
        for found in re.findall(r"начальн|основн|средн", text.lower())
    }
    return len(heads) > 1 or len(names) > 1


def _populations(table: ReportTable) -> list[TidyCell]:
    """The wholes; «перешли в 10 класс» names a grade too and is no level."""
    return [cell for cell in table.cells if cell.role is Role.WHOLE] or table.cells


def _is_down_rows(measure: Measure) -> bool:
    """The rows are a whole, its part and the share, not places or levels."""
    return len({cell.row_label for cell in (measure.whole, measure.part, measure.share) if cell}) > 1


def _short(text: str, most: int = 120) -> str:
    line = plain(text)
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]}…"
