"""A table that somebody uploads, as rows under known heads: read by the core within its bounds, all mistakes at once.

The first row names the columns; they may be named in Russian or by their keys, in any order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from orientir.spreadsheets.refusals import Refusal
from orientir.spreadsheets.sheets import read_workbook

MOST_BYTES, MOST_ROWS = 2 * 1024 * 1024, 2000


@dataclass(frozen=True)
class Mistake:
    """`row` is the number that a spreadsheet shows; 0 is the file as a whole."""

    row: int
    what: str


@dataclass(frozen=True)
class Upload:
    """Rows by their numbers. Nothing is taken where there are mistakes."""

    rows: Mapping[int, Mapping[str, str]]
    mistakes: tuple[Mistake, ...] = ()


def read_upload(file: UploadedFile | None, heads: Mapping[str, str], needed: frozenset[str]) -> Upload:
    """`heads` gives the key of a column by what it may be called, in small letters."""
    if file is None or not file.size:
        return _refused(_("Файл не выбран или пуст."))
    if file.size > MOST_BYTES:
        return _refused(_("Файл больше 2 МБ."))
    try:
        sheets = read_workbook(file.read())
    except Refusal as refusal:
        return _refused(str(refusal))
    rows = next((sheet.rows for sheet in sheets if sheet.visible and sheet.rows), [])
    return _under_heads([[_text(cell) for cell in row] for row in rows], heads, needed)


def _under_heads(rows: list[list[str]], heads: Mapping[str, str], needed: frozenset[str]) -> Upload:
    columns = [heads.get(" ".join(cell.casefold().split()), "") for cell in rows[0]] if rows else []
    missing = sorted(name for name in needed if name not in columns)
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    mistakes = [Mistake(1, _("Нет столбца «%(name)s».") % {"name": _named(name, heads)}) for name in missing]
    mistakes += [Mistake(1, _("Столбец «%(name)s» стоит дважды.") % {"name": _named(name, heads)}) for name in twice]
    if len(rows) > MOST_ROWS + 1:
        mistakes.append(Mistake(0, _("Строк больше %(most)s: разделите файл.") % {"most": MOST_ROWS}))
    if mistakes:
        return Upload({}, tuple(mistakes))
    told = {number: _row(columns, row) for number, row in enumerate(rows[1:], 2) if any(row)}
    return Upload(told) if told else _refused(_("В файле нет строк с данными."))


def _named(key: str, heads: Mapping[str, str]) -> str:
    """What a column is called first."""
    return next(name for name, own in heads.items() if own == key)


def _row(columns: list[str], cells: list[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(columns, cells, strict=False) if name}


def _text(cell: object) -> str:
    """A date as it is typed into a form, a whole number without its point."""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _refused(what: str) -> Upload:
    return Upload({}, (Mistake(0, what),))
