"""The API: keys and what they let through, the same answers as on the pages, nothing undocumented."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import hypothesis
import pytest
import requests
import schemathesis
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection

from orientir_web.api.models import Asked, Token
from orientir_web.api.rate import SHARES, SharedRate
from orientir_web.api.tokens import issue_token, revoke_token
from orientir_web.api.urls import RATE
from orientir_web.cycles.models import Computation, Progress
from orientir_web.cycles.services import cycle_of, run
from orientir_web.jobs.models import Job, Kind
from orientir_web.jobs.services import file_of
from orientir_web.journal.models import Entry
from orientir_web.journal.services import verify
from orientir_web.people.models import Membership, Organisation, Person
from orientir_web.people.roles import Action, Role
from orientir_web.publication.services import archive_of
from orientir_web.refusals import ActionRefused
from orientir_web.submissions.models import Cell, Submission
from orientir_web.submissions.services import accept, correct, submit
from web.computed import accept_all, stored_release
from web.routes import ROUTES
from web.world import World, fill, make_person

GRADUATES = "graduates_9"
ALL = (Action.SEE, Action.FILL, Action.REVIEW)
SCHEMA = "/api/v1/openapi.json"


@dataclass(frozen=True)
class Caller:
    """A program with a key."""

    key: str

    def get(self, path: str) -> Any:
        return Client().get(f"/api/v1{path}", headers=self._headers)

    def post(self, path: str, told: object = None) -> Any:
        body = "" if told is None else told if isinstance(told, str) else json.dumps(told)
        return Client().post(f"/api/v1{path}", body, content_type="application/json", headers=self._headers)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


def caller(person: Person, place: Organisation, rights: Collection[Action] = (Action.SEE,)) -> Caller:
    return Caller(issue_token(person, place, rights, "выгрузка", 30))


@pytest.fixture
def officer(world: World) -> Caller:
    return caller(world.own.people[Role.SCHOOL_OFFICER], world.own.schools[0], (Action.SEE, Action.FILL))


@pytest.fixture
def coordinator(world: World) -> Caller:
    return caller(world.own.people[Role.COORDINATOR], world.own.place, ALL)


# ---- keys


def test_only_the_hash_of_a_key_is_kept(world: World) -> None:
    key = issue_token(world.own.people[Role.SCHOOL_OFFICER], world.own.schools[0], [Action.SEE], "отчёт", 30)
    token = Token.objects.get()
    assert key.startswith("orientir_") and len(key) > 50
    assert key not in json.dumps([str(value) for value in vars(token).values()])
    entry = Entry.objects.first()
    assert entry is not None and entry.event == "token_issued" and key not in entry.details
    assert verify().broken is None


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer wrong", "Basic b3JpZW50aXI6eA==", "Bearer \u00e9"])
def test_without_a_key_nothing_is_told(world: World, header: str) -> None:
    answer = Client().get("/api/v1/submissions", headers={"Authorization": header} if header else {})
    assert (answer.status_code, answer.json()["errors"]) == (401, [])


@pytest.mark.parametrize("role", list(Role))
def test_the_cookie_of_a_session_is_no_key(world: World, role: Role) -> None:
    assert world.client(role).get("/api/v1/submissions").status_code == 401


@pytest.mark.parametrize("end", ["revoked", "expired", "left", "dismissed"])
def test_a_key_ends(world: World, officer: Caller, end: str) -> None:
    person = world.own.people[Role.SCHOOL_OFFICER]
    assert officer.get("/submissions").json()["total"] == 1
    if end == "revoked":
        revoke_token(Token.objects.get(), person)
    elif end == "expired":
        Token.objects.update(expires_at=timezone.now())
    elif end == "left":
        Person.objects.filter(pk=person.pk).update(is_active=False)
    else:
        yesterday = timezone.localdate() - timedelta(days=1)
        Membership.objects.filter(person=person).update(valid_to=yesterday)
        assert officer.get("/submissions").json()["total"] == 0
        return
    assert officer.get("/submissions").status_code == 401


def test_nobody_hands_out_a_right_that_they_lack(world: World) -> None:
    person = world.own.people[Role.SCHOOL_OFFICER]
    for place, rights in ((world.own.schools[0], [Action.REVIEW]), (world.own.schools[1], [Action.SEE])):
        with pytest.raises(PermissionDenied):
            issue_token(person, place, rights, "отчёт", 30)
    for rights, title, days in (([], "отчёт", 30), ([Action.SEE], " ", 30), ([Action.SEE], "отчёт", 366)):
        with pytest.raises(ActionRefused):
            issue_token(person, world.own.schools[0], rights, title, days)


def test_a_key_is_made_on_its_page_and_shown_once(world: World) -> None:
    client = world.client(Role.SCHOOL_OFFICER)
    told = {"title": "наша таблица", "organisation": world.own.schools[0].pk, "rights": ["see"], "days": 30}
    made = client.post(reverse("keys"), told)
    key = made.content.decode().partition('id="key"')[2].partition('value="')[2].partition('"')[0]
    assert made.headers["Cache-Control"] == "no-store"
    assert Caller(key).get("/token").json()["title"] == "наша таблица"
    again = client.get(reverse("keys")).content.decode()
    assert key not in again and "наша таблица" in again
    assert client.post(reverse("revoke_key", args=[Token.objects.get().pk])).status_code == 302
    assert Caller(key).get("/token").status_code == 401


@pytest.mark.parametrize("wrong", [{"days": 0}, {"days": 400}, {"rights": []}, {"rights": ["review"]}, {"title": ""}])
def test_a_key_that_cannot_be_is_told_at_its_field(world: World, wrong: dict[str, Any]) -> None:
    told = {"title": "x", "organisation": world.own.schools[0].pk, "rights": ["see"], "days": 30} | wrong
    assert world.client(Role.SCHOOL_OFFICER).post(reverse("keys"), told).status_code == 422
    assert not Token.objects.exists()


def test_a_manager_revokes_keys_of_their_people_and_no_others(world: World) -> None:
    caller(world.foreign.people[Role.SCHOOL_OFFICER], world.foreign.schools[0])
    foreign = Token.objects.get()
    caller(world.own.people[Role.SCHOOL_OFFICER], world.own.schools[0])
    own = Token.objects.exclude(pk=foreign.pk).get()
    client = world.client(Role.COORDINATOR)
    assert client.post(reverse("revoke_key", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("revoke_key", args=[own.pk])).status_code == 302
    foreign.refresh_from_db(), own.refresh_from_db()
    assert foreign.is_valid and not own.is_valid


# ---- what a key lets through


def test_what_is_foreign_does_not_exist(world: World, coordinator: Caller) -> None:
    foreign = world.foreign.submissions[0].pk
    listed = coordinator.get("/submissions?limit=200").json()
    assert {one["id"] for one in listed["items"]} == {one.pk for one in world.own.submissions}
    edits = {"cells": [{"code": GRADUATES, "text": "1", "version": 0}]}
    assert coordinator.get(f"/submissions/{foreign}").status_code == 404
    assert coordinator.post(f"/submissions/{foreign}/cells", edits).status_code == 404
    assert coordinator.post(f"/submissions/{foreign}/submit").status_code == 404
    assert coordinator.post(f"/submissions/{foreign}/return", {"remarks": [{"text": "x"}]}).status_code == 404
    assert coordinator.post(f"/submissions/{foreign}/accept").status_code == 404


def test_a_key_of_one_school_does_not_reach_another(world: World) -> None:
    narrow = caller(world.own.people[Role.COORDINATOR], world.own.schools[0], ALL)
    assert narrow.get("/submissions").json()["total"] == 1
    assert narrow.get(f"/submissions/{world.own.submissions[1].pk}").status_code == 404


def test_a_key_without_a_right_is_refused_it(world: World) -> None:
    reader = caller(world.own.people[Role.COORDINATOR], world.own.place)
    one = world.own.submissions[0].pk
    answer = reader.post(f"/submissions/{one}/accept")
    assert (answer.status_code, "нет права" in answer.json()["detail"]) == (403, True)
    assert reader.get(f"/submissions/{one}").status_code == 200


# ---- forms


def test_a_form_is_filled_submitted_returned_and_accepted(world: World, officer: Caller, coordinator: Caller) -> None:
    one = world.own.submissions[0]
    form = officer.get(f"/submissions/{one.pk}").json()
    assert len(form["cells"]) == one.asked == form["asked"]
    edits = [{"code": cell["code"], "text": "0", "version": cell["version"]} for cell in form["cells"]]
    saved = officer.post(f"/submissions/{one.pk}/cells", {"cells": edits}).json()
    bad = [{"code": cell["code"], "text": "нет", "version": 0} for cell in saved["cells"] if cell["outcome"] == "bad"]
    if bad:
        saved = officer.post(f"/submissions/{one.pk}/cells", {"cells": bad}).json()
    assert saved["filled"] == one.asked
    assert officer.post(f"/submissions/{one.pk}/submit").json()["state"] == "submitted"
    assert officer.post(f"/submissions/{one.pk}/accept").status_code == 403
    remarks = {"remarks": [{"code": GRADUATES, "text": "Проверьте"}, {"text": "Позвоните"}]}
    assert coordinator.post(f"/submissions/{one.pk}/return", remarks).json()["state"] == "returned"
    told = officer.get(f"/submissions/{one.pk}").json()["remarks"]
    assert told == [{"code": GRADUATES, "text": "Проверьте"}, {"code": "", "text": "Позвоните"}]
    assert officer.post(f"/submissions/{one.pk}/submit").status_code == 200
    accepted = coordinator.post(f"/submissions/{one.pk}/accept").json()
    assert (accepted["state"], len(accepted["sha256"])) == ("accepted", 64)
    assert coordinator.post(f"/submissions/{one.pk}/accept").status_code == 409
    events = list(Entry.objects.values_list("event", flat=True)[:6])
    assert events[:4] == ["accepted", "submitted", "returned", "submitted"]


def test_a_correction_stands_beside_what_was_accepted(world: World, coordinator: Caller) -> None:
    accept_all(world.own)
    one, by = world.fresh().own.submissions[0], world.own.people[Role.COORDINATOR]
    correct(one, GRADUATES, "51", "Опечатка", by)
    correct(one, GRADUATES, "нет данных", "Сверяем", by)
    form = coordinator.get(f"/submissions/{one.pk}").json()
    told = [(cell["code"], cell["state"], cell["value"], cell["reason"]) for cell in form["corrections"]]
    assert told == [(GRADUATES, "value", "51", "Опечатка"), (GRADUATES, "not_reported", None, "Сверяем")]
    assert next(cell["value"] for cell in form["cells"] if cell["code"] == GRADUATES) == "50"


def test_cells_have_their_own_outcomes(world: World, officer: Caller) -> None:
    one = world.own.submissions[0]
    path = f"/submissions/{one.pk}/cells"
    assert officer.post(path, {"cells": [{"code": GRADUATES, "text": "1 035", "version": 0}]}).status_code == 200
    told = officer.post(
        path,
        {
            "cells": [
                {"code": GRADUATES, "text": "36", "version": 0},
                {"code": "nothing", "text": "1", "version": 0},
                {"code": "graduates_11", "text": "много", "version": 0},
            ]
        },
    ).json()["cells"]
    assert [(cell["outcome"], cell["value"]) for cell in told] == [("conflict", "1035"), ("bad", None), ("bad", None)]
    assert Cell.objects.get(submission=one).value == 1035


@pytest.mark.parametrize("codes", [["nothing"], [GRADUATES, GRADUATES], ["", "nothing"]])
def test_a_remark_that_would_be_lost_is_refused(world: World, coordinator: Caller, codes: list[str]) -> None:
    one = world.own.submissions[0]
    fill(one, world.own.people[Role.SCHOOL_OFFICER])
    submit(one, world.own.people[Role.SCHOOL_OFFICER])
    told = {"remarks": [{"code": code, "text": "Проверьте"} for code in codes]}
    assert coordinator.post(f"/submissions/{one.pk}/return", told).status_code == 409
    assert not one.remarks.exists()


def test_an_incomplete_form_is_not_submitted(world: World, officer: Caller) -> None:
    answer = officer.post(f"/submissions/{world.own.submissions[0].pk}/submit")
    assert (answer.status_code, "Не заполнено" in answer.json()["detail"]) == (409, True)


def test_the_language_is_that_of_the_keys_person(world: World, officer: Caller) -> None:
    Person.objects.filter(pk=world.own.people[Role.SCHOOL_OFFICER].pk).update(language="en")
    answer = officer.post(f"/submissions/{world.own.submissions[0].pk}/submit")
    assert "not filled" in answer.json()["detail"].lower() or answer.json()["detail"].isascii()


def test_lists_are_paged_and_filtered(world: World, coordinator: Caller) -> None:
    fill(world.own.submissions[1], world.own.people[Role.COORDINATOR])
    page = coordinator.get("/submissions?limit=1&offset=1").json()
    assert (page["total"], [one["id"] for one in page["items"]]) == (2, [world.own.submissions[1].pk])
    school = world.own.schools[1].pk
    assert [one["filled"] for one in coordinator.get(f"/submissions?organisation={school}").json()["items"]] == [
        world.own.submissions[1].asked
    ]
    assert coordinator.get("/submissions?state=accepted").json()["total"] == 0


# ---- what was computed


@pytest.fixture
def computation(world: World) -> Computation:
    """Of the two schools of the district, both accepted."""
    coordinator = world.own.people[Role.COORDINATOR]
    for number, one in enumerate(world.own.submissions):
        officer = make_person(f"officer.{number}", one.organisation, Role.SCHOOL_OFFICER)
        fill(one, officer, parents_8_11="100", parents_advised=str(30 + number))
        submit(one, officer)
        accept(one, coordinator)
    waiting = Computation.objects.create(campaign=world.own.campaign)
    run(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == Progress.READY, waiting.message
    return waiting


def test_values_and_facts_are_those_of_the_cycle(computation: Computation, coordinator: Caller) -> None:
    [listed] = coordinator.get("/computations").json()["items"]
    assert (listed["id"], listed["checksum"]) == (computation.pk, computation.checksum)
    cycle = cycle_of(computation).cycle
    values = coordinator.get(f"/computations/{computation.pk}/values?limit=1000").json()
    assert values["total"] == len(cycle.values) == len(values["items"])
    facts = coordinator.get(
        f"/computations/{computation.pk}/facts?element=parents_advised&organisation=school_2"
    ).json()
    assert [(one["value"], one["state"]) for one in facts["items"]] == [("31", "value")]
    page = coordinator.get(f"/computations/{computation.pk}/facts?limit=1&offset=1").json()
    assert (page["total"], len(page["items"])) == (len(cycle.facts), 1)


def test_a_school_sees_its_own_values_and_facts_only(world: World, computation: Computation, officer: Caller) -> None:
    for what in ("values", "facts"):
        told = officer.get(f"/computations/{computation.pk}/{what}?limit=1000").json()
        assert told["total"] and {one["organisation"] for one in told["items"]} == {"school_1"}
    stranger = caller(world.foreign.people[Role.COORDINATOR], world.foreign.place)
    assert stranger.get("/computations").json()["total"] == 0
    assert stranger.get(f"/computations/{computation.pk}/values").status_code == 404


def test_a_document_is_downloaded_as_it_was_made(
    world: World, computation: Computation, coordinator: Caller, officer: Caller
) -> None:
    person = world.own.people[Role.COORDINATOR]
    told = {"computation": computation, "campaign": world.own.campaign, "kind": Kind.REPORT, "asked_by": person}
    content = b"PK of a report"
    sha256 = hashlib.sha256(content).hexdigest()
    ready = {"state": Progress.READY, "finished_at": timezone.now(), "sha256": sha256, "size": len(content)}
    job, running = Job.objects.create(**told, **ready), Job.objects.create(**told)
    file_of(job).write_bytes(content)
    [listed] = coordinator.get("/reports").json()["items"]
    assert (listed["id"], listed["sha256"]) == (job.pk, sha256)
    answer = coordinator.get(f"/reports/{job.pk}/file")
    assert (b"".join(answer.streaming_content), answer.headers["Content-Type"]) == (content, "application/zip")
    assert coordinator.get(f"/reports/{running.pk}/file").status_code == 404
    assert officer.get(f"/reports/{job.pk}/file").status_code == 404  # of the district as a whole
    file_of(job).unlink()
    assert coordinator.get(f"/reports/{job.pk}/file").status_code == 404


def test_a_release_is_listed_described_and_handed_out_with_its_checksum(
    world: World, coordinator: Caller, officer: Caller
) -> None:
    release = stored_release(world.own)
    [listed] = coordinator.get(f"/releases?campaign={world.own.campaign.pk}&number=1").json()["items"]
    one = coordinator.get(f"/releases/{release.pk}").json()
    assert one == listed and (one["sha256"], one["data"], one["period"]) == (release.sha256, release.data, "2021/22")
    assert coordinator.get("/releases?number=2").json()["total"] == 0
    answer = coordinator.get(f"/releases/{release.pk}/file")
    content = b"".join(answer.streaming_content)
    digest = hashlib.sha256(content).digest()
    assert answer.headers["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest).decode()}:"
    assert digest.hex() == one["sha256"]
    stranger = caller(world.foreign.people[Role.COORDINATOR], world.foreign.place)
    for other in (officer, stranger):
        assert other.get("/releases").json()["total"] == 0
        assert {other.get(f"/releases/{release.pk}{end}").status_code for end in ("", "/file")} == {404}
    archive_of(release.sha256).write_bytes(b"other")
    answer = coordinator.get(f"/releases/{release.pk}/file")
    assert (answer.status_code, "не тот" in answer.json()["detail"]) == (409, True)


# ---- nothing asked is passed over


@pytest.mark.parametrize(
    ("path", "where"),
    [("/submissions?organization=1", "organization"), ("/submissions?limit=1&state_=draft", "state_"),
     ("/computations?year=2021", "year"), ("/reports?kinds=report", "kinds"), ("/releases?sort=1", "sort"),
     ("/token?x=1", "x"), ("/submissions?campaign=1&campaign=2", "campaign")],
)  # fmt: skip
def test_a_misspelled_filter_is_refused(world: World, officer: Caller, path: str, where: str) -> None:
    answer = officer.get(path)
    assert (answer.status_code, [one["where"] for one in answer.json()["errors"]]) == (422, [f"query.{where}"])


def test_a_write_with_an_unknown_parameter_writes_nothing(world: World, officer: Caller) -> None:
    one = world.own.submissions[0]
    edits = {"cells": [{"code": GRADUATES, "text": "1", "version": 0}]}
    assert officer.post(f"/submissions/{one.pk}/cells?dry_run=1", edits).status_code == 422
    assert not Cell.objects.filter(submission=one).exists()
    assert officer.post(f"/submissions/{one.pk}/cells", edits).status_code == 200


def test_the_journal_names_the_person_behind_a_key(world: World, officer: Caller) -> None:
    person, by = world.own.people[Role.SCHOOL_OFFICER], world.own.people[Role.COORDINATOR]
    edits = {"cells": [{"code": GRADUATES, "text": "1", "version": 0}]}
    officer.post(f"/submissions/{world.own.submissions[0].pk}/cells", edits)
    saved = Entry.objects.filter(event="cells_saved").first()
    assert saved is not None and (saved.person, saved.person_name) == (person.pk, person.full_name)
    revoke_token(Token.objects.get(), by)
    revoked = Entry.objects.filter(event="token_revoked").get()
    assert revoked.person == by.pk
    assert json.loads(revoked.details) | {"person": person.pk, "person_name": person.full_name} == json.loads(
        revoked.details
    )


# ---- what is malformed, too large, too often


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[]", 422),
        ('{"cells": []}', 422),
        ('{"cells": [{"code": "a\\u0000", "text": "1", "version": 0}]}', 422),
        ('{"cells": [{"code": "graduates_9", "text": "1", "version": -1}]}', 422),
        ('{"cells": [{"code": "graduates_9", "text": "1", "version": 99999999999999999999}]}', 422),
        (json.dumps({"cells": [{"code": "x", "text": "1", "version": 0}] * 2001}), 422),
        ('{"cells": "' + "x" * (2 * 1024 * 1024) + '"}', 413),
    ],
)
def test_what_is_malformed_is_told(world: World, officer: Caller, body: str, status: int) -> None:
    answer = officer.post(f"/submissions/{world.own.submissions[0].pk}/cells", body)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/json; charset=utf-8")
    assert answer.json()["detail"]


@pytest.mark.parametrize("key", ["0", "-1", "x", "9223372036854775808", "1.5"])
def test_a_key_of_a_form_that_cannot_be(world: World, officer: Caller, key: str) -> None:
    assert officer.get(f"/submissions/{key}").status_code == 422


@pytest.mark.parametrize("path", ["/", "/nothing", "/submissions/1/2/3", "/../v2/"])
def test_an_address_that_is_not_there(world: World, officer: Caller, path: str) -> None:
    answer = officer.get(path)
    assert answer.status_code == 404 and answer.json()["detail"]


def test_too_often_is_told_with_the_time_to_wait(
    world: World, officer: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = int(settings.API_RATE.partition("/")[0])
    now = _still(monkeypatch)
    answers = [officer.get("/token") for _ in range(most + 2)]
    assert [answer.status_code for answer in answers[-3:]] == [200, 429, 429]
    assert 0 < float(answers[-1].headers["Retry-After"]) <= 60
    assert Asked.objects.get().count <= most + RATE.most // SHARES  # who is refused writes nothing
    now[0] += 60
    assert officer.get("/token").status_code == 200


def _still(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock of the count stands until it is moved."""
    now = [time.time()]
    monkeypatch.setattr("orientir_web.api.rate.time.time", lambda: now[0])
    return now


def test_the_rate_holds_for_all_processes_together(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each process has its own object; they know of each other by the database alone."""
    _still(monkeypatch)
    caller(world.own.people[Role.SCHOOL_OFFICER], world.own.schools[0])
    request = RequestFactory().get("/")
    request.auth = Token.objects.get()  # type: ignore[attr-defined]
    processes = [SharedRate("300/m") for _ in range(4)]
    let = [one.allow_request(request) for _ in range(150) for one in processes]
    assert sum(let) == 300 and not any(let[-4:])
    late = SharedRate("300/m")
    assert not late.allow_request(request)


def test_the_rate_costs_few_statements(world: World, officer: Caller) -> None:
    officer.get("/token")
    with CaptureQueriesContext(connection) as asked:
        for _ in range(RATE.most // SHARES * 10):
            officer.get("/token")
    assert sum("api_asked" in one["sql"] for one in asked.captured_queries) <= 2 * 11


# ---- everything that is documented, and nothing else


def test_every_address_of_the_api_asks_for_a_key() -> None:
    document = Client().get(SCHEMA).json()
    operations = [one for methods in document["paths"].values() for one in methods.values()]
    assert len(operations) >= 7
    for one in operations:
        assert one["security"] == [{"Key": []}]
        assert {"401", "403", "404", "422", "429"} <= set(one["responses"])
    assert {name for name in ROUTES if name.startswith("api_")} >= {"api_submissions", "api_accept"}


@contextmanager
def _connection_kept() -> Iterator[None]:
    """A request of a real server ends its connection, and with it the transaction in which a test lives."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def _read_to_its_end(environ: Any, start_response: Any) -> list[bytes]:
    """As a server does; schemathesis leaves the file of a download open."""
    answer = get_wsgi_application()(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


def _unsent(query: Mapping[str, Any]) -> set[str]:
    """Parameters whose value is nothing: they are not sent, and nobody can refuse them."""
    url = requests.Request("GET", "http://localhost", params=dict(query)).prepare().url
    return set(query) - set(parse_qs(urlsplit(str(url)).query, keep_blank_values=True))


@pytest.mark.slow
@pytest.mark.long
@_connection_kept()
@override_settings(ALLOWED_HOSTS=["localhost"])
def test_no_answer_is_undocumented(
    world: World, computation: Computation, coordinator: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Schemathesis asks whatever the document allows and does not allow; real objects are among what it asks for."""
    schema = schemathesis.openapi.from_wsgi(SCHEMA, _read_to_its_end)
    known = {
        "submission_id": [one.pk for one in Submission.objects.all()],
        "computation_id": [computation.pk],
        "release_id": [stored_release(world.own).pk],
        "report_id": [one.pk for one in Job.objects.all()],
    }
    asked: dict[str, int] = {}
    monkeypatch.setattr(RATE, "most", 10**9)  # its hurry is not what is tested
    thorough = hypothesis.settings(
        max_examples=40, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    for found in schema.get_all_operations():
        cases = hypothesis.strategies.one_of(*(found.ok().as_strategy(generation_mode=mode) for mode in GenerationMode))

        @thorough
        @hypothesis.given(case=cases, chance=hypothesis.strategies.integers(0, 9))
        def ask(case: schemathesis.Case, chance: int) -> None:
            for name, keys in known.items():
                if name in (case.path_parameters or {}) and chance < 5:
                    case.path_parameters[name] = keys[chance % len(keys)]
            # The key is always sent, and a path may be mended above; what is wrong elsewhere must be refused.
            wrong = {where for where, told in case.meta.components.items() if told.mode is GenerationMode.NEGATIVE}
            loose = [] if wrong & {ParameterLocation.QUERY, ParameterLocation.BODY} else [negative_data_rejection]
            if _unsent(case.query or {}):
                loose = [negative_data_rejection]
            answer = case.call_and_validate(
                headers={"Authorization": f"Bearer {coordinator.key}"}, excluded_checks=loose
            )
            asked[f"{answer.status_code}"] = asked.get(f"{answer.status_code}", 0) + 1

        ask()
    assert not any(status.startswith("5") for status in asked)
    assert {"200", "404", "422"} <= set(asked), asked
