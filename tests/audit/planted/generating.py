"""A report from its seed: a third are clean, the others hold one to four errors, never two in one place."""

from __future__ import annotations

import zlib
from dataclasses import replace
from random import Random

from audit.planted.building import built
from audit.planted.composing import blocks
from audit.planted.content import Content
from audit.planted.errors import FIRST, PLANTS
from audit.planted.model import Expected, Planted
from audit.planted.world import sound_world
from audit.planted.writing import FORMATS, LINKING


def planted_report(seed: int, form: str | None = None, codes: tuple[str, ...] | None = None) -> Planted:
    """The same report for the same seed. `codes` names the errors, instead of those that the seed draws."""
    rng = Random(zlib.crc32(f"report {seed}".encode()))
    content = clean_content(rng)
    chosen = form or rng.choice(FORMATS)
    content.links_hidden = chosen in LINKING and rng.random() < 0.4
    wanted = codes if codes is not None else () if seed % 3 == 0 else drawn(rng)
    expected = plant(content, wanted, rng)
    found = tuple(resolved(one, content) for one in expected)
    variant = {"marker": rng.choice(["· ", "• ", "- ", "– ", "— "]), "period": content.style.period}
    return Planted(seed, chosen, tuple(blocks(content)), found, content.district.name, variant)


def clean_content(rng: Random) -> Content:
    return built(sound_world(rng), rng)


def drawn(rng: Random) -> tuple[str, ...]:
    return tuple(rng.sample(list(PLANTS), rng.randint(1, 4)))


def plant(content: Content, codes: tuple[str, ...], rng: Random) -> list[Expected]:
    """Those that change the world come first; what does not fit the report is tried no further."""
    found: list[Expected] = []
    for code in sorted(codes, key=lambda one: one not in FIRST):
        planted = PLANTS[code](content, rng)
        if planted is not None:
            found += planted if isinstance(planted, list) else [planted]
    return found


def resolved(one: Expected, content: Content) -> Expected:
    """Keys of tables become printed numbers, years printed labels."""
    year = one.period if isinstance(one.period, int) else None
    table = content.number(_slot_key(content, one.table), year) if one.table else None
    elsewhere = tuple(number for key in one.elsewhere for number in _numbers(content, key, year))
    if one.table and year is None:
        elsewhere = (*_numbers(content, one.table, None), *elsewhere)
        table = table or (elsewhere[0] if elsewhere else None)
    label = content.style.label(year) if year is not None else None
    beside = tuple(_numbers(content, one.table, None)) if one.table else ()
    return replace(one, table=table, period=label, elsewhere=elsewhere, beside=beside)


def _slot_key(content: Content, key: str) -> str:
    """Two indicators of one table are numbered by the first of them."""
    return key if key in ("schools", "paths") else content.table_of(key).key


def _numbers(content: Content, key: str, year: int | None) -> list[str]:
    """All numbers under which a table is printed; those of each year where each year has its own."""
    name, _, only = key.partition("@")
    name = _slot_key(content, name)
    if only:
        year = int(only)
    numbers = content.numbers()
    return [number for (one, of), number in numbers.items() if one == name and (year is None or of in (None, year))]
