"""A person's own page, and the doors for whoever has forgotten a password."""

from __future__ import annotations

from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from orientir_web.letters.models import Subject
from orientir_web.letters.sending import is_configured, post
from orientir_web.people import passwords
from orientir_web.people.access import memberships, person_of
from orientir_web.people.forms import ForgottenForm, NewPasswordForm, OwnForm
from orientir_web.people.models import Person
from orientir_web.people.persons import change_own


def own_page(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = OwnForm(request.POST or None, initial={"full_name": person.full_name, "language": person.language})
    if form.is_valid():
        change_own(person, **form.cleaned_data)
        messages.success(request, _("Изменения сохранены."))
        return redirect("own_page")
    context = {
        "form": form,
        "roles": memberships(person),
        "sessions": UserSession.objects.purge_and_list(person),
        "current": request.session.session_key,
    }
    return render(request, "people/own.html", context, status=422 if form.is_bound else 200)


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Everywhere but here."""
    end_other_sessions(request, person_of(request))
    messages.success(request, _("Остальные сеансы завершены."))
    return redirect("own_page")


@login_not_required
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether somebody of this address works here or not."""
    form = ForgottenForm(request.POST or None)
    context = {"form": form, "has_mail": is_configured(), "is_done": False}
    if is_configured() and form.is_valid():
        _write(Person.objects.normalise(form.cleaned_data["email"]))
        context["is_done"] = True
    return render(request, "people/forgotten.html", context)


def _write(email: str) -> None:
    """One letter an hour: nobody's box is filled by a stranger."""
    person = Person.objects.filter(email=email, is_active=True, is_demo=False).first()
    if person is not None:
        hour = timezone.now().strftime("%Y-%m-%dT%H")
        post(person, Subject.PASSWORD, f"password:{person.pk}:{hour}")


@login_not_required
@sensitive_post_parameters()
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """A link that no longer opens says nothing about whose it was."""
    link = passwords.pending(token)
    if link is None:
        return render(request, "people/invitation_ended.html", status=404)
    form = NewPasswordForm(request.POST or None, person=link.person)
    if not form.is_valid():
        return render(request, "people/new_password.html", {"form": form}, status=422 if form.is_bound else 200)
    passwords.set_password(token, form.cleaned_data["password"])
    messages.success(request, _("Готово. Войдите с новым паролем."))
    return redirect("account_login")
