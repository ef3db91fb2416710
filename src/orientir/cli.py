"""The command line. Exit codes: 0 done, 1 done with issues in the data or the report, 2 the user's mistake, 3 ours.

Only Typer is imported at the top, so that help is instant; each command imports what it needs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import typer

from orientir.command_words import COMMAND, GROUP, tr, usage_mistake
from orientir.commands.audit import AuditCommand, audit
from orientir.commands.collect import collect
from orientir.commands.common import say
from orientir.commands.compute import check, compute
from orientir.commands.conflicts import conflicts
from orientir.commands.correct import correct
from orientir.commands.fill import fill
from orientir.commands.forms import forms
from orientir.commands.papers import papers
from orientir.commands.passports import passports
from orientir.commands.programme import check_programme
from orientir.commands.pseudonymise import pseudonymise
from orientir.commands.records import check as check_records
from orientir.commands.records import compute as compute_records
from orientir.commands.records import plan as plan_of_records
from orientir.commands.records import show as show_records
from orientir.commands.records import values as values_of_records
from orientir.commands.register import register
from orientir.commands.report import demo, report, why
from orientir.commands.serve import backup, remind, reset_second_factor, restore, serve, verify_log
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


def _group(name: str, russian: str, english: str) -> typer.Typer:
    group = typer.Typer(cls=GROUP, no_args_is_help=True, help=tr(russian, english))
    app.add_typer(group, name=name)
    return group


def _add(
    group: typer.Typer,
    function: Callable[..., None],
    russian: str,
    english: str,
    name: str | None = None,
    cls: Any = COMMAND,
) -> None:
    group.command(name, cls=cls, help=tr(russian, english))(function)


programmes = _group("programme", "Программы мониторинга.", "Monitoring programmes.")

_add(app, demo, "Отчёт по настоящим данным Кемеровского округа.", "The report on the real Kemerovo figures.")
_add(app, report, "Аналитический отчёт по пакету данных.", "The analytic report of a data package.")
_add(
    app,
    check,
    "Замечания к данным. Код 1, если есть ошибки или противоречия.",
    "Issues of the data. Exit code 1 if any.",
)
_add(app, compute, "Значения показателей в виде CSV.", "Values of the indicators as CSV.")
_add(app, why, "Откуда взялось число отчёта.", "Where a number of a report comes from.")
_add(
    programmes,
    check_programme,
    "Проверить программу: все ошибки сразу.",
    "Check a programme: every mistake.",
    name="check",
)
_add(
    app,
    register,
    "Как будет прочитан файл реестра: столбцы, строки, замечания. Код 1, если есть ошибки.",
    "How a register file would be read: columns, rows, remarks. Exit code 1 if it has errors.",
)
_add(app, forms, "Формы: по книге на каждую организацию.", "Forms: a workbook for each organisation.")
_add(
    app,
    collect,
    "Собрать присланное: кто ответил, что не так, пакет данных. Код 1, если чего-то не хватает.",
    "Collect what came: who answered, what is wrong, a data package. Exit code 1 if anything is lacking.",
)
_add(app, passports, "Паспорта школ: страница-две о каждой.", "Passports: a page or two about each school.")
_add(
    app,
    papers,
    "Документы: приказы, письмо школам, справка на страницу, слайды.",
    "Papers: orders, a letter to schools, a page for the head, slides.",
)
recorded = _group("records", "Показатели по сведениям об обучающихся.", "Indicators from records.")
_add(
    recorded,
    compute_records,
    "Посчитать величины по школам, округам, регионам и стране.",
    "Compute elements by school, municipality, region and country.",
    name="compute",
)
_add(
    recorded,
    check_records,
    "Проверить сведения: коды, школы, повторы обучающихся. Персональные номера не печатаются.",
    "Check the records: codes, schools, pupils enrolled twice. No number of a pupil is printed.",
    name="check",
)
_add(
    recorded,
    values_of_records,
    "Посчитать показатели по значениям величин организаций (data_values), на всех уровнях.",
    "Compute indicators from values of elements by organisation (data_values), at all levels.",
    name="values",
)
_add(recorded, show_records, "Показатели уровня в виде CSV.", "Indicators of a level as CSV.", name="show")
_add(
    app,
    plan_of_records,
    "План счёта по сведениям и его SQL.",
    "The plan of counting from records, and its SQL.",
    name="plan",
)
synthetic = _group("synth", "Вымышленные данные.", "Invented data.")
_add(
    synthetic,
    district,
    "Вымышленный округ: формы и реестры за три года.",
    "An invented district: forms and registers, three years.",
    name="district",
)
_add(
    synthetic,
    records,
    "Вымышленные записи об учениках: округ, регион или страна за три года, Parquet.",
    "Invented records of pupils: a district, a region or a country, three years, Parquet.",
    name="records",
)


_add(
    app,
    correct,
    "Исправить сведение записью рядом с ним: другое число, исключить, усомниться, отозвать.",
    "Correct a fact by a record beside it: another number, leave out, doubt, withdraw.",
)
_add(
    app,
    conflicts,
    "Расхождения источников: перечень, выбор, выгрузка в Excel и обратно.",
    "Conflicts of sources: list, choice, to Excel and back.",
)
_add(
    app,
    fill,
    "Заполнить чужую форму (XLSX, DOCX) из пакета данных; вид формы не меняется.",
    "Fill someone else's form (XLSX, DOCX) from a data package; its look stays as it is.",
)
_add(
    app,
    pseudonymise,
    "Записи об учениках без имён: выгрузки школы или округа -> таблицы пакета под псевдонимами. Код 1, если "
    "строки или файлы не приняты или пары ждут решения.",
    "Records of pupils without names: exports of a school or a district -> pseudonymous tables of a package. Exit "
    "code 1 if rows or files were refused or pairs wait for a person.",
)
_add(
    app,
    audit,
    "Проверить чужой готовый отчёт: пересчитать числа, назвать противоречия. Код 1, если они есть.",
    "Audit a finished report: recompute its numbers, name contradictions. Exit code 1 if any.",
    cls=AuditCommand,
)
_add(
    app,
    serve,
    "Веб-приложение на этом компьютере: люди, сроки, формы, приёмка.",
    "The web application on this machine: people, deadlines, forms, acceptance.",
)
_add(
    app,
    backup,
    "Резервная копия веб-приложения одним файлом; сервер может работать.",
    "A backup of the web application in one file; the server may run.",
)
_add(
    app,
    restore,
    "Вернуть данные из резервной копии в пустую папку, с проверкой.",
    "Bring a backup back into an empty folder, checked.",
)
_add(
    app,
    remind,
    "Поставить в очередь напоминания о сроках, чей день настал (для часов системы).",
    "Queue the reminders of deadlines whose day has come (for the system's clock).",
)
_add(
    app,
    reset_second_factor,
    "Снять второй фактор входа, если его потерял тот, над кем никого нет.",
    "Take off a second factor that somebody has lost whom nobody is above.",
    name="reset-second-factor",
)
log = _group("log", "Журнал веб-приложения.", "The journal of the web.")
_add(
    log,
    verify_log,
    "Цел ли журнал; иначе номер первой неверной записи и код 1.",
    "Whether the journal is whole; else its first wrong row and exit code 1.",
    name="verify",
)


def version() -> None:
    from orientir import __version__

    say(f"orientir {__version__}")


_add(app, version, "Версия.", "Version.")


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
