"""The annexes: remarks on the data, and the origin of every number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from orientir.model.results import Issue
from orientir.presentation import counted
from orientir.reports import cells
from orientir.reports.context import Context
from orientir.reports.document import Block, Cell, Column, Heading, Paragraph, Row, Table
from orientir.reports.words import SEVERITY, capital


def issues(context: Context, title: str) -> Iterator[Block]:
    """Every remark of the checks, the gravest first."""
    yield Heading(1, title, "h-issues")
    found = context.cycle.issues
    yield Paragraph(context.text("issues_intro", made=len(found)))
    columns = (
        Column("№", width=0.5, align="center"),
        Column("Где", width=3.4),
        Column("Что обнаружено", width=4.4),
        Column("Почему это важно", width=2.4),
        Column("Что сделать", width=3),
    )
    rows: list[Row] = []
    number = 0
    for severity, group in groupby(found, key=lambda issue: issue.severity):
        members = list(group)
        heading = f"{capital(SEVERITY[severity])}: {counted(len(members), 'замечание')}"
        rows.append(Row((cells.words(heading), *(Cell(),) * 4), "group"))
        for alike in _alike(members):
            number += 1
            rows.append(_row(number, alike))
    yield Table("t-issues", "Замечания к данным", columns, tuple(rows), landscape=True)


def _alike(issues: list[Issue]) -> list[list[Issue]]:
    """Remarks that differ only in their place are told once, with all places."""
    groups: dict[tuple[str, ...], list[Issue]] = {}
    for one in issues:
        groups.setdefault((one.rule, one.message, one.reason, one.advice), []).append(one)
    return list(groups.values())


def _row(number: int, alike: list[Issue]) -> Row:
    issue = alike[0]
    return Row(
        (
            cells.words(str(number)),
            cells.words(_places([one.where for one in alike])),
            cells.words(issue.message),
            cells.words(capital(issue.reason)),
            cells.words(issue.advice),
        )
    )


def _places(places: list[str]) -> str:
    """«Мероприятия № 1, 10, 12» for records of the register, else the places one after another."""
    if len(places) == 1:
        return places[0]
    numbers = [match[1] for place in places if (match := _RECORD.match(place))]
    return f"Мероприятия №\u00a0{', '.join(numbers)}" if len(numbers) == len(places) else "; ".join(places)


_RECORD = re.compile(r"^Мероприятие (\d+)\. ")


def numbers(context: Context, title: str) -> Iterator[Block]:
    """Every number of the document: what it is, how it was made, where it was read. It is asked for last."""
    yield Heading(1, title, "h-numbers")
    yield Paragraph(context.text("numbers_intro"))
    columns = (
        Column("Код", width=0.8),
        Column("Число", width=1.1, align="right"),
        Column("Что это", width=5),
        Column("Как получено", width=3.4),
        Column("Источник", width=3.4),
    )
    rows = tuple(
        Row(
            (
                cells.words(one.id),
                cells.words(one.text),
                cells.words(one.title),
                cells.words(one.formula),
                cells.words(one.sources),
            )
        )
        for one in sorted(
            context.book.origins.values(),
            key=lambda one: (one.id[0], int("".join(filter(str.isdigit, one.id))), one.id),
        )
    )
    yield Table("t-numbers", "Происхождение чисел", columns, rows, landscape=True)
