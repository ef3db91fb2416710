"""The real district, number by number: what the package holds is what the published report says.

The lists here were copied from the report by hand and are not made from the package.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "examples" / "kemerovo"

# table, period, (whole, its breakdown), whole, (part, its breakdown), part
PAIRS = [
    ("t1", "2019/20", ("graduates_9", ""), 420, ("admitted_college_9", ""), 283),
    ("t1", "2020/21", ("graduates_9", ""), 426, ("admitted_college_9", ""), 303),
    ("t1", "2021/22", ("graduates_9", ""), 419, ("admitted_college_9", ""), 282),
    ("t2", "2019/20", ("graduates_11", ""), 94, ("admitted_college_11", ""), 39),
    ("t2", "2020/21", ("graduates_11", ""), 77, ("admitted_college_11", ""), 25),
    ("t2", "2021/22", ("graduates_11", ""), 80, ("admitted_college_11", ""), 31),
    ("t3", "2019/20", ("graduates_11", ""), 94, ("admitted_higher_11", ""), 48),
    ("t3", "2020/21", ("graduates_11", ""), 77, ("admitted_higher_11", ""), 44),
    ("t3", "2021/22", ("graduates_11", ""), 80, ("admitted_higher_11", ""), 46),
    ("t4", "2019/20", ("pupils_9_11", ""), 493, ("championship_participants", "regional"), 50),
    ("t4", "2020/21", ("pupils_9_11", ""), 417, ("championship_participants", "regional"), 27),
    ("t4", "2021/22", ("pupils_9_11", ""), 499, ("championship_participants", "regional"), 33),
    ("t5", "2019/20", ("pupils_disability", "5-9"), 105, ("abilympics_participants", "not_stated"), 4),
    ("t5", "2020/21", ("pupils_disability", "5-9"), 26, ("abilympics_participants", "not_stated"), 3),
    ("t5", "2021/22", ("pupils_disability", "5-9"), 25, ("abilympics_participants", "not_stated"), 4),
    ("t6", "2019/20", ("pupils", "5-9"), 2194, ("ticket_participants", "5-9"), 390),
    ("t6", "2020/21", ("pupils", "5-9"), 1946, ("ticket_participants", "5-9"), 525),
    ("t6", "2021/22", ("pupils", "5-9"), 2035, ("ticket_participants", "5-9"), 575),
    ("t7", "2019/20", ("pupils", "10-11"), 195, ("ticket_participants", "10-11"), 32),
    ("t7", "2020/21", ("pupils", "10-11"), 176, ("ticket_participants", "10-11"), 68),
    ("t7", "2021/22", ("pupils", "10-11"), 185, ("ticket_participants", "10-11"), 75),
    ("t9", "2019/20", ("pupils_9_11", ""), 493, ("tested", ""), 81),
    ("t9", "2020/21", ("pupils_9_11", ""), 505, ("tested", ""), 303),
    ("t9", "2021/22", ("pupils_9_11", ""), 499, ("tested", ""), 310),
    ("t11", "2019/20", ("graduates_9_11", ""), 493, ("parents_advised", ""), 81),
    ("t11", "2020/21", ("graduates_9_11", ""), 505, ("parents_advised", ""), 303),
    ("t11", "2021/22", ("graduates_9_11", ""), 499, ("parents_advised", ""), 310),
]
SINGLE = [
    ("t10", "2019/20", ("workplaces", "championship"), 14),
    ("t10", "2020/21", ("workplaces", "ticket"), 21),
    ("t10", "2021/22", ("workplaces", "ticket"), 23),
    ("text_schools", "2019/20", ("schools", ""), 19),
    ("text_schools", "2019/20", ("schools_involved", ""), 19),
    ("text_schools", "2020/21", ("schools", ""), 19),
    ("text_schools", "2020/21", ("schools_involved", ""), 19),
    ("text_schools", "2021/22", ("schools", ""), 19),
    ("text_schools", "2021/22", ("schools_involved", ""), 19),
]
LABELS = {
    ("t1", "graduates_9"): "Всего выпускников 9 кл.",
    ("t4", "pupils_9_11"): "Всего выпускников 9-11 кл.",
    ("t5", "pupils_disability"): "Всего выпускников 5-9 кл.",
    ("t6", "pupils"): "Всего выпускников 5-9 кл.",
    ("t7", "pupils"): "Всего обучающихся 10-11 кл.",
    ("t9", "pupils_9_11"): "Всего обучающихся 9-11 кл.",
    ("t11", "graduates_9_11"): "Кол-во выпускников 9 и 11 кл.",
}
OPEN_DAYS = {
    "kemsu": 150,
    "kuzstu": 132,
    "kemsmu": 39,
    "kemgik": 27,
    "agricultural_academy": 150,
    "other_universities": 35,
}
EVENT_DATES = [
    *("2022-04-28", "2022-03-30", "2022-03-30", "2022-03-16", "2022-03-15", "2022-03-09", "2022-03-08", "2022-03-09"),
    *("2022-12-29", "2022-12-16", "2022-11-21", "2022-11-26", "2022-11-27", "2022-11-27", "2022-11-29", "2022-04-13"),
    *("2022-04-13", "2022-12-12", "2022-12-12", "2022-12-06", "2022-12-06", "2022-12-01", "2022-12-01", "2022-11-15"),
    *("2022-11-08", "2022-10-20", "2022-09-05", "2022-07-22", "2022-05-15", "2022-03-25", "2022-02-17", "2022-12-24"),
]


def rows(table: str) -> list[dict[str, str]]:
    with (PACKAGE / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def facts() -> list[dict[str, str]]:
    return rows("facts")


def told(fact: dict[str, str]) -> tuple[str, str, tuple[str, str], int]:
    breakdown = fact["level"] or fact["stage"] or fact["channel"]
    return fact["source"].removeprefix("kem2022_"), fact["period"], (fact["element"], breakdown), int(fact["value"])


def test_facts_are_the_numbers_of_the_report_and_nothing_else(facts: list[dict[str, str]]) -> None:
    expected = list(SINGLE)
    for table, period, whole, size, part, count in PAIRS:
        expected += [(table, period, whole, size), (table, period, part, count)]
    assert len(PAIRS) == 27
    assert sorted(map(told, facts)) == sorted(expected)


def test_all_facts_are_values_of_the_district(facts: list[dict[str, str]]) -> None:
    assert {(fact["organisation"], fact["status"]) for fact in facts} == {("kemerovo_district", "value")}


def test_two_sizes_of_one_population_are_both_kept(facts: list[dict[str, str]]) -> None:
    sizes = {told(fact)[0]: told(fact)[3] for fact in facts if told(fact)[1:3] == ("2020/21", ("pupils_9_11", ""))}
    assert sizes == {"t4": 417, "t9": 505}


def test_printed_labels_are_kept(facts: list[dict[str, str]]) -> None:
    printed = {(told(fact)[0], fact["element"]): fact["label_printed"] for fact in facts}
    assert {place: printed[place] for place in LABELS} == LABELS


def test_both_printed_forms_of_a_year_mean_one_school_year(facts: list[dict[str, str]]) -> None:
    printed = {(fact["period_printed"], fact["period"]) for fact in facts}
    assert {("2020", "2019/20"), ("2019-2020", "2019/20"), ("2022", "2021/22"), ("2021-2022", "2021/22")} <= printed


def test_sources_have_ranks_of_their_own() -> None:
    ranks = [row["rank"] for row in rows("sources")]
    assert len(set(ranks)) == len(ranks)


def test_open_day_visits() -> None:
    assert {row["host"]: int(row["visits"]) for row in rows("open_days")} == OPEN_DAYS


def test_events_stand_in_the_order_of_the_report_with_repaired_dates() -> None:
    events = rows("events")
    assert [int(event["no"]) for event in events] == list(range(1, 33))
    assert [event["date_from"] for event in events] == EVENT_DATES
    longer = {event["no"]: event["date_to"] for event in events if event["date_to"] != event["date_from"]}
    assert longer == {"11": "2022-11-22"}


def test_what_was_repaired_in_an_event_is_kept_as_printed() -> None:
    events = {int(event["no"]): event for event in rows("events")}
    assert events[10]["date_printed"] == "16.12.202 2"
    assert events[1]["link_printed"].startswith("https: //drive .google. com/")
    assert not [event["no"] for event in events.values() if " " in event["link"]]


def test_announcement_and_resource_are_not_events() -> None:
    kinds = {int(event["no"]): event["kind"] for event in rows("events")}
    assert kinds[2] == "announcement" and kinds[9] == "resource"


def test_measures_and_decisions_have_neither_owner_nor_date() -> None:
    actions = rows("actions")
    assert [action["kind"] for action in actions] == ["measure"] * 8 + ["decision"] * 3
    assert not [action["id"] for action in actions if action["owner"] or action["due"] or action["decided_on"]]


def test_other_numbers_of_the_report() -> None:
    numbered = [row for row in rows("activities") if row["value"]]
    counted = {row["id"]: (row["value"], row["qualifier"], row["part_of"]) for row in numbered}
    assert counted == {
        "days_of_science": ("140", "more_than", ""),
        "science_landing": ("2", "", ""),
        "mir_otkrytiy": ("70", "", ""),
        "kuzbasskie_istoki": ("6", "", "mir_otkrytiy"),
        "school_academy": ("9", "", "mir_otkrytiy"),
        "agronti_2022": ("70", "", ""),
    }
