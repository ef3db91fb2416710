"""Indicators as they were declared against the tables that measure them: grades, and stages of contests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Report, ReportTable
from orientir.audit.rules.told import finding_on
from orientir.audit.understanding.populations import grades_of, grades_told, population_of, squeezed
from orientir.audit.understanding.topics import ByWords, likeness, topic_of

_CLOSE, _AS_NEAR = 0.6, 0.15
_STAGES = {
    "школьн": "школьный", "муниципальн": "муниципальный", "межмуниципальн": "межмуниципальный",
    "региональн": "региональный", "национальн": "национальный", "всероссийск": "всероссийский",
}  # fmt: skip
_CONTEST = re.compile(r"чемпионат|конкурс|этап|олимпиад")


@rule("scope-mismatch")
def declared_scope(report: Report) -> Iterator[Finding]:
    """The declared indicator names other grades or stages than its table measures. Once a table."""
    declared = ByWords(
        (topic_of(item.text), item.text)
        for kind in ("indicators", "monitored")
        for one in report.sections_of(kind)
        for item in one.items
    )
    for table in report.tables:
        item = _declared(table, declared) if table.measures and table.topic else None
        message = (_other_grades(table, item) or _other_stages(table, item)) if item else ""
        if item and message:
            yield finding_on(table, "scope-mismatch", Severity.WARNING, message, (item, table.caption))


def _declared(table: ReportTable, declared: ByWords[str]) -> str | None:
    """The item that is clearly about the table; None where others are as near, unless one of them names its grades."""
    own_traits = table.subject.traits if table.subject else frozenset[str]()
    near = declared.near(table.topic)
    wide = {text for text in near if (who := population_of(text)) and own_traits - who.traits}
    rated = sorted(((likeness(table.topic, topic_of(text)), text) for text in near - wide), reverse=True)
    if not rated:
        return None
    close = [text for rate, text in rated if rate >= max(_CLOSE, rated[0][0] - _AS_NEAR)]
    counted = next((one.population.grades for one in table.measures if one.population and one.population.grades), None)
    own = [text for text in close if counted and grades_of(squeezed(text))[0] == counted]
    if own:
        return own[0]
    return close[0] if len({topic_of(text) for text in close}) == 1 else None


def _other_grades(table: ReportTable, item: str) -> str:
    wanted, union = grades_of(squeezed(item.partition(" от ")[0]))
    counted = next((one.population for one in table.measures if one.population and one.population.grades), None)
    said = population_of(item)
    if counted is None or said is None or not wanted or not union or wanted == counted.grades:
        return ""
    return (
        f"Показатель заявлен для {grades_told(said)}, а {table.named} измеряет {grades_told(counted)}: совокупность "
        f"другая."
    )


def _other_stages(table: ReportTable, item: str) -> str:
    """«региональном и национальном чемпионате» declared, one of them measured."""
    wanted, measured = _stages(item), _stages(table.caption)
    if len(wanted) < 2 or not measured or not measured < wanted:
        return ""
    missing = _named(wanted - measured)
    return f"Заявлены этапы: {_named(wanted)}; {table.named} измеряет: {_named(measured)}; нет: {missing}."


def _stages(text: str) -> frozenset[str]:
    flat = text.lower()
    return frozenset(stem for stem in _STAGES if re.search(rf"\b{stem}", flat) and _CONTEST.search(flat))


def _named(stages: frozenset[str]) -> str:
    return ", ".join(sorted(_STAGES[stem] for stem in stages))
