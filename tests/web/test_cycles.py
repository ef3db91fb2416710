"""What is computed of accepted forms: the core's own values, of a package frozen by its checksum."""

from __future__ import annotations

import os
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from orientir.cycle import run_cycle
from orientir.engines.memory import MemoryEngine
from orientir.errors import UserError
from orientir.facts.package import read_package
from orientir.model.periods import Period
from orientir.model.results import Place, Value
from orientir.model.status import CellState
from orientir.reports.decisions import history
from orientir.resources import example_folder
from orientir_web.campaigns.programmes import programme_of
from orientir_web.campaigns.services import open_campaign
from orientir_web.cycles import computing, packages, pruning, services
from orientir_web.cycles.folders import PACKAGES_LOCK, folder, is_locked, locked, sharing, snapshot_folder
from orientir_web.cycles.models import Computation, DistrictPackage, Progress
from orientir_web.jobs.models import Job, Kind
from orientir_web.journal.models import Entry
from orientir_web.people.roles import Role
from orientir_web.submissions.filling import filling_of, sums_of
from orientir_web.submissions.services import accept, ask, correct
from web.computed import ANSWERS, accept_all, accept_by_grades, answer, computation_of
from web.kept import register_row
from web.world import CLOSES, PERIOD, PROGRAMME, World, make_person

INDICATOR = "college_9"


def _value(computation: Computation, organisation: str, indicator: str = INDICATOR) -> Value:
    computed = services.cycle_of(computation)
    place = Place(indicator, organisation, computed.cycle.periods[-1])
    return next(value for value in computed.cycle.values if value.place == place)


def test_values_are_those_of_the_core_for_the_same_package(world: World) -> None:
    computation = computation_of(world.own)
    programme = programme_of(world.own.campaign.snapshot_id)
    package = read_package(snapshot_folder(computation.checksum), programme)
    assert computation.as_of is not None
    period = Period.parse(PERIOD, programme.period)
    told = run_cycle(package, programme, period, computation.as_of, MemoryEngine())
    own = services.cycle_of(computation).cycle
    assert (own.values, own.comparisons, own.findings, own.issues) == (
        told.values, told.comparisons, told.findings, told.issues,
    )  # fmt: skip
    assert package.checksum == computation.checksum


def test_the_district_is_the_sum_of_its_schools(world: World) -> None:
    computation = computation_of(world.own)
    parts = [_value(computation, place.code) for place in world.own.schools]
    assert [(one.numerator, one.denominator) for one in parts] == [
        (Decimal(one["admitted_college_9"]), Decimal(one["graduates_9"])) for one in ANSWERS
    ]
    whole = _value(computation, world.own.place.code)
    assert (whole.numerator, whole.denominator, whole.reporting, whole.expected) == (41, 80, 2, 2)


def test_the_package_keeps_what_was_accepted_and_where_each_number_stands(world: World) -> None:
    computation = computation_of(world.own)
    package = read_package(snapshot_folder(computation.checksum), programme_of(world.own.campaign.snapshot_id))
    submission = world.fresh().own.submissions[0]
    kept = next(one for one in package.submissions if one.organisation == world.own.schools[0].code)
    assert kept.sha256 == submission.snapshot.sha256
    original = snapshot_folder(computation.checksum) / kept.original
    assert original.read_text(encoding="utf-8") == submission.snapshot.content
    fact = next(one for one in package.facts if one.element == "graduates_9" and one.value == 50)
    assert fact.origin.startswith(kept.original)


def test_the_same_data_give_the_same_checksum(world: World) -> None:
    first, second = computation_of(world.own), computation_of(world.own)
    assert (first.checksum, first.data) == (second.checksum, second.data)


def test_a_correction_makes_it_stale_and_counts_in_the_next(world: World) -> None:
    first = computation_of(world.own)
    assert services.is_fresh(first)
    submission = world.fresh().own.submissions[0]
    correct(submission, "admitted_college_9", "25", "Опечатка", world.own.people[Role.COORDINATOR])
    assert not services.is_fresh(first)
    second = computation_of(world.own)
    assert _value(second, world.own.place.code).numerator == 46
    assert _value(first, world.own.place.code).numerator == 41  # what was frozen stays
    assert second.checksum != first.checksum


def test_what_a_killed_server_did_not_ask_for_is_asked_for_when_the_worker_starts(world: World) -> None:
    computation = computation_of(world.own)
    services.ask_for_missed()
    assert not Computation.objects.filter(state=Progress.WAITING).exists()  # nothing is behind
    by = world.own.people[Role.COORDINATOR]
    correct(world.fresh().own.submissions[0], "admitted_college_9", "25", "Опечатка", by)  # what follows is not asked
    services.ask_for_missed()
    assert Computation.objects.filter(state=Progress.WAITING, campaign=world.own.campaign).count() == 1
    Computation.objects.exclude(pk=computation.pk).update(state=Progress.FAILED, message="Почему-то")
    services.ask_for_missed()
    assert not Computation.objects.filter(state=Progress.WAITING).exists()


def _computed_now(world: World) -> Computation:
    services.ask_to_compute(world.own.campaign)
    services.compute_waiting()
    made = services.latest(world.own.campaign)
    assert made is not None, services.failure(world.own.campaign)
    return made


def test_a_correction_of_a_cell_corrects_the_sums_that_follow_from_it(world: World) -> None:
    submission, by = accept_by_grades(world.own), world.own.people[Role.COORDINATOR]
    tested = {"organisation": world.own.schools[0].code, "indicator": "tested_as_measured"}
    first = _value(_computed_now(world), **tested)
    assert (first.numerator, first.denominator) == (80, 200)
    correct(submission, "tested_grade|grade=9", "30", "Опечатка", by)
    correct(submission, "pupils_grade|grade=10", "60", "Сверено с ОО-1", by)
    filling = filling_of(submission)
    assert "70" in sums_of(filling.sheet, filling.answers)  # the form itself adds what counts now
    computation = _computed_now(world)
    assert (_value(computation, **tested).numerator, _value(computation, **tested).denominator) == (70, 210)
    rows = [(one.element, one.expected, one.value) for one in services.cycle_of(computation).cycle.package.corrections]
    assert rows[:3] == [("tested_grade", 40, 30), ("tested", 80, 70), ("pupils_grade", 50, 60)]
    assert ("pupils_9_11", 200, 210) in rows
    correct(submission, "tested_grade|grade=9", "нет данных", "Списки утрачены", by)
    cycle = services.cycle_of(_computed_now(world)).cycle
    told = {one.element: (one.value, one.state) for one in cycle.facts if one.element in ("tested", "tested_grade")
            and dict(one.breakdown).get("grade") in (None, "9")}  # fmt: skip
    assert told == dict.fromkeys(("tested", "tested_grade"), (None, CellState.NOT_REPORTED))


def test_what_is_taken_back_as_no_data_stays_as_not_reported(world: World) -> None:
    accept_all(world.own)
    submission, by = world.fresh().own.submissions[0], world.own.people[Role.COORDINATOR]
    correct(submission, "admitted_college_9", "нет данных", "Сверяем", by)
    computation = computation_of(world.own)
    whole = _value(computation, world.own.place.code)
    assert (whole.numerator, whole.denominator, whole.reporting, whole.expected) == (21, 30, 1, 2)
    cycle = services.cycle_of(computation).cycle
    [fact] = [one for one in cycle.facts if one.element == "admitted_college_9" and one.organisation == "school_1"]
    assert (fact.value, fact.state) == (None, CellState.NOT_REPORTED)
    [told] = history(cycle, fact)
    assert told.startswith("было 20, отмечено «нет данных»: Сверяем (")
    correct(submission, "admitted_college_9", "22", "Сверили", by)
    assert _value(computation_of(world.own), world.own.schools[0].code).numerator == 22


def test_what_does_not_apply_is_not_waited_for(world: World) -> None:
    accept_all(world.own)
    submission, by = world.fresh().own.submissions[0], world.own.people[Role.COORDINATOR]
    for code in ANSWERS[0]:
        correct(submission, code, "не применимо", "В школе нет 9 классов", by)
    whole = _value(computation_of(world.own), world.own.place.code)
    assert (whole.numerator, whole.denominator, whole.reporting, whole.expected) == (21, 30, 1, 1)


def test_rows_of_registers_are_in_the_package(world: World) -> None:
    first = computation_of(world.own)
    register_row(world.own)
    assert not services.is_fresh(first)
    events = services.cycle_of(computation_of(world.own)).cycle.package.events
    assert [(one.title, one.organisation, one.persons) for one in events] == [("Экскурсия на завод", "school_1", 25)]


def test_a_computation_made_again_from_its_snapshot_is_the_same(world: World) -> None:
    computation = computation_of(world.own)
    before = services.cycle_of(computation)
    computing._kept.cache_clear()
    for path in computing.folder("cycles").glob("*.pickle"):
        path.write_bytes(b"damaged")
    after = services.cycle_of(computation)
    assert after is not before
    assert after.document == before.document


def test_cycles_that_nobody_reads_are_swept_away(world: World) -> None:
    computation = computation_of(world.own)
    computing._kept.cache_clear()
    for path in computing.folder("cycles").glob("*.pickle"):
        os.utime(path, (0, 0))
    services.cycle_of(computation)  # read: it stays
    computing.sweep()
    assert len(list(computing.folder("cycles").glob("*.pickle"))) == 1


def test_earlier_years_are_kept_and_this_year_s_answers_are_not(world: World) -> None:
    district, coordinator = world.own.place, world.own.people[Role.COORDINATOR]
    programme = programme_of(world.own.campaign.snapshot_id)
    period = Period.parse(PERIOD, programme.period)
    packages.keep_package(
        district, example_folder("kemerovo_synthetic"), world.own.campaign.snapshot_id, period, coordinator
    )
    package = read_package(services._before(world.own.campaign), programme)
    told = {str(fact.period) for fact in package.facts if fact.element == "graduates_9"}
    assert "2020/21" in told
    assert PERIOD not in told
    assert Entry.objects.order_by("-number")[0].event == "package_kept"


def test_only_who_runs_campaigns_brings_a_package(world: World, tmp_path: Path) -> None:
    snapshot = world.own.campaign.snapshot_id
    period = Period.parse(PERIOD, programme_of(snapshot).period)
    with pytest.raises(PermissionDenied):
        packages.keep_package(world.own.place, tmp_path, snapshot, period, world.own.people[Role.HEAD])
    with pytest.raises(UserError, match=r"datapackage\.json"):
        packages.keep_package(world.own.place, tmp_path, snapshot, period, world.own.people[Role.COORDINATOR])


def test_a_later_year_follows_when_an_earlier_one_is_computed_anew(world: World) -> None:
    first, coordinator = computation_of(world.own), world.own.people[Role.COORDINATOR]
    later = open_campaign(world.own.place, PROGRAMME, "2022/23", CLOSES, coordinator)
    [form, *_] = ask(later, world.own.schools[:1], coordinator)
    answer(form, make_person("later", form.organisation, Role.SCHOOL_OFFICER, False), **ANSWERS[0])
    accept(form, coordinator)
    services.ask_to_compute(later)
    services.compute_waiting()
    made = services.latest(later)
    assert made is not None and services.is_fresh(made)
    correct(world.own.submissions[0], "admitted_college_9", "25", "Опечатка", coordinator)
    assert computation_of(world.own).checksum != first.checksum
    assert not services.is_fresh(made)
    assert Computation.objects.filter(campaign=later, state=Progress.WAITING).count() == 1


def _aged(*computations: Computation) -> None:
    """Made the day before yesterday, rows and folders."""
    then = timezone.now() - timedelta(days=2)
    for one in computations:
        Computation.objects.filter(pk=one.pk).update(finished_at=then)
        os.utime(snapshot_folder(one.checksum), (then.timestamp(), then.timestamp()))


def test_old_computations_go_and_what_is_needed_stays(world: World) -> None:
    """Referred to by a document, among the latest, young, or being read: each stays with its folder."""
    accept_all(world.own)
    made = []
    for number in range(pruning.KEPT + 3):
        if number:
            correct(world.own.submissions[0], "admitted_college_9", str(20 + number), "Опечатка",
                    world.own.people[Role.COORDINATOR])  # fmt: skip
        made.append(computation_of(world.own))
    gone, told, young, *_latest = made
    Job.objects.create(campaign=told.campaign, computation=told, kind=Kind.SITE, asked_by=world.own.people[Role.HEAD])
    _aged(*(one for one in made if one != young))
    with sharing(PACKAGES_LOCK):
        assert pruning.prune() == 0  # somebody reads
    assert pruning.prune() == 1
    assert set(Computation.objects.values_list("pk", flat=True)) == {one.pk for one in made if one != gone}
    assert [one for one in made if not snapshot_folder(one.checksum).is_dir()] == [gone]
    assert not list(folder("snapshots").glob(".gone-*"))
    assert services.cycle_of(told).cycle.values


def test_a_package_that_was_replaced_goes(world: World) -> None:
    period = Period.parse(PERIOD, programme_of(world.own.campaign.snapshot_id).period)
    told = (world.own.campaign.snapshot_id, period, world.own.people[Role.COORDINATOR])
    packages.keep_package(world.own.place, example_folder("kemerovo_synthetic"), *told)
    first = packages.kept_folder(DistrictPackage.objects.get().checksum)
    packages.keep_package(world.own.place, example_folder("kemerovo"), *told)
    second = packages.kept_folder(DistrictPackage.objects.get().checksum)
    for path in (first, second):
        os.utime(path, (0, 0))
    pruning.prune()
    assert (first.exists(), second.exists()) == (False, True)


def test_one_computation_waits_however_much_changes(world: World) -> None:
    accept_all(world.own)
    services.ask_to_compute(world.own.campaign)
    services.ask_to_compute(world.own.campaign)
    assert Computation.objects.filter(campaign=world.own.campaign, state=Progress.WAITING).count() == 1
    assert services.is_under_way(world.own.campaign)


def test_acceptance_asks_for_a_computation(world: World) -> None:
    accept_all(world.own)
    for _, told, _ in connection.run_on_commit:
        told()
    assert Computation.objects.get(campaign=world.own.campaign).state == Progress.WAITING
    assert not Computation.objects.filter(campaign=world.foreign.campaign).exists()


def test_a_failure_is_told_and_can_be_asked_for_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    accept_all(world.own)

    made = Computation.objects.create(campaign=world.own.campaign)
    with monkeypatch.context() as patched:
        patched.setattr(services, "freeze_package", _refusing)
        services.run(made.pk)
    assert services.latest(world.own.campaign) is None
    assert services.failure(world.own.campaign) == "папка: места нет. Освободите место."
    services.ask_again(world.own.campaign, world.own.people[Role.COORDINATOR])
    services.run(Computation.objects.get(state=Progress.WAITING).pk)
    assert services.latest(world.own.campaign) is not None
    assert services.failure(world.own.campaign) == ""


def _refusing(*_: object) -> str:
    from orientir.errors import Fault

    raise UserError(Fault("папка", "места нет.", "Освободите место."))


def test_a_killed_worker_leaves_nothing_under_way(world: World) -> None:
    accept_all(world.own)
    made = Computation.objects.create(campaign=world.own.campaign, state=Progress.RUNNING)
    assert not services.is_under_way(world.own.campaign)  # nobody holds its lock
    with locked(f"computation-{made.pk}") as ours:
        assert ours
        assert services.is_under_way(world.own.campaign)
        assert is_locked(f"computation-{made.pk}")
    assert not is_locked(f"computation-{made.pk}")
