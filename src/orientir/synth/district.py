"""What is true of the invented district: every asked number of every school in every year, by seed.

District totals equal the published figures that are not in conflict; everything else is drawn within what is possible:
a part never above its whole, a senior grade no larger than the one it came from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from orientir.model.collection import CellKey
from orientir.model.periods import Period
from orientir.synth.figures import Figures
from orientir.synth.places import School
from orientir.synth.splitting import split, strayed

MIDDLE, SENIOR = ("5", "6", "7", "8", "9"), ("10", "11")
NO_DATA, NOT_APPLICABLE = "нет данных", "не применимо"
Known = int | str  # a number, or one of the two marks
SchoolYear = dict[CellKey, Known]


@dataclass(frozen=True)
class District:
    """The truth: for each period what each school (in the order of `schools`) has to report."""

    schools: tuple[School, ...]
    years: Mapping[Period, Sequence[SchoolYear]]


def invented_district(
    schools: tuple[School, ...], periods: Sequence[Period], figures: Figures, rng: Random
) -> District:
    """Years in their order, since each grows out of the one before."""
    years: dict[Period, list[SchoolYear]] = {}
    before: list[SchoolYear] = []
    for period in periods:
        before = _Year(schools, period, figures, before, rng).told()
        years[period] = before
    return District(schools, years)


def cell(element: str, **breakdown: str) -> CellKey:
    return (element, tuple(breakdown.items()))


class _Year:
    """One year of all schools while it is being drawn."""

    def __init__(
        self,
        schools: tuple[School, ...],
        period: Period,
        figures: Figures,
        before: Sequence[SchoolYear],
        rng: Random,
    ) -> None:
        self.schools = schools
        self.period = period
        self.figures = figures
        self.before = before
        self.rng = rng
        self.cells: list[SchoolYear] = [{} for _ in schools]
        self.sizes = [school.weight for school in schools]

    def told(self) -> list[SchoolYear]:
        self._graduates()
        self._pupils()
        self._destinations()
        self._studies()
        self._exams()
        self._competitions()
        self._ticket()
        self._support()
        self._conditions()
        pairs = zip(self.schools, self.cells, strict=True)
        return [year if school.has_seniors else _without_seniors(year) for school, year in pairs]

    # ---- how numbers are drawn

    def put(self, key: CellKey, parts: Sequence[Known]) -> list[int]:
        for year, part in zip(self.cells, parts, strict=True):
            year[key] = part
        return [part if isinstance(part, int) else 0 for part in parts]

    def spread(self, key: CellKey, total: int, bounds: Sequence[int], weights: Sequence[float] = ()) -> list[int]:
        """The total over the schools: by their sizes, which hardly change, else by the bounds, where schools differ."""
        by_size = _nearly(weights, self.rng) if weights else strayed(bounds, self.rng)
        return self.put(key, split(total, by_size, bounds))

    def share(self, key: CellKey, rate: float, wholes: Sequence[int]) -> list[int]:
        """About this share of each whole."""
        return self.put(key, [_binomial(self.rng, whole, rate) for whole in wholes])

    def own(self, key: CellKey) -> list[int]:
        return [_number(year.get(key, 0)) for year in self.cells]

    def last(self, key: CellKey) -> list[int] | None:
        return [_number(year.get(key, 0)) for year in self.before] if self.before else None

    def total(self, element: str, **breakdown: str) -> int:
        return self.figures.total(element, self.period, tuple(breakdown.items()))

    def summed(self, element: str, grades: Sequence[str]) -> list[int]:
        rows = [self.own(cell(element, grade=grade)) for grade in grades]
        return [sum(column) for column in zip(*rows, strict=True)]

    # ---- subjects, in the order in which they grow out of each other

    def _graduates(self) -> None:
        huge = [10_000] * len(self.schools)
        self.spread(cell("graduates_9"), self.total("graduates_9"), huge, self.sizes)
        grade_10 = self.last(cell("pupils_grade", grade="10"))
        seniors = [10_000 if school.has_seniors else 0 for school in self.schools]
        self.spread(cell("graduates_11"), self.total("graduates_11"), grade_10 or seniors, self.sizes)
        self._college_9(self.own(cell("graduates_9")), self.total("admitted_college_9"))

    def _college_9(self, graduates: Sequence[int], total: int) -> None:
        """Where there are no senior grades nearly everyone goes to a college: grade 10 is filled elsewhere."""
        first = [0 if one.has_seniors else _binomial(self.rng, own, 0.95)
                 for one, own in zip(self.schools, graduates, strict=True)]  # fmt: skip
        bounds = [own if one.has_seniors else 0 for one, own in zip(self.schools, graduates, strict=True)]
        rest = split(total - sum(first), strayed(bounds, self.rng), bounds)
        self.put(cell("admitted_college_9"), [one + other for one, other in zip(first, rest, strict=True)])

    def _pupils(self) -> None:
        nine, eleven = self.own(cell("graduates_9")), self.own(cell("graduates_11"))
        self.put(cell("pupils_grade", grade="9"), nine)
        self.put(cell("pupils_grade", grade="11"), eleven)
        seniors = [10_000 if school.has_seniors else 0 for school in self.schools]
        graduates, college = self.last(cell("graduates_9")), self.last(cell("admitted_college_9"))
        stayed = (
            [one - gone for one, gone in zip(graduates, college, strict=True)] if graduates and college else seniors
        )
        bounds = [min(one, limit) for one, limit in zip(stayed, seniors, strict=True)]
        ten = self.total("pupils", level="10-11") - sum(eleven)
        self.spread(cell("pupils_grade", grade="10"), ten, bounds, self.sizes)
        self._younger(self.total("pupils", level="5-9") - sum(nine))

    def _younger(self, total: int) -> None:
        """Grades 5 to 8 share what the ninth leaves of the published total; 1 to 4 are about as large."""
        for number, grade in enumerate(MIDDLE[:-1]):
            part = total * (number + 1) // 4 - total * number // 4
            weights = [float(one + 1) for one in self.own(cell("graduates_9"))]
            self.put(
                cell("pupils_grade", grade=grade), split(part, _nearly(weights, self.rng), [10_000] * len(weights))
            )
        for grade in ("1", "2", "3", "4"):
            fifth = self.own(cell("pupils_grade", grade="5"))
            self.put(cell("pupils_grade", grade=grade), [max(0, one + self.rng.randint(-2, 3)) for one in fifth])
        self._disability()

    def _disability(self) -> None:
        middle = self.summed("pupils_grade", MIDDLE)
        young, senior = self.summed("pupils_grade", ("1", "2", "3", "4")), self.summed("pupils_grade", SENIOR)
        own = self.spread(cell("pupils_disability", level="5-9"), self.total("pupils_disability", level="5-9"), middle)
        first = self.share(cell("pupils_disability", level="1-4"), 0.02, young)
        last = self.share(cell("pupils_disability", level="10-11"), 0.01, senior)
        bounds = [sum(parts) for parts in zip(own, first, last, strict=True)]
        self.share(cell("pupils_disability_14"), 0.4, bounds)

    def _destinations(self) -> None:
        left = _minus(self.own(cell("graduates_9")), self.own(cell("admitted_college_9")))
        self._places("destination_9", left, {"grade_10": 0.75, "vocational": 0.3, "work": 0.3, "other": 0.6})
        college = self.own(cell("admitted_college_9"))
        self.share(cell("admitted_by_profile_9"), 0.35, college)
        self.share(cell("college_9_near_exam"), 0.5, college)
        self.share(cell("recommended_9"), 0.8, self.own(cell("graduates_9")))
        certificates = self.share(cell("certificate_9"), 0.02, self.own(cell("graduates_9")))
        self._places("certificate_destination", certificates, {"vocational": 0.8, "work": 0.3, "other": 0.5})
        self._destinations_11()

    def _destinations_11(self) -> None:
        graduates = self.own(cell("graduates_11"))
        higher = self.spread(cell("admitted_higher_11"), self.total("admitted_higher_11"), graduates)
        left = _minus(graduates, higher)
        college = self.spread(cell("admitted_college_11"), self.total("admitted_college_11"), left)
        self._places(
            "destination_11", _minus(left, college), {"vocational": 0.1, "work": 0.4, "army": 0.5, "other": 0.5}
        )
        self.share(
            cell("admitted_by_profile_11"), 0.6, [one + other for one, other in zip(higher, college, strict=True)]
        )
        self.share(cell("profile_exams_11"), 0.6, graduates)

    def _places(self, element: str, left: Sequence[int], rates: Mapping[str, float]) -> None:
        """Everyone in one place; each rate is of those whom no place before has taken."""
        for place, rate in rates.items():
            left = _minus(left, self.share(cell(element, destination=place), rate, left))
        self.put(cell(element, destination="unknown"), left)

    def _studies(self) -> None:
        for grade in SENIOR:
            left = self.own(cell("pupils_grade", grade=grade))
            for profile, rate in (("technological", 0.3), ("natural_science", 0.25), ("humanitarian", 0.15),
                                  ("socio_economic", 0.4)):  # fmt: skip
                left = _minus(left, self.share(cell("profile_pupils", grade=grade, profile=profile), rate, left))
            self.put(cell("profile_pupils", grade=grade, profile="universal"), left)
        for grade in ("8", "9", *SENIOR):
            for subject in SUBJECTS:
                rate = 0.12 if grade in SENIOR and subject in ("mathematics", "physics", "social_studies") else 0.02
                pupils = self.own(cell("pupils_grade", grade=grade))
                self.share(cell("advanced_choices", grade=grade, subject=subject), rate, pupils)
        self.share(cell("pupils_advanced_5_11"), 0.1, self.summed("pupils_grade", (*MIDDLE, *SENIOR)))

    def _exams(self) -> None:
        for subject in SUBJECTS:
            if subject not in ("mathematics", "russian"):
                rate = 0.5 if subject == "social_studies" else 0.2
                held = self.period.start > 2020  # no elective examinations in 2020 and 2021
                nine = self.own(cell("graduates_9"))
                key = cell("exam_choices_9", subject=subject)
                self.share(key, rate, nine) if held else self.put(key, [NOT_APPLICABLE] * len(nine))
            if subject != "russian":
                rate = 0.5 if subject in ("mathematics", "social_studies") else 0.15
                self.share(cell("exam_choices_11", subject=subject), rate, self.own(cell("graduates_11")))

    def _competitions(self) -> None:
        older = self.summed("pupils_grade", ("8", "9", *SENIOR))
        regional = self.total("championship_participants", stage="regional")
        self.spread(cell("championship_participants", stage="regional"), regional, older)
        self.put(cell("championship_participants", stage="national"), [0] * len(self.schools))
        self.share(cell("championship_master_class"), 0.05, older)
        self._abilympics()

    def _abilympics(self) -> None:
        """The published figure names no stage, so schools with participants cannot tell it either."""
        children = self.own(cell("pupils_disability", level="5-9"))
        total = self.total("abilympics_participants", stage="not_stated")
        unclear = self.spread(cell("abilympics_participants", stage="not_stated"), total, children)
        for stage in ("regional", "national"):
            self.put(cell("abilympics_participants", stage=stage), [NO_DATA if one else 0 for one in unclear])
        self.share(cell("abilympics_master_class"), 0.2, self.own(cell("pupils_disability_14")))

    def _ticket(self) -> None:
        for grades, level in ((MIDDLE, "5-9"), (SENIOR, "10-11")):
            bounds = self.summed("pupils_grade", grades)
            parts = split(self.total("ticket_participants", level=level), strayed(bounds, self.rng), bounds)
            self._by_grade("ticket_grade", parts, grades)
        members = self.summed("ticket_grade", (*MIDDLE[1:], *SENIOR))
        pupils = self.summed("pupils_grade", (*MIDDLE[1:], *SENIOR))
        registered = [max(one, _binomial(self.rng, all_, 0.4)) for one, all_ in zip(members, pupils, strict=True)]
        self.put(cell("ticket_registered"), registered)
        tested = self.share(cell("ticket_tested"), 0.9, members)
        self.share(cell("ticket_open_day"), 0.5, members)
        self.share(cell("ticket_recommended"), 0.9, self.share(cell("ticket_trial"), 0.45, tested))

    def _by_grade(self, element: str, parts: Sequence[int], grades: Sequence[str]) -> None:
        """Each school's part over its own grades, no more than there are pupils."""
        for year, part in zip(self.cells, parts, strict=True):
            bounds = [_number(year[cell("pupils_grade", grade=grade)]) for grade in grades]
            weights = strayed(bounds, self.rng)
            year.update({cell(element, grade=grade): one
                         for grade, one in zip(grades, split(part, weights, bounds), strict=True)})  # fmt: skip

    def _support(self) -> None:
        older = ("9", *SENIOR)
        bounds = self.summed("pupils_grade", older)
        self._by_grade("tested_grade", split(self.total("tested"), strayed(bounds, self.rng), bounds), older)
        for grade in ("6", "7", "8"):
            self.share(cell("tested_grade", grade=grade), 0.25, self.own(cell("pupils_grade", grade=grade)))
        parents = [round(1.4 * one) for one in self.summed("pupils_grade", ("8", *older))]
        self.put(cell("parents_8_11"), parents)
        self.spread(cell("parents_advised"), self.total("parents_advised"), parents)
        pupils = self.summed("pupils_grade", (*MIDDLE[1:], *SENIOR))
        self.share(cell("event_participants"), 0.5, pupils)
        self.share(cell("tour_pupils"), 0.3, pupils)

    def _conditions(self) -> None:
        everyone = [1] * len(self.schools)
        self.spread(cell("schools"), self.total("schools"), everyone)
        self.spread(cell("schools_involved"), self.total("schools_involved"), everyone)
        self.put(cell("schools_rural"), [int(school.is_rural) for school in self.schools])
        self.put(cell("schools_with_psychologist"), [int(school.has_psychologist) for school in self.schools])
        self.put(cell("college_distance"), [school.distance for school in self.schools])


SUBJECTS = ("mathematics", "physics", "informatics", "chemistry", "biology", "geography", "social_studies", "history",
            "literature", "foreign_language", "russian")  # fmt: skip


def _without_seniors(year: SchoolYear) -> SchoolYear:
    """A school that ends with grade 9 has nothing to count in the senior grades."""
    return {key: NOT_APPLICABLE if _is_senior(key) else value for key, value in year.items()}


def _is_senior(key: CellKey) -> bool:
    element, breakdown = key
    members = dict(breakdown)
    by_name = element.endswith("_11") and element not in ("parents_8_11", "pupils_advanced_5_11")
    return by_name or members.get("grade") in SENIOR or members.get("level") == "10-11"


def _number(value: Known) -> int:
    return value if isinstance(value, int) else 0


def _minus(wholes: Sequence[int], parts: Sequence[int]) -> list[int]:
    return [whole - part for whole, part in zip(wholes, parts, strict=True)]


def _binomial(rng: Random, number: int, rate: float) -> int:
    return sum(rng.random() < rate for _ in range(number))


def _nearly(weights: Sequence[float], rng: Random) -> list[float]:
    """Cohorts differ from year to year by little."""
    return [weight * rng.uniform(0.93, 1.07) for weight in weights]
