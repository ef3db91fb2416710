"""The checks on the real district find what the published report got wrong, and nothing where it was right.

The lists were made by hand from the report and from its register of events, not from what the checks return.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal

import pytest
from reading import flowing

from orientir.model.cycle import Cycle
from orientir.model.results import Issue
from orientir.model.status import Severity

# rule -> (beginning of the place, period): how often
ABOUT_FACTS = {
    "population_conflict": [("«Обучающиеся 9–11 классов»", "2020/21")],
    "union_not_sum": [("«Выпускники 9 и 11 классов»", "2019/20"), ("«Выпускники 9 и 11 классов»", "2020/21")],
    "whole_below_parts": [
        ("«Обучающиеся 9–11 классов»", "2019/20"),
        ("«Обучающиеся 9–11 классов»", "2020/21"),
        ("«Обучающиеся 9–11 классов»", "2021/22"),
    ],
    "table_copied": [("таблица 11 и таблица 9", "")],
    "base_break": [("«Обучающиеся с ограниченными возможностями здоровья и с инвалидностью»", "2020/21")],
    "jump_unexplained": [
        ("«Обучающиеся 9–11 классов, прошедшие профориентационное тестирование»", "2020/21"),
        ("«Участники чемпионата „Молодые профессионалы“", "2020/21"),
        ("«Участники проекта „Билет в будущее“ по уровням общего образования» (10–11 классы)", "2020/21"),
        ("«Родители (законные представители), получившие", "2020/21"),
    ],
    "composition_changed": [("«Учебные рабочие места для профессиональных проб и практик»", "2020/21")],
    "label_reused": [("Подпись «Всего выпускников 5-9 кл.»", "")],
    "small_numbers": [("«Участники конкурса „Абилимпикс“»", "")],
}
NOTES_ABOUT_FACTS = {"period_labels_mixed": 1, "visits_not_persons": 1, "source_not_used": 3}
ABOUT_THE_PROGRAMME = {"declared_not_reported": 9, "measured_otherwise": 5, "goal_without_target": 1}
ABOUT_ACTIONS = {"action_incomplete": 11}

# What a reader of the register sees: numbers of its rows.
FOLDERS = {1, 10, *range(12, 16), *range(18, 32)}
HOME_PAGES = {*range(2, 10), 11, 16, 17}
ABOUT_EVENTS = {
    "date_malformed": {10, 11},  # «16.12.202 2», «21-22.11. 2022»
    "event_year_mismatch": {9, 27, 32},  # «РФ — 2021», «АгроНТИ — 2019», a file of 2018
    "event_duplicate": {16},  # the fifth Абилимпикс stands in row 15 too
    "not_an_event": {2, 9},  # an announcement of admission, a database
    "link_malformed": FOLDERS | {32},
    "link_not_evidence": HOME_PAGES,
    "public_link": FOLDERS,
}
ABOUT_THE_REGISTER = {"event_order": 1, "event_without_participants": 1}


@pytest.fixture(scope="module")
def issues(kemerovo: Cycle) -> dict[str, list[Issue]]:
    found: dict[str, list[Issue]] = defaultdict(list)
    for issue in kemerovo.issues:
        found[issue.rule].append(issue)
    return found


def told(issues: list[Issue]) -> str:
    return flowing(" ".join(issue.message for issue in issues))


@pytest.mark.parametrize("rule", ABOUT_FACTS)
def test_wrong_figures_are_found_in_their_places(issues: dict[str, list[Issue]], rule: str) -> None:
    expected = Counter(ABOUT_FACTS[rule])
    found = Counter(
        (next((start for start, _ in expected if flowing(one.where).startswith(start)), one.where), one.period)
        for one in issues[rule]
    )
    assert found == expected


def test_nothing_else_is_said(issues: dict[str, list[Issue]]) -> None:
    """Of no figure that is right, and of no event but those named here."""
    expected = Counter({rule: len(places) for rule, places in ABOUT_FACTS.items()})
    expected.update({rule: len(numbers) for rule, numbers in ABOUT_EVENTS.items()})
    for group in (NOTES_ABOUT_FACTS, ABOUT_THE_PROGRAMME, ABOUT_ACTIONS, ABOUT_THE_REGISTER):
        expected.update(group)
    assert Counter({rule: len(found) for rule, found in issues.items()}) == expected


def test_errors_are_what_cannot_be_true(kemerovo: Cycle) -> None:
    errors = Counter(issue.rule for issue in kemerovo.issues if issue.severity is Severity.ERROR)
    assert errors == {"union_not_sum": 2, "whole_below_parts": 3, "population_conflict": 1}


@pytest.mark.parametrize(
    ("rule", "numbers"),
    [
        ("population_conflict", "505 — таблица 9; 417 — таблица 4"),
        ("union_not_sum", "493 не равно 420 + 94 = 514"),
        ("union_not_sum", "505 не равно 426 + 77 = 503"),
        ("whole_below_parts", "493 меньше, чем 420 + 195 = 615"),
        ("whole_below_parts", "417 или 505 меньше, чем 426 + 176 = 602"),
        ("whole_below_parts", "499 меньше, чем 419 + 185 = 604"),
        ("table_copied", "493, 505, 499"),
        ("table_copied", "81, 303, 310"),
        ("base_break", "105 → 26 (в 4,0 раза)"),
        ("jump_unexplained", "50 → 27"),
        ("jump_unexplained", "81 → 303"),
        ("composition_changed", "(чемпионатное движение) — 14; стало"),
        ("label_reused", "2194 (таблица 6)"),
        ("label_reused", "105 (таблица 5)"),
        ("small_numbers", "2019/20 уч. г. — 4; 2020/21 уч. г. — 3; 2021/22 уч. г. — 4"),
        ("visits_not_persons", "533 посещения"),
        ("goal_without_target", "11 из 12"),
        ("event_without_participants", "30 мероприятий из 30"),
    ],
)
def test_issue_names_the_numbers(issues: dict[str, list[Issue]], rule: str, numbers: str) -> None:
    assert numbers in told(issues[rule])


def test_right_union_is_not_questioned(issues: dict[str, list[Issue]]) -> None:
    """499 = 419 + 80."""
    assert "2021/22" not in {issue.period for issue in issues["union_not_sum"]}


def test_declared_but_never_measured(issues: dict[str, list[Issue]]) -> None:
    assert {issue.indicators[0] for issue in issues["declared_not_reported"]} == {
        "admitted_by_profile",
        "college_9_near_exam",
        "profile_exams_11",
        "championship_master_classes",
        "abilympics_master_classes",
        "events_coverage",
        "agreements",
        "supplementary",
        "profile_pupils",
    }


def test_measured_over_another_population(issues: dict[str, list[Issue]]) -> None:
    assert {issue.indicators for issue in issues["measured_otherwise"]} == {
        ("championship", "championship_as_measured"),
        ("abilympics", "abilympics_as_measured"),
        ("ticket", "ticket_as_measured"),
        ("tested", "tested_as_measured"),
        ("parents_advised", "parents_advised_as_measured"),
    }


@pytest.mark.parametrize("rule", ABOUT_EVENTS)
def test_events_are_remarked_on_by_number(issues: dict[str, list[Issue]], rule: str) -> None:
    found = sorted(int(issue.where.split(".")[0].removeprefix("Мероприятие ")) for issue in issues[rule])
    assert found == sorted(ABOUT_EVENTS[rule])


def test_each_break_of_the_order_of_dates_is_named(issues: dict[str, list[Issue]]) -> None:
    pairs = [f"после № {one} (" for one in (7, 8, 11, 12, 14, 17, 31)]
    assert [pair for pair in pairs if pair not in told(issues["event_order"])] == []
    assert told(issues["event_order"]).count("после №") == len(pairs)


def test_no_share_is_above_its_whole(kemerovo: Cycle) -> None:
    above = [value for value in kemerovo.values if value.is_share and value.amount and value.amount > Decimal(1)]
    assert above == []


def test_every_issue_says_where_what_why_and_what_to_do(kemerovo: Cycle) -> None:
    said = ("where", "message", "reason", "advice")
    assert not [issue for issue in kemerovo.issues if not all(getattr(issue, name).strip() for name in said)]


def test_every_issue_about_figures_leads_to_its_facts(kemerovo: Cycle) -> None:
    known = {fact.id for fact in kemerovo.facts}
    for issue in kemerovo.issues:
        if issue.rule in ABOUT_FACTS:
            assert issue.facts and set(issue.facts) <= known, issue.where
