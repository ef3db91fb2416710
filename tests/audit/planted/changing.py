"""Means of planting: free tables, sentences kept in step with changed numbers, cells marked as taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from random import Random

from audit.planted import sentences
from audit.planted.building import fill
from audit.planted.content import Content, MeasureTable, Sentence
from audit.planted.model import Expected
from audit.planted.style import rounded

Plant = Callable[[Content, Random], "Expected | list[Expected] | None"]

MOVED = (
    "text-table-mismatch", "trend-contradicted", "trend-partial", "change-within-noise", "jump-unexplained",
    "decline-unmentioned", "share-repeated-in-text", "number-repeated", "rounding-inconsistent",
)  # fmt: skip
"""What may follow from numbers of a table that are no longer right."""
RESIZED = (
    "population-conflict*", "population-union-mismatch*", "population-too-small*", "population-impossible*",
    "cohort-implausible*", "label-reused*", "same-numbers-different-labels*", "number-repeated*", "series-break",
    "text-population-mismatch", "visits-not-persons*",
)  # fmt: skip
"""What may follow from a population of another size."""


def free(content: Content) -> list[MeasureTable]:
    """Tables with no error in them and no other table that repeats their numbers."""
    return [one for one in content.free() if not _is_broken_down(content, one)]


def _is_broken_down(content: Content, table: MeasureTable) -> bool:
    return content.breakdown is not None and content.breakdown.indicator in table.indicators


def cells(content: Content, rng: Random) -> list[tuple[MeasureTable, str, int]]:
    """Every share of every free table, in a random order."""
    found = [(one, each.key, year) for one in free(content) for each in one.indicators for year in content.years]
    rng.shuffle(found)
    return found


def said_of(content: Content, key: str) -> Iterator[Sentence]:
    """All sentences about an indicator, wherever they stand."""
    for table in content.measured():
        yield from (one for one in table.sentences if one.key == key)
    lists = (content.analysis, content.effectiveness, *content.recommendations.values())
    yield from (one for each in lists for one in each if isinstance(one, Sentence) and one.key == key)


def requote(content: Content, table: MeasureTable) -> None:
    """Every quotation says what the table says now; differences in points are left out."""
    for indicator in table.indicators:
        for said in said_of(content, indicator.key):
            said.shown = {year: table.shares[indicator.key, year] for year in said.years}
            if said.counts:
                said.counts = (table.parts[indicator.key, said.years[0]], table.wholes[said.years[0]])


def reshare(table: MeasureTable, year: int) -> None:
    for one in table.indicators:
        table.shares[one.key, year] = rounded(table.parts[one.key, year], table.wholes[year], table.decimals)


def resize(content: Content, table: MeasureTable, year: int, whole: int) -> None:
    """Another whole in one table; shares and quotations follow, and what is told of changes is told anew."""
    table.wholes[year] = whole
    reshare(table, year)
    only_values(content, table)


def only_values(content: Content, table: MeasureTable) -> None:
    """Keeps quotations, drops what was said of changes: it may be wrong now."""
    table.sentences = [one for one in table.sentences if one.kind in ("values", "counts")]
    for each in (content.analysis, content.effectiveness):
        for index, one in enumerate(each):
            if isinstance(one, Sentence) and one.kind not in ("values", "counts", "latest"):
                keys = [indicator.key for indicator in table.indicators]
                each[index] = "Выводы обсуждены на совещании руководителей." if one.key in keys else one
    requote(content, table)


def refilled(content: Content, table: MeasureTable, rng: Random) -> None:
    """After a change of the world: the table and all that is said of it made anew, truly."""
    fill(table, content.world)
    only_values(content, table)
    table.sentences = []
    for one in table.indicators:
        table.sentences += sentences.about(table, one.key, content, rng)


def take(content: Content, *tables: MeasureTable) -> None:
    content.taken |= {one.key for one in tables}


def snippet(said: Sentence, content: Content) -> str:
    """A piece of the sentence by which it is found whatever the numbers of tables become."""
    return sentences.written(said, content).split("(табл")[0].split("(см.")[0].rstrip(" .;")


def pairs(content: Content, rng: Random) -> list[tuple[MeasureTable, str, tuple[int, int]]]:
    """Every share of a free table with its next one."""
    found = [
        (one, each.key, pair)
        for one in free(content)
        for each in one.indicators
        for pair in pairwise(content.years)
    ]  # fmt: skip
    rng.shuffle(found)
    return found


def unit(table: MeasureTable) -> Decimal:
    """One of the last printed decimal."""
    return Decimal(1).scaleb(-table.decimals)
