"""For which organisation a person keeps a register now: the one asked for, else their own."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from orientir.sources.registers.columns import Register
from orientir_web.people.access import memberships, visible
from orientir_web.people.models import Organisation
from orientir_web.people.roles import Action, roles_with
from orientir_web.registers.frame import Frame, frame_of
from orientir_web.registers.kinds import kept


def kept_or_404(name: str) -> Register:
    register = kept(name)
    if register is None:
        raise Http404
    return register


def homes(request: HttpRequest) -> list[Organisation]:
    """The places of the person's own roles, each once."""
    own = memberships(request.user).filter(role__in=roles_with(Action.KEEP_REGISTERS))
    return list(dict.fromkeys(one.organisation for one in own))


def frame_asked(request: HttpRequest) -> Frame:
    """Raises Http404 where the person keeps no registers there."""
    asked = request.POST.get("home") or request.GET.get("home") or ""
    own = homes(request)
    home = next((one for one in own if str(one.pk) == asked), own[0] if own and not asked else None)
    if home is None:
        raise Http404
    return frame_of(home, request.POST.get("period") or request.GET.get("period") or "")


def keepable(request: HttpRequest, frame: Frame) -> list[Organisation]:
    """The organisations of the frame in which the person may keep registers."""
    keys = [one.pk for one in frame.organisations.values()]
    return list(visible(request.user, Organisation.objects.filter(pk__in=keys), Action.KEEP_REGISTERS))
