"""`orientir synth district`, `orientir synth records`: invented data to try the whole road on."""

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


def records(
    scale: Annotated[
        str, typer.Option(help=tr("Размер: district, region или country.", "Size: district, region or country."))
    ],
    seed: Annotated[int, typer.Option(help=tr("Число, из которого всё рождается.", "What everything grows from."))],
    out: Annotated[Path, typer.Option(help=tr("Куда записать.", "Where to write."))],
    regions: Annotated[
        str, typer.Option(help=tr("Номера регионов через запятую; иначе все.", "Regions, comma-separated; else all."))
    ] = "",
    processes: Annotated[int, typer.Option(min=1, help=tr("Сколько процессов.", "How many processes."))] = 1,
    values: Annotated[
        bool,
        typer.Option(
            "--values", help=tr("Ещё и величины по школам и годам.", "Also values of elements by school and year.")
        ),
    ] = False,
) -> None:
    """A region made alone holds the same values as among all the others."""
    from orientir.synth.records import Wanted, region_numbers, write_records

    wanted = Wanted(scale, seed, region_numbers(regions), processes, values)
    with progress_shown(100) as progress:
        rows = write_records(wanted, out, progress)
    told = ", ".join(f"{table} {count:,}" for table, count in sorted(rows.items())).replace(",", " ")
    say(tr(f"Вымышленные записи: {out}\nСтрок: {told}.", f"Invented records: {out}\nRows: {told}."))
