"""What an example showed: Russian tables and words without a trace of code, from which a page is made."""

from __future__ import annotations

from dataclasses import dataclass

from orientir.model.conditions import AllOf, AnyOf, Condition, Not, OneOf, Within
from orientir.model.indicators import Indicator, IndicatorKind, Term
from orientir.model.programme import Programme
from orientir.model.status import Status
from orientir.presentation import number, quoted, rounded, share
from orientir.reports.words import STATUS, VERDICT, condition_in_words
from spec.language import ABSENT, Change, Expected
from spec.tables import TextTable
from spec.words import COLUMNS, DIMENSIONS, ELEMENTS


@dataclass(frozen=True)
class Shown:
    """A part of an example: a caption and either a table or paragraphs."""

    caption: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    paragraphs: tuple[str, ...] = ()


def shown_table(caption: str, table: TextTable) -> Shown:
    header = tuple(map(heading, table.header))
    rows = tuple(tuple(map(_cell, table.header, row)) for row in table.rows)
    return Shown(caption, header, rows)


def heading(column: str) -> str:
    if column in DIMENSIONS:
        return DIMENSIONS[column][0]
    return COLUMNS.get(column) or ELEMENTS[column]


def _cell(column: str, cell: str) -> str:
    if column == "element":
        return ELEMENTS[cell]
    return DIMENSIONS[column][1].get(cell, cell) if column in DIMENSIONS else cell


# ---- indicators


def shown_indicator(programme: Programme, indicator: Indicator) -> Shown:
    formula = terms_in_words(programme, indicator.numerator)
    if indicator.is_share:
        formula += f" : {terms_in_words(programme, indicator.denominator)}"
    return Shown("Показатель", paragraphs=(formula, *_conditions(indicator), *_settings(indicator)))


def _conditions(indicator: Indicator) -> list[str]:
    """The conditions as a methodologist writes them."""
    written = dict.fromkeys(_written(one.where) for one in indicator.terms if one.where)
    return [f"Условие в определении: `where: {{{text}}}`" for text in written]


def _written(condition: Condition) -> str:
    match condition:
        case OneOf(field=field, values=values):
            listed = ", ".join(values)
            return f"{field}: {listed}" if len(values) == 1 else f"{field}: [{listed}]"
        case Within(field=field, low=low, high=high):
            return f"{field}: {{from: {low}, to: {high}}}"
        case AllOf(parts=parts):
            return ", ".join(map(_written, parts))
        case AnyOf(parts=parts):
            listed = ", ".join(f"{{{_written(part)}}}" for part in parts)
            return f"any: [{listed}]"
        case Not(part=part):
            return f"not: {{{_written(part)}}}"


def _settings(indicator: Indicator) -> list[str]:
    said = [f"Не рассчитывается за {', '.join(rule.periods)}: {rule.reason}." for rule in indicator.not_calculable]
    said += [f"Определение меняется с {gap.since}: {gap.reason}." for gap in indicator.breaks]
    if indicator.breakdowns:
        said.append(f"Разрезы: {', '.join(heading(name).lower() for name in indicator.breakdowns)}.")
    if not indicator.part_of_whole:
        said.append("Числитель — не часть знаменателя.")
    if indicator.kind is IndicatorKind.UNDEFINED:
        said.append(f"Назван, но не определён: {indicator.note}.")
    return said


def terms_in_words(programme: Programme, terms: tuple[Term, ...]) -> str:
    told = [_term(programme, term) for term in terms]
    words = " ".join(f"{'−' if term.weight < 0 else '+'} {text}" for term, text in zip(terms, told, strict=True))
    return words.removeprefix("+ ")


_SHIFTS = {-1: " прошлого года", 0: "", 1: " следующего года"}


def _term(programme: Programme, term: Term) -> str:
    weight = f"{abs(term.weight)} × " if abs(term.weight) != 1 else ""
    where = f" ({condition_in_words(programme, term.where)})" if term.where else ""
    return f"{weight}{quoted(ELEMENTS[term.element])}{where}{_SHIFTS[term.shift]}"


# ---- outcomes


def shown_values(expected: dict[str, Expected]) -> Shown:
    """The expected values; a column that no expectation names is left out."""
    shares = any(one.denominator is not None for one in expected.values())
    columns = {
        "Где": [_where(key) for key in expected],
        "Числитель" if shares else "Число": [_count(one.numerator) for one in expected.values()],
        "Знаменатель": [_count(one.denominator) for one in expected.values()],
        "Доля": [_share(one) for one in expected.values()],
        "Состояние": _statuses(list(expected.values())),
        "Сообщили": [one.coverage or "" for one in expected.values()],
        "Источник": ["" if one.source is None else one.source or "несколько" for one in expected.values()],
        "Спорное": ["" if one.conflicting is None else _yes(one.conflicting) for one in expected.values()],
        "Причина": [one.reason or "" for one in expected.values()],
    }
    return _columns("Результат", columns)


def _columns(caption: str, columns: dict[str, list[str]]) -> Shown:
    kept = {title: cells for title, cells in columns.items() if any(cells)}
    return Shown(caption, tuple(kept), tuple(zip(*kept.values(), strict=True)))


def _where(key: str) -> str:
    """«А, 2020/21, 9 класс» for «А, 2020/21, grade=9»."""
    return ", ".join(_member(part) if "=" in part else part for part in key.split(", "))


def _member(cut: str) -> str:
    dimension, _, member = cut.partition("=")
    return DIMENSIONS[dimension][1][member]


def _count(value: object) -> str:
    return "" if value is None else number(value)  # type: ignore[arg-type]


def _share(one: Expected) -> str:
    if one.numerator is None or not one.denominator:
        return ""
    exact = one.numerator / one.denominator
    return share(exact, 0 if exact == rounded(exact, 2) else 1)


def _statuses(expected: list[Expected]) -> list[str]:
    """Nothing is said of states where all is measured."""
    if all(one.status is Status.MEASURED for one in expected):
        return []
    return list(map(_status, expected))


def _status(one: Expected) -> str:
    if one == ABSENT:
        return "значения нет"
    return STATUS[one.status] if one.status else ""


def _yes(flag: bool) -> str:
    return "да" if flag else "нет"


def shown_changes(expected: dict[str, Change]) -> Shown:
    columns = {
        "Где": [_where(key) for key in expected],
        "Изменение": [one.change or "" for one in expected.values()],
        "p с поправкой": [one.p or "" for one in expected.values()],
        "Вывод": [VERDICT[one.verdict] for one in expected.values()],
        "Причина": [one.reason or "" for one in expected.values()],
    }
    return _columns("Сравнение", columns)
