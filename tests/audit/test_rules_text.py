"""Sentences against tables: values, trends, causes, silence about what fell or jumped; copies of numbers."""

from __future__ import annotations

import pytest

from audit.told import BOTH, GRADUATES_9, GRADUATES_11, PUPILS_9_11, found, table, told
from orientir.audit.rules import copies
from orientir.audit.rules import text as rules

ELEVENTH = table(
    2, "Доля выпускников 11 классов, поступивших в ПОО", GRADUATES_11, (94, 39, 41), (77, 25, 32), (80, 31, 39)
)
RISING = table(6, "Доля обучающихся 9-11 классов, прошедших тестирование", PUPILS_9_11,
               (1000, 200, 20), (1000, 300, 30), (1000, 400, 40))  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "Доля поступивших в ПОО составила в 2020 году -41 %, 2021 году -32 %, 2022 году -39 % (табл. 2).",
        "В ПОО поступили 41 % выпускников в 2020 году, 32% - в 2021 году и 39%\n- в 2022 году (табл. 2).",
        "Показатель вырос с 32 % в 2021 году до 39 % в 2022 году (табл. 2).",
        "Доля (табл. 2) в 2021/22 уч. г. равна 39 процентам.",
    ],
)
def test_quotations_that_match_are_not_flagged(said: str) -> None:
    assert found(rules.text_table_mismatch, said, ELEVENTH) == []


@pytest.mark.parametrize(
    ("said", "reported", "expected"),
    [
        ("Доля поступивших составила в 2020 году - 41 %, в 2021 году - 35 % (табл. 2).", "35 %", "32"),
        ("Поступили 41 % выпускников в 2020 году, 32 % - в 2021 году и 49 % - в 2022 году (табл. 2).", "49 %", "39"),
        ("Показатель вырос с 32 % в 2021 году до 41 % в 2022 году (таблица 2).", "41 %", "39"),
    ],
)
def test_other_number_than_the_table(said: str, reported: str, expected: str) -> None:
    (finding,) = found(rules.text_table_mismatch, said, ELEVENTH)
    assert (finding.reported, finding.expected, finding.severity) == (reported, expected, "error")


def test_sentence_over_two_lines_is_told_where_its_number_stands() -> None:
    said = (
        "В тестировании приняли участие 20 % учащихся в 2020 году, 30 % - в 2021 году и 47 %\n- в 2022 году (табл. 6)."
    )
    (finding,) = found(rules.text_table_mismatch, said, RISING)
    assert finding.place.line == 1
    assert finding.period == "2022"


def test_counts_are_compared_where_their_table_is_cited() -> None:
    places = "Таблица 10. Учебные рабочие места\n\t2020\n\t2021\n\n\t14\n\t21\n"
    said = "Количество мест составило в 2020 году - 14, в 2021 году - 25 (табл. 10)."
    assert told(found(rules.text_table_mismatch, said, places)) == [("10", "2021", "25", "21")]


def trend(said: str, *tables: str) -> list[str]:
    return [one.rule for one in found(rules.trends, said, *tables)]


def test_trends() -> None:
    assert trend("Доля выпускников 11 классов, поступивших в ПОО, увеличивается в 2022 году (табл. 2).", ELEVENTH) == [
        "change-within-noise", "trend-partial",
    ]  # fmt: skip
    assert trend("Доля поступивших в ПОО выросла в 2021 году (табл. 2).", ELEVENTH) == ["trend-contradicted"]
    assert trend("Охват тестированием ежегодно растёт (табл. 6).", RISING) == []
    assert trend("Охват тестированием снизился с 2020 по 2022 год (табл. 6).", RISING) == ["trend-contradicted"]


def test_trend_of_a_plan_is_no_claim() -> None:
    assert trend("Необходимо обеспечить увеличение охвата тестированием (табл. 6).", RISING) == []


def test_growth_in_all_schools_without_a_school() -> None:
    said = "Положительная динамика практически во всех школах объясняется вниманием к выбору профессии."
    assert len(found(rules.claim_without_data, said, RISING)) == 1
    assert len(found(rules.cause_without_evidence, said, RISING)) == 1
    schools = "Таблица 3. Выпускники\n\tШкола\n\tЧел.\n\n" + "".join(f"\tШкола № {n}\n\t{40 + n}\n\n" for n in range(5))
    assert found(rules.claim_without_data, said, schools) == []


def test_fall_without_a_word() -> None:
    falling = table(4, "Доля обучающихся 9-11 классов в чемпионате", PUPILS_9_11, (493, 50, "10,1"), (493, 20, "4,1"))
    silent = "Доля выпускников 11 классов в 2021 году составила 57 % (табл. 2)."
    assert told(found(rules.decline_unmentioned, silent, falling, ELEVENTH)) == [("4", "2021", "4,1", None)]
    assert found(rules.decline_unmentioned, falling) == []  # tables alone say nothing
    said = "Доля обучающихся 9-11 классов в чемпионате снизилась в 2021 году (табл. 4)."
    assert found(rules.decline_unmentioned, said, falling) == []
    assert found(rules.decline_unmentioned, silent, ELEVENTH) == []  # within chance


def test_jump_without_a_reason() -> None:
    jumping = table(
        9, "Доля обучающихся 9-11 классов, прошедших тестирование", PUPILS_9_11, (500, 80, 16), (500, 300, 60)
    )
    assert told(found(rules.jump_unexplained, jumping)) == [("9", "2021", "60", None)]
    said = "Рост доли обучающихся, прошедших тестирование, связан с открытием центра (табл. 9)."
    assert found(rules.jump_unexplained, said, jumping) == []


# ---- copies


def test_copied_table() -> None:
    first = table(9, "Доля прошедших тестирование", PUPILS_9_11, (493, 81, 16), (505, 303, 60))
    copy = table(11, "Доля получивших помощь", BOTH, (493, 81, 16), (505, 303, 60))
    assert [one.table for one in found(copies.table_copied, first, copy)] == ["11"]
    assert found(copies.table_copied, first, copy.replace("303", "304")) == []


def test_copied_year_and_row() -> None:
    same = table(1, "Доля выпускников 9 классов", GRADUATES_9, (420, 283, 67), (420, 283, 67))
    assert len(found(copies.row_copied, same)) == 1
    rows = "Таблица 3. Школы\n\tШкола\n\tВсего, чел.\n\tПоступили, чел.\n\t%\n\n"
    rows += "\tШкола № 1\n\t160\n\t80\n\t50\n\n\tШкола № 2\n\t160\n\t80\n\t50\n\n\tШкола № 3\n\t64\n\t16\n\t25\n"
    (finding,) = found(copies.row_copied, rows)
    assert "Школа № 2" in finding.message


def test_one_count_in_two_unrelated_tables_is_worth_a_look() -> None:
    ninth = table(1, "Доля выпускников 9 классов, поступивших в колледжи", GRADUATES_9, (426, 303, 71))
    tested = table(9, "Охват профориентационным тестированием", PUPILS_9_11, (505, 303, 60))
    (finding,) = found(copies.number_repeated, ninth, tested)
    assert (finding.severity, finding.table) == ("info", "9")
