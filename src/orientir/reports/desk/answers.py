"""The workbook of conflicts as it came back: choices, or every mistake by its cell and no choice at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from orientir.errors import Fault, UserError
from orientir.facts.choosing import Signed, choice_of, side_named, sides_listed, signed, text_faults
from orientir.model.collection import Choice
from orientir.model.desk import Conflict, Desk, Side
from orientir.model.package import Package
from orientir.model.programme import Programme
from orientir.reports.desk.book import CHOICE, CONTROL, NUMBER, REASON, control
from orientir.reports.desk.lines import side_line
from orientir.spreadsheets.refusals import Refusal
from orientir.spreadsheets.sheets import Sheet, address, read_workbook

_NEEDED = (NUMBER, CHOICE, REASON, CONTROL)


@dataclass(frozen=True)
class _Row:
    """A row with an answer: its texts by column, and how its cells are named to a person."""

    cells: Mapping[str, str]
    places: Mapping[str, str]


def read_answers(path: Path, package: Package, programme: Programme, desk: Desk, by: Signed) -> list[Choice]:
    """The choices of every filled row. Raises UserError with all mistakes, each by sheet and cell; then none is taken.

    Rows without a choice stay open. `by` says who and when; the reasons are those of the rows.
    """
    reading = _Answers(path, package, programme, desk, by)
    choices = [choice for row in _rows(path) if (choice := reading.choice(row)) is not None]
    if reading.faults:
        raise UserError(reading.faults)
    if not choices:
        cure = f"Заполните столбцы «{CHOICE}» и «{REASON}»."
        raise UserError(Fault(str(path), "ни в одной строке источник не выбран.", cure))
    return choices


class _Answers:
    def __init__(self, path: Path, package: Package, programme: Programme, desk: Desk, by: Signed) -> None:
        self._path, self._package, self._programme, self._by = path, package, programme, by
        self._conflicts = {one.cell.number: one for one in desk.conflicts}
        self._seen: dict[str, str] = {}
        self.faults: list[Fault] = []

    def choice(self, row: _Row) -> Choice | None:
        """None where nothing was chosen, and where a fault has been told."""
        if not row.cells[CHOICE] and not row.cells[REASON]:
            return None
        before = len(self.faults)
        conflict = self._conflict(row)
        side = self._side(row, conflict)
        for fault in text_faults(REASON, row.cells[REASON], "Напишите, почему выбран этот источник."):
            self._fault(row, REASON, fault.what, fault.cure)
        if conflict is None or side is None or len(self.faults) > before:
            return None
        return choice_of(conflict, side, signed(self._by.author, row.cells[REASON], self._by.decided_on))

    def _fault(self, row: _Row, column: str, what: str, cure: str) -> None:
        self.faults.append(Fault(f"{self._path.name}, {row.places[column]}", what, cure))

    def _conflict(self, row: _Row) -> Conflict | None:
        number = row.cells[NUMBER].replace("№", "").strip().lower()
        conflict = self._conflicts.get(number)
        if conflict is None:
            what = f"расхождения «{row.cells[NUMBER]}» нет." if number else "номера расхождения нет."
            self._fault(row, NUMBER, what, "Выгрузите таблицу заново (--export).")
        elif control(conflict) != row.cells[CONTROL]:
            what = f"числа изменились с тех пор, как составлена таблица: теперь {sides_listed(conflict)}."
            self._fault(row, CONTROL, what, "Выгрузите таблицу заново (--export) и решите эту строку ещё раз.")
        elif number in self._seen:
            what = f"это же расхождение уже решено выше: {self._seen[number]}."
            self._fault(row, NUMBER, what, "Оставьте одну строку.")
        else:
            self._seen[number] = row.places[NUMBER]
            return conflict
        return None

    def _side(self, row: _Row, conflict: Conflict | None) -> Side | None:
        text = row.cells[CHOICE]
        if not text:
            self._fault(row, CHOICE, "причина есть, а источник не выбран.", "Выберите его из списка.")
        elif conflict is not None:
            shown = {_text(side_line(self._package, self._programme, side)): side for side in conflict.sides}
            side = shown.get(text) or side_named(self._package, conflict, text)
            if side is None:
                self._fault(row, CHOICE, f"«{text}» — не сторона этого расхождения.", "Выберите из списка в ячейке.")
            return side
        return None


# ---- the cells


def _rows(path: Path) -> Iterator[_Row]:
    sheet, top, columns = _found(path)
    for at, cells in enumerate(sheet.rows[top + 1 :], top + 1):
        texts = {name: _text(cells[column]) for name, column in columns.items()}
        if any(texts.values()):
            yield _Row(texts, {name: f"лист «{sheet.name}», ячейка {address(at, c)}" for name, c in columns.items()})


def _found(path: Path) -> tuple[Sheet, int, dict[str, int]]:
    """The sheet, the row of the header and its columns; the sheet and the rows above may have changed."""
    try:
        sheets = read_workbook(path)
    except Refusal as refusal:
        place = str(path) + (f", {refusal.where}" if refusal.where else "")
        raise UserError(Fault(place, refusal.what, refusal.cure)) from refusal
    for sheet in sheets:
        for top, cells in enumerate(sheet.rows[:10]):
            titles = [_text(cell) for cell in cells]
            if set(_NEEDED) <= set(titles):
                return sheet, top, {name: titles.index(name) for name in _NEEDED}
    what = f"это не таблица расхождений: нет листа со столбцами {_listed(_NEEDED)}."
    raise UserError(Fault(str(path), what, "Получите её командой orientir conflicts ПАКЕТ --export ФАЙЛ."))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())
