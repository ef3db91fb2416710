"""Pictures of the guides: each is there, each is shown, each is told to who does not see it, all are small."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "howto" / "images"
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+\.png)\)")
_MOST_BYTES = 1_500_000


def _shown() -> list[tuple[str, Path]]:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    found = [
        (alt, (page.parent / name).resolve()) for page in pages for alt, name in _PICTURE.findall(page.read_text())
    ]
    return [(alt, file) for alt, file in found if file.parent == IMAGES.resolve()]


def test_every_picture_of_the_guides_is_there_and_told() -> None:
    shown = _shown()
    assert shown and all(alt.strip() for alt, _ in shown)
    assert {file for _, file in shown} == {file.resolve() for file in IMAGES.iterdir()}


def test_pictures_are_small() -> None:
    assert sum(file.stat().st_size for file in IMAGES.iterdir()) <= _MOST_BYTES
