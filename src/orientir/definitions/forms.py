"""Does a form fit its programme: names, cells asked twice, cells that nobody needs, and who is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from orientir.definitions.burden import uses_of
from orientir.definitions.entries import nearest
from orientir.definitions.folder import Folder
from orientir.definitions.questions import derived_cells, derived_key, rows_of
from orientir.errors import Fault
from orientir.model.collection import CellKey
from orientir.model.forms import Form, FormSection


def form_faults(folder: Folder) -> Iterator[Fault]:
    """Every misfit of every form; what depends on names is looked at where the names are sound."""
    for form in folder.programme.forms:
        named = [*_addressee_faults(folder, form), *_shape_faults(folder, form), *_name_faults(folder, form)]
        yield from named
        if not named and _is_sound(folder, form):
            yield from _doubled(folder, form)
            yield from _empty_sums(folder, form)
            yield from _unneeded(folder, form)


def _is_sound(folder: Folder, form: Form) -> bool:
    """Nothing that the form names, and nothing that might need its cells, is broken: told there, not here as well."""
    programme = folder.programme
    groups = ("elements", "dimensions", "indicators", "checks", "similarity")
    known = {group: folder.names(group) for group in groups}
    return all(names is not None and len(names) == len(getattr(programme, group)) for group, names in known.items())


def _place(folder: Folder, form: Form, *route: str | int) -> str:
    return folder.place("forms", form.id, *route)


def _unknown(name: str, known: Iterable[str] | None, place: str, what: str) -> Iterator[Fault]:
    if known is None:
        return
    known = list(known)
    if name and name not in known:
        yield Fault(place, f"{what} «{name}» нет.", nearest(name, known) or "Исправьте имя.")


def _addressee_faults(folder: Folder, form: Form) -> Iterator[Fault]:
    kinds = folder.names("organisation_kinds")
    yield from _unknown(form.for_kind, kinds, _place(folder, form, "for_kind"), "вида организаций")
    roles = {role.id: role for role in folder.programme.roles}
    yield from _unknown(form.asks, folder.names("roles"), _place(folder, form, "asks"), "роли")
    if form.asks in roles and roles[form.asks].teacher:
        cure = "Форму заполняет администрация: назовите её роль."
        yield Fault(_place(folder, form, "asks"), "форму нельзя поручить учителю.", cure)


def _shape_faults(folder: Folder, form: Form) -> Iterator[Fault]:
    """What no sheet can be made of."""
    if not _is_day(form.deadline):
        what = f"«{form.deadline}» — не день года."
        yield Fault(_place(folder, form, "deadline"), what, "Запишите месяц и день: «10-15».")
    if min(form.minutes_per_cell, form.minutes_known) < 0:
        yield Fault(_place(folder, form), "время на ячейку меньше нуля.", "Исправьте minutes_per_cell и minutes_known.")
    if not form.sections:
        yield Fault(_place(folder, form, "sections"), "в форме нет разделов.", "Опишите хотя бы один.")
    for number, section in enumerate(form.sections):
        place = _place(folder, form, "sections", number)
        if not section.rows:
            yield Fault(place, "в разделе нет строк.", "Задайте вопросы или уберите раздел.")
        if not section.columns and (section.row_total or section.column_total):
            yield Fault(place, "итоги есть только у таблиц.", "Уберите row_total и column_total или назовите columns.")


def _is_day(text: str) -> bool:
    """A day that every year has."""
    try:
        return date.fromisoformat(f"2021-{text}").strftime("%m-%d") == text
    except ValueError:
        return False


def _name_faults(folder: Folder, form: Form) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, section in enumerate(form.sections):
        place = _place(folder, form, "sections", number)
        if section.id in seen:
            yield Fault(place, f"раздел «{section.id}» уже есть.", "Дайте ему другое имя.")
        seen.add(section.id)
        yield from _members_known(folder, place, section.columns, section.members)
        for row in section.rows:
            yield from _element_faults(folder, place, row.element, [*row.breakdown, row.each, section.columns])
            yield from _members_known(folder, place, row.each, row.members)
            for dimension, member in row.breakdown.items():
                yield from _members_known(folder, place, dimension, (member,))
        yield from _derived_faults(folder, section, place)


def _element_faults(folder: Folder, place: str, key: str, dimensions: Iterable[str]) -> Iterator[Fault]:
    elements = {element.id: element for element in folder.programme.elements}
    yield from _unknown(key, folder.names("elements"), place, "учитываемой величины")
    if key not in elements:
        return
    if elements[key].formula:
        yield Fault(place, f"величина «{key}» вычисляется, её не спрашивают.", "Уберите строку.")
    for dimension in dimensions:
        if dimension and dimension not in elements[key].dimensions:
            cure = "Уберите разрез или добавьте его в dimensions величины."
            yield Fault(place, f"у величины «{key}» нет разреза «{dimension}».", cure)


def _members_known(folder: Folder, place: str, key: str, members: Iterable[str]) -> Iterator[Fault]:
    dimensions = {one.id: [member.id for member in one.members] for one in folder.programme.dimensions}
    yield from _unknown(key, folder.names("dimensions"), place, "разреза")
    for member in members:
        if not key:
            yield Fault(place, f"значение «{member}» названо без разреза.", "Укажите columns или each.")
        elif key in dimensions:
            yield from _unknown(member, dimensions[key], place, f"в разрезе «{key}» значения")


def _derived_faults(folder: Folder, section: FormSection, place: str) -> Iterator[Fault]:
    rows = {row.element for row in section.rows}
    for rule in section.derived:
        yield from _unknown(rule.row, rows, place, "в разделе строки")
        yield from _element_faults(folder, place, rule.element, rule.breakdown)
        yield from _members_known(folder, place, section.columns, rule.members)
        for dimension, member in rule.breakdown.items():
            yield from _members_known(folder, place, dimension, (member,))


def _doubled(folder: Folder, form: Form) -> Iterator[Fault]:
    """A number that is asked, or follows from what is asked, is not asked again."""
    programme, seen = folder.programme, set[CellKey]()
    for number, section in enumerate(form.sections):
        keys = [key for row in rows_of(section, programme) for key in row.cells]
        keys += [derived_key(rule, programme) for rule in section.derived]
        for key in keys:
            if key in seen:
                what = f"«{_told(key)}» уже спрашивают или вычисляют."
                yield Fault(_place(folder, form, "sections", number), what, "Уберите повтор.")
            seen.add(key)


def _empty_sums(folder: Folder, form: Form) -> Iterator[Fault]:
    for number, section in enumerate(form.sections):
        for rule in section.derived:
            if not derived_cells(section, rule, folder.programme):
                what = f"величину «{rule.element}» не из чего сложить: названных столбцов в разделе нет."
                yield Fault(_place(folder, form, "sections", number), what, "Исправьте members.")


def _unneeded(folder: Folder, form: Form) -> Iterator[Fault]:
    uses = uses_of(form, folder.programme)
    for number, section in enumerate(form.sections):
        for row in rows_of(section, folder.programme):
            for key in row.cells:
                if not uses[key]:
                    what = f"ячейка «{_told(key)}» не нужна ни показателю, ни проверке."
                    yield Fault(_place(folder, form, "sections", number), what, "Не спрашивайте её.")


def _told(key: CellKey) -> str:
    element, breakdown = key
    return ", ".join((element, *(f"{dimension}={member}" for dimension, member in breakdown)))
