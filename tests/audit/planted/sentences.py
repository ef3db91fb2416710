"""Sentences about shares: quotations of tables, directions, careful words where a change is within chance."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from random import Random

from audit.planted.content import Content, MeasureTable, Sentence
from audit.planted.indicators import BY_KEY
from audit.planted.populations import POPULATIONS
from audit.planted.world import CERTAIN, NOISE


def upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def cite(content: Content, key: str, *years: int) -> str:
    """« (табл. 5)»; where each year has a table of its own, all that hold these years."""
    table = content.table_of(key)
    numbers = dict.fromkeys(content.number(*table.slot(year)) for year in years)
    told = ", ".join(number for number in numbers if number)
    return " " + content.style.cite.format(n=told) if told else ""


def written(sentence: Sentence, content: Content) -> str:
    """`instead` are words that an error puts in the place of others."""
    text = _WRITERS[sentence.kind](sentence, content)
    return text.replace(*sentence.instead, 1) if sentence.instead else text


def _values(said: Sentence, content: Content) -> str:
    style, name = content.style, content.name(said.key)
    if content.table_of(said.key).layout == "yearly":
        pieces = [f"{_one(said, year, content)}{cite(content, said.key, year)}" for year in said.years]
        return f"{upper(name)}, {style.past('составил')} {', '.join(pieces)}."
    cited = cite(content, said.key, said.years[0])
    if said.template == 0:
        head, *rest = said.years
        first = f"{style.percents(said.shown[head])} {style.within(head)}"
        tail = ", ".join(f"{style.percents(said.shown[year])}{style.dash}{style.within(year)}" for year in rest)
        return f"{upper(name)}, {style.past('составил')} {first}, {tail}{cited}."
    listed = ", ".join(f"{style.within(year)}{style.dash}{style.percents(said.shown[year])}" for year in said.years)
    if said.template == 1:
        return f"{upper(name)}, составляет {listed}{cited}."
    if said.template == 2 and cited:
        number = content.number(*content.table_of(said.key).slot(None))
        return f"Согласно таблице {number}, {name}, {style.past('составлял')} {listed}."
    return f"{upper(name)}: {listed}{cited}."


def _one(said: Sentence, year: int, content: Content) -> str:
    return f"{content.style.percents(said.shown[year])} {content.style.within(year)}"


def _verb(said: Sentence, content: Content) -> str:
    pairs = (("вырос", "снизился"), ("увеличился", "уменьшился"), ("повысился", "сократился"))
    rises, falls = pairs[said.template % 3]
    return content.style.past(rises if said.up else falls)


def _change(said: Sentence, content: Content) -> str:
    earlier, later = said.years
    style = content.style
    low, high = style.percents(said.shown[earlier]), style.percents(said.shown[later])
    name, cited = content.name(said.key), cite(content, said.key, earlier, later)
    if said.template % 2:
        return f"{upper(style.within(later))} {name}, {_verb(said, content)} с {low} до {high}{cited}."
    told = f"с {low} {style.within(earlier)} до {high} {style.within(later)}"
    return f"{upper(name)}, {_verb(said, content)} {told}{cited}."


def _direction(said: Sentence, content: Content) -> str:
    earlier, later = said.years
    style = content.style
    by = said.shown.get(0)
    told = f" на {style.points(by)}" if by is not None else ""
    name, cited = content.name(said.key), cite(content, said.key, earlier, later)
    moved = f"{style.within(later)} {_verb(said, content)}{told}"
    if said.template % 2:
        return f"{upper(name)}, {moved} по сравнению с предыдущим периодом{cited}."
    return f"По сравнению с показателем за {style.named(earlier)} {name}, {moved}{cited}."


def _trend(said: Sentence, content: Content) -> str:
    name, cited = content.name(said.key), cite(content, said.key, *said.years)
    verb = ("растёт" if said.up else "снижается", "увеличивается" if said.up else "уменьшается")[said.template % 2]
    return f"{upper(name)}, {verb} из года в год{cited}."


def _cautious(said: Sentence, content: Content) -> str:
    earlier, later = said.years
    style = content.style
    low, high = style.percents(said.shown[earlier]), style.percents(said.shown[later])
    name, cited = content.name(said.key), cite(content, said.key, earlier, later)
    if said.template % 3 == 0:
        told = f"Изменение показателя «{name}» {style.within(later)} (с {low} до {high})"
        return f"{told} находится в пределах случайных колебаний{cited}."
    if said.template % 3 == 1:
        told = f"{upper(style.within(later))} {name}, существенно не {style.past('изменился')}"
        return f"{told}: {high} против {low} {style.within(earlier)}{cited}."
    told = f"Различие между значениями {low} {style.within(earlier)} и {high} {style.within(later)}"
    return f"{told} статистически незначимо{cited}."


def _counts(said: Sentence, content: Content) -> str:
    year, style, indicator = said.years[0], content.style, BY_KEY[said.key]
    part, whole = said.counts or (0, 0)
    did = indicator.did[content.variant]
    whom = style.whom(POPULATIONS[indicator.population])
    head = f"{upper(style.within(year))} {did[:1].lower()}{did[1:]} {style.count(part)} из {style.count(whole)} {whom}"
    return f"{head} ({style.percents(said.shown[year])}){cite(content, said.key, year)}."


def _latest(said: Sentence, content: Content) -> str:
    year, style = said.years[0], content.style
    told = f"{style.within(year)} {style.past('составил')} {style.percents(said.shown[year])}"
    return f"{upper(content.name(said.key))}, {told}{cite(content, said.key, year)}."


def _advice(said: Sentence, content: Content) -> str:
    """A recommendation with its reason: an item of a list, so in lower case."""
    year, style = said.years[0], content.style
    told = f"{style.within(year)} {style.past('составил')} {style.percents(said.shown[year])}"
    return f"{said.note}, поскольку {content.name(said.key)}, {told}{cite(content, said.key, year)};"


_WRITERS = {
    "values": _values,
    "change": _change,
    "direction": _direction,
    "trend": _trend,
    "cautious": _cautious,
    "counts": _counts,
    "latest": _latest,
    "advice": _advice,
}  # fmt: skip


def say(
    kind: str, table: MeasureTable, key: str, years: tuple[int, ...], rng: Random, up: bool | None = None
) -> Sentence:
    """A sentence that is true of the table as it stands."""
    shown = {year: table.shares[key, year] for year in years}
    said = Sentence(kind, key, years, rng.randrange(6), shown, up)
    if kind == "values":
        said.template = rng.randrange(4)
    if kind == "counts":
        said.counts = (table.parts[key, years[0]], table.wholes[years[0]])
    if kind == "direction":
        _add_difference(said, table)
    return said


def _add_difference(said: Sentence, table: MeasureTable) -> None:
    """The difference in points is told where the printed and the exact one round alike."""
    earlier, later = said.years
    printed = said.shown[later] - said.shown[earlier]
    exact = Decimal(100) * table.parts[said.key, later] / table.wholes[later]
    exact -= Decimal(100) * table.parts[said.key, earlier] / table.wholes[earlier]
    if abs(printed - exact) < Decimal("0.3").scaleb(-table.decimals):
        said.shown[0] = printed


def about(table: MeasureTable, key: str, content: Content, rng: Random) -> list[Sentence]:
    """What is said of an indicator under its heading: the values, every real fall, some of the rest."""
    years = tuple(table.wholes)
    said = [say("values", table, key, years, rng)]
    changes = [content.world.change(key, *pair) for pair in pairwise(years)]
    if min(changes) > CERTAIN and rng.random() < 0.5:
        said.append(say("trend", table, key, years, rng, up=True))
    for pair, change in zip(pairwise(years), changes, strict=True):
        one = _about_change(table, key, pair, change, rng)
        if one:
            said.append(one)
    if rng.random() < 0.25:
        said.append(say("counts", table, key, (years[-1],), rng))
    return said


def _about_change(table: MeasureTable, key: str, pair: tuple[int, int], change: float, rng: Random) -> Sentence | None:
    kind = rng.choice(["change", "direction"])
    if change < -CERTAIN or (change > CERTAIN and rng.random() < 0.6):
        return say(kind, table, key, pair, rng, up=change > 0)
    falls = table.shares[key, pair[0]] - table.shares[key, pair[1]]
    if abs(change) < NOISE and (falls >= 1 or rng.random() < 0.35):
        return say("cautious", table, key, pair, rng)
    return None
