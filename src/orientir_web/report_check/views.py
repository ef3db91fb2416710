"""Pages of checked reports. They are private to the organisation they were uploaded for."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orientir_web.evidence.services import given_file
from orientir_web.people.access import can_anywhere, memberships, person_of, visible
from orientir_web.people.models import Organisation
from orientir_web.people.roles import Action, roles_with
from orientir_web.refusals import ActionRefused, missing_unless
from orientir_web.report_check import files, services
from orientir_web.report_check.models import CheckState, ReportCheck
from orientir_web.report_check.outputs import COMMENTS, DOCX, HTML, JSON, REPORT
from orientir_web.report_check.pages import shown

PAGE = 30
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What can be taken back: the file in the folder, its media type, and what is put behind the name of the report.
_FILES = {
    "comments": (COMMENTS, _DOCX, "с примечаниями.docx"),
    "docx": (DOCX, _DOCX, "проверка.docx"),
    "html": (HTML, "text/html; charset=utf-8", "проверка.html"),
    "json": (JSON, "application/json", "проверка.json"),
    "report": (REPORT, "application/octet-stream", ""),
}


def report_checks(request: HttpRequest) -> HttpResponse:
    missing_unless(can_anywhere(request.user, Action.SEE))
    homes, reason = _homes(request), ""
    if request.method == "POST":
        home = next((one for one in homes if str(one.pk) == request.POST.get("home")), homes[0])
        try:
            made = services.ask(request.FILES.get("file"), home, person_of(request))
        except ActionRefused as refused:
            reason = str(refused)
        else:
            return redirect("report_check", made.pk)
    page = Paginator(_own(request), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "homes": homes, "reason": reason, "days": services.DAYS_KEPT}
    context["limit"] = services.MOST_BYTES // 10**6
    return render(request, "report_check/checks.html", context, status=422 if reason else 200)


def report_check(request: HttpRequest, check_id: int) -> HttpResponse:
    checked = _check(request, check_id)
    context = {"checked": checked, "is_owner": checked.by_id == request.user.pk}
    if checked.state == CheckState.DONE:
        rule = request.GET.get("rule", "")
        context["shown"] = shown(files.page(checked.stored), request.GET.getlist("severity"), rule)
        context |= {"rule": rule, "downloads": [key for key, told in _FILES.items() if _is_there(checked, told[0])]}
    else:
        context["stuck"] = services.is_stuck(checked)
    return render(request, "report_check/check.html", context)


def report_check_file(request: HttpRequest, check_id: int, kind: str) -> FileResponse:
    """The report itself at any time; what the audit made of it once all of that is there."""
    checked = _check(request, check_id)
    is_ready = kind == "report" or checked.state == CheckState.DONE
    if not is_ready or kind not in _FILES or not _is_there(checked, _FILES[kind][0]):
        raise Http404
    file, media_type, ending = _FILES[kind]
    name = f"{checked.name.rpartition('.')[0] or checked.name}, {ending}" if ending else checked.name
    return given_file(files.place(checked.stored) / file, name, media_type)


@require_POST
def report_check_again(request: HttpRequest, check_id: int) -> HttpResponse:
    services.ask_again(_check(request, check_id), person_of(request))
    return redirect("report_check", check_id)


@require_POST
def report_check_delete(request: HttpRequest, check_id: int) -> HttpResponse:
    services.delete(_check(request, check_id), person_of(request))
    messages.success(request, _("Отчёт и его проверка удалены."))
    return redirect("report_checks")


def _homes(request: HttpRequest) -> list[Organisation]:
    own = memberships(request.user).filter(role__in=roles_with(Action.SEE))
    return list(dict.fromkeys(one.organisation for one in own))


def _own(request: HttpRequest) -> QuerySet[ReportCheck]:
    """Those of the very organisations that one belongs to: a district does not look into its schools' drafts."""
    rows = ReportCheck.objects.filter(organisation__in=_homes(request)).select_related("organisation", "by")
    return visible(request.user, rows)


def _check(request: HttpRequest, key: int) -> ReportCheck:
    return get_object_or_404(_own(request), pk=key)


def _is_there(checked: ReportCheck, file: str) -> bool:
    return (files.place(checked.stored) / file).is_file()
