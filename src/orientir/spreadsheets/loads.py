"""How much memory the cells of one file would take, summed over its sheets and held against the limits."""

from __future__ import annotations

from dataclasses import dataclass

from orientir.spreadsheets.limits import FILLED_CELLS, GRID_CELLS, SHEETS, TEXT_BYTES
from orientir.spreadsheets.refusals import Refusal

FAR_CELL_CURE = (
    "На каждом листе нажмите Ctrl+End, удалите строки и столбцы правее и ниже таблицы и пришлите файл ещё раз."
)


@dataclass
class Load:
    """What was counted so far. The grid of a sheet begins at A1 and ends at its last filled row and column."""

    sheets: int = 0
    grid: int = 0
    filled: int = 0
    text: int = 0
    loose_text: int = 0

    def add(self, *, grid: int = 0, filled: int = 0, text: int = 0) -> None:
        """Refusal where a limit is passed."""
        self.grid += grid
        self.filled += filled
        self.text += text
        if self.grid > GRID_CELLS:
            raise Refusal(f"таблица до последней заполненной ячейки больше {GRID_CELLS // 10**6} млн ячеек: "
                          "вероятно, что-то вписано далеко за краем таблицы.", FAR_CELL_CURE)  # fmt: skip
        if self.filled > FILLED_CELLS:
            raise Refusal(f"заполнено больше {FILLED_CELLS // 10**6} млн ячеек.", "Пришлите таблицу по частям.")
        if self.text > TEXT_BYTES:
            raise Refusal(f"тексты в ячейках занимают больше {TEXT_BYTES // 10**6} МБ.", "Сократите длинные тексты.")

    def has_room_for(self, text: int) -> bool:
        """Whether so much text, surely overrated, may be taken for granted; if not, it must be counted."""
        if self.loose_text + text > TEXT_BYTES:
            return False
        self.loose_text += text
        return True

    def add_sheet(self) -> None:
        self.sheets += 1
        if self.sheets > SHEETS:
            raise Refusal(f"в книге больше {SHEETS} листов.", "Оставьте только нужные листы.")
