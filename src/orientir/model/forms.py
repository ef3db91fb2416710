"""Forms: what an organisation is asked once a year, section by section; not where a cell stands on a sheet.

These dataclasses are the schema of `forms/*.yaml`. A question names an element of the programme, so that a typed number
and a counted one are the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

_STRICT = {"extra": "forbid"}


class AnswerKind(StrEnum):
    """How a cell is answered: a whole number, or yes and no (stored as 1 and 0 of the element's unit)."""

    NUMBER = "number"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Question:
    """A row of a section: the element, the members of its breakdowns that the row fixes, and its wording.

    `each` names a dimension: the row is repeated for its `members` (all of them where none is named).
    """

    __pydantic_config__ = _STRICT
    element: str
    title: str = ""
    breakdown: dict[str, str] = field(default_factory=dict)
    each: str = ""
    members: tuple[str, ...] = ()
    answer: AnswerKind = AnswerKind.NUMBER
    hint: str = ""


@dataclass(frozen=True)
class Derived:
    """A fact that nobody types: the sum of the section's cells of the element `row` in these columns.

    The sheet shows it by a live formula, the reader gives it as an answer; `members` are columns of the matrix, all of
    them (or all rows of the element in a list) where none is named. It is unknown where one of its cells is unknown;
    cells that are not applicable add nothing. Asking it again would be asking twice.
    """

    __pydantic_config__ = _STRICT
    element: str
    row: str
    members: tuple[str, ...] = ()
    breakdown: dict[str, str] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True)
class FormSection:
    """Questions under one heading.

    `columns` names the dimension whose `members` are the columns of a matrix; without it a section is a list with one
    value a row. `row_total` and `column_total` are the headings of totals that the sheet computes and nobody types.
    `title` heads the section; `note` is printed under it.
    """

    __pydantic_config__ = _STRICT
    id: str
    title: str
    rows: tuple[Question, ...]
    columns: str = ""
    members: tuple[str, ...] = ()
    row_total: str = ""
    column_total: str = ""
    derived: tuple[Derived, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Form:
    """A form of the programme. `asks` is the role that fills it; `for_kind` the kind of organisation that gets it.

    `deadline` is a day of the calendar year in which the period ends («10-15»); `minutes_per_cell` is what an asked
    cell costs, and `minutes_known` what a cell costs that arrives filled and is only looked at.
    """

    __pydantic_config__ = _STRICT
    id: str
    title: str
    version: str
    for_kind: str
    asks: str
    deadline: str
    sections: tuple[FormSection, ...]
    instructions: tuple[str, ...] = ()
    minutes_per_cell: Decimal = Decimal("0.25")
    minutes_known: Decimal = Decimal("0.05")
    note: str = ""
