"""Pages of registers: lists, one row with its evidence, exports. Imports have pages of their own (imports.py)."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orientir_web.evidence.kinds import ALLOWED
from orientir_web.evidence.models import EvidenceFile
from orientir_web.people.access import can, can_anywhere, person_of, visible
from orientir_web.people.roles import Action
from orientir_web.refusals import missing_unless
from orientir_web.registers import kinds, services
from orientir_web.registers.exports import to_csv, to_xlsx
from orientir_web.registers.forms import RowForm
from orientir_web.registers.frame import campaign_over, frame_of, periods, territory
from orientir_web.registers.homes import frame_asked, homes, keepable, kept_or_404
from orientir_web.registers.listing import Filter, beside_title, choices_of, filtered, initial, rows_of, shown, used
from orientir_web.registers.models import RegisterRow

PAGE = 50
_EXPORTS = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def registers(request: HttpRequest) -> HttpResponse:
    missing_unless(can_anywhere(request.user, Action.SEE))
    rows = visible(request.user, RegisterRow.objects.filter(removed_at__isnull=True))
    counts = dict(rows.order_by().values_list("register").annotate(count=Count("pk")))
    told = [(one, counts.get(one.id, 0)) for one in kinds.registers()]
    return render(request, "registers/registers.html", {"registers": told, "keeps": _keeps(request)})


def register(request: HttpRequest, name: str) -> HttpResponse:
    missing_unless(can_anywhere(request.user, Action.SEE))
    about, wanted = kept_or_404(name), Filter.of(request.GET.dict(), kept_or_404(name))
    rows = rows_of(request.user, about)
    page = Paginator(filtered(rows, wanted).annotate(proofs=Count("files")), PAGE).get_page(request.GET.get("page"))
    columns = beside_title(page.object_list, about)
    known_periods, places = choices_of(rows)
    context = {
        "register": about,
        "page": page,
        "columns": columns,
        "lines": [(row, [(column, shown(row, column)) for column in columns]) for row in page],
        "wanted": wanted,
        "periods": known_periods,
        "places": places,
        "code_filters": [
            (column, kinds.codes(column), wanted.codes.get(column.id, ""))
            for column in kinds.columns(about)
            if kinds.codes(column)
        ],
        "keeps": _keeps(request),
    }
    return render(request, "registers/register.html", context)


def add(request: HttpRequest, name: str) -> HttpResponse:
    about, frame = kept_or_404(name), frame_asked(request)
    data = request.POST if request.method == "POST" and "home" in request.POST else None
    form = RowForm(data, register=about, frame=frame, own=keepable(request, frame))
    if form.is_valid() and form.typed.row:
        made = services.add_row(about, form.typed.row, frame, person_of(request))
        _tell(request, _("Запись добавлена."), form)
        return redirect("register_row", made.pk)
    context = {"register": about, "form": form, "frame": frame, "homes": homes(request), "periods": periods(frame)}
    return render(request, "registers/add.html", context, status=422 if form.is_bound else 200)


def row(request: HttpRequest, row_id: int) -> HttpResponse:
    stored = _row(request, row_id)
    about = kept_or_404(stored.register)
    form = _row_form(request, stored)
    if form is not None and form.is_bound and form.is_valid() and form.typed.row:
        frame = territory(frame_of(stored.organisation, stored.period))
        version = request.POST.get("version", "")
        seen = int(version) if version.isdecimal() and len(version) < 10 else 0
        services.change_row(stored, seen, form.typed.row, frame, about, person_of(request))
        _tell(request, _("Запись изменена."), form)
        return redirect("register_row", stored.pk)
    told = [(column, shown(stored, column)) for column in used([stored], about)]
    context = {"row": stored, "register": about, "form": form, "told": told, "kinds": ALLOWED}
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "registers/row.html", context, status=status)


@require_POST
def remove(request: HttpRequest, row_id: int) -> HttpResponse:
    stored = _row(request, row_id, Action.KEEP_REGISTERS)
    services.remove_row(stored, person_of(request))
    messages.success(request, _("Запись убрана."))
    return redirect("register", stored.register)


@require_POST
def add_evidence(request: HttpRequest, row_id: int) -> HttpResponse:
    stored = _row(request, row_id, Action.KEEP_REGISTERS)
    services.add_evidence(stored, request.FILES.get("file"), person_of(request))
    messages.success(request, _("Файл приложен."))
    return redirect("register_row", stored.pk)


@require_POST
def remove_evidence(request: HttpRequest, row_id: int, file_id: int) -> HttpResponse:
    stored = _row(request, row_id, Action.KEEP_REGISTERS)
    file = get_object_or_404(EvidenceFile.objects.filter(pk__in=stored.files.values("pk")), pk=file_id)
    services.remove_evidence(stored, file, person_of(request))
    messages.success(request, _("Файл убран."))
    return redirect("register_row", stored.pk)


def export(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """What the list shows with these filters, all pages of it."""
    missing_unless(can_anywhere(request.user, Action.SEE) and form in _EXPORTS)
    about = kept_or_404(name)
    make, media_type = _EXPORTS[form]
    rows = filtered(rows_of(request.user, about), Filter.of(request.GET.dict(), about))
    response = HttpResponse(make(rows, about), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{about.id}.{form}"'
    return response


# ---- what they share


def _row(request: HttpRequest, key: int, action: Action = Action.SEE) -> RegisterRow:
    rows = RegisterRow.objects.filter(removed_at__isnull=True, register__in=kinds.KEPT)
    rows = rows.select_related("organisation", "changed_by").prefetch_related("files")
    return get_object_or_404(visible(request.user, rows, action), pk=key)


def _keeps(request: HttpRequest) -> bool:
    """Whether rows can be added: the right, and a collection that tells years and codes."""
    return any(campaign_over(home) for home in homes(request))


def _row_form(request: HttpRequest, stored: RegisterRow) -> RowForm | None:
    if not can(request.user, Action.KEEP_REGISTERS, stored.organisation) or campaign_over(stored.organisation) is None:
        return None
    about, frame = kept_or_404(stored.register), territory(frame_of(stored.organisation, stored.period))
    data = request.POST if request.method == "POST" else None
    return RowForm(data, register=about, frame=frame, own=keepable(request, frame), initial=initial(stored, about))


def _tell(request: HttpRequest, done: str, form: RowForm) -> None:
    """What was read otherwise than written is told, so that it can be looked at."""
    messages.success(request, done)
    for notes in form.typed.notes.values():
        for note in notes:
            messages.warning(request, note)
