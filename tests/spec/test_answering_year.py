"""Решение оценивают по году, который на него отвечает. Какой это год, решено заранее, а не выбрано по результату."""

from dataclasses import replace
from datetime import date

from orientir.effectiveness import answering_periods
from orientir.model.package import Action
from orientir.model.periods import PeriodKind

title = "Какой год отвечает на решение"

DECISION = Action("d1", "decision", "act", "Решение", "", "", None, "", None, (), (), "", "", "", "")


def _periods(row, kind):
    return answering_periods(replace(DECISION, decided_on=date.fromisoformat(row["decided"])), kind)


def test_school_years(spec):
    """На решение 2021 года отвечает учебный год, который закончится в 2022-м; сравнивается он с предыдущим.

    Решение весны и решение осени одного года оцениваются одинаково.
    """
    spec.examples(
        """
        decided    | before  | answer
        2021-03-15 | 2020/21 | 2021/22
        2021-11-15 | 2020/21 | 2021/22
        2022-01-10 | 2021/22 | 2022/23
        """,
        before=lambda row: str(_periods(row, PeriodKind.SCHOOL_YEAR)[0]),
        answer=lambda row: str(_periods(row, PeriodKind.SCHOOL_YEAR)[1]),
    )


def test_calendar_years(spec):
    """В программе по календарным годам на решение отвечает следующий год."""
    spec.examples(
        """
        decided    | before | answer
        2021-03-15 | 2021   | 2022
        """,
        before=lambda row: str(_periods(row, PeriodKind.CALENDAR_YEAR)[0]),
        answer=lambda row: str(_periods(row, PeriodKind.CALENDAR_YEAR)[1]),
    )


def test_undated_decision(spec):
    """На решение без даты не отвечает ни один год."""
    spec.examples(
        """
        decided | told
                | судить нельзя
        """,
        told=lambda row: "судить нельзя" if answering_periods(DECISION, PeriodKind.SCHOOL_YEAR) is None else "можно",
    )
