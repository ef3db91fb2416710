"""`orientir records`, `orientir plan`: indicators from records of pupils, at any scale."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orientir.command_words import tr
from orientir.commands.common import programme_named, progress_shown, say

RECORDS_PROGRAMME = "career_guidance_records"
RecordsFolder = Annotated[Path, typer.Argument(help=tr("Пакет с папкой records.", "A package with a folder records."))]
Memory = Annotated[
    str, typer.Option(help=tr("Память на все процессы, например 700MB.", "Memory of all processes, e.g. 700MB."))
]
RecordsProgramme = Annotated[
    str, typer.Option("--programme", help=tr("Программа: имя или папка.", "Programme: an id or a folder."))
]


def compute(
    folder: RecordsFolder,
    out: Annotated[Path, typer.Option(help=tr("Куда записать значения.", "Where to write the values."))],
    programme: RecordsProgramme = RECORDS_PROGRAMME,
    engine: Annotated[
        str, typer.Option(help=tr("Движок: duckdb, postgres или spark.", "Engine: duckdb, postgres or spark."))
    ] = "duckdb",
    memory: Memory = "",
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
    from orientir.engines.records.checked import check_records
    from orientir.engines.records.planning import plan_records
    from orientir.engines.records.run import Means, compute_records, megabytes
    from orientir.engines.records.subjects import keep_subjects

    means = Means(engine, megabytes(memory), processes, address)
    known = programme_named(programme)
    plan = plan_records(known.elements)
    keep_subjects(out, known.subject_map)
    means.check()  # what can be refused at once is refused before the long work
    checked = check_records(folder, out, means)
    with progress_shown(100) as progress:
        files = compute_records(folder, plan, out, means, progress)
    say(tr(f"Значения: {out / 'values'}, файлов {len(files)}.", f"Values: {out / 'values'}, files: {len(files)}."))
    for note in checked.notes:
        say(note)
    if not checked.is_whole:
        say(
            tr(
                f"Не проверено, записан ли каждый один раз в году: orientir records check {folder} --out {out}",
                f"Not checked whether each is enrolled once a year: orientir records check {folder} --out {out}",
            )
        )


def check(
    folder: RecordsFolder,
    out: Annotated[
        Path | None,
        typer.Option(
            help=tr(
                "Папка значений: проверенное не проверяется снова.", "The folder of values: is not checked there again."
            )
        ),
    ] = None,
    memory: Memory = "",
) -> None:
    """The rows of pupils too, whatever the size."""
    from tempfile import TemporaryDirectory

    from orientir.engines.records.checked import check_records
    from orientir.engines.records.run import Means, megabytes

    with TemporaryDirectory() as aside:
        checked = check_records(folder, out or Path(aside), Means(memory=megabytes(memory)), wholly=True)
    for note in checked.notes:
        say(note)
    say(tr(f"Сведения проверены, ошибок нет: {folder}", f"The records were checked, no mistakes: {folder}"))


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
    sums: Annotated[
        bool,
        typer.Option("--from-values", help=tr("То, что посчитано records values.", "What records values has made.")),
    ] = False,
) -> None:
    """CSV: numerator, denominator and share of every indicator."""
    from orientir.engines.records.shown import shown, shown_sums

    known = programme_named(programme)
    for line in shown_sums(values, known, level) if sums else shown(values, known, level, breakdowns):
        say(line)


def values(
    folder: Annotated[
        Path, typer.Argument(help=tr("Пакет с папкой data_values.", "A package with a folder data_values."))
    ],
    out: Annotated[Path, typer.Option(help=tr("Куда записать показатели.", "Where to write the indicators."))],
    programme: RecordsProgramme = RECORDS_PROGRAMME,
    memory: Memory = "",
) -> None:
    """A run that was stopped goes on where it was."""
    from orientir.engines.records.aggregate import compute_values
    from orientir.engines.records.linear import formulas_of, numbers_of_elements
    from orientir.engines.records.run import Means, megabytes
    from orientir.engines.records.value_checks import check_values

    means = Means(memory=megabytes(memory))
    formulas, reasons = formulas_of(programme_named(programme), numbers_of_elements(folder))
    check_values(folder, out, means.memory_each)
    files = compute_values(folder, formulas, out, means.memory_each)
    place = out / "indicators"
    say(
        tr(
            f"Показателей {len(formulas)}: {place}, файлов {len(files)}. Не посчитано: {len(reasons)}.",
            f"Indicators: {len(formulas)}, {place}, files: {len(files)}. Not computed: {len(reasons)}.",
        )
    )
    for indicator, reason in reasons.items():
        say(f"  {indicator}: {reason}")


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
