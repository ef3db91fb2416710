"""`orientir forms`: a workbook for each school, with what is known already."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orientir.command_words import tr
from orientir.commands.common import PeriodLabel, programme_named, progress_shown, say


def forms(
    programme: Annotated[str, typer.Argument(help=tr("Программа: имя или папка.", "Programme: an id or a folder."))],
    organisations: Annotated[
        Path, typer.Option(help=tr("Список организаций (CSV).", "The list of organisations (CSV)."))
    ],
    period: PeriodLabel,
    out: Annotated[Path, typer.Option(help=tr("Куда записать формы.", "Where to write the forms."))],
    previous: Annotated[
        str, typer.Option(help=tr("Пакет с прошлым годом.", "A package that holds the last year."))
    ] = "",
    prefill: Annotated[
        str, typer.Option(help=tr("Пакет, из которого заполнить известное.", "A package to fill the known from."))
    ] = "",
) -> None:
    """One XLSX a school; the folder is replaced as a whole."""
    from orientir.collecting.folder import is_synthetic
    from orientir.collecting.known import known_of
    from orientir.collecting.sending import send_forms
    from orientir.commands.burden import burden_told
    from orientir.facts.organisation_list import read_organisation_list
    from orientir.options import report_period

    loaded = programme_named(programme)
    year = report_period(period, loaded.period)
    places = read_organisation_list(organisations, loaded)
    last, now = known_of(previous, loaded, year.shifted(-1)), known_of(prefill, loaded, year)
    synthetic = last.synthetic or now.synthetic or is_synthetic(organisations)
    with progress_shown(len(places)) as progress:
        sent = send_forms(loaded, places, year, out, last.cells, now.cells, progress, synthetic)
    for form, burden in sent.burdens:
        say(burden_told(form, burden))
    say(tr(f"Форм записано: {sent.count}. Папка: {out}", f"Forms written: {sent.count}. Folder: {out}"))
