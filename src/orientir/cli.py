"""The command line. Exit codes: 0 done, 1 done with issues in the data or the report, 2 the user's mistake, 3 ours.

Only Typer is imported at the top, so that help is instant; each command imports what it needs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from orientir.command_words import COMMAND, GROUP, tr, usage_mistake
from orientir.commands.audit import AuditCommand, audit
from orientir.commands.collect import collect
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
    programme_named,
    progress_shown,
    say,
)
from orientir.commands.conflicts import conflicts
from orientir.commands.correct import correct
from orientir.commands.fill import fill
from orientir.commands.forms import forms
from orientir.commands.papers import papers
from orientir.commands.passports import passports
from orientir.commands.pseudonymise import pseudonymise
from orientir.commands.records import check as check_records
from orientir.commands.records import compute as compute_records
from orientir.commands.records import plan as plan_of_records
from orientir.commands.records import show as show_records
from orientir.commands.records import values as values_of_records
from orientir.commands.register import register
from orientir.commands.serve import backup, remind, restore, serve, verify_log
from orientir.commands.synth import district, records

app = typer.Typer(
    name="orientir",
    cls=GROUP,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=tr(
        "Ориентир: от сведений о профориентации школьников до аналитического отчёта, в котором каждое число "
        "прослеживается до источника. Коды выхода: 0 — готово, 1 — готово, но в данных (check) или в чужом отчёте "
        "(audit) ошибки или противоречия, 2 — ошибка в данных или команде, 3 — ошибка программы.",
        "Orientir: from figures on career guidance of pupils to an analytic report in which every number can be traced "
        "to its source. Exit codes: 0 done, 1 done with issues in the data (check) or the report (audit), 2 a mistake "
        "in the data or the command, 3 our mistake.",
    ),
)
programmes = typer.Typer(cls=GROUP, no_args_is_help=True, help=tr("Программы мониторинга.", "Monitoring programmes."))
app.add_typer(programmes, name="programme")

DEMO_PACKAGE, DEMO_PERIOD = "kemerovo", "2021/22"


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
        str(shipped(kind) / name) for kind, name in (("examples", DEMO_PACKAGE), ("programmes", DEFAULT_PROGRAMME))
    )
    _report(package, programme, DEMO_PERIOD, on, "duckdb", out, formats, page_numbers)


@app.command(cls=COMMAND, help=tr("Аналитический отчёт по пакету данных.", "The analytic report of a data package."))
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


@app.command(
    cls=COMMAND,
    help=tr("Замечания к данным. Код 1, если есть ошибки или противоречия.", "Issues of the data. Exit code 1 if any."),
)
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


@app.command(cls=COMMAND, help=tr("Значения показателей в виде CSV.", "Values of the indicators as CSV."))
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


@app.command(cls=COMMAND, help=tr("Откуда взялось число отчёта.", "Where a number of a report comes from."))
def why(
    folder: Annotated[Path, typer.Argument(metavar="REPORT_DIR", help=tr("Папка отчёта.", "Folder of the report."))],
    number: Annotated[str, typer.Argument(metavar="NUMBER_ID", help=tr("Код числа, например v17.", "Id, e.g. v17."))],
) -> None:
    from orientir.tracing import trace

    for line in trace(folder, number):
        say(line)


@programmes.command(
    "check", cls=COMMAND, help=tr("Проверить программу: все ошибки сразу.", "Check a programme: every mistake.")
)
def check_programme(
    path: Annotated[str, typer.Argument(help=tr("Имя или папка программы.", "Id or folder of the programme."))],
    cells: Annotated[
        bool,
        typer.Option("--cells", help=tr("Зачем нужна каждая ячейка форм.", "What each cell of the forms is for.")),
    ] = False,
) -> None:
    from orientir.commands.burden import burdens_told

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


app.command(
    cls=COMMAND,
    help=tr(
        "Как будет прочитан файл реестра: столбцы, строки, замечания. Код 1, если есть ошибки.",
        "How a register file would be read: columns, rows, remarks. Exit code 1 if it has errors.",
    ),
)(register)
app.command(
    cls=COMMAND,
    help=tr("Формы: по книге на каждую организацию.", "Forms: a workbook for each organisation."),
)(forms)
app.command(
    cls=COMMAND,
    help=tr(
        "Собрать присланное: кто ответил, что не так, пакет данных. Код 1, если чего-то не хватает.",
        "Collect what came: who answered, what is wrong, a data package. Exit code 1 if anything is lacking.",
    ),
)(collect)
app.command(
    cls=COMMAND, help=tr("Паспорта школ: страница-две о каждой.", "Passports: a page or two about each school.")
)(passports)
app.command(
    cls=COMMAND,
    help=tr(
        "Документы: приказы, письмо школам, справка на страницу, слайды.",
        "Papers: orders, a letter to schools, a page for the head, slides.",
    ),
)(papers)
recorded = typer.Typer(
    cls=GROUP, no_args_is_help=True, help=tr("Показатели по сведениям об обучающихся.", "Indicators from records.")
)
app.add_typer(recorded, name="records")
recorded.command(
    "compute",
    cls=COMMAND,
    help=tr(
        "Посчитать величины по школам, округам, регионам и стране.",
        "Compute elements by school, municipality, region and country.",
    ),
)(compute_records)
recorded.command(
    "check",
    cls=COMMAND,
    help=tr(
        "Проверить сведения: коды, школы, повторы обучающихся. Персональные номера не печатаются.",
        "Check the records: codes, schools, pupils enrolled twice. No number of a pupil is printed.",
    ),
)(check_records)
recorded.command(
    "values",
    cls=COMMAND,
    help=tr(
        "Посчитать показатели по значениям величин организаций (data_values), на всех уровнях.",
        "Compute indicators from values of elements by organisation (data_values), at all levels.",
    ),
)(values_of_records)
recorded.command("show", cls=COMMAND, help=tr("Показатели уровня в виде CSV.", "Indicators of a level as CSV."))(
    show_records
)
app.command(
    "plan",
    cls=COMMAND,
    help=tr("План счёта по сведениям и его SQL.", "The plan of counting from records, and its SQL."),
)(plan_of_records)
synthetic = typer.Typer(cls=GROUP, no_args_is_help=True, help=tr("Вымышленные данные.", "Invented data."))
app.add_typer(synthetic, name="synth")
synthetic.command(
    "district",
    cls=COMMAND,
    help=tr(
        "Вымышленный округ: формы и реестры за три года.", "An invented district: forms and registers, three years."
    ),
)(district)
synthetic.command(
    "records",
    cls=COMMAND,
    help=tr(
        "Вымышленные записи об учениках: округ, регион или страна за три года, Parquet.",
        "Invented records of pupils: a district, a region or a country, three years, Parquet.",
    ),
)(records)


app.command(
    cls=COMMAND,
    help=tr(
        "Исправить сведение записью рядом с ним: другое число, исключить, усомниться, отозвать.",
        "Correct a fact by a record beside it: another number, leave out, doubt, withdraw.",
    ),
)(correct)
app.command(
    cls=COMMAND,
    help=tr(
        "Расхождения источников: перечень, выбор, выгрузка в Excel и обратно.",
        "Conflicts of sources: list, choice, to Excel and back.",
    ),
)(conflicts)
app.command(
    cls=COMMAND,
    help=tr(
        "Заполнить чужую форму (XLSX, DOCX) из пакета данных; вид формы не меняется.",
        "Fill someone else's form (XLSX, DOCX) from a data package; its look stays as it is.",
    ),
)(fill)
app.command(
    cls=COMMAND,
    help=tr(
        "Записи об учениках без имён: выгрузки школы или округа -> таблицы пакета под псевдонимами. Код 1, если "
        "строки или файлы не приняты или пары ждут решения.",
        "Records of pupils without names: exports of a school or a district -> pseudonymous tables of a package. Exit "
        "code 1 if rows or files were refused or pairs wait for a person.",
    ),
)(pseudonymise)
app.command(
    cls=AuditCommand,
    help=tr(
        "Проверить чужой готовый отчёт: пересчитать числа, назвать противоречия. Код 1, если они есть.",
        "Audit a finished report: recompute its numbers, name contradictions. Exit code 1 if any.",
    ),
)(audit)
app.command(
    cls=COMMAND,
    help=tr(
        "Веб-приложение на этом компьютере: люди, сроки, формы, приёмка.",
        "The web application on this machine: people, deadlines, forms, acceptance.",
    ),
)(serve)
app.command(
    cls=COMMAND,
    help=tr(
        "Резервная копия веб-приложения одним файлом; сервер может работать.",
        "A backup of the web application in one file; the server may run.",
    ),
)(backup)
app.command(
    cls=COMMAND,
    help=tr(
        "Вернуть данные из резервной копии в пустую папку, с проверкой.",
        "Bring a backup back into an empty folder, checked.",
    ),
)(restore)
app.command(
    cls=COMMAND,
    help=tr(
        "Поставить в очередь напоминания о сроках, чей день настал (для часов системы).",
        "Queue the reminders of deadlines whose day has come (for the system's clock).",
    ),
)(remind)
log = typer.Typer(cls=GROUP, no_args_is_help=True, help=tr("Журнал веб-приложения.", "The journal of the web."))
app.add_typer(log, name="log")
log.command(
    "verify",
    cls=COMMAND,
    help=tr(
        "Цел ли журнал; иначе номер первой неверной записи и код 1.",
        "Whether the journal is whole; else its first wrong row and exit code 1.",
    ),
)(verify_log)


@app.command(cls=COMMAND, help=tr("Версия.", "Version."))
def version() -> None:
    from orientir import __version__

    say(f"orientir {__version__}")


# ---- what the commands share


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
