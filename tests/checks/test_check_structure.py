"""What was promised and not given, labels that mean two things, numbers too small to publish."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from smallest import PACKAGE, PROGRAMME, action, fact, goal, rules, share, subject

from orientir.checks import structure
from orientir.model.dictionaries import DataSource
from orientir.model.indicators import IndicatorKind
from orientir.model.package import Fact, Source
from orientir.model.programme import Target

# ---- declared indicators

DECLARED = share("readers", "residents", kind=IndicatorKind.DECLARED, number=1)
STAND_IN = replace(
    share("guests", "residents", kind=IndicatorKind.AS_MEASURED), declared="readers_share", differs="гости вместо"
)
PROMISE = replace(PROGRAMME, indicators=(DECLARED, STAND_IN))
WHOLE = fact("residents", 100)


def test_declared_and_never_measured() -> None:
    (issue,) = structure.declared_is_reported(subject([WHOLE], PROMISE))
    assert (issue.rule, issue.message) == ("declared_not_reported", "Не измерен: в данных нет «Readers».")


def test_declared_and_measured_over_another_population() -> None:
    (issue,) = structure.declared_is_reported(subject([WHOLE, fact("guests", 5)], PROMISE))
    assert (issue.rule, issue.indicators) == ("measured_otherwise", ("readers_share", "guests_share"))


def test_declared_with_parts_of_different_years() -> None:
    (issue,) = structure.declared_is_reported(subject([WHOLE, fact("readers", 5, 2021)], PROMISE))
    assert issue.message == "Не измерен: данные за разные годы не сходятся."


def test_declared_and_measured_once() -> None:
    facts = fact("residents", 100, 2020), fact("readers", 0, 2020)
    assert rules(structure.declared_is_reported(subject(facts, PROMISE))) == []


# ---- labels

LABELLED = fact("residents", 105, label_printed="Всего, 5-9 кл.")


def test_one_label_for_two_populations() -> None:
    """Units, dots and spaces do not make another label."""
    other = fact("subscribers", 2194, label_printed="всего 5-9 кл (чел.)", source="two")
    (issue,) = structure.label_means_one_thing(subject([LABELLED, other]))
    assert (issue.rule, issue.where) == ("label_reused", "Подпись «Всего, 5-9 кл.»")


@pytest.mark.parametrize(
    "other",
    [
        fact("residents", 2194, label_printed="Всего, 5-9 кл.", source="two"),
        fact("subscribers", 2194, label_printed="Всего, 10-11 кл."),
        fact("guests", 2194, label_printed="Всего, 5-9 кл."),
    ],
    ids=["one population", "another label", "not a population"],
)
def test_label_that_means_one_thing(other: Fact) -> None:
    assert rules(structure.label_means_one_thing(subject([LABELLED, other]))) == []


def test_one_year_under_two_labels() -> None:
    one, other = fact("residents", 1, period_printed="2022"), fact("guests", 1, period_printed="за 2022 год")
    assert rules(structure.period_labels_agree(subject([one, other]))) == ["period_labels_mixed"]


def test_two_years_under_two_labels() -> None:
    one, other = fact("residents", 1, period_printed="2022"), fact("guests", 1, 2021, period_printed="за 2021 год")
    assert rules(structure.period_labels_agree(subject([one, other]))) == []


# ---- small numbers


@pytest.mark.parametrize("value", [1, 4])
def test_few_people_are_marked(value: int) -> None:
    (issue,) = structure.small_numbers_are_marked(subject([fact("guests", value)]))
    assert (issue.rule, issue.message) == ("small_numbers", f"Менее пяти человек: 2022\xa0г. — {value}.")


@pytest.mark.parametrize("one", [fact("guests", 0), fact("guests", 5), fact("visits", 4)], ids=["0", "5", "visits"])
def test_nobody_five_and_visits_are_not_marked(one: Fact) -> None:
    assert rules(structure.small_numbers_are_marked(subject([one]))) == []


def test_small_numbers_of_a_series_are_one_issue() -> None:
    assert rules(structure.small_numbers_are_marked(subject([fact("guests", 3, 2021), fact("guests", 4)]))) == [
        "small_numbers"
    ]


# ---- visits


def test_visits_are_said_not_to_be_persons() -> None:
    (issue,) = structure.visits_are_not_persons(subject([fact("visits", 533)]))
    assert issue.message.startswith("Учтены посещения: 2022\N{NO-BREAK SPACE}г. — 533\N{NO-BREAK SPACE}посещения.")


@pytest.mark.parametrize("one", [fact("visits", 0), fact("guests", 533)], ids=["none", "persons"])
def test_no_visits_and_persons_need_no_remark(one: Fact) -> None:
    assert rules(structure.visits_are_not_persons(subject([one]))) == []


# ---- sources


def test_source_of_which_nothing_was_taken() -> None:
    programme = replace(PROGRAMME, sources=(*PROGRAMME.sources, DataSource("poll", "Опрос", "Опрос")))
    (issue,) = structure.sources_are_used(subject([WHOLE], programme))
    assert (issue.rule, issue.where) == ("source_not_used", "Источник «Опрос»")


def test_source_with_one_fact() -> None:
    programme = replace(PROGRAMME, sources=(*PROGRAMME.sources, DataSource("poll", "Опрос", "Опрос")))
    asked = Source("asked", "Опрос", "Отчёт", "опрос", 3, "poll")
    facts = [WHOLE, fact("guests", None, source="asked")]
    assert rules(structure.sources_are_used(subject(facts, programme, sources=(*PACKAGE.sources, asked)))) == []


# ---- goals and actions


def test_goal_without_a_target() -> None:
    (issue,) = structure.goals_have_targets(subject([], replace(PROGRAMME, goals=(goal(),))))
    assert (issue.rule, issue.message) == ("goal_without_target", "Без целевого значения: 1 из 1.")


def test_goal_with_a_target() -> None:
    aimed = goal(targets=(Target("readers_share", Decimal("0.5")),))
    assert rules(structure.goals_have_targets(subject([], replace(PROGRAMME, goals=(aimed,))))) == []


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        ({"owner": ""}, "Нет: ответственного."),
        ({"due": None}, "Нет: срока."),
        ({"decided_on": None}, "Нет: даты."),
        ({"indicators": ()}, "Нет: показателя."),
        ({"owner": "", "indicators": ()}, "Нет: ответственного, показателя."),
    ],
)
def test_action_that_cannot_be_checked(lacking: dict[str, object], told: str) -> None:
    (issue,) = structure.actions_are_complete(subject([], actions=[action(**lacking)]))
    assert (issue.rule, issue.message) == ("action_incomplete", told)


def test_complete_action() -> None:
    assert rules(structure.actions_are_complete(subject([], actions=[action()]))) == []
