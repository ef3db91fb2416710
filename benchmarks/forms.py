"""A form for a school, with last year's numbers, against bare XlsxWriter writing the same cells: CPU, not wall."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from benchmarks.reference.bare_workbook import BareCell, bare_workbook
from benchmarks.returned_forms import PERIOD
from benchmarks.told import Bar
from orientir.definitions.loader import load_programme
from orientir.model.collection import Known
from orientir.model.package import Organisation
from orientir.model.status import CellState
from orientir.resources import programme_folder
from orientir.sources.forms.layout import layout_of
from orientir.sources.forms.writing import Addressee, write_form

FORMS, RUNS = 20, 7


def forms() -> Bar:
    """The layout is worked out once for all forms, as `orientir forms` does, and that is measured too."""
    programme = load_programme(programme_folder("career_guidance_2022"))
    school = Organisation("school", "Измерительная школа", "school", "region")

    def ours() -> bytes:
        layout = layout_of(programme.forms[0], programme)
        known = {cell.key: Known(Decimal(7), CellState.VALUE, "Форма № ОО-1") for cell in layout.cells}
        prefilled = dict(list(known.items())[:11])
        for _ in range(FORMS):
            out = io.BytesIO()
            write_form(out, layout, Addressee(school, PERIOD, "Измерительный край", False, known, prefilled))
        return out.getvalue()

    sheets, looks = _cells(ours())

    def bare() -> None:
        for _ in range(FORMS):
            bare_workbook(sheets, looks)

    bare()
    pairs = [(_cpu(ours), _cpu(bare)) for _ in range(RUNS)]
    ratio = statistics.median(one / other for one, other in pairs)
    times = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Bar(f"writing {FORMS} forms (CPU)", "bare XlsxWriter, the same cells", *times, ratio, bar=1.5)


def _cells(form: bytes) -> tuple[list[tuple[str, list[BareCell]]], int]:
    """What a form holds, as told by another library, so that nothing is left out by us."""
    import openpyxl

    formulas = openpyxl.load_workbook(io.BytesIO(form))
    values = openpyxl.load_workbook(io.BytesIO(form), data_only=True)
    looks: dict[int, int] = {}
    sheets = [(sheet.title, list(_sheet(sheet, values[sheet.title], looks))) for sheet in formulas.worksheets]
    return sheets, len(looks)


def _sheet(sheet: Any, values: Any, looks: dict[int, int]) -> Iterator[BareCell]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None and not cell.has_style:
                continue
            look = looks.setdefault(cell.style_id, len(looks))
            formula = str(cell.value) if cell.data_type == "f" else ""
            content = values[cell.coordinate].value or 0 if formula else cell.value
            yield BareCell(cell.row - 1, cell.column - 1, content, look, formula)


def _cpu(job: Callable[[], object]) -> float:
    start = time.process_time()
    job()
    return time.process_time() - start
