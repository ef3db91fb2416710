"""Records of pupils as a source: elements with `records` counted school by school for the report's own package.

Records stay where they are: facts hold counts, and neither a snapshot nor a report carries a pupil.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from orientir.engines.records.checked import check_records
from orientir.engines.records.partitions import FOLDER
from orientir.engines.records.planning import RecordPlan, plan_records
from orientir.engines.records.run import Means, compute_records
from orientir.engines.records.shown import value_rows
from orientir.engines.records.subjects import keep_subjects
from orientir.errors import Fault, PackageError
from orientir.facts.package import read_package
from orientir.model.indicators import Element, RecordCount
from orientir.model.package import Fact, Package, Source
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.records import ALL, FIELDS, LEVELS, UNKNOWN, SubjectMap
from orientir.model.status import CellState

RECORDS = Source("records", "Сведения об обучающихся", "records", "сведения об обучающихся", rank=50)
Row = Mapping[str, int]


def read_with_records(folder: Path, programme: Programme) -> Package:
    """The package with facts counted from its records, where it has any and the programme asks for them.

    Raises UserError where its records are not sound, or a school of theirs is no organisation of the package.
    """
    return _with_records(read_package(folder, programme), programme)


def _with_records(package: Package, programme: Programme) -> Package:
    plan = plan_records(programme.elements)
    if package.records is None or not plan.elements:
        return package
    rows = _rows(package.records.parent, plan, programme.subject_map)
    places = _places(package, {row["unit"] for row in rows})
    elements = [one for one in programme.elements if one.records is not None]
    found = [fact for one in elements for fact in _facts(one, programme, rows, places)]
    numbered = tuple(replace(fact, id=f"p{number}") for number, fact in enumerate(found, 1))
    return replace(package, sources=(*package.sources, RECORDS), facts=package.facts + numbered)


def _rows(folder: Path, plan: RecordPlan, subjects: SubjectMap) -> list[Row]:
    with TemporaryDirectory() as name:
        keep_subjects(Path(name), subjects)
        return _counted(folder, plan, Path(name))


def _counted(folder: Path, plan: RecordPlan, out: Path) -> list[Row]:
    check_records(folder, out, Means())
    files = compute_records(folder, plan, out, Means())
    return list(value_rows(files, [one.id for one in plan.elements], LEVELS["school"], breakdowns=True))


def _places(package: Package, schools: set[int]) -> Mapping[int, str]:
    """school -> organisation: by `records/schools.csv`, else by the organisation's own id («school_07», «7»)."""
    told = _told(package.records / "schools.csv") if package.records else {}
    known = {place.id for place in package.organisations}
    found = {school: told.get(school) or _by_id(school, known) for school in schools}
    lacking = sorted(school for school, place in found.items() if place not in known)
    if lacking:
        shown = ", ".join(map(str, lacking[:10]))
        what = f"школ с кодами {shown} нет среди организаций пакета."
        cure = "Допишите организации или соответствие кодов в records/schools.csv (school_id, organisation)."
        raise PackageError(Fault(f"{package.name}/{FOLDER}", what, cure))
    return found


def _told(file: Path) -> dict[int, str]:
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {int(row["school_id"]): row["organisation"] for row in rows if row.get("organisation")}


def _by_id(school: int, known: set[str]) -> str:
    return next((name for name in (str(school), f"school_{school}", f"school_{school:02d}") if name in known), "")


def _facts(element: Element, programme: Programme, rows: Sequence[Row], places: Mapping[int, str]) -> Iterator[Fact]:
    rule = element.records
    assert rule is not None
    unsure = {(row["year"], row["unit"]) for row in rows if row[element.id] and _is_unknown(row, rule)}
    for row in rows:
        by = {} if (row["year"], row["unit"]) in unsure else rule.by
        if _is_of(row, by):
            yield _fact(element, Period(programme.period, row["year"]), places[row["unit"]], row, by)


def _is_unknown(row: Row, rule: RecordCount) -> bool:
    return any(row[key] == UNKNOWN for key in rule.by.values())


def _is_of(row: Row, by: Mapping[str, str]) -> bool:
    """The row tells of just these keys. Where a member is not known, a school's number is told without breakdown."""
    keys = set(by.values())
    return all((row[key] != ALL) == (key in keys) for key in ("grade", "sex"))


def _fact(element: Element, period: Period, place: str, row: Row, by: Mapping[str, str]) -> Fact:
    value = row[element.id]
    return Fact(
        id="",
        element=element.id,
        organisation=place,
        period=period,
        breakdown=tuple(sorted((dimension, _member(key, row[key])) for dimension, key in by.items())),
        value=Decimal(value),
        state=CellState.VALUE if value else CellState.ZERO,
        source=RECORDS.id,
        note="Подсчёт по сведениям об обучающихся: каждый один раз в году.",
        file=f"{FOLDER}/enrolment",
        row=1,
    )


def _member(key: str, code: int) -> str:
    names = {number: name for name, number in (FIELDS[key].members or {}).items()}
    return names.get(code, str(code))
