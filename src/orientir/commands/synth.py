"""`orientir synth district`: an invented district to try the whole road on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orientir.command_words import tr
from orientir.commands.common import DEFAULT_PROGRAMME, engine_named, programme_named, progress_shown, say


def district(
    seed: Annotated[int, typer.Option(help=tr("Число, из которого всё рождается.", "What everything grows from."))],
    out: Annotated[Path, typer.Option(help=tr("Куда записать.", "Where to write."))],
    errors: Annotated[
        int, typer.Option(min=0, help=tr("Сколько ошибок внести в формы.", "How many mistakes to put into the forms."))
    ] = 0,
) -> None:
    """The same seed gives the same files."""
    from orientir.synth.writing import write_district

    programme = programme_named(DEFAULT_PROGRAMME)
    engine = engine_named("memory")
    with progress_shown(60) as progress:
        told = write_district(programme, engine, seed, out, errors, progress)
    say(
        tr(
            f"Вымышленный округ: {out}\nФорм: {told.forms}, ошибок внесено: {told.mistakes}.",
            f"The invented district: {out}\nForms: {told.forms}, mistakes put in: {told.mistakes}.",
        )
    )
