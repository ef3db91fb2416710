"""Small reports in words: tables as the sample writes them (a cell on a line that begins with a TAB), and prose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from orientir.audit.finding import Finding
from orientir.audit.reading.text import read_text
from orientir.audit.report import Report
from orientir.audit.understanding import understood

GRADUATES_9 = ("Всего выпускников 9 кл.", "Поступили в ПОО (чел.)", "Поступили в ПОО (%)")
GRADUATES_11 = ("Всего выпускников 11 кл.", "Поступили в вуз (чел.)", "Поступили в вуз (%)")
BOTH = ("Кол-во выпускников 9 и 11 кл.", "Получили рекомендации (чел.)", "Получили рекомендации (%)")
PUPILS_9_11 = ("Всего обучающихся 9-11 кл.", "Прошли тестирование (чел.)", "Прошли тестирование (%)")
PUPILS_10_11 = ("Всего обучающихся 10-11 кл.", "Приняли участие (чел.)", "Приняли участие (%)")
YEARS = ("2020", "2021", "2022")


def table(
    number: int | None, caption: str, heads: Sequence[str], *values: Sequence[object], years: Sequence[str] = YEARS
) -> str:
    """Years above, under each the heads; `values` hold the numbers of one year each."""
    lines = [f"Таблица {number}. {caption}" if number else caption]
    rows = [[caption], years[: len(values)], list(heads) * len(values), [value for group in values for value in group]]
    for row in rows:
        lines += [*(f"\t{cell}" for cell in row), ""]
    return "\n".join(lines) + "\n"


def report(*parts: str) -> Report:
    return understood(read_text("\n".join(parts), "report.txt"))


def found(judge: Callable[[Report], Iterable[Finding]], *parts: str, code: str = "") -> list[Finding]:
    """What one rule says of a report of these parts."""
    return [one for one in judge(report(*parts)) if not code or one.rule == code]


def told(findings: Iterable[Finding]) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [(one.table, one.period, one.reported, one.expected) for one in findings]
