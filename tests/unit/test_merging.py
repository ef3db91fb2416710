"""A long table says a thing once beside all the rows it holds for; a short one is left as it is."""

from __future__ import annotations

from orientir.reports.document import Cell, Column, Row, Table
from orientir.reports.merging import LONG, row_spans

COLUMNS = (Column("Код"), Column("Число", align="right"), Column("Источник"))


def row(index: int, source: str, kind: str = "body") -> Row:
    return Row((Cell((f"v{index}",)), Cell(("19",)), Cell((source,) if source else ())), kind)  # type: ignore[arg-type]


def table(*rows: Row) -> Table:
    filling = tuple(row(100 + index, f"источник {index}") for index in range(LONG))
    return Table("t", "т", COLUMNS, (*rows, *filling))


def sources(made: Table, rows: int) -> list[int]:
    return [spans[2] for spans in row_spans(made)][:rows]


def test_equal_neighbours_are_one_cell() -> None:
    made = table(row(1, "таблица 1"), row(2, "таблица 1"), row(3, "таблица 2"))
    assert row_spans(made)[:3] == [(1, 1, 2), (1, 1, 0), (1, 1, 1)]


def test_a_short_table_is_left_as_it_is() -> None:
    made = Table("t", "т", COLUMNS, (row(1, "таблица 1"), row(2, "таблица 1")))
    assert row_spans(made) == [(1, 1, 1), (1, 1, 1)]


def test_empty_cells_are_not_merged() -> None:
    assert sources(table(row(1, ""), row(2, "")), 2) == [1, 1]


def test_a_group_begins_anew() -> None:
    made = table(row(1, "таблица 1"), row(2, "таблица 1", "group"), row(3, "таблица 1"))
    assert sources(made, 3) == [1, 1, 1]


def test_one_cell_covers_no_more_rows_than_an_eye_does() -> None:
    assert sources(table(*(row(index, "таблица 1") for index in range(10))), 10) == [8, *[0] * 7, 2, 0]
