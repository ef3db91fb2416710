"""What every list of the API has in common: what is wanted of it, which page, and that nothing asked is passed over."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, wraps
from typing import Annotated, Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from pydantic import Field

One = TypeVar("One")
Row = TypeVar("Row", bound=Model)
Operation = Callable[..., Any]
PAGE, LONGEST_PAGE, FARTHEST = 200, 1_000, 1_000_000


class Wanted(Schema):
    """Which page; a list adds the fields by which it is filtered. A filter that is not told is None or ""."""

    offset: Annotated[int, Field(ge=0, le=FARTHEST)] = 0
    limit: Annotated[int, Field(ge=1, le=LONGEST_PAGE)] = PAGE

    @property
    def filters(self) -> dict[str, Any]:
        """Those that are told."""
        return {name: told for name, told in self if name not in Wanted.model_fields and told not in (None, "")}

    def holds(self, told: Mapping[str, str]) -> bool:
        """Whether something that is so described is among what is wanted."""
        return all(told[name] == wanted for name, wanted in self.filters.items())


def page_of_rows(rows: QuerySet[Row], wanted: Wanted, out: Callable[[Row], object]) -> dict[str, object]:
    """The filters are named as the fields of the row."""
    found = rows.filter(**wanted.filters)
    return {"total": found.count(), "items": [out(one) for one in found[wanted.offset : wanted.offset + wanted.limit]]}


def page_of_all(found: Sequence[One], wanted: Wanted, out: Callable[[One], object]) -> dict[str, object]:
    """Of what was filtered before."""
    return {"total": len(found), "items": [out(one) for one in found[wanted.offset : wanted.offset + wanted.limit]]}


def refuse_unknown(api: NinjaAPI, prefix: str) -> None:
    """Every address takes the parameters that its description names, each once: a misspelled filter is an error."""

    @lru_cache(maxsize=1)
    def known() -> dict[tuple[str, str], frozenset[str]]:
        paths = api.get_openapi_schema(path_prefix=f"/{prefix}")["paths"]
        return {
            (path.lstrip("/"), method): frozenset(
                one["name"] for one in told.get("parameters", ()) if one["in"] == "query"
            )
            for path, methods in paths.items()
            for method, told in methods.items()
        }

    def checked(operation: Operation) -> Operation:
        @wraps(operation)
        def run(request: HttpRequest, *told: Any, **named: Any) -> HttpResponse:
            assert request.resolver_match is not None and request.method is not None
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", request.resolver_match.route)
            _check(request, known()[path, request.method.lower()])
            answer: HttpResponse = operation(request, *told, **named)
            return answer

        return run

    api.add_decorator(checked)


def _check(request: HttpRequest, known: frozenset[str]) -> None:
    names = ", ".join(sorted(known)) or "—"
    wrong = [
        {"loc": ("query", name), "msg": _("Такого параметра здесь нет. Есть: %(names)s.") % {"names": names}}
        for name in request.GET
        if name not in known
    ]
    wrong += [
        {"loc": ("query", name), "msg": _("Этот параметр назван несколько раз.")}
        for name in request.GET
        if name in known and len(request.GET.getlist(name)) > 1
    ]
    if wrong:
        raise ValidationError(wrong)
