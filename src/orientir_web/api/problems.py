"""What the API answers when it does not do what was asked: one shape, documented for every address."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from pydantic import Field

from orientir_web.refusals import ActionRefused


class Wrong(Schema):
    """One place of the request that is not as it must be."""

    where: str
    what: str


class Problem(Schema):
    """What happened, in the language of the key's person; `errors` names the places of a request that is malformed."""

    detail: str
    errors: list[Wrong] = Field(default_factory=list)


READ = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Problem, 429: Problem}
WRITE = READ | {409: Problem, 413: Problem}


def answer_problems(api: NinjaAPI) -> None:
    """Everything that can be raised becomes one of the documented answers."""

    def told(status: int, detail: str, **headers: str) -> HttpResponse:
        return _response(status, detail, None, **headers)

    api.exception_handler(AuthenticationError)(
        lambda request, error: told(401, _("Ключ не подошёл."), **{"WWW-Authenticate": "Bearer"})
    )
    api.exception_handler(PermissionDenied)(
        lambda request, error: told(403, str(error) or _("На это у вас нет права."))
    )
    api.exception_handler(Http404)(lambda request, error: told(404, _("Такого здесь нет.")))
    api.exception_handler(ActionRefused)(lambda request, error: told(409, str(error)))
    api.exception_handler(RequestDataTooBig)(lambda request, error: told(413, _("Запрос слишком большой.")))
    api.exception_handler(Throttled)(_throttled)
    api.exception_handler(HttpError)(lambda request, error: told(error.status_code, _("Запрос не разобрать.")))
    api.exception_handler(ValidationError)(_malformed)


def missing(request: HttpRequest, **_names: Any) -> HttpResponse:
    """An address that the API does not have."""
    return _response(404, _("Такого здесь нет."))


def _response(status: int, detail: str, errors: list[Wrong] | None = None, **headers: str) -> HttpResponse:
    body = Problem(detail=detail, errors=errors or []).model_dump_json()
    return HttpResponse(body, content_type="application/json; charset=utf-8", status=status, headers=headers)


def _throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    return _response(429, _("Слишком много запросов. Повторите позже."), None, **{"Retry-After": str(error.wait or 60)})


def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Names the places; what was sent is not repeated."""
    errors = [Wrong(where=".".join(map(str, one["loc"])), what=str(one["msg"])) for one in error.errors]
    return _response(422, _("Запрос составлен неверно."), errors)
