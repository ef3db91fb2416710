"""A small invented district: three schools of the invented nineteen, one year, their forms as they filled them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from orientir.collecting.collect import Collected
from orientir.definitions.loader import load_programme
from orientir.engines.memory import MemoryEngine
from orientir.facts.tables import ORGANISATIONS
from orientir.facts.writing import rows_of, write_table
from orientir.model.collection import CellKey
from orientir.model.periods import Period, PeriodKind
from orientir.model.programme import Programme
from orientir.resources import programme_folder
from orientir.sources.forms.layout import Layout, layout_of
from orientir.sources.forms.writing import Addressee, Filled, write_form
from orientir.synth.district import SchoolYear, invented_district
from orientir.synth.figures import published_figures
from orientir.synth.places import School, district_organisations, invented_schools
from orientir.synth.writing import PERIODS

LAST = Period(PeriodKind.SCHOOL_YEAR, 2021)


@dataclass(frozen=True)
class World:
    """Schools and what they would answer, ready to be written as forms."""

    programme: Programme
    layout: Layout
    schools: tuple[School, ...]
    years: Mapping[Period, list[SchoolYear]]

    def organisations(self, folder: Path, count: int = 3) -> None:
        places = (*district_organisations(), *(school.organisation for school in self.schools[:count]))
        write_table(folder / "organisations.csv", ORGANISATIONS, rows_of(places, ORGANISATIONS))

    def form(
        self, path: Path, number: int = 0, changed: Mapping[CellKey, object] | None = None, period: Period = LAST
    ) -> Path:
        """The form of a school with some answers changed."""
        path.parent.mkdir(parents=True, exist_ok=True)
        answers = {**self.years[period][number], **(changed or {})}
        addressee = Addressee(self.schools[number].organisation, period, "Округ", synthetic=True)
        write_form(path, self.layout, addressee, Filled(answers))
        return path


Run = Callable[..., Collected]


def invented_world() -> World:
    """The same for every run."""
    programme = load_programme(programme_folder("career_guidance_2022"))
    rng = Random(5)
    figures = published_figures(programme, PERIODS, MemoryEngine())
    district = invented_district(invented_schools(rng), PERIODS, figures, rng)
    years = {period: list(years) for period, years in district.years.items()}
    return World(programme, layout_of(programme.forms[0], programme), district.schools, years)
