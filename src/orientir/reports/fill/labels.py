"""The labels of an empty cell: its row, the headings of its column, the section and the captions above.

The rows are read once, from the top; what the labels mean is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from orientir.reports.fill.grid import Grid, GridCell, Holds, whole

_PART = re.compile(r"\s*(?:из них|из общ|в том числе|в т\.?\s?ч|в их числе|[-–—•]|[а-яё])", re.DOTALL)
_FOR_PEOPLE = re.compile(r"примечани|коммент|подпис|обоснован|причин|ссылк|ф\.?\s?и\.?\s?о\b", re.IGNORECASE)
_NUMBERING = re.compile(r"(?:№(?:\s*(?:п/?п|стр\w*|строки))?|n п/п|код\w*(?: строки)?|стр\.?)\.?", re.IGNORECASE)
_CAPTIONS = 6  # words above a table: title, territory, period, date
_YEARS = range(2000, 2100)
_GRADES = range(1, 13)


@dataclass(frozen=True)
class Labels:
    """What the form says of a cell. `parent` is the row of which this one is a part («из них …»)."""

    row: tuple[str, ...]
    column: tuple[str, ...] = ()
    section: str = ""
    parent: str = ""
    captions: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """«Раздел 1 › Поступили в колледж │ 2021/22 › чел.»."""
        rows = " › ".join(" ".join(part.split()) for part in (self.section, self.parent, *self.row) if part)
        columns = " › ".join(" ".join(part.split()) for part in self.column)
        return " │ ".join(part for part in (rows, columns) if part)


@dataclass(frozen=True)
class Slot:
    """A cell that may be filled, with its labels. `place` is the sheet or the table."""

    place: str
    cell: GridCell
    labels: Labels


@dataclass
class _Above:
    """What is known of the rows read so far."""

    captions: list[str]
    headings: dict[int, list[GridCell]] = field(default_factory=dict)
    section: str = ""
    parent: str = ""
    is_open: bool = False  # the heading still goes on

    def read_heading(self, cells: Sequence[GridCell]) -> None:
        if not self.is_open:
            self.headings, self.section, self.parent, self.is_open = {}, "", "", True
        for cell in cells:
            if cell.holds is Holds.EMPTY:
                continue
            for column in range(cell.column, cell.column + cell.columns):
                known = self.headings.setdefault(column, [])
                if cell not in known:
                    known.append(cell)

    def read_wide(self, text: str) -> None:
        self.captions.append(text)
        self.section, self.parent, self.is_open = text, "", False

    def heads(self, column: int) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.headings.get(column, ()))

    def numbers_rows(self, column: int) -> bool:
        heads = self.heads(column)
        return bool(heads) and all(_NUMBERING.fullmatch(text.strip()) for text in heads)


def is_part(label: str) -> bool:
    """«из них …», «в том числе …»: a label that goes on with the one before."""
    return bool(_PART.match(label))


def labelled(grid: Grid) -> Iterator[Slot]:
    """Every cell of the grid that bears no label itself, with the labels it stands under, whatever it holds."""
    above = _Above(list(grid.captions))
    width = grid.width
    for at in range(grid.height):
        cells = list(grid.row(at, width))
        wide = _wide_text(cells, at)
        if wide:
            above.read_wide(wide)
        elif _is_heading(cells, at):
            above.read_heading(cells)
        elif not _numbers_columns(cells):
            above.is_open = False
            yield from _row_slots(grid, at, cells, above)


def _wide_text(cells: Sequence[GridCell], at: int) -> str:
    """The only text of a row that leaves no room beside it: a title, or the name of a section."""
    own = [cell for cell in cells if cell.row == at]
    filled = [cell for cell in own if cell.holds is not Holds.EMPTY]
    if len(filled) != 1 or filled[0].holds is not Holds.TEXT or len(own) < len(cells):
        return ""
    behind = [cell for cell in own if cell.column > filled[0].column]
    before = [cell for cell in own if cell.column < filled[0].column]
    return "" if behind or (before and filled[0].columns == 1) else filled[0].text


def _numbers_columns(cells: Sequence[GridCell]) -> bool:
    """«А Б 1 2 3»: the row that numbers the columns."""
    figures = [cell.text.strip() for cell in cells if cell.text.strip()]
    numbers = [number for text in figures if (number := whole(text, -1)) >= 0]
    letters = [text for text in figures if whole(text, -1) < 0]
    in_turn = len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] < 4
    return in_turn and len(figures) > 2 and all(len(text) == 1 for text in letters) and len(cells) == len(figures)


def _is_heading(cells: Sequence[GridCell], at: int) -> bool:
    """A row of labels alone, with nothing to fill in right of the first of them."""
    first = next((place for place, cell in enumerate(cells) if cell.holds is not Holds.EMPTY), None)
    if first is None or _numbers_columns(cells):
        return False
    rest = cells[first:]
    if (len(rest) < 2 and not first) or any(cell.holds not in (Holds.TEXT, Holds.NUMBER) for cell in rest):
        return False
    numbers = [cell.text for cell in rest if cell.holds is Holds.NUMBER]
    corner = cells[0]
    return not numbers or first > 0 or corner.row < at or corner.rows > 1 or _are_headings(numbers)


def _are_headings(numbers: Sequence[str]) -> bool:
    """Years or grades in turn: «2020 2021 2022», «9 10 11»."""
    found = [whole(text, -1) for text in numbers]
    if all(number in _YEARS for number in found):
        return True
    return len(found) > 1 and found == list(range(found[0], found[0] + len(found))) and found[-1] in _GRADES


def _row_slots(grid: Grid, at: int, cells: Sequence[GridCell], above: _Above) -> Iterator[Slot]:
    labels = _row_labels(cells, above)
    own = next((one.text for one in labels if one.row == at and one.holds is Holds.TEXT), "")
    if own and not is_part(own):
        above.parent = own
    parent = "" if above.parent == own else above.parent
    for cell in cells:
        if cell.row == at and cell.holds is not Holds.TEXT and _is_place(cell, cells, above):
            rows = tuple(one.text for one in labels if one.column < cell.column)
            if rows:
                heads = above.heads(cell.column)
                captions = tuple(above.captions[-_CAPTIONS:])
                yield Slot(grid.title, cell, Labels(rows, heads, above.section, parent, captions))


def _row_labels(cells: Sequence[GridCell], above: _Above) -> list[GridCell]:
    """The texts of the row; where it has none, the number at its left end («5», under «Класс»)."""
    texts = [cell for cell in cells if cell.holds is Holds.TEXT and not above.numbers_rows(cell.column)]
    return texts or [cell for cell in cells[:1] if cell.holds is Holds.NUMBER and not above.numbers_rows(cell.column)]


def _is_place(cell: GridCell, cells: Sequence[GridCell], above: _Above) -> bool:
    """Is a number expected here? Without headings only right of a label; not in columns for people's remarks."""
    heads = above.heads(cell.column)
    if heads:
        return not above.numbers_rows(cell.column) and not _FOR_PEOPLE.match(heads[-1].strip())
    before = [one for one in cells if one.column < cell.column]
    return bool(before) and before[-1].holds is Holds.TEXT
