"""What people and programs do on a server that may be killed under them, and what must be there afterwards.

Each deed knows what was acknowledged. What was sent and not answered may have been done or not, but whole. `step` does
one thing and raises LOST where the server falls meanwhile; `check` looks at what is there; `settled` tells whether
nothing is under way any more, and asks again where the pages offer that.

`python -m web.deeds DATA` adds to what `web.running` has made whom the deeds need, and prints it as JSON.
"""

from __future__ import annotations

import http.client
import io
import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from openpyxl import Workbook

from web.running import Browser, Field, Program, School, environment, made_field
from web.writers import Writer, writers_of

LOST = (OSError, http.client.HTTPException, json.JSONDecodeError)
ROWS = 30  # of an imported file


class Deed(Protocol):
    def step(self, port: int) -> None: ...
    def check(self, port: int) -> None: ...
    def settled(self, port: int) -> bool: ...


@dataclass
class Saving:
    """One cell after the other."""

    writer: Writer

    def step(self, port: int) -> None:
        with Program(port, self.writer.school.key) as program:
            self.writer.save(program)

    def check(self, port: int) -> None:
        with Program(port, self.writer.school.key) as program:
            self.writer.check(program)

    def settled(self, port: int) -> bool:
        return True


@dataclass
class Submitting:
    """One complete form, submitted and returned in turn."""

    school: School
    coordinator: str
    state: str = "draft"
    is_sure: bool = True

    def step(self, port: int) -> None:
        to = self._next()
        key = self.coordinator if to == "returned" else self.school.key
        told = {"remarks": [{"text": "Проверьте"}]} if to == "returned" else None
        verb = "return" if to == "returned" else "submit"
        with Program(port, key) as program:
            self.is_sure = False
            status, answer = program.ask("POST", f"/submissions/{self.school.submission}/{verb}", told)
        assert (status, answer["state"]) == (200, to), answer
        self.state, self.is_sure = to, True

    def _next(self) -> str:
        return "returned" if self.state == "submitted" else "submitted"

    def check(self, port: int) -> None:
        with Program(port, self.school.key) as program:
            _, answer = program.ask("GET", f"/submissions/{self.school.submission}")
        assert answer["state"] in ({self.state} if self.is_sure else {self.state, self._next()})
        assert bool(answer["remarks"]) == (answer["state"] == "returned")  # a state without its remarks is half
        self.state, self.is_sure = answer["state"], True

    def settled(self, port: int) -> bool:
        return True


@dataclass
class _WholeForm:
    """All numbers of a form at once: they are of one time, or of the next."""

    school: School
    codes: tuple[str, ...]
    number: int = 0
    is_sure: bool = True

    def check(self, port: int) -> None:
        with Program(port, self.school.key) as program:
            cells = program.cells(self.school.submission)
        [found] = {cells[code]["value"] for code in self.codes}  # more than one is half of what was sent
        number = int(found or 0)
        assert number in ({self.number} if self.is_sure else {self.number, self._next()}), (number, self.number)
        self.number, self.is_sure = number, True

    def _next(self) -> int:
        return self.number + 1

    def settled(self, port: int) -> bool:
        return True


class Pasting(_WholeForm):
    """A table from elsewhere: a batch of cells."""

    def step(self, port: int) -> None:
        # Every batch changes every cell, so that the version is the number.
        told = [{"code": code, "text": str(self._next()), "version": self.number} for code in self.codes]
        with Program(port, self.school.key) as program:
            self.is_sure = False
            status, answer = program.ask("POST", f"/submissions/{self.school.submission}/cells", {"cells": told})
        assert status == 200 and {one["outcome"] for one in answer["cells"]} == {"saved"}, answer
        self.number, self.is_sure = self._next(), True


@dataclass
class Uploading(_WholeForm):
    """The form as a workbook, over what stands in it; the first book holds ones, the second twos."""

    books: tuple[bytes, ...] = ()

    def _next(self) -> int:
        return 3 - self.number

    def step(self, port: int) -> None:
        browser = Browser(port, self.school.cookie)
        book = self.books[self._next() - 1]
        self.is_sure = False
        path, file = f"/forms/{self.school.submission}/upload/", ("workbook", "форма.xlsx", book)
        answer = browser.send(path, {"replace": "1"}, file)
        assert answer.status == 200, answer.text[-2000:]
        self.number, self.is_sure = self._next(), True


@dataclass
class Importing:
    """A file of events into a register, looked at and confirmed."""

    cookie: str
    number: int = 0
    taken: set[int] = field(default_factory=set)
    unsure: set[int] = field(default_factory=set)

    def step(self, port: int) -> None:
        self.number += 1
        browser = Browser(port, self.cookie)
        draft = browser.send("/registers/events/import/", {}, ("file", "план.xlsx", self._plan()))
        assert draft.status == 302, draft.text[-2000:]
        self.unsure.add(self.number)
        assert browser.send(f"{draft.location}confirm/").status == 302
        self.taken.add(self.number)
        self.unsure.discard(self.number)

    def _plan(self) -> bytes:
        book, out = Workbook(), io.BytesIO()
        sheet = book.active
        assert sheet is not None
        sheet.append(["Название мероприятия", "Дата проведения", "Количество участников"])
        for row in range(ROWS):
            sheet.append([f"Экскурсия {self.number}-{row}", "28.04.2022", 20 + row])
        book.save(out)
        return out.getvalue()

    def check(self, port: int) -> None:
        answer = Browser(port, self.cookie).get("/registers/events/export.csv")
        assert answer.status == 200
        titles = re.findall(r"Экскурсия (\d+)-\d+", answer.text)
        found = {number: titles.count(str(number)) for number in {int(told) for told in titles}}
        assert set(found.values()) <= {ROWS}, found
        assert self.taken <= set(found) <= self.taken | self.unsure, (found, self.taken, self.unsure)
        self.taken, self.unsure = set(found), set()

    def settled(self, port: int) -> bool:
        return True


@dataclass
class Auditing:
    """Reports sent to be checked, one after the other."""

    cookie: str
    report: bytes
    asked: list[str] = field(default_factory=list)

    def step(self, port: int) -> None:
        if self.settled(port):
            answer = Browser(port, self.cookie).send("/report-checks/", {}, ("file", "отчёт.docx", self.report))
            assert answer.status == 302, answer.text[-2000:]
            self.asked.append(answer.location)

    def check(self, port: int) -> None:
        """Whatever was acknowledged can be looked at."""
        browser = Browser(port, self.cookie)
        assert all(browser.get(one).status == 200 for one in self.asked)

    def settled(self, port: int) -> bool:
        return not self.asked or self._is_done(Browser(port, self.cookie), self.asked[-1])

    def _is_done(self, browser: Browser, page: str) -> bool:
        text = browser.get(page).text
        if f"{page}again/" in text:
            browser.send(f"{page}again/")
        return browser.get(f"{page}file/docx/").status == 200


@dataclass
class Generating:
    """Reports and releases of a district, one after the other; its registers change, so that it is computed anew."""

    head: str
    coordinator: str
    campaign: int
    asked: int = 0

    def step(self, port: int) -> None:
        if not self.settled(port):
            return
        browser = Browser(port, self.head)
        self.asked += 1
        if self.asked % 3 == 2:
            answer = browser.send(f"/releases/publish/{self.campaign}/")
        else:
            answer = browser.send(f"/documents/{self.campaign}/report/", {"formats": "html", "audience": ""})
        # A release is refused while what was imported meanwhile is not computed.
        assert answer.status in (302, 409), answer.text[-2000:]

    def check(self, port: int) -> None:
        """What is said to be ready is there; whether it is whole, `web.stored` tells in the end."""
        browser = Browser(port, self.head)
        page = browser.get(f"/documents/{self.campaign}/")
        assert page.status == 200
        for path in re.findall(r'href="(/(?:documents/job|releases)/\d+/file/)"', page.text):
            assert browser.get(path).status == 200

    def settled(self, port: int) -> bool:
        head, coordinator = Browser(port, self.head), Browser(port, self.coordinator)
        panel, refresh = f"/panels/{self.campaign}/", f"/panels/{self.campaign}/refresh/"
        computed, documents = coordinator.get(panel).text, head.get(f"/documents/{self.campaign}/").text
        if refresh in computed:
            coordinator.send(refresh)
        for again in re.findall(r'action="(/documents/job/\d+/again/)"', documents):
            head.send(again)
        is_moving = any(mark in documents + computed for mark in ("/again/", "/state/", "/freshness/", refresh))
        return not is_moving


# ---- whom they need


def deeds_on(data: Path, database: str = "") -> tuple[Deed, ...]:
    """A new data folder that has everybody for them."""
    made = made_field(data, 7, database)
    command = [sys.executable, "-m", "web.deeds", str(data)]
    done = subprocess.run(command, env=environment(database), check=True, capture_output=True, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    from web.test_report_check import report_docx

    schools, codes = made.schools, made.codes
    books = tuple((data.parent / f"book{number}.xlsx").read_bytes() for number in (1, 2))
    return (
        Submitting(schools[0], made.coordinator),
        Pasting(schools[1], codes),
        Uploading(schools[2], codes, 2, books=books),
        *(Saving(writer) for writer in writers_of(Field(schools[3:5], made.coordinator, codes), seed=100)),
        Importing(told["coordinator"]),
        Auditing(told["coordinator"], report_docx()),
        Generating(told["head"], told["coordinator"], told["campaign"]),
    )


# ---- in a process of its own


def _make(data: Path) -> dict[str, object]:
    from orientir_web.serving import start

    start(data)
    from orientir_web.campaigns.models import Campaign
    from orientir_web.cycles.services import compute_waiting
    from orientir_web.people.models import Person
    from orientir_web.people.roles import Role
    from web.running import logged_in, new_person
    from web.world import give_second_factor

    campaign = Campaign.objects.get()
    coordinator = Person.objects.get(email="coordinator@example.org")
    head = new_person("head", campaign.district, Role.HEAD)
    forms = list(campaign.submissions.order_by("pk"))
    for person in (coordinator, head):
        give_second_factor(person)
    _answer(forms, coordinator)
    _write_books(forms[2], data.parent)
    compute_waiting()
    return {"campaign": campaign.pk, "head": logged_in(head), "coordinator": logged_in(coordinator)}


def _answer(forms: list[Any], coordinator: Any) -> None:
    """The first is complete, so that it can be submitted; two are accepted, so that there is something to compute."""
    from orientir_web.people.models import Person
    from orientir_web.submissions.services import accept
    from web.computed import ANSWERS, answer
    from web.world import fill

    officers = [Person.objects.get(email=f"officer.{number}@example.org") for number in range(len(forms))]
    fill(forms[0], officers[0])
    for number, answers in zip((5, 6), ANSWERS, strict=True):
        answer(forms[number], officers[number], **answers)
        accept(forms[number], coordinator)


def _write_books(form: Any, folder: Path) -> None:
    from orientir_web.people.models import Person
    from orientir_web.submissions.filling import filling_of
    from orientir_web.submissions.form_workbooks import workbook_of
    from orientir_web.submissions.saving import Edit, save_cells
    from web.running import numbers_of

    officer = Person.objects.get(email="officer.2@example.org")
    for number in (1, 2):
        save_cells(form, [Edit(code, str(number), number - 1) for code in numbers_of(form)], officer)
        (folder / f"book{number}.xlsx").write_bytes(workbook_of(filling_of(form)))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_make(Path(sys.argv[1]))) + "\n")
