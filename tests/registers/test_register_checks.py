"""Checks of registers: the plan that was not carried out, consent, terms of keeping."""

from datetime import date

import pytest
from registers_world import SCHOOLS, YEAR

from orientir.checks import registers
from orientir.checks.subject import Subject
from orientir.model.package import Event, Package, Source
from orientir.model.registers import DemandedIndustry, Diagnosis


@pytest.fixture
def told(programme):
    def look(check, **tables):
        package = Package("p", "П", "district", True, "", SCHOOLS, (Source("s", "С", "", "", 1),), (), **tables)
        return [(issue.rule, issue.message) for issue in check(Subject(package, programme, (), (YEAR,)))]

    return look


def event(state="held", industry=""):
    day = date(2022, 4, 1)
    given = {"period": YEAR, "organisation": "school_1", "state": state}
    return Event(1, "Ярмарка", "", day, day, "", "", "", "", "", industry, None, "s", **given)


def diagnosis(consent="given", kept_until=None, who="child"):
    return Diagnosis("school_1", YEAR, None, who, "p1", None, "9", "ДДО", consent, kept_until, "s", row=2)


def test_planned_event_is_not_held(told):
    [(rule, message)] = told(registers.planned_is_held, events=(event("planned"),))
    assert rule == "planned_not_held" and "Запланировано на 01.04.2022, не проведено" in message


@pytest.mark.parametrize("state", ["held", "cancelled", ""])
def test_other_events_are_no_broken_plan(told, state):
    assert told(registers.planned_is_held, events=(event(state),)) == []


def test_consent_is_missing(told):
    found = told(registers.consent_is_given, diagnostics=(diagnosis(consent=""),))
    assert found == [("consent_missing", "Без отметки о согласии: 1\u00a0запись (строка 2 diagnostics.csv).")]


def test_test_despite_refusal(told):
    found = told(registers.consent_is_given, diagnostics=(diagnosis(consent="refused"),))
    assert [rule for rule, _ in found] == ["tested_despite_refusal"]


@pytest.mark.parametrize("row", [diagnosis(), diagnosis(consent="", who="parent")])
def test_consent_given_or_not_needed(told, row):
    assert told(registers.consent_is_given, diagnostics=(row,)) == []


@pytest.mark.parametrize(("day", "rules"), [(date(2022, 8, 31), ["kept_past_retention"]), (date(2022, 9, 1), [])])
def test_record_is_kept_too_long(told, day, rules):
    found = told(registers.records_are_not_kept_too_long, diagnostics=(diagnosis(kept_until=day),))
    assert [rule for rule, _ in found] == rules


@pytest.mark.parametrize(("named", "rules"), [("Связь", ["industries_unmatched"]), ("горное дело", [])])
def test_industries_are_called_alike_in_both_registers(told, named, rules):
    industry = DemandedIndustry("Горное дело", YEAR, None, None, ("21.00.00",), "", "s")
    found = told(registers.industries_are_known, events=(event(industry=named),), industries=(industry,))
    assert [rule for rule, _ in found] == rules
