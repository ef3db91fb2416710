"""One population has one size; unions are sums; parts do not exceed wholes; names say who is counted."""

from __future__ import annotations

import pytest

from audit.told import BOTH, GRADUATES_9, GRADUATES_11, PUPILS_9_11, PUPILS_10_11, found, report, table, told
from orientir.audit.rules import population_names, population_sums, population_years, scope, sizes
from orientir.audit.rules import populations as rules

NINTH = table(1, "Доля выпускников 9 классов, поступивших в ПОО", GRADUATES_9, (420, 283, 67), (426, 303, 71))
ELEVENTH = table(2, "Доля выпускников 11 классов, поступивших в вузы", GRADUATES_11, (94, 48, 51), (77, 44, 57))


def pupils(number: int, *sizes: int, heads: tuple[str, ...] = PUPILS_9_11, topic: str = "тестирование") -> str:
    values = [(size, size // 2, round(50 * (size // 2 * 2) / size)) for size in sizes]
    return table(number, f"Доля обучающихся, прошедших {topic}", heads, *values)


def test_two_sizes_of_one_population() -> None:
    (finding,) = found(rules.population_conflict, pupils(4, 600, 617), pupils(9, 600, 705, topic="диагностику"))
    assert told([finding]) == [("9", "2021", "705", "617")]
    assert finding.severity == "error"


def test_school_year_and_calendar_label_are_one_period() -> None:
    later = pupils(9, 605, topic="диагностику").replace("\t2020\n", "\t2019-2020\n")
    (finding,) = found(rules.population_conflict, pupils(4, 600), later)
    assert finding.period == "2019-2020"


def test_graduates_are_not_pupils() -> None:
    other = table(
        3, "Обучающиеся 9 классов на олимпиаде", ("Всего обучающихся 9 классов", "Приняли участие", "%"), (430, 43, 10)
    )
    assert found(rules.population_conflict, NINTH, other) == []


def test_union_must_be_the_sum() -> None:
    union = table(11, "Доля выпускников, получивших рекомендации", BOTH, (493, 81, 16), (503, 303, 60))
    (finding,) = found(population_sums.population_union_mismatch, NINTH, ELEVENTH, union)
    assert told([finding]) == [("11", "2020", "493", "514")]
    assert "420 + 94 = 514" in finding.message


def test_whole_below_its_disjoint_parts() -> None:
    seniors = pupils(7, 195, heads=PUPILS_10_11, topic="пробы")
    (finding,) = found(population_sums.population_too_small, NINTH, seniors, pupils(9, 493))
    assert (finding.table, finding.expected) == ("9", "не меньше 615")
    assert found(population_sums.population_too_small, NINTH, seniors, pupils(9, 640)) == []


def test_pupils_with_disabilities_are_a_part_and_not_the_whole() -> None:
    few = table(5, "Доля обучающихся с ОВЗ 5-9 классов, принявших участие в «Абилимпиксе»",
                ("Всего обучающихся с ОВЗ 5-9 кл.", "Приняли участие", "%"), (105, 10, 10))  # fmt: skip
    assert found(population_sums.population_too_small, NINTH, few) == []
    assert (
        found(rules.population_conflict, few, pupils(6, 2100, heads=("Всего обучающихся 5-9 кл.", "Прошли", "%"))) == []
    )


def test_one_label_over_two_magnitudes() -> None:
    heads = ("Всего обучающихся 5-9 кл.", "Приняли участие", "Приняли участие (%)")
    small = table(5, "Участие в «Абилимпиксе»", heads, (105, 10, 10))
    large = table(6, "Охват проектом «Билет в будущее»", heads, (2194, 390, 18))
    (finding,) = found(rules.label_reused, small, large)
    assert (finding.table, finding.reported) == ("5", "105")
    assert found(rules.label_reused, large, large.replace("2194", "2200").replace("Таблица 6", "Таблица 8")) == []


def test_same_numbers_under_two_names() -> None:
    union = table(11, "Доля выпускников, получивших рекомендации", BOTH, (493, 81, 16), (505, 303, 60))
    assert len(found(rules.same_numbers_different_labels, pupils(9, 493, 505), union)) == 1
    assert found(rules.same_numbers_different_labels, pupils(9, 493, 505), pupils(10, 493, 505, topic="пробы")) == []


def test_there_are_no_graduates_of_grades_5_to_9() -> None:
    heads = ("Всего выпускников 5-9 кл.", "Приняли участие", "%")
    (finding,) = found(rules.population_impossible, table(6, "Охват проектом", heads, (2194, 390, 18), (1946, 525, 27)))
    assert finding.expected == "обучающиеся 5–9 классов"
    assert found(rules.population_impossible, NINTH, ELEVENTH) == []


@pytest.mark.parametrize(("sizes", "count"), [((105, 26), 1), ((100, 150), 1), ((100, 149), 0), ((420, 426, 419), 0)])
def test_break_of_a_series(sizes: tuple[int, ...], count: int) -> None:
    assert len(found(population_years.series_break, pupils(5, *sizes))) == count


def test_cohort_that_cannot_have_come_is_a_hypothesis() -> None:
    seniors = pupils(7, 195, 600, heads=PUPILS_10_11, topic="пробы")
    (finding,) = found(population_years.cohort_implausible, NINTH, ELEVENTH, seniors)
    assert (finding.severity, finding.expected) == ("info", "не больше 521")
    assert found(population_years.cohort_implausible, NINTH, ELEVENTH, pupils(7, 195, 176, heads=PUPILS_10_11)) == []


def test_caption_and_columns_name_different_people() -> None:
    heads = ("Всего выпускников 9-11 кл.", "Приняли участие", "%")
    wrong = table(4, "Доля обучающихся 9-11 классов, принявших участие в чемпионате", heads, (493, 50, 10))
    assert len(found(population_names.scope_mismatch, wrong)) == 1
    assert found(population_names.scope_mismatch, NINTH, ELEVENTH, pupils(9, 493)) == []


def test_sentence_about_parents_cites_a_table_of_graduates() -> None:
    union = table(11, "Помощь по вопросам профориентации", BOTH, (493, 81, 16))
    said = "В 2020 году помощь по вопросам самоопределения детей получили 16% родителей (табл. 11)."
    assert len(found(population_names.text_population_mismatch, said, union)) == 1
    assert (
        found(population_names.text_population_mismatch, said.replace("родителей", "выпускников 9 и 11 классов"), union)
        == []
    )


def test_declared_grades_and_stages_against_measured_ones() -> None:
    listed = (
        "Показатели, используемые в системе:\n"
        "• доля обучающихся 6-11 классов, прошедших профориентационное тестирование, диагностику;\n"
        "• доля обучающихся, принявших участие в региональном и национальном чемпионате «Молодые профессионалы»;\n"
    )
    tested = pupils(9, 493, topic="профориентационное тестирование")
    (grades,) = found(scope.declared_scope, listed, "МОНИТОРИНГ", tested)
    assert "6–11 классов" in grades.message
    assert found(scope.declared_scope, listed.replace("6-11", "9-11"), "МОНИТОРИНГ", tested) == []
    championship = table(4, "Доля обучающихся 9-11 классов в региональном чемпионате «Молодые профессионалы»",
                         ("Всего обучающихся 9-11 кл.", "Приняли участие", "%"), (500, 50, 10))  # fmt: skip
    (stages,) = found(scope.declared_scope, listed, "МОНИТОРИНГ", championship)
    assert "национальн" in stages.message


def test_graduates_are_no_more_than_the_pupils_of_their_grades() -> None:
    seniors = table(7, "Доля обучающихся 10-11 классов, прошедших пробы", PUPILS_10_11, (90, 30, 33), (195, 60, 31))
    (finding,) = found(rules.population_impossible, ELEVENTH, seniors)
    assert (finding.severity, finding.expected) == ("error", "не больше 90")
    assert found(population_sums.population_too_small, ELEVENTH, seniors) == []


def test_the_same_words_under_years_alone_are_told_by_the_row() -> None:
    """Where the head of a column is a year, the row says who is counted."""
    ninth = by_rows(
        1, "Доля выпускников 9 классов", ("Выпускники 9 классов", 362, 368), ("Поступили", 203, 208), ("%", 56, 57)
    )
    everyone = by_rows(
        2, "Доля школьников 1-11 классов", ("Обучающиеся 1-11 классов", 3493, 3489), ("Были", 350, 349), ("%", 10, 10)
    )
    assert len(sizes.sized(report(ninth, everyone))) == 4
    assert found(rules.label_reused, ninth, everyone) == []


def by_rows(number: int, caption: str, *rows: tuple[str, int, int]) -> str:
    """Years above the columns, what is counted in the rows."""
    head = ("Показатель", "2020/21 уч. г.", "2021/22 уч. г.")
    lines = "\n".join("".join(f"\t{cell}\n" for cell in row) for row in (head, ("1", "2", "3"), *rows))
    return f"Таблица {number}. {caption}\n{lines}\n"
