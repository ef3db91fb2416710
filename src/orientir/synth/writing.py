"""The invented district on disk: organisations, three years of filled forms and registers, and the truth of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from orientir.checks.consistency import Engine
from orientir.definitions.questions import derived_cells, derived_key
from orientir.facts.package import read_package
from orientir.facts.tables import ORGANISATIONS
from orientir.facts.writing import rows_of, write_table
from orientir.model.collection import CellKey, Known
from orientir.model.forms import Form
from orientir.model.package import OpenDay
from orientir.model.periods import Period, PeriodKind
from orientir.model.programme import Programme
from orientir.model.status import CellState
from orientir.resources import shipped
from orientir.sources.forms.layout import Layout, layout_of
from orientir.sources.forms.writing import Addressee, Filled, deadline_of, write_form
from orientir.synth.district import District, SchoolYear, invented_district
from orientir.synth.figures import EXAMPLE, Figures, published_figures
from orientir.synth.mistakes import Mistake, spoiled
from orientir.synth.places import DISTRICT, district_organisations, invented_schools
from orientir.synth.registers import registers_of
from orientir.writing import replaced

PERIODS = tuple(Period(PeriodKind.SCHOOL_YEAR, year) for year in (2019, 2020, 2021))
TRUTH, ERRORS = "truth.csv", "errors.csv"


@dataclass(frozen=True)
class Written:
    forms: int
    mistakes: int


def write_district(
    programme: Programme, engine: Engine, seed: int, out: Path, errors: int, progress: Callable[[str], None]
) -> Written:
    """Write it all; mistakes fall on schools of the last year. Totals equal the published figures, exactly."""
    rng = Random(seed)
    figures = published_figures(programme, PERIODS, engine)
    district = invented_district(invented_schools(rng), PERIODS, figures, rng)
    with replaced(out, TRUTH) as folder:
        writing = _Writing(folder, programme, district, figures, rng, progress)
        return writing.write(errors)


class _Writing:
    def __init__(
        self,
        folder: Path,
        programme: Programme,
        district: District,
        figures: Figures,
        rng: Random,
        progress: Callable[[str], None],
    ) -> None:
        self.folder = folder
        self.programme = programme
        self.district = district
        self.figures = figures
        self.rng = rng
        self.progress = progress
        self.form = programme.forms[0]

    def write(self, errors: int) -> Written:
        organisations = (*district_organisations(), *(school.organisation for school in self.district.schools))
        write_table(self.folder / "organisations.csv", ORGANISATIONS, rows_of(organisations, ORGANISATIONS))
        about = f"territory: {DISTRICT}\nsynthetic: true\nprepared_by: вымышлено генератором\n"
        (self.folder / "collection.yaml").write_text(about, encoding="utf-8", newline="")
        layout = layout_of(self.form, self.programme)
        mistakes = [one for period in PERIODS for one in self._year(period, layout, errors)]
        write_table(self.folder / TRUTH, self._truth_columns(), self._truth())
        if mistakes:
            write_table(self.folder / ERRORS, [field.name for field in fields(Mistake)], map(asdict, mistakes))
        return Written(len(PERIODS) * len(self.district.schools), len(mistakes))

    def _year(self, period: Period, layout: Layout, errors: int) -> Iterator[Mistake]:
        folder = self.folder / str(period).replace("/", "-")
        (folder / "forms").mkdir(parents=True)
        (folder / "registers").mkdir()
        shares = _shares(errors if period == PERIODS[-1] else 0, len(self.district.schools), self.rng)
        for number, (school, year) in enumerate(zip(self.district.schools, self.district.years[period], strict=True)):
            self.progress(school.organisation.title)
            place = school.organisation
            answers, mistakes = spoiled(place.id, str(period), year, shares[number], self.rng)
            self._form(folder / "forms" / f"{place.id}.xlsx", layout, period, number, answers)
            yield from mistakes
        write_table(folder / "received.csv", ("file", "date"), self._receipts(period))
        open_days = [one for one in self._open_days() if one.period == period]
        for name, text in registers_of(self.district, period, self.figures, open_days, self.rng).items():
            (folder / "registers" / name).write_text(text, encoding="utf-8-sig", newline="")

    def _receipts(self, period: Period) -> Iterator[Mapping[str, object]]:
        """Most in the weeks before the deadline, a few after it."""
        last = deadline_of(self.form, period)
        for school in self.district.schools:
            day = last + timedelta(days=self.rng.randint(-20, 2))
            yield {"file": f"{school.organisation.id}.xlsx", "date": f"{day:%d.%m.%Y}"}

    def _form(self, path: Path, layout: Layout, period: Period, number: int, answers: Mapping[CellKey, object]) -> None:
        place = self.district.schools[number].organisation
        last = self.district.years.get(period.shifted(-1))
        previous = _known(last[number]) if last else {}
        addressee = Addressee(place, period, district_organisations()[1].title, True, previous)
        reasons = dict.fromkeys(answers, "изменилось число детей")
        write_form(path, layout, addressee, Filled(answers, reasons))

    def _open_days(self) -> Sequence[OpenDay]:
        return read_package(shipped("examples") / EXAMPLE, self.programme).open_days

    # ---- the truth

    def _truth_columns(self) -> list[str]:
        return ["element", "organisation", "period", *(one.id for one in self.programme.dimensions), "value"]

    def _truth(self) -> Iterator[Mapping[str, object]]:
        """Each number of each school, also those that follow from what is asked, and the district's totals."""
        for period, years in self.district.years.items():
            totals: dict[CellKey, int] = defaultdict(int)
            unknown: set[CellKey] = set()
            for school, year in zip(self.district.schools, years, strict=True):
                for key, value in {**year, **_derived(year, self.form, self.programme)}.items():
                    if isinstance(value, int):
                        totals[key] += value
                        yield _row(key, school.organisation.id, period, value)
                    elif value == "нет данных":
                        unknown.add(key)
            yield from (_row(key, DISTRICT, period, total) for key, total in totals.items() if key not in unknown)


def _row(key: CellKey, organisation: str, period: Period, value: int) -> Mapping[str, object]:
    return {"element": key[0], "organisation": organisation, "period": str(period), **dict(key[1]), "value": value}


def _known(year: SchoolYear) -> dict[CellKey, Known]:
    return {key: Known(Decimal(value), CellState.VALUE if value else CellState.ZERO, "")
            for key, value in year.items() if isinstance(value, int)}  # fmt: skip


def _derived(year: SchoolYear, form: Form, programme: Programme) -> SchoolYear:
    """Sums that the form gives; a sum in which nothing applies does not apply."""
    found: SchoolYear = {}
    for section in form.sections:
        for rule in section.derived:
            parts = [year[key] for key in derived_cells(section, rule, programme)]
            numbers = [part for part in parts if isinstance(part, int)]
            found[derived_key(rule, programme)] = sum(numbers) if numbers else parts[0]
    return found


def _shares(total: int, schools: int, rng: Random) -> list[int]:
    """Mistakes over schools: some make several, some none."""
    shares = [0] * schools
    for _ in range(total):
        shares[rng.randrange(schools)] += 1
    return shares
