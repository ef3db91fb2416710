"""Screenshots for the guides, made by the tests where ORIENTIR_SCREENSHOTS names the folder for them.

Each is one screen, on a desktop and on a phone, with few colours. Without the variable nothing is done.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

_COLOURS = 32
_SIZES = ((1280, 800), (390, 760))
_PHONE = 390
_ENGLISH = frozenset({"board", "panels"})  # what pages in English show


def take(page: Page, name: str, language: str, target: str = "") -> None:
    """`name.ru-1280.png` and the like; from `target` on, on a phone from the title on. The page keeps its size."""
    folder = os.environ.get("ORIENTIR_SCREENSHOTS", "")
    if not folder or (language == "en" and name not in _ENGLISH):
        return
    before = page.viewport_size
    for width, height in _SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("scrollTo(0, 0)")
        if start := target or ("main h1" if width == _PHONE else ""):
            page.locator(start).first.evaluate("one => scrollTo(0, one.getBoundingClientRect().top - 12)")
        _small(page.screenshot()).save(Path(folder) / f"{name}.{language}-{width}.png", optimize=True)
    if before:
        page.set_viewport_size(before)


def _small(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
