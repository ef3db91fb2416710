"""Do the parts of a programme fit each other: every name that is used exists, everything defined is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches

from orientir.errors import Fault
from orientir.model.conditions import AllOf, AnyOf, Condition, Not, OneOf, Within, fields_of
from orientir.model.periods import Period
from orientir.model.programme import Indicator, IndicatorKind, Programme, Term

Place = Callable[..., str]


def consistency_faults(programme: Programme, place: Place, sections: frozenset[str] | None) -> Iterator[Fault]:
    """Every misfit of the programme; `place(group, entry, *route)` tells where an entry stands."""
    yield from _reference_faults(programme, place)
    for indicator in programme.indicators:
        yield from _indicator_faults(programme, indicator, place)
    yield from _element_faults(programme, place)
    yield from _check_faults(programme, place)
    yield from _analysis_faults(programme, place)
    yield from _report_faults(programme, place, sections)
    yield from _succession_faults(programme, place)


def _ids(programme: Programme, group: str) -> list[str]:
    return [entry.id for entry in getattr(programme, group)]


def _unknown(names: Iterable[str], known: list[str], where: str, what: str) -> Iterator[Fault]:
    for name in names:
        if name and name not in known:
            close = get_close_matches(name, known, 1)
            cure = f"Возможно, имелось в виду «{close[0]}»." if close else f"Опишите «{name}» или уберите ссылку."
            yield Fault(where, f"{what} «{name}» нет в программе.", cure)


# group, field -> group that must know the name, what it is called
_REFERENCES = {
    ("goals", "indicators"): ("indicators", "показателя"),
    ("analyses", "indicators"): ("indicators", "показателя"),
    ("indicators", "sources"): ("sources", "источника"),
    ("indicators", "basis"): ("acts", "правового акта"),
    ("indicators", "breakdowns"): ("dimensions", "разреза"),
    ("indicators", "initiative"): ("initiatives", "инициативы"),
    ("elements", "dimensions"): ("dimensions", "разреза"),
    ("elements", "sources"): ("sources", "источника"),
    ("recommendations", "audience"): ("audiences", "адресата"),
    ("recommendations", "owner"): ("roles", "роли"),
    ("recommendations", "roles"): ("roles", "роли"),
    ("recommendations", "initiative"): ("initiatives", "инициативы"),
    ("initiatives", "successor"): ("initiatives", "инициативы"),
    ("acts", "replaced_by"): ("acts", "правового акта"),
}


def _reference_faults(programme: Programme, place: Place) -> Iterator[Fault]:
    for (group, field), (target, what) in _REFERENCES.items():
        for entry in getattr(programme, group):
            value = getattr(entry, field)
            names = (value,) if isinstance(value, str) else value
            yield from _unknown(names, _ids(programme, target), place(group, entry.id, field), what)
    for rule in programme.recommendations:
        where = place("recommendations", rule.id, "when", "indicators")
        yield from _unknown(rule.when.indicators, _ids(programme, "indicators"), where, "показателя")
    for goal in programme.goals:
        targets = [target.indicator for target in goal.targets]
        yield from _unknown(
            targets, list(goal.indicators), place("goals", goal.id, "targets"), "среди показателей цели"
        )
    kinds = _ids(programme, "organisation_kinds")
    yield from _unknown(programme.reporting_kinds, kinds, place("programme", "", "reporting_kinds"), "вида организаций")


def _indicator_faults(programme: Programme, indicator: Indicator, place: Place) -> Iterator[Fault]:
    for part in ("numerator", "denominator"):
        terms = getattr(indicator, part)
        yield from _term_faults(programme, terms, place("indicators", indicator.id, part))
    yield from _kind_faults(programme, indicator, place)
    yield from _population_faults(programme, indicator, place)
    for dimension in indicator.breakdowns:
        if not all(dimension in _dimensions(programme, term) for term in indicator.terms):
            where = place("indicators", indicator.id, "breakdowns")
            yield Fault(where, f"не все величины показателя имеют разрез «{dimension}».", "Уберите разрез.")
    labels = [label for rule in indicator.not_calculable for label in rule.periods]
    for label in labels + [gap.since for gap in indicator.breaks]:
        try:
            Period.parse(label, programme.period)
        except ValueError as error:
            yield Fault(place("indicators", indicator.id), str(error))


def _population_faults(programme: Programme, indicator: Indicator, place: Place) -> Iterator[Fault]:
    elements = {element.id: element for element in programme.elements}
    for term in indicator.denominator:
        element = elements.get(term.element)
        if element is not None and element.population is None and not element.formula:
            where = place("indicators", indicator.id, "denominator")
            yield Fault(where, f"«{element.id}» — не совокупность.", "Укажите у величины population.")


def _kind_faults(programme: Programme, indicator: Indicator, place: Place) -> Iterator[Fault]:
    where = place("indicators", indicator.id, "kind")
    declared = [one.id for one in programme.indicators if one.kind is IndicatorKind.DECLARED]
    if indicator.kind is IndicatorKind.DECLARED and indicator.number is None:
        yield Fault(where, "у объявленного показателя нет номера.", "Укажите number.")
    if indicator.kind is IndicatorKind.AS_MEASURED and not (indicator.declared in declared and indicator.differs):
        yield Fault(where, "показатель «как измерено» не привязан к объявленному.", "Укажите declared и differs.")
    twins = [one.id for one in programme.indicators if one.number == indicator.number and one.number is not None]
    if len(twins) > 1:
        yield Fault(place("indicators", indicator.id, "number"), f"номер повторяется: {', '.join(twins)}.")


def _dimensions(programme: Programme, term: Term) -> frozenset[str]:
    element = next((one for one in programme.elements if one.id == term.element), None)
    if element is None:
        return frozenset()
    own = frozenset(element.dimensions)
    return own.union(*(_dimensions(programme, part) for part in element.formula)) if element.formula else own


def _term_faults(programme: Programme, terms: tuple[Term, ...], where: str) -> Iterator[Fault]:
    known = _ids(programme, "elements")
    for term in terms:
        yield from _unknown([term.element], known, where, "учитываемой величины")
        if term.weight == 0:
            yield Fault(where, f"вес величины «{term.element}» равен нулю.", "Уберите слагаемое.")
        if term.where is not None and term.element in known:
            yield from _condition_faults(programme, term, term.where, where)


def _condition_faults(programme: Programme, term: Term, condition: Condition, where: str) -> Iterator[Fault]:
    for field in fields_of(condition) - _dimensions(programme, term):
        yield Fault(where, f"у величины «{term.element}» нет разреза «{field}».", "Добавьте его в dimensions.")
    for field, members in _members(condition):
        if field in _ids(programme, "dimensions"):
            known = [member.id for member in programme.dimension(field).members]
            yield from _unknown(members, known, where, f"значения разреза «{field}»:")


def _members(condition: Condition) -> Iterator[tuple[str, tuple[str, ...]]]:
    match condition:
        case OneOf(field=field, values=values):
            yield field, values
        case Within(field=field, low=low, high=high):
            yield field, (str(low), str(high))
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _members(part)
        case Not(part=part):
            yield from _members(part)


def _element_faults(programme: Programme, place: Place) -> Iterator[Fault]:
    used = {term.element for one in programme.indicators for term in one.terms}
    used |= {term.element for check in programme.checks for term in check.left + check.right}
    used |= {term.element for element in programme.elements for term in element.formula}
    for element in programme.elements:
        if element.id not in used:
            where = place("elements", element.id)
            yield Fault(where, "величину не использует ни один показатель и ни одна проверка.", "Удалите её.")
        yield from _term_faults(programme, element.formula, place("elements", element.id, "formula"))


def _check_faults(programme: Programme, place: Place) -> Iterator[Fault]:
    for check in programme.checks:
        yield from _term_faults(programme, check.left, place("checks", check.id, "left"))
        yield from _term_faults(programme, check.right, place("checks", check.id, "right"))


def _analysis_faults(programme: Programme, place: Place) -> Iterator[Fault]:
    for analysis in programme.analyses:
        if not analysis.indicators and not analysis.activities and not analysis.not_measured:
            cure = "Назовите показатели или объясните в not_measured, почему их нет."
            yield Fault(place("analyses", analysis.id), "анализ ни на чём не основан.", cure)


def _report_faults(programme: Programme, place: Place, sections: frozenset[str] | None) -> Iterator[Fault]:
    where = place("report", "", "sections")
    names = [spec.component for spec in programme.report.sections]
    yield from _unknown(names, _ids(programme, "components"), where, "составляющей")
    if sections is not None:
        names = [spec.section for spec in programme.report.sections]
        yield from _unknown(names, sorted(sections), where, "раздела отчёта")


def _succession_faults(programme: Programme, place: Place) -> Iterator[Fault]:
    for group, field in (("initiatives", "successor"), ("acts", "replaced_by")):
        following = {entry.id: getattr(entry, field) for entry in getattr(programme, group)}
        for start in following:
            seen, step = {start}, following[start]
            while step and step not in seen:
                seen.add(step)
                step = following.get(step, "")
            if step == start:
                yield Fault(place(group, start, field), "круг преемственности.", "Уберите ссылку на самого себя.")
