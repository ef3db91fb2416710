"""A template of either kind, and which kind a file is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from orientir.reports.fill.container import of_a_template, opened
from orientir.reports.fill.docx_template import DocxTemplate
from orientir.reports.fill.entry import Entry
from orientir.reports.fill.labels import Slot
from orientir.reports.fill.xlsx_template import XlsxTemplate
from orientir.spreadsheets.refusals import Refusal


class Template(Protocol):
    """`slots` are all cells with labels, whatever they hold; `filled` gives the bytes of the same file with entries."""

    @property
    def slots(self) -> tuple[Slot, ...]: ...

    def text_at(self, place: str, address: str) -> str | None: ...

    def printed(self, entry: Entry) -> str: ...

    def filled(self, entries: Sequence[Entry], mark: str) -> bytes: ...


def read_template(path: Path) -> Template:
    """Refusal, with what to do, for a file that is no XLSX or DOCX or may not be opened."""
    try:
        container = opened(path)
        return DocxTemplate(container) if container.is_document else XlsxTemplate(container)
    except Refusal as refusal:
        raise of_a_template(refusal) from None
