"""Do the codes of a sheet still belong to what stands beside them: labels, heads, cells that must be empty.

A protected sheet lets nobody move cells apart from their codes; one whose protection was removed does. A number that
may belong to another row or column is worse than none, so what disagrees is not read. A label that was only reworded is
told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from orientir.model.collection import Remark
from orientir.sources.forms.finding import FILL_ANEW, FoundSheet
from orientir.sources.forms.layout import FIRST, QUESTION, VALUE, Layout, SectionPlace, label_of

_SHOWN = 60  # letters of a label in a remark


@dataclass(frozen=True)
class _Label:
    """A printed text, the code of its row (or of the row `below` which it stands), and what others are called."""

    code: str
    row: int
    below: int
    column: int
    text: str
    others: frozenset[str]


def doubt(found: FoundSheet, layout: Layout, name: str) -> list[Remark]:
    """Remarks about the sheet; its doubtful rows are named in it."""
    remarks: list[Remark] = []
    if found.is_in_place and _is_untouched(found, layout, name):
        return remarks
    for place, section in enumerate(layout.sections):
        if section.sheet == name:
            _doubt_rows(found, section, _row_labels(layout, place), remarks)
            _doubt_heads(found, section, _head_labels(layout, place), remarks)
    if found.is_in_place:
        _doubt_strays(found, layout, name, remarks)
    return remarks


def _is_untouched(found: FoundSheet, layout: Layout, name: str) -> bool:
    """Nearly every form is: every label as it was printed, nothing where nothing belongs."""
    rows, height = found.rows, len(found.rows)
    labels = all(rows[row][column] == text for row, column, text in _printed(layout, name))
    return labels and all(_is_empty(rows[row][first:end]) for row, first, end in _empty(layout, name) if row < height)


def _is_empty(cells: Sequence[object]) -> bool:
    return cells.count("") == len(cells)


def _doubt_rows(found: FoundSheet, section: SectionPlace, labels: Sequence[_Label], remarks: list[Remark]) -> None:
    for label in labels:
        at = found.row_of(label.row, label.code)
        if at is None:
            continue
        column = found.column_of(section, QUESTION)
        cell = found.cell(at, column)
        if cell == label.text or _plain(cell) == _plain(label.text):
            continue
        if _plain(cell) in label.others:
            found.doubtful.add(label.code)
            what = f"рядом с кодом вопроса «{_short(label.text)}» стоит вопрос «{_short(cell)}». Строка не прочитана."
            remarks.append(Remark(found.place(at, column), what, FILL_ANEW))
        else:
            remarks.append(_reworded(found, at, column, label, cell))


def _doubt_heads(found: FoundSheet, section: SectionPlace, labels: Sequence[_Label], remarks: list[Remark]) -> None:
    for label in labels:
        at = found.row_of(label.row, label.code)
        column = found.column_of(section, label.column)
        cell = "" if at is None else found.cell(at + label.below, column)
        if at is None or cell == label.text or _plain(cell) == _plain(label.text):
            continue
        if _plain(cell) in label.others:
            found.doubtful.update(row.code for row in section.rows)
            what = f"над столбцом «{label.text}» стоит «{_short(cell)}»: столбцы перепутаны. Раздел не прочитан."
            remarks.append(Remark(found.place(at + label.below, column), what, FILL_ANEW))
            return
        remarks.append(_reworded(found, at + label.below, column, label, cell))


def _doubt_strays(found: FoundSheet, layout: Layout, name: str, remarks: list[Remark]) -> None:
    """A number where none can be typed means that cells were pushed aside; which ones, nobody can tell."""
    for row, first, end in _empty(layout, name):
        for column, cell in enumerate(found.line(row)[first:end], first):
            if cell != "":
                found.doubtful.update(one.code for section in layout.sections_of(name) for one in section.rows)
                what = f"здесь ничего не должно стоять, а стоит «{_short(cell)}»: ячейки сдвинуты. Лист не прочитан."
                remarks.append(Remark(found.place(row, column), what, FILL_ANEW))
                return


def _reworded(found: FoundSheet, row: int, column: int, label: _Label, cell: object) -> Remark:
    what = f"надпись изменена: было «{_short(label.text)}», стало «{_short(cell)}». Прочитано по прежней."
    return Remark(found.place(row, column), what, "Отвечайте на вопросы в том виде, в котором они заданы.", False)


def _plain(text: object) -> str:
    return " ".join(str(text).split())


def _short(text: object) -> str:
    plain = _plain(text)
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN].rstrip()}…"


# ---- what a form has, worked out once


@lru_cache(maxsize=512)
def _row_labels(layout: Layout, place: int) -> tuple[_Label, ...]:
    section = layout.sections[place]
    texts = {row.code: label_of(row.asked) for row in section.rows}
    every = frozenset(map(_plain, texts.values()))
    return tuple(
        _Label(row.code, row.row, 0, QUESTION, texts[row.code], every - {_plain(texts[row.code])})
        for row in section.rows
    )


@lru_cache(maxsize=512)
def _head_labels(layout: Layout, place: int) -> tuple[_Label, ...]:
    """The titles of a matrix's columns, under their codes."""
    section = layout.sections[place]
    every = frozenset(_plain(title) for _, title in section.columns)
    return tuple(
        _Label(section.codes_name, section.codes_row, 1, column, title, every - {_plain(title)})
        for column, (_, title) in enumerate(section.columns, FIRST)
    )


@lru_cache(maxsize=64)
def _printed(layout: Layout, name: str) -> tuple[tuple[int, int, str], ...]:
    """Row, column and text of every label of the sheet."""
    places = [place for place, section in enumerate(layout.sections) if section.sheet == name]
    labels = (label for place in places for label in (*_row_labels(layout, place), *_head_labels(layout, place)))
    return tuple((label.row + label.below, label.column, label.text) for label in labels)


@lru_cache(maxsize=64)
def _empty(layout: Layout, name: str) -> tuple[tuple[int, int, int], ...]:
    """Where cells pushed down or to the right would show: row, first column and the one after the last."""
    return tuple(place for section in layout.sections_of(name) for place in _around(section))


def _around(section: SectionPlace) -> Iterator[tuple[int, int, int]]:
    first, end = (FIRST, section.last_column + 1) if section.columns else (VALUE, VALUE + 1)
    yield from ((row, first, end) for row in (section.title_row, section.note_row, section.note_row + 1))
    if section.columns:
        yield from ((row.row, end, end + 1) for row in section.rows)
