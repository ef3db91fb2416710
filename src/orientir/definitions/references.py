"""Every name that a programme uses is defined in it, and every element that it defines is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orientir.definitions.entries import nearest
from orientir.definitions.folder import Folder
from orientir.errors import Fault
from orientir.model.conditions import AllOf, AnyOf, Condition, Not, OneOf, Within, fields_of
from orientir.model.indicators import Element, Term
from orientir.model.programme import Programme


def reference_faults(folder: Folder, sections: frozenset[str] | None) -> Iterator[Fault]:
    """Every name that leads nowhere; `sections` are those that the report can make."""
    yield from _dictionary_faults(folder)
    yield from _nested_faults(folder)
    yield from _report_faults(folder, sections)
    for group, entry, part, terms in terms_of(folder.programme):
        yield from _term_faults(folder, terms, folder.place(group, entry, part))
    yield from _unused_elements(folder)


def terms_of(programme: Programme) -> Iterator[tuple[str, str, str, tuple[Term, ...]]]:
    """Every formula of the programme: group, entry, key, terms."""
    for indicator in programme.indicators:
        yield "indicators", indicator.id, "numerator", indicator.numerator
        yield "indicators", indicator.id, "denominator", indicator.denominator
    for check in programme.checks:
        yield "checks", check.id, "left", check.left
        yield "checks", check.id, "right", check.right
    for feature in programme.similarity:
        yield "similarity", feature.id, "numerator", feature.numerator
        yield "similarity", feature.id, "denominator", feature.denominator
    for element in programme.elements:
        yield "elements", element.id, "formula", element.formula


def dimensions_of(programme: Programme, key: str) -> frozenset[str] | None:
    """The breakdowns of an element and of all it is made of; None where one of these is not soundly defined."""
    elements = {element.id: element for element in programme.elements}
    found: set[str] = set()
    made_of = [key]
    for part in made_of:  # grows while it is walked
        if part not in elements:
            return None
        found.update(elements[part].dimensions)
        made_of += [term.element for term in elements[part].formula if term.element not in made_of]
    return frozenset(found)


def _unknown(names: Iterable[str], known: Iterable[str] | None, where: str, what: str) -> Iterator[Fault]:
    if known is None:
        return
    known = list(known)
    for name in names:
        if name and name not in known:
            yield Fault(where, f"{what} «{name}» нет.", nearest(name, known) or f"Опишите «{name}» или уберите ссылку.")


# group, field -> group that must know the name, what it is called
_REFERENCES = {
    ("goals", "indicators"): ("indicators", "показателя"),
    ("analyses", "indicators"): ("indicators", "показателя"),
    ("indicators", "declared"): ("indicators", "показателя"),
    ("indicators", "sources"): ("sources", "источника"),
    ("indicators", "basis"): ("acts", "правового акта"),
    ("indicators", "breakdowns"): ("dimensions", "разреза"),
    ("indicators", "initiative"): ("initiatives", "инициативы"),
    ("elements", "dimensions"): ("dimensions", "разреза"),
    ("elements", "sources"): ("sources", "источника"),
    ("audiences", "kinds"): ("organisation_kinds", "вида организаций"),
    ("roles", "kinds"): ("organisation_kinds", "вида организаций"),
    ("recommendations", "audience"): ("audiences", "адресата"),
    ("recommendations", "owner"): ("roles", "роли"),
    ("recommendations", "roles"): ("roles", "роли"),
    ("recommendations", "initiative"): ("initiatives", "инициативы"),
    ("initiatives", "successor"): ("initiatives", "инициативы"),
    ("acts", "replaced_by"): ("acts", "правового акта"),
}


def _dictionary_faults(folder: Folder) -> Iterator[Fault]:
    for (group, field), (target, what) in _REFERENCES.items():
        for entry in getattr(folder.programme, group):
            value = getattr(entry, field)
            names = (value,) if isinstance(value, str) else value
            yield from _unknown(names, folder.names(target), folder.place(group, entry.id, field), what)


def _nested_faults(folder: Folder) -> Iterator[Fault]:
    """Names deeper in an entry: patterns of recommendations, targets of goals, who reports."""
    programme = folder.programme
    for rule in programme.recommendations:
        where = folder.place("recommendations", rule.id, "when", "indicators")
        yield from _unknown(rule.when.indicators, folder.names("indicators"), where, "показателя")
    for goal in programme.goals:
        targets = [target.indicator for target in goal.targets]
        where = folder.place("goals", goal.id, "targets")
        yield from _unknown(targets, goal.indicators, where, "среди показателей цели")
    if programme.reporting_kinds:
        where = folder.place("programme", "", "reporting_kinds")
        yield from _unknown(programme.reporting_kinds, folder.names("organisation_kinds"), where, "вида организаций")


def _report_faults(folder: Folder, sections: frozenset[str] | None) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, spec in enumerate(folder.programme.report.sections):
        where = folder.place("report", "", "sections", number, "section")
        yield from _unknown([spec.section], sections, where, "раздела отчёта")
        if spec.section in seen:
            yield Fault(where, f"раздел «{spec.section}» уже есть в отчёте.", "Оставьте один.")
        seen.add(spec.section)
        where = folder.place("report", "", "sections", number, "component")
        yield from _unknown([spec.component], folder.names("components"), where, "составляющей")


# ---- terms


def _term_faults(folder: Folder, terms: tuple[Term, ...], where: str) -> Iterator[Fault]:
    known = folder.names("elements")
    for term in terms:
        yield from _unknown([term.element], known, where, "учитываемой величины")
        if term.where is not None:
            yield from _condition_faults(folder, term, term.where, where)


def _condition_faults(folder: Folder, term: Term, condition: Condition, where: str) -> Iterator[Fault]:
    own = dimensions_of(folder.programme, term.element)
    if own is not None:
        for field in sorted(fields_of(condition) - own):
            what = f"у величины «{term.element}» нет разреза «{field}»."
            yield Fault(where, what, nearest(field, own) or "Добавьте его в dimensions величины.")
    members = {one.id: [member.id for member in one.members] for one in folder.programme.dimensions}
    for field, values in _members(condition):
        yield from _unknown(values, members.get(field), where, f"в разрезе «{field}» значения")


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


def _unused_elements(folder: Folder) -> Iterator[Fault]:
    users = ("indicators", "checks", "elements", "similarity", "forms")
    if None in map(folder.names, users):
        return
    used = {term.element for *_, terms in terms_of(folder.programme) for term in terms} | folder.mentioned
    # What feeds a fact that a form gives is used by whatever uses that fact.
    rules = [rule for form in folder.programme.forms for section in form.sections for rule in section.derived]
    used |= {rule.row for rule in rules if rule.element in used}
    for element in folder.programme.elements:
        if element.id not in used:
            yield _unused(folder, element)


def _unused(folder: Folder, element: Element) -> Fault:
    what = "величину не использует ни один показатель и ни одна проверка."
    return Fault(folder.place("elements", element.id), what, "Удалите её или назовите в показателе.")
