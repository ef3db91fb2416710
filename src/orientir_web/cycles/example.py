"""The demo district at work: its forms filled from the example's own numbers, most of them accepted, and computed.

Everything goes the way of people: saved, submitted, accepted. Whoever fills here cannot log in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from orientir.collecting.known import KnownCells, known_of
from orientir.model.collection import CellKey, Known
from orientir.model.forms import AnswerKind
from orientir.model.periods import Period
from orientir.presentation import exact
from orientir.resources import example_folder
from orientir.sources.forms.layout import CellPlace
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.programmes import programme_of
from orientir_web.cycles.packages import keep_package
from orientir_web.people.models import Membership, Person
from orientir_web.people.roles import Role
from orientir_web.refusals import ActionRefused
from orientir_web.submissions.models import Submission
from orientir_web.submissions.saving import Edit, Saved, save_cells
from orientir_web.submissions.services import accept, return_submission, submit
from orientir_web.submissions.sheets import sheet_of

_FILLER = "schools@example.org"
_REASON = "Учебный пример: так в исходных данных."
_REMARK = "Сверьте число обучающихся с формой № ОО-1 и пришлите форму снова."
_UNTOUCHED, _RETURNED, _SUBMITTED = 1, 1, 3  # the first is not begun; of the rest so many are returned or wait


def fill_example(campaign: Campaign, package: str, coordinator: Person) -> None:
    """Earlier years from the example's package; of this year all but a few forms, so that there is work to do."""
    programme = programme_of(campaign.snapshot_id)
    period = Period.parse(campaign.period, programme.period)
    keep_package(campaign.district, example_folder(package), campaign.snapshot_id, period, coordinator)
    known = known_of(package, programme, period).cells
    filler = _filler(campaign)
    submissions = Submission.objects.filter(campaign=campaign).select_related("organisation", "campaign__snapshot")
    waiting = [one for one in submissions[_UNTOUCHED:] if _filled(one, known, filler)]
    for place, submission in enumerate(waiting):
        _decide(submission, place, coordinator)


def _filler(campaign: Campaign) -> Person:
    """No password: nobody comes in as this one."""
    person = Person.objects.create_user(_FILLER, full_name="Ответственные в школах (пример)", is_demo=True)
    Membership.objects.create(person=person, organisation=campaign.district, role=Role.SCHOOL_OFFICER)
    return person


def _filled(submission: Submission, known: KnownCells, by: Person) -> bool:
    """Whether it could be submitted: an example with mistakes stays a draft."""
    own = _by_grades(known.get(submission.organisation.code, {}))
    places = sheet_of(submission).places
    edits = [Edit(code, _text(place, own.get(place.key)), 0) for code, place in places.items()]
    saved = save_cells(submission, edits, by)
    save_cells(submission, list(_explained(edits, saved)), by)
    submission.refresh_from_db()
    try:
        submit(submission, by)
    except ActionRefused:
        return False
    return True


_GRADES = {"pupils": "pupils_grade", "ticket_participants": "ticket_grade"}


def _by_grades(known: Mapping[CellKey, Known]) -> Mapping[CellKey, Known]:
    """The form asks by grade what the example tells by level: spread evenly, the rest to the last grades."""
    found = dict(known)
    for (element, breakdown), one in known.items():
        level = dict(breakdown).get("level", "")
        if element in _GRADES and one.value is not None and "-" in level:
            first, last = map(int, level.split("-"))
            size = last - first + 1
            share, rest = divmod(int(one.value), size)
            for place, grade in enumerate(range(first, last + 1)):
                key = _GRADES[element], (("grade", str(grade)),)
                found[key] = replace(one, value=Decimal(share + (place >= size - rest)))
    return found


def _text(place: CellPlace, known: Known | None) -> str:
    if known is None or known.value is None:
        return "нет данных"
    if place.answer is AnswerKind.YES_NO:
        return "да" if known.value else "нет"
    return exact(known.value)


def _explained(edits: Sequence[Edit], saved: Saved) -> Iterator[Edit]:
    """The cells that jumped since last year, with a reason."""
    by_code: Mapping[str, Edit] = {edit.code: edit for edit in edits}
    versions = {cell.code: cell.version for cell in saved.cells}
    jumped = {code for issue in saved.issues if issue.rule == "jump_without_reason" for code in issue.facts}
    for code in sorted(jumped):
        yield Edit(code, by_code[code].text, versions[code], _REASON)


def _decide(submission: Submission, place: int, coordinator: Person) -> None:
    if place < _RETURNED:
        return_submission(submission, {"": _REMARK}, coordinator)
    elif place >= _SUBMITTED:
        accept(submission, coordinator)
