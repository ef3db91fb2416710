"""`orientir check` and `orientir compute`: issues of the data and values of the indicators, without a report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from orientir.command_words import tr
from orientir.commands.common import EngineName, OwnProgramme, PackageFolder, PeriodLabel, StructureName, cycle_of, say


def check(
    package: PackageFolder,
    period: PeriodLabel,
    programme: OwnProgramme = "",
    structure: StructureName = "then",
) -> None:
    from orientir.reports.words import SEVERITY

    issues = cycle_of(package, programme, period, None, structure_name=structure).issues
    for issue in issues:
        say(f"[{SEVERITY[issue.severity]}] {issue.where}: {issue.message} {issue.advice}")
    say(tr(f"Замечаний: {len(issues)}.", f"Issues: {len(issues)}."))
    if any(issue.severity != "info" for issue in issues):
        raise typer.Exit(1)


def compute(
    package: PackageFolder,
    period: PeriodLabel,
    programme: OwnProgramme = "",
    engine: EngineName = "duckdb",
    out: Annotated[Path | None, typer.Option(help=tr("Файл вместо экрана.", "A file instead of the screen."))] = None,
    structure: StructureName = "then",
) -> None:
    from orientir.tabular import VALUE_COLUMNS, csv_text, value_rows

    values = cycle_of(package, programme, period, None, engine, structure).values
    text = csv_text(VALUE_COLUMNS, value_rows(values))
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())  # data are UTF-8, whatever the screen speaks
        sys.stdout.buffer.flush()
    else:
        from orientir.writing import write_file

        write_file(out, text)
