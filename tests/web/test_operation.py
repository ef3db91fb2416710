"""Checks of the settings: silent as we ship them, in both profiles, and each speaks when its setting is loosened."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import Tags, run_checks
from django.test import Client, override_settings

from orientir_web.data_folder import DataFolder

PRODUCTION = {"ORIENTIR_HTTPS": "1", "ORIENTIR_HOSTS": "monitoring.example.org"}
_POLICY = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
_ARGON2 = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"]}


def _without(name: str) -> dict[str, Any]:
    return {"MIDDLEWARE": [one for one in settings.MIDDLEWARE if not one.endswith(name)]}


def _policy(**changes: Any) -> dict[str, Any]:
    directives = _POLICY | {name.replace("_", "-"): value for name, value in changes.items()}
    return {"CONTENT_SECURITY_POLICY": {"DIRECTIVES": directives}}


LOOSENED: dict[str, dict[str, Any]] = {
    "orientir.E001": _without("SecondFactorMiddleware"),
    "orientir.E002": {"MFA_SUPPORTED_TYPES": ["recovery_codes"]},
    "orientir.E011": _without("CSPMiddleware"),
    "orientir.E012": _policy(script_src=["'self'", "'unsafe-inline'"]),
    "orientir.E013": _policy(frame_ancestors=["'self'"]),
    "orientir.E021": {"AXES_ENABLED": False},
    "orientir.E022": {"AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"]},
    "orientir.E023": {"AXES_FAILURE_LIMIT": 1000},
    "orientir.E031": {"DATA_UPLOAD_MAX_MEMORY_SIZE": None},
    "orientir.E032": {"FILE_UPLOAD_PERMISSIONS": 0o644},
    "orientir.E033": {"MEDIA_ROOT": "/srv/media"},
    "orientir.E041": _without("LoginRequiredMiddleware"),
    "orientir.E042": {"SESSION_COOKIE_AGE": 14 * 24 * 60 * 60},
    "orientir.E043": {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]},
}


def _told() -> set[str]:
    return {str(one.id) for one in run_checks(tags=[Tags.security]) if str(one.id).startswith("orientir.")}


def test_as_we_ship_them_the_settings_are_sound() -> None:
    with override_settings(**_ARGON2):
        assert _told() == set()


@pytest.mark.parametrize("number", LOOSENED)
def test_a_loosened_setting_is_told(number: str) -> None:
    with override_settings(**(_ARGON2 | LOOSENED[number])):
        assert number in _told()


def test_a_role_over_others_without_a_second_factor_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orientir_web.operation.checks.NEEDS_SECOND_FACTOR", frozenset())
    assert "orientir.E003" in _told()


def test_files_that_others_can_read_are_told(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    data.prepare()
    with override_settings(DATA=data, **_ARGON2):
        assert _told() == set()
        data.path.chmod(0o755)
        data.key_file.chmod(0o640)
        assert _told() == {"orientir.W051", "orientir.W052"}
        data.path.chmod(0o700)
        data.key_file.chmod(0o600)
        data.key_file.write_text("short")
        assert _told() == {"orientir.W053"}


@pytest.mark.parametrize("told", [{}, PRODUCTION], ids=["localhost", "production"])
def test_every_check_is_silent(tmp_path: Path, told: dict[str, str]) -> None:
    """`check` of the local profile, `check --deploy` of the one behind TLS."""
    DataFolder(tmp_path / "data").prepare()
    command = [sys.executable, "-m", "django", "check", "--fail-level", "WARNING"]
    command += ["--deploy"] if told else []
    environment = os.environ | {"ORIENTIR_DATA": str(tmp_path / "data")} | told
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_examples_of_the_docs_hold_together() -> None:
    """The unit and the compose file speak of commands and variables that exist."""
    folder = Path(__file__).parents[2] / "docs" / "howto" / "web"
    unit, compose = (folder / "orientir.service").read_text(), (folder / "compose.yaml").read_text()
    help_text = subprocess.run(
        [sys.executable, "-m", "orientir", "serve", "--help"], capture_output=True, text=True, check=True,
        env=os.environ | {"COLUMNS": "200"},
    ).stdout  # fmt: skip
    for option in ("--data", "--host", "--port"):
        assert option in help_text and option in unit
    told = Path(settings.HERE, "settings.py").read_text(encoding="utf-8")
    for text in (unit, compose):
        for name in set(re.findall(r"ORIENTIR_\w+", text)):
            assert name in told, name


def test_health_is_told_to_machines(world: Any) -> None:
    answer = Client().get("/health/")
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, b"ok", "text/plain")
    assert "sessionid" not in json.dumps(dict(answer.headers))
