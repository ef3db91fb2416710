"""Do the parts of a programme fit each other and mean something: kinds, populations, periods, bounds, circles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from orientir.definitions.folder import Folder
from orientir.definitions.formulas import FormulaCycle, expanded
from orientir.definitions.record_counts import record_faults
from orientir.definitions.references import dimensions_of, terms_of
from orientir.definitions.register_counts import register_faults
from orientir.errors import Fault
from orientir.model.indicators import Indicator, IndicatorKind
from orientir.model.periods import Period
from orientir.model.programme import Programme

TERMS = 200  # more than any indicator needs; a formula of formulas can unfold without end


def consistency_faults(folder: Folder) -> Iterator[Fault]:
    """Every misfit of the programme."""
    for indicator in folder.programme.indicators:
        yield from _kind_faults(folder, indicator)
        yield from _population_faults(folder, indicator)
        yield from _breakdown_faults(folder, indicator)
        yield from _period_faults(folder, indicator)
        yield from _attention_faults(folder, indicator)
    yield from _target_faults(folder)
    yield from _formula_faults(folder)
    yield from _circle_faults(folder)
    yield from register_faults(folder)
    yield from record_faults(folder)
    yield from _analysis_faults(folder)
    yield from _succession_faults(folder)
    yield from _bound_faults(folder)
    yield from _day_faults(folder)


# ---- indicators


def _kind_faults(folder: Folder, indicator: Indicator) -> Iterator[Fault]:
    programme = folder.programme
    where = folder.place("indicators", indicator.id, "kind")
    if indicator.kind is IndicatorKind.DECLARED and indicator.number is None:
        yield Fault(where, "у объявленного показателя нет номера.", "Укажите number.")
    if indicator.kind is IndicatorKind.AS_MEASURED:
        if not indicator.declared or not indicator.differs:
            yield Fault(where, "показатель «как измерено» не привязан к объявленному.", "Укажите declared и differs.")
        if indicator.declared in {one.id for one in programme.indicators if one.kind is not IndicatorKind.DECLARED}:
            where = folder.place("indicators", indicator.id, "declared")
            yield Fault(where, f"показатель «{indicator.declared}» не объявленный.", "Назовите объявленный.")
    twins = [one.id for one in programme.indicators if one.number == indicator.number and one.number is not None]
    if len(twins) > 1:
        where = folder.place("indicators", indicator.id, "number")
        yield Fault(where, f"номер повторяется: {', '.join(twins)}.", "Дайте каждому свой номер.")


def _population_faults(folder: Folder, indicator: Indicator) -> Iterator[Fault]:
    elements = {element.id: element for element in folder.programme.elements}
    for term in indicator.denominator:
        element = elements.get(term.element)
        if element is not None and element.population is None and not element.formula:
            where = folder.place("indicators", indicator.id, "denominator")
            yield Fault(where, f"«{element.id}» — не совокупность.", "Укажите у величины population.")


def _breakdown_faults(folder: Folder, indicator: Indicator) -> Iterator[Fault]:
    own = [dimensions_of(folder.programme, term.element) for term in indicator.terms]
    for dimension in indicator.breakdowns:
        if any(one is not None and dimension not in one for one in own):
            where = folder.place("indicators", indicator.id, "breakdowns")
            yield Fault(where, f"не все величины показателя имеют разрез «{dimension}».", "Уберите разрез.")


def _period_faults(folder: Folder, indicator: Indicator) -> Iterator[Fault]:
    labels = [(("not_calculable", number, "periods"), label)
              for number, rule in enumerate(indicator.not_calculable) for label in rule.periods]  # fmt: skip
    labels += [(("breaks", number, "since"), gap.since) for number, gap in enumerate(indicator.breaks)]
    for route, label in labels:
        try:
            written = str(Period.parse(label, folder.programme.period)) if folder.programme.period else label
        except ValueError as error:
            yield Fault(folder.place("indicators", indicator.id, *route), str(error), "Исправьте период.")
        else:
            if written != label:
                what = f"период «{label}» записан не так, как в отчёте."
                yield Fault(folder.place("indicators", indicator.id, *route), what, f"Запишите «{written}».")


def _attention_faults(folder: Folder, indicator: Indicator) -> Iterator[Fault]:
    bound = indicator.attention
    if bound is None:
        return
    where = folder.place("indicators", indicator.id, "attention")
    ends = [end for end in (bound.below, bound.above) if end is not None]
    if not ends:
        yield Fault(where, "граница не названа.", "Укажите below или above.")
    if any(not _is_possible(indicator, end) for end in ends):
        yield Fault(where, "граница доли — не доля.", "Доля пишется от 0 до 1: 57 % — это 0.57.")


def _is_possible(indicator: Indicator, value: Decimal) -> bool:
    return not (indicator.is_share and indicator.part_of_whole) or 0 <= value <= 1


def _target_faults(folder: Folder) -> Iterator[Fault]:
    indicators = {indicator.id: indicator for indicator in folder.programme.indicators}
    for goal in folder.programme.goals:
        for number, target in enumerate(goal.targets):
            indicator = indicators.get(target.indicator)
            if indicator is not None and not _is_possible(indicator, target.value):
                where = folder.place("goals", goal.id, "targets", number, "value")
                yield Fault(where, f"целевое значение {target.value} — не доля.", "Доля пишется от 0 до 1.")


# ---- formulas


def _formula_faults(folder: Folder) -> Iterator[Fault]:
    for group, entry, part, terms in terms_of(folder.programme):
        where = folder.place(group, entry, part)
        if not terms and part in ("numerator", "left", "right"):
            yield Fault(where, "слагаемых нет.", "Назовите хотя бы одну величину.")
        for term in terms:
            if term.weight == 0 or abs(term.weight) > TERMS:
                yield Fault(where, f"вес величины «{term.element}» — {term.weight}.", "Обычно он 1 или -1.")
            if abs(term.shift) > 10:
                yield Fault(where, f"сдвиг величины «{term.element}» — {term.shift}.", "Это число лет: обычно 0 или 1.")


def _circle_faults(folder: Folder) -> Iterator[Fault]:
    elements = {element.id: element for element in folder.programme.elements}
    for element in folder.programme.elements:
        where = folder.place("elements", element.id, "formula")
        try:
            terms = expanded(element.formula, elements, (element.id,), TERMS)
        except FormulaCycle as cycle:
            if cycle.route[-1] == element.id:
                cure = "Уберите круг: величина не может определяться через себя."
                yield Fault(where, f"круг определений: {cycle}.", cure)
        else:
            if len(terms) > TERMS:
                yield Fault(where, f"в формуле больше {TERMS} слагаемых.", "Запишите её короче.")


# ---- the rest


def _analysis_faults(folder: Folder) -> Iterator[Fault]:
    for analysis in folder.programme.analyses:
        if not analysis.indicators and not analysis.not_measured:
            cure = "Назовите показатели или объясните в not_measured, почему их нет."
            yield Fault(folder.place("analyses", analysis.id), "анализ ни на чём не основан.", cure)


def _succession_faults(folder: Folder) -> Iterator[Fault]:
    for group, field in (("initiatives", "successor"), ("acts", "replaced_by")):
        following = {entry.id: getattr(entry, field) for entry in getattr(folder.programme, group)}
        for start in following:
            seen, step = {start}, following[start]
            while step and step not in seen:
                seen.add(step)
                step = following.get(step, "")
            if step == start:
                yield Fault(folder.place(group, start, field), "круг преемственности.", "Уберите одну из ссылок.")


def _bound_faults(folder: Folder) -> Iterator[Fault]:
    """Whole numbers that must lie within bounds."""
    programme: Programme = folder.programme
    bounded: list[tuple[str, str, tuple[str, ...], int, int, int]]
    bounded = [("indicators", one.id, ("decimals",), one.decimals, 0, 6) for one in programme.indicators]
    bounded += [("recommendations", one.id, ("due", "months"), one.due.months, 0, 120)
                for one in programme.recommendations]  # fmt: skip
    if folder.names("goals") is not None:
        bounded.append(("programme", "", ("years",), programme.years, 1, 20))
    for group, entry, route, value, low, high in bounded:
        if not low <= value <= high:
            yield Fault(
                folder.place(group, entry, *route), f"{value} — вне пределов.", f"Допустимо от {low} до {high}."
            )


_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def _day_faults(folder: Folder) -> Iterator[Fault]:
    """Days of the year are written as «05-31»."""
    days: list[tuple[str, str, tuple[str, ...], str]]
    days = [("indicators", one.id, ("cut_date",), one.cut_date) for one in folder.programme.indicators]
    days += [("elements", one.id, ("population", "counted_on"), one.population.counted_on)
             for one in folder.programme.elements if one.population]  # fmt: skip
    for group, entry, route, text in days:
        if text and not _DAY.fullmatch(text):
            place = folder.place(group, entry, *route)
            yield Fault(place, f"«{text}» — не день года.", "Запишите месяц и день, например 05-31.")
