"""Characters that no document format can carry, and that therefore no input may hold."""

from __future__ import annotations

import re

# Control characters, halves of surrogate pairs and non-characters; ⟦ and ⟧ mark live numbers in wordings.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff⟦⟧]")


def forbidden_character(text: str) -> str:
    """The first such character as «U+0000»; '' where the text has none."""
    found = _FORBIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""
