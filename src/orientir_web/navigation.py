"""What the head of every page says: who one is, and where one may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orientir_web.people.access import held
from orientir_web.people.roles import RIGHTS, Action, Role


@dataclass(frozen=True)
class Entry:
    """A page in the navigation; `action` is what one must be able to do somewhere, None for everybody."""

    title: str | Promise
    url_name: str
    action: Action | None = None


ENTRIES = (
    Entry(_("Мои дела"), "home"),
    Entry(_("Панели показателей"), "panels", Action.SEE),
    Entry(_("Реестры"), "registers", Action.SEE),
    Entry(_("Рекомендации и решения"), "decisions", Action.SEE),
    Entry(_("Проверка отчёта"), "report_checks", Action.SEE),
    Entry(_("Организации и люди"), "organisations", Action.SEE_PEOPLE),
    Entry(_("Ключи программ"), "keys", Action.SEE),
    Entry(_("Журнал"), "journal", Action.SEE_LOG),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """A context processor."""
    told: dict[str, Any] = {"languages": settings.LANGUAGES}
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return told
    own = held(request.user)
    actions = {action for one in own for action in RIGHTS[Role(one.role)]}
    current = request.resolver_match.url_name if request.resolver_match else ""
    told["navigation"] = [
        (entry.title, reverse(entry.url_name), entry.url_name == current)
        for entry in ENTRIES
        if entry.action is None or entry.action in actions
    ]
    return told | {"memberships": own, "is_synthetic": any(one.organisation.synthetic for one in own)}
