"""What may be typed into the open cells of a section: numbers, yes and no, marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from orientir.model.forms import AnswerKind
from orientir.sources.forms.layout import FIRST, VALUE, SectionPlace

MARKS = ("нет данных", "не применимо")
YES_NO = ("да", "нет")
Block = tuple[int, int, int, int]  # first row and column, last row and column

_MARKING = {
    "validate": "list",
    "source": list(MARKS),
    "error_title": "Отметка",
    "error_message": "Выберите «нет данных» или «не применимо».",
}
_ANSWERING: Mapping[AnswerKind, Mapping[str, Any]] = {
    AnswerKind.YES_NO: {
        "validate": "list",
        "source": list(YES_NO),
        "error_title": "Ответ",
        "error_message": "Выберите «да» или «нет».",
    },
    AnswerKind.NUMBER: {
        "validate": "integer",
        "criteria": ">=",
        "value": 0,
        "error_title": "Число",
        "error_message": "Впишите целое число, 0 или больше, без слов. Если числа нет, выберите отметку.",
    },
}


def limit(sheet: Any, section: SectionPlace) -> None:
    """One rule for all cells of a kind, and one for the marks: a rule for each cell would cost more than the cell."""
    for kind in AnswerKind:
        _add(sheet, tuple(_answers(section, kind)), _ANSWERING[kind])
    _add(sheet, tuple(_marks(section)), _MARKING)


def _answers(section: SectionPlace, kind: AnswerKind) -> Iterator[Block]:
    """Rows of one kind that follow each other are one block of a list."""
    for own, group in groupby(section.rows, key=lambda row: row.asked.answer):
        rows = [row.row for row in group]
        if own is kind and section.columns:
            yield from ((row, FIRST, row, section.last_column) for row in rows)
        elif own is kind:
            yield (rows[0], VALUE, rows[-1], VALUE)


def _marks(section: SectionPlace) -> Iterator[Block]:
    places = [row.cells[0].mark for row in section.rows]
    if section.columns:
        yield from ((row, column, row, column) for row, column in places)
    else:
        yield (*places[0], *places[-1])


def _add(sheet: Any, blocks: Sequence[Block], rule: Mapping[str, Any]) -> None:
    if blocks:
        sheet.data_validation(*blocks[0], {**rule, "other_cells": [list(block) for block in blocks[1:]]})
