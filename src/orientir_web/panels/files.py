"""A table or a chart of a panel as a file: SVG, PNG, CSV, XLSX. Each says what was chosen and which data it is of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape

from orientir.presentation import day_in_words, exact
from orientir.reports import charts
from orientir.reports.document import Block, Chart, Document, Section, Table, numbering, plain
from orientir.reports.to_xlsx import to_xlsx
from orientir.tabular import csv_text
from orientir_web.panels.subject import Chosen, Subject

_BOM = "\ufeff"  # so that Excel reads the letters


def stamp(subject: Subject, chosen: Chosen | None = None) -> str:
    """Whose data, of which state, and what was chosen."""
    cycle = subject.computed.cycle
    told = [subject.context.territory.title, chosen.words(subject) if chosen else ""]
    told += [f"данные на {day_in_words(cycle.as_of)}", f"версия данных {subject.computation.short_checksum}"]
    return ", ".join(part for part in told if part)


@dataclass(frozen=True)
class About:
    """What a file says beside its block: a line under a picture, and the document that a workbook is made of."""

    stamp: str
    document: Document


def about(subject: Subject, chosen: Chosen) -> About:
    whole = subject.computed.document
    told = (*whole.passport, ("Показано", chosen.words(subject)))
    origins = {**whole.origins, **subject.context.book.origins}
    return About(stamp(subject, chosen), replace(whole, passport=told, origins=origins))


def file_of(block: Block, kind: str, about: About) -> tuple[bytes, str]:
    """Its content and type. Raises KeyError where such a block has no such file."""
    makers: Mapping[str, Callable[[], tuple[bytes, str]]] = {}
    if isinstance(block, Chart):
        makers = {
            "svg": lambda: (charts.lone_svg(block, about.stamp).encode(), "image/svg+xml"),
            "png": lambda: (charts.png(block, about.stamp), "image/png"),
            "csv": lambda: _csv(_chart_rows(block)),
            "xlsx": lambda: _xlsx(block, about.document),
        }
    elif isinstance(block, Table):
        makers = {"csv": lambda: _csv(_table_rows(block, about.document)), "xlsx": lambda: _xlsx(block, about.document)}
    return makers[kind]()


def picture(chart: Chart) -> bytes:
    """As it stands on the page, under its caption."""
    return charts.svg(chart).replace(escape(charts.FONT), "system-ui, sans-serif").encode()


def _csv(rows: Iterator[list[str]]) -> tuple[bytes, str]:
    head = next(rows)
    return (_BOM + csv_text(head, rows)).encode(), "text/csv; charset=utf-8"


def _chart_rows(chart: Chart) -> Iterator[list[str]]:
    """The exact values: a share from 0 to 1."""
    yield ["категория", "ряд", "значение", "нижняя граница", "верхняя граница"]
    for series in chart.series:
        for place, category in enumerate(chart.categories):
            ends = [end[place] if place < len(end) else None for end in (series.low, series.high)]
            yield [category, series.name, *("" if one is None else exact(one) for one in (series.values[place], *ends))]


def _table_rows(table: Table, document: Document) -> Iterator[list[str]]:
    """Exact numbers where a cell has one, else its words."""
    numbers = numbering(document)
    yield [leaf.title for leaf in table.leaves]
    for row in table.rows:
        yield [exact(cell.value) if cell.value is not None else plain(cell.text, numbers) for cell in row.cells]


def _xlsx(block: Chart | Table, whole: Document) -> tuple[bytes, str]:
    """A workbook of the core with this block alone; what was chosen stands beside its title."""
    section = Section("panel", whole.components[0][0], block.caption, (block,))
    document = replace(whole, sections=(section,), title=block.caption)
    return to_xlsx(document), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
