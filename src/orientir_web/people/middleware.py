"""A person's own language, and the second factor that their role asks for."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from orientir_web.people.access import remember, roles
from orientir_web.people.roles import NEEDS_SECOND_FACTOR

View = Callable[[HttpRequest], HttpResponse]
_FREE = ("mfa_", "account_", "set_language", "health", "api_")


class OwnLanguageMiddleware:
    """What the person has chosen, else what this browser has, else Russian; never what the browser was sold with."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.user.language if request.user.is_authenticated else ""
        language = chosen or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self._get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class SecondFactorMiddleware:
    """Who answers for more than one organisation's own form does nothing before a second factor is set up."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            remember(request.user)
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        if name.startswith(_FREE) or not needs_second_factor(request):
            return None
        messages.warning(request, _("Для вашей роли нужен второй фактор входа. Настройте его, чтобы продолжить."))
        return redirect("mfa_index")


def needs_second_factor(request: HttpRequest) -> bool:
    """People of the example are let in without: what they see is invented."""
    person = request.user
    if not person.is_authenticated or person.is_demo or is_mfa_enabled(person):
        return False
    return bool(roles(person) & NEEDS_SECOND_FACTOR)
