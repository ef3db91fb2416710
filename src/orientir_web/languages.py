"""The English catalogue, compiled at the start: the repository holds texts, not what follows from them."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"


def compile_messages(into: Path) -> None:
    """Django finds it under `into` as the catalogue of English; Russian is what stands in the code."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    folder = into / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / "django.mo.new"
    with aside.open("wb") as file:
        write_mo(file, catalogue)
    aside.replace(folder / "django.mo")
