"""The mapping: which cell of a form takes which number, confirmed by a person and kept for the next time.

Here its rows are read and held against the form: what cannot be meant is told, all of it at once. How the workbook
looks is known in books.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from orientir.errors import Fault, UserError
from orientir.model.periods import Period
from orientir.presentation import quoted
from orientir.reports.fill.amounts import Wanted
from orientir.reports.fill.grid import Holds
from orientir.reports.fill.labels import Labels, Slot
from orientir.reports.fill.proposals import Proposal, State
from orientir.reports.fill.targets import Catalogue, Target
from orientir.reports.fill.template import Template
from orientir.reports.fill.years import named_year, period_meant, shift_in_words, without_years
from orientir.spreadsheets.refusals import Refusal
from orientir.spreadsheets.sheets import read_workbook

TITLES = {
    "state": "Заполнять",
    "place": "Лист или таблица",
    "address": "Ячейка",
    "labels": "Надписи в форме",
    "target": "Что записать",
    "breakdown": "Разрез",
    "organisation": "Организация",
    "period": "Период",
    "now": "Сейчас будет записано",
    "score": "Уверенность, %",
    "reason": "Почему предложено",
    "control": "Контроль",
}
_MAY_LACK = {"labels", "now", "score", "reason"}


@dataclass(frozen=True)
class Row:
    """A row as it stands in the file, in words; `line` counts from 1 with the header."""

    state: str
    place: str
    address: str
    labels: str = ""
    target: str = ""
    breakdown: str = ""
    organisation: str = ""
    period: str = ""
    now: str = ""
    score: str = ""
    reason: str = ""
    control: str = ""
    line: int = 0

    @property
    def is_confirmed(self) -> bool:
        return self.state.strip().lower() in ("да", "д", "yes", "+")


@dataclass(frozen=True)
class Assignment:
    """A confirmed row that fits the form."""

    slot: Slot
    wanted: Wanted


def row_of(slot: Slot, proposal: Proposal, catalogue: Catalogue, report: Period, now: str) -> Row:
    target = proposal.target
    return Row(
        proposal.state,
        slot.place,
        slot.cell.address,
        slot.labels.path,
        catalogue.told(target) if target else "",
        catalogue.breakdown_told(proposal.breakdown),
        catalogue.organisation_told(proposal.organisation) if proposal.organisation else "",
        shift_in_words(proposal.shift) if target else "",
        now,
        str(proposal.score) if target else "",
        proposal.reason,
        control(slot.labels, report),
    )


def control(labels: Labels, report: Period) -> str:
    """The imprint of the labels: the same for next year's form, another where a label has changed or moved."""
    texts = [labels.section, labels.parent, *labels.row, "│", *labels.column]
    plain = [re.sub(r"[\W_]+", " ", without_years(text, report).lower().replace("ё", "е")).strip() for text in texts]
    year = next((named for text in reversed(labels.captions) if (named := named_year(text, report))), None)
    plain.append(f"{year.shift:+d}" if year is not None and year.is_sure else "")
    return hashlib.sha256("\n".join(plain).encode()).hexdigest()[:12]


# ---- reading


def read_mapping(path: Path) -> list[Row]:
    """The rows of a mapping in XLSX, ODS or CSV. Raises UserError where it is none."""
    try:
        sheets = read_workbook(path)
    except Refusal as refusal:
        raise UserError(Fault(str(path), refusal.what, "Укажите в --mapping файл соответствия.")) from refusal
    for sheet in sheets:
        header = [str(cell).strip() for cell in sheet.rows[0]] if sheet.rows else []
        columns = {key: header.index(title) for key, title in TITLES.items() if title in header}
        if TITLES.keys() - _MAY_LACK <= columns.keys():
            return list(_rows(sheet.rows, columns))
    needed = ", ".join(quoted(title) for key, title in TITLES.items() if key not in _MAY_LACK)
    what = "это не файл соответствия: нет листа со столбцами " + needed + "."
    raise UserError(Fault(str(path), what, "Получите его той же командой без --mapping."))


def _rows(rows: Sequence[Sequence[object]], columns: Mapping[str, int]) -> Iterator[Row]:
    for line, cells in enumerate(rows[1:], 2):
        given = {key: _text(cells[at]) for key, at in columns.items()}
        if given["state"] or given["address"]:
            yield Row(**given, line=line)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


# ---- held against the form


def assigned(
    path: Path, rows: Sequence[Row], template: Template, catalogue: Catalogue, territory: str, report: Period
) -> list[Assignment]:
    """What the confirmed rows ask for. Raises UserError with every row that cannot be meant."""
    check = _Checking(path, template, catalogue, territory, report)
    found = [one for row in rows if row.is_confirmed and (one := check.assignment(row)) is not None]
    check.states(rows)
    if check.faults:
        raise UserError(check.faults)
    return found


class _Checking:
    def __init__(self, path: Path, template: Template, catalogue: Catalogue, territory: str, report: Period) -> None:
        self._path, self._template, self._catalogue = path, template, catalogue
        self._territory, self._report = territory, report
        self._slots = {(slot.place, slot.cell.address): slot for slot in template.slots}
        self._moved = {control(slot.labels, report): slot for slot in template.slots}
        self._lines: dict[tuple[str, str], int] = {}
        self.faults: list[Fault] = []

    def states(self, rows: Iterable[Row]) -> None:
        known = {state.value for state in State}
        for row in rows:
            if not row.is_confirmed and row.state.strip().lower() not in known:
                self._fault(row, f"«{row.state}» в столбце «{TITLES['state']}» непонятно.", "Напишите «да» или «нет».")

    def assignment(self, row: Row) -> Assignment | None:
        before = len(self.faults)
        slot = self._slot(row)
        wanted = self._wanted(row)
        return Assignment(slot, wanted) if slot and wanted and len(self.faults) == before else None

    def _slot(self, row: Row) -> Slot | None:
        key = (row.place, row.address)
        if self._lines.setdefault(key, row.line) != row.line:
            self._fault(row, f"эта ячейка уже записана в строке {self._lines[key]}.", "Оставьте одну строку.")
            return None
        slot = self._slots.get(key)
        if slot is None:
            text = self._template.text_at(*key)
            what = f"теперь в форме здесь {quoted(text)}." if text else "в форме нет такой ячейки для заполнения."
            self._fault(row, what, self._whither(row))
            return None
        if slot.cell.holds not in (Holds.EMPTY, Holds.NUMBER):
            self._fault(row, _CLOSED[slot.cell.holds], "Напишите в этой строке «нет».")
        elif row.control and row.control != control(slot.labels, self._report):
            what = f"форма изменилась: было {quoted(row.labels)}, теперь здесь {quoted(slot.labels.path)}."
            self._fault(row, what, self._whither(row))
        return slot

    def _whither(self, row: Row) -> str:
        moved = self._moved.get(row.control)
        if moved is None:
            return "Проверьте форму и год; прежней надписи в ней нет."
        return f"Прежняя надпись теперь у ячейки: {moved.place}, {moved.cell.address}."

    def _wanted(self, row: Row) -> Wanted | None:
        if not row.target:
            self._fault(
                row, "не сказано, что записать.", f"Выберите в столбце «{TITLES['target']}» или напишите «нет»."
            )
            return None
        try:
            target: Target = self._catalogue.target(row.target)
            breakdown = self._catalogue.breakdown(row.breakdown, target)
            organisation = self._catalogue.organisation(row.organisation, self._territory)
            return Wanted(target, breakdown, organisation, period_meant(row.period, self._report))
        except ValueError as error:
            self._fault(row, str(error), "Исправьте строку.")
            return None

    def _fault(self, row: Row, what: str, cure: str) -> None:
        place = f"{self._path.name}, строка {row.line} ({row.place}, {row.address})"
        self.faults.append(Fault(place, what, cure))


_CLOSED = {
    Holds.FORMULA: "в этой ячейке формула: она посчитается сама.",
    Holds.CLOSED: "эта ячейка закрыта для ввода или скрыта.",
    Holds.CROSSED: "эта ячейка перечёркнута знаком «х»: её не заполняют.",
}


def carried(rows: Sequence[Row], old: Sequence[Row]) -> list[Row]:
    """New rows with what was confirmed before: as it was where the cell is the same, proposed anew where it moved."""
    known = {row.control: row for row in old if row.control and row.state.strip().lower() not in _UNDECIDED}
    return [_carried(row, known[row.control]) if row.control in known else row for row in rows]


_UNDECIDED = {State.PROPOSED.value, State.DOUBTFUL.value, State.UNKNOWN.value}


def _carried(row: Row, old: Row) -> Row:
    same = (row.place, row.address) == (old.place, old.address)
    state = old.state if same or not old.is_confirmed else State.PROPOSED.value
    reason = "подтверждено раньше" if same else f"подтверждено раньше в ячейке {old.address}: проверьте"
    return Row(
        state, row.place, row.address, row.labels, old.target, old.breakdown, old.organisation, old.period,
        row.now, row.score, reason, row.control,
    )  # fmt: skip
