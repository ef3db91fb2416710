"""Printed periods. «2020», «2019-2020» and «2019/20 уч. г.» are one year; «2020-2022» is a span and none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from orientir.audit.report import Year

_YEAR = re.compile(
    r"(?<![\d.])(?P<from>20[0-4]\d)(?:\s*[-–—/\\]\s*(?P<to>20[0-4]\d|\d\d)(?!\d|[,.]\d|\s*%))?"
    r"(?P<word>\s*(?:-?(?:го|м|й)\b)?\s*(?:уч(?:\.|ебн\w+)\s*(?:г(?:\.|од\w*)?)?|гг?\.|год\w*))?(?![\d])",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\s+(?:обучающихся|учащихся|школьников|выпускников|учеников|детей|родителей|педагогов|чел)", re.IGNORECASE
)
_WHEN = re.compile(r"\b(?:в|во|за|с|по|к|до|на)$")
_DATED = re.compile(r"\d{1,2}\.\d{1,2}\.20\d\d")


def years_in(text: str) -> Iterator[tuple[Year, int, int]]:
    """Each year of a text with where it stands; years of dates and spans of several years are none."""
    return iter(_in_text(text)) if "20" in text else iter(())


@lru_cache(maxsize=20_000)
def _in_text(text: str) -> tuple[tuple[Year, int, int], ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[tuple[Year, int, int]]:
    dated = [(match.start(), match.end()) for match in _DATED.finditer(text)]
    for match in _YEAR.finditer(text):
        if any(start <= match.start() < end for start, end in dated) or _is_count(text, match):
            continue
        year = _year(match)
        if year is not None:
            yield year, match.start(), match.end()


def _is_count(text: str, match: re.Match[str]) -> bool:
    """«897 из 2020 школьников»; «в 2020 обучающихся …» is a year all the same."""
    if match["to"] or match["word"]:
        return False
    before = text[: match.start()].rstrip().lower()
    return before.endswith(" из") or bool(_PEOPLE.match(text[match.end() :]) and not _WHEN.search(before))


def _year(match: re.Match[str]) -> Year | None:
    began, is_school = int(match["from"]), "уч" in (match["word"] or "").lower()
    printed = match[0].strip() if is_school else match[0][: len(match[0]) - len(match["word"] or "")].strip()
    if match["to"] is None:
        return Year(began, printed, is_school)
    ended = int(match["to"]) if len(match["to"]) == 4 else began // 100 * 100 + int(match["to"])
    return Year(ended, printed, True) if ended == began + 1 else None


def is_span(text: str) -> bool:
    """«2020-2022 гг.»: several years at once."""
    found = [match for match in _YEAR.finditer(text) if match["to"]]
    return any(_year(match) is None for match in found)


@lru_cache(maxsize=20_000)
def sole_year(text: str) -> Year | None:
    """The one year that a head, a label or a caption names; None for several or a span."""
    found = [year for year, _, _ in years_in(text)]
    return found[0] if len({year.ends for year in found}) == 1 and not is_span(text) else None


@lru_cache(maxsize=20_000)
def is_year_label(text: str) -> bool:
    """Whether the cell says nothing but a year."""
    stripped = " ".join(text.split())
    match = _YEAR.match(stripped)
    return bool(match and len(match[0].strip()) >= len(stripped.rstrip(" .,")) and _year(match))
