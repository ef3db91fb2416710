"""The form as a workbook: written for its organisation with what is filled already, and read when it comes back.

The core writes and reads it. What comes back never replaces what others have typed unless that is asked for.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _

from orientir.model.collection import FormReading, Remark
from orientir.model.package import Organisation as Place
from orientir.sources.forms.layout import MATRICES, CellPlace, code_of
from orientir.sources.forms.limits import MARKS, YES_NO
from orientir.sources.forms.reading import FormReader
from orientir.sources.forms.writing import Addressee, Filled, write_form
from orientir.spreadsheets.refusals import Refusal
from orientir.spreadsheets.sheets import read_workbook
from orientir_web.journal.events import Event
from orientir_web.journal.services import record
from orientir_web.people.models import Person
from orientir_web.refusals import ActionRefused
from orientir_web.submissions.filling import Filling
from orientir_web.submissions.saving import CellResult, Edit, Outcome, save_cells
from orientir_web.submissions.sheets import Stored, as_known, known_cells
from orientir_web.submissions.states import CellState
from orientir_web.submissions.words import cell_text

LARGEST = 5 * 1024 * 1024  # bytes; a filled form has some thirty thousand


@dataclass(frozen=True)
class Uploaded:
    """What became of a workbook: cells saved, those that say something else here, and the remarks about the file."""

    saved: int
    same: int
    kept: tuple[CellResult, ...]
    remarks: tuple[Remark, ...]


def workbook_of(filling: Filling) -> bytes:
    """As it stands: the answers given so far are in their cells."""
    submission, sheet = filling.submission, filling.sheet
    place = submission.organisation
    known = known_cells(submission, submission.campaign.period)
    addressee = Addressee(
        organisation=Place(place.code, place.title, place.kind),
        period=sheet.period,
        territory=place.parent.title if place.parent else "",
        synthetic=place.synthetic,
        previous=as_known(sheet, filling.known),
        prefilled=as_known(sheet, known),
    )
    out = BytesIO()
    write_form(out, sheet.layout, addressee, _filled(filling))
    return out.getvalue()


def _filled(filling: Filling) -> Filled:
    answers: dict[object, object] = {}
    for code, place in filling.sheet.places.items():
        cell = filling.cells.get(code)
        if cell and cell.state != CellState.EMPTY:
            answers[place.key] = _content(place, cell)
    reasons = {place.key: filling.cells[code].reason for code, place in filling.sheet.places.items()
               if code in filling.cells and filling.cells[code].reason}  # fmt: skip
    return Filled(answers, reasons)  # type: ignore[arg-type]


def _content(place: CellPlace, cell: Stored) -> object:
    text = cell_text(place.answer, cell.state, cell.value)
    if text in MARKS and place.sheet == MATRICES:
        # Written as a text of its cell: the mark of a matrix row would hold for all its empty cells.
        return text.capitalize()
    return text if text in (*MARKS, *YES_NO) else float(cell.value or 0)


def read_form(filling: Filling, data: bytes) -> FormReading:
    """Raises ActionRefused where the file is no such form of this organisation, year and programme."""
    submission, sheet = filling.submission, filling.sheet
    asked = submission.campaign.submissions.values_list("organisation__code", flat=True)
    try:
        reading = FormReader(sheet.layout.programme, set(asked), sheet.period).read(read_workbook(data))
    except Refusal as refusal:
        raise ActionRefused(" ".join(part for part in (refusal.where, refusal.what, refusal.cure) if part)) from refusal
    if reading.organisation != submission.organisation.code:
        raise ActionRefused(_("Это форма другой организации. Загрузите её на странице той организации."))
    if reading.form != submission.form:
        raise ActionRefused(_("Это другая форма. Загрузите ту, что скачана с этой страницы."))
    return reading


@transaction.atomic
def take_workbook(filling: Filling, name: str, data: bytes, replaces: bool, by: Person) -> Uploaded:
    """Empty cells are filled; others only where `replaces`. Raises ActionRefused, PermissionDenied."""
    reading = read_form(filling, data)
    edits = _edits(filling, reading)
    given = [one for one in edits if replaces or _is_empty(filling, one.code)]
    saved = save_cells(filling.submission, given, by) if given else None
    results = saved.cells if saved else ()
    told = [one for one in results if one.outcome is not Outcome.SAVED]
    left = [_kept(filling, one) for one in edits if one not in given]
    if given:
        digest = hashlib.sha256(data).hexdigest()
        count = len(given) - len(told)
        record(Event.WORKBOOK_TAKEN, by, filling.submission.organisation, filling.submission,
               file=name[:200], sha256=digest, cells=count)  # fmt: skip
    same = len(reading.answers) - len(list(filling.sheet.layout.derived)) - len(edits)
    return Uploaded(len(given) - len(told), max(same, 0), (*told, *left), reading.remarks)


def _edits(filling: Filling, reading: FormReading) -> list[Edit]:
    """What the workbook says otherwise than the form does; a cell with an error and an empty one say nothing."""
    wrong = {one.place for one in reading.remarks if one.is_error}
    firsts = {code_of(*row.cells[0].key) for part in filling.sheet.layout.sections for row in part.rows}
    edits = []
    for one in reading.answers:
        code = code_of(one.element, one.breakdown)
        if code not in filling.sheet.places or not one.place or one.place in wrong:
            continue
        kind = filling.sheet.places[code].answer
        cell = filling.cells.get(code)
        reason = one.reason if code in firsts else ""
        text = cell_text(kind, str(one.state), one.value)
        now = (cell_text(kind, cell.state, cell.value), cell.reason) if cell else ("", "")
        if (text, reason) != now:
            edits.append(Edit(code, text, cell.version if cell else 0, reason))
    return edits


def _is_empty(filling: Filling, code: str) -> bool:
    cell = filling.cells.get(code)
    return cell is None or cell.state == CellState.EMPTY


def _kept(filling: Filling, edit: Edit) -> CellResult:
    cell = filling.cells[edit.code]
    message = _("В книге: %(text)s.") % {"text": edit.text}
    return CellResult(edit.code, Outcome.CONFLICT, cell.version, cell.state, cell.value, cell.reason, message)
