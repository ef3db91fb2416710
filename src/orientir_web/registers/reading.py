"""Rows as the core reads them: one that was typed, or all of a file. Nothing is saved here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from orientir.model.collection import Remark
from orientir.sources.registers.cells import plain
from orientir.sources.registers.columns import Column, Register
from orientir.sources.registers.grid import Grid
from orientir.sources.registers.header import Header, headers
from orientir.sources.registers.importing import RegisterReader
from orientir.sources.registers.plans import Plan
from orientir.sources.registers.profiles import Profile
from orientir.sources.registers.reading import ReadRow, read_sheet
from orientir.spreadsheets.guard import check_bytes
from orientir.spreadsheets.refusals import Refusal
from orientir.spreadsheets.sheets import read_workbook
from orientir_web.registers.frame import Frame
from orientir_web.registers.kinds import columns

Texts = Mapping[str, str]

# The core advises whoever keeps files in folders; here the same is done on the page.
_OF_FOLDERS = (
    (re.compile(r"нет в organisations\.csv"), "нет среди организаций территории"),
    (re.compile(r" ?В профиле файла запишите: .*$"), ""),
    (re.compile(r" или объясните его в профиле: .*?\}\}(?=\.)"), ""),
    (re.compile(r"; если ячейки объединены, запишите в профиле fill_down: \[\w*\]"), ""),
)


@dataclass(frozen=True)
class Row:
    """What was written, what the core made of it (as text), and where it stands in its file."""

    typed: dict[str, str]
    cells: dict[str, str]
    origin: str = ""


@dataclass(frozen=True)
class Typed:
    """A row typed by hand: the row, or why there is none. `errors` are by column, "" for the row as a whole."""

    row: Row | None
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    notes: Mapping[str, list[str]] = field(default_factory=dict)


def read_typed(register: Register, texts: Texts, frame: Frame) -> Typed:
    """One line of a sheet whose columns are known. A cell that cannot be read is an error: its writer is here."""
    own = columns(register)
    grid = Grid("", [[column.title for column in own], [texts.get(column.id, "").strip() or None for column in own]])
    header = Header(grid, 0, tuple(column.title for column in own), "")
    at = {column.id: number for number, column in enumerate(own)}
    plan = Plan(grid, register, header, at, {}, Profile(register.id), False)
    try:
        reading = read_sheet(plan, frame.situation)
    except Refusal as refusal:  # the only row is of another year
        return Typed(None, {_day_column(register, texts): [f"{refusal.what}."]})
    told: dict[bool, dict[str, list[str]]] = {True: {}, False: {}}
    for remark in map(here, reading.remarks):
        told[remark.is_error].setdefault(_column(remark, grid, own), []).append(f"{remark.what} {remark.cure}".strip())
    if told[True] or not reading.rows:
        return Typed(None, told[True] or {"": _empty(told[False])}, told[False])
    return Typed(_row(plan, reading.rows[0], frame), {}, told[False])


def here(remark: Remark) -> Remark:
    """The remark without advice on files that nobody has here."""
    what, cure = remark.what, remark.cure
    for found, put in _OF_FOLDERS:
        what, cure = found.sub(put, what), found.sub(put, cure)
    return replace(remark, what=what, cure=cure)


def _column(remark: Remark, grid: Grid, own: Sequence[Column]) -> str:
    return next((column.id for at, column in enumerate(own) if remark.place == grid.place(1, at)), "")


def _empty(notes: Mapping[str, list[str]]) -> list[str]:
    return [text for texts in notes.values() for text in texts] or ["Строка пуста. Заполните её."]


def _day_column(register: Register, texts: Texts) -> str:
    dated = [column.id for column in register.columns if column.id in ("held", "dates", "planned", "day")]
    return next((key for key in dated if texts.get(key)), "")


# ---- files


@dataclass(frozen=True)
class FileReading:
    """A file as it would be taken. `mapping` is, by column of the register, the title in the file."""

    rows: list[Row]
    remarks: list[Remark]
    sheets: int
    header: list[str]
    mapping: dict[str, str]
    constants: dict[str, str]
    is_personal: bool


def read_file(register: Register, data: bytes, name: str, frame: Frame, profiles: Iterable[Profile]) -> FileReading:
    """Every sheet that is this register. Raises Refusal for a file that is not taken, with the reason."""
    reader = RegisterReader(frame.programme, frame.period, frame.places, tuple(profiles))
    plans = reader.plans(data, name, register)
    readings = [reader.read(plan) for plan in plans]
    first = plans[0]
    return FileReading(
        rows=[_row(one.plan, row, frame) for one in readings for row in one.rows],
        remarks=[here(remark) for one in readings for remark in one.remarks],
        sheets=len(plans),
        header=[title for title in first.header.titles if title],
        mapping={key: first.header.titles[at] for key, at in first.columns.items()},
        constants=dict(first.constants),
        is_personal=any(plan.is_personal for plan in plans),
    )


def likely_titles(data: bytes) -> list[str]:
    """The fullest row near the top of the first sheet, where a person is to say which title is what."""
    sheets = [sheet for sheet in read_workbook(data, check_bytes(data)) if sheet.visible]
    found = [header.seen for sheet in sheets[:1] for header in headers(Grid(sheet.name, sheet.rows))]
    return max(found, key=len, default=[])


def _row(plan: Plan, row: ReadRow, frame: Frame) -> Row:
    """A row without an organisation is that of whoever keeps the register."""
    cells = {key: _text(value) for key, value in row.cells.items()}
    cells["organisation"] = cells.get("organisation") or frame.home_code
    return Row(_typed(plan, row, cells["organisation"]), cells, plan.grid.place(row.at))


def _typed(plan: Plan, row: ReadRow, organisation: str) -> dict[str, str]:
    """What stood in the columns that name nobody; the organisation as the core understood it."""
    line = plan.grid.row(row.at)
    kept = {column.id for column in columns(plan.register)}
    texts = {key: plain(line[at]) for key, at in plan.columns.items() if key in kept and at < len(line)}
    texts |= {key: value for key, value in plan.constants.items() if key in kept}
    if "organisation" in kept:
        texts["organisation"] = organisation
    return {key: text for key, text in texts.items() if text}


def _text(value: Any) -> str:
    """As the tables of a package are written."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return "; ".join(value) if isinstance(value, tuple) else str(value)
