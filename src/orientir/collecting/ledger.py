"""facts.csv while it is written, and where in it the rows of each organisation lie, so that they are found again.

Only places are held in memory, never rows: checks read back the few organisations that they look at.
"""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path

from orientir.model.package import Fact
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.status import CellState

Row = Mapping[str, str]


class Ledger:
    """Writes the file from its header on; `earlier` are organisations of which the package had rows already."""

    def __init__(self, path: Path, columns: Sequence[str], programme: Programme) -> None:
        self._columns = tuple(columns)
        self._rows = _Rows(columns, programme)
        self._file = path.open("w+b")
        # Of rows that follow each other: where their bytes begin, how many they are, on which line they begin.
        self._places: dict[str, array[int]] = {}
        self._line = 1
        self.earlier: set[str] = set()
        self._write(_line(self._columns))

    def close(self) -> None:
        self._file.close()

    def flush(self) -> None:
        """What was written can be read by others from now on."""
        self._file.flush()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._line += data.count(b"\n")

    def keep(self, before: Path, is_kept: Callable[[Row], bool]) -> None:
        """The rows of the file as it was, where they are not to be replaced."""
        if not before.is_file():
            return
        with before.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            for row in reader:
                if is_kept(row):
                    self.add(row["organisation"], _line([row.get(name) or "" for name in self._columns]))
                    self.earlier.add(row["organisation"])

    def add(self, organisation: str, rows: bytes) -> None:
        """Rows in the order of the columns, all of one organisation."""
        start, line = self._file.tell(), self._line
        self._write(rows)
        places = self._places.get(organisation)
        if places is None:
            self._places[organisation] = array("q", (start, len(rows), line))
        elif places[-3] + places[-2] == start:
            places[-2] += len(rows)
        else:
            places.extend((start, len(rows), line))

    # ---- read back

    def facts(self, organisation: str) -> Iterator[Fact]:
        """The facts of one organisation. Rows that mean nothing in the programme are left to the report's reader."""
        end = self._file.tell()
        places = iter(self._places.get(organisation, ()))
        for start, size, line in zip(places, places, places, strict=True):
            self._file.seek(start)
            text = self._file.read(size).decode()
            self._file.seek(end)
            yield from self._rows.facts(text, line)


class _Rows:
    """Rows of facts.csv as facts. They were written here or have been read by an earlier collection."""

    def __init__(self, columns: Sequence[str], programme: Programme) -> None:
        self._columns = columns
        self._period = lru_cache(partial(Period.parse, kind=programme.period))
        self._elements = {one.id for one in programme.elements}
        self._members = {one.id: {member.id for member in one.members} for one in programme.dimensions}

    def facts(self, text: str, line: int) -> Iterator[Fact]:
        reader = csv.reader(io.StringIO(text, newline=""))
        began = line
        for cells in reader:
            row = dict(zip(self._columns, cells, strict=True))
            if row["element"] in self._elements:
                breakdown = tuple((key, row[key]) for key in self._members if row[key])
                if all(member in self._members[key] for key, member in breakdown):
                    yield self._fact(row, breakdown, began)
            began = line + reader.line_num

    def _fact(self, row: Row, breakdown: tuple[tuple[str, str], ...], line: int) -> Fact:
        value = Decimal(row["value"]) if row["value"] else None
        state = CellState(row["status"]) if value is None else CellState.VALUE if value else CellState.ZERO
        return Fact(
            id=f"f{line}",
            element=row["element"],
            organisation=row["organisation"],
            period=self._period(row["period"]),
            breakdown=breakdown,
            value=value,
            state=state,
            source=row["source"],
            note=row["note"],
            reason=row["reason"],
            period_printed=row["period_printed"],
            label_printed=row["label_printed"],
            origin=row["origin"],
            row=line,
        )


def _line(cells: Sequence[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue().encode()
