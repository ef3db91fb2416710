"""`orientir records`, `orientir plan`: indicators from records of pupils, at any scale."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orientir.command_words import tr
from orientir.commands.common import programme_named, progress_shown, say

RECORDS_PROGRAMME = "career_guidance_records"
RecordsProgramme = Annotated[
    str, typer.Option("--programme", help=tr("Программа: имя или папка.", "Programme: an id or a folder."))
]


def compute(
    folder: Annotated[Path, typer.Argument(help=tr("Пакет с папкой records.", "A package with a folder records."))],
    out: Annotated[Path, typer.Option(help=tr("Куда записать значения.", "Where to write the values."))],
    programme: RecordsProgramme = RECORDS_PROGRAMME,
    engine: Annotated[
        str, typer.Option(help=tr("Движок: duckdb, postgres или spark.", "Engine: duckdb, postgres or spark."))
    ] = "duckdb",
    memory: Annotated[
        str, typer.Option(help=tr("Память на все процессы, например 700MB.", "Memory of all processes, e.g. 700MB."))
    ] = "",
    processes: Annotated[int, typer.Option(min=1, help=tr("Сколько процессов.", "How many processes."))] = 1,
    address: Annotated[
        str,
        typer.Option(
            help=tr(
                "Сервер: postgresql://… или spark://… (иначе — на этой машине).",
                "The server: postgresql://… or spark://… (else this machine).",
            )
        ),
    ] = "",
) -> None:
    """A run that was stopped goes on where it was."""
    from orientir.engines.records.planning import plan_records
    from orientir.engines.records.run import Means, compute_records, megabytes
    from orientir.engines.records.subjects import keep_subjects

    means = Means(engine, megabytes(memory), processes, address)
    known = programme_named(programme)
    plan = plan_records(known.elements)
    keep_subjects(out, known.subject_map)
    with progress_shown(100) as progress:
        files = compute_records(folder, plan, out, means, progress)
    say(tr(f"Значения: {out / 'values'}, файлов {len(files)}.", f"Values: {out / 'values'}, files: {len(files)}."))


def show(
    values: Annotated[Path, typer.Argument(help=tr("Папка, куда записаны значения.", "The folder of the values."))],
    level: Annotated[
        str,
        typer.Option(
            help=tr(
                "Уровень: country, region, municipality или school.", "Level: country, region, municipality, school."
            )
        ),
    ] = "country",
    programme: RecordsProgramme = RECORDS_PROGRAMME,
    breakdowns: Annotated[
        bool, typer.Option("--breakdowns", help=tr("С классом и полом.", "By grade and sex."))
    ] = False,
) -> None:
    """CSV: numerator, denominator and share of every indicator."""
    from orientir.engines.records.shown import shown

    for line in shown(values, programme_named(programme), level, breakdowns):
        say(line)


def plan(
    programme: Annotated[str, typer.Argument(help=tr("Программа: имя или папка.", "Programme: an id or a folder."))],
    engine: Annotated[
        str,
        typer.Option(help=tr("SQL движка: duckdb, postgres, spark.", "SQL of an engine: duckdb, postgres, spark.")),
    ] = "",
) -> None:
    """What is computed once for all elements, and the text that an engine runs."""
    from orientir.engines.records.planning import plan_records
    from orientir.engines.records.told import told

    for line in told(plan_records(programme_named(programme).elements), engine):
        say(line)
