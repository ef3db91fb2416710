"""Parts of the cycle that a report must have: analysis, effectiveness of past decisions, targets, definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from orientir.audit.document import Paragraph, Place
from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Report, Section
from orientir.audit.rules.declared import all_declared, has_count
from orientir.audit.rules.parts_of_report import end, follows_the_cycle, start, tables_in, text_of
from orientir.audit.understanding.wording import plain, sentences

_PASSPORT = re.compile(
    r"формул[аеуы]|числител|знаменател|(?:рас|вы)числя|рассчитыва|рассчитан\w* как|методик\w* (?:рас|вы)|порядок расч|"
    r"определяется как|отношение числ|×\s*100|\* ?100"
)
_PROMISE = re.compile(
    r"\b(?:будет|будут|планиру|предстоит|запланирова|предполага|осуществляется|позволит|выявляют)", re.I
)
_LAW = re.compile(r"№\s?\w+(?:\s?[-/]\s?\w+)*|\d{1,2}\.\d{1,2}\.\d{4}|\d+-(?:ФЗ|р|рг|п)\b")
_GRADE = re.compile(r"\d{1,2}(?:\s*[-–,и]+\s*\d{1,2})*\s*-?\s*(?:х|го|ых)?\s*кл\w*", re.I)
_UNTARGETED = re.compile(r"целев\w+ (?:значени|показател)\w*.*\b(?:не|для \d+ из)", re.I)


@rule("analysis-missing")
def analysis_missing(report: Report) -> Iterator[Finding]:
    """No part analyses the results, or it only says that they shall be analysed."""
    parts = report.sections_of("analysis")
    if not follows_the_cycle(report) or any(_says_something(report, part) for part in parts):
        return
    if parts:
        title = plain(parts[0].title)[:120]
        message = f"Анализ только обещан («{title}»): ни одного результата с числом в этой части нет."
        yield Finding("analysis-missing", Severity.WARNING, parts[0].place, message)
    else:
        yield Finding(
            "analysis-missing", Severity.WARNING, end(report), "В отчёте нет части, где анализируются результаты."
        )


def _says_something(report: Report, part: Section) -> bool:
    """A number, or a table, or a conclusion of several sentences."""
    text = text_of(part)
    return bool(tables_in(report, part)) or has_count(text) or bool(re.search(r"таблиц|табл\.|рисун", text))


@rule("effectiveness-missing")
def effectiveness_missing(report: Report) -> Iterator[Finding]:
    """What came of past measures is not told at all, or is only promised."""
    parts = report.sections_of("effectiveness")
    if not follows_the_cycle(report) or any(_shows_results(report, part) for part in parts):
        return
    if parts:
        message = (
            "Анализ эффективности обещан, но не показан: ни одного прошлого решения и ни одного числа в этой части нет."
        )
        yield Finding("effectiveness-missing", Severity.WARNING, parts[0].place, message)
    else:
        message = "В отчёте нет анализа эффективности: не сказано, к чему привели меры и решения прошлого периода."
        yield Finding("effectiveness-missing", Severity.WARNING, end(report), message)


def _shows_results(report: Report, part: Section) -> bool:
    """A table, or a sentence with a number or year that is not about the future."""
    if tables_in(report, part):
        return True
    said = [sentence for line in part.paragraphs for sentence in sentences(line.text)]
    return any(re.search(r"\d", _LAW.sub("", one)) and not _PROMISE.search(one) for one in said)


@rule("goal-without-target")
def goal_without_target(report: Report) -> Iterator[Finding]:
    """A goal without a number or a year: whether it is reached cannot be checked."""
    goals = [item for part in report.sections_of("goals") for item in part.items]
    bare = [goal for goal in goals if not _has_target(goal.text)]
    said = any(_UNTARGETED.search(line.text) for part in report.sections_of("goals") for line in part.paragraphs)
    if bare and len(bare) == len(goals):
        first = report.sections_of("goals")[0].place
        message = f"Ни у одной цели ({len(goals)}) нет ни значения, ни срока: достигнуты ли они, проверить нельзя."
        yield _untargeted(first, message, said)
        return
    for goal in bare:
        yield _untargeted(
            goal.place, f"У цели нет ни значения, ни срока: «{plain(goal.text)[:160].rstrip(' ;.')}».", said
        )


def _has_target(text: str) -> bool:
    """Numbers of laws, dates of acts and grades are no targets."""
    return bool(re.search(r"\d", _GRADE.sub("", _LAW.sub("", text))))


def _untargeted(place: Place, message: str, is_said: bool) -> Finding:
    severity = Severity.INFO if is_said else Severity.WARNING
    return Finding("goal-without-target", severity, place, message, acknowledged=is_said)


@rule("no-passport")
def no_passport(report: Report) -> Iterator[Finding]:
    """No formula, numerator or denominator anywhere: nobody can recompute the indicators."""
    lists = all_declared(report)
    if not lists and not report.measures:
        return
    if not any(_PASSPORT.search(text.lower()) for text in _texts(report.document.paragraphs, report)):
        place = lists[0].place if lists else start(report)
        message = "Ни у одного показателя нет определения: не названы ни формула, ни числитель и знаменатель."
        yield Finding("no-passport", Severity.INFO, place, message)


def _texts(paragraphs: Sequence[Paragraph], report: Report) -> Iterator[str]:
    yield from (one.text for one in paragraphs)
    yield from (cell.text for table in report.document.tables for cell in table.cells())
