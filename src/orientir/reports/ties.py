"""Short words tied to what follows them, so that no line of a title ends with a preposition."""

from __future__ import annotations

import re

_SHORT = re.compile(r"\b(во?|и|ко?|со?|об?|у|а|по|на|от|до|из|за|не|для|при) ", re.IGNORECASE)


def tied(text: str) -> str:
    """The text with a no-break space after each short word."""
    return _SHORT.sub("\\1\u00a0", text)
