"""Registers of events: which tables are such, and what each of their rows says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from orientir.audit.document import Cell, Link
from orientir.audit.report import Event, Report, ReportTable
from orientir.audit.understanding.addresses import links_in
from orientir.audit.understanding.event_columns import Columns, Row, continued_columns, event_columns
from orientir.audit.understanding.event_dates import read_when


def find_events(report: Report) -> None:
    """Fills `report.events` and marks their tables; a register torn into several tables stays one register."""
    register: ReportTable | None = None
    above: Columns | None = None
    for table in report.tables:
        columns = event_columns(table.table)
        own = columns is not None and columns.body > 0
        if above and register and not own:
            columns = continued_columns(table.table, above, len(register.table.rows[0])) or columns
        if columns is None:
            register = above = None
            continue
        if own or register is None:
            register, above = table, columns
        table.kind, table.header = "events", columns.body
        report.events += _events(table, register, columns)


@dataclass
class _Draft:
    """An event while its rows are gathered."""

    number: str
    title: str
    when: str
    participants: str
    cell: Cell
    link: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def _events(table: ReportTable, register: ReportTable, columns: Columns) -> Iterator[Event]:
    for draft in _drafts(table, columns):
        when = read_when(draft.when)
        yield Event(
            draft.number,
            " ".join(draft.title.split()),
            draft.when.strip(),
            when.first,
            when.last,
            tuple(dict.fromkeys(draft.links)),
            "\n".join(filter(None, draft.link)),
            draft.participants.strip(),
            draft.cell.place,
            register,
            columns.participants is not None,
            columns.link is not None,
        )


def _drafts(table: ReportTable, columns: Columns) -> list[_Draft]:
    heads = {_texts(row) for row in table.table.rows[: columns.body]}
    found: list[_Draft] = []
    for row in table.table.rows[columns.body :]:
        if _texts(row) in heads or _is_no_event(row, columns):
            continue
        if found and _goes_on(row, columns):
            _append(found[-1], row, columns)
        elif row[columns.title].text.strip():
            found.append(_draft(row, columns))
    return found


def _draft(row: Row, columns: Columns) -> _Draft:
    first = next((cell for cell in row if cell.text.strip()), row[columns.title])
    draft = _Draft(_at(row, columns.number), "", "", "", first)
    _append(draft, row, columns)
    return draft


def _append(draft: _Draft, row: Row, columns: Columns) -> None:
    draft.title += f" {row[columns.title].text}"
    draft.when += f"\n{row[columns.when].text}"
    draft.participants += f" {_at(row, columns.participants)}"
    draft.link.append(_at(row, columns.link))
    draft.links += [
        link for cell in {(cell.row, cell.column): cell for cell in row}.values() for link in links_in(cell)
    ]


def _goes_on(row: Row, columns: Columns) -> bool:
    """A row without number and date is the rest of the row above, torn by the end of a page."""
    if row[columns.when].text.strip() or _at(row, columns.number):
        return False
    title = row[columns.title].text.strip()
    return columns.number is not None or not title or title[0].islower()


def _is_no_event(row: Row, columns: Columns) -> bool:
    """Empty rows, lines over all columns, the row «1 2 3», totals."""
    texts = [text.rstrip(".") for text in _texts(row)]
    return (
        not any(texts)
        or (len(row) > 1 and row[0].columns == len(row))
        or texts == [str(number) for number in range(1, len(row) + 1)]
        or bool(re.match(r"(?:всего|итого)\b", row[columns.title].text.strip().lower()))
        or (row[columns.title] is row[columns.when])
    )


def _texts(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(" ".join(cell.text.split()) for cell in row)


def _at(row: Row, column: int | None) -> str:
    return row[column].text.strip() if column is not None else ""
