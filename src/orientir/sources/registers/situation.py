"""What the reader of a cell may know besides the cell: the programme, the period, the places, the people, the profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.sources.registers.people import People
from orientir.sources.registers.places import Places


@dataclass
class Situation:
    """The reading of one file. `repaired` collects what was read otherwise than written, until the row is done.

    `values` are words of the file that its profile explains, by column. `month_first` says how 03/04/2022 is meant.
    """

    programme: Programme
    period: Period
    places: Places
    people: People
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    month_first: bool = False
    repaired: list[str] = field(default_factory=list)

    def repair(self, told: str) -> None:
        """«прочитано как …»: becomes a remark at the cell that is being read."""
        self.repaired.append(told)
