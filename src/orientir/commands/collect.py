"""`orientir collect`: what came -> who has answered, what is wrong, and a data package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orientir.command_words import tr
from orientir.commands.common import (
    DEFAULT_PROGRAMME,
    PeriodLabel,
    ProgrammeId,
    engine_named,
    programme_named,
    progress_shown,
    say,
)

if TYPE_CHECKING:
    from orientir.collecting.board import Board


def collect(
    folder: Annotated[
        Path, typer.Argument(help=tr("Папка с forms и registers.", "A folder with forms and registers."))
    ],
    period: PeriodLabel,
    into: Annotated[Path, typer.Option(help=tr("Пакет данных, который пополнить.", "The data package to add to."))],
    programme: ProgrammeId = DEFAULT_PROGRAMME,
) -> None:
    """Exit code 1 where something is missing, wrong or refused."""
    from orientir.collecting.collect import collect as run
    from orientir.options import report_period
    from orientir.spreadsheets.guard import ignorable

    loaded = programme_named(programme)
    year = report_period(period, loaded.period)
    engine = engine_named("duckdb")
    files = [file for file in (folder / "forms").glob("*") if not ignorable(file.name)] if folder.is_dir() else []
    try:
        with progress_shown(len(files)) as progress:
            collected = run(folder, loaded, year, into, engine, progress)
    finally:
        engine.close()
    _show(collected.board)
    for line in collected.told:
        say(line)
    say(tr(f"Пакет: {into}. Табло, протоколы и письма: {into / collected.folder}",
           f"Package: {into}. Board, protocols and letters: {into / collected.folder}"))  # fmt: skip
    if not collected.board.is_clean or collected.told:
        raise typer.Exit(1)


def _show(board: Board) -> None:
    """A table on a terminal, plain lines elsewhere; the last line is the tally."""
    import sys

    from orientir.collecting.papers import tally_line

    rows = [(row.organisation.title, row.shown_state, f"{row.answered} из {row.asked}" if row.file else "")
            for row in board.rows]  # fmt: skip
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table

        table = Table("Организация", "Состояние", "Заполнено")
        for cells in rows:
            table.add_row(*cells)
        Console().print(table)
    else:
        for title, state, filled in rows:
            say(f"{title}: {state}{f' ({filled})' if filled else ''}")
    for name, why in board.refused:
        say(f"{name}: {why}")
    say(tally_line(board))
