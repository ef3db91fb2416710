"""Pages that change the tree and bring people into it: by hand, many from a table; the list of people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from orientir_web.letters.sending import is_configured
from orientir_web.people import invitations, passwords, second_factor
from orientir_web.people.access import can_anywhere, person_of, visible
from orientir_web.people.forms import Handing, InviteTableForm, OrganisationForm, SecondFactorForm, TableForm
from orientir_web.people.mailed import invite_table_by_letter
from orientir_web.people.many import add_from_table, invite_from_table
from orientir_web.people.models import Invitation, Membership, Organisation, Person
from orientir_web.people.organisations import Told, change_organisation, create_organisation
from orientir_web.people.roles import Action, Role
from orientir_web.refusals import ActionRefused, missing_unless
from orientir_web.tables import csv_for_spreadsheets

PAGE = 50


def add_organisation(request: HttpRequest, organisation_id: int) -> HttpResponse:
    parent = _managed(request, organisation_id)
    form = OrganisationForm(request.POST or None, known=_known_kinds(), with_code=True, initial={"kind": "school"})
    if form.is_valid():
        try:
            made = create_organisation(person_of(request), parent, Told(**form.cleaned_data))
            return redirect("organisation", made.pk)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "place": parent, "is_new": True}
    return render(request, "people/change.html", context, status=422 if form.is_bound else 200)


def change(request: HttpRequest, organisation_id: int) -> HttpResponse:
    place = _managed(request, organisation_id)
    names = ("title", "kind", "valid_from", "valid_to", "time_zone")
    initial = {name: getattr(place, name) for name in names}
    form = OrganisationForm(request.POST or None, known=_known_kinds(), initial=initial)
    if form.is_valid():
        try:
            change_organisation(place, Told(code=place.code, **form.cleaned_data), person_of(request))
            messages.success(request, _("Изменения сохранены."))
            return redirect("organisation", place.pk)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "place": place, "former": place.former_names.all()}
    return render(request, "people/change.html", context, status=422 if form.is_bound else 200)


def add_organisations(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """From a table; nothing is added while there is a mistake."""
    place = _managed(request, organisation_id)
    context: dict[str, Any] = {"place": place, "form": TableForm()}
    if request.method == "POST":
        made, context["mistakes"] = add_from_table(place, request.FILES.get("table"), person_of(request))
        if made:
            messages.success(request, _("Добавлено организаций: %(count)s.") % {"count": len(made)})
            return redirect("organisation", place.pk)
    return render(request, "people/add_table.html", context, status=422 if "mistakes" in context else 200)


def invite_many(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """From a table. Links are told once, on the page or in a file, or leave by letter and are seen by nobody here."""
    place, by = _managed(request, organisation_id), person_of(request)
    form = InviteTableForm(request.POST or None, request.FILES or None, has_mail=is_configured())
    context: dict[str, Any] = {"place": place, "form": form, "days": invitations.DAYS}
    context["roles"] = invitations.grantable(by, place)
    if not form.is_valid():
        return render(request, "people/invite_table.html", context, status=422 if form.is_bound else 200)
    handing = form.cleaned_data["handing"]
    invite = invite_table_by_letter if handing == Handing.MAIL else invite_from_table
    made, context["mistakes"] = invite(place, form.cleaned_data["table"], by)
    if made and handing == Handing.MAIL:
        messages.success(request, _("Приглашения уйдут письмами, их: %(count)s.") % {"count": len(made)})
        return redirect("organisation", place.pk)
    context["links"] = [(one.invitation, _absolute(request, "accept_invitation", one.token)) for one in made]
    if made and handing == Handing.CSV:
        return _links_file(context["links"])
    return render(request, "people/invite_table.html", context, status=422 if context["mistakes"] else 200)


def _links_file(links: list[tuple[Invitation, str]]) -> HttpResponse:
    """Told once and kept nowhere."""
    heads = (_("Фамилия, имя, отчество"), _("Электронная почта"), _("Организация"), _("Роль"), _("Ссылка"), _("До"))
    rows = [
        (one.full_name, one.email, one.organisation.title, str(one.get_role_display()), link,
         date_format(timezone.localtime(one.expires_at), "SHORT_DATE_FORMAT"))
        for one, link in links
    ]  # fmt: skip
    response = HttpResponse(csv_for_spreadsheets(heads, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="invitations.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Who has which role where, today."""
    missing_unless(can_anywhere(request.user, Action.SEE_PEOPLE))
    everybody = Membership.objects.valid(timezone.localdate()).select_related(
        "person", "organisation", "substitutes__person"
    )
    rows: QuerySet[Membership] = visible(request.user, everybody, Action.SEE_PEOPLE)
    wanted, role = request.GET.get("q", "").strip(), request.GET.get("role", "")
    if role in Role.values:
        rows = rows.filter(role=role)
    rows = rows.order_by("person__full_name", "pk")
    found = [one for one in rows if _speaks_of(one, wanted)] if wanted else rows
    page = Paginator(found, PAGE)
    context = {"page": page.get_page(request.GET.get("page")), "wanted": wanted, "role": role, "roles": Role.choices}
    return render(request, "people/people.html", context)


def _speaks_of(one: Membership, wanted: str) -> bool:
    """Without regard to case, which SQLite does not know for Russian letters."""
    said = f"{one.person.full_name} {one.person.email} {one.organisation.title}"
    return wanted.casefold() in said.casefold()


@require_POST
def password_link(request: HttpRequest, person_id: int) -> HttpResponse:
    """Shown once, to be handed over in person."""
    person = _managed_person(request, person_id)
    token = passwords.issue_link(person, person_of(request))
    context = {"person": person, "link": _absolute(request, "new_password", token), "hours": passwords.HOURS}
    return render(request, "people/password_link.html", context)


def reset_second_factor(request: HttpRequest, person_id: int) -> HttpResponse:
    """After a reason; what must be asked before stands on the page."""
    person = _managed_person(request, person_id)
    form = SecondFactorForm(request.POST or None)
    if form.is_valid():
        second_factor.reset(person, person_of(request), form.cleaned_data["reason"])
        messages.success(request, _("Второй фактор снят, сеансы завершены: %(person)s.") % {"person": person})
        return redirect("people")
    context = {"person": person, "form": form, "has_mail": is_configured()}
    context["has_factor"] = second_factor.has_second_factor(person)
    return render(request, "people/second_factor.html", context, status=422 if form.is_bound else 200)


def _managed_person(request: HttpRequest, key: int) -> Person:
    """Somebody with a role now or later under what one manages."""
    rows = Membership.objects.exclude(valid_to__lt=timezone.localdate())
    own = visible(request.user, rows, Action.MANAGE_PEOPLE)
    return get_object_or_404(Person.objects.filter(pk__in=own.values("person")), pk=key)


def _absolute(request: HttpRequest, name: str, token: str) -> str:
    return request.build_absolute_uri(reverse(name, args=[token]))


def _managed(request: HttpRequest, key: int) -> Organisation:
    return get_object_or_404(visible(request.user, Organisation.objects.all(), Action.MANAGE_PEOPLE), pk=key)


def _known_kinds() -> list[str]:
    return list(Organisation.objects.order_by().values_list("kind", flat=True).distinct())
