"""Pages on which a form is filled, read, printed, taken away as a workbook and brought back. Deciding: decisions.py."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orientir.collecting.sending import file_name
from orientir.model.forms import AnswerKind
from orientir.model.package import Organisation as Place
from orientir_web.campaigns.gate import deadline_words
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.services import gate_of
from orientir_web.people.access import can, person_of, visible
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused
from orientir_web.submissions.approving import approval_of
from orientir_web.submissions.batches import MOST, BatchError, answer_to, read_batch
from orientir_web.submissions.filling import Filling, filling_of, spots_of
from orientir_web.submissions.form_workbooks import LARGEST, take_workbook, workbook_of
from orientir_web.submissions.grid import grid
from orientir_web.submissions.grid_shape import Purpose
from orientir_web.submissions.models import Submission
from orientir_web.submissions.page_words import entry_words
from orientir_web.submissions.posting import edits_of, last_change, not_saved
from orientir_web.submissions.saving import check_editable, save_cells
from orientir_web.submissions.sheets import Sheet, sheet_of
from orientir_web.submissions.states import STEPS, State, can_move
from orientir_web.submissions.telling import remarks_at_rows, summary
from orientir_web.submissions.words import cell_text, in_own_language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def form(request: HttpRequest, submission_id: int) -> HttpResponse:
    submission = own(request, submission_id, Action.SEE)
    return _page(request, submission)


@require_POST
def save_form(request: HttpRequest, submission_id: int) -> HttpResponse:
    """What a browser without scripts sends: the whole form."""
    submission = own(request, submission_id, Action.FILL)
    edits = edits_of(submission, request.POST.dict())
    saved = save_cells(submission, edits, person_of(request)) if edits else None
    lost = not_saved(edits, saved.cells) if saved else {}
    if lost:
        messages.error(request, _("Не сохранено ячеек: %(count)s. Они отмечены.") % {"count": len(lost)})
        return _page(request, own(request, submission_id, Action.SEE), lost, status=422)
    messages.success(request, _("Сохранено ячеек: %(count)s.") % {"count": len(edits)})
    return redirect("form", submission_id)


@require_POST
def save_batch(request: HttpRequest, submission_id: int) -> JsonResponse:
    """The one address to which the page saves its cells."""
    submission = own(request, submission_id, Action.FILL)
    try:
        person, edits = read_batch(request.body)
    except BatchError as error:
        return JsonResponse({"refused": str(error), "most": MOST}, status=400)
    if person != request.user.pk:
        # Somebody else has logged in in this browser: what the first one typed is not saved in their name.
        return JsonResponse({"refused": _("В этом браузере вошёл другой человек.")}, status=403)
    try:
        saved = save_cells(submission, edits, person_of(request))
    except ActionRefused as refused:
        return JsonResponse({"refused": str(refused)}, status=409)
    return JsonResponse(answer_to(sheet_of(submission), saved))


def form_cell(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Everything that became of one cell: a panel for the page, a page of its own without scripts."""
    submission = own(request, submission_id, Action.SEE)
    filling, code = filling_of(submission), request.GET.get("code", "")
    if code not in filling.sheet.places:
        raise Http404
    kind = filling.sheet.places[code].answer
    lines = [(one, _words(kind, one.state, one.value)) for one in
             submission.changes.filter(code=code).select_related("by").order_by("version")]  # fmt: skip
    before = [""] + [text for _one, text in lines]
    corrected = [(one, _words(kind, one.expected_state, one.expected), _words(kind, one.state, one.value))
                 for one in filling.corrections if one.code == code]  # fmt: skip
    known = filling.known.get(code)
    told = {
        "submission": submission,
        "code": code,
        "spot": spots_of(filling.sheet)[code],
        "changes": [(one, was, text) for (one, text), was in reversed(list(zip(lines, before, strict=False)))],
        "corrections": corrected,
        "known": known and (filling.period_before, _words(kind, known.state, known.value), known.source),
        "remarks": submission.remarks.filter(code=code).select_related("by"),
        "can_correct": submission.state == State.ACCEPTED and can(request.user, Action.REVIEW, submission.organisation),
    }
    is_panel = bool(request.headers.get("HX-Request"))
    return shown(request, submission.campaign, "cell_panel.html" if is_panel else "cell.html", told)


def print_form(request: HttpRequest, submission_id: int) -> HttpResponse:
    """Like the paper form, as it stands."""
    submission = own(request, submission_id, Action.SEE)
    filling = filling_of(submission)
    told = {"submission": submission, "form": filling.sheet.layout.form, "grid": grid(filling, Purpose.PRINT)}
    return shown(request, submission.campaign, "print.html", told | {"now": timezone.now()})


def form_workbook(request: HttpRequest, submission_id: int) -> HttpResponse:
    """The workbook of this organisation with what is filled so far."""
    submission = own(request, submission_id, Action.SEE)
    filling, place = filling_of(submission), submission.organisation
    name = file_name(filling.sheet.layout.form, Place(place.code, place.title, place.kind), names_form=False)
    response = HttpResponse(workbook_of(filling), content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_POST
def upload_workbook(request: HttpRequest, submission_id: int) -> HttpResponse:
    submission = own(request, submission_id, Action.FILL)
    data, name = _uploaded(request.FILES.get("workbook"))
    filling = filling_of(submission)
    taken = take_workbook(filling, name, data, request.POST.get("replace") == "1", person_of(request))
    kept = [
        (spots_of(filling.sheet)[one.code], _words(filling.sheet.places[one.code].answer, one.state, one.value), one)
        for one in taken.kept
    ]
    told = {"submission": submission, "taken": taken, "kept": kept, "name": name}
    return shown(request, submission.campaign, "uploaded.html", told)


# ---- what the pages share


def own(request: HttpRequest, key: int, action: Action) -> Submission:
    """With everything that its pages ask for."""
    rows = Submission.objects.select_related("organisation", "campaign")
    return get_object_or_404(visible(request.user, rows, action), pk=key)


def shown(request: HttpRequest, campaign: Campaign, name: str, told: dict[str, Any], status: int = 200) -> HttpResponse:
    """Moments are told as the clocks of the district show them."""
    with timezone.override(campaign.zone):
        return render(request, f"submissions/{name}", told, status=status)


def about(request: HttpRequest, filling: Filling) -> dict[str, Any]:
    """What stands at the head of every page of a form."""
    submission = filling.submission
    campaign, place = submission.campaign, submission.organisation
    return {
        "submission": submission,
        "form": filling.sheet.layout.form,
        "deadline": deadline_words(gate_of(campaign).deadline(place.pk), campaign.zone),
        "steps": [(state.label, state == submission.state) for state in STEPS[State(submission.state)]],
        "errors": len(filling.errors),
        "warnings": len(filling.warnings),
        "general": remarks_at_rows(filling.sheet, filling.remarks).get(0, ""),
        "summary": summary(filling.sheet, filling.issues),
        "sections": filling.sheet.layout.sections,
        "approval": approval_of(campaign),
        "can_review": can(request.user, Action.REVIEW, place),
    }


def _page(request: HttpRequest, submission: Submission, typed: Any = None, status: int = 200) -> HttpResponse:
    seen, filling = last_change(submission), filling_of(submission)
    prefetch_related_objects([submission.campaign], "exceptions")  # asked for the deadline and for the gate
    closed = _why_closed(request, submission)
    if typed:
        filling = filling.with_typed(typed)
    told = about(request, filling) | {
        "seen": seen,
        "closed": closed,
        "words": entry_words(),
        "grid": grid(filling, Purpose.READ if closed else Purpose.FILL),
        "can_submit": not closed and can_move(submission.state, State.SUBMITTED),
        "corrections": [(one, *corrected(filling.sheet, one)) for one in filling.corrections],
        "megabytes": LARGEST // 1024 // 1024,
    }
    return shown(request, submission.campaign, "form.html", told, status)


def corrected(sheet: Sheet, one: Any) -> tuple[str, str, str]:
    """Where, from and to."""
    kind = sheet.places[one.code].answer
    was, now = _words(kind, one.expected_state, one.expected), _words(kind, one.state, one.value)
    return spots_of(sheet)[one.code].title, was, now


def _words(kind: AnswerKind, state: str, value: Decimal | None) -> str:
    return in_own_language(cell_text(kind, state, value))


def _why_closed(request: HttpRequest, submission: Submission) -> str:
    """Empty where this person may fill the form now."""
    if not can(request.user, Action.FILL, submission.organisation):
        return _("Вы можете читать эту форму; заполняет её организация.")
    try:
        check_editable(submission, timezone.now())
    except ActionRefused as refused:
        return str(refused)
    return ""


def _uploaded(file: UploadedFile | None) -> tuple[bytes, str]:
    if file is None:
        raise ActionRefused(_("Выберите файл книги."))
    if file.size is None or file.size > LARGEST:
        raise ActionRefused(_("Файл больше %(count)s МБ: это не форма.") % {"count": LARGEST // 1024 // 1024})
    return file.read(), str(file.name or "")
