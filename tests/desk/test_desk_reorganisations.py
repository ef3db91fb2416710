"""Schools that were closed and merged: told then and now, and what cannot be."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.desk_world import DAY, SIGNED, YEAR, cycle, read, rules
from orientir.engines.duckdb import DuckDBEngine
from orientir.engines.memory import MemoryEngine
from orientir.errors import PackageError
from orientir.facts.organisation_list import read_organisation_list
from orientir.facts.structure import in_structure, last_successors
from orientir.indicators.values import values_of
from orientir.model.desk import Desk, Structure
from orientir.model.indicators import Term
from orientir.model.package import Fact, Organisation, Package, Source
from orientir.model.results import Place
from orientir.model.status import CellState, Status
from properties.cases import GRADES, TERRITORY, indicator, programme_of
from small_world import TABLES, write_package

HEAD = "id,title,kind,parent,title_genitive,title_prepositional,valid_from,valid_to,successor\n"
MERGED = (
    HEAD
    + "district,Округ,district,,,,,,\n"
    + "school_a,Школа А,school,district,,,,2021-08-31,school_b\n"
    + "school_b,Школа Б,school,district,,,,,\n"
)
FACTS = "".join(f"{line}\n" for line in TABLES["facts"].splitlines() if "school_a,2021/22" not in line)


@pytest.fixture
def merged(tmp_path):
    return write_package(tmp_path / "merged", organisations=MERGED, facts=FACTS)


def value_of(found, place, period):
    return next((one for one in found.values if one.place == Place("admitted", place, period)), None)


def test_successor_has_the_history_of_those_it_took_in(merged, programme):
    then, now = (cycle(merged, programme, structure) for structure in Structure)
    last = YEAR.shifted(-1)
    assert value_of(then, "school_b", last).denominator == 30
    assert value_of(now, "school_b", last).denominator == 50
    assert value_of(now, "school_a", last) is None
    assert value_of(now, "district", last).denominator == value_of(then, "district", last).denominator == 50


def test_structure_is_an_option_of_the_commands(run, merged, programme, tmp_path):
    told = {}
    for structure in ("then", "now"):
        done = run("compute", merged, "--programme", programme, "--period", "2021/22", "--structure", structure)
        told[structure] = [line for line in done.out.splitlines() if line.startswith("admitted,school_b,2020/21,,")]
        assert run("check", merged, "--programme", programme, "--period", "2021/22", "--structure", structure).code < 2
    assert told == {
        "then": ["admitted,school_b,2020/21,,21,30,0.7,measured,direct"],
        "now": ["admitted,school_b,2020/21,,33,50,0.66,measured,direct"],
    }
    wrong = run("compute", merged, "--programme", programme, "--period", "2021/22", "--structure", "soon")
    assert (wrong.code, wrong.err) == (2, "--structure: структуры «soon» нет. Допустимы: then, now.\n")


def test_report_says_whose_numbers_were_added_and_why_names_the_parts(run, merged, programme, tmp_path):
    out = tmp_path / "out"
    run("report", merged, "--programme", programme, "--period", "2021/22", "--out", out, "--formats", "html",
        "--structure", "now", "--date", "2022-12-30")  # fmt: skip
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Школа А (закрыта 31.08.2021): сведения присоединены к Школа Б." in page
    assert "закрытые присоединены к своим преемникам" in page
    numbers = json.loads((out / "numbers.json").read_text(encoding="utf-8"))["numbers"]
    key = next(key for key, one in numbers.items() if key.endswith("d") and one["text"] == "50")
    lines = run("why", out, key).out
    assert "Сложены сведения организаций: Школа А; Школа Б." in lines
    assert "f2: 20 — Выпускники, 9 класс; Школа А, 2020/21" in lines
    assert "f3: 30 — Выпускники, 9 класс; Школа Б, 2020/21" in lines
    assert "(facts.csv, строки 2, 3, 4, 5)" in numbers[key]["sources"]  # of the share, as for every value


def test_only_what_a_single_predecessor_gave_keeps_its_row(tmp_path, programme):
    places = MERGED.replace("Школа Б,school,district,,,,,", "Школа Б,school,district,,,2021-09-01,,")
    facts = "".join(f"{line}\n" for line in FACTS.splitlines() if "school_b,2020/21" not in line)
    now = cycle(write_package(tmp_path / "p", organisations=places, facts=facts), programme, Structure.NOW)
    (whole,) = [one for one in now.facts if one.period != YEAR and one.element == "graduates"]
    assert (whole.id, whole.organisation, whole.row) == ("f2", "school_b", 2)
    assert whole.note == "Сведения организации Школа А: она присоединена к Школа Б."
    assert value_of(now, "district", YEAR.shifted(-1)).reporting == 1


def test_corrections_are_made_in_the_school_that_was(run, merged, programme):
    run("correct", merged, "--element", "graduates", "--organisation", "school_a", "--period", "2020/21",
        "--breakdown", "grade=9", "--value", "25", *SIGNED, "--programme", programme)  # fmt: skip
    assert value_of(cycle(merged, programme, Structure.NOW), "school_b", YEAR.shifted(-1)).denominator == 55


# ---- what cannot be


def places(tmp_path, *rows, facts=FACTS):
    return write_package(tmp_path / "p", organisations=HEAD + "".join(f"{row}\n" for row in rows), facts=facts)


@pytest.mark.parametrize(
    ("school_a", "school_b", "rule"),
    [
        ("school,district,,,,,school_b", "school,district,,,,,", "successor_of_open"),
        (
            "school,district,,,,2021-08-31,school_b",
            "school,district,,,,2022-08-31,school_a",
            "successors_circular",
        ),
        ("school,district,,,,2021-08-31,school_b", "school,district,,,,2020-08-31,", "successor_closed_before"),
        ("school,district,,,,2021-08-31,school_b", "school,school_a,,,,,", "successor_on_branch"),
        ("school,district,,,,2019-08-31,", "school,district,,,,,", "fact_out_of_time"),
        ("school,district,,,2022-09-01,,", "school,district,,,,,", "fact_out_of_time"),
    ],
)
@pytest.mark.parametrize("structure", Structure)
def test_impossible_succession_is_an_issue(tmp_path, programme, school_a, school_b, rule, structure):
    package = places(
        tmp_path, "district,Округ,district,,,,,,", f"school_a,Школа А,{school_a}", f"school_b,Школа Б,{school_b}"
    )
    assert rule in rules(cycle(package, programme, structure))


def test_sound_merger_is_no_issue(merged, programme):
    found = rules(cycle(merged, programme))
    assert not {rule for rule in found if rule.startswith("successor") or rule == "fact_out_of_time"}


@pytest.mark.parametrize("sign", [";", ","])
def test_split_is_refused_and_not_guessed(tmp_path, programme, sign):
    rows = MERGED.replace("2021-08-31,school_b", f'2021-08-31,"school_b{sign}district"')
    package = write_package(tmp_path / "p", organisations=rows)
    with pytest.raises(PackageError) as caught:
        read(package, programme)
    (fault,) = map(str, caught.value.faults)
    assert fault.startswith("p/organisations.csv:3: successor: преемников несколько, а разделение не пересчитывается")
    with pytest.raises(PackageError, match="преемников несколько"):
        read_organisation_list(package / "organisations.csv", read(write_package(tmp_path / "q"), programme)[1])


# ---- whatever the district

CLOSED = date(2021, 8, 31)
SCHOOLS = ("a", "b", "c", "d")


@st.composite
def districts(draw: Any) -> Package:
    """Four schools, some merged into others; each gives every cell, as a number or as one that does not apply."""
    targets = {"a": draw(st.sampled_from(["", "b", "c"])), "b": draw(st.sampled_from(["", "c", "d"]))}
    organisations = [Organisation(TERRITORY, TERRITORY, "district")]
    for school in SCHOOLS:
        closed = CLOSED if targets.get(school) else None
        organisations.append(
            Organisation(school, school, "school", TERRITORY, valid_to=closed, successor=targets.get(school, ""))
        )
    detail = draw(st.sampled_from([[()], GRADES]))
    contents = st.one_of(
        st.integers(0, 9).map(lambda one: (Decimal(one), CellState.VALUE if one else CellState.ZERO)),
        st.just((None, CellState.NOT_APPLICABLE)),
    )
    facts = [
        Fact(f"f{number}", element, school, YEAR.shifted(-1), cell, *draw(contents), draw(st.sampled_from(["x", "y"])))
        for number, (element, school, cell) in enumerate(product(("pupils", "participants"), SCHOOLS, detail), 1)
    ]
    sources = (Source("x", "x", "x", "", 1), Source("y", "y", "y", "", 2))
    return Package("p", "p", TERRITORY, False, "", tuple(organisations), sources, tuple(facts))


def counts():
    return [
        indicator(number, (Term(element),), (), ("grade",)) for number, element in enumerate(("pupils", "participants"))
    ]


@given(districts())
@settings(max_examples=40, deadline=None)
def test_totals_of_the_district_are_the_same_under_either_structure(package):
    programme = replace(programme_of(*counts()), reporting_kinds=("school",))
    told = {}
    for structure in Structure:
        changed, facts, _ = in_structure(structure, package, programme, (package.facts, Desk()), DAY)
        per_engine = []
        for engine in (MemoryEngine(), DuckDBEngine()):
            values = values_of(engine, changed, facts, programme, [YEAR.shifted(-1)])
            engine.close()
            per_engine.append([one for one in values if one.place.organisation == TERRITORY])
        assert per_engine[0] == per_engine[1]
        told[structure] = {
            one.place: (one.numerator, one.status) for one in per_engine[0] if one.status is Status.MEASURED
        }
    assert told[Structure.THEN] == told[Structure.NOW]


@given(districts())
@settings(max_examples=40, deadline=None)
def test_no_number_of_a_closed_school_is_lost(package):
    programme = replace(programme_of(*counts()), reporting_kinds=("school",))
    _, facts, desk = in_structure(Structure.NOW, package, programme, (package.facts, Desk()), DAY)
    successors = last_successors(package, DAY)
    assert not {fact.organisation for fact in facts} & set(successors)
    originals = {fact.id for fact in package.facts if fact.organisation in successors and fact.value}
    found = [part for fact in facts for part in desk.originals(fact.id)]
    assert originals <= set(found)
