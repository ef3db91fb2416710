"""Errors of populations: two sizes, unions that are not sums, breaks, impossible cohorts, copied tables and rows."""

from __future__ import annotations

from random import Random

from audit.planted.changing import MOVED, RESIZED, cells, free, only_values, refilled, requote, reshare, resize, take
from audit.planted.content import Content, MeasureTable
from audit.planted.model import Expected
from audit.planted.populations import POPULATIONS
from audit.planted.style import rounded

_UNIONS = (("g9+11", ("g9", "g11")), ("p5-11", ("p5-9", "p10-11")))
_LARGER = (("p8-11", ("g9", "p10-11")), ("p6-11", ("p7-9", "p10-11")), ("p1-11", ("p5-9", "p10-11")))


def _counting(content: Content, population: str) -> list[MeasureTable]:
    return [one for one in content.measured() if one.population == population]


def _keys(tables: list[MeasureTable]) -> tuple[str, ...]:
    return tuple(one.key for one in tables)


def plant_population_conflict(content: Content, rng: Random) -> Expected | None:
    for table, _, year in cells(content, rng):
        others = [one for one in _counting(content, table.population) if one is not table]
        whole = round(table.wholes[year] * rng.choice([rng.uniform(0.9, 0.97), rng.uniform(1.03, 1.12)]))
        if others and whole != table.wholes[year] and _holds(table, year, whole):
            resize(content, table, year, whole)
            take(content, table, *others)
            return Expected(
                "population-conflict", table.key, year, elsewhere=_keys(others), implied=(*RESIZED[1:], *MOVED)
            )
    return None


def _holds(table: MeasureTable, year: int, whole: int) -> bool:
    return sum(table.parts[one.key, year] for one in table.indicators) < whole


def plant_population_union_mismatch(content: Content, rng: Random) -> Expected | None:
    for union, parts in rng.sample(_UNIONS, len(_UNIONS)):
        tables = _counting(content, union)
        given = [_counting(content, part) for part in parts]
        if len(tables) == 1 and all(given) and tables[0] in free(content):
            table, year = tables[0], rng.choice(content.years)
            whole = round(table.wholes[year] * rng.choice([0.93, 0.96, 1.04, 1.08]))
            if _holds(table, year, whole):
                resize(content, table, year, whole)
                take(content, table, *(one for each in given for one in each))
                elsewhere = tuple(key for each in given for key in _keys(each))
                implied = tuple(one for one in RESIZED if "union" not in one) + MOVED
                return Expected("population-union-mismatch", table.key, year, elsewhere=elsewhere, implied=implied)
    return None


def plant_population_too_small(content: Content, rng: Random) -> Expected | None:
    """A whole below the sum of its disjoint parts, which do not make it up."""
    for whole, parts in rng.sample(_LARGER, len(_LARGER)):
        tables, given = _counting(content, whole), [_counting(content, part) for part in parts]
        if not all(given) or len(tables) != 1 or tables[0] not in free(content):
            continue
        table, year = tables[0], rng.choice(content.years)
        size = round(sum(content.world.people.size(part, year) for part in parts) * rng.uniform(0.86, 0.97))
        if _holds(table, year, size):
            resize(content, table, year, size)
            take(content, table, *(one for each in given for one in each))
            elsewhere = tuple(key for each in given for key in _keys(each))
            implied = tuple(one for one in RESIZED if "small" not in one) + MOVED
            return Expected("population-too-small", table.key, year, elsewhere=elsewhere, implied=implied)
    return None


def plant_label_reused(content: Content, rng: Random) -> Expected | None:
    """The head of a table about pupils with disabilities says only «обучающихся»."""
    tables, others = _counting(content, "s5-11"), _counting(content, "p5-11")
    if not tables or not others or tables[0] not in free(content):
        return None
    tables[0].whole_label = others[0].whole_label
    take(content, tables[0], others[0])
    implied = ("population-conflict*", "population-union-mismatch*", "population-too-small*", "scope-mismatch",
               "two-denominators", "text-population-mismatch")  # fmt: skip
    return Expected("label-reused", tables[0].key, elsewhere=(others[0].key,), implied=implied)


def plant_series_break(content: Content, rng: Random) -> Expected | None:
    """The base changes by half or more between two years, shares stay."""
    tables = [one for one in free(content) if one.population in ("s5-11", "r9-11")]
    if not tables:
        return None
    table, year = rng.choice(tables), rng.choice(content.years[1:])
    sizes = content.world.people.special if table.population == "s5-11" else content.world.people.parents
    factor = rng.uniform(0.45, 0.6)
    for later in (one for one in content.years if one >= year):
        sizes[later] = round(sizes[later] * factor)
        part = content.world.parts[table.key, later]
        content.world.parts[table.key, later] = max(round(part * factor), 5)
    refilled(content, table, rng)
    take(content, table)
    return Expected("series-break", table.key, year, implied=("label-reused", "population-too-small*", *MOVED))


def plant_cohort_implausible(content: Content, rng: Random) -> Expected | None:
    """More graduates of the eleventh grade than there were of the ninth two years before."""
    touched = [one for one in content.measured() if {11} & set(POPULATIONS[one.population].members)]
    shown = _counting(content, "g11")
    if not shown or any(one not in free(content) for one in touched):
        return None
    people, year = content.world.people, rng.choice(content.years[2:])
    wanted = round(people.graduates[9, year - 2] * rng.uniform(1.03, 1.15))
    before = {one.key: one.wholes[year] for one in touched}
    people.graduates[11, year] = wanted
    people.pupils[year][11] = wanted + rng.randint(0, 3)
    people.parents[year] = round(people.size("p9-11", year) * 1.4)
    for table in touched:
        _scale(content, table, year, before[table.key])
        refilled(content, table, rng)
    take(content, *touched)
    elsewhere = tuple(key for key in (*_keys(shown[1:]), *_keys(touched), "college9"))
    implied = ("series-break*", "population-impossible*", *(f"{one}*" for one in MOVED))
    return Expected("cohort-implausible", shown[0].key, year, elsewhere=elsewhere, implied=implied)


def _scale(content: Content, table: MeasureTable, year: int, before: int) -> None:
    """Parts keep their share of the new whole."""
    for one in table.indicators:
        whole = content.world.whole(one.key, year)
        content.world.parts[one.key, year] = round(content.world.parts[one.key, year] * whole / before)


def plant_population_impossible(content: Content, rng: Random) -> Expected | None:
    """More graduates of the eleventh grade than pupils of the tenth and eleventh."""
    tables, pupils = _counting(content, "g11"), _counting(content, "p10-11")
    if len(tables) != 1 or not pupils or tables[0] not in free(content):
        return None
    table, year = tables[0], rng.choice(content.years)
    resize(content, table, year, round(pupils[0].wholes[year] * rng.uniform(1.04, 1.3)))
    take(content, table, *pupils)
    implied = ("cohort-implausible*", "population-union-mismatch*", "population-too-small*", *RESIZED, *MOVED)
    return Expected("population-impossible", table.key, year, elsewhere=_keys(pupils), implied=implied)


def plant_same_numbers_different_labels(content: Content, rng: Random) -> Expected | None:
    """The wholes of all years are those of another population."""
    tables = free(content)
    for table in rng.sample(tables, len(tables)):
        models = [
            one for one in tables
            if one.population != table.population and len(_counting(content, table.population)) == 1
            and all(_holds(table, year, whole) and whole < 3 * table.wholes[year] for year, whole in one.wholes.items())
        ]  # fmt: skip
        if models:
            model = rng.choice(models)
            for year in content.years:
                resize(content, table, year, model.wholes[year])
            take(content, table, model)
            implied = (*RESIZED, "table-copied", "series-break*", *(f"{one}*" for one in MOVED))
            return Expected("same-numbers-different-labels", table.key, elsewhere=(model.key,), implied=implied)
    return None


def plant_distribution_incomplete(content: Content, rng: Random) -> Expected | None:
    """Some of the graduates are in none of the rows."""
    table = content.paths
    if table is None or "paths" in content.taken:
        return None
    content.taken.add("paths")
    index = rng.randrange(1, 2)
    name, count, _ = table.rows[index]
    decimals = content.table_of("college9").decimals
    fewer = count - max(round(table.whole * rng.uniform(0.05, 0.12)), 5)
    table.rows[index] = (name, fewer, rounded(fewer, table.whole, decimals))
    implied = ("population-union-mismatch", "population-too-small", "population-conflict")
    return Expected("distribution-incomplete", "paths", None, implied=implied)


def plant_table_copied(content: Content, rng: Random) -> Expected | None:
    """All numbers of one table stand in another of the same layout."""
    tables = [one for one in free(content) if len(one.indicators) == 1]
    for table in rng.sample(tables, len(tables)):
        models = [one for one in tables if one.layout == table.layout and one.population != table.population]
        if models:
            model = rng.choice(models)
            table.wholes, table.decimals = dict(model.wholes), model.decimals
            table.parts = {(table.key, year): part for (_, year), part in model.parts.items()}
            for year in content.years:
                reshare(table, year)
            only_values(content, table)
            take(content, table, model)
            implied = (*RESIZED, *MOVED, "row-copied*", "series-break*", "decline-unmentioned*")
            return Expected("table-copied", table.key, elsewhere=(model.key,), implied=implied)
    return None


def plant_row_copied(content: Content, rng: Random) -> Expected | None:
    """A year repeats the year before, or a school another school."""
    tables = [
        one for one in free(content)
        if one.layout == "rows" and len(_counting(content, one.population)) == 1
    ]  # fmt: skip
    if content.breakdown and "schools" not in content.taken and (not tables or rng.random() < 0.5):
        return _copy_school(content, rng)
    if not tables:
        return None
    table, index = rng.choice(tables), rng.randrange(1, len(content.years))
    earlier, year = content.years[index - 1 : index + 1]
    table.wholes[year] = table.wholes[earlier]
    for one in table.indicators:
        table.parts[one.key, year] = table.parts[one.key, earlier]
    reshare(table, year)
    only_values(content, table)
    requote(content, table)
    take(content, table)
    return Expected("row-copied", table.key, None, implied=(*RESIZED, *MOVED))


def _copy_school(content: Content, rng: Random) -> Expected:
    table = content.breakdown
    assert table
    one, other = rng.sample(range(len(table.rows)), 2)
    table.rows[other] = (table.rows[other][0], *table.rows[one][1:])
    content.taken.add("schools")
    names = (table.rows[one][0], table.rows[other][0])
    implied = ("population-conflict", "population-union-mismatch", "distribution-incomplete", "population-too-small")
    return Expected("row-copied", "schools", None, names, implied=implied)
