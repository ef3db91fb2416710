"""One changed fact turns every recommendation on and off, and with it the value and the finding behind it.

The table has a row for each rule of the programme and no other: a rule without a row fails the completeness test. In
the row stand the numbers just beyond and just short of the threshold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from changing import SCHOOL, Change, define, district, made, only, put, without

from orientir.model.cycle import Cycle
from orientir.model.indicators import IndicatorKind
from orientir.model.results import Finding, Value
from orientir.model.rules import FindingRule


@dataclass(frozen=True)
class Case:
    """`calm` and `alarm` are the changes that leave the rule off and set it off; `base` is made before either."""

    rule: str
    indicator: str
    base: tuple[Change, ...]
    calm: tuple[Change, ...]
    alarm: tuple[Change, ...]

    def cycles(self) -> tuple[Cycle, Cycle]:
        return made(*self.base, *self.calm).cycle(), made(*self.base, *self.alarm).cycle()


# After grade 9 in 2019/20 nobody is lost, in 2020/21 it depends.
NOBODY_LOST_BEFORE = (put("admitted_college_9", "2019/20", 321),)
LOST_NOBODY = put("admitted_college_9", "2020/21", 321)
LOST_ONE = put("admitted_college_9", "2020/21", 320)

TESTED = only("tested", "pupils_9_11", since="2020/21")
TESTED_RISE = (put("tested", "2021/22", 329),), (put("tested", "2021/22", 330),)  # of 499, after 303 of 505
TESTED_FALL = (put("tested", "2021/22", 269),), (put("tested", "2021/22", 268),)
TICKET = only("ticket_participants", "pupils", since="2020/21", level="5-9")  # 525 of 1946
CHAMPIONSHIP = only("championship_participants", "pupils_9_11", since="2020/21")  # 27 of 417
COLLEGE = only("admitted_college_9", "graduates_9", since="2020/21")  # 303 of 426

AGREEMENTS = (put("agreements", "2021/22", 0),)
MASTER_CLASSES = (
    put("pupils_6_11", "2021/22", 900),
    put("pupils_disability_14", "2021/22", 30),
    put("championship_master_class", "2021/22", 40),
    put("abilympics_master_class", "2021/22", 5),
)
ADMISSION = (
    put("admitted_by_profile_9", "2021/22", 200),
    put("admitted_by_profile_11", "2021/22", 40),
    put("profile_exams_11", "2021/22", 50),
)
PROFILE = (put("profile_pupils_10_11", "2021/22", 90), put("pupils_all", "2021/22", 4000))
DEFINED_READY = define("choice_readiness", kind=IndicatorKind.ADDITIONAL)
WITHIN, NOT_WITHIN = (put("admitted_college_9", "2021/22", 272),), (put("admitted_college_9", "2021/22", 271),)

CASES = (
    Case("unaccounted_by_name", "unaccounted_9", NOBODY_LOST_BEFORE, (LOST_NOBODY,), (LOST_ONE,)),
    Case("parents_tell_school", "unaccounted_9", NOBODY_LOST_BEFORE, (LOST_NOBODY,), (LOST_ONE,)),
    # Both tables call it 505, or one calls it 417.
    Case("one_population", "tested_as_measured", (), (put("pupils_9_11", "2020/21", 505),), ()),
    # 26 children after 38 are less by a third, after 39 by half.
    Case(
        "disability_base",
        "abilympics_as_measured",
        (),
        (put("pupils_disability", "2019/20", 38, level="5-9"),),
        (put("pupils_disability", "2019/20", 39, level="5-9"),),
    ),
    Case("workplaces_by_channel", "workplaces", (), (without("workplaces", "2019/20"),), ()),
    Case("measure_as_declared", "tested_as_measured", (TESTED,), (only("pupils_9_11"),), ()),
    Case("parents_counted_as_people", "parents_advised_as_measured",
         (only("parents_advised", "graduates_9_11"),), (only("graduates_9_11"),), ()),
    Case("collect_by_school", "college_9", (COLLEGE, put("graduates_9", "2021/22", 12, SCHOOL)),
         (put("admitted_college_9", "2021/22", 7, SCHOOL),), ()),
    Case(
        "publication_of_small_numbers",
        "abilympics_as_measured",
        (),
        (put("abilympics_participants", "2021/22", 5, stage="not_stated"),),
        (put("abilympics_participants", "2021/22", 4, stage="not_stated"),),
    ),
    Case("define_or_drop", "ege_readiness", (DEFINED_READY, put("ege_ready", "2021/22", 70)),
         (define("ege_readiness", kind=IndicatorKind.ADDITIONAL),), ()),
    Case("schools_left_out", "schools_involved", (), (), (put("schools_involved", "2021/22", 18),)),
    Case("championship_fell", "championship_as_measured", (CHAMPIONSHIP,),
         (put("championship_participants", "2021/22", 19, stage="regional"),),
         (put("championship_participants", "2021/22", 18, stage="regional"),)),
    Case("championship_unproven", "championship_as_measured", (CHAMPIONSHIP,),
         (put("championship_participants", "2021/22", 18, stage="regional"),),
         (put("championship_participants", "2021/22", 19, stage="regional"),)),
    Case("agreements_register", "agreements", (), AGREEMENTS, ()),
    Case("participation_register", "events_coverage", MASTER_CLASSES, (put("event_participants", "2021/22", 0),), ()),
    Case("admission_by_profile", "college_9_near_exam", ADMISSION, (put("college_9_near_exam", "2021/22", 0),), ()),
    Case("profile_and_supplementary", "supplementary", PROFILE, (put("supplementary_pupils", "2021/22", 2500),), ()),
    Case("admission_unproven", "college_9", (COLLEGE,), NOT_WITHIN, WITHIN),
    Case("recommendations_to_graduates", "recommended_9", (), (put("recommended_9", "2021/22", 0),), ()),
    Case("target_catch_up", "recommended_9", (), (put("recommended_9", "2021/22", 419),),
         (put("recommended_9", "2021/22", 418),)),
    Case("coverage_fell", "tested_as_measured", (TESTED,), *TESTED_FALL),
    Case("diagnostics_into_routes", "tested_as_measured", (TESTED,), *TESTED_RISE),
    Case("talk_over_results", "tested_as_measured", (TESTED,), *TESTED_RISE),
    Case("parents_read_results", "tested_as_measured", (TESTED,), *TESTED_RISE),
    Case("from_test_to_trial", "ticket_as_measured", (TICKET,),
         (put("ticket_participants", "2021/22", 606, level="5-9"),),
         (put("ticket_participants", "2021/22", 607, level="5-9"),)),
)  # fmt: skip


# Findings that call for no recommendation of this programme: the same, one fact on either side.
FINDINGS = (
    (FindingRule.TARGET_REACHED, "recommended_9", put("recommended_9", "2021/22", 418),
     put("recommended_9", "2021/22", 419)),
    (FindingRule.NOT_CALCULABLE, "college_9_near_exam", define("college_9_near_exam", not_calculable=()),
     put("schools", "2021/22", 19)),
)  # fmt: skip


def test_every_rule_of_the_programme_has_a_case_and_no_other() -> None:
    assert sorted(case.rule for case in CASES) == sorted(rule.id for rule in district().programme.recommendations)


def test_every_kind_of_finding_is_tested() -> None:
    patterns = {rule.when.finding for rule in district().programme.recommendations}
    assert patterns | {rule for rule, *_ in FINDINGS} == set(FindingRule)


@pytest.fixture(params=CASES, ids=lambda case: case.rule, scope="module")
def turned(request: pytest.FixtureRequest) -> tuple[Case, Cycle, Cycle]:
    case: Case = request.param
    return case, *case.cycles()


def test_recommendation_is_turned_on(turned: tuple[Case, Cycle, Cycle]) -> None:
    case, calm, alarm = turned
    assert case.rule not in {one.id for one in calm.recommendations}
    assert case.rule in {one.id for one in alarm.recommendations}


def test_finding_appears_with_it(turned: tuple[Case, Cycle, Cycle]) -> None:
    case, calm, alarm = turned
    assert _causes(case, calm) == set()
    assert _causes(case, alarm) != set()


def test_value_changes_with_it(turned: tuple[Case, Cycle, Cycle]) -> None:
    case, calm, alarm = turned
    assert _values(case.indicator, calm) != _values(case.indicator, alarm)


def test_recommendation_names_the_finding_as_its_cause(turned: tuple[Case, Cycle, Cycle]) -> None:
    case, _, alarm = turned
    advice = next(one for one in alarm.recommendations if one.id == case.rule)
    rule = next(one for one in alarm.programme.recommendations if one.id == case.rule)
    assert {cause.rule for cause in advice.causes} == {rule.when.finding}
    assert {cause.id for cause in advice.causes} <= {finding.id for finding in alarm.findings}


def _causes(case: Case, cycle: Cycle) -> set[str]:
    """The findings that match the pattern of the rule."""
    pattern = next(one.when for one in cycle.programme.recommendations if one.id == case.rule)
    return {
        finding.id
        for finding in cycle.findings
        if finding.rule is pattern.finding and (not pattern.indicators or finding.indicator in pattern.indicators)
    }


def _values(indicator: str, cycle: Cycle) -> set[Value]:
    return {replace(one, facts=()) for one in cycle.values if one.place.indicator == indicator}


@pytest.mark.parametrize(("rule", "indicator", "calm", "alarm"), FINDINGS)
def test_finding_without_a_recommendation_is_turned_on(
    rule: FindingRule, indicator: str, calm: Change, alarm: Change
) -> None:
    before, after = made(calm).cycle(), made(alarm).cycle()
    assert not _about(rule, indicator, before)
    assert _about(rule, indicator, after)
    assert _values(indicator, before) != _values(indicator, after)


def _about(rule: FindingRule, indicator: str, cycle: Cycle) -> list[Finding]:
    return [one for one in cycle.findings if (one.rule, one.indicator) == (rule, indicator)]


# ---- what a change does besides


def test_only_the_latest_year_calls_for_action() -> None:
    """Both years lost somebody: the advice is about the later."""
    cycle = made().cycle()
    advice = next(one for one in cycle.recommendations if one.id == "unaccounted_by_name")
    assert [str(cause.value.place.period) for cause in advice.causes] == ["2020/21"]


def test_cause_carries_the_value_and_place_that_it_rests_on() -> None:
    cycle = made(*NOBODY_LOST_BEFORE, LOST_ONE).cycle()
    (cause,) = next(one for one in cycle.recommendations if one.id == "unaccounted_by_name").causes
    assert (cause.value.numerator, cause.value.denominator) == (Decimal(1), Decimal(426))
    assert cause.value.place.organisation == "kemerovo_district"


def test_report_that_finds_nothing_recommends_nothing() -> None:
    quiet = replace(district(), programme=replace(district().programme, indicators=(), goals=(), elements=()))
    silent = replace(quiet, package=replace(quiet.package, facts=(), actions=(), open_days=()))
    assert silent.cycle().recommendations == ()
