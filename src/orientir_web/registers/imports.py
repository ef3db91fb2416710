"""Pages of an import: choose a file, see what would be read, take it or not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orientir.sources.registers.columns import Register
from orientir.sources.registers.profiles import Profile
from orientir_web.people.access import person_of, visible
from orientir_web.people.roles import Action
from orientir_web.refusals import ActionRefused
from orientir_web.registers import services
from orientir_web.registers.frame import Frame, frame_of, periods
from orientir_web.registers.homes import frame_asked, homes, kept_or_404
from orientir_web.registers.kinds import columns
from orientir_web.registers.models import ImportDraft
from orientir_web.registers.reading import Row
from orientir_web.registers.services import NotRead, titles_in

SHOWN = 20  # rows of a preview; all of them are counted
_REMARKS = 200


def start(request: HttpRequest, name: str) -> HttpResponse:
    register, frame = kept_or_404(name), frame_asked(request)
    told = {"register": register, "frame": frame, "homes": homes(request), "periods": periods(frame), "reason": ""}
    if request.method != "POST":
        return render(request, "registers/import.html", told)
    try:
        profile = _profile(request, register)
        draft = services.read_draft(register, request.FILES.get("file"), frame, profile, person_of(request))
    except ActionRefused as refused:
        header = titles_in(request.FILES.get("file"))
        told |= {"reason": refused.told_to(bool(header)) if isinstance(refused, NotRead) else str(refused)}
        told |= {"header": header, "mapping": [(column, "") for column in register.columns]}
        return render(request, "registers/import.html", told, status=422)
    return redirect("register_preview", draft.pk)


def _profile(request: HttpRequest, register: Register) -> Profile | None:
    """What a person says of the columns of a file with this header; None where nothing is said."""
    header = tuple(title for title in request.POST.getlist("header") if title)
    told = {column.id: request.POST.get(f"column-{column.id}", "") for column in register.columns}
    columns_told = {key: title for key, title in told.items() if title in header}
    return Profile(register.id, header, columns_told) if columns_told else None


def preview(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft = _draft(request, draft_id)
    register, frame, content = kept_or_404(draft.register), frame_of(draft.organisation, draft.period), draft.content
    rows = [Row(**told) for told in content["rows"]]
    kept = [column for column in columns(register) if any(column.id in row.typed for row in rows)]
    context = {
        "draft": draft,
        "register": register,
        "frame": frame,
        "header": content["header"],
        "mapping": [(column, content["mapping"].get(column.id, "")) for column in register.columns],
        "constants": [(register.column(key).title, value) for key, value in content["constants"].items()],
        "unused": [title for title in content["header"] if title not in content["mapping"].values()],
        "columns": [column for column in kept if column.id != "organisation"],
        "lines": [
            (row, frame.owner(row.cells.get("organisation", "")),
             [(one.title, row.typed.get(one.id, "")) for one in kept if one.id != "organisation"])
            for row in rows[:SHOWN]
        ],
        "count": len(rows),
        "places": _counted(rows, frame),
        "errors": [one for one in content["remarks"] if one["is_error"]][:_REMARKS],
        "notes": [one for one in content["remarks"] if not one["is_error"]][:_REMARKS],
    }  # fmt: skip
    return render(request, "registers/preview.html", context)


def _counted(rows: list[Row], frame: Frame) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for row in rows:
        title = frame.owner(row.cells.get("organisation", "")).title
        counts[title] = counts.get(title, 0) + 1
    return sorted(counts.items())


@require_POST
def confirm(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft = _draft(request, draft_id)
    register, frame = kept_or_404(draft.register), frame_of(draft.organisation, draft.period)
    count = services.confirm(draft, frame, register, person_of(request))
    messages.success(request, _("Записано строк: %(count)s.") % {"count": count})
    return redirect("register", register.id)


@require_POST
def cancel(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft = _draft(request, draft_id)
    services.cancel(draft, person_of(request))
    messages.success(request, _("Файл не записан."))
    return redirect("register", draft.register)


def _draft(request: HttpRequest, key: int) -> ImportDraft:
    drafts = ImportDraft.objects.filter(closed_at__isnull=True).select_related("organisation")
    return get_object_or_404(visible(request.user, drafts, Action.KEEP_REGISTERS), pk=key)
