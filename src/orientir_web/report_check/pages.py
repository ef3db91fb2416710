"""The page of a checked report: the document and the findings that the filter lets through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SEVERITIES: dict[str, str | Promise] = {
    "error": _("Ошибки"),
    "warning": _("Противоречия и пробелы"),
    "info": _("На заметку"),
}


@dataclass(frozen=True)
class Shown:
    """A page under a filter. `groups` are severities with their findings; `blocks` carry whole findings as marks."""

    summary: str
    checked: str
    unread: Sequence[str]
    blocks: list[dict[str, Any]]
    lost: list[dict[str, Any]]
    groups: list[tuple[str, str | Promise, list[dict[str, Any]]]]
    severities: list[tuple[str, str | Promise, int, bool]]
    rules: list[tuple[str, str, int]]
    not_understood: Sequence[str]


def shown(page: dict[str, Any], severities: Iterable[str], rule: str) -> Shown:
    wanted = [one for one in SEVERITIES if one in set(severities)] or list(SEVERITIES)
    every: list[dict[str, Any]] = page["findings"]
    found = {one["number"]: one for one in every if one["severity"] in wanted and rule in ("", one["rule"])}
    counts, rules = Counter(one["severity"] for one in every), Counter(one["rule"] for one in every)
    titles = {one["rule"]: one["title"] for one in every}
    return Shown(
        summary=page["summary"],
        checked=page["checked"],
        unread=page["unread"],
        blocks=[_block(block, found) for block in page["blocks"]],
        lost=_marks(page["lost"], found),
        groups=[
            (one, SEVERITIES[one], own)
            for one in wanted
            if (own := [told for told in found.values() if told["severity"] == one])
        ],
        severities=[(one, title, counts[one], one in wanted) for one, title in SEVERITIES.items() if counts[one]],
        rules=sorted(((key, titles[key], count) for key, count in rules.items()), key=lambda told: told[1]),
        not_understood=page["not_understood"],
    )


def _block(block: dict[str, Any], found: dict[int, dict[str, Any]]) -> dict[str, Any]:
    told = {**block, "marks": _marks(block["marks"], found)}
    told["worst"] = _worst(told["marks"])
    if block["kind"] == "table":
        told["rows"] = [[_slot(slot, found) for slot in row] for row in block["rows"]]
    return told


def _slot(slot: dict[str, Any], found: dict[int, dict[str, Any]]) -> dict[str, Any]:
    marks = _marks(slot["marks"], found)
    return {**slot, "marks": marks, "worst": _worst(marks)}


def _marks(numbers: Iterable[int], found: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    return [found[number] for number in numbers if number in found]


def _worst(marks: Sequence[dict[str, Any]]) -> str:
    """The colour of a piece with several marks."""
    return next((one for one in SEVERITIES if any(mark["severity"] == one for mark in marks)), "")
