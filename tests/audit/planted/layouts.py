"""A table of measures laid out: years as groups of columns, as rows, one table a year, metrics as rows, transposed."""

from __future__ import annotations

from decimal import Decimal

from audit.planted.content import Breakdown, CountTable, Distribution, MeasureTable
from audit.planted.model import Cell, Grid
from audit.planted.style import Style

Row = tuple[Cell, ...]


def grid(table: MeasureTable, style: Style, year: int | None = None) -> Grid:
    if table.layout == "yearly":
        assert year is not None
        return _rows_under(table, style, [_labels(table)], _numbers(table, style, year))
    ways = {"groups": _groups, "rows": _rows, "metrics": _metrics, "transposed": _transposed}
    return ways[table.layout](table, style)


def _labels(table: MeasureTable) -> list[str]:
    """The whole, then each part with its share."""
    pairs = zip(table.part_labels, table.share_labels, strict=True)
    return [table.whole_label, *(label for pair in pairs for label in pair)]


def _numbers(table: MeasureTable, style: Style, year: int) -> list[str]:
    found = [style.count(table.wholes[year])]
    for one in table.indicators:
        found += [style.count(table.parts[one.key, year]), share(table, one.key, year, style)]
    return found


def share(table: MeasureTable, key: str, year: int, style: Style) -> str:
    value = table.shares[key, year]
    return style.percents(value) if style.percent_in_cell else style.share(value)


def _plain(texts: list[str]) -> Row:
    return tuple(Cell(text) for text in texts)


def _rows_under(table: MeasureTable, style: Style, heads: list[list[str]], numbers: list[str]) -> Grid:
    stub = [table.stub] if table.stub else []
    head = _plain((["Территория"] if table.stub else []) + heads[0])
    rows = [head, *_numbering(style, len(head)), _plain(stub + numbers)]
    return Grid(tuple(rows))


def _numbering(style: Style, width: int) -> list[Row]:
    return [_plain([str(number + 1) for number in range(width)])] if style.numbering_row else []


def _groups(table: MeasureTable, style: Style) -> Grid:
    years, labels = list(table.wholes), _labels(table)
    width = len(years) * len(labels) + bool(table.stub)
    rows: list[Row] = [(Cell(table.caption, 1, width),)] if table.titled else []
    stub = (Cell("Территория", 2),) if table.stub else ()
    rows.append((*stub, *(Cell(style.label(year), 1, len(labels)) for year in years)))
    rows.append(_plain(labels * len(years)))
    header = len(rows)
    rows += _numbering(style, width)
    numbers = [text for year in years for text in _numbers(table, style, year)]
    rows.append(_plain(([table.stub] if table.stub else []) + numbers))
    return Grid(tuple(rows), header)


def _rows(table: MeasureTable, style: Style) -> Grid:
    head = _plain(["Учебный год" if "calendar" not in style.period else "Год", *_labels(table)])
    rows = [head, *_numbering(style, len(head))]
    rows += [_plain([style.label(year), *_numbers(table, style, year)]) for year in table.wholes]
    return Grid(tuple(rows))


def _metrics(table: MeasureTable, style: Style) -> Grid:
    years = list(table.wholes)
    columns = [_numbers(table, style, year) for year in years]
    rows = [_plain(["Показатель", *(style.label(year) for year in years)])]
    rows += _numbering(style, len(years) + 1)
    for number, label in enumerate(_labels(table)):
        rows.append(_plain([label, *(column[number] for column in columns)]))
    return Grid(tuple(rows))


def _transposed(table: MeasureTable, style: Style) -> Grid:
    years, labels = list(table.wholes), _labels(table)
    columns = [_numbers(table, style, year) for year in years]
    rows: list[Row] = [tuple(Cell(label, 1, len(years)) for label in labels)]
    rows.append(_plain([style.label(year) for year in years] * len(labels)))
    rows += _numbering(style, len(years) * len(labels))
    rows.append(_plain([column[number] for number in range(len(labels)) for column in columns]))
    return Grid(tuple(rows), 2)


def counted(table: CountTable, style: Style) -> Grid:
    years = list(table.numbers)
    rows = (_plain([style.label(year) for year in years]), _plain([style.count(table.numbers[year]) for year in years]))
    return Grid(rows)


def by_path(table: Distribution, style: Style, decimals: int) -> Grid:
    rows = [_plain(["Занятость", "Количество, чел.", "Доля, %"]), *_numbering(style, 3)]
    total = Decimal(100).quantize(Decimal(1).scaleb(-decimals))
    for name, count, value in [*table.rows, ("Итого", table.whole, total)]:
        rows.append(_plain([name, style.count(count), style.share(value)]))
    return Grid(tuple(rows))


def by_school(table: Breakdown, style: Style, labels: list[str]) -> Grid:
    rows = [_plain(["Образовательная организация", *labels])]
    rows += _numbering(style, 4)
    for name, whole, part, value in [*table.rows, ("Всего по территории", *table.total)]:
        percent = style.percents(value) if style.percent_in_cell else style.share(value)
        rows.append(_plain([name, style.count(whole), style.count(part), percent]))
    return Grid(tuple(rows))
