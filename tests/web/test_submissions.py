"""Cells, conflicts, states: what is saved, what is refused, what is frozen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from orientir.collecting.known import Known
from orientir.model.status import CellState as CoreState
from orientir_web.campaigns.services import open_campaign
from orientir_web.journal.models import Entry
from orientir_web.people.roles import Role
from orientir_web.refusals import ActionRefused
from orientir_web.submissions.models import Cell, CellChange, Correction, Submission
from orientir_web.submissions.saving import Edit, Outcome, save_cells
from orientir_web.submissions.services import accept, ask, correct, remember, return_submission, standing, submit
from orientir_web.submissions.sheets import previous_of, sheet_of
from orientir_web.submissions.states import MOVES, TRANSITIONS, CellState, State, can_move
from web.world import CLOSES, PROGRAMME, World, fill, make_person

GRADUATES, COLLEGE = "graduates_9", "admitted_college_9"


def _save(world: World, code: str, text: str, version: int, reason: str = "", role: Role = Role.SCHOOL_OFFICER):
    return save_cells(world.own.submissions[0], [Edit(code, text, version, reason)], world.own.people[role])


@pytest.mark.parametrize(
    ("text", "state", "value"),
    [
        ("35", CellState.VALUE, Decimal(35)),
        ("1 234", CellState.VALUE, Decimal(1234)),
        ("0", CellState.ZERO, Decimal(0)),
        ("нет данных", CellState.NOT_REPORTED, None),
        ("не применимо", CellState.NOT_APPLICABLE, None),
        ("", CellState.EMPTY, None),
    ],
)
def test_states_of_a_cell_are_never_confused(world: World, text: str, state: CellState, value: Decimal | None) -> None:
    _save(world, GRADUATES, "7", 0)
    [told] = _save(world, GRADUATES, text, 1).cells
    assert (told.outcome, told.version, told.state, told.value) == (Outcome.SAVED, 2, state, value)
    cell = Cell.objects.get(submission=world.own.submissions[0])
    assert (cell.state, cell.value, cell.version) == (state, value, 2)
    assert CellChange.objects.filter(submission=world.own.submissions[0]).count() == 2


@pytest.mark.parametrize("text", ["-1", "3,5", "много", "12/13"])
def test_what_is_no_answer_is_bad_and_not_saved(world: World, text: str) -> None:
    [told] = _save(world, GRADUATES, text, 0).cells
    assert told.outcome == Outcome.BAD
    assert told.message
    assert not Cell.objects.filter(submission=world.own.submissions[0]).exists()


def test_a_cell_that_the_form_does_not_have_is_bad(world: World) -> None:
    assert _save(world, "nothing", "1", 0).cells[0].outcome == Outcome.BAD


@pytest.mark.parametrize("version", [0, 2, 99])
def test_another_version_is_a_conflict_that_shows_the_other_value(world: World, version: int) -> None:
    """Version 0 means «I saw it absent», never «do not check»."""
    _save(world, GRADUATES, "35", 0)
    [told] = _save(world, GRADUATES, "40", version).cells
    assert (told.outcome, told.value, told.version) == (Outcome.CONFLICT, Decimal(35), 1)


def test_the_same_sent_again_is_saved_once(world: World) -> None:
    _save(world, GRADUATES, "35", 0)
    entries = Entry.objects.count()
    [told] = _save(world, GRADUATES, "35", 0).cells
    assert (told.outcome, told.version) == (Outcome.SAVED, 1)
    assert Entry.objects.count() == entries


def test_a_batch_saves_what_it_can(world: World) -> None:
    _save(world, GRADUATES, "35", 0)
    edits = [Edit(COLLEGE, "10", 0), Edit(GRADUATES, "1", 0), Edit("graduates_11", "?!", 0)]
    told = save_cells(world.own.submissions[0], edits, world.own.people[Role.SCHOOL_OFFICER])
    assert [one.outcome for one in told.cells] == ["saved", "conflict", "bad"]
    assert told.filled == 2


def test_the_checks_of_the_core_speak_at_once(world: World) -> None:
    _save(world, GRADUATES, "10", 0)
    issues = _save(world, COLLEGE, "11", 0).issues
    told = [one for one in issues if set(one.facts) == {GRADUATES, COLLEGE}]
    assert told and "11" in told[0].message and "10" in told[0].message
    assert Submission.objects.get(pk=world.own.submissions[0].pk).errors >= 1


def test_a_jump_asks_for_a_reason(world: World) -> None:
    school = world.own.schools[0]
    known = {school.code: {(GRADUATES, ()): Known(Decimal(20), CoreState.VALUE, "2020/21")}}
    remember(known, "2020/21", {school.code: school})
    assert [one.rule for one in _save(world, GRADUATES, "40", 0).issues] == ["jump_without_reason"]
    assert not _save(world, GRADUATES, "40", 1, reason="открыт новый корпус").issues


def test_what_was_accepted_is_compared_with_the_year_after(world: World) -> None:
    district, form = world.own, world.own.submissions[0]
    officer, coordinator = district.people[Role.SCHOOL_OFFICER], district.people[Role.COORDINATOR]
    fill(form, officer)
    submit(form, officer)
    accept(form, coordinator)
    after = open_campaign(district.place, PROGRAMME, "2022/23", CLOSES, coordinator)
    [asked] = ask(after, [form.organisation], coordinator)
    assert previous_of(asked)[GRADUATES, ()].value == 0
    correct(form, GRADUATES, "52", "Пересчитано по книге выдачи", coordinator)
    assert previous_of(asked)[GRADUATES, ()].value == 52


def test_only_who_may_fill_saves(world: World) -> None:
    for role in set(Role) - {Role.SCHOOL_OFFICER, Role.COORDINATOR}:
        with pytest.raises(PermissionDenied):
            _save(world, GRADUATES, "1", 0, role=role)
    with pytest.raises(PermissionDenied):
        save_cells(world.foreign.submissions[0], [Edit(GRADUATES, "1", 0)], world.own.people[Role.SCHOOL_OFFICER])


def test_after_the_deadline_nothing_is_saved_or_submitted(world: World) -> None:
    officer = world.own.people[Role.SCHOOL_OFFICER]
    fill(world.own.submissions[0], officer)
    with pytest.raises(ActionRefused):
        save_cells(world.own.submissions[0], [Edit(GRADUATES, "1", 1)], officer, now=CLOSES)
    with pytest.raises(ActionRefused):
        submit(world.own.submissions[0], officer, now=CLOSES)


def test_a_form_goes_its_way(world: World) -> None:
    form, officer = world.own.submissions[0], world.own.people[Role.SCHOOL_OFFICER]
    coordinator = world.own.people[Role.COORDINATOR]
    with pytest.raises(ActionRefused, match="Не заполнено"):
        submit(form, officer)
    fill(form, officer)
    submit(form, officer)
    with pytest.raises(ActionRefused):
        save_cells(form, [Edit(GRADUATES, "1", 1)], officer)
    with pytest.raises(PermissionDenied):
        accept(form, officer)
    with pytest.raises(ActionRefused, match="замечаний"):
        return_submission(form, {GRADUATES: " "}, coordinator)
    return_submission(form, {GRADUATES: "Проверьте по аттестатам"}, coordinator)
    assert form.remarks.filter(resolved_at__isnull=True).count() == 1
    save_cells(form, [Edit(GRADUATES, "0", 1, "проверено")], officer)
    submit(form, officer)
    assert not form.remarks.filter(resolved_at__isnull=True).exists()
    snapshot = accept(form, coordinator)
    assert len(sheet_of(form).places) == form.filled == form.asked
    assert snapshot.sha256 in Entry.objects.order_by("-number")[0].details
    moves = list(Entry.objects.filter(subject=f"submissions.submission:{form.pk}").order_by("number"))
    events = [one.event for one in moves if one.event != "cells_saved"]
    assert events == ["submitted", "returned", "submitted", "accepted"]


def test_errors_stop_the_submission_and_not_the_saving(world: World) -> None:
    officer = world.own.people[Role.SCHOOL_OFFICER]
    fill(world.own.submissions[0], officer, **{GRADUATES: "1", COLLEGE: "2"})
    with pytest.raises(ActionRefused, match="ошибки"):
        submit(world.own.submissions[0], officer)


def test_who_submits_does_not_accept(world: World) -> None:
    coordinator = world.own.people[Role.COORDINATOR]
    fill(world.own.submissions[0], coordinator)
    submit(world.own.submissions[0], coordinator)
    with pytest.raises(ActionRefused, match="не тот"):
        accept(world.own.submissions[0], coordinator)
    accept(world.own.submissions[0], make_person("second", world.own.place, Role.COORDINATOR))


def test_who_comes_second_is_told(world: World) -> None:
    officer, coordinator = world.own.people[Role.SCHOOL_OFFICER], world.own.people[Role.COORDINATOR]
    fill(world.own.submissions[0], officer)
    submit(world.own.submissions[0], officer)
    seen = Submission.objects.get(pk=world.own.submissions[0].pk)
    accept(world.own.submissions[0], coordinator)
    with pytest.raises(ActionRefused, match="изменилось"):
        return_submission(seen, {"": "Исправьте"}, coordinator)


def test_a_correction_stands_beside_what_was_accepted(world: World) -> None:
    form, officer = world.own.submissions[0], world.own.people[Role.SCHOOL_OFFICER]
    coordinator = world.own.people[Role.COORDINATOR]
    fill(form, officer)
    submit(form, officer)
    snapshot = accept(form, coordinator)
    correct(form, GRADUATES, "5", "письмо школы", coordinator)
    correct(form, GRADUATES, "6", "ещё письмо", coordinator)
    assert [one.expected for one in Correction.objects.order_by("pk")] == [0, 5]
    assert standing(form, GRADUATES) == (CellState.VALUE, Decimal(6))
    with pytest.raises(ActionRefused, match="уже стоит"):
        correct(form, GRADUATES, "6", "то же", coordinator)
    assert form.snapshot.content == snapshot.content


def test_every_state_has_its_moves() -> None:
    assert set(TRANSITIONS) == set(State)
    assert set(MOVES) == set().union(*TRANSITIONS.values())
    assert {f"{one} -> {other}" for one in State for other in State if can_move(one, other)} == {
        "draft -> submitted",
        "submitted -> returned",
        "submitted -> accepted",
        "returned -> submitted",
    }
