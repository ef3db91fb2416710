"""The texts of the web for translation: `python tools/web_messages.py` brings django.po up to date.

Russian stands in the code and the templates; what is written in the catalogue stays, what is no longer said goes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

WEB = Path(__file__).parents[1] / "src" / "orientir_web"
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
# Dates and versions in the header would make every run another file.
_HEADERS = (
    "# ",
    "#\n",
    '"Project-Id',
    '"Report-Msgid',
    '"POT-Creation',
    '"PO-Revision',
    '"Last-Trans',
    '"Language-Team',
    '"Generated',
)
KEYWORDS = {"gettext": None, "gettext_lazy": None, "_": None, "_t": None}


def spoken() -> set[str]:
    """Every text that is handed to the translation."""
    return {text for path in sorted(WEB.rglob("*")) for text in _texts(path)}


def _texts(path: Path) -> Iterator[str]:
    if path.suffix == ".html":
        source = templatize(path.read_text(encoding="utf-8"))
    elif path.suffix == ".py":
        source = path.read_text(encoding="utf-8")
    else:
        return
    for _, text, _, _ in extract("python", BytesIO(source.encode()), KEYWORDS):
        if isinstance(text, str) and text:
            yield text


def translated() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id}


def main() -> int:
    """Exit code 1 while something waits for its translation."""
    known, catalogue = translated(), Catalog("en", fuzzy=False)
    for text in sorted(spoken()):
        catalogue.add(text, known.get(text, ""))
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=120, omit_header=False, sort_output=True)
    lines = CATALOGUE.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(_HEADERS)]
    CATALOGUE.write_text("".join(kept), encoding="utf-8")
    waiting = [text for text in sorted(spoken()) if not known.get(text)]
    sys.stdout.write("".join(f"{text}\n" for text in waiting))
    return bool(waiting)


if __name__ == "__main__":
    settings.configure()
    sys.exit(main())
