"""What a file is called by its sender, as it may be shown, stored in a row and given to another machine."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

# Signs, so that a row can hold it, and bytes, so that a file system can: a letter of Russian takes two of them.
_MOST_SIGNS, _MOST_BYTES, _LONGEST_ENDING = 150, 240, 10
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff/\\\\]")


def plain_name(name: str | None) -> str:
    """Without folders and signs that are not seen; a long one keeps its ending, by which people know a file."""
    plain = _UNSEEN.sub("_", (name or "").replace("\\", "/").rpartition("/")[2]).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    is_ending = dot and stem and len(ending) <= _LONGEST_ENDING
    return _fitting(stem, f".{ending}") if is_ending else _fitting(plain, "")


def name_with(name: str | None, ending: str) -> str:
    """The same, with the ending of what the file is."""
    plain = PurePosixPath(plain_name(name))
    is_own = plain.suffix.lower() in (f".{ending}", ".jpeg" if ending == "jpg" else "")
    stem = plain.stem if is_own else plain.name
    return _fitting(stem, f".{ending}")


def _fitting(stem: str, ending: str) -> str:
    bytes_left = _MOST_BYTES - len(ending.encode())
    return stem[: _MOST_SIGNS - len(ending)].encode()[:bytes_left].decode(errors="ignore") + ending
