"""The addresses of the API and the page of its keys."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from orientir_web.api import computed, published, submissions, views
from orientir_web.api.access import Key
from orientir_web.api.paging import refuse_unknown
from orientir_web.api.problems import answer_problems, missing
from orientir_web.api.rate import SharedRate

PREFIX = "api/v1/"
RATE = SharedRate(settings.API_RATE)

api = NinjaAPI(
    title="Ориентир",
    version="1",
    description="Формы, значения и отчёты для других программ. Ключ делают на странице «Ключи программ» и передают "
    "в заголовке Authorization: Bearer. Он действует от имени своего человека, в пределах своей организации и прав. "
    "Параметр, которого нет в описании адреса, — ошибка 422.",
    auth=Key(),
    throttle=[RATE],
    docs_url=None,  # a page of somebody else's scripts does not run under our policy
    openapi_url=None,  # told below: ninja's own needs a namespace
)
answer_problems(api)
refuse_unknown(api, PREFIX)
api.add_router("", submissions.router)
api.add_router("", computed.router)
api.add_router("", published.router)


def _let_in(patterns: list[URLPattern | URLResolver]) -> list[Any]:
    """Without the door of the pages, which answers with the log-in: here a key is asked."""
    own = [one for one in patterns if isinstance(one, URLPattern) and one.name != "api-root"]  # a page of ninja
    for one in own:
        one.callback.login_required = False  # type: ignore[attr-defined]
    return own


@login_not_required
def _description(request: HttpRequest) -> HttpResponse:
    return JsonResponse(api.get_openapi_schema(path_prefix=f"/{PREFIX}"))


urlpatterns = [
    path("keys/", views.keys, name="keys"),
    path("keys/<int:token_id>/revoke/", views.revoke_key, name="revoke_key"),
    path(f"{PREFIX}openapi.json", _description, name="api_description"),
    path(PREFIX, (_let_in(api.urls[0]), None, None)),
    re_path(r"^api/", login_not_required(csrf_exempt(missing)), name="api_missing"),
]
