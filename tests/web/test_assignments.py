"""Decisions as the organisations see them that they concern: read, answered, proved, and what followed."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from orientir_web.decisions import assignments, services
from orientir_web.decisions.actions import actions_of
from orientir_web.decisions.models import Assignment, Decision
from orientir_web.journal.models import Entry
from orientir_web.people.roles import Role
from orientir_web.refusals import ActionRefused
from web.kept import DECIDED, PDF, decision
from web.world import World, client_of


def _given(world: World, **told: object) -> Assignment:
    """To the head of the first school, unless told otherwise; the part of that school."""
    made = decision(world.own, owner="school_head", **{"organisations": world.own.schools[:1], **told})
    return Assignment.objects.get(decision=made, organisation=world.own.schools[0])


def _page(world: World, made: Decision, role: Role = Role.SCHOOL_OFFICER) -> str:
    response = world.client(role).get(reverse("decision", args=[made.pk]))
    assert response.status_code == 200
    return str(response.content.decode())


def _answer(world: World, part: Assignment, **told: str) -> int:
    data = {"status": "done", "told": "План утверждён педсоветом", "version": "1"} | told
    url = reverse("assignment_report", args=[part.pk])
    return int(world.client(Role.SCHOOL_OFFICER).post(url, data).status_code)


# ---- who is asked


def test_a_decision_is_carried_out_where_its_owner_works(world: World) -> None:
    def asked(**told: object) -> set[str]:
        made = decision(world.own, **told)
        return {one.organisation.title for one in made.assignments.all()}

    schools = {one.title for one in world.own.schools}
    assert asked(owner="school_head") == schools
    assert asked(owner="school_head", organisations=world.own.schools[1:]) == {world.own.schools[1].title}
    assert asked(owner="coordinator", organisations=world.own.schools) == set()  # the district changes it itself


def test_another_owner_is_another_assignment_and_an_answer_is_kept(world: World) -> None:
    part = _given(world)
    by = world.own.people[Role.COORDINATOR]
    told = {**DECIDED, "owner": "school_head", "organisations": world.own.schools[1:]}
    services.change(part.decision, 1, dict(told), by)
    assert [one.organisation for one in part.decision.assignments.all()] == [world.own.schools[1]]
    second = part.decision.assignments.get()
    assignments.report(second, 1, "in_progress", "Начали", by)
    services.change(part.decision, 2, told | {"organisations": world.own.schools[:1]}, by)
    assert [one.organisation for one in part.decision.assignments.all()] == list(world.own.schools)


# ---- what a school sees


def test_a_school_opens_its_decision(world: World) -> None:
    part = _given(world, note="Для своих: спросить у Школы a2", finding="Охват снизился.")
    services.prove(part.decision, SimpleUploadedFile("Приказ.pdf", PDF), world.own.people[Role.COORDINATOR])
    client, page = world.client(Role.SCHOOL_OFFICER), _page(world, part.decision)
    for words in ("Утвердить план", "31.05.2022", "Руководитель образовательной", "исполняется", "Охват снизился.",
                  "Приказ.pdf", "«Билет в будущее»", "Что последовало"):  # fmt: skip
        assert words in page, words
    assert "Для своих" not in page and "decided_on" not in page  # no form to change it
    assert reverse("decision", args=[part.decision_id]) in client.get(reverse("decisions")).content.decode()
    file = part.decision.files.get()
    url = reverse("decision_file", args=[part.decision_id, file.pk])
    assert client.get(url).getvalue() == PDF
    assert client.post(reverse("decision", args=[part.decision_id]), {"title": "Иначе"}).status_code == 200
    part.decision.refresh_from_db()
    assert part.decision.title == DECIDED["title"]


def test_a_decision_that_concerns_others_does_not_exist(world: World) -> None:
    made = decision(world.own, owner="school_head", organisations=world.own.schools[1:])
    services.prove(made, SimpleUploadedFile("Приказ.pdf", PDF), world.own.people[Role.COORDINATOR])
    part = made.assignments.get()
    asked = (
        ("get", reverse("decision", args=[made.pk])),
        ("get", reverse("decision_file", args=[made.pk, made.files.get().pk])),
        ("post", reverse("assignment_report", args=[part.pk])),
        ("post", reverse("assignment_evidence", args=[part.pk])),
    )
    for method, url in asked:
        assert getattr(world.client(Role.SCHOOL_OFFICER), method)(url).status_code == 404, url
        assert getattr(client_of(world.foreign.people[Role.SCHOOL_OFFICER]), method)(url).status_code == 404, url
    with pytest.raises(PermissionDenied):
        assignments.report(part, 1, "done", "Сделано", world.own.people[Role.SCHOOL_OFFICER])
    with pytest.raises(PermissionDenied):
        assignments.prove(part, SimpleUploadedFile("a.pdf", PDF), world.own.people[Role.PSYCHOLOGIST])


def test_a_school_sees_its_own_part_and_the_district_all(world: World) -> None:
    made = decision(world.own, owner="school_head")
    by = world.own.people[Role.COORDINATOR]
    for part in made.assignments.all():
        assignments.report(part, 1, "in_progress", f"Пишет {part.organisation}", by)
    assert "Пишет Школа a1" in _page(world, made) and "Пишет Школа a2" not in _page(world, made)
    whole = _page(world, made, Role.HEAD)
    assert "Пишет Школа a1" in whole and "Пишет Школа a2" in whole


# ---- answering


def test_a_school_answers_and_proves(world: World) -> None:
    part, client = _given(world), world.client(Role.SCHOOL_OFFICER)
    assert str(part.decision) in client.get(reverse("home")).content.decode()
    url = reverse("assignment_evidence", args=[part.pk])
    assert client.post(url, {"file": SimpleUploadedFile("Протокол.pdf", PDF)}).status_code == 302
    assert _answer(world, part) == 302
    part.refresh_from_db()
    assert (part.status, part.told, part.by) == (
        "done", "План утверждён педсоветом", world.own.people[Role.SCHOOL_OFFICER])  # fmt: skip
    entry = Entry.objects.order_by("-number")[0]
    assert (entry.event, json.loads(entry.details)["status"]) == ("assignment_reported", "done")
    assert str(part.decision) not in client.get(reverse("home")).content.decode()
    assert "Школа a1: «Протокол.pdf»" in actions_of(world.own.place)[0].evidence
    waiting = world.client(Role.COORDINATOR).get(reverse("home")).content.decode()
    assert "Исполнители сообщили" in waiting and str(part.decision) in waiting
    assert "План утверждён педсоветом" in _page(world, part.decision, Role.COORDINATOR)
    removed = reverse("assignment_evidence_remove", args=[part.pk, part.files.get().pk])
    assert client.post(removed).status_code == 302 and not part.files.exists()


def test_done_says_what_and_two_do_not_overwrite_each_other(world: World) -> None:
    part = _given(world)
    assert _answer(world, part, told="  ") == 409
    assert _answer(world, part, status="cancelled") == 409
    assert _answer(world, part, status="in_progress", told="") == 302
    assert _answer(world, part) == 409  # of version 1, which is no longer
    assert _answer(world, part, version="2") == 302


def test_what_is_over_is_not_answered(world: World) -> None:
    part = _given(world)
    told = {**DECIDED, "owner": "school_head", "organisations": world.own.schools[:1], "status": "cancelled"}
    services.change(part.decision, 1, told, world.own.people[Role.COORDINATOR])
    assert _answer(world, part) == 409
    part.refresh_from_db()
    with pytest.raises(ActionRefused):
        assignments.prove(part, SimpleUploadedFile("a.pdf", PDF), world.own.people[Role.SCHOOL_OFFICER])
    assert str(part.decision) not in world.client(Role.SCHOOL_OFFICER).get(reverse("home")).content.decode()
    assert "Сообщить, что сделано" not in _page(world, part.decision)
