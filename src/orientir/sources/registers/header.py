"""Which row of a sheet is the header, which register it belongs to, and which of its columns is which."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from orientir.sources.registers.cells import plain
from orientir.sources.registers.columns import Register
from orientir.sources.registers.grid import Grid
from orientir.sources.registers.titles import is_content, likeness

SEARCHED = 25  # rows from the top: what stands lower is no header
_CLOSE = 0.5  # two registers that fit so nearly alike are not chosen between


@dataclass(frozen=True)
class Header:
    """A header as seen: the last of its rows, its titles by column, and the words that stand above it."""

    grid: Grid
    row: int
    titles: tuple[str, ...]
    above: str

    @property
    def seen(self) -> list[str]:
        return [title for title in self.titles if title]


@dataclass(frozen=True)
class Match:
    """A header read as one register: which column of the file each of its columns is, and how well it fits.

    `missing` are the groups of columns of which the file has none.
    """

    register: Register
    header: Header
    columns: Mapping[str, int]
    score: float
    missing: tuple[tuple[str, ...], ...]

    @property
    def unused(self) -> list[int]:
        used = set(self.columns.values())
        return [at for at, title in enumerate(self.header.titles) if title and at not in used]


def headers(grid: Grid) -> Iterator[Header]:
    """Every row near the top that may be a header, alone and joined with the row below it."""
    above: list[str] = []
    for at in range(min(SEARCHED, len(grid.rows))):
        titles = [plain(cell) for cell in grid.row(at)]
        if sum(bool(title) for title in titles) > 1:
            yield Header(grid, at, tuple(titles), " ".join(above))
            below = [plain(cell) for cell in grid.row(at + 1)]
            if any(below) and not any(is_content(cell) for cell in grid.row(at + 1)):
                yield Header(grid, at + 1, _joined(titles, below), " ".join(above))
        above += [title for title in titles if title]


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """A title that spans several columns says what each of those below it is about."""
    found, span = [], ""
    for at in range(max(len(upper), len(lower))):
        own, part = (upper[at] if at < len(upper) else ""), (lower[at] if at < len(lower) else "")
        span = own or (span if part else "")
        found.append(" ".join(filter(None, (span, part))))
    return tuple(found)


def match(
    header: Header, register: Register, told: Collection[str] = (), hint: str = "", is_named: bool = False
) -> Match:
    """The best reading of the header as this register; `told` are columns whose value is known without it.

    `hint` is the name of the file and of the sheet: words of the register in it or above the header speak for it. A
    register that `is_named` by somebody needs no such words.
    """
    columns = _assigned(header, register)
    missing = tuple(group for group in register.groups if not any(key in columns or key in told for key in group))
    needed = {key for group in register.groups for key in group}
    score = sum(
        likeness(header.titles[at], register.column(key)) / 100 * (2 if key in needed else 1)
        for key, at in columns.items()
    )
    unused = len(header.seen) - len(columns)
    words = f"{hint} {header.above}".lower().replace("ё", "е")
    bonus = 2.0 if any(word in words for word in register.words) else 0.0
    if register.told_by_words and not is_named and not bonus and not _speaks(header, register):
        missing = (*missing, ("name",))
    return Match(register, header, columns, score - 0.3 * unused + bonus, missing)


def _speaks(header: Header, register: Register) -> bool:
    titles = " ".join(header.seen).lower().replace("ё", "е")
    return any(word in titles for word in register.words)


def _assigned(header: Header, register: Register) -> dict[str, int]:
    """The likest pairs first; each column of the file is at most one column of the register."""
    pairs = [
        (-likeness(title, column), order, at, column.id)
        for at, title in enumerate(header.titles)
        if title
        for order, column in enumerate(register.columns)
    ]
    found: dict[str, int] = {}
    for unlikeness, _, at, key in sorted(pairs):
        if unlikeness and key not in found and at not in found.values():
            found[key] = at
    return {column.id: found[column.id] for column in register.columns if column.id in found}


def best(matches: Sequence[Match]) -> list[Match]:
    """The reading that fits; several where they fit alike; none where each lacks something."""
    whole = sorted((one for one in matches if not one.missing), key=lambda one: -one.score)
    if not whole:
        return []
    near = [one for one in whole if one.score > whole[0].score - _CLOSE]
    rivals = {one.register.id for one in near}
    return near if len(rivals) > 1 else whole[:1]
