"""Folders of returned forms for the measurements: thousands of schools, each with numbers of its own that agree.

One workbook is written by Orientir's writer; the others are it with other numbers in its cells and another school in
its passport, packed as a spreadsheet program packs them. Schools stand under municipalities of forty.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

from orientir.facts.tables import ORGANISATIONS
from orientir.facts.writing import rows_of, write_table
from orientir.model.collection import CellKey
from orientir.model.forms import AnswerKind
from orientir.model.package import Organisation
from orientir.model.periods import Period, PeriodKind
from orientir.model.programme import Programme
from orientir.sources.forms.layout import Layout, layout_of
from orientir.sources.forms.writing import Addressee, Filled, write_form

PERIOD = Period(PeriodKind.SCHOOL_YEAR, 2025)
SCHOOLS_TOGETHER = 40
_SENTINEL = 700_000  # a number that no answer has; its last digits are the number of its cell
_NUMBER = re.compile(rb"<v>70(\d{4})</v>")
_COMPUTED = re.compile(rb"</f><v>[^<]*</v>")  # sums of sentinels, which would be taken for typed ones
_FAULTY = 20  # every twentieth school sends a number that cannot be


def returned_forms(folder: Path, programme: Programme, count: int) -> Path:
    """`folder` with organisations.csv and forms/ of as many schools; every twentieth has an error in its numbers."""
    (folder / "forms").mkdir(parents=True)
    places = list(_places(count))
    write_table(folder / "organisations.csv", ORGANISATIONS, rows_of(places, ORGANISATIONS))
    (folder / "collection.yaml").write_text("territory: region\nsynthetic: true\n", encoding="utf-8")
    (folder / "received.csv").write_text("file;date\n" + "".join(_receipts(count)), encoding="utf-8")
    layout = layout_of(programme.forms[0], programme)
    packing = _Packing(layout)
    for number in range(count):
        answers = _answers(Random(number))
        if number % _FAULTY == 0:
            answers["recommended_9"] = answers["graduates_9"] + 1
        (folder / "forms" / f"{number:05}.xlsx").write_bytes(packing.form(_school(number), answers))
    return folder


def _receipts(count: int) -> Iterator[str]:
    return (f"{number:05}.xlsx;01.10.2026\n" for number in range(count))


def _school(number: int) -> str:
    return f"school_{number:05}"


def _places(count: int) -> Iterator[Organisation]:
    yield Organisation("region", "Измерительный край", "region")
    for number in range(-(-count // SCHOOLS_TOGETHER)):
        yield Organisation(f"area_{number:03}", f"Округ № {number + 1}", "district", "region")
    for number in range(count):
        area = f"area_{number // SCHOOLS_TOGETHER:03}"
        yield Organisation(_school(number), f"Измерительная школа № {number + 1}", "school", area)


class _Packing:
    """The parts of one workbook, and which of their numbers are answers."""

    def __init__(self, layout: Layout) -> None:
        self.codes = [_code(cell.key) for cell in layout.cells]
        given: dict[CellKey, object] = {}
        for place, cell in enumerate(layout.cells):
            given[cell.key] = _SENTINEL + place if cell.answer is AnswerKind.NUMBER else _said(_code(cell.key))
        out = io.BytesIO()
        school = Organisation(_school(99_999), "Измерительная школа", "school", "region")
        write_form(out, layout, Addressee(school, PERIOD, "Измерительный край", synthetic=True), Filled(given))
        with zipfile.ZipFile(out) as book:
            self.parts = [(info, _COMPUTED.sub(b"</f>", book.read(info))) for info in book.infolist()]

    def form(self, school: str, answers: Mapping[str, int]) -> bytes:
        def number(match: re.Match[bytes]) -> bytes:
            return b"<v>%d</v>" % answers.get(self.codes[int(match[1])], 0)

        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
            for info, data in self.parts:
                told = data.replace(_school(99_999).encode(), school.encode())
                book.writestr(info, _NUMBER.sub(number, told))
        return out.getvalue()


def _code(key: CellKey) -> str:
    element, breakdown = key
    return " ".join((element, *(member for _, member in breakdown)))


def _said(code: str) -> str:
    return "да" if code in ("schools", "schools_by_level main") else "нет"


def _answers(chance: Random) -> dict[str, int]:
    """Numbers of a school that agree with each other: parts within their wholes, places of graduates all told."""
    grades = {grade: chance.randint(30, 120) for grade in range(1, 12)}
    found = {f"pupils_grade {grade}": size for grade, size in grades.items()}
    tested = {grade: chance.randint(size // 2, size) for grade, size in grades.items() if grade > 5}
    found |= {f"tested_grade {grade}": size for grade, size in tested.items()}
    found |= {
        f"horizons_pupils {grade}": chance.randint(size // 2, size) for grade, size in grades.items() if grade > 5
    }
    found |= _split("readiness", ("high", "middle", "low"), sum(tested.values()), chance)
    found |= _graduates(grades, chance)
    for whole, part in (("ticket_registered", "ticket_tested"), ("ticket_tested", "ticket_trial")):
        found.setdefault(whole, chance.randint(30, 150))
        found[part] = chance.randint(0, found[whole])
    found["ticket_recommended"] = chance.randint(0, found["ticket_tested"])
    found["trial_pupils"] = chance.randint(found["ticket_trial"], 160)
    found |= {"pupils_14": sum(grades[grade] for grade in (8, 9, 10, 11)), "pupils_disability": chance.randint(5, 30)}
    found |= {"event_participants": chance.randint(30, 180), "supplementary_pupils": chance.randint(60, 300)}
    found |= {"parents_8_11": chance.randint(150, 400), "parents_advised": chance.randint(0, 140)}
    return found | {"navigators": 3, "navigators_trained": chance.randint(0, 3)}


def _graduates(grades: Mapping[int, int], chance: Random) -> dict[str, int]:
    ninth, eleventh = grades[9] - chance.randint(0, 3), grades[11] - chance.randint(0, 3)
    found = {"graduates_9": ninth, "graduates_11": eleventh, "recommended_9": chance.randint(0, ninth)}
    found |= _split("", ("admitted_college_9", "destination_9 grade_10", "destination_9 work"), ninth, chance)
    found |= _split("", ("admitted_higher_11", "admitted_college_11", "destination_11 army"), eleventh, chance)
    return found


def _split(head: str, names: tuple[str, str, str], whole: int, chance: Random) -> dict[str, int]:
    first = chance.randint(0, whole)
    second = chance.randint(0, whole - first)
    return {
        f"{head} {name}".strip(): size
        for name, size in zip(names, (first, second, whole - first - second), strict=True)
    }
