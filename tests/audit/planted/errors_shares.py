"""Errors in shares: wrong, cut down, above the whole, printed with another precision."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from random import Random

from audit.planted.changing import MOVED, RESIZED, cells, free, requote, reshare, said_of, snippet, take, unit
from audit.planted.content import Content, MeasureTable
from audit.planted.model import Expected
from audit.planted.style import rounded


def plant_share_wrong(content: Content, rng: Random) -> Expected | None:
    """No rounding gives it, and the text does not quote it."""
    for table, key, year in cells(content, rng):
        if table.shares[key, year] > 3:
            _misprint(content, table, key, year, rng)
            return Expected("share-wrong", table.key, year, implied=MOVED)
    return None


def _misprint(content: Content, table: MeasureTable, key: str, year: int, rng: Random) -> None:
    off = unit(table) * rng.randint(2, 9 if table.decimals else 3) * rng.choice([1, -1])
    table.shares[key, year] += off
    requote(content, table)
    take(content, table)


def plant_share_truncated(content: Content, rng: Random) -> Expected | None:
    for table, key, year in cells(content, rng):
        exact = Decimal(100) * table.parts[key, year] / table.wholes[year]
        floor = exact.quantize(unit(table), ROUND_FLOOR)
        if floor != table.shares[key, year]:
            table.shares[key, year] = floor
            requote(content, table)
            take(content, table)
            return Expected("share-truncated", table.key, year, implied=MOVED)
    return None


def plant_share_repeated_in_text(content: Content, rng: Random) -> list[Expected] | None:
    """A wrong share, and the sentence that repeats it: two findings."""
    for table, key, year in cells(content, rng):
        quoting = [one for one in said_of(content, key) if year in one.years and one.kind in ("values", "latest")]
        if quoting and table.shares[key, year] > 3:
            _misprint(content, table, key, year, rng)
            told = tuple(snippet(one, content) for one in quoting)
            return [
                Expected("share-wrong", table.key, year, implied=MOVED),
                Expected("share-repeated-in-text", table.key, year, told, implied=MOVED),
            ]
    return None


def plant_part_exceeds_whole(content: Content, rng: Random) -> Expected | None:
    for table, key, year in cells(content, rng):
        if len(table.indicators) == 1:
            table.parts[key, year] = table.wholes[year] + rng.randint(3, 30)
            reshare(table, year)
            requote(content, table)
            take(content, table)
            return Expected("part-exceeds-whole", table.key, year, implied=("share-wrong", *MOVED, *RESIZED))
    return None


def plant_precision_mixed(content: Content, rng: Random) -> Expected | None:
    for table in free(content):
        key, year = rng.choice(table.indicators).key, rng.choice(content.years)
        other = rounded(table.parts[key, year], table.wholes[year], 0 if table.decimals else 1)
        if table.layout != "yearly" and other != table.shares[key, year]:
            table.shares[key, year] = other
            requote(content, table)
            take(content, table)
            return Expected("precision-mixed", table.key, implied=MOVED)
    return None
