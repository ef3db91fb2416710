"""A real server with schools that programs fill in, for tests of crashes and for measurements.

`python -m web.running DATA SCHOOLS` makes the data folder and prints whom it holds, as JSON: a process has one Django,
and that of the tests has another database.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scale.servers import free_port

_PATIENCE = 60
_TESTS = Path(__file__).parents[1]


@dataclass(frozen=True)
class School:
    """The key of a school's program, the form that it fills, and the cookie of its officer who is logged in."""

    key: str
    submission: int
    cookie: str


@dataclass(frozen=True)
class Field:
    """Whom a data folder holds; `codes` are the cells of a form that take numbers."""

    schools: tuple[School, ...]
    coordinator: str
    codes: tuple[str, ...]


def made_field(data: Path, schools: int, database: str = "") -> Field:
    command = [sys.executable, "-m", "web.running", str(data), str(schools)]
    done = subprocess.run(command, env=environment(database), check=True, capture_output=True, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return Field(tuple(School(*one) for one in told["schools"]), told["coordinator"], tuple(told["codes"]))


def environment(database: str = "") -> dict[str, str]:
    told = {name: value for name, value in os.environ.items() if not name.startswith(("ORIENTIR_", "DJANGO_"))}
    told |= {"PYTHONPATH": os.pathsep.join([str(_TESTS), told.get("PYTHONPATH", "")])}
    told |= {"LANG": "ru_RU.UTF-8", "ORIENTIR_API_RATE": "1000000/m"}
    return told | ({"ORIENTIR_DATABASE": database} if database else {})


def new_database(address: str, name: str) -> str:
    """The address of another, empty database of the same server."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return address.rpartition("/")[0] + f"/{name}"


class Server:
    """`orientir serve` of a data folder, which can be killed and started again."""

    def __init__(self, data: Path, database: str = "", **told: str) -> None:
        self.port = free_port()
        self._log = data.with_name(f"{data.name}.log")
        self._command = [sys.executable, "-m", "orientir", "serve", "--data", str(data), "--port", str(self.port)]
        self._environment = environment(database) | told
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, env=self._environment, stdout=log, stderr=log)
        self.wait()

    def wait(self) -> None:
        """Until it answers."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            with suppress(OSError, http.client.HTTPException), Program(self.port, "") as program:
                if program.ask("GET", "/health/", raw=True)[0] == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(f"the server does not answer: {self.log[-2000:]}")

    def kill(self) -> None:
        """`kill -9` of the server and of everything it has started."""
        for process in (self.pid, *below(self.pid)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        assert self._process is not None
        self._process.wait(_PATIENCE)

    def kill_first(self) -> None:
        """Of the process that was started; what it has started is to end with it."""
        left = list(below(self.pid))
        os.kill(self.pid, signal.SIGKILL)
        assert self._process is not None
        self._process.wait(_PATIENCE)
        end = time.monotonic() + _PATIENCE
        while any(map(_lives, left)):
            assert time.monotonic() < end, "what the server has started outlives it"
            time.sleep(0.05)

    def kill_one(self, what: str) -> None:
        """Of the process whose command line holds this: the server starts it again."""
        for process in below(self.pid):
            with suppress(OSError):
                if what.encode() in Path(f"/proc/{process}/cmdline").read_bytes():
                    os.kill(process, signal.SIGKILL)

    def stop(self) -> int:
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(_PATIENCE)


def _lives(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    return False


@contextmanager
def running(data: Path, database: str = "", **told: str) -> Iterator[Server]:
    server = Server(data, database, **told)
    try:
        server.start()
        yield server
    finally:
        server.kill()


class Program:
    """What asks the API with a key, over one connection while it lasts."""

    def __init__(self, port: int, key: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def ask(self, method: str, path: str, told: object = None, raw: bool = False) -> tuple[int, Any]:
        """Raises OSError or HTTPException where the server is not there or falls meanwhile."""
        body = None if told is None else json.dumps(told)
        try:
            self._connection.request(method, path if raw else f"/api/v1{path}", body, self._headers)
            answer = self._connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise
        return answer.status, text if raw else json.loads(text)

    def save(self, submission: int, code: str, text: str, version: int) -> tuple[str, int]:
        """The outcome and the version of the cell afterwards. Raises AssertionError for another answer."""
        edit = {"code": code, "text": text, "version": version}
        status, told = self.ask("POST", f"/submissions/{submission}/cells", {"cells": [edit]})
        assert status == 200, (status, told)
        [cell] = told["cells"]
        return cell["outcome"], cell["version"]

    def cells(self, submission: int) -> dict[str, dict[str, Any]]:
        status, told = self.ask("GET", f"/submissions/{submission}")
        assert status == 200, (status, told)
        return {cell["code"]: cell for cell in told["cells"]}


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    location: str


class Browser:
    """What has a cookie of somebody who is logged in: asks for pages and sends their forms."""

    _TOKEN, _EDGE = "t" * 32, "edge-of-a-part"

    def __init__(self, port: int, cookie: str) -> None:
        self._port = port
        self._headers = {"Cookie": f"sessionid={cookie}; csrftoken={self._TOKEN}", "X-CSRFToken": self._TOKEN}

    def get(self, path: str) -> Answer:
        """Raises OSError or HTTPException where the server is not there or falls meanwhile; so does `send`."""
        return self._ask("GET", path, b"", {})

    def send(
        self, path: str, told: Mapping[str, str] | None = None, file: tuple[str, str, bytes] | None = None
    ) -> Answer:
        """`file` is its field, its name and its content."""
        parts = [f'name="{name}"\r\n\r\n{text}'.encode() for name, text in (told or {}).items()]
        if file:
            parts.append(f'name="{file[0]}"; filename="{file[1]}"\r\n\r\n'.encode() + file[2])
        edge = f"--{self._EDGE}".encode()
        body = b"".join(edge + b"\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts)
        return self._ask(
            "POST", path, body + edge + b"--\r\n", {"Content-Type": f"multipart/form-data; boundary={self._EDGE}"}
        )

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE)
        try:
            connection.request(method, path, body, self._headers | headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
            return Answer(answer.status, text, answer.headers.get("Location", ""))
        finally:
            connection.close()


def below(process: int) -> Iterator[int]:
    """Its children, their children and so on."""
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text(encoding="ascii").split():
                yield int(child)
                yield from below(int(child))


# ---- in a process of its own


def _make(data: Path, schools: int) -> dict[str, object]:
    from orientir_web.serving import prepare, start

    start(data)
    prepare()
    from django.db import transaction

    with transaction.atomic():
        return _people(schools)


def _people(schools: int) -> dict[str, object]:
    from orientir_web.api.tokens import issue_token
    from orientir_web.campaigns.services import open_campaign
    from orientir_web.people.organisations import add_organisation
    from orientir_web.people.roles import Action, Role
    from orientir_web.submissions.services import ask
    from web.world import CLOSES, PERIOD, PROGRAMME, ZONE

    region = add_organisation(None, code="region", title="Область", kind="region")
    place = add_organisation(None, region, code="district", title="Округ", kind="district", time_zone=ZONE)
    coordinator = new_person("coordinator", place, Role.COORDINATOR)
    own = [add_organisation(None, place, code=f"school_{n}", title=f"Школа {n}", kind="school") for n in range(schools)]
    campaign = open_campaign(place, PROGRAMME, PERIOD, CLOSES, coordinator)
    made = ask(campaign, own, coordinator)
    keys = []
    for number, one in enumerate(made):
        officer = new_person(f"officer.{number}", one.organisation, Role.SCHOOL_OFFICER)
        rights = (Action.SEE, Action.FILL)
        keys.append((issue_token(officer, one.organisation, rights, "выгрузка", 30), one.pk, logged_in(officer)))
    key = issue_token(coordinator, place, (Action.SEE, Action.FILL, Action.REVIEW), "выгрузка", 30)
    return {"schools": keys, "coordinator": key, "codes": numbers_of(made[0])}


def numbers_of(submission: Any) -> list[str]:
    """The cells that take numbers."""
    from orientir.model.forms import AnswerKind
    from orientir_web.submissions.sheets import sheet_of

    return [code for code, cell in sheet_of(submission).places.items() if cell.answer is not AnswerKind.YES_NO]


def logged_in(person: Any) -> str:
    from web.world import client_of

    return str(client_of(person).cookies["sessionid"].value)


def new_person(name: str, place: Any, role: Any) -> Any:
    from django.utils import timezone

    from orientir_web.people.models import Membership, Person

    person = Person.objects.create_user(f"{name}@example.org", None, full_name=name)
    Membership.objects.create(person=person, organisation=place, role=role, valid_from=timezone.localdate())
    return person


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_make(Path(sys.argv[1]), int(sys.argv[2]))) + "\n")
