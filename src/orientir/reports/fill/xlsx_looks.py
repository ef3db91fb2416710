"""What the styles of a workbook say of a cell: shown as per cent, locked, drawn (framed or coloured)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from orientir.reports.fill.grid import whole

_PERCENT_FORMATS = frozenset(("9", "10"))
_LITERAL = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]")  # what a number format only prints


@dataclass(frozen=True)
class Look:
    is_percent: bool = False
    is_locked: bool = True
    is_drawn: bool = False


def looks(styles: Any) -> list[Look]:
    """One for each style that cells refer to by number."""
    if styles is None:
        return []
    names = f"{{{styles.nsmap[styles.prefix]}}}"
    formats = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter(f"{names}numFmt")}
    framed = [_is_framed(one) for one in styles.iterfind(f"{names}borders/{names}border")]
    coloured = [_is_coloured(one) for one in styles.iterfind(f"{names}fills/{names}fill")]
    found = []
    for style in styles.iterfind(f"{names}cellXfs/{names}xf"):
        key = style.get("numFmtId", "0")
        protection = style.find(f"{names}protection")
        found.append(
            Look(
                key in _PERCENT_FORMATS or "%" in _LITERAL.sub("", formats.get(key, "")),
                protection is None or protection.get("locked", "1") not in ("0", "false"),
                _at(framed, style.get("borderId")) or _at(coloured, style.get("fillId")),
            )
        )
    return found


def _at(flags: list[bool], key: str | None) -> bool:
    at = whole(key, len(flags))
    return at < len(flags) and flags[at]


def _is_framed(border: Any) -> bool:
    return any(side.get("style", "none") != "none" for side in border)


def _is_coloured(fill: Any) -> bool:
    return any(part.get("patternType", "solid") not in ("none", "gray125") for part in fill)
