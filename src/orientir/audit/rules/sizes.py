"""Populations with their printed sizes, as the rules lay them beside each other.

A range of grades cannot be of graduates (there are graduates of 9 and 11 only), so such a label is read as pupils, and
told by `population-impossible`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from orientir.audit.once import once
from orientir.audit.report import Population, Report, TidyCell
from orientir.audit.understanding.coverage import incomplete
from orientir.audit.understanding.measures import own_head
from orientir.audit.understanding.populations import squeezed

GRADUATING = frozenset((9, 11))
PEOPLE = frozenset(("выпускник", "обучающийся"))


@dataclass(frozen=True)
class Sized:
    """A population with its printed size in one year, and the row that narrows it (a school, a settlement)."""

    who: Population
    year: int
    where: str
    cell: TidyCell

    @property
    def size(self) -> Decimal:
        return self.cell.number.value

    @property
    def key(self) -> tuple[object, ...]:
        """One population in one year and place."""
        return (self.who.kind, self.who.grades, self.who.traits, self.year, self.where)

    @property
    def printed_year(self) -> str:
        return self.cell.year.printed if self.cell.year else str(self.year)


@once
def sized(report: Report) -> list[Sized]:
    """Each whole once, with the population that it can be; without sizes that the report calls incomplete."""
    found, partly = dict[int, Sized](), incomplete(report)
    several = {id(table) for table in report.tables if len({one.row_label for one in table.measures}) > 1}
    for measure in report.measures:
        whole = measure.whole
        if whole is None or measure.year is None or measure.population is None or whole.number.decimals:
            continue
        where = _where(whole) if id(measure.table) in several else ""
        found.setdefault(id(whole.cell), Sized(possible(measure.population), measure.year.ends, where, whole))
    lacking = {
        (one.who.kind, one.who.grades, one.year, one.size)
        for one in found.values()
        if {(id(one.cell.table), one.year), (id(one.cell.table), None)} & partly
    }
    return [one for one in found.values() if (one.who.kind, one.who.grades, one.year, one.size) not in lacking]


@once
def _by_place(report: Report) -> dict[tuple[int, str], list[Sized]]:
    found: dict[tuple[int, str], list[Sized]] = defaultdict(list)
    for one in sized(report):
        found[one.year, one.where].append(one)
    return found


def peers_of(report: Report, one: Sized) -> list[Sized]:
    """The populations of its year and place: only these can be parts of each other."""
    return _by_place(report)[one.year, one.where]


def _where(cell: TidyCell) -> str:
    """The row's name where rows are places; a row that names the population, the year or the total is none."""
    flat = squeezed(cell.row_label)
    named = any(word in flat for word in ("выпускник", "обучающ", "учащ", "всего", "итого", "класс"))
    return "" if named or (cell.year and cell.year.printed in cell.row_label) else flat


def possible(who: Population) -> Population:
    """«выпускники 9–11 классов» are pupils under a wrong name."""
    if who.kind == "выпускник" and who.grades and not who.grades <= GRADUATING:
        return replace(who, kind="обучающийся")
    return who


def are_pupils_of(pupils: Sized, graduates: Sized) -> bool:
    """Everybody of the graduates' grades; both are of one year and place."""
    return (
        (graduates.who.kind, pupils.who.kind) == ("выпускник", "обучающийся")
        and bool(graduates.who.grades) and graduates.who.grades <= pupils.who.grades
        and pupils.who.traits <= graduates.who.traits
        and not is_doubtful(graduates) and not is_doubtful(pupils)
    )  # fmt: skip


def is_doubtful(one: Sized) -> bool:
    """A size that stands under an impossible name proves nothing about others."""
    return one.who.printed != "" and "выпускник" in squeezed(one.who.printed) and one.who.kind != "выпускник"


def head_of(cell: TidyCell) -> str:
    return " ".join(own_head(cell).split())
