"""`orientir conflicts`: where sources disagree, what depends on it, and which of them counts."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orientir.command_words import tr
from orientir.commands.common import OwnProgramme, PackageFolder, programme_of, say
from orientir.commands.desk import DecidedOn, facts_of, own_folder, record

if TYPE_CHECKING:
    from datetime import date

    from orientir.facts.choosing import Signed
    from orientir.facts.conflicts import Weighed
    from orientir.model.collection import Choice
    from orientir.model.desk import Desk
    from orientir.model.package import Package
    from orientir.model.periods import Period
    from orientir.model.programme import Programme
    from orientir.reports.desk.lines import Line


def conflicts(
    package: PackageFolder,
    programme: OwnProgramme = "",
    period: Annotated[str | None, typer.Option("--period", help=tr("Только этот период.", "This period only."))] = None,
    resolve: Annotated[
        str | None, typer.Option(help=tr("Номер расхождения, которое решено.", "Number of the conflict to settle."))
    ] = None,
    withdraw: Annotated[
        str | None, typer.Option(help=tr("Номер расхождения: отозвать выбор.", "Number: take its choice back."))
    ] = None,
    source: Annotated[
        str,
        typer.Option(help=tr("Какой источник верен: код из [скобок].", "The right source: the code in [brackets].")),
    ] = "",
    export: Annotated[
        Path | None, typer.Option(help=tr("Выгрузить открытые в XLSX.", "Write the open ones to this XLSX."))
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--import", help=tr("Взять решения из заполненного XLSX: все или ни одного.", "Take the filled XLSX back.")
        ),
    ] = None,
    author: Annotated[
        str, typer.Option(help=tr("Кто решил: роль или инициалы.", "Who decided: a role or initials."))
    ] = "",
    reason: Annotated[str, typer.Option(help=tr("Почему.", "Why."))] = "",
    on: DecidedOn = None,
) -> None:
    """Exit code 2, and nothing written, where something cannot be meant; also where a decision is stale."""
    from orientir.facts.conflicts import weighed
    from orientir.facts.recorded import read_with_records
    from orientir.options import report_date, report_period
    from orientir.resources import example_folder

    _check_one(resolve, withdraw, export, answers)
    known = programme_of(package, programme)
    year = report_period(period, known.period) if period else None
    writes = resolve is not None or withdraw is not None or answers is not None
    data = read_with_records(own_folder(package) if writes else example_folder(package), known)
    found = weighed(data, facts_of(data, known))
    if writes:
        by = _signed(author, reason, on, answers)
        made = _choices(data, known, found.desk, (resolve, source), withdraw, answers, by)
        record(own_folder(package), known, choices=made)
        left = weighed(_with(data, made), facts_of(data, known)).desk.open
        say(tr(f"Записано решений: {len(made)}. Открыто: {len(left)}.", f"Recorded: {len(made)}. Open: {len(left)}."))
    elif export is not None:
        _export(data, known, found.desk, year, export, report_date(on))
    else:
        _list(data, known, found, year)


def _check_one(*asked: object) -> None:
    from orientir.errors import Fault, UserError

    if sum(one is not None for one in asked) > 1:
        what = "сказано сделать сразу несколько дел."
        raise UserError(Fault("orientir conflicts", what, "Укажите одно из --resolve, --withdraw, --export, --import."))


def _signed(author: str, reason: str, on: str | None, answers: Path | None) -> Signed:
    """The reasons of a workbook stand in its rows."""
    from orientir.facts.choosing import signed
    from orientir.options import report_date

    return signed(author, reason if answers is None else "—", report_date(on))


def _choices(
    data: Package,
    programme: Programme,
    desk: Desk,
    resolve: tuple[str | None, str],
    withdraw: str | None,
    answers: Path | None,
    by: Signed,
) -> list[Choice]:
    from orientir.facts.choosing import new_choice, withdrawn_choice

    number, source = resolve
    if number is not None:
        return [new_choice(data, desk, number, source, by)]
    if withdraw is not None:
        return [withdrawn_choice(data, withdraw, by)]
    from orientir.reports.desk.answers import read_answers

    assert answers is not None
    return read_answers(answers, data, programme, desk, by)


def _with(data: Package, made: Sequence[Choice]) -> Package:
    from dataclasses import replace

    return replace(data, choices=(*data.choices, *made))


def _export(data: Package, programme: Programme, desk: Desk, year: Period | None, path: Path, day: date) -> None:
    from orientir.reports.desk.book import conflicts_book
    from orientir.writing import write_file

    opened = [one for one in desk.open if year in (None, one.cell.period)]
    write_file(path, conflicts_book(data, programme, opened, day))
    say(tr(f"Открытых расхождений: {len(opened)}. Таблица: {path}", f"Open conflicts: {len(opened)}. Table: {path}"))


# ---- the list


def _list(data: Package, programme: Programme, found: Weighed, year: Period | None) -> None:
    from orientir.errors import PackageError
    from orientir.reports.build import SYNTHETIC
    from orientir.reports.desk.lines import lines_of

    desk = found.desk
    if data.synthetic:
        say(SYNTHETIC)
    groups = (
        (tr("Открытые расхождения", "Open conflicts"), desk.open),
        (tr("Решённые расхождения", "Settled conflicts"), desk.resolved),
    )
    for title, conflicts in groups:
        lines = lines_of(data, programme, [one for one in conflicts if year in (None, one.cell.period)])
        say(f"{title}: {len(lines)}.")
        if lines:
            _show(lines)
    confirmed = sum(year in (None, cell.period) for cell in desk.confirmed)
    say(tr(f"Подтверждено вторым источником: {confirmed}.", f"Confirmed by a second source: {confirmed}."))
    if found.faults:
        raise PackageError(found.faults)


def _show(lines: Sequence[Line]) -> None:
    """A table on a terminal, plain lines elsewhere."""
    from orientir.reports.desk.lines import plain

    if not sys.stdout.isatty():
        for line in plain(lines):
            say(line)
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    titles = ("№", "Что", "Где и когда", "Источники", "Разница", "Зависят", "Выбрано")
    table = Table(*titles[: 7 if any(line.decided for line in lines) else 6], show_lines=True)
    table.columns[0].no_wrap = True
    for one in lines:
        where, sides = f"{one.where}, {one.period}", "\n".join(one.sides)
        cells = (one.number, one.what, where, sides, one.difference, one.dependants, one.decided)
        table.add_row(*map(escape, cells[: len(table.columns)]))
    Console().print(table)
