"""A data package on disk -> a `Package`, or all its mistakes at once."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

from orientir.errors import Fault, PackageError
from orientir.facts.tables import (
    ACTIONS,
    ACTIVITIES,
    EVENTS,
    OPEN_DAYS,
    ORGANISATIONS,
    SOURCES,
    Column,
    TableRow,
    fact_columns,
    read_table,
)
from orientir.model.package import Action, Activity, Event, Fact, OpenDay, Organisation, Package, Source
from orientir.model.periods import Period
from orientir.model.programme import Programme, Unit
from orientir.model.status import CellState

DESCRIPTOR = "datapackage.json"
REQUIRED = ("organisations", "sources", "facts")


class _Reading:
    """The tables of one package and the faults found in them."""

    def __init__(self, folder: Path, programme: Programme) -> None:
        self.folder = folder
        self.programme = programme
        self.faults: list[Fault] = []
        self.files: dict[str, bytes] = {}
        self.descriptor = self._descriptor()
        self.tables: dict[str, list[TableRow]] = {}

    def fault(self, place: str, what: str, cure: str = "") -> None:
        self.faults.append(Fault(f"{self.folder.name}/{place}", what, cure))

    def _descriptor(self) -> dict[str, Any]:
        path = self.folder / DESCRIPTOR
        if not path.is_file():
            raise PackageError(Fault(str(path), "файла нет: это не пакет данных.", "Проверьте путь к папке пакета."))
        self.files[DESCRIPTOR] = path.read_bytes()
        try:
            descriptor: dict[str, Any] = json.loads(self.files[DESCRIPTOR])
        except ValueError as error:
            raise PackageError(Fault(str(path), f"файл не разобран как JSON: {error}.", "Восстановите его.")) from error
        about = descriptor.get("orientir") if isinstance(descriptor, dict) else None
        if not isinstance(about, dict) or not isinstance(descriptor.get("resources"), list):
            raise PackageError(Fault(str(path), "нет описания ресурсов или раздела orientir.", "Дополните описание."))
        return descriptor

    def read(self, name: str, columns: Mapping[str, Column]) -> None:
        resource = next((one for one in self.descriptor["resources"] if one.get("name") == name), None)
        self.tables[name] = []
        if resource is None:
            if name in REQUIRED:
                self.fault(DESCRIPTOR, f"не описан ресурс «{name}».", "Без него отчёт невозможен.")
            return
        path = str(resource.get("path", ""))
        data = self._bytes(path, resource)
        if data is not None:
            self.tables[name] = read_table(f"{self.folder.name}/{path}", data, columns, self.faults)

    def _bytes(self, path: str, resource: Mapping[str, Any]) -> bytes | None:
        pure = PurePosixPath(path)
        if not path or pure.is_absolute() or ".." in pure.parts:
            self.fault(DESCRIPTOR, f"путь «{path}» выходит из папки пакета.", "Укажите файл внутри папки.")
            return None
        file = self.folder / pure
        if not file.is_file():
            self.fault(path, "файл описан в пакете, но его нет: пакет записан не до конца.", "Верните файл.")
            return None
        data = file.read_bytes()
        expected = resource.get("hash")
        if expected and expected != f"sha256:{hashlib.sha256(data).hexdigest()}":
            self.fault(path, "контрольная сумма не совпадает с описанием.", "Верните исходный файл.")
        self.files[path] = data
        return data

    # ---- meaning of the cells

    def known(self, row: TableRow, table: str, column: str, names: set[str], what: str) -> bool:
        value = row[column]
        if not value or value in names:
            return True
        close = get_close_matches(value, sorted(names), 1)
        cure = f"Возможно, имелось в виду «{close[0]}»." if close else "Проверьте код."
        self.fault(f"{table}.csv:{row.line}: {column}", f"{what} «{value}» неизвестно.", cure)
        return False

    def period(self, row: TableRow, table: str) -> Period | None:
        try:
            return Period.parse(row["period"], self.programme.period)
        except ValueError as error:
            self.fault(f"{table}.csv:{row.line}: period", str(error))
            return None


def read_package(folder: Path, programme: Programme) -> Package:
    """Read every table of the package under the programme's dictionaries.

    Raises PackageError with every fault found: files, columns, numbers, codes, periods, states, repeated facts.
    """
    if not folder.is_dir():
        raise PackageError(Fault(str(folder), "папки нет.", "Проверьте путь к пакету данных."))
    reading = _Reading(folder, programme)
    dimensions = tuple(dimension.id for dimension in programme.dimensions)
    kinds = {
        "organisations": ORGANISATIONS,
        "sources": SOURCES,
        "facts": fact_columns(dimensions),
        "events": EVENTS,
        "activities": ACTIVITIES,
        "open_days": OPEN_DAYS,
        "actions": ACTIONS,
    }
    for name, columns in kinds.items():
        reading.read(name, columns)
    package = _assembled(reading)
    if reading.faults:
        raise PackageError(sorted(reading.faults))
    return package


def _assembled(reading: _Reading) -> Package:
    organisations = tuple(_organisations(reading))
    sources = tuple(Source(**row.cells) for row in reading.tables["sources"])
    places = {place.id for place in organisations}
    documents = {source.id for source in sources}
    _unique(reading, "organisations", [place.id for place in organisations])
    _unique(reading, "sources", [source.id for source in sources])
    _unique(reading, "sources", [str(source.rank) for source in sources])
    about = reading.descriptor["orientir"]
    if about.get("territory") not in places:
        reading.fault(DESCRIPTOR, f"территории «{about.get('territory')}» нет в organisations.csv.", "Исправьте код.")
    if about.get("programme") not in (None, reading.programme.id):
        what = f"пакет собран по программе «{about['programme']}», а отчёт — по «{reading.programme.id}»."
        reading.fault(DESCRIPTOR, what, "Укажите ту же программу.")
    return Package(
        name=str(reading.descriptor.get("name", reading.folder.name)),
        title=str(reading.descriptor.get("title", "")),
        territory=str(about.get("territory", "")),
        synthetic=bool(about.get("synthetic", False)),
        prepared_by=str(about.get("prepared_by", "")),
        checksum=_checksum(reading.files),
        organisations=organisations,
        sources=sources,
        facts=tuple(_facts(reading, places, documents)),
        events=tuple(Event(**row.cells, row=row.line) for row in _sourced(reading, "events", documents)),
        activities=tuple(_with_period(reading, "activities", Activity, documents)),
        open_days=tuple(_open_days(reading, places, documents)),
        actions=tuple(_actions(reading, places, documents)),
        files=reading.files,
    )


def _checksum(files: Mapping[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return f"sha256:{whole.hexdigest()}"


def _unique(reading: _Reading, table: str, keys: list[str]) -> None:
    for key, count in Counter(keys).items():
        if count > 1:
            reading.fault(f"{table}.csv", f"«{key}» записано {count} раза.", "Оставьте одну строку.")


def _organisations(reading: _Reading) -> Iterator[Organisation]:
    rows = reading.tables["organisations"]
    kinds = {kind.id for kind in reading.programme.organisation_kinds}
    parents = {row["id"]: row["parent"] for row in rows}
    for row in rows:
        known = reading.known(row, "organisations", "kind", kinds, "вид организации")
        if reading.known(row, "organisations", "parent", set(parents), "вышестоящая организация") and known:
            if _is_circular(row["id"], parents):
                reading.fault(
                    f"organisations.csv:{row.line}: parent", "подчинённость замкнута в круг.", "Разорвите его."
                )
            yield Organisation(**row.cells)


def _is_circular(start: str, parents: Mapping[str, str]) -> bool:
    seen, step = {start}, parents.get(start, "")
    while step and step not in seen:
        seen.add(step)
        step = parents.get(step, "")
    return step == start


def _sourced(reading: _Reading, table: str, documents: set[str]) -> Iterator[TableRow]:
    for row in reading.tables[table]:
        if reading.known(row, table, "source", documents, "источник"):
            yield row


def _with_period(reading: _Reading, table: str, kind: type[Any], documents: set[str]) -> Iterator[Any]:
    for row in _sourced(reading, table, documents):
        period = reading.period(row, table)
        if period is not None:
            yield kind(**{**row.cells, "period": period}, row=row.line)


def _open_days(reading: _Reading, places: set[str], documents: set[str]) -> Iterator[OpenDay]:
    for row in reading.tables["open_days"]:
        reading.known(row, "open_days", "host", places, "организация")
    yield from _with_period(reading, "open_days", OpenDay, documents)


def _actions(reading: _Reading, places: set[str], documents: set[str]) -> Iterator[Action]:
    indicators = {indicator.id for indicator in reading.programme.indicators}
    kinds = {"measure", "decision"}
    for row in _sourced(reading, "actions", documents):
        reading.known(row, "actions", "kind", kinds, "вид")
        reading.known(row, "actions", "owner", {role.id for role in reading.programme.roles}, "роль ответственного")
        for code in row["indicators"]:
            if code not in indicators:
                reading.fault(f"actions.csv:{row.line}: indicators", f"показателя «{code}» нет в программе.")
        for code in row["organisations"]:
            if code not in places:
                reading.fault(f"actions.csv:{row.line}: organisations", f"организация «{code}» неизвестна.")
        yield Action(**row.cells, row=row.line)


def _facts(reading: _Reading, places: set[str], documents: set[str]) -> Iterator[Fact]:
    elements = {element.id: element for element in reading.programme.elements}
    seen: dict[tuple[Any, ...], int] = {}
    for row in reading.tables["facts"]:
        names = (
            reading.known(row, "facts", "element", set(elements), "учитываемая величина"),
            reading.known(row, "facts", "organisation", places, "организация"),
            reading.known(row, "facts", "source", documents, "источник"),
        )
        period = reading.period(row, "facts")
        if not all(names) or period is None:
            continue
        element = elements[row["element"]]
        breakdown = tuple(_breakdown(reading, row, element.dimensions))
        state = _state(reading, row, element.unit)
        key = (element.id, row["organisation"], period, breakdown, row["source"])
        if key in seen:
            what = f"повторяет строку {seen[key]}: та же величина, организация, период, разрез и источник."
            reading.fault(f"facts.csv:{row.line}", what, "Оставьте одну из строк.")
        seen.setdefault(key, row.line)
        if state is not None:
            yield _fact(row, period, breakdown, state)


def _fact(row: TableRow, period: Period, breakdown: tuple[tuple[str, str], ...], state: CellState) -> Fact:
    return Fact(
        id=f"f{row.line}",
        element=row["element"],
        organisation=row["organisation"],
        period=period,
        breakdown=breakdown,
        value=row["value"],
        state=state,
        source=row["source"],
        note=row["note"],
        reason=row["reason"],
        period_printed=row["period_printed"],
        label_printed=row["label_printed"],
        row=row.line,
    )


def _breakdown(reading: _Reading, row: TableRow, dimensions: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for dimension in reading.programme.dimensions:
        member = row[dimension.id]
        if not member:
            continue
        if dimension.id not in dimensions:
            what = f"у величины «{row['element']}» нет разреза «{dimension.id}»."
            reading.fault(f"facts.csv:{row.line}: {dimension.id}", what, "Очистите ячейку.")
        elif reading.known(row, "facts", dimension.id, {one.id for one in dimension.members}, "значение разреза"):
            yield dimension.id, member


def _state(reading: _Reading, row: TableRow, unit: Unit) -> CellState | None:
    """The state of the cell; a state that contradicts the value is a fault, an empty cell needs one."""
    where, value, status = f"facts.csv:{row.line}", row["value"], row["status"]
    if status and status not in set(CellState):
        reading.fault(f"{where}: status", f"состояние «{status}» неизвестно.", f"Допустимы: {', '.join(CellState)}.")
        return None
    if value is None:
        if status in ("", CellState.VALUE, CellState.ZERO):
            cure = "Запишите число или состояние not_reported (нет данных), not_applicable (не применимо)."
            reading.fault(f"{where}: value", "ячейка пуста, а пустая ячейка — не ноль.", cure)
            return None
        return CellState(status)
    _value_faults(reading, where, value, unit)
    expected = CellState.VALUE if value else CellState.ZERO
    if status not in ("", expected):
        reading.fault(
            f"{where}: status", f"состояние «{status}» противоречит числу {value}.", f"Должно быть «{expected}»."
        )
    return expected


def _value_faults(reading: _Reading, where: str, value: Decimal, unit: Unit) -> None:
    if value < 0:
        reading.fault(f"{where}: value", f"число {value} меньше нуля.", "Исправьте его.")
    elif value != value.to_integral_value():
        reading.fault(f"{where}: value", f"число {value} дробное, а считают единицы ({unit}).", "Запишите целое.")
