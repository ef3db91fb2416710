"""`orientir correct` and what it does to the numbers."""

from __future__ import annotations

import hashlib
import json

import pytest
from frictionless import validate

from desk.desk_world import CELL, FACTS, SIGNED, YEAR, cycle, desk, read, rules
from orientir.errors import PackageError
from orientir.facts.package import read_package
from orientir.facts.recording import recorded
from orientir.facts.tables import correction_columns
from orientir.model.results import Place
from orientir.model.status import CellState
from orientir.reports.decisions import history
from small_world import spoil, write_package

OVERRIDE = (*CELL, "--source", "form", "--value", "24")


def graduates(found, place="school_a"):
    (value,) = [one for one in found.values if one.place == Place("admitted", place, YEAR)]
    return value.denominator


def test_corrected_number_counts_and_the_fact_stays(run, package, programme):
    done = run("correct", package, *OVERRIDE, *SIGNED, "--programme", programme)
    assert (done.code, done.err) == (0, "")
    assert graduates(cycle(package, programme)) == 24
    assert (package / "facts.csv").read_text(encoding="utf-8") == FACTS


def test_record_holds_what_was_expected_and_who_decided(run, package, programme):
    run("correct", package, *OVERRIDE, *SIGNED, "--programme", programme)
    assert (package / "corrections.csv").read_text(encoding="utf-8").splitlines() == [
        "id,kind,element,organisation,period,grade,source,expected,expected_status,value,status,author,decided_on,reason",
        "c1,override,graduates,school_a,2021/22,9,form,22,,24,,координатор,2022-10-12,первичный учёт",
    ]


def test_description_knows_the_table_and_its_checksum(run, package, programme):
    run("correct", package, *OVERRIDE, *SIGNED, "--programme", programme)
    (entry,) = [
        one for one in json.loads((package / "datapackage.json").read_text("utf-8"))["resources"]
        if one["name"] == "corrections"
    ]  # fmt: skip
    digest = hashlib.sha256((package / "corrections.csv").read_bytes()).hexdigest()
    assert (entry["path"], entry["hash"]) == ("corrections.csv", f"sha256:{digest}")


def test_package_with_a_correction_is_frictionless(run, package, programme):
    run("correct", package, *OVERRIDE, *SIGNED, "--programme", programme)
    report = validate(package / "datapackage.json")
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])


def test_titles_serve_as_well_as_codes(run, package, programme):
    named = ("--element", "выпускники", "--organisation", "Школа А", "--breakdown", "Класс=9 класс")
    done = run("correct", package, *named, "--period", "2021/22", "--source", "form", "--value", "24", *SIGNED,
               "--programme", programme)  # fmt: skip
    assert done.code == 0
    assert graduates(cycle(package, programme)) == 24


def test_package_is_whole_after_each_step_of_writing(run, package, programme):
    run("correct", package, *OVERRIDE, *SIGNED, "--programme", programme)
    data, known = read(package, programme)
    columns = correction_columns(("grade",))
    row = dict(zip(columns, "c2,flag,graduates,school_b,2021/22,9,form,33,,,,a,2022-10-12,b".split(","), strict=True))
    steps = recorded(package, "corrections", columns, [row])
    counts = []
    for path, content in steps:
        path.write_bytes(content)
        counts.append(len(read_package(package, known).corrections))
    assert (len(data.corrections), counts) == (1, [1, 2, 2])


def test_second_correction_is_written_against_the_first(run, package, programme):
    run("correct", package, *OVERRIDE, *SIGNED, "--programme", programme)
    done = run("correct", package, *CELL, "--source", "form", "--value", "25", *SIGNED, "--programme", programme)
    assert done.code == 0
    assert [(one.id, one.expected) for one in read(package, programme)[0].corrections] == [("c1", 22), ("c2", 24)]
    assert graduates(cycle(package, programme)) == 25


def test_number_taken_back_stays_as_not_reported_with_its_reason(run, package, programme):
    done = run(
        "correct", package, *CELL, "--source", "form", "--value", "Нет данных", *SIGNED, "--programme", programme
    )
    assert (done.code, done.err) == (0, "")
    (made,) = read(package, programme)[0].corrections
    assert (made.value, made.state) == (None, CellState.NOT_REPORTED)
    found = cycle(package, programme)
    (fact,) = [one for one in found.facts if one.source == "form" and one.id == "f2"]
    assert (fact.value, fact.state) == (None, CellState.NOT_REPORTED)
    assert list(history(found, fact)) == ["было 22, отмечено «нет данных»: первичный учёт (координатор, 12.10.2022)"]
    again = run("correct", package, *CELL, "--source", "form", "--value", "нет данных", *SIGNED,
                "--programme", programme)  # fmt: skip
    assert (again.code, "в сведении уже стоит нет данных" in again.err) == (2, True)


def test_excluded_number_gives_way_to_the_other_source(run, package, programme):
    done = run("correct", package, *CELL, "--source", "form", "--exclude", *SIGNED, "--programme", programme)
    found = cycle(package, programme)
    assert done.code == 0
    assert graduates(found) == 24
    assert "population_conflict" not in rules(found)


def test_doubt_is_an_issue_with_its_reason_and_author(run, package, programme):
    run("correct", package, *CELL, "--source", "form", "--flag", *SIGNED, "--programme", programme)
    (told,) = [one for one in cycle(package, programme).issues if one.rule == "fact_doubted"]
    assert told.message == "Число 22 (Форма школы) под сомнением: первичный учёт (координатор, 12.10.2022)."
    assert told.facts == ("f2",)


def test_withdrawn_correction_no_longer_holds(run, package, programme):
    run("correct", package, *OVERRIDE, *SIGNED, "--programme", programme)
    done = run("correct", package, *CELL, "--source", "form", "--withdraw", *SIGNED, "--programme", programme)
    assert done.code == 0
    assert graduates(cycle(package, programme)) == 22


def stale(run, package, programme):
    """A correction whose fact the school has sent anew, and one whose fact is gone."""
    run("correct", package, *OVERRIDE, *SIGNED, "--programme", programme)
    other = ("--element", "admitted", "--organisation", "school_b", "--period", "2021/22", "--breakdown", "grade=9")
    run("correct", package, *other, "--value", "25", *SIGNED, "--programme", programme)
    spoil(package / "facts.csv", "9,22,,form", "9,23,,form")
    spoil(package / "facts.csv", "admitted,school_b,2021/22,9,24,,form,\n", "")


def test_stale_corrections_stop_the_cycle_all_at_once(run, package, programme):
    stale(run, package, programme)
    with pytest.raises(PackageError) as caught:
        cycle(package, programme)
    first, second = map(str, caught.value.faults)
    assert first.startswith("small/corrections.csv:2: исправление c1 устарело: ожидалось 22, а в данных 23 (")
    assert "такого сведения в данных больше нет" in second
    assert second.startswith("small/corrections.csv:3: исправление c2 устарело: ожидалось 24")


def test_stale_correction_is_mended_by_withdrawing_it(run, package, programme):
    stale(run, package, programme)
    again = run("correct", package, *OVERRIDE, *SIGNED, "--programme", programme)
    assert (again.code, again.out) == (2, "")
    other = ("--element", "admitted", "--organisation", "school_b", "--period", "2021/22", "--breakdown", "grade=9")
    codes = [
        run("correct", package, *cell, "--withdraw", *SIGNED, "--programme", programme).code
        for cell in ((*CELL, "--source", "form"), other)
    ]
    assert codes == [0, 0]
    assert graduates(cycle(package, programme)) == 23


REFUSED = [
    (("--element", "graduats", *CELL[2:], "--flag"), "--element: «graduats»: такой величины нет. Возможно: graduates"),
    ((*CELL[:2], "--organisation", "Школа Я", *CELL[4:], "--flag"), "--organisation: «Школа Я»: такой организации"),
    ((*CELL[:4], "--period", "2021", "--flag"), "--period: «2021» — не учебный год"),
    ((*CELL[:6], "--breakdown", "grade=12", "--flag"), "--breakdown: «12»"),
    ((*CELL[:6], "--breakdown", "9", "--flag"), "--breakdown: «9» — не разрез."),
    ((*CELL[:6], "--flag"), "такого сведения в пакете нет"),
    ((*CELL, "--flag"), "--source: сведение дают несколько источников. Назовите один: form — Форма школы; oo1 — "),
    ((*CELL, "--source", "paper", "--flag"), "--source: из источника «paper» такого сведения нет."),
    ((*CELL, "--source", "form", "--value", "12,5"), "--value: «12,5» — не целое число от нуля."),
    ((*CELL, "--source", "form", "--value", "-1"), "--value: «-1»"),
    ((*CELL, "--source", "form", "--value", "22"), "--value: в сведении уже стоит 22."),
    ((*CELL, "--source", "form", "--withdraw"), "--withdraw: у этого сведения нет исправлений."),
    ((*CELL, "--source", "form"), "не сказано, что сделать."),
    ((*CELL, "--source", "form", "--flag", "--exclude"), "сказано сделать сразу несколько дел."),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "told"), REFUSED)
def test_what_cannot_be_meant_is_refused_and_nothing_is_written(run, package, programme, asked, told):
    before = {path.name: path.read_bytes() for path in package.iterdir()}
    done = run("correct", package, *asked, *SIGNED, "--programme", programme)
    assert done.code == 2
    assert told in done.err
    assert {path.name: path.read_bytes() for path in package.iterdir()} == before


@pytest.mark.parametrize(
    ("signed", "told"),
    [
        (("--author", " ", "--reason", "опечатка"), "--author: пусто."),
        (("--author", "методист", "--reason", "\x07"), "--reason: недопустимый знак U+0007."),
    ],
)
def test_decision_has_an_author_and_a_printable_reason(run, package, programme, signed, told):
    done = run("correct", package, *OVERRIDE, *signed, "--programme", programme)
    assert (done.code, told in done.err) == (2, True)


def test_example_that_travels_with_the_program_is_not_changed(run, tmp_path, monkeypatch, programme):
    monkeypatch.chdir(tmp_path)
    done = run("correct", "kemerovo", *OVERRIDE, *SIGNED)
    assert done.code == 2
    assert "записать решение можно только в свой пакет" in done.err


WRONG = "id,kind,element,organisation,period,grade,source,expected,value,author,decided_on,reason\n"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("c1,change,graduates,school_a,2021/22,9,form,22,24,a,2022-10-12,b", "kind: «change»"),
        ("c1,override,graduates,school_a,2021/22,9,form,22,,a,2022-10-12,b", "value: у исправления нет нового числа."),
        ("c1,flag,graduates,school_a,2021/22,9,form,22,24,a,2022-10-12,b", "value: при виде «flag» нового числа"),
        ("c1,flag,graduates,school_a,2021/22,9,form,,,a,2022-10-12,b", "expected: не сказано, что стояло"),
        ("c1,flag,graduates,school_a,2021/22,9,form,22,,,2022-10-12,b", "author: ячейка пуста"),
        ("c1,flag,graduates,school_a,2021/22,9,form,22,,a,,b", "decided_on: ячейка пуста"),
        ("c1,flag,graduates,school_x,2021/22,9,form,22,,a,2022-10-12,b", "organisation: «school_x»"),
    ],
)
def test_hand_made_record_with_a_mistake_is_told_by_its_line(tmp_path, programme, row, told):
    package = write_package(tmp_path / "p", corrections=f"{WRONG}{row}\n")
    with pytest.raises(PackageError) as caught:
        read(package, programme)
    assert any(str(fault).startswith(f"p/corrections.csv:2: {told}") for fault in caught.value.faults)


def test_package_without_decisions_is_as_it_was(package, programme):
    found = desk(package, programme)
    assert (found.desk.corrections, found.desk.aside, found.facts) == ((), (), read(package, programme)[0].facts)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("24,not_reported", "value: стоят и новое число, и состояние."),
        (",suppressed", "status: «suppressed»: такого состояния вместо числа нет."),
        (",not_reported", ""),
    ],
)
def test_state_instead_of_a_number_is_one_of_two_and_stands_alone(tmp_path, programme, row, told):
    head = WRONG.replace("value,", "value,status,")
    line = f"c1,override,graduates,school_a,2021/22,9,forms,22,{row},a,2022-10-12,b"
    package = write_package(tmp_path / "p", corrections=f"{head}{line}\n")
    if not told:
        assert read(package, programme)[0].corrections[0].state is CellState.NOT_REPORTED
        return
    with pytest.raises(PackageError) as caught:
        read(package, programme)
    assert any(str(fault).startswith(f"p/corrections.csv:2: {told}") for fault in caught.value.faults)
