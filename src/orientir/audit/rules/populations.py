"""One population has one size: the wholes of all tables are laid beside each other.

A range of grades cannot be of graduates (there are graduates of 9 and 11 only), so such a label is read as pupils, and
told by `population-impossible`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.once import once
from orientir.audit.report import Population, Report, ReportTable, Said, TidyCell
from orientir.audit.rules.told import cell_told, finding_at, finding_on
from orientir.audit.understanding.coverage import incomplete
from orientir.audit.understanding.measures import column_head, own_head
from orientir.audit.understanding.periods import sole_year
from orientir.audit.understanding.populations import grades_told, population_of, squeezed, words_of

_GRADUATING = frozenset((9, 11))
_BREAK = Decimal("1.5")
_OTHER_MAGNITUDE = Decimal(2)  # sizes further apart are not one population counted twice
_PEOPLE = frozenset(("выпускник", "обучающийся"))
_OTHERS = frozenset(("педагог", "организация"))


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


@once
def sized(report: Report) -> list[Sized]:
    """Each whole once, with the population that it can be; without sizes that the report calls incomplete."""
    found, partly = dict[int, Sized](), incomplete(report)
    for measure in report.measures:
        whole = measure.whole
        if whole is None or measure.year is None or measure.population is None or whole.number.decimals:
            continue
        where = _where(whole) if len({one.row_label for one in measure.table.measures}) > 1 else ""
        found.setdefault(id(whole.cell), Sized(possible(measure.population), measure.year.ends, where, whole))
    lacking = {
        (one.who.kind, one.who.grades, one.year, one.size)
        for one in found.values()
        if {(id(one.cell.table), one.year), (id(one.cell.table), None)} & partly
    }
    return [one for one in found.values() if (one.who.kind, one.who.grades, one.year, one.size) not in lacking]


@once
def _peers(report: Report) -> dict[tuple[int, str], list[Sized]]:
    """The populations of each year and place: only these can be parts of each other."""
    found: dict[tuple[int, str], list[Sized]] = defaultdict(list)
    for one in sized(report):
        found[one.year, one.where].append(one)
    return found


def _where(cell: TidyCell) -> str:
    """The row's name where rows are places; a row that names the population, the year or the total is none."""
    flat = squeezed(cell.row_label)
    named = any(word in flat for word in ("выпускник", "обучающ", "учащ", "всего", "итого", "класс"))
    return "" if named or (cell.year and cell.year.printed in cell.row_label) else flat


def possible(who: Population) -> Population:
    """«выпускники 9–11 классов» are pupils under a wrong name."""
    if who.kind == "выпускник" and who.grades and not who.grades <= _GRADUATING:
        return replace(who, kind="обучающийся")
    return who


def _key(one: Sized) -> tuple[object, ...]:
    return (one.who.kind, one.who.grades, one.who.traits, one.year, one.where)


@rule("population-conflict")
def population_conflict(report: Report) -> Iterator[Finding]:
    """One population and period has two sizes."""
    groups: dict[tuple[object, ...], list[Sized]] = defaultdict(list)
    for one in sized(report):
        if one.who.kind and (one.who.grades or one.who.kind not in _PEOPLE):
            groups[_key(one)].append(one)
    for group in groups.values():
        first = group[0]
        for other in group[1:]:
            if (
                other.size != first.size
                and not _far(first.size, other.size)
                and other.cell.table is not first.cell.table
            ):
                message = (
                    f"{words_of(other.who).capitalize()} за {_printed(other)}: {first.cell.number.printed} в "
                    f"«{first.cell.table.named}», но {other.cell.number.printed} в «{other.cell.table.named}»."
                )
                yield finding_at(
                    other.cell, "population-conflict", Severity.ERROR, message, first.cell.number.printed,
                    (first.cell, other.cell),
                )  # fmt: skip


def _far(one: Decimal, other: Decimal) -> bool:
    return min(one, other) <= 0 or max(one, other) / min(one, other) >= _OTHER_MAGNITUDE


def _printed(one: Sized) -> str:
    return one.cell.year.printed if one.cell.year else str(one.year)


@rule("label-reused")
def label_reused(report: Report) -> Iterator[Finding]:
    """One label stands over magnitudes that cannot be one population."""
    groups: dict[tuple[str, int, str], list[Sized]] = defaultdict(list)
    for one in sized(report):
        label = _label(one.cell)
        if population_of(label) and one.who.grades:
            groups[label, one.year, one.where].append(one)
    for group in groups.values():
        largest = max(group, key=lambda one: one.size)
        for other in group:
            if other.cell.table is not largest.cell.table and _far(largest.size, other.size):
                message = (
                    f"Под одной подписью «{_head(other.cell)}» за {_printed(other)} стоят "
                    f"{other.cell.number.printed} и {largest.cell.number.printed} («{largest.cell.table.named}»): это "
                    f"разные совокупности, назовите их по-разному."
                )
                yield finding_at(
                    other.cell, "label-reused", Severity.WARNING, message, None, (largest.cell, other.cell)
                )


def _label(cell: TidyCell) -> str:
    """Who is counted in the printed words of the whole, without words of counting; the name of the row where only
    years stand above."""
    head = " ".join(text for text in column_head(cell.path) if not sole_year(text))
    label = squeezed(head if population_of(head) else cell.row_label or head)
    return re.sub(r"[(,]?чел(?:овек)?\.?\)?|всего|обще[ей]|количество|кол-?во|численность|[.,;]", "", label)


@rule("population-impossible")
def population_impossible(report: Report) -> Iterator[Finding]:
    """Graduates of grades that graduate nobody, grades that no school has (once a table), and graduates that are more
    than all pupils of their grades."""
    yield from _more_than_pupils(report)
    for table in report.tables:
        for measure in table.measures:
            who = measure.population
            if who is None or measure.whole is None or not who.grades:
                continue
            graduates = who.kind == "выпускник" and not who.grades <= _GRADUATING
            if graduates or max(who.grades) > 11:
                why = "выпускники бывают только 9 и 11 классов" if graduates else "таких классов нет"
                message = f"{table.named.capitalize()}: «{_head(measure.whole)}» — {why}."
                yield finding_at(
                    measure.whole, "population-impossible", Severity.WARNING, message,
                    f"обучающиеся {grades_told(who)}" if graduates else None, (measure.whole,),
                )  # fmt: skip
                break


def _more_than_pupils(report: Report) -> Iterator[Finding]:
    """Once for each size of the graduates, however many tables repeat it."""
    for one in {(_key(one), one.size): one for one in reversed(sized(report))}.values():
        peers = _peers(report)[one.year, one.where]
        pupils = next((other for other in peers if other.size < one.size and _are_pupils_of(other, one)), None)
        if pupils:
            message = (
                f"{words_of(one.who).capitalize()} за {_printed(one)} — {one.cell.number.printed}, а всех "
                f"обучающихся {grades_told(pupils.who)} — {pupils.cell.number.printed} («{pupils.cell.table.named}»)."
            )
            yield finding_at(
                one.cell, "population-impossible", Severity.ERROR, message, f"не больше {pupils.size:f}",
                (pupils.cell, one.cell),
            )  # fmt: skip


def _are_pupils_of(pupils: Sized, graduates: Sized) -> bool:
    """Everybody of the graduates' grades; both are of one year and place."""
    return (
        (graduates.who.kind, pupils.who.kind) == ("выпускник", "обучающийся")
        and bool(graduates.who.grades) and graduates.who.grades <= pupils.who.grades
        and pupils.who.traits <= graduates.who.traits
        and not _is_doubtful(graduates) and not _is_doubtful(pupils)
    )  # fmt: skip


def _head(cell: TidyCell) -> str:
    return " ".join(own_head(cell).split())


# ---- sums


@rule("population-union-mismatch")
def population_union_mismatch(report: Report) -> Iterator[Finding]:
    """A union of grades of one kind is not the sum of its parts."""
    for whole in sized(report):
        parts = _parts(whole, _peers(report)[whole.year, whole.where])
        made = sum((one.size for one in parts), Decimal())
        if parts and made != whole.size:
            message = (
                f"{words_of(whole.who).capitalize()} за {_printed(whole)}: "
                f"{' + '.join(f'{one.size:f}' for one in parts)} = {made:f}, а напечатано {whole.cell.number.printed}."
            )
            yield finding_at(
                whole.cell, "population-union-mismatch", Severity.ERROR, message, f"{made:f}",
                (*(one.cell for one in parts), whole.cell),
            )  # fmt: skip


def _parts(whole: Sized, peers: list[Sized]) -> list[Sized]:
    """Disjoint populations of the same kind that make up the whole; none where they do not cover it."""
    alike = [
        one for one in peers
        if one.who.kind == whole.who.kind and one.who.traits == whole.who.traits
        and one.who.grades < whole.who.grades and one.cell.table is not whole.cell.table
    ]  # fmt: skip
    return _cover(whole.who.grades, {one.who.grades: one for one in reversed(alike)})


def _cover(rest: frozenset[int], parts: Mapping[frozenset[int], Sized]) -> list[Sized]:
    """Disjoint parts that are all of the grades together: the fewest; none where there are none."""
    covers = []
    for grades, one in parts.items():
        if min(rest) in grades and grades <= rest:
            others = _cover(rest - grades, parts) if grades < rest else []
            if others or grades == rest:
                covers.append([one, *others])
    return min(covers, key=len, default=[])


@rule("population-too-small")
def population_too_small(report: Report) -> Iterator[Finding]:
    """A whole is below the sum of its disjoint parts that other tables give; graduates are part of their grade.
    Graduates who alone are more than the whole are told by `population-impossible`."""
    for whole in sized(report):
        peers = _peers(report)[whole.year, whole.where]
        if whole.who.kind != "обучающийся" or not whole.who.grades or _parts(whole, peers):
            continue
        parts = _disjoint(whole, peers)
        made = sum((one.size for one in parts), Decimal())
        if made > whole.size:
            message = (
                f"{words_of(whole.who).capitalize()} за {_printed(whole)}: напечатано {whole.cell.number.printed}, но "
                f"только {' и '.join(f'{words_of(one.who)} ({one.size:f})' for one in parts)} — вместе {made:f}."
            )
            yield finding_at(
                whole.cell, "population-too-small", Severity.ERROR, message, f"не меньше {made:f}",
                (*(one.cell for one in parts), whole.cell),
            )  # fmt: skip


def _disjoint(whole: Sized, peers: list[Sized]) -> list[Sized]:
    """The parts of other tables that together are the most; grades count once, narrower populations not at all."""
    rest, chosen = set(whole.who.grades), list[Sized]()
    inside = [
        one for one in peers
        if one.who.kind in _PEOPLE and one.who.grades and one.who.grades <= whole.who.grades
        and one.who.traits >= whole.who.traits
        and one.cell.table is not whole.cell.table
        and (one.who.grades < whole.who.grades or one.who.kind == "выпускник")
        and not _is_doubtful(one)
    ]  # fmt: skip
    for one in sorted(inside, key=lambda one: (one.who.kind != "обучающийся", -one.size)):
        if one.who.grades <= rest:
            chosen.append(one)
            rest -= one.who.grades
    alone = any(_are_pupils_of(whole, one) and one.size > whole.size for one in chosen)
    return [] if alone or (len(chosen) < 2 and all(one.size <= whole.size for one in chosen)) else chosen


def _is_doubtful(one: Sized) -> bool:
    """A size that stands under an impossible name proves nothing about others."""
    return one.who.printed != "" and "выпускник" in squeezed(one.who.printed) and one.who.kind != "выпускник"


# ---- the same numbers under other names


@rule("same-numbers-different-labels")
def same_numbers_different_labels(report: Report) -> Iterator[Finding]:
    """Two populations of different names have the same sizes in two years or more."""
    by_series: dict[int, dict[int, Sized]] = defaultdict(dict)
    for one in sized(report):
        if not one.where:
            by_series[id(report.series_of(one.cell.table)[0])][one.year] = one
    tables = list(by_series.values())
    with_size: dict[tuple[int, Decimal], list[int]] = defaultdict(list)
    for place, later in enumerate(tables):
        sizes = [(year, one.size) for year, one in later.items()]
        for earlier in (tables[at] for at in sorted({at for size in sizes for at in with_size[size]})):
            same = [year for year in later if year in earlier and later[year].size == earlier[year].size > 30]
            if (
                not same
                or len(same) < (2 if _overlap(earlier[same[0]], later[same[0]]) else 3)
                or not _differ(earlier[same[0]], later[same[0]])
            ):
                continue
            one, other = earlier[same[0]], later[same[0]]
            message = (
                f"Одни и те же числа ({', '.join(later[year].cell.number.printed for year in same)}) названы "
                f"«{_head(one.cell)}» («{one.cell.table.named}») и «{_head(other.cell)}» («{other.cell.table.named}»)."
            )
            yield finding_at(
                other.cell, "same-numbers-different-labels", Severity.WARNING, message, None, (one.cell, other.cell)
            )
            break
        for size in sizes:
            with_size[size].append(place)


def _overlap(one: Sized, other: Sized) -> bool:
    """Ninth-graders and seniors may be as many by chance, and teachers as pupils, though not for three years."""
    if one.who.kind != other.who.kind and {one.who.kind, other.who.kind} & _OTHERS:
        return False
    return not one.who.grades or not other.who.grades or bool(one.who.grades & other.who.grades)


def _differ(one: Sized, other: Sized) -> bool:
    """As they are printed: the kind, the grades or how these are joined. Both heads must name somebody."""
    named = all(population_of(own_head(each.cell)) for each in (one, other))
    return named and (_kind(one), one.who.grades, one.who.union) != (_kind(other), other.who.grades, other.who.union)


def _kind(one: Sized) -> str:
    return "выпускник" if "выпускник" in squeezed(one.who.printed) else one.who.kind


# ---- over the years


@rule("series-break")
def series_break(report: Report) -> Iterator[Finding]:
    """A population changes by a factor of 1.5 or more between neighbouring periods."""
    series: dict[tuple[object, ...], list[Sized]] = defaultdict(list)
    for one in sized(report):
        first = report.series_of(one.cell.table)[0]
        series[id(first), one.where, one.who.kind, one.who.grades, one.who.traits].append(one)
    for group in series.values():
        ordered = sorted(group, key=lambda one: one.year)
        for earlier, later in pairwise(ordered):
            low, high = sorted((earlier.size, later.size))
            if later.year == earlier.year + 1 and low > 0 and high / low >= _BREAK:
                message = (
                    f"{later.cell.table.named.capitalize()}: совокупность изменилась с {earlier.cell.number.printed} "
                    f"до {later.cell.number.printed} за один период; доли до и после сравнивать нельзя."
                )
                yield finding_at(
                    later.cell, "series-break", Severity.WARNING, message, None, (earlier.cell, later.cell)
                )


@rule("cohort-implausible")
def cohort_implausible(report: Report) -> Iterator[Finding]:
    """More pupils of 10-11 than last year's graduates of 9 and the tenth grade can give (a hypothesis)."""
    found = {
        (one.who.kind, one.who.grades, one.year): one for one in sized(report) if not one.where and not one.who.traits
    }
    for (kind, grades, year), seniors in found.items():
        if (kind, grades) != ("обучающийся", frozenset((10, 11))):
            continue
        before = found.get(("обучающийся", grades, year - 1))
        ninth, eleventh = (found.get(("выпускник", frozenset((grade,)), year - 1)) for grade in (9, 11))
        if before and ninth and eleventh:
            most = before.size - eleventh.size + ninth.size
            if seniors.size > most:
                message = (
                    f"Гипотеза: {words_of(seniors.who)} за {_printed(seniors)} — {seniors.cell.number.printed}, а "
                    f"прийти могли не больше {most:f}: {before.size:f} − {eleventh.size:f} + {ninth.size:f}."
                )
                yield finding_at(
                    seniors.cell, "cohort-implausible", Severity.INFO, message, f"не больше {most:f}",
                    (before.cell, eleventh.cell, ninth.cell, seniors.cell),
                )  # fmt: skip


# ---- declared against measured


@rule("scope-mismatch")
def scope_mismatch(report: Report) -> Iterator[Finding]:
    """The caption of a table names one population, its columns another: kind or grades. Once a table."""
    for table in report.tables:
        measure = next((one for one in table.measures if one.whole and one.population and one.population.printed), None)
        if measure is None or measure.whole is None or measure.population is None or table.subject is None:
            continue
        named, counted = table.subject, measure.population
        together = {grade for one in table.measures if one.population for grade in one.population.grades}
        other_grades = bool(named.grades and counted.grades and together != named.grades)
        other_kind = {named.kind, counted.kind} == _PEOPLE and not _is_parents(table)
        if other_grades or other_kind:
            message = (
                f"{table.named.capitalize()}: в названии — {words_of(named)}, а посчитаны {words_of(counted)} "
                f"(«{_head(measure.whole)}»)."
            )
            yield finding_on(
                table, "scope-mismatch", Severity.WARNING, message, (table.caption, cell_told(measure.whole)),
                words_of(counted), words_of(named),
            )  # fmt: skip


def _is_parents(table: ReportTable) -> bool:
    return "родител" in squeezed(table.caption)


@rule("text-population-mismatch")
def text_population_mismatch(report: Report) -> Iterator[Finding]:
    """A sentence cites a table of another population: other grades, or parents where pupils are counted."""
    told: set[str] = set()
    for claim in report.claims:
        table, said = claim.table, claim.population
        if (
            not claim.is_cited
            or table is None
            or said is None
            or (claim.said is not Said.VALUE and "%" not in claim.sentence)
            or claim.sentence in told
        ):
            continue
        measure = next((one for one in table.measures if one.whole and one.population), None)
        if measure is None or measure.whole is None or measure.population is None:
            continue
        counted = measure.population
        other_grades = bool(said.grades and counted.grades and said.grades != counted.grades)
        parents = said.kind == "родитель" and counted.kind in _PEOPLE
        if other_grades or parents:
            told.add(claim.sentence)
            yield Finding(
                "text-population-mismatch",
                Severity.WARNING,
                claim.place,
                f"В тексте — {words_of(said)}, а в «{table.named}» доля посчитана от: {words_of(counted)}.",
                table.number,
                None,
                words_of(said),
                words_of(counted),
                (claim.sentence[:200], cell_told(measure.whole)),
            )
