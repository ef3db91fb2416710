"""Logs as JSON lines without personal data: what happened and where in the program, never to whom or with what.

A line is built from what the program says of itself: the words of a message before anything is put into them, the
pattern of an address instead of the address, the places of a traceback without the words of the exception. A database
says in an exception which e-mail was there already; an address holds the token of an invitation.
"""

from __future__ import annotations

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from http.client import responses
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse

REQUESTS = "orientir_web.requests"
# Some libraries put things into their words before they hand them over.
_PERSONAL = re.compile(
    r"[^\s@\"'<>]+@[^\s@\"'<>]+"  # addresses
    r"|\+?\d[\d\s()-]{8,}\d"  # telephones
    r"|[A-Za-z0-9_-]{32,}"  # tokens
    r"|[А-ЯЁ][а-яё-]+(?:\s+[А-ЯЁ][а-яё-]+){1,2}"  # names
)
_HIDDEN = "[…]"
_ROOT = str(Path(__file__).parents[2])
_request_log = logging.getLogger(REQUESTS)


class JsonLines(logging.Formatter):
    """One object on a line."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _words(record.msg),
        }
        told |= getattr(record, "fields", {})
        if status := getattr(record, "status_code", None):
            told |= {"status": status, "message": responses.get(status, told["message"])}  # its words hold the address
        if route := route_of(getattr(record, "request", None)):
            told["route"] = route
        if record.exc_info and record.exc_info[0]:
            told["exception"] = record.exc_info[0].__name__
            told["trace"] = _places(record.exc_info[2])
        return json.dumps(told, ensure_ascii=False)


def _words(message: object) -> str:
    """A message that is no text is an exception handed over as one."""
    return _PERSONAL.sub(_HIDDEN, message) if isinstance(message, str) else type(message).__name__


def _places(trace: Any) -> list[str]:
    return [
        f"{frame.filename.removeprefix(_ROOT).lstrip('/')}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]


def route_of(request: Any) -> str:
    """The pattern of the address, in which nothing of the request stands."""
    match = getattr(request, "resolver_match", None)
    return str(match.route) if match else ""


class RequestLogMiddleware:
    """A line for each request, where the level of this log lets it through (ORIENTIR_LOG=INFO)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _request_log.isEnabledFor(logging.INFO):
            return self._get_response(request)
        began = time.perf_counter()
        response = self._get_response(request)
        told = {
            "method": request.method,
            "route": route_of(request),
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000, 1),
        }
        _request_log.info("request", extra={"fields": told})
        return response
