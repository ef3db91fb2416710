"""`orientir report`, `orientir demo`: the analytic report; `orientir why`: where its numbers come from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orientir.command_words import tr
from orientir.commands.common import (
    ALL_FORMATS,
    DEFAULT_PROGRAMME,
    AudienceName,
    Day,
    EngineName,
    Formats,
    OwnProgramme,
    PackageFolder,
    PageNumbers,
    PeriodLabel,
    StructureName,
    cycle_of,
    is_public,
    progress_shown,
    say,
)

DEMO_PACKAGE, DEMO_PERIOD = "kemerovo", "2021/22"


def demo(
    out: Annotated[Path, typer.Option(help=tr("Куда записать.", "Where to write."))] = Path("out/demo"),
    on: Day = None,
    formats: Formats = ALL_FORMATS,
    page_numbers: PageNumbers = True,
) -> None:
    from orientir.resources import shipped

    package, programme = (
        str(shipped(kind) / name) for kind, name in (("examples", DEMO_PACKAGE), ("programmes", DEFAULT_PROGRAMME))
    )
    _report(package, programme, DEMO_PERIOD, on, "duckdb", out, formats, page_numbers)


def report(
    package: PackageFolder,
    out: Annotated[Path, typer.Option(help=tr("Куда записать.", "Where to write."))],
    period: PeriodLabel,
    programme: OwnProgramme = "",
    formats: Formats = ALL_FORMATS,
    on: Day = None,
    engine: EngineName = "duckdb",
    page_numbers: PageNumbers = True,
    audience: AudienceName = "internal",
    structure: StructureName = "then",
) -> None:
    _report(package, programme, period, on, engine, out, formats, page_numbers, is_public(audience), structure)


def why(
    folder: Annotated[Path, typer.Argument(metavar="REPORT_DIR", help=tr("Папка отчёта.", "Folder of the report."))],
    number: Annotated[str, typer.Argument(metavar="NUMBER_ID", help=tr("Код числа, например v17.", "Id, e.g. v17."))],
) -> None:
    from orientir.tracing import trace

    for line in trace(folder, number):
        say(line)


def _report(
    package: str,
    programme: str,
    period: str,
    on: str | None,
    engine: str,
    out: Path,
    formats: str,
    page_numbers: bool,
    public: bool = False,
    structure: str = "then",
) -> None:
    from orientir.options import chosen
    from orientir.writing import FORMATS, check_replaceable, write_report

    # What can be refused at once is refused before the long work.
    wanted = chosen(formats, FORMATS)
    check_replaceable(out)
    cycle = cycle_of(package, programme, period, on, engine, structure)
    told = {
        "document": tr("Собираю текст", "Writing the text"),
        "site": tr("Готовлю открытую версию", "Preparing the public site"),
    }
    with progress_shown(len(wanted) + 1) as progress:

        def begun(name: str) -> None:
            progress(told.get(name, f"report.{name}"))

        write_report(cycle, out, wanted, page_numbers, begun, public)
    errors = sum(issue.severity == "error" for issue in cycle.issues)
    say(
        tr(
            f"Отчёт готов: {out}\nЗамечаний к данным: {len(cycle.issues)}, из них ошибок: {errors}.",
            f"The report is ready: {out}\nIssues of the data: {len(cycle.issues)}, errors among them: {errors}.",
        )
    )
