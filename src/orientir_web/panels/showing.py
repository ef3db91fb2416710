"""Blocks of the core's document as a page shows them: numbers are links to their facts, words are escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from orientir.reports.document import (
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Heading,
    Inline,
    Link,
    Num,
    Paragraph,
    Ref,
    Row,
    Strong,
    Table,
    Text,
    header_grid,
)
from orientir_web.panels.links import PICTURE, Links

FILES = {"Table": ("csv", "xlsx"), "Chart": ("svg", "png", "csv", "xlsx")}


@dataclass(frozen=True)
class Shown:
    """A block for the template: its kind and what that kind needs."""

    kind: str
    told: dict[str, Any]


def _tell_apart(tables: Sequence[dict[str, Any]]) -> None:
    """A table that is shown in parts has one caption; regions of a page are called differently."""
    seen = Counter[str]()
    for told in tables:
        seen[told["caption"]] += 1
        part = seen[told["caption"]]
        told["label"] = told["caption"] if part == 1 else f"{told['caption']} ({part})"


class Showing:
    """Blocks of one page, with its links."""

    def __init__(self, links: Links) -> None:
        self._links = links

    def blocks(self, blocks: Sequence[Block]) -> list[Shown]:
        shown = list(map(self._block, blocks))
        _tell_apart([one.told for one in shown if one.kind == "table"])
        return shown

    def _block(self, block: Block) -> Shown:
        match block:
            case Heading():
                return Shown("heading", {"level": block.level, "text": block.text, "key": block.key})
            case Paragraph():
                return Shown("paragraph", {"text": self.text(block.text), "style": block.style})
            case Bullets():
                return Shown("bullets", {"items": [self.text(item) for item in block.items]})
            case Table():
                return Shown("table", self._table(block))
            case Chart():
                return Shown("chart", self._chart(block))

    def _table(self, table: Table) -> dict[str, Any]:
        return {
            "key": table.key,
            "caption": table.caption,
            "head": header_grid(table.columns),
            "rows": [self._row(table, row) for row in table.rows],
            "note": self.text(table.note),
            "is_cards": table.columns == table.leaves,
            "columns": len(table.leaves),
            "files": list(self._files(table)),
        }

    def _row(self, table: Table, row: Row) -> dict[str, Any]:
        cells = [self._cell(cell, leaf) for cell, leaf in zip(row.cells, table.leaves, strict=True)]
        return {"kind": row.kind, "cells": cells}

    def _cell(self, cell: Cell, leaf: Column) -> dict[str, Any]:
        return {"text": self.text(cell.text), "label": leaf.title, "align": leaf.align, "tone": cell.tone}

    def _chart(self, chart: Chart) -> dict[str, Any]:
        rows = [[category, *(one.labels[place] or "—" for one in chart.series)]
                for place, category in enumerate(chart.categories)]  # fmt: skip
        return {
            "key": chart.key,
            "caption": chart.caption,
            "alt": chart.alt,
            "picture": self._links.file(chart.key, PICTURE),
            "names": [one.name for one in chart.series],
            "rows": rows,
            "files": list(self._files(chart)),
        }

    def _files(self, block: Table | Chart) -> Iterator[tuple[str, str]]:
        for kind in FILES[type(block).__name__]:
            if address := self._links.file(block.key, kind):
                yield kind.upper(), address

    def text(self, text: Text) -> SafeString:
        return format_html_join("", "{}", ((self._inline(part),) for part in text))

    def _inline(self, part: Inline) -> SafeString:
        match part:
            case Num():
                return format_html('<a class="of" href="{}">{}</a>', self._links.number(part.id), part.text)
            case Strong():
                return format_html("<strong>{}</strong>", part.text)
            case Link():
                return format_html('<a href="{}">{}</a>', part.url, part.text)
            case Ref():
                return format_html("{}", self._links.printed(part))
        return mark_safe(conditional_escape(part))
