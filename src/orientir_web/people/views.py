"""Pages about organisations and people. Every object comes through `visible`: a foreign one does not exist."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from orientir_web.letters.sending import is_configured
from orientir_web.people import invitations, substitution
from orientir_web.people.access import can, can_anywhere, person_of, visible
from orientir_web.people.forms import InvitationForm, NewPasswordForm, SubstitutionForm
from orientir_web.people.kinds import label_of
from orientir_web.people.mailed import invite_by_letter
from orientir_web.people.models import Invitation, Membership, Organisation, Person
from orientir_web.people.persons import answers_for
from orientir_web.people.roles import Action, Role
from orientir_web.refusals import missing_unless

PAGE = 50


def organisations(request: HttpRequest) -> HttpResponse:
    missing_unless(can_anywhere(request.user, Action.SEE_PEOPLE))
    rows = visible(request.user, Organisation.objects.select_related("parent"), Action.SEE_PEOPLE)
    # SQLite compares Russian letters with regard to case; both spellings cover what people type.
    wanted = request.GET.get("q", "").strip()
    if wanted:
        rows = rows.filter(title__icontains=wanted) | rows.filter(title__icontains=wanted.capitalize())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "people/organisations.html", {"page": page, "wanted": wanted})


def organisation(request: HttpRequest, organisation_id: int) -> HttpResponse:
    place = _place(request, organisation_id, Action.SEE_PEOPLE)
    return _organisation_page(request, place, _invitation_form(request, place))


@require_POST
def invite(request: HttpRequest, organisation_id: int) -> HttpResponse:
    place = _place(request, organisation_id, Action.MANAGE_PEOPLE)
    form = _invitation_form(request, place)
    if not form.is_valid():
        return _organisation_page(request, place, form, status=422)
    told = form.cleaned_data
    asked = (person_of(request), place, Role(told["role"]), told["email"], told["full_name"])
    if told.get("by_mail"):
        invite_by_letter(*asked)
        messages.success(request, _("Приглашение уйдёт письмом."))
        return redirect("organisation", place.pk)
    link = request.build_absolute_uri(reverse("accept_invitation", args=[invitations.invite(*asked).token]))
    return _organisation_page(request, place, _invitation_form(request, place, bound=False), link=link)


@require_POST
def end_membership(request: HttpRequest, membership_id: int) -> HttpResponse:
    membership = _membership(request, membership_id)
    substitution.end_membership(membership, person_of(request))
    messages.success(request, _("Роль прекращена."))
    return redirect("organisation", membership.organisation_id)


def substitute(request: HttpRequest, membership_id: int) -> HttpResponse:
    membership = _membership(request, membership_id)
    form = SubstitutionForm(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "membership": membership}
        return render(request, "people/substitute.html", context, status=422 if form.is_bound else 200)
    told: dict[str, Any] = form.cleaned_data
    substitution.substitute(membership, told["email"], told["first"], told["last"], person_of(request))
    messages.success(request, _("Замещение назначено."))
    return redirect("organisation", membership.organisation_id)


@login_not_required
@sensitive_post_parameters()
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A link that no longer opens says nothing about whose it was."""
    invitation = invitations.pending(token)
    if invitation is None:
        return render(request, "people/invitation_ended.html", status=404)
    known = Person.objects.filter(email=invitation.email).exists()
    person = Person(email=invitation.email, full_name=invitation.full_name)
    form = NewPasswordForm(request.POST or None, person=person)
    if request.method != "POST" or not (known or form.is_valid()):
        told = {"invitation": invitation, "form": form, "known": known}
        return render(request, "people/accept_invitation.html", told, status=422 if form.is_bound else 200)
    invitations.accept(token, None if known else form.cleaned_data["password"])
    messages.success(request, _("Готово. Войдите с этой почтой и паролем."))
    return redirect("account_login")


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Kept with the person, and in the browser for the pages before the log-in."""
    language, back = request.POST.get("language", ""), request.POST.get("next", "")
    response = redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "home")
    if language in dict(settings.LANGUAGES):
        if isinstance(request.user, Person):
            Person.objects.filter(pk=request.user.pk).update(language=language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response


# ---- what they share


def _place(request: HttpRequest, key: int, action: Action) -> Organisation:
    return get_object_or_404(visible(request.user, Organisation.objects.all(), action), pk=key)


def _membership(request: HttpRequest, key: int) -> Membership:
    rows = Membership.objects.select_related("organisation", "person").valid(timezone.localdate())
    return get_object_or_404(visible(request.user, rows, Action.MANAGE_PEOPLE), pk=key)


def _invitation_form(request: HttpRequest, place: Organisation, bound: bool = True) -> InvitationForm:
    data = request.POST if bound and request.method == "POST" else None
    roles = invitations.grantable(person_of(request), place)
    return InvitationForm(data, roles=roles, has_mail=is_configured())


def _organisation_page(
    request: HttpRequest, place: Organisation, form: InvitationForm, link: str = "", status: int = 200
) -> HttpResponse:
    today, by = timezone.localdate(), person_of(request)
    grantable = invitations.grantable(by, place)
    manages = can(request.user, Action.MANAGE_PEOPLE, place)
    people = place.memberships.valid(today).select_related("person", "substitutes__person")
    open_ones = Invitation.objects.filter(organisation=place, accepted_at__isnull=True, expires_at__gt=timezone.now())
    waiting = open_ones.prefetch_related("letters")
    context = {
        "place": place,
        "above": Organisation.objects.filter(pk__in=place.above[:-1]).order_by("path"),
        "children": place.children.all()[:PAGE],
        "people": [
            (one, one.role in grantable and one.person_id != by.pk, answers_for(by, one.person)) for one in people
        ],
        "kind": label_of(place),
        "former": place.former_names.all(),
        "manages": manages,
        "waiting": waiting,
        "form": form if grantable and manages else None,
        "link": link,
        "days": invitations.DAYS,
    }
    return render(request, "people/organisation.html", context, status=status)
