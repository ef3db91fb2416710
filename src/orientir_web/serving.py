"""`orientir serve`: everything made ready in the data folder, the first person invited, then server and worker.

Django is set up here and nowhere else; what needs it is imported afterwards.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orientir.command_words import tr
from orientir.errors import Fault, UserError
from orientir_web.data_folder import DataFolder
from orientir_web.occupied import occupied
from orientir_web.operation.ends import PARENT

THREADS = 4  # without a bound the server starts as many threads as there are slow requests
_PATIENCE = 20  # seconds for the worker to finish what it does
_PAUSE = 5  # seconds before a worker that fell is started again
Say = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    demo: bool = False
    first_email: str = ""


def serve(options: Options, say: Say) -> None:
    """Until Ctrl+C or SIGTERM. Raises UserError where the folder, the port or the database cannot be used."""
    _check_port(options.host, options.port)  # first: a refused start leaves no folder and no invitation
    # A passkey belongs to a name: at a bare address browsers refuse it.
    name = "localhost" if options.host == "127.0.0.1" else options.host
    url = f"http://{name}:{options.port}"
    os.environ.setdefault("ORIENTIR_URL", url)
    os.environ[PARENT] = str(os.getpid())
    start(options.data, options.host)
    with occupied(DataFolder(options.data.absolute())):
        _serve(options, url, say)


def _serve(options: Options, url: str, say: Say) -> None:
    prepare()
    from orientir_web.operation.sweeping import sweep

    sweep()
    if options.demo:
        from orientir_web.demo import tell_demo

        tell_demo(url, say)
    else:
        invite_first(options.first_email, url, say)
    say(tr(f"Ориентир работает: {url}  Остановить: Ctrl+C.", f"Orientir is running: {url}  Stop it with Ctrl+C."))
    from orientir_web.letters.clock import reminding

    with _worker(), reminding():
        _run_server(options)


def start(data: Path, host: str = "") -> None:
    """Django with this data folder; once in a process."""
    os.umask(0o077)  # whatever is made from here on is its owner's alone
    folder = DataFolder(data.absolute())
    try:
        folder.prepare()
    except OSError as error:
        what = tr("папку данных не создать", "the data folder cannot be made")
        raise UserError(Fault(str(data), f"{what}: {error.strerror}.")) from error
    os.environ["ORIENTIR_DATA"] = str(folder.path)
    os.environ["DJANGO_SETTINGS_MODULE"] = "orientir_web.settings"
    if host:
        os.environ.setdefault("ORIENTIR_HOSTS", ",".join(dict.fromkeys((host, "localhost", "127.0.0.1", "[::1]"))))
    import django

    django.setup()


def prepare() -> None:
    """The database as this version needs it, the catalogue of English, the files that browsers ask for."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError

    from orientir_web.languages import compile_messages

    try:
        call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as error:
        what = tr("база данных недоступна", "the database is out of reach")
        raise UserError(Fault("ORIENTIR_DATABASE", f"{what}: {str(error).strip()}")) from error
    if settings.DATA.database.exists():
        settings.DATA.database.chmod(0o600)
    compile_messages(settings.DATA.messages)
    call_command("collectstatic", interactive=False, verbosity=0)


def invite_first(email: str, url: str, say: Say) -> None:
    """While nobody has come in: a link for the first administrator, new at every start, the older one void."""
    from django.urls import reverse

    from orientir_web.people.invitations import first_invitation

    token = first_invitation(email or "admin@localhost")
    if token:
        link = f"{url}{reverse('accept_invitation', args=[token])}"
        say(tr(f"Первый вход (ссылка действует один раз): {link}", f"To come in first (works once): {link}"))


@contextmanager
def _worker() -> Iterator[None]:
    """The worker of background jobs; one that falls is started again until the server stops."""
    stopping = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep() -> None:
        while not stopping.is_set():
            command = [sys.executable, "-m", "django", "work", "--no-startup-delay"]
            # A session of its own: Ctrl+C reaches the server, which then ends the worker in good order.
            running[:] = [subprocess.Popen(command, start_new_session=True)]
            running[0].wait()
            stopping.wait(_PAUSE)

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        for process in running:
            _end(process)
        keeper.join(_PATIENCE)


def _end(process: subprocess.Popen[Any]) -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()


def _run_server(options: Options) -> None:
    """One process on SQLite, whose writers wait for each other anyway; one for each core on PostgreSQL."""
    from django.conf import settings
    from django.db import connection
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    connection.close()
    formatters: Any = settings.LOGGING["formatters"]
    Server(
        target="orientir_web.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=1 if connection.vendor == "sqlite" else os.cpu_count() or 1,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        # A process that is told to stop while it still starts does not hear it.
        workers_kill_timeout=_PATIENCE,
        log_level=LogLevels.warning,
        log_dictconfig={"formatters": dict.fromkeys(("generic", "access"), formatters["json"])},
    ).serve()


def _check_port(host: str, port: int) -> None:
    import socket

    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except OSError as error:
            what = tr(f"порт {port} занят или недоступен", f"port {port} is taken or not allowed")
            raise UserError(Fault("--port", f"{what}: {error.strerror}.")) from error
