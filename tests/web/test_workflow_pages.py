"""Submitting, reviewing, returning, accepting, correcting and approving, as the pages do it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from orientir_web.journal.models import Entry
from orientir_web.people.roles import Role
from orientir_web.submissions.approving import approve
from orientir_web.submissions.models import Approval, Correction, Submission
from orientir_web.submissions.saving import Edit, save_cells
from orientir_web.submissions.services import accept, correct, submit
from orientir_web.submissions.states import STEPS, TRANSITIONS, State
from web.world import World, fill

GRADUATES, COLLEGE = "graduates_9", "admitted_college_9"


@pytest.fixture
def form(world: World) -> Submission:
    return world.own.submissions[0]


def _get(client: Client, name: str, key: int) -> str:
    response = client.get(reverse(name, args=[key]))
    assert response.status_code == 200
    return response.content.decode()


def _post(client: Client, name: str, key: int, **told: str) -> str:
    response = client.post(reverse(name, args=[key]), told, follow=True, headers={"referer": "http://testserver/"})
    assert response.status_code == 200
    return response.content.decode()


def _accept_all(world: World) -> None:
    officer, coordinator = world.own.people[Role.SCHOOL_OFFICER], world.own.people[Role.COORDINATOR]
    for one in world.own.submissions:
        by = officer if one.organisation_id == world.own.schools[0].pk else coordinator
        fill(one, by)
        submit(one, by)
        if by is coordinator:
            Submission.objects.filter(pk=one.pk).update(submitted_by=officer)
            one.refresh_from_db()
        accept(one, coordinator)


def test_what_is_in_the_way_is_listed_with_links(world: World, form: Submission) -> None:
    officer = world.client(Role.SCHOOL_OFFICER)
    save_cells(form, [Edit(GRADUATES, "1", 0), Edit(COLLEGE, "2", 0)], world.own.people[Role.SCHOOL_OFFICER])
    page = _get(officer, "submit_form", form.pk)
    assert f"Не заполнено: {form.asked - 2}" in page and "2 больше, чем 1" in page
    assert page.count(f"/forms/{form.pk}/#c") == form.asked - 2
    assert "<button>Сдать форму</button>" not in page
    assert "Не заполнено ячеек" in _post(officer, "submit_form", form.pk)
    assert Submission.objects.get(pk=form.pk).state == State.DRAFT


def test_a_form_is_submitted_returned_mended_and_accepted(world: World, form: Submission) -> None:
    officer, coordinator = world.client(Role.SCHOOL_OFFICER), world.client(Role.COORDINATOR)
    fill(form, world.own.people[Role.SCHOOL_OFFICER])
    assert "<button>Сдать форму</button>" in _get(officer, "submit_form", form.pk)
    assert "Форма сдана" in _post(officer, "submit_form", form.pk)
    assert reverse("review", args=[form.pk]) in _get_home(coordinator)
    page = _get(coordinator, "review", form.pk)
    assert f'name="remark:{GRADUATES}"' in page and "Принять форму" in page
    assert "без замечаний" in _post(coordinator, "return_form", form.pk, **{f"remark:{GRADUATES}": " "})
    said = {f"remark:{GRADUATES}": "Сверьте с аттестатами", "remark:no_such": "куда?"}
    assert "возвращена" in _post(coordinator, "return_form", form.pk, **said)
    assert "Сверьте с аттестатами" in _get(officer, "form", form.pk)
    save_cells(form, [Edit(GRADUATES, "0", 1, "проверено")], world.own.people[Role.SCHOOL_OFFICER])
    _post(officer, "submit_form", form.pk)
    assert "Сверьте с аттестатами" not in _get(officer, "form", form.pk)
    assert "Форма принята" in _post(coordinator, "accept_form", form.pk)
    assert Submission.objects.get(pk=form.pk).state == State.ACCEPTED


def test_moments_are_told_by_the_clock_of_the_district(world: World, form: Submission) -> None:
    fill(form, world.own.people[Role.SCHOOL_OFFICER])
    tomorrow = datetime.now(UTC) + timedelta(days=1)  # today's half past eight may be before the campaign was opened
    submit(form, world.own.people[Role.SCHOOL_OFFICER], now=tomorrow.replace(hour=20, minute=30))
    assert " 03:30, school_officer.a" in _get(world.client(Role.COORDINATOR), "review", form.pk)


def _get_home(client: Client) -> str:
    return client.get(reverse("home")).content.decode()


def test_who_submitted_is_told_that_another_accepts(world: World, form: Submission) -> None:
    coordinator = world.client(Role.COORDINATOR)
    fill(form, world.own.people[Role.COORDINATOR])
    submit(form, world.own.people[Role.COORDINATOR])
    page = _get(coordinator, "review", form.pk)
    assert "Принять форму" not in page and "другой человек" in page
    assert "не тот" in _post(coordinator, "accept_form", form.pk)


def test_a_correction_is_shown_beside_what_was_accepted(world: World, form: Submission) -> None:
    coordinator = world.client(Role.COORDINATOR)
    _accept_all(world)
    form.refresh_from_db()
    panel = coordinator.get(reverse("form_cell", args=[form.pk]), {"code": GRADUATES}).content.decode()
    assert "Записать исправление" in panel
    told = {"code": GRADUATES, "text": "7", "reason": "письмо школы"}
    page = _post(coordinator, "correct_cell", form.pk, **told)
    assert "0 → <b>7</b>" in page and "письмо школы" in page
    assert Correction.objects.get().value == 7
    assert json.loads(form.snapshot.content)[0]["value"] in ("0", "1")
    officer = world.client(Role.SCHOOL_OFFICER)
    panel = officer.get(reverse("form_cell", args=[form.pk]), {"code": GRADUATES}).content.decode()
    assert "письмо школы" in panel and "Записать исправление" not in panel
    assert "непонятно" in _post(coordinator, "correct_cell", form.pk, code=GRADUATES, text="1.234", reason="х")


def test_the_head_approves_when_all_is_accepted(world: World, form: Submission) -> None:
    head, campaign = world.client(Role.HEAD), world.own.campaign
    page = _get(head, "campaign_approval", campaign.pk)
    assert "Ещё не приняты формы: 2" in page and "<button>Утвердить" not in page
    assert "Приняты не все" in _post(head, "approve_campaign", campaign.pk)
    _accept_all(world)
    assert "<button>Утвердить" in _get(head, "campaign_approval", campaign.pk)
    assert "<button>Утвердить" not in _get(world.client(Role.COORDINATOR), "campaign_approval", campaign.pk)
    page = _post(head, "approve_campaign", campaign.pk)
    made = Approval.objects.get(campaign=campaign)
    assert made.sha256 in page and made.by == world.own.people[Role.HEAD]
    assert {one["sha256"] for one in json.loads(made.content)} == {
        one.snapshot.sha256 for one in campaign.submissions.all()
    }
    assert Entry.objects.order_by("-number")[0].event == "approved"
    assert "уже утверждены" in _post(head, "approve_campaign", campaign.pk)
    assert reverse("campaign_approval", args=[campaign.pk]) not in _get_home(head)


def test_what_changes_after_the_approval_is_told_apart(world: World, form: Submission) -> None:
    coordinator = world.own.people[Role.COORDINATOR]
    _accept_all(world)
    form.refresh_from_db()
    correct(form, GRADUATES, "5", "до утверждения", coordinator)
    made = approve(world.own.campaign, world.own.people[Role.HEAD])
    assert sum(len(one["corrections"]) for one in json.loads(made.content)) == 1
    correct(form, GRADUATES, "6", "после утверждения", coordinator)
    page = _get(world.client(Role.HEAD), "campaign_approval", world.own.campaign.pk)
    late = page[page.index("Исправлено после утверждения") :]
    assert "5 → <b>6</b>" in late and "до утверждения." not in late
    assert Approval.objects.get().content == made.content
    with pytest.raises(DatabaseError), transaction.atomic():
        Approval.objects.update(sha256="")


def test_the_way_of_every_state_is_drawn() -> None:
    for state in State:
        assert state in STEPS[state]
    ways = {one for way in STEPS.values() for one in pairwise(way)}
    assert {(one, other) for one, other in ways if one is not State.DRAFT or other is State.SUBMITTED} <= {
        (one, other) for one in State for other in TRANSITIONS[one]
    }
