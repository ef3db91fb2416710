"""The command line. Exit codes: 0 done, 1 done with issues in the data (check), 2 the user's mistake, 3 ours.

Only Typer is imported at the top, so that help is instant; each command imports what it needs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orientir.command_words import COMMAND, GROUP, tr, usage_mistake

if TYPE_CHECKING:
    from orientir.indicators.values import Engine
    from orientir.model.cycle import Cycle
    from orientir.model.programme import Programme

app = typer.Typer(
    name="orientir",
    cls=GROUP,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=tr(
        "Ориентир: от сведений о профориентации школьников до аналитического отчёта, в котором каждое число "
        "прослеживается до источника. Коды выхода: 0 — готово, 1 — готово, но в данных ошибки или противоречия "
        "(check), 2 — ошибка в данных или команде, 3 — ошибка программы.",
        "Orientir: from figures on career guidance of pupils to an analytic report in which every number can be traced "
        "to its source. Exit codes: 0 done, 1 done with issues in the data (check), 2 a mistake in the data or the "
        "command, 3 our mistake.",
    ),
)
programmes = typer.Typer(cls=GROUP, no_args_is_help=True, help=tr("Программы мониторинга.", "Monitoring programmes."))
app.add_typer(programmes, name="programme")

DEMO_PROGRAMME, DEMO_PACKAGE, DEMO_PERIOD = "career_guidance_2022", "kemerovo", "2021/22"

PackageFolder = Annotated[str, typer.Argument(help=tr("Папка пакета данных.", "Folder of the data package."))]
ProgrammeId = Annotated[
    str, typer.Option("--programme", help=tr("Программа: имя или папка.", "Programme: an id or a folder."))
]
PeriodLabel = Annotated[str, typer.Option("--period", help=tr("Период, например 2021/22.", "Period, e.g. 2021/22."))]
Day = Annotated[
    str | None, typer.Option("--date", help=tr("Дата отчёта ГГГГ-ММ-ДД.", "Date of the report, YYYY-MM-DD."))
]
Formats = Annotated[str, typer.Option("--formats", help=tr("Форматы через запятую.", "Formats, comma-separated."))]
EngineName = Annotated[
    str, typer.Option("--engine", help=tr("Движок: duckdb или memory.", "Engine: duckdb or memory."))
]
PageNumbers = Annotated[
    bool,
    typer.Option(
        help=tr(
            "Номера страниц в оглавлении DOCX (через LibreOffice, если он есть).",
            "Page numbers in the contents of the DOCX (by LibreOffice where it is installed).",
        )
    ),
]
ALL_FORMATS = "docx,pdf,html,xlsx,site"


@app.command(
    cls=COMMAND, help=tr("Отчёт по настоящим данным Кемеровского округа.", "The report on the real Kemerovo figures.")
)
def demo(
    out: Annotated[Path, typer.Option(help=tr("Куда записать.", "Where to write."))] = Path("out/demo"),
    on: Day = None,
    formats: Formats = ALL_FORMATS,
    page_numbers: PageNumbers = True,
) -> None:
    from orientir.resources import shipped

    package, programme = (
        str(shipped(kind) / name) for kind, name in (("examples", DEMO_PACKAGE), ("programmes", DEMO_PROGRAMME))
    )
    _report(package, programme, DEMO_PERIOD, on, "duckdb", out, formats, page_numbers)


@app.command(cls=COMMAND, help=tr("Аналитический отчёт по пакету данных.", "The analytic report of a data package."))
def report(
    package: PackageFolder,
    out: Annotated[Path, typer.Option(help=tr("Куда записать.", "Where to write."))],
    period: PeriodLabel,
    programme: ProgrammeId = DEMO_PROGRAMME,
    formats: Formats = ALL_FORMATS,
    on: Day = None,
    engine: EngineName = "duckdb",
    page_numbers: PageNumbers = True,
) -> None:
    _report(package, programme, period, on, engine, out, formats, page_numbers)


@app.command(
    cls=COMMAND,
    help=tr("Замечания к данным. Код 1, если есть ошибки или противоречия.", "Issues of the data. Exit code 1 if any."),
)
def check(package: PackageFolder, period: PeriodLabel, programme: ProgrammeId = DEMO_PROGRAMME) -> None:
    from orientir.reports.words import SEVERITY

    issues = _cycle(package, programme, period, None).issues
    for issue in issues:
        _say(f"[{SEVERITY[issue.severity]}] {issue.where}: {issue.message} {issue.advice}")
    _say(tr(f"Замечаний: {len(issues)}.", f"Issues: {len(issues)}."))
    if any(issue.severity != "info" for issue in issues):
        raise typer.Exit(1)


@app.command(cls=COMMAND, help=tr("Значения показателей в виде CSV.", "Values of the indicators as CSV."))
def compute(
    package: PackageFolder,
    period: PeriodLabel,
    programme: ProgrammeId = DEMO_PROGRAMME,
    engine: EngineName = "duckdb",
    out: Annotated[Path | None, typer.Option(help=tr("Файл вместо экрана.", "A file instead of the screen."))] = None,
) -> None:
    from orientir.tabular import VALUE_COLUMNS, csv_text, value_rows

    text = csv_text(VALUE_COLUMNS, value_rows(_cycle(package, programme, period, None, engine).values))
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())  # data are UTF-8, whatever the screen speaks
        sys.stdout.buffer.flush()
    else:
        from orientir.writing import write_file

        write_file(out, text)


@app.command(cls=COMMAND, help=tr("Откуда взялось число отчёта.", "Where a number of a report comes from."))
def why(
    folder: Annotated[Path, typer.Argument(metavar="REPORT_DIR", help=tr("Папка отчёта.", "Folder of the report."))],
    number: Annotated[str, typer.Argument(metavar="NUMBER_ID", help=tr("Код числа, например v17.", "Id, e.g. v17."))],
) -> None:
    from orientir.tracing import trace

    for line in trace(folder, number):
        _say(line)


@programmes.command(
    "check", cls=COMMAND, help=tr("Проверить программу: все ошибки сразу.", "Check a programme: every mistake.")
)
def check_programme(
    path: Annotated[str, typer.Argument(help=tr("Имя или папка программы.", "Id or folder of the programme."))],
) -> None:
    programme = _programme(path)
    indicators, elements = len(programme.indicators), len(programme.elements)
    _say(
        tr(
            f"Программа «{programme.title}» исправна: показателей {indicators}, величин {elements}.",
            f"The programme {programme.id} is sound: {indicators} indicators, {elements} elements.",
        )
    )


@app.command(cls=COMMAND, help=tr("Версия.", "Version."))
def version() -> None:
    from orientir import __version__

    _say(f"orientir {__version__}")


# ---- what the commands share


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _programme(name: str) -> Programme:
    from orientir.definitions.loader import load_programme
    from orientir.reports.build import SECTIONS
    from orientir.reports.context import shipped_texts
    from orientir.resources import programme_folder

    return load_programme(programme_folder(name), frozenset(SECTIONS), frozenset(shipped_texts()))


def _cycle(package: str, programme_name: str, period_label: str, on: str | None, engine_name: str = "duckdb") -> Cycle:
    from orientir.cycle import report_periods, run_cycle
    from orientir.facts.package import read_package
    from orientir.options import check_told_of, report_date, report_period
    from orientir.resources import example_folder

    as_of = report_date(on)
    engine = _engine(engine_name)
    programme = _programme(programme_name)
    period = report_period(period_label, programme.period)
    with _progress() as progress:
        progress(tr("Читаю данные", "Reading the data"))
        data = read_package(example_folder(package), programme)
        check_told_of(report_periods(programme, period), data.facts)
        progress(tr("Считаю и сравниваю", "Computing and comparing"))
        try:
            return run_cycle(data, programme, period, as_of, engine)
        finally:
            engine.close()


def _engine(name: str) -> Engine:
    from orientir.errors import Fault, UserError

    if name == "duckdb":
        from orientir.engines.duckdb import DuckDBEngine

        return DuckDBEngine()
    if name == "memory":
        from orientir.engines.memory import MemoryEngine

        return MemoryEngine()
    raise UserError(Fault("--engine", f"движка «{name}» нет.", "Допустимы: duckdb, memory."))


def _report(
    package: str, programme: str, period: str, on: str | None, engine: str, out: Path, formats: str, page_numbers: bool
) -> None:
    from orientir.options import chosen
    from orientir.writing import FORMATS, check_replaceable, write_report

    # What can be refused at once is refused before the long work.
    wanted = chosen(formats, FORMATS)
    check_replaceable(out)
    cycle = _cycle(package, programme, period, on, engine)
    told = {
        "document": tr("Собираю текст", "Writing the text"),
        "site": tr("Готовлю открытую версию", "Preparing the public site"),
    }
    with _progress(len(wanted) + 1) as progress:
        write_report(cycle, out, wanted, page_numbers, lambda name: progress(told.get(name, f"report.{name}")))
    errors = sum(issue.severity == "error" for issue in cycle.issues)
    _say(
        tr(
            f"Отчёт готов: {out}\nЗамечаний к данным: {len(cycle.issues)}, из них ошибок: {errors}.",
            f"The report is ready: {out}\nIssues of the data: {len(cycle.issues)}, errors among them: {errors}.",
        )
    )


def _progress(steps: int = 2) -> Any:
    """A bar on a terminal; silence elsewhere."""
    from orientir.progress import progress_bar

    return progress_bar(steps)


def main() -> None:
    """Entry point: a user's mistake is told plainly, ours with its trace."""
    import traceback

    from orientir.errors import UserError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a screen that has no such letter is no reason to fail
    try:
        sys.exit(app(prog_name="orientir", standalone_mode=False) or 0)
    except typer.Abort:
        sys.exit(130)
    except UserError as error:
        for fault in error.faults:
            sys.stderr.write(f"{fault}\n")
        sys.exit(2)
    except BrokenPipeError:
        # The reader has had enough (`| head`); what is left must not be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        # The mistakes of a command line itself; Typer keeps their class to itself.
        if hasattr(error, "format_message") and hasattr(error, "ctx"):
            command = error.ctx.command_path if error.ctx else "orientir"
            sys.stderr.write(usage_mistake(error.format_message(), command) if error.format_message() else "")
            sys.exit(2)
        traceback.print_exc()
        sys.stderr.write(tr("Это ошибка программы, а не ваша.\n", "This is our mistake, not yours.\n"))
        sys.exit(3)
