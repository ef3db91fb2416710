"""`orientir programme check`: every mistake of a programme, and what its forms cost to fill."""

from __future__ import annotations

from typing import Annotated

import typer

from orientir.command_words import tr
from orientir.commands.burden import burdens_told
from orientir.commands.common import programme_named, say


def check_programme(
    path: Annotated[str, typer.Argument(help=tr("Имя или папка программы.", "Id or folder of the programme."))],
    cells: Annotated[
        bool,
        typer.Option("--cells", help=tr("Зачем нужна каждая ячейка форм.", "What each cell of the forms is for.")),
    ] = False,
) -> None:
    programme = programme_named(path)
    indicators, elements = len(programme.indicators), len(programme.elements)
    say(
        tr(
            f"Программа «{programme.title}» исправна: показателей {indicators}, величин {elements}.",
            f"The programme {programme.id} is sound: {indicators} indicators, {elements} elements.",
        )
    )
    for line in burdens_told(programme, cells):
        say(line)
