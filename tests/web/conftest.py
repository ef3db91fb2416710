"""Every test of the web runs twice: on SQLite as `orientir serve` uses it, and on a PostgreSQL of its own.

Django is set up once; the fixture `database` points it to the one database and then to the other. Each test is undone
by a rollback.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_HOME = tempfile.TemporaryDirectory(prefix="orientir-web-")
os.environ["ORIENTIR_DATA"] = _HOME.name
os.environ["DJANGO_SETTINGS_MODULE"] = "orientir_web.settings"
for _name in ("ORIENTIR_DATABASE", "ORIENTIR_HTTPS", "ORIENTIR_HOSTS", "ORIENTIR_ZONE"):
    os.environ.pop(_name, None)

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from django.test.utils import override_settings, setup_test_environment, teardown_test_environment  # noqa: E402

from orientir_web.databases import database_of  # noqa: E402
from orientir_web.languages import compile_messages  # noqa: E402
from scale.servers import postgres_server  # noqa: E402
from web.world import World, make_world  # noqa: E402

DATABASES = ("sqlite", "postgresql")
_FOR_TESTS: dict[str, Any] = {
    "ALLOWED_HOSTS": ["testserver"],
    # One password costs Argon2 a fifth of a second; that it is Argon2 has a test of its own.
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": settings.STORAGES
    | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
}


@pytest.fixture(scope="session", autouse=True)
def environment() -> Iterator[None]:
    compile_messages(settings.DATA.messages)
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    setup_test_environment(debug=False)
    with override_settings(**_FOR_TESTS):
        yield
    teardown_test_environment()
    _HOME.cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with postgres_server() as address:
        yield address


@pytest.fixture(scope="session", params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Migrated and empty. The name of its kind."""
    address = request.getfixturevalue("postgres") if request.param == "postgresql" else ""
    _use(database_of(address, tmp_path_factory.mktemp("database") / "web.sqlite3"))
    call_command("migrate", verbosity=0, interactive=False)
    yield request.param
    connections["default"].close()


def _use(told: dict[str, Any]) -> None:
    connections["default"].close()
    del connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": told})["default"]


@pytest.fixture(scope="session")
def lasting_world(database: str) -> World:
    """Made once for a database and committed; what a test does to it is undone."""
    return make_world()


@pytest.fixture
def world(lasting_world: World) -> Iterator[World]:
    """A region of two districts with people of every role; the test is undone."""
    cache.clear()
    with transaction.atomic():
        yield lasting_world.fresh()
        transaction.set_rollback(True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process runs all of them: one Django, one server."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("web"))
