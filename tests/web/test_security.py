"""Headers, cookies, the CSRF token, the production profile."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.test import Client
from django.urls import reverse

from orientir_web.people.roles import Role
from web.world import World


def test_headers_of_every_page(world: World) -> None:
    headers = world.client(Role.COORDINATOR).get(reverse("home")).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "http" not in policy
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "style-src 'self'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_hold_nothing_that_the_policy_forbids(world: World) -> None:
    for name in ("home", "organisations", "mfa_index"):
        page = world.client(Role.COORDINATOR).get(reverse(name)).content.decode()
        assert " style=" not in page and "<style" not in page and " onclick=" not in page
        assert "//" not in page.replace("http://www.w3.org/2000/svg", "")


def test_without_the_token_nothing_is_taken(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(reverse("set_language"), {"language": "en"}).status_code == 403


def test_the_production_profile_has_no_warnings(tmp_path: Path) -> None:
    told = {"ORIENTIR_DATA": str(tmp_path), "ORIENTIR_HTTPS": "1", "ORIENTIR_HOSTS": "monitoring.example.org"}
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=os.environ | told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
