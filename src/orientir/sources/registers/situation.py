"""What the reader of a cell may know besides it: the programme, the period, the places, the people, the profile."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.presentation import quoted
from orientir.sources.registers.people import People
from orientir.sources.registers.places import Places

_NAME = re.compile(r"^[А-ЯЁA-Z][а-яёa-z-]+(?:\s+[А-ЯЁA-Z][а-яёa-z.-]*){0,3}$")


@dataclass
class Situation:
    """The reading of one file. `repaired` collects what was read otherwise than written, until the row is done.

    `printed` are the dates of the row as they stand in the file.
    A file about people `is_guarded`: remarks repeat no names from it.
    `values` are words of the file that its profile explains, by column. `month_first` says how 03/04/2022 is meant.
    """

    programme: Programme | None
    period: Period
    places: Places
    people: People
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    month_first: bool = False
    repaired: list[str] = field(default_factory=list)
    printed: dict[str, str] = field(default_factory=dict)
    is_guarded: bool = False

    def quote(self, written: str) -> str:
        """A cell in a remark. In a file about people what may be a name is not repeated."""
        return "«…»" if self.is_guarded and _NAME.match(written) else quoted(written[:60])

    def repair(self, told: str) -> None:
        """«„12 чел.“ прочитано как 12»: becomes a remark at the cell that is being read."""
        self.repaired.append(told)
