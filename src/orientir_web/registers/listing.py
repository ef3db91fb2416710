"""Which rows a list or an export shows: filters, order, and how a cell reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.functional import Promise

from orientir.sources.registers import cells
from orientir.sources.registers.columns import Column, Register
from orientir_web.people.access import visible
from orientir_web.people.models import Organisation
from orientir_web.registers.kinds import codes, columns
from orientir_web.registers.models import RegisterRow

SORTS = {"day": "day", "title": "title", "organisation": "organisation__title", "changed": "changed_at"}


@dataclass(frozen=True)
class Filter:
    """What was asked for; `codes` are conditions on columns that hold codes."""

    text: str
    period: str
    organisation: str
    codes: Mapping[str, str]
    sort: str

    @classmethod
    def of(cls, asked: Mapping[str, str], register: Register) -> Filter:
        wanted = {column.id: asked.get(column.id, "") for column in columns(register) if codes(column)}
        sort = asked.get("sort", "")
        return cls(
            text=asked.get("q", "").strip(),
            period=asked.get("period", ""),
            organisation=asked.get("organisation", ""),
            codes={key: code for key, code in wanted.items() if code},
            sort=sort if sort.lstrip("-") in SORTS else "-day",
        )


def rows_of(person: object, register: Register) -> QuerySet[RegisterRow]:
    rows = RegisterRow.objects.filter(register=register.id, removed_at__isnull=True)
    return visible(person, rows.select_related("organisation"))


def filtered(rows: QuerySet[RegisterRow], wanted: Filter) -> QuerySet[RegisterRow]:
    for word in wanted.text.lower().replace("ё", "е").split():
        rows = rows.filter(search__contains=word)
    if wanted.period:
        rows = rows.filter(period=wanted.period)
    if wanted.organisation.isdecimal():
        rows = rows.filter(organisation=int(wanted.organisation[:18]))
    for key, code in wanted.codes.items():
        rows = rows.filter(**{f"cells__{key}": code})
    down = "-" if wanted.sort.startswith("-") else ""
    return rows.order_by(f"{down}{SORTS[wanted.sort.lstrip('-')]}", f"{down}pk")


def choices_of(rows: QuerySet[RegisterRow]) -> tuple[list[str], list[Organisation]]:
    """Periods and organisations that the rows have: a filter offers nothing that gives nothing."""
    periods = sorted(set(rows.order_by().values_list("period", flat=True)), reverse=True)
    keys = set(rows.order_by().values_list("organisation_id", flat=True))
    return periods, list(Organisation.objects.filter(pk__in=keys).order_by("title"))


def shown(row: RegisterRow, column: Column) -> str | Promise:
    """A code in its words, a date as people write it, else what was written."""
    told = row.cells.get(column.id) or ""
    known = dict(codes(column))
    if known:
        return known.get(told, told)
    if column.read is cells.day and (day := parse_date(told)):
        return formats.date_format(day, "SHORT_DATE_FORMAT")
    written: str = row.typed.get(column.id) or told
    return written


def used(rows: Iterable[RegisterRow], register: Register) -> list[Column]:
    """The columns that any of the rows fills; the organisation has a place of its own."""
    kept = [column for column in columns(register) if column.read is not cells.organisation]
    told = list(rows)
    return [column for column in kept if column.required or any(shown(row, column) for row in told)]


def beside_title(rows: Iterable[RegisterRow], register: Register) -> list[Column]:
    """The same without the column that the title of each row repeats."""
    told = list(rows)
    return [
        column for column in used(told, register) if not told or any(shown(row, column) != row.title for row in told)
    ]


def initial(row: RegisterRow, register: Register) -> dict[str, str]:
    """The form of a row that is there: codes and dates as their fields want them."""
    found = {}
    for column in columns(register):
        plain = column.read is cells.day or bool(codes(column)) or column.read is cells.organisation
        found[column.id] = row.cells.get(column.id, "") if plain else row.typed.get(column.id, "")
    return found


def headings(register: Register) -> list[str]:
    """Of an export: every column under the title by which the import knows it again."""
    return [column.title for column in columns(register)]


def written(row: RegisterRow, register: Register) -> list[str]:
    return [_written(row, column) for column in columns(register)]


def _written(row: RegisterRow, column: Column) -> str:
    if column.read is cells.organisation:
        return row.organisation.title
    if column.read is cells.day or codes(column):
        return str(row.cells.get(column.id) or "") if column.read is cells.day else str(shown(row, column))
    return str(shown(row, column))
