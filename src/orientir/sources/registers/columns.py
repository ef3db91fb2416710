"""What a register is: its columns, how their titles are recognised, and what a row becomes. No register stands here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from orientir.sources.registers.situation import Situation

Record = Mapping[str, Any]  # what was read in a row, by column; None where the cell is empty or could not be read
Reader = Callable[[Any, Situation], Any]


class Unreadable(ValueError):
    """A cell or a row that means nothing: what is wrong with it and what to do. `column` says where, in a row."""

    def __init__(self, what: str, cure: str, column: str = "") -> None:
        super().__init__(what)
        self.what, self.cure, self.column = what, cure, column


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a register: `read` turns a cell into a value or raises `Unreadable`.

    `synonyms` are other titles it goes under. A `personal` column is read to tell people apart and kept nowhere.
    `seek` finds the value in the heading or the name of the file where no column holds it («… Абилимпикс, 2022»).
    """

    id: str
    title: str
    read: Reader
    synonyms: tuple[str, ...] = ()
    required: bool = False
    personal: bool = False
    seek: Callable[[str, Situation], str] | None = None


@dataclass(frozen=True)
class Register:
    """A kind of register. `table` is the table of the package that its rows go to.

    `needs` are groups of columns of which a file must have at least one each. `words` are beginnings of the words by
    which a heading or a file name gives it away. `rows` makes the rows of the table from one row of the file: it names
    columns of the table, without source and origin, and raises `Unreadable` where the row means nothing.
    `day` is the column of the table whose date must lie in the period. A register that is `told_by_words` has columns
    like many others: without its words in a title, a heading or the name of the file it is not recognised.
    """

    id: str
    title: str
    row_means: str
    table: str
    columns: tuple[Column, ...]
    rows: Callable[[Record, Situation], Iterator[dict[str, Any]]]
    needs: tuple[tuple[str, ...], ...] = ()
    words: tuple[str, ...] = ()
    day: str = ""
    told_by_words: bool = False

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.id == key)

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Columns that a file cannot do without: the required ones and the groups of `needs`."""
        return (*((column.id,) for column in self.columns if column.required), *self.needs)
