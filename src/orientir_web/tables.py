"""A table as a file that a spreadsheet of a Russian desktop opens with a double click."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# A spreadsheet takes a text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_for_spreadsheets(heads: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """With a BOM and semicolons. Nothing in it becomes a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str | int) -> str | int:
    is_formula = isinstance(cell, str) and cell.startswith(_FORMULA) and len(cell) > 1
    return f"'{cell}" if is_formula else cell
