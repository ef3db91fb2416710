"""From the numbers of a world to the tables and sentences of a report; everything in it is right."""

from __future__ import annotations

from random import Random

from audit.planted import sentences
from audit.planted.content import Breakdown, Content, CountTable, Declared, Distribution, MeasureTable
from audit.planted.districts import district
from audit.planted.indicators import BY_KEY, COUNTED_BY_KEY, Indicator
from audit.planted.populations import POPULATIONS
from audit.planted.style import Style, rounded, style
from audit.planted.texts import add_texts
from audit.planted.world import World

LAYOUTS = ("groups", "groups", "groups", "rows", "metrics", "transposed", "yearly")


def built(world: World, rng: Random) -> Content:
    place = district(rng)
    content = Content(world, place, style(rng), rng.randrange(3))
    main = rng.choice(LAYOUTS)
    decimals = rng.choice([0, 0, 1, 1, 2])
    pair = [one for one in world.indicators if one.group == "after11"]
    together = len(pair) == 2 and rng.random() < 0.4
    for indicator in world.indicators:
        if together and indicator is pair[1]:
            continue
        kin = pair if together and indicator is pair[0] else [indicator]
        layout = main if rng.random() < 0.75 else rng.choice(LAYOUTS)
        shown = decimals if rng.random() < 0.85 else rng.choice([0, 1])
        content.tables.append(_table(content, kin, layout, shown, rng))
    for key, numbers in world.counted.items():
        thing = COUNTED_BY_KEY[key]
        content.tables.append(CountTable(key, thing.names[content.variant], dict(numbers), thing.source))
    content.breakdown = _breakdown(content, rng)
    if rng.random() < 0.5:
        content.paths = paths(content, rng)
    content.declared = _declared(content, rng)
    content.second = [Declared(one.key, one.text) for one in content.declared] if rng.random() < 0.6 else []
    for table in content.measured():
        for one in table.indicators:
            table.sentences += sentences.about(table, one.key, content, rng)
    add_texts(content, rng)
    return content


def _table(content: Content, kin: list[Indicator], layout: str, decimals: int, rng: Random) -> MeasureTable:
    years = content.years
    if len(kin) == 2 and layout == "transposed":
        layout = "rows"
    if len(kin) == 2 and layout == "groups" and len(years) > 3:
        layout = "metrics"
    unit = rng.choice([", чел.", " (чел.)", ""])
    other = (content.variant + (rng.random() < 0.25)) % 3  # heads of columns may speak in other words
    did = [one.did[other] for one in kin]
    table = MeasureTable(
        kin[0].key,
        kin,
        layout,
        decimals,
        _caption(content, kin, rng),
        whole_label(content.style, kin[0].population, rng) + unit,
        [one + unit for one in did],
        [_share_label(content.style, one) for one in did],
        kin[0].source,
    )
    if layout in ("groups", "yearly") and rng.random() < 0.25:
        table.stub = content.district.name
    table.titled = layout == "groups" and rng.random() < 0.35
    fill(table, content.world)
    return table


def fill(table: MeasureTable, world: World) -> None:
    """The numbers of the world, with every share rounded half up."""
    for year in world.years:
        table.wholes[year] = world.whole(table.key, year)
        for one in table.indicators:
            part = world.parts[one.key, year]
            table.parts[one.key, year] = part
            table.shares[one.key, year] = rounded(part, table.wholes[year], table.decimals)


def whole_label(printing: Style, population: str, rng: Random) -> str:
    """«Всего выпускников 9 кл.»; heads of columns may shorten the word for grades."""
    form = rng.choice([printing.grades, "{} кл.", "{} классов"])
    one = POPULATIONS[population]
    if printing.whole == "nominative":
        return one.named(form)
    return printing.whole.format(printing.whom(one, form))


def _share_label(printing: Style, did: str) -> str:
    sign = "" if printing.percent_in_cell else ", %"
    if printing.share_header == "own":
        return f"{did} (%)"
    if printing.share_header == "word" or printing.percent_in_cell:
        return sentences.upper(printing.word.split()[-1] if "вес" not in printing.word else printing.word) + sign
    return "%"


def _caption(content: Content, kin: list[Indicator], rng: Random) -> str:
    if len(kin) == 2:
        population = content.style.whom(POPULATIONS[kin[0].population])
        first, second = (one.whose[content.variant] for one in kin)
        return f"Продолжение образования {population}: {first} и {second}"
    whose = content.whose(kin[0].key)
    name = sentences.upper(content.name(kin[0].key))
    return rng.choice([name, name, f"Доля {whose}"])


def _breakdown(content: Content, rng: Random) -> Breakdown | None:
    """Parts of a school stay at five or more, and so do the others of it; no two schools have the same numbers."""
    schools = content.district.schools
    wide = [
        (table, one)
        for table in content.measured()
        for one in table.indicators
        if min(table.parts[one.key, content.years[-1]], _others(table, one, content.years[-1])) > 11 * len(schools)
    ]
    if not wide:
        return None
    table, one = rng.choice(wide)
    year = content.years[-1]
    parts, others = list[int](), list[int]()
    while len(set(zip(parts, others, strict=True))) < len(schools):
        parts = _split(table.parts[one.key, year], len(schools), rng)
        others = _split(_others(table, one, year), len(schools), rng)
    rows = [
        (school, part + other, part, rounded(part, part + other, table.decimals))
        for school, part, other in zip(schools, parts, others, strict=True)
    ]
    total = (table.wholes[year], table.parts[one.key, year], table.shares[one.key, year])
    return Breakdown("schools", one, year, table.decimals, rows, total, one.source)


def paths(content: Content, rng: Random) -> Distribution:
    """What became of all graduates of the ninth grade in the last year; those at colleges as their own table says."""
    year, table = content.years[-1], content.table_of("college9")
    whole, college = table.wholes[year], table.parts["college9", year]
    rest = whole - college
    few = [rng.randint(5, 9) for _ in range(rng.randint(1, 2))]
    names = [BY_KEY["college9"].did[content.variant], "Продолжили обучение в 10 классе", "Трудоустроены", "Другое"]
    counts = [college, rest - sum(few), *few]
    rows = [(name, count, rounded(count, whole, table.decimals)) for name, count in zip(names, counts, strict=False)]
    whom = content.style.whom(POPULATIONS["g9"])
    return Distribution("paths", f"Распределение {whom} по дальнейшим занятиям", year, rows, whole, table.source)


def _others(table: MeasureTable, one: Indicator, year: int) -> int:
    return table.wholes[year] - table.parts[one.key, year]


def _split(total: int, count: int, rng: Random) -> list[int]:
    weights = [rng.uniform(0.6, 1.4) for _ in range(count)]
    pieces = [int(total * weight / sum(weights)) for weight in weights]
    pieces[0] += total - sum(pieces)
    return pieces


def _declared(content: Content, rng: Random) -> list[Declared]:
    form = rng.choice(["{name}, от общего числа {whom}", "{name} (от общей численности {whom})", "{name}"])
    found = []
    for table in content.measured():
        for one in table.indicators:
            whom = content.style.whom(POPULATIONS[one.population])
            found.append(Declared(one.key, form.format(name=content.name(one.key), whom=whom)))
    for other in content.tables:
        if isinstance(other, CountTable):
            found.append(Declared(other.key, other.name[:1].lower() + other.name[1:]))
    if content.paths:
        found.append(Declared(content.paths.key, f"{content.paths.name[:1].lower()}{content.paths.name[1:]}"))
    return found
