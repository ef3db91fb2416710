"""Counts from registers: what counts, where, under which members. Forms are not looked at here."""

from dataclasses import replace
from datetime import date

import pytest
from registers_world import SCHOOLS, YEAR

from orientir.definitions.conditions import parse_condition
from orientir.model.indicators import Element, RegisterCount, Tally, Unit
from orientir.model.package import Event, Package, Source
from orientir.model.registers import Agreement, DemandedIndustry, Participation, PopulationCount, Workplace
from orientir.sources.counted import counted_facts, ranges

PEOPLE = {"register": "participants", "count": Tally.PERSONS}
BY_STAGE = {**PEOPLE, "by": {"stage": "stage"}}


@pytest.fixture
def count(programme):
    """The facts of one rule over some rows: (organisation, members, number)."""

    def counted(rows, dimensions=(), **rule):
        if isinstance(rule.get("where"), dict):
            rule["where"] = parse_condition(rule["where"])
        element = Element(
            "counted", "Сосчитано", Unit.PERSON, dimensions=dimensions, counted_from=RegisterCount(**rule)
        )
        tables = rows if isinstance(rows, dict) else {rule["register"]: rows}
        package = Package(
            name="p",
            title="П",
            territory="district",
            synthetic=True,
            checksum="",
            organisations=SCHOOLS,
            sources=(Source("list", "Список", "", "", 1),),
            facts=(),
            **{
                name: tuple(replace(row, row=line) for line, row in enumerate(some, 2)) for name, some in tables.items()
            },
        )
        facts = counted_facts(package, replace(programme, elements=(element,)))
        return [(fact.organisation, dict(fact.breakdown), fact.value) for fact in facts]

    return counted


def pupil(person, school="school_1", stage="regional", programme="championship", **more):
    given = {"day": None, "persons": None, "grade": "", "competence": "", "result": "", "source": "list", **more}
    return Participation(school, YEAR, programme, stage, person=person, **given)


def places(number, school="", channel="ticket"):
    return Workplace(school, YEAR, "", channel, "", number, "list")


def test_person_counts_once_in_a_school(count):
    assert count([pupil("p1"), pupil("p1"), pupil("p2")], **PEOPLE) == [("school_1", {}, 2)]


def test_condition_chooses_rows(count):
    rows = [pupil("p1"), pupil("p2", programme="abilympics")]
    assert count(rows, **PEOPLE, where={"programme": "abilympics"}) == [("school_1", {}, 1)]


def test_rows_are_told_by_breakdown(count):
    rows = [pupil("p1"), pupil("p1", stage="national")]
    expected = [("school_1", {"stage": "national"}, 1), ("school_1", {"stage": "regional"}, 1)]
    assert count(rows, dimensions=("stage",), **BY_STAGE) == expected


def test_ladder_counts_a_person_on_the_highest_rung(count):
    rows = [pupil("p1"), pupil("p1", stage="national"), pupil("p2"), pupil("p3", stage="school")]
    found = count(rows, dimensions=("stage",), **BY_STAGE, ladder=("regional", "national"))
    assert found == [("school_1", {"stage": "national"}, 1), ("school_1", {"stage": "regional"}, 1)]


def test_grade_finds_the_member_that_covers_it(count):
    found = count(
        [pupil("p1", grade="6"), pupil("p2", grade="9")], dimensions=("level",), **PEOPLE | {"by": {"level": "grade"}}
    )
    assert found == [("school_1", {"level": "5-9"}, 2)]


def test_number_of_people_counts_where_nobody_is_named(count):
    assert count([pupil("p1"), pupil("", persons=5)], **PEOPLE) == [("school_1", {}, 6)]


def test_row_that_names_nobody_leaves_the_count_unknown(count):
    assert count([pupil("p1"), pupil("")], **PEOPLE) == [("school_1", {}, None)]


def test_one_unknown_number_leaves_the_sum_unknown(count):
    assert count([places(5), places(None)], register="workplaces", sum="places") == [("district", {}, None)]


def test_register_without_schools_is_of_the_territory(count):
    assert count([places(5), places(7)], register="workplaces", sum="places") == [("district", {}, 12)]


def test_territory_has_all_rows_where_some_name_no_school(count):
    found = count([places(5, "school_1"), places(7)], register="workplaces", sum="places")
    assert found == [("district", {}, 12), ("school_1", {}, 5)]


def test_absent_school_is_zero_only_where_the_register_is_said_to_be_kept_for_all(count):
    assert count([pupil("p1")], **PEOPLE) == [("school_1", {}, 1)]
    found = count([pupil("p1")], **PEOPLE, absent_is_zero=True)
    assert found == [("gymnasium_2", {}, 0), ("school_1", {}, 1), ("school_2", {}, 0)]


def test_register_that_says_nothing_of_it_gives_no_zero(count):
    assert count([pupil("p1")], **PEOPLE, absent_is_zero=True, where={"programme": "ticket"}) == []


def test_row_outside_its_year_does_not_count(count):
    assert count([pupil("p1", day=date(2021, 8, 31)), pupil("p2", day=date(2021, 9, 1))], **PEOPLE) == [
        ("school_1", {}, 1)
    ]


@pytest.mark.parametrize(
    ("begin", "end", "number"),
    [
        (date(2020, 1, 1), None, 1),
        (date(2020, 1, 1), date(2022, 5, 31), 1),
        (date(2020, 1, 1), date(2022, 5, 30), 0),
        (date(2022, 6, 1), None, 0),
        (None, None, 0),
    ],
)
def test_agreement_counts_if_it_is_valid_on_the_day(count, begin, end, number):
    agreement = Agreement("", YEAR, "Шахта", "enterprise", "1", begin, end, "", "", "list")
    found = count([agreement], register="agreements", valid_on="05-31")
    assert sum(value for *_, value in found) == number


def test_events_of_demanded_industries(count):
    industry = DemandedIndustry("Горное дело", YEAR, date(2022, 1, 1), None, ("21.00.00",), "", "list")
    events = [
        Event(no, "День", "", day, day, "", "", "", "", "", name, None, "list", period=YEAR, visits=10)
        for no, (day, name) in enumerate(
            [(date(2021, 10, 1), "горное дело"), (date(2022, 2, 1), "Горное дело"), (date(2022, 2, 1), "Связь")], 1
        )
    ]
    found = count(
        {"events": events, "industries": [industry]}, register="events", sum="visits", where={"demanded": "yes"}
    )
    assert found == [("district", {}, 10)]


def test_populations_by_grade(count):
    rows = [PopulationCount("school_1", YEAR, None, "pupils", grade, 20, "list") for grade in ("9", "11")]
    rule = {"register": "populations", "sum": "persons", "by": {"grade": "grade"}}
    found = count(rows, dimensions=("grade",), **rule)
    assert found == [("school_1", {"grade": "11"}, 20), ("school_1", {"grade": "9"}, 20)]


def test_fact_leads_to_its_rows():
    assert ranges([2, 3, 4, 9, 7, 8]) == "строки 2–4, 7–9"
    assert ranges([5]) == "строка 5"
