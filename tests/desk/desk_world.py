"""Two schools and two sources: a form and an export that disagree about the graduates of school A."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from orientir.commands.common import programme_named
from orientir.commands.desk import facts_of
from orientir.cycle import run_cycle
from orientir.engines.memory import MemoryEngine
from orientir.facts.conflicts import Weighed, weighed
from orientir.facts.package import read_package
from orientir.model.cycle import Cycle
from orientir.model.desk import Structure
from orientir.model.package import Package
from orientir.model.periods import Period, PeriodKind
from orientir.model.programme import Programme

YEAR = Period(PeriodKind.SCHOOL_YEAR, 2021)
DAY = date(2022, 12, 30)
SOURCES = """\
id,title,document,place,rank,programme_source,note
form,Форма школы,Форма школы,,1,form,
oo1,Форма ОО-1,Форма ОО-1,раздел 2.1,2,form,
"""
FACTS = """\
element,organisation,period,grade,value,status,source,note
graduates,school_a,2021/22,9,22,,form,
graduates,school_a,2021/22,9,24,,oo1,
graduates,school_b,2021/22,9,33,,form,
graduates,school_b,2021/22,9,33,,oo1,
admitted,school_a,2021/22,9,14,,form,
admitted,school_b,2021/22,9,24,,form,
"""
CELL = ("--element", "graduates", "--organisation", "school_a", "--period", "2021/22", "--breakdown", "grade=9")
SIGNED = ("--author", "координатор", "--reason", "первичный учёт", "--date", "2022-10-12")


def read(folder: Path, programme: Path) -> tuple[Package, Programme]:
    known = programme_named(str(programme))
    return read_package(folder, known), known


def desk(folder: Path, programme: Path) -> Weighed:
    package, known = read(folder, programme)
    return weighed(package, facts_of(package, known))


def cycle(folder: Path, programme: Path, structure: Structure = Structure.THEN) -> Cycle:
    package, known = read(folder, programme)
    return run_cycle(package, known, YEAR, DAY, MemoryEngine(), structure)


def number_of(folder: Path, programme: Path) -> str:
    """The number of the only open conflict."""
    (one,) = desk(folder, programme).desk.open
    return one.cell.number


def rules(found: Cycle) -> set[str]:
    return {issue.rule for issue in found.issues}
