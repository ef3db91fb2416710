"""What a person may not do now, said plainly: the one way from a service to the page that asked it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

View = Callable[[HttpRequest], HttpResponse]


class ActionRefused(Exception):
    """A state, a deadline or a rule forbids it; the message says which and what can be done."""


class RefusalMiddleware:
    """A refused action comes back to the page it was asked from, with the reason; htmx gets the reason alone."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ActionRefused):
            return None
        back = request.META.get("HTTP_REFERER", "")
        is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
        if request.headers.get("HX-Request") or not is_ours:
            return render(request, "refused.html", {"reason": str(exception)}, status=409)
        messages.error(request, str(exception))
        return HttpResponseRedirect(back)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or came from elsewhere."""
    return render(request, "csrf_failed.html", status=403)


def missing_unless(allowed: bool) -> None:
    """A page that has nothing to show to this person does not exist for them."""
    if not allowed:
        raise Http404
