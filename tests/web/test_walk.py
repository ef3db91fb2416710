"""Every address, by every role, for its own and for foreign objects."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from orientir_web.people.roles import Role
from web.routes import OWN_SECOND_FACTOR, ROUTES
from web.world import District, World

PAIRS = [pytest.param(name, role, id=f"{name}-{role}") for name in ROUTES for role in Role]


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _names(one.url_patterns)
        else:
            yield one.name or str(one.pattern)


def _ask(client: Client, name: str, district: District) -> int:
    route = ROUTES[name]
    url = reverse(name, kwargs=route.names(district) if route.names else None)
    response = client.post(url, route.data) if route.method == "post" else client.get(url, route.data)
    if response.streaming:
        response.getvalue()  # read to its end, a download closes its file
    return response.status_code


def test_every_address_has_its_row() -> None:
    assert set(_names(get_resolver().url_patterns)) == set(ROUTES) | OWN_SECOND_FACTOR


@pytest.mark.parametrize(("name", "role"), PAIRS)
def test_own_and_foreign(world: World, name: str, role: Role) -> None:
    route, client = ROUTES[name], world.client(role)
    if role not in route.roles:
        assert _ask(client, name, world.own) in (403, 404)
        return
    if route.names and not route.open_to_all and not route.shared:
        assert _ask(client, name, world.foreign) == 404
    assert _ask(client, name, world.own) == route.ok


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if not route.open_to_all])
def test_strangers_are_sent_to_the_door(world: World, name: str) -> None:
    if name == "account_login":
        assert Client().get(reverse(name)).status_code == 200
    else:
        assert _ask(Client(), name, world.own) == 302


@pytest.mark.parametrize("name", sorted(OWN_SECOND_FACTOR))
def test_the_second_factor_of_strangers_is_not_shown(world: World, name: str) -> None:
    names = {"pk": 1} if name in ("mfa_edit_webauthn", "mfa_remove_webauthn") else {}
    assert Client().get(reverse(name, kwargs=names)).status_code in (302, 404, 405)
