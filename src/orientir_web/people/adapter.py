"""How allauth behaves here: nobody signs up by themselves, and attempts are counted by e-mail."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from orientir_web.people.models import PersonManager


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """People come by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """What the server was told. An address that a client may write itself (X-Forwarded-For) is not believed."""
        return str(request.META.get("REMOTE_ADDR") or "0.0.0.0")


def login_name(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """Under which name axes counts an attempt."""
    told = (credentials or {}).get("email") or (request.POST.get("login", "") if request else "")
    return PersonManager.normalise(str(told))
