"""What three yearly points can say of one organisation: copies of last year, twins, cohorts, improbable shares.

A mean and a standard deviation of three points say nothing: the largest z-score of three is 1.41. These checks use
what is known instead: a grade is last year's lower grade, two schools do not coincide in every number, and a share
changes beyond chance or it does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import cast

from orientir.checks.cells import COHORTS, REPEATED, TWINS, cell_tables
from orientir.checks.consistency import Engine
from orientir.checks.subject import Subject, issue
from orientir.comparisons import compared, corrected
from orientir.engines.plan import Record
from orientir.model.jumps import has_jumped
from orientir.model.package import Fact
from orientir.model.periods import Period
from orientir.model.results import Comparison, Issue, Place, Value, Verdict
from orientir.model.status import Severity, Status
from orientir.presentation import counted, number, period_name, points, quoted, share

ENOUGH = 8  # equal cells below this number may coincide
ALMOST_ALL = Decimal("0.8")
IMPROBABLE = 0.001  # far below the report's own level: a school is asked to look again, not accused
LARGE = Decimal("0.2")  # and the share moved by twenty points or more


def schools_are_plausible(subject: Subject, engine: Engine) -> Iterator[Issue]:
    """Copies, twins and cohorts of all organisations in three plans over one relation."""
    tables = cell_tables(subject)
    if not tables["cells"].rows:
        return
    repeated, twins, cohorts = engine.run_all((REPEATED, TWINS, COHORTS), tables)
    facts = {fact.id: fact for fact in subject.facts}
    yield from (_copied(subject, row) for row in _ordered(repeated) if _coincide(row))
    yield from (_twin(subject, row) for row in _ordered(twins) if _coincide(row))
    for row in _ordered(cohorts):
        before, after = facts[str(row["fact"])], facts[str(row["other"])]
        assert before.value is not None and after.value is not None
        if has_jumped(before.value, after.value) and not after.reason:
            yield _broken_cohort(subject, before, after)


def _ordered(rows: list[Record]) -> list[Record]:
    return sorted(rows, key=lambda row: tuple(str(cell) for cell in row.values()))


def _coincide(row: Record) -> bool:
    equal, both = cast(Decimal, row["equal"]), cast(int, row["compared"])
    return equal >= ENOUGH and equal >= ALMOST_ALL * both


def _period(subject: Subject, row: Record, shift: int = 0) -> Period:
    return Period(subject.programme.period, cast(int, row["period"])).shifted(shift)


def _of(subject: Subject, organisation: object, period: Period) -> list[Fact]:
    return [fact for fact in subject.known() if fact.organisation == organisation and fact.period == period]


def _told_cells(row: Record) -> str:
    return f"{counted(cast(Decimal, row['equal']), 'число')} из {number(cast(int, row['compared']))}"


def _copied(subject: Subject, row: Record) -> Issue:
    period = _period(subject, row, 1)
    return issue(
        "last_year_copied",
        Severity.WARNING,
        f"{subject.package.organisation(str(row['organisation'])).title}, {period_name(period)}",
        f"Повторяют прошлый год: {_told_cells(row)} (считались числа от десяти).",
        "за год меняется почти каждое число, поэтому прежняя форма, вероятно, отправлена снова",
        "Проверьте, за тот ли год заполнена форма, и внесите числа этого года.",
        _of(subject, row["organisation"], period),
        period=period,
    )


def _twin(subject: Subject, row: Record) -> Issue:
    period = _period(subject, row)
    one, other = (subject.package.organisation(str(row[key])).title for key in ("organisation", "other"))
    facts = [*_of(subject, row["organisation"], period), *_of(subject, row["other"], period)]
    return issue(
        "schools_coincide",
        Severity.WARNING,
        f"{one} и {other}, {period_name(period)}",
        f"Совпадают: {_told_cells(row)} (считались числа от десяти).",
        "две организации не бывают одинаковы, поэтому одна форма, вероятно, заполнена по другой",
        "Выясните, чьи это числа, и попросите вторую организацию заполнить форму заново.",
        facts,
        period=period,
    )


def _broken_cohort(subject: Subject, before: Fact, after: Fact) -> Issue:
    assert before.value is not None and after.value is not None
    return issue(
        "cohort_broken",
        Severity.WARNING,
        subject.place(after),
        f"Годом раньше в младшем классе было {number(before.value)}, теперь {number(after.value)}.",
        "класс за год не меняется в полтора раза без причины",
        "Проверьте оба числа; если дети прибыли или выбыли, запишите причину.",
        (before, after),
        period=after.period,
    )


def shares_move_within_reason(subject: Subject) -> Iterator[Issue]:
    """A school's share moved by twenty points or more, beyond chance, and no reason was given: Fisher's exact test.

    The level is strict and corrected for all schools and indicators at once (Benjamini and Hochberg).
    """
    by_place = {value.place: value for value in subject.values}
    schools = {place.id for place in subject.package.organisations if place.kind in subject.programme.reporting_kinds}
    pairs = [
        compared(by_place, subject.programme, value, _year_before(value))
        for value in subject.values
        if value.place.organisation in schools and _is_testable(subject, value)
    ]
    reasons = {fact.id for fact in subject.facts if fact.reason}
    for one in corrected(pairs):
        if _is_improbable(one) and not reasons & set(one.now.facts):
            yield _moved(subject, one)


def _is_testable(subject: Subject, value: Value) -> bool:
    return value.status is Status.MEASURED and value.place.period in subject.periods[1:] and not value.place.breakdown


def _year_before(value: Value) -> Place:
    return replace(value.place, period=value.place.period.shifted(-1))


def _is_improbable(one: Comparison) -> bool:
    if one.verdict not in (Verdict.ROSE, Verdict.FELL) or one.change is None or one.adjusted is None:
        return False
    return one.adjusted < IMPROBABLE and abs(one.change) >= LARGE


def _moved(subject: Subject, one: Comparison) -> Issue:
    place, change = one.now.place, one.change
    indicator = subject.programme.indicator(place.indicator)
    assert change is not None and one.now.amount is not None and one.then.amount is not None
    facts = {fact.id: fact for fact in subject.facts}
    return issue(
        "share_improbable",
        Severity.WARNING,
        f"{quoted(indicator.title)}, {period_name(place.period)}{subject.of(place.organisation)}",
        f"Было {_told(one.then, indicator.decimals)}, стало {_told(one.now, indicator.decimals)}: "
        f"{points(change, indicator.decimals)}",
        "такое изменение доли нельзя объяснить случайностью, а причина не записана",
        "Проверьте числитель и знаменатель за оба года; если всё верно, запишите причину.",
        [facts[key] for key in (*one.then.facts, *one.now.facts) if key in facts],
        indicators=(indicator.id,),
        period=place.period,
    )


def _told(value: Value, decimals: int) -> str:
    assert value.amount is not None and value.numerator is not None and value.denominator is not None
    return f"{share(value.amount, decimals)} ({number(value.numerator)} из {number(value.denominator)})"
