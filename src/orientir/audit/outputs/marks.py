"""Which piece of the document each finding is about: a paragraph, a cell, a row or a whole table."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from orientir.audit.document import Cell, Document, Paragraph, Place, Table
from orientir.audit.finding import Finding
from orientir.audit.outputs.words import in_order

Piece = Paragraph | Table | Cell


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding with its number in the list, from 1."""

    number: int
    finding: Finding


class _Standing(NamedTuple):
    place: Place
    piece: Piece


class Marks:
    """The marks of each piece of a document; a finding whose place is not in it stands at the piece before."""

    def __init__(self, document: Document, findings: Iterable[Finding]) -> None:
        self.all = [Mark(number, finding) for number, finding in enumerate(in_order(findings), 1)]
        by_line = _by_line(_standing(document))
        lines = sorted(by_line)
        self._of: dict[int, list[Mark]] = defaultdict(list)
        for mark in self.all:
            self._of[id(_piece(mark.finding, by_line, lines))].append(mark)

    def of(self, piece: Piece) -> Sequence[Mark]:
        return self._of.get(id(piece), ())

    @property
    def lost(self) -> Sequence[Mark]:
        """Those that stand before the first piece, or in a document that has none."""
        return self._of.get(id(None), ())


def _standing(document: Document) -> list[_Standing]:
    found = []
    for block in document.blocks:
        found.append(_Standing(block.place, block))
        if isinstance(block, Table):
            found += [_Standing(cell.place, cell) for cell in block.cells()]
    return found


def _by_line(standing: Iterable[_Standing]) -> dict[int, list[_Standing]]:
    lines: dict[int, list[_Standing]] = defaultdict(list)
    for one in standing:
        lines[one.place.line].append(one)
    return lines


def _piece(finding: Finding, by_line: Mapping[int, list[_Standing]], lines: Sequence[int]) -> Piece | None:
    """The cell that prints the number, else what has the very place, else what stands on the line or before it."""
    place = finding.place
    before = bisect_right(lines, place.line)
    here = by_line[lines[before - 1]] if before else []
    exact = [one.piece for one in here if one.place == place] or [one.piece for one in here]
    printed = [one for one in exact if isinstance(one, Cell) and finding.reported and _prints(one, finding.reported)]
    return next(iter(printed or exact), None)


def _prints(cell: Cell, number: str) -> bool:
    return _bare(cell.text) == _bare(number)


def _bare(text: str) -> str:
    return "".join(text.split()).rstrip("%")
