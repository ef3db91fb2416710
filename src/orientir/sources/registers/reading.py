"""The rows of one sheet by its plan: cells read, totals and signatures left out, every doubt told by sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from orientir.model.collection import Remark
from orientir.presentation import day as printed_day
from orientir.presentation import period_name, quoted
from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Unreadable
from orientir.sources.registers.plans import Plan
from orientir.sources.registers.remarks import Remarks
from orientir.sources.registers.situation import Situation
from orientir.sources.registers.titles import normal
from orientir.spreadsheets.refusals import Refusal
from orientir.spreadsheets.sheets import ERRORS

_TOTAL = re.compile(r"^(?:итог|итого|всего|в том числе|ито́го)\b", re.IGNORECASE)


@dataclass(frozen=True)
class ReadRow:
    """One row for a table of the package, not yet text; `at` is the row of the sheet it was read from."""

    cells: dict[str, Any]
    at: int


@dataclass(frozen=True)
class RefusedRow:
    """A row that gave none, and the column of the register to blame; '' for the row as a whole."""

    at: int
    column: str
    error: Unreadable


@dataclass(frozen=True)
class Reading:
    """A sheet as read. What is said of `refused` rows stands in the remarks as well."""

    plan: Plan
    rows: tuple[ReadRow, ...]
    remarks: tuple[Remark, ...]
    refused: tuple[RefusedRow, ...] = ()


def read_sheet(plan: Plan, situation: Situation) -> Reading:
    """Every row that means something. Raises Refusal where all dates of the sheet are of another year."""
    return _Sheet(plan, situation).read()


class _Sheet:
    def __init__(self, plan: Plan, situation: Situation) -> None:
        self.plan = plan
        self.situation = replace(
            situation,
            places=situation.places.explained(plan.profile.organisations),
            values=plan.profile.values,
            month_first=plan.profile.month_first,
            is_guarded=plan.is_personal,
            repaired=[],
        )
        self.remarks = Remarks(plan.grid)
        self._refused: list[RefusedRow] = []
        self._above: dict[str, Any] = {}
        self._others: list[date] = []  # dates of other years
        self._seen: dict[tuple[Any, ...], int] = {}

    def read(self) -> Reading:
        constants = self._constants()
        rows: list[ReadRow] = []
        dated = 0
        for at in self._row_numbers():
            for made in self._made(at, constants):
                dated += 1
                if self._is_of_period(made, at):
                    self._note_repetition(made, at)
                    rows.append(ReadRow(made, at))
        if self._others and len(self._others) == dated:
            raise self._other_year()
        return Reading(self.plan, tuple(rows), self.remarks.told, tuple(self._refused))

    # ---- which rows

    def _row_numbers(self) -> Iterator[int]:
        grid, header = self.plan.grid, self.plan.header
        titles = [normal(title) for title in header.titles]
        for at in range(header.row + 1, len(grid.rows)):
            row = [cells.plain(cell) for cell in grid.row(at)]
            filled = [text for text in row if text]
            if not filled or [normal(text) for text in row] == titles or _is_numbering(filled):
                continue
            if any(_TOTAL.match(text) for text in filled[:3]):
                self.remarks.add(at, None, "строка с итогом не учтена.", "Итоги считает программа.", is_error=False)
            elif len(filled) == 1 and len(header.seen) > 2:
                self._heading(at, filled[0])
            else:
                yield at

    def _heading(self, at: int, text: str) -> None:
        """A row of one cell: the name of a school over its rows, or a signature, which is not repeated."""
        organisation = cells.organisation_in(text, self.situation)
        if organisation:
            self._above["organisation"] = organisation
        else:
            what = "строка из одной ячейки не учтена: это не запись реестра."
            self.remarks.add(at, None, what, "Если это запись, заполните её столбцы.", is_error=False)

    # ---- one row

    def _constants(self) -> dict[str, Any]:
        """Values for the whole file. What the profile says must be readable like any cell."""
        found = {}
        for key, value in self.plan.constants.items():
            try:
                found[key] = self.plan.register.column(key).read(value, self.situation)
            except Unreadable as error:
                place = self.plan.grid.place(self.plan.header.row)
                raise Refusal(f"значение {key} для всего файла: {error.what}", error.cure, place) from None
        self.situation.repaired.clear()
        return found

    def _made(self, at: int, constants: dict[str, Any]) -> list[dict[str, Any]]:
        """The rows of the table that the row of the file gives; none where it has an error that matters."""
        record = dict(constants)
        for key, column in self.plan.columns.items():
            try:
                record[key] = self._cell(at, column, self.plan.register.column(key))
            except Unreadable as error:
                self.remarks.add(at, column, error.what, error.cure)
                if self._is_decisive(self.plan.register.column(key)):
                    self._refused.append(RefusedRow(at, key, error))
                    return []
                record[key] = None
        if "organisation" not in record or not record["organisation"]:
            self._place(record, at)
        try:
            return list(self.plan.register.rows(record, self.situation))
        except Unreadable as error:
            self.remarks.add(at, self.plan.columns.get(error.column), error.what, error.cure)
            self._refused.append(RefusedRow(at, error.column, error))
            return []

    def _is_decisive(self, column: Column) -> bool:
        """Without it the row is not understood. A number or a date that cannot be read is merely not known."""
        return column.read not in (cells.count, cells.day, cells.days, cells.grade)

    def _cell(self, at: int, column: int, about: Column) -> Any:
        row = self.plan.grid.row(at)
        cell = row[column] if column < len(row) else None
        if cells.is_empty(cell) and about.id in self.plan.profile.fill_down:
            cell = self._above.get(f"cell {about.id}")
        elif not cells.is_empty(cell):
            self._above[f"cell {about.id}"] = cell
        if cell in ERRORS:
            raise Unreadable(f"в ячейке ошибка формулы {cell}.", "Исправьте формулу или впишите значение.")
        if about.required and cells.is_empty(cell):
            cure = f"Заполните её; если ячейки объединены, запишите в профиле fill_down: [{about.id}]."
            raise Unreadable(f"ячейка {quoted(about.title)} пуста, а без неё запись не понять.", cure)
        value = about.read(cell, self.situation)
        if about.read is cells.days:
            self.situation.printed[about.id] = cells.plain(cell)
        if about.personal:  # whatever is doubtful in it is not repeated in a remark
            self.situation.repaired.clear()
        for told in self.situation.repaired:
            self.remarks.add(at, column, f"{told}.", "Проверьте.", is_error=False)
        self.situation.repaired.clear()
        return value

    def _place(self, record: dict[str, Any], at: int) -> None:
        """A row without an organisation belongs to the heading above it, else to the territory."""
        record["organisation"] = self._above.get("organisation", "")
        column = self.plan.columns.get("organisation")
        if column is not None and not record["organisation"]:
            what = "организация не указана: строка отнесена к территории в целом."
            cure = "Заполните ячейку; если ячейки объединены, запишите в профиле fill_down: [organisation]."
            self.remarks.add(at, column, what, cure, is_error=False)

    # ---- dates and repetitions

    def _is_of_period(self, made: dict[str, Any], at: int) -> bool:
        register, period = self.plan.register, self.situation.period
        day: date | None = made.get(register.day) if register.day else None
        if day is None or period.first_day <= day <= period.last_day:
            return True
        self._others.append(day)
        column = next((at for key, at in self.plan.columns.items() if key in _DATED), None)
        what = f"дата {printed_day(day)} вне {period_name(period)}: строка не учтена."
        cure = "Исправьте дату или перенесите запись в реестр её года."
        self.remarks.add(at, column, what, cure)
        self._refused.append(RefusedRow(at, register.day, Unreadable(what, cure)))
        return False

    def _other_year(self) -> Refusal:
        period = self.situation.period
        years = sorted({period.containing(day, period.kind) for day in self._others})
        told = ", ".join(map(period_name, years))
        what = f"это реестр другого года: все даты — {told}, а собирается {period_name(period)}"
        place = self.plan.grid.place(self.plan.header.row)
        return Refusal(what, "Положите файл в папку его года.", place)

    def _note_repetition(self, made: dict[str, Any], at: int) -> None:
        key = tuple(made.values())
        first = self._seen.setdefault(key, at)
        if first != at:
            what = "строка во всём повторяет одну из строк выше; учтены обе."
            self.remarks.add(at, None, what, "Если запись одна, удалите повтор.", is_error=False)


_DATED = ("day", "dates", "held", "planned", "counted_on")


def _is_numbering(filled: Sequence[str]) -> bool:
    """«1 | 2 | 3 | …» under the titles."""
    return len(filled) > 2 and filled == [str(number) for number in range(1, len(filled) + 1)]
