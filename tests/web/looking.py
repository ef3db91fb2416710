"""What is wrong with a page as a browser shows it: axe, and what is wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

# Best practices of axe are rules of ours as well; what WCAG asks is among them.
_RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
_SHOWN = 3  # places of a fault that are named


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def faults(page: Page, name: str) -> Iterator[str]:
    """Of the page that stands in the browser, at its width."""
    where = f"{name} ({(page.viewport_size or {}).get('width')})"
    page.evaluate(_axe())
    for fault in page.evaluate(_RUN):
        nodes: list[dict[str, Any]] = fault["nodes"]
        shown = "; ".join(" ".join(map(str, node["target"])) for node in nodes[:_SHOWN])
        yield f"{where}: {fault['id']} ({fault['impact']}), {len(nodes)}: {shown} {nodes[0]['html'][:200]}"
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if overflow > 0:
        yield f"{where}: wider than the screen by {overflow} pixels"
