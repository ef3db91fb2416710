"""`orientir conflicts` on the screen, and what a choice does to the numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desk.desk_world import FACTS, SIGNED, SOURCES, YEAR, cycle, desk, number_of, read, rules
from orientir.errors import PackageError
from orientir.model.desk import Cell
from orientir.model.results import Place
from small_world import spoil, write_package


def value_of(found, place="school_a"):
    (value,) = [one for one in found.values if one.place == Place("admitted", place, YEAR)]
    return value


def test_list_shows_both_sides_and_what_depends_on_them(run, package, programme):
    number = number_of(package, programme)
    done = run("conflicts", package, "--programme", programme)
    assert done.code == 0
    assert done.out.replace("\u00a0", " ") == (
        "Open conflicts: 1.\n"
        f"№ {number}  «Выпускники» (9 класс); Школа А, 2021/22 уч. г.\n"
        "    22 — Форма школы [form]\n"
        "    24 — раздел 2.1 [oo1]\n"
        "    разница: 2; от числа зависят: Поступление\n"
        "Settled conflicts: 0.\n"
        "Confirmed by a second source: 1.\n"
    )


def test_other_periods_are_left_out_when_one_is_asked_for(run, package, programme):
    done = run("conflicts", package, "--programme", programme, "--period", "2020/21")
    assert done.out == "Open conflicts: 0.\nSettled conflicts: 0.\nConfirmed by a second source: 0.\n"


def test_number_follows_from_the_cell_alone(package, programme, tmp_path):
    more = FACTS + "admitted,school_a,2021/22,9,15,,oo1,\n"
    other = write_package(tmp_path / "other", sources=SOURCES, facts=more)
    cell = Cell("graduates", "school_a", YEAR, (("grade", "9"),))
    assert number_of(package, programme) == cell.number
    assert cell.number in {one.cell.number for one in desk(other, programme).desk.open}
    assert len({one.cell.number for one in desk(other, programme).desk.open}) == 2


def test_choice_counts_and_the_other_number_stays(run, package, programme):
    number = number_of(package, programme)
    done = run("conflicts", package, "--resolve", number, "--source", "oo1", *SIGNED, "--programme", programme)
    found = cycle(package, programme)
    value = value_of(found)
    assert (done.code, done.out) == (0, "Recorded: 1. Open: 0.\n")
    assert (value.denominator, value.conflicting) == (24, False)
    assert "population_conflict" not in rules(found)
    assert [fact.value for fact in found.desk.aside] == [Decimal(22)]
    assert (package / "facts.csv").read_text(encoding="utf-8") == FACTS


def test_settled_conflict_is_listed_with_its_reason(run, package, programme):
    run("conflicts", package, "--resolve", number_of(package, programme), "--source", "oo1", *SIGNED,
        "--programme", programme)  # fmt: skip
    done = run("conflicts", package, "--programme", programme)
    assert "    выбрано: 24 — раздел 2.1 [oo1]. первичный учёт (координатор, 12.10.2022)" in done.out.splitlines()


@pytest.mark.parametrize("name", ["oo1", "раздел 2.1", "форма оо-1"])
def test_source_is_named_by_code_or_title(run, package, programme, name):
    short = number_of(package, programme)[:4]
    run("conflicts", package, "--resolve", short, "--source", name, *SIGNED, "--programme", programme)
    assert value_of(cycle(package, programme)).denominator == 24


def test_last_choice_holds(run, package, programme):
    number = number_of(package, programme)
    for source in ("oo1", "form"):
        run("conflicts", package, "--resolve", number, "--source", source, *SIGNED, "--programme", programme)
    assert value_of(cycle(package, programme)).denominator == 22
    assert len(read(package, programme)[0].choices) == 2


def test_withdrawn_choice_opens_the_conflict_again(run, package, programme):
    number = number_of(package, programme)
    run("conflicts", package, "--resolve", number, "--source", "oo1", *SIGNED, "--programme", programme)
    done = run("conflicts", package, "--withdraw", number, *SIGNED, "--programme", programme)
    assert (done.code, done.out) == (0, "Recorded: 1. Open: 1.\n")
    assert value_of(cycle(package, programme)).conflicting


def test_choice_whose_numbers_changed_stops_the_cycle(run, package, programme):
    number = number_of(package, programme)
    run("conflicts", package, "--resolve", number, "--source", "oo1", *SIGNED, "--programme", programme)
    spoil(package / "facts.csv", "9,22,,form", "9,23,,form")
    with pytest.raises(PackageError) as caught:
        cycle(package, programme)
    assert str(caught.value.faults[0]) == (
        f"small/choices.csv:2: выбор источника по расхождению № {number} устарел: при выборе было form — 22; oo1 — 24, "
        f"теперь form — 23; oo1 — 24. Выберите заново: orientir conflicts … --resolve {number}."
    )


def test_stale_choice_is_listed_open_and_can_be_made_anew(run, package, programme):
    number = number_of(package, programme)
    choose = ("conflicts", package, "--resolve", number, "--source", "oo1", *SIGNED, "--programme", programme)
    run(*choose)
    spoil(package / "facts.csv", "9,22,,form", "9,23,,form")
    listed = run("conflicts", package, "--programme", programme)
    assert (listed.code, listed.out.startswith("Open conflicts: 1.")) == (2, True)
    assert "устарел" in listed.err
    assert run(*choose).code == 0
    assert value_of(cycle(package, programme)).denominator == 24


def test_choice_of_a_conflict_that_is_gone_is_withdrawn(run, package, programme):
    number = number_of(package, programme)
    run("conflicts", package, "--resolve", number, "--source", "oo1", *SIGNED, "--programme", programme)
    spoil(package / "facts.csv", "9,22,,form", "9,24,,form")
    assert f"Расхождения больше нет; отзовите выбор: orientir conflicts … --withdraw {number}." in (
        run("conflicts", package, "--programme", programme).err
    )
    run("conflicts", package, "--withdraw", number, *SIGNED, "--programme", programme)
    assert value_of(cycle(package, programme)).denominator == 24


def test_one_more_source_that_agrees_with_the_chosen_one_changes_nothing(run, tmp_path, programme):
    package = write_package(tmp_path / "p", sources=SOURCES + "paper,Акт,Акт,,3,form,\n", facts=FACTS)
    run("conflicts", package, "--resolve", number_of(package, programme), "--source", "oo1", *SIGNED,
        "--programme", programme)  # fmt: skip
    with (package / "facts.csv").open("a", encoding="utf-8") as lines:
        lines.write("graduates,school_a,2021/22,9,24,,paper,\n")
    assert value_of(cycle(package, programme)).denominator == 24


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--resolve", "zzzzzzzz", "--source", "oo1", *SIGNED), "--resolve: расхождения «zzzzzzzz» нет."),
        (
            ("--resolve", "{}", "--source", "paper", *SIGNED),
            "--source: «paper»: такой стороны нет. Назовите одну: form",
        ),
        (("--resolve", "{}", "--source", "oo1"), "--author: пусто."),
        (("--withdraw", "{}", *SIGNED), "--withdraw: выбора по расхождению"),
        (("--resolve", "{}", "--export", "x.xlsx"), "сказано сделать сразу несколько дел."),
    ],
)
def test_what_cannot_be_meant_is_refused_without_a_trace(run, package, programme, asked, told):
    before = {path.name: path.read_bytes() for path in package.iterdir()}
    number = number_of(package, programme)
    done = run("conflicts", package, *(word.replace("{}", number) for word in asked), "--programme", programme)
    assert done.code == 2
    assert told in done.err
    assert {path.name: path.read_bytes() for path in package.iterdir()} == before


# ---- what is a conflict


def sides(folder, programme):
    return [[(side.code, side.shown) for side in one.sides] for one in desk(folder, programme).desk.open]


def with_facts(tmp_path, *rows, **tables):
    head = FACTS.splitlines()[0]
    return write_package(tmp_path / "own", sources=SOURCES, facts="\n".join((head, *rows, "")), **tables)


def test_total_against_the_parts_of_another_source(tmp_path, programme):
    package = with_facts(
        tmp_path,
        "graduates,school_a,2021/22,,50,,form,",
        "graduates,school_a,2021/22,9,30,,oo1,",
        "graduates,school_a,2021/22,11,18,,oo1,",
    )
    assert sides(package, programme) == [[("form", "50"), ("oo1:grade", "48")]]


def test_total_against_its_own_parts(tmp_path, programme):
    package = with_facts(
        tmp_path,
        "graduates,school_a,2021/22,,50,,form,",
        "graduates,school_a,2021/22,9,30,,form,",
        "graduates,school_a,2021/22,11,18,,form,",
    )
    assert sides(package, programme) == [[("form", "50"), ("form:grade", "48")]]


def test_parts_that_only_two_sources_give_together(tmp_path, programme):
    package = with_facts(
        tmp_path,
        "graduates,school_a,2021/22,,50,,form,",
        "graduates,school_a,2021/22,9,30,,form,",
        "graduates,school_a,2021/22,11,18,,oo1,",
    )
    assert sides(package, programme) == [[("form", "50"), ("form+oo1:grade", "48")]]


def test_parts_of_which_one_is_unknown_are_no_side(tmp_path, programme):
    package = with_facts(
        tmp_path,
        "graduates,school_a,2021/22,,50,,form,",
        "graduates,school_a,2021/22,9,30,,oo1,",
        "graduates,school_a,2021/22,11,,not_reported,oo1,",
    )
    assert sides(package, programme) == []


def test_what_does_not_apply_disputes_a_number_and_not_a_zero(tmp_path, programme):
    package = with_facts(
        tmp_path,
        "graduates,school_a,2021/22,9,,not_applicable,form,",
        "graduates,school_a,2021/22,9,3,,oo1,",
        "graduates,school_b,2021/22,9,,not_applicable,form,",
        "graduates,school_b,2021/22,9,0,,oo1,",
    )
    assert sides(package, programme) == [[("form", "not_applicable"), ("oo1", "3")]]


def test_number_counted_from_a_register_against_the_one_that_was_typed(tmp_path, programme):
    spoil(
        programme / "elements.yaml",
        "  admitted:\n    title: Поступившие\n    unit: person\n",
        "  admitted:\n    title: Поступившие\n    unit: person\n"
        "    counted_from: {register: populations, sum: persons, where: {kind: graduates}, by: {grade: grade}}\n",
    )
    package = with_facts(
        tmp_path,
        "graduates,school_a,2021/22,9,22,,form,",
        "admitted,school_a,2021/22,9,14,,form,",
        populations="organisation,period,counted_on,kind,grade,persons,source,note\n"
        "school_a,2021/22,2021-09-20,graduates,9,15,oo1,\n",
    )
    assert sides(package, programme) == [[("form", "14"), ("oo1", "15")]]


def test_choice_in_a_part_changes_what_the_total_is_held_against(run, tmp_path, programme):
    package = with_facts(
        tmp_path,
        "graduates,school_a,2021/22,,50,,form,",
        "graduates,school_a,2021/22,9,30,,form,",
        "graduates,school_a,2021/22,9,32,,oo1,",
        "graduates,school_a,2021/22,11,18,,form,",
    )
    part = Cell("graduates", "school_a", YEAR, (("grade", "9"),))
    run("conflicts", package, "--resolve", part.number, "--source", "oo1", *SIGNED, "--programme", programme)
    found = desk(package, programme).desk
    assert [one.cell for one in found.resolved] == [part]
    assert found.open == ()
