"""What a school of forty pupils a grade answers, and the same as a spreadsheet or the form's own workbook holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO

from openpyxl import load_workbook

from orientir.definitions.loader import load_programme
from orientir.model.forms import AnswerKind
from orientir.resources import programme_folder
from orientir.sources.forms.layout import CellPlace, SectionPlace, code_of, layout_of

PROGRAMME = "career_guidance_2022"
_TOLD = {
    "pupils_disability|level=5-9": 12,
    "college_distance": 14,
    "parents_8_11": 210,
    "graduates_9": 40,
    "admitted_college_9": 18,
    "destination_9|destination=grade_10": 22,
    "admitted_by_profile_9": 6,
    "college_9_near_exam": 9,
    "recommended_9": 31,
    "graduates_11": 36,
    "admitted_higher_11": 21,
    "admitted_college_11": 12,
    "destination_11|destination=work": 3,
    "admitted_by_profile_11": 17,
    "profile_exams_11": 20,
    "exam_choices_9|subject=informatics": 15,
    "exam_choices_9|subject=biology": 11,
    "exam_choices_11|subject=mathematics": 19,
    "championship_participants|stage=regional": 5,
    "championship_master_class": 14,
    "ticket_registered": 70,
    "ticket_tested": 60,
    "ticket_open_day": 40,
    "ticket_trial": 30,
    "ticket_recommended": 25,
    "event_participants": 120,
    "tour_pupils": 80,
    "parents_advised": 33,
}
_OF_EACH = {"pupils_grade": 40, "ticket_grade": 10, "tested_grade": 25, "profile_pupils": 8}


def sections() -> tuple[SectionPlace, ...]:
    programme = load_programme(programme_folder(PROGRAMME))
    return tuple(layout_of(programme.forms[0], programme).sections)


def answer(place: CellPlace, **other: str) -> str:
    code = code_of(*place.key)
    if code in other:
        return other[code]
    if place.answer is AnswerKind.YES_NO:
        return "да"
    return str(_TOLD.get(code, _OF_EACH.get(place.key[0], 0)))


def as_copied(section: SectionPlace, **other: str) -> str:
    """What a spreadsheet puts on the clipboard for the cells of a section."""
    return "".join("\t".join(answer(cell, **other) for cell in row.cells) + "\r\n" for row in section.rows)


def filled(workbook: bytes, **other: str) -> bytes:
    """The form's workbook with every cell answered."""
    book = load_workbook(BytesIO(workbook))
    for place in _places():
        told = answer(place, **other)
        book[place.sheet].cell(place.row + 1, place.column + 1, int(told) if told.isdecimal() else told)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _places() -> Iterator[CellPlace]:
    return (cell for section in sections() for row in section.rows for cell in row.cells)


def by_code() -> Mapping[str, str]:
    return {code_of(*place.key): answer(place) for place in _places()}
