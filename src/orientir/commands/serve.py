"""The web application (`serve`, `log verify`, `backup`, `restore`, `remind`, `reset-second-factor`).

It is imported only when it is asked for.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from orientir.command_words import tr
from orientir.commands.common import say

DataPath = Annotated[Path, typer.Option("--data", help=tr("Папка данных.", "The data folder."))]
DATA = Path("orientir-data")


def serve(
    port: Annotated[int, typer.Option(help=tr("Порт.", "The port."), min=1, max=65535)] = 8000,
    host: Annotated[
        str, typer.Option(help=tr("Адрес, на котором слушать.", "The address to listen on."))
    ] = "127.0.0.1",
    data: DataPath = DATA,
    demo: Annotated[bool, typer.Option("--demo", help=tr("С учебным округом.", "With a training district."))] = False,
    admin: Annotated[
        str, typer.Option(help=tr("Почта первого администратора.", "E-mail of the first administrator."))
    ] = "",
) -> None:
    """Runs until it is stopped."""
    check_installed()
    from orientir_web.serving import Options
    from orientir_web.serving import serve as run

    run(Options(data, host, port, demo, admin), lambda line: typer.echo(line))


def verify_log(data: DataPath = DATA) -> None:
    """Exit code 1 where a row is not as it was written."""
    check_installed()
    _check_there(data)
    _tell_verdict(data)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=tr("Куда записать копию.", "Where to write it."))],
    data: DataPath = DATA,
) -> None:
    """While the server runs."""
    check_installed()
    from orientir_web.data_folder import DataFolder
    from orientir_web.operation.backup import back_up

    count = back_up(DataFolder(data.absolute()), file.absolute(), os.environ.get("ORIENTIR_DATABASE", ""))
    size = f"{file.stat().st_size / 1024**2:.1f}"
    say(tr(f"Копия готова: {file}, файлов {count}, {size.replace('.', ',')}\u00a0МБ. В ней все данные и ключ: "
           "храните её как сами данные.",
           f"The backup is ready: {file}, {count} files, {size} MB. It holds all data and the key: keep it as the data."
        ))  # fmt: skip


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=tr("Файл копии.", "The backup."))],
    data: DataPath = DATA,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help=tr(
                "Вместо папки, в которой уже есть данные; прежняя останется рядом.",
                "In place of a folder that holds data; the old one stays beside.",
            ),
        ),
    ] = False,
) -> None:
    """The server is stopped before. Exit code 1 where the journal of the backup is broken."""
    check_installed()
    from orientir_web.data_folder import DataFolder
    from orientir_web.operation.restore import restore as bring_back

    database = os.environ.get("ORIENTIR_DATABASE", "")
    before = bring_back(file.absolute(), DataFolder(data.absolute()), database, replace)
    if before is not None:
        say(tr(f"Прежняя папка осталась здесь: {before}", f"The folder that was there before is here: {before}"))
    say(tr(f"Данные восстановлены: {data}", f"The data are back: {data}"))
    _tell_verdict(data)


def remind(data: DataPath = DATA) -> None:
    """For the system's clock: once a day or oftener, nobody is written twice for the same thing."""
    from orientir.errors import Fault, UserError

    check_installed()
    _check_there(data)
    from orientir_web.serving import start

    start(data)
    from orientir_web.letters.reminders import remind_all
    from orientir_web.letters.sending import is_configured

    if not is_configured():
        what = tr("почтовый сервер не указан.", "no mail server is named.")
        raise UserError(Fault("ORIENTIR_MAIL", what, "smtp://имя:пароль@сервер:587?from=orientir@example.org"))
    count = remind_all()
    say(tr(f"Поставлено в очередь писем: {count}. Их отправит работающий сервер.",
           f"Letters queued: {count}. The running server sends them."))  # fmt: skip


def reset_second_factor(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help=tr("Почта человека.", "The person's e-mail."))],
    reason: Annotated[str, typer.Option(help=tr("Почему; останется в журнале.", "Why; kept in the journal."))],
    data: DataPath = DATA,
) -> None:
    """For the administrator whom nobody is above. All sessions of the person end; the password stays."""
    from orientir.errors import Fault, UserError

    check_installed()
    _check_there(data)
    from orientir_web.serving import start

    start(data)
    from orientir_web.people.models import Person
    from orientir_web.people.second_factor import take_off
    from orientir_web.refusals import ActionRefused

    person = Person.objects.filter(email=Person.objects.normalise(email)).first()
    if person is None:
        raise UserError(Fault(email, tr("такого человека в системе нет.", "there is no such person here.")))
    try:
        take_off(person, None, reason)
    except ActionRefused as refusal:
        raise UserError(Fault(email, str(refusal))) from refusal
    say(tr("Второй фактор снят, сеансы завершены. При входе его настроят заново.",
           "The second factor is off, sessions have ended. Another one is set up at the next log-in."))  # fmt: skip


def _check_there(data: Path) -> None:
    from orientir.errors import Fault, UserError

    if not data.is_dir():
        raise UserError(Fault(str(data), tr("такой папки данных нет.", "there is no such data folder.")))


def _tell_verdict(data: Path) -> None:
    from orientir_web.serving import start

    start(data)
    from orientir_web.journal.services import verify

    verdict = verify()
    if verdict.broken is not None:
        say(tr(f"Журнал нарушен: первая неверная запись — {verdict.broken}.",
               f"The journal is broken: its first wrong row is {verdict.broken}."))  # fmt: skip
        raise typer.Exit(1)
    say(tr(f"Журнал цел: записей {verdict.rows}, последняя подпись {verdict.last_hash}.",
           f"The journal is whole: {verdict.rows} rows, the last hash {verdict.last_hash}."))  # fmt: skip


def check_installed() -> None:
    """Raises UserError where the web application was not installed."""
    from importlib.util import find_spec

    from orientir.errors import Fault, UserError

    if find_spec("django") is None or find_spec("granian") is None:
        what = tr("веб-приложение не установлено.", "the web application is not installed.")
        raise UserError(Fault("orientir serve", what, "pip install 'orientir[web]'"))
