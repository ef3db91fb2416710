"""How one file would be read, in words: the mapping, the rows, the remarks, the counts. Nothing is collected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from orientir.model.collection import Breakdown
from orientir.model.package import Fact, Organisation
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.registers import REGISTERS
from orientir.presentation import counted, number, quoted
from orientir.sources.registers.columns import Register
from orientir.sources.registers.importing import RegisterReader
from orientir.sources.registers.plans import Plan
from orientir.sources.registers.profiles import read_profiles, save
from orientir.sources.registers.reading import Reading
from orientir.sources.registers.tables import Tables
from orientir.sources.registers.trial import TERRITORY
from orientir.sources.registers.trial import counted as counted_from
from orientir.spreadsheets.guard import read_file

_SHOWN = 40  # organisations and remarks


@dataclass(frozen=True)
class Preview:
    """Lines for a screen, and whether anything in the file is wrong."""

    lines: tuple[str, ...]
    has_errors: bool


def preview(
    file: Path,
    programme: Programme,
    period: Period,
    organisations: Sequence[Organisation],
    profiles: Path | None,
    wanted: Register | None,
) -> Preview:
    """Raises Refusal for a file that would be refused, UserError for a profile that cannot be used."""
    known = read_profiles(profiles, [place.id for place in organisations]) if profiles else ()
    reader = RegisterReader(programme, period, organisations, known)
    readings = [reader.read(plan) for plan in reader.plans(read_file(file), file.name, wanted)]
    titles = {place.id: place.title for place in organisations}
    lines = [line for reading in readings for line in _told(reading, titles)]
    lines += _elements(readings, file.name, programme, period, organisations)
    if profiles:
        lines += [f"Профиль сохранён: {save(profile, profiles)}" for profile in reader.proposed]
    elif reader.proposed:
        lines.append("Профиль составлен по заголовкам и не сохранён; чтобы сохранить, укажите --profiles ПАПКА.")
    return Preview(tuple(lines), any(remark.is_error for reading in readings for remark in reading.remarks))


def _elements(
    readings: Sequence[Reading], name: str, programme: Programme, period: Period, organisations: Sequence[Organisation]
) -> Iterator[str]:
    """What the programme counts from the file, summed over its organisations."""
    tables = Tables(programme, period, organisations)
    for reading in readings:
        tables.add(reading, name)
    facts = counted_from(tables.as_text(), programme, period, organisations)
    if not facts:
        yield "Ни одна величина программы по этому файлу не считается."
        return
    yield "По этому файлу программа считает:"
    for element in programme.elements:
        cells: dict[Breakdown, list[Fact]] = defaultdict(list)
        for fact in facts:
            if fact.element == element.id:
                cells[fact.breakdown].append(fact)
        for members, cell in sorted(cells.items(), key=lambda pair: _order(programme, pair[0])):
            yield f"  {element.title}{_cut(programme, members)}: {_sum(cell)}"


def _sum(cell: Sequence[Fact]) -> str:
    """The territory's own number, where rows without a school gave one, is that of all rows."""
    whole = [fact for fact in cell if fact.organisation == TERRITORY] or cell
    values = [fact.value for fact in whole if fact.value is not None]
    return number(sum(values, Decimal(0))) if len(values) == len(whole) else "не известно: не все числа прочитаны"


def _order(programme: Programme, members: Breakdown) -> list[int]:
    return [[one.id for one in programme.dimension(dimension).members].index(member) for dimension, member in members]


def _cut(programme: Programme, members: Breakdown) -> str:
    titles = [
        next(one.title for one in programme.dimension(dimension).members if one.id == member)
        for dimension, member in members
    ]
    return f" ({', '.join(titles)})" if titles else ""


def _told(reading: Reading, titles: dict[str, str]) -> Iterator[str]:
    plan = reading.plan
    place = plan.grid.place(plan.header.row)
    yield f"{place[0].upper()}{place[1:]}: реестр {quoted(plan.register.title)} ({plan.register.id})."
    yield f"Строка — {plan.register.row_means}."
    yield from _mapping(plan)
    yield from _counts(reading, titles)
    errors = sum(remark.is_error for remark in reading.remarks)
    yield f"Замечаний: {len(reading.remarks)}, из них ошибок: {errors}."
    for remark in reading.remarks[:_SHOWN]:
        yield f"  [{'ошибка' if remark.is_error else 'заметка'}] {remark.place}: {remark.what} {remark.cure}"
    if len(reading.remarks) > _SHOWN:
        yield f"  … и ещё {len(reading.remarks) - _SHOWN}"


def _mapping(plan: Plan) -> Iterator[str]:
    yield "Столбцы:"
    for key, at in plan.columns.items():
        column = plan.register.column(key)
        kept = " — только чтобы различить людей, не сохраняется" if column.personal else ""
        yield f"  {key}: {column.title} ← {quoted(plan.header.titles[at])}{kept}"
    for key, value in plan.constants.items():
        yield f"  {key}: {plan.register.column(key).title} = {value} (для всего файла)"
    used = set(plan.columns.values())
    unused = [title for at, title in enumerate(plan.header.titles) if title and at not in used]
    if unused:
        yield f"  не нужны: {', '.join(map(quoted, unused))}"
    if plan.is_personal:
        yield "В файле сведения о людях: он не будет скопирован, сохранятся только имя файла и контрольная сумма."


def _counts(reading: Reading, titles: dict[str, str]) -> Iterator[str]:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in reading.rows:
        groups[row.cells.get("organisation") or ""].append(row.cells)
    yield f"Прочитано: {_amounts(reading.plan.register, [row.cells for row in reading.rows])}."
    for key in sorted(groups)[:_SHOWN]:
        title = titles.get(key, key) if key else "территория в целом"
        yield f"  {title}: {_amounts(reading.plan.register, groups[key])}"
    if len(groups) > _SHOWN:
        yield f"  … и ещё {counted(len(groups) - _SHOWN, 'организация')}"


def _amounts(register: Register, rows: Sequence[dict[str, Any]]) -> str:
    """«строк 12, людей 9, visits 140»."""
    told = [counted(len(rows), "запись")]
    shape = REGISTERS.get(register.table)
    if shape is None:
        return told[0]
    if shape.persons:
        people = {(row["organisation"], row["person"]) for row in rows if row["person"]}
        told += [counted(len(people), "человек")] if people else []
    for column in shape.sums:
        values = [row[column] for row in rows if row.get(column) is not None]
        told += [f"{_SUMS[column]}: {number(sum(values))}"] if values else []
    return ", ".join(told)


_SUMS = {"visits": "посещений", "persons": "человек числом", "places": "мест", "enrolments": "зачислений"}
