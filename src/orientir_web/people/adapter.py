"""How allauth behaves here: nobody signs up by themselves, and attempts are counted by e-mail."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from orientir_web.people.models import PersonManager


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """People come by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **_told: Any) -> bool:
        """Who has just logged in to set up their first second factor does not give the same password again."""
        if is_mfa_enabled(self.request.user):
            return True
        known = get_authentication_records(self.request, self.request.user)
        return not known or time.time() - known[-1]["at"] > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_client_ip(self, request: HttpRequest) -> str:
        """What the server was told. An address that a client may write itself (X-Forwarded-For) is not believed."""
        return str(request.META.get("REMOTE_ADDR") or "0.0.0.0")


def login_name(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """Under which name axes counts an attempt."""
    told = (credentials or {}).get("email") or (request.POST.get("login", "") if request else "")
    return PersonManager.normalise(str(told))
