"""Checks of the settings that Django does not make: second factor, policy, lock-out, uploads, sessions, files.

An error means that somebody has changed the settings, and keeps the worker of jobs from starting; files that others
can read are a warning, because a running system must not stop for them.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from orientir_web.people.roles import NEEDS_SECOND_FACTOR, RIGHTS, Action

LONGEST_SESSION = 12 * 60 * 60
MOST_ATTEMPTS = 10
LARGEST_BODY = 10 * 1024 * 1024
MOST_FIELDS = 2_000
SHORTEST_KEY = 50
_OVER_OTHERS = frozenset(
    {Action.REVIEW, Action.APPROVE, Action.RUN_CAMPAIGN, Action.SEE_PEOPLE, Action.MANAGE_PEOPLE, Action.SEE_LOG}
)
_WIDE = ("'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:")


@register(Tags.security)
def second_factor(**_: Any) -> list[CheckMessage]:
    """Whoever sees or decides about others proves it twice."""
    found: list[CheckMessage] = []
    if not _has("people.middleware.SecondFactorMiddleware") or "allauth.mfa" not in settings.INSTALLED_APPS:
        found.append(Error("The second factor is not asked for.", id="orientir.E001"))
    elif "totp" not in settings.MFA_SUPPORTED_TYPES:
        found.append(Error("The second factor lacks one-time codes.", id="orientir.E002"))
    if loose := [role for role, rights in RIGHTS.items() if rights & _OVER_OTHERS and role not in NEEDS_SECOND_FACTOR]:
        found.append(Error(f"Roles without a second factor: {', '.join(loose)}.", id="orientir.E003"))
    return found


@register(Tags.security)
def policy(**_: Any) -> list[CheckMessage]:
    """Nothing from elsewhere, nothing inline, no page in a frame."""
    told = getattr(settings, "CONTENT_SECURITY_POLICY", {}).get("DIRECTIVES", {})
    found: list[CheckMessage] = []
    if "csp.middleware.CSPMiddleware" not in settings.MIDDLEWARE or "'none'" not in told.get("default-src", ()):
        found.append(Error("There is no strict Content-Security-Policy.", id="orientir.E011"))
    if wide := [name for name, sources in told.items() if any(one.startswith(_WIDE) for one in sources)]:
        found.append(Error(f"The policy is wide open: {', '.join(wide)}.", id="orientir.E012"))
    if "'none'" not in told.get("frame-ancestors", ()):
        found.append(Error("Pages may be put into frames.", id="orientir.E013"))
    return found


@register(Tags.security)
def lock_out(**_: Any) -> list[CheckMessage]:
    """Wrong passwords are counted for all processes together, and end."""
    found: list[CheckMessage] = []
    if "axes.middleware.AxesMiddleware" not in settings.MIDDLEWARE or not getattr(settings, "AXES_ENABLED", True):
        found.append(Error("Nobody is locked out after wrong passwords.", id="orientir.E021"))
    if not settings.AUTHENTICATION_BACKENDS[0].startswith("axes."):
        found.append(Error("A password is looked at before the lock-out.", id="orientir.E022"))
    if not 1 <= settings.AXES_FAILURE_LIMIT <= MOST_ATTEMPTS:
        found.append(Error(f"More than {MOST_ATTEMPTS} wrong passwords are allowed.", id="orientir.E023"))
    return found


@register(Tags.security)
def uploads(**_: Any) -> list[CheckMessage]:
    """Bounds for what is sent; what is kept is its owner's alone and is not served as it lies."""
    found: list[CheckMessage] = []
    size, fields = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    if size is None or size > LARGEST_BODY or fields is None or fields > MOST_FIELDS:
        found.append(Error("Requests have no reasonable bound.", id="orientir.E031"))
    if settings.FILE_UPLOAD_PERMISSIONS != 0o600:
        found.append(Error("Uploaded files can be read by others.", id="orientir.E032"))
    files, static = settings.DATA.files, Path(settings.STATIC_ROOT)
    if files == static or static in files.parents or settings.MEDIA_ROOT:
        found.append(Error("Uploaded files lie where the server gives files out.", id="orientir.E033"))
    return found


@register(Tags.security)
def who_comes_in(**_: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not _has("django.contrib.auth.middleware.LoginRequiredMiddleware"):
        found.append(Error("Pages are open without a log-in.", id="orientir.E041"))
    if not 0 < settings.SESSION_COOKIE_AGE <= LONGEST_SESSION:
        found.append(Error("Sessions last longer than a working day.", id="orientir.E042"))
    if "Argon2" not in settings.PASSWORD_HASHERS[0]:
        found.append(Error("Passwords are not kept as Argon2.", id="orientir.E043"))
    return found


@register(Tags.security)
def key_file(**_: Any) -> list[CheckMessage]:
    """The key and the folder are their owner's alone."""
    return list(_loose_files())


def _loose_files() -> Iterator[CheckMessage]:
    data = settings.DATA
    for path, number in ((data.path, "orientir.W051"), (data.key_file, "orientir.W052")):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Warning(f"{path.name} can be read by others.", hint=f"chmod go= {path}", id=number)
    if data.key_file.exists() and len(data.key) < SHORTEST_KEY:
        yield Warning("The key is short.", hint="Remove it: a new one is made at the next start.", id="orientir.W053")


def _has(name: str) -> bool:
    return any(one.endswith(name) for one in settings.MIDDLEWARE)
