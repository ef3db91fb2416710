"""One population has one size and one name: the wholes of all tables are laid beside each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Report, TidyCell
from orientir.audit.rules.sizes import GRADUATING, PEOPLE, Sized, are_pupils_of, head_of, peers_of, sized
from orientir.audit.rules.told import finding_at
from orientir.audit.understanding.measures import column_head, own_head
from orientir.audit.understanding.periods import sole_year
from orientir.audit.understanding.populations import grades_told, population_of, squeezed, words_of

_OTHERS = frozenset(("педагог", "организация"))
_OTHER_MAGNITUDE = Decimal(2)  # sizes further apart are not one population counted twice


@rule("population-conflict")
def population_conflict(report: Report) -> Iterator[Finding]:
    """One population and period has two sizes."""
    groups: dict[tuple[object, ...], list[Sized]] = defaultdict(list)
    for one in sized(report):
        if one.who.kind and (one.who.grades or one.who.kind not in PEOPLE):
            groups[one.key].append(one)
    for group in groups.values():
        first = group[0]
        for other in group[1:]:
            if (
                other.size != first.size
                and not _far(first.size, other.size)
                and other.cell.table is not first.cell.table
            ):
                message = (
                    f"{words_of(other.who).capitalize()} за {other.printed_year}: {first.cell.number.printed} в "
                    f"«{first.cell.table.named}», но {other.cell.number.printed} в «{other.cell.table.named}»."
                )
                yield finding_at(
                    other.cell, "population-conflict", Severity.ERROR, message, first.cell.number.printed,
                    (first.cell, other.cell),
                )  # fmt: skip


def _far(one: Decimal, other: Decimal) -> bool:
    return min(one, other) <= 0 or max(one, other) / min(one, other) >= _OTHER_MAGNITUDE


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
                    f"Под одной подписью «{head_of(other.cell)}» за {other.printed_year} стоят "
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
            graduates = who.kind == "выпускник" and not who.grades <= GRADUATING
            if graduates or max(who.grades) > 11:
                why = "выпускники бывают только 9 и 11 классов" if graduates else "таких классов нет"
                message = f"{table.named.capitalize()}: «{head_of(measure.whole)}» — {why}."
                yield finding_at(
                    measure.whole, "population-impossible", Severity.WARNING, message,
                    f"обучающиеся {grades_told(who)}" if graduates else None, (measure.whole,),
                )  # fmt: skip
                break


def _more_than_pupils(report: Report) -> Iterator[Finding]:
    """Once for each size of the graduates, however many tables repeat it."""
    for one in {(one.key, one.size): one for one in reversed(sized(report))}.values():
        peers = peers_of(report, one)
        pupils = next((other for other in peers if other.size < one.size and are_pupils_of(other, one)), None)
        if pupils:
            message = (
                f"{words_of(one.who).capitalize()} за {one.printed_year} — {one.cell.number.printed}, а всех "
                f"обучающихся {grades_told(pupils.who)} — {pupils.cell.number.printed} («{pupils.cell.table.named}»)."
            )
            yield finding_at(
                one.cell, "population-impossible", Severity.ERROR, message, f"не больше {pupils.size:f}",
                (pupils.cell, one.cell),
            )  # fmt: skip


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
                f"«{head_of(one.cell)}» («{one.cell.table.named}») и «{head_of(other.cell)}» "
                f"(«{other.cell.table.named}»)."
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
