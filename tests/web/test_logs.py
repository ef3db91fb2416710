"""Logs are JSON lines, and nothing in them is about a person."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from orientir_web.api.tokens import issue_token
from orientir_web.operation.logs import REQUESTS, JsonLines
from orientir_web.people.invitations import invite
from orientir_web.people.models import Person
from orientir_web.people.roles import Action, Role
from web.world import PASSWORD, World, fill


class _Kept(logging.Handler):
    """What would stand in the log."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Iterator[_Kept]:
    kept, loggers = _Kept(), [logging.getLogger(name) for name in ("", REQUESTS)]
    levels = [logger.level for logger in loggers]
    loggers[0].addHandler(kept)
    for logger in loggers:
        logger.setLevel(logging.INFO)
    yield kept
    loggers[0].removeHandler(kept)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def _record(message: object, *arguments: object, **told: Any) -> dict[str, Any]:
    record = logging.LogRecord("orientir", logging.ERROR, "x.py", 1, message, arguments, told.get("exc_info"))
    read: dict[str, Any] = json.loads(JsonLines().format(record))
    return read


def test_what_is_put_into_a_message_is_left_out() -> None:
    assert _record("login of %s failed", "ivanova@example.org")["message"] == "login of %s failed"


@pytest.mark.parametrize(
    "words",
    [
        "no such address: ivanova.m@school-1.example.org",
        "call +7 (384-2) 12-34-56 now",
        "token Zx0_abcdefghijklmnopqrstuvwxyz0123456789",
        "не найдена Иванова Мария Петровна",
    ],
)
def test_what_stands_in_the_words_already_is_hidden(words: str) -> None:
    told = _record(words)["message"]
    assert "[…]" in told
    assert not re.search(r"ivanova|12-34|Zx0_|Мария", told)


def test_an_exception_is_told_by_its_kind_and_places() -> None:
    try:
        raise ValueError("Key (email)=(ivanova@example.org) already exists")
    except ValueError:
        told = _record("it failed", exc_info=sys.exc_info())
        handed_over = _record(sys.exc_info()[1])
    assert told["exception"] == "ValueError"
    assert told["trace"][0].endswith("test_an_exception_is_told_by_its_kind_and_places")
    assert "ivanova" not in json.dumps([told, handed_over])


def test_nothing_of_a_whole_scenario_is_about_a_person(world: World, log: _Kept) -> None:
    """Log-ins, an invitation, forms, keys, foreign and missing addresses, a broken uniqueness, a failing page."""
    coordinator, officer = world.own.people[Role.COORDINATOR], world.own.people[Role.SCHOOL_OFFICER]
    token = invite(coordinator, world.own.schools[0], Role.SCHOOL_OFFICER, "petrova@example.org", "Петрова Анна").token
    key = issue_token(officer, world.own.schools[0], [Action.SEE, Action.FILL], "выгрузка", 30)
    stranger = Client(raise_request_exception=False)
    for _ in range(7):
        stranger.post(reverse("account_login"), {"login": officer.email, "password": "wrong-secret-word"})
    stranger.post(reverse("account_login"), {"login": coordinator.email, "password": PASSWORD})
    stranger.get(reverse("accept_invitation", args=[token]))
    stranger.get(reverse("accept_invitation", args=[token[:-1]]))
    stranger.get(f"/nothing/{officer.email}/?phone=+79991234567")
    stranger.get("/health/", headers={"Host": "ivanova.example.org"})
    stranger.get("/api/v1/submissions", headers={"Authorization": f"Bearer {key}"})
    stranger.post("/api/v1/submissions/0/cells", "{", "application/json", headers={"Authorization": f"Bearer {key}"})
    fill(world.own.submissions[0], officer)
    for role in Role:
        client = world.client(role)
        client.get("/")
        client.get(reverse("organisation", args=[world.foreign.place.pk]))
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        Person.objects.create_user(officer.email, None, full_name="Ещё раз")
    logging.getLogger("orientir_web").error("it failed", exc_info=raised.value)
    text = "\n".join(log.lines)
    assert {"request", "it failed"} <= {json.loads(line)["message"] for line in log.lines}
    for secret in (token, key, PASSWORD, "wrong-secret-word", "79991234567", "Петрова", "petrova", "ivanova"):
        assert secret not in text, secret
    people = Person.objects.values_list("email", "full_name")
    for personal in {word for told in people for word in told}:
        assert personal not in text, personal
    assert "@" not in text


def test_a_request_is_one_line_with_its_pattern(world: World, log: _Kept) -> None:
    world.client(Role.COORDINATOR).get(reverse("organisation", args=[world.own.schools[0].pk]))
    [told] = [json.loads(line) for line in log.lines if json.loads(line)["logger"] == REQUESTS]
    assert (told["method"], told["route"], told["status"]) == ("GET", "organisations/<int:organisation_id>/", 200)
    assert told["ms"] > 0
