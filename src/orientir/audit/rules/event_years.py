"""Years that a title or an address of an event names, and whether its date agrees with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from orientir.audit.report import Event
from orientir.audit.rules.event_links import is_cloud

_Y = r"20[0-3]\d"
_RANGE = re.compile(rf"(?<!\d)({_Y})\s*[-–—/\\]\s*({_Y}|\d\d)(?!\d)")
_YEAR = re.compile(rf"(?<!\d)({_Y})(?!\d|\s*[-–]?\s*лет|[.,]\d)")
# Horizons and founding years are no years of the event.
_HORIZON = re.compile(
    rf"(?:\bдо|\bк|\bс|\bпериод\w*\s+до|стратеги\w*|концепци\w*|прогноз\w*|программ\w*|основан\w*\s+в|образован\w*\s+в)"
    rf"\s*[-–—«\"]?\s*(?:{_Y}\s*[-–—]\s*)?{_Y}(?:\s*(?:г\.?|год[ау]?))?",
    re.IGNORECASE,
)
# What is prepared for the next year in the autumn before it.
_AHEAD = re.compile(
    r"\b(?:ЕГЭ|ОГЭ|ГИА|абитуриент\w*|выпускник\w*|поступ\w*|приёмн\w*|приемн\w*|приём\w*)", re.IGNORECASE
)
_IN_PATH = re.compile(rf"(?<![A-Za-z0-9])({_Y})(?![A-Za-z0-9])")
_NUMBERED_POSTS = ("vk.", "ok.ru", "t.me", "youtu", "rutube", "dzen.", "telegram", "instagram", "facebook", "max.ru")


def years_contradict(event: Event) -> Iterator[str]:
    """«в названии указан 2019 год»; nothing where the date is not known."""
    if event.first is None or event.last is None:
        return
    dates = set(range(event.first.year, event.last.year + 1))
    title = years_in(event.title)
    if title and not title & (dates | _ahead(event)):
        yield f"в названии указан {_told(title)} год"
    linked = _linked_years(event)
    if linked and not linked & (dates | _near_new_year(event)):
        yield f"в ссылке указан {_told(linked)} год"


def years_in(title: str) -> set[int]:
    """Every year that a title allows: both of «2021/22», all of «2018-2027 гг.»; none of «300-летие», «до 2030 г.»."""
    text = _HORIZON.sub(" ", title)
    found: set[int] = set()
    for match in _RANGE.finditer(text):
        first, last = int(match[1]), int(match[2]) if len(match[2]) == 4 else int(match[1][:2] + match[2])
        found.update(range(first, last + 1) if last > first else (first,))
    return found | {int(year) for year in _YEAR.findall(_RANGE.sub(" ", text))}


def _ahead(event: Event) -> set[int]:
    is_autumn = event.last is not None and event.last.month >= 9
    return {event.last.year + 1} if event.last and is_autumn and _AHEAD.search(event.title) else set()


def _near_new_year(event: Event) -> set[int]:
    """News of December come in January, rules of January are published in December."""
    near: set[int] = set()
    if event.last and event.last.month == 12:
        near.add(event.last.year + 1)
    if event.first and event.first.month == 1:
        near.add(event.first.year - 1)
    return near


def _linked_years(event: Event) -> set[int]:
    """Years in paths of addresses, also of torn ones; numbers of posts and names of folders are no years."""
    found: set[int] = set()
    for link in event.links:
        host = _host(link.target)
        if is_cloud(link.target) or any(part in host for part in _NUMBERED_POSTS):
            continue
        for text in (_path(link.target), _path(link.text) if "/" in link.text else ""):
            found |= {int(year) for year in _IN_PATH.findall(_without_last_id(text))}
    return found


def _host(target: str) -> str:
    try:
        return urlsplit(target).netloc.lower()
    except ValueError:
        return ""


def _path(address: str) -> str:
    bare = re.sub(r"^\s*\w+\s*:\s*//", "", address)
    return bare.partition("/")[2].partition("?")[0].partition("#")[0]


def _without_last_id(path: str) -> str:
    """«news/2021» may be the number of a piece of news."""
    return re.sub(rf"(?:^|/){_Y}/?$", "", path.strip())


def _told(years: set[int]) -> str:
    return ", ".join(map(str, sorted(years)))
