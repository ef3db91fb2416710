"""Every page that answers is looked at by axe in Chromium, as somebody who may see it.

In Russian wide and narrow, in English wide; pages full of numbers are looked at in test_campaign_in_browser.py.

Pages are made first and handed to the browser afterwards: one test looks at one state of the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Page, Route

from orientir_web.people.models import Person
from orientir_web.people.roles import Role
from web.browsing import chromium
from web.looking import faults
from web.routes import OWN_SECOND_FACTOR, ROUTES
from web.world import World

HOST = "http://testserver"
LANGUAGES, WIDTHS = ("ru", "en"), (1280, 390)
_NUMBERS = re.compile(rb"[0-9A-Za-z_-]{32,}|\d+")
_SEEN: set[bytes] = set()


def pages(world: World, language: str) -> dict[str, tuple[str, bytes]]:
    """The address and the content of every page, by its name."""
    Person.objects.update(language=language)
    stranger = Client()
    stranger.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return {name: told for name, told in _answered(world, stranger) if told is not None}


def _answered(world: World, stranger: Client) -> Iterator[tuple[str, tuple[str, bytes] | None]]:
    for name, route in ROUTES.items():
        if route.method == "get":
            client = world.client(next(role for role in Role if role in route.roles))
            keys = route.names(world.own) if route.names else {}
            yield name, _page(client, reverse(name, kwargs=keys), route.data)
    client = world.client(Role.COORDINATOR)
    for name in sorted(OWN_SECOND_FACTOR):
        try:
            yield name, _page(client, reverse(name), {})
        except NoReverseMatch:  # it names a key of one's own, and there is none
            continue
    yield "login", _page(stranger, reverse("account_login"), {})
    yield "wrong password", _page(stranger, reverse("account_login"), {"login": "x@example.org"}, post=True)
    yield "no such page", _page(client, "/nowhere/", {})


def _page(client: Client, url: str, data: Mapping[str, str], post: bool = False) -> tuple[str, bytes] | None:
    response = client.post(url, data) if post else client.get(url, data)
    content = b"".join(response)
    is_page = content.lstrip()[:9].lower() == b"<!doctype"  # else a file, a redirect, or a part of a page for htmx
    return (f"{url}?posted" if post else url, content) if is_page else None


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_have_no_faults(world: World, language: str) -> None:
    told = pages(world, language)
    assert {"home", "form", "campaign", "organisation", "own_page", "login", "no such page"} <= set(told)
    assert all(f'<html lang="{language}">'.encode() in content for _, content in told.values())
    found = _looked_at(told)
    assert not found, "\n".join(found)


def _looked_at(told: Mapping[str, tuple[str, bytes]]) -> list[str]:
    by_url = dict(told.values())
    with chromium() as browser:
        page = browser.new_page(locale="ru-RU")
        page.route("**/*", lambda route: _answer(route, by_url))
        return [
            fault
            for name, (url, content) in told.items()
            if _is_new(content)
            for fault in _faults(page, name, HOST + url)
        ]


def _is_new(content: bytes) -> bool:
    """A page that differs from one seen before by numbers and secrets only is the other database's."""
    known, key = len(_SEEN), _NUMBERS.sub(b"", content)
    _SEEN.add(key)
    return len(_SEEN) > known


def _answer(route: Route, by_url: Mapping[str, bytes]) -> None:
    url = route.request.url.removeprefix(HOST)
    if unquote(url) in by_url or url in by_url:
        content = by_url.get(url) or by_url[unquote(url)]
        route.fulfill(body=content, content_type="text/html; charset=utf-8")
        return
    path, static = unquote(urlsplit(url).path), f"/{settings.STATIC_URL.strip('/')}/"
    found = finders.find(path.removeprefix(static)) if path.startswith(static) else None
    if found:
        route.fulfill(path=Path(str(found)))
    else:
        route.fulfill(status=404, body="")


def _faults(page: Page, name: str, url: str) -> Iterator[str]:
    page.goto(url)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        yield from faults(page, name)


@pytest.mark.parametrize("html", ['<img src="x.png">', '<input type="text">', '<p style="color:#bbb">бледно</p>'])
def test_axe_sees_what_is_wrong(html: str) -> None:
    whole = (
        f'<!doctype html><html lang="ru"><head><title>x</title></head><body><main><h1>x</h1>{html}</main></body></html>'
    )
    assert _looked_at({"x": ("/x/", whole.encode())})
