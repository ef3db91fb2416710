"""Every page that answers is looked at by axe in Chromium, as somebody who may see it, in Russian, wide and narrow.

Pages are made first and handed to the browser afterwards: one test looks at one state of the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Page, Route, sync_playwright

from orientir_web.people.roles import Role
from web.routes import OWN_SECOND_FACTOR, ROUTES
from web.world import World

HOST = "http://testserver"
WIDTHS = (1280, 390)
_CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
# Best practices of axe are rules of ours as well; what WCAG asks is among them.
_RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"


def pages(world: World) -> dict[str, tuple[str, bytes]]:
    """The address and the content of every page, by its name."""
    return dict(_asked(world))


def _asked(world: World) -> Iterator[tuple[str, tuple[str, bytes]]]:
    yield from ((name, told) for name, told in _answered(world) if told is not None)


def _answered(world: World) -> Iterator[tuple[str, tuple[str, bytes] | None]]:
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
    yield "login", _page(Client(), reverse("account_login"), {})
    yield "wrong password", _page(Client(), reverse("account_login"), {"login": "x@example.org"}, post=True)
    yield "no such page", _page(client, "/nowhere/", {})


def _page(client: Client, url: str, data: Mapping[str, str], post: bool = False) -> tuple[str, bytes] | None:
    response = client.post(url, data) if post else client.get(url, data)
    content = b"".join(response)
    is_page = content.lstrip()[:9].lower() == b"<!doctype"  # else a file, a redirect, or a part of a page for htmx
    return (f"{url}?posted" if post else url, content) if is_page else None


def test_pages_have_no_faults(world: World) -> None:
    told = pages(world)
    assert {"home", "form", "campaign", "organisation", "own_page", "login", "no such page"} <= set(told)
    faults = _looked_at(told)
    assert not faults, "\n".join(faults)


def _looked_at(told: Mapping[str, tuple[str, bytes]]) -> list[str]:
    axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    by_url = dict(told.values())
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=_CHROMIUM)
        page = browser.new_page(locale="ru-RU")
        page.route("**/*", lambda route: _answer(route, by_url))
        faults = [fault for name, (url, _) in told.items() for fault in _faults(page, name, HOST + url, axe)]
        browser.close()
    return faults


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


def _faults(page: Page, name: str, url: str, axe: str) -> Iterator[str]:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(url)
        page.evaluate(axe)
        for fault in page.evaluate(_RUN):
            nodes: list[dict[str, Any]] = fault["nodes"]
            shown = "; ".join(" ".join(map(str, node["target"])) for node in nodes[:3])
            yield f"{name} ({width}): {fault['id']} ({fault['impact']}), {len(nodes)}: {shown} {nodes[0]['html'][:200]}"
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if overflow > 0:
            yield f"{name} ({width}): wider than the screen by {overflow} pixels"


@pytest.mark.parametrize("html", ['<img src="x.png">', '<input type="text">', '<p style="color:#bbb">бледно</p>'])
def test_axe_sees_what_is_wrong(html: str) -> None:
    whole = (
        f'<!doctype html><html lang="ru"><head><title>x</title></head><body><main><h1>x</h1>{html}</main></body></html>'
    )
    assert _looked_at({"x": ("/x/", whole.encode())})
