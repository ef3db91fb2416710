"""Sentences, titles and lists in the words of other authors."""

from __future__ import annotations

import pytest
from tests.audit.made import REGISTER, grid, tables

from audit.told import PUPILS_9_11, found, report, table
from audit.written import Figures, written
from orientir.audit.finding import Judge, Severity
from orientir.audit.report import Said
from orientir.audit.rules import copies, population_names, populations
from orientir.audit.rules.disclosure import small_numbers_are_hidden
from orientir.audit.rules.indicators import measured_not_declared, no_breakdown
from orientir.audit.rules.scope import declared_scope
from orientir.audit.rules.sourcing import source_not_used, table_without_source
from orientir.audit.rules.stated_changes import count_beside_a_share, stated_change
from orientir.audit.rules.structure import territory_mismatch
from orientir.audit.rules.text import text_table_mismatch
from orientir.audit.understanding.parts import kind_of
from orientir.audit.understanding.periods import years_in
from orientir.audit.understanding.populations import population_of
from orientir.audit.understanding.territories import own_municipality
from orientir.audit.understanding.wording import numbering

CAPTION = "Доля обучающихся 9-11 классов, прошедших тест"
TESTED = table(3, CAPTION, PUPILS_9_11, (1000, 460, 46), (1000, 450, 45), (1000, 440, 44))

# ---- sentences


def values(sentence: str) -> list[tuple[int | None, str | None]]:
    made = report(sentence, TESTED).claims
    return [(one.year.ends if one.year else None, one.number.printed if one.number else None) for one in made]


def test_a_dash_between_a_year_and_a_share_makes_no_period() -> None:
    said = "Как видно из таблицы 3, доля менялась так: 2020 – 46%; 2021 – 45%; 2022 – 44%."
    assert values(said) == [(2020, "46%"), (2021, "45%"), (2022, "44%")]


def test_grades_joined_by_a_word_are_no_counts() -> None:
    assert values("В 2021 году тест прошли 450 обучающихся с 6 по 11 класс (табл. 3).") == [(2021, "450")]


@pytest.mark.parametrize("count", ["897 из 2020 школьников", "897 (из 2020 чел.)", "охват 2020 школьников"])
def test_a_count_of_people_is_no_year(count: str) -> None:
    assert [year.ends for year, _, _ in years_in(f"В 2022 году тест прошли {count} 5-9 классов")] == [2022]


def test_a_year_before_people_is_a_year() -> None:
    assert [year.ends for year, _, _ in years_in("в 2020 школьников стало больше, из 2021 года")] == [2020, 2021]


def test_from_and_to_over_the_whole_period_are_its_first_and_last_year() -> None:
    said = "За анализируемый период доля прошедших тест снизилась с 46 % до 40 % (табл. 3)."
    assert values(said)[:2] == [(2020, "46 %"), (2022, "40 %")]


def test_advanced_training_is_no_growth() -> None:
    made = report(
        "Доля педагогов, прошедших курсы повышения квалификации, в 2022 году – 44 % (табл. 3).", TESTED
    ).claims
    assert {one.said for one in made} == {Said.VALUE}


def test_it_follows_from_a_table_is_no_advice() -> None:
    made = report("Из таблицы 3 следует, что в 2022 году доля прошедших тест выросла.", TESTED).claims
    assert [one.said for one in made] == [Said.GROWS]


def test_a_trend_may_name_another_population_than_its_table() -> None:
    said = "Доля обучающихся 5-8 классов, прошедших тест, снизилась с 46 % до 44 % (табл. 3)."
    assert [one.table for one in found(population_names.text_population_mismatch, said, TESTED)] == ["3"]


# ---- populations


@pytest.mark.parametrize(
    ("text", "kind", "grades"),
    [
        ("перешли в 10 класс 35 % выпускников 9 классов", "выпускник", {9}),
        ("В 9–11 классах обучающиеся", "обучающийся", {9, 10, 11}),
        ("Педагогических работников, всего", "педагог", set()),
    ],
)
def test_who_is_counted(text: str, kind: str, grades: set[int]) -> None:
    who = population_of(text)
    assert who
    assert (who.kind, set(who.grades)) == (kind, grades)


@pytest.mark.parametrize(
    ("text", "traits"),
    [
        ("Количество выпускников 9 классов за 2022 год", set()),
        ("Всего выпускников Заозёрский район", set()),
        ("Обучающиеся с ОВЗ", {"овз"}),
        ("дети с ограни- ченными возможностями здоровья", {"овз"}),
    ],
)
def test_letters_of_two_words_make_no_trait(text: str, traits: set[str]) -> None:
    who = population_of(text)
    assert who
    assert set(who.traits) == traits


def test_one_label_may_be_worded_in_several_ways() -> None:
    few = table(1, "Доля детей с ОВЗ, принявших участие", ("Всего обучающихся 5-9 кл.", "Участвуют", "%"), (77, 14, 18))
    many = table(2, "Доля занятых в кружках", ("Обучающихся 5-9 кл., всего", "Занимаются", "%"), (1409, 555, 39))
    assert [one.reported for one in found(populations.label_reused, few, many)] == ["77"]


# ---- titles and parts


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("IV. Эффективность принятых мер", "effectiveness"),
        ("По итогам мониторинга рекомендуем", "recommendations"),
        ("Исполнение решений прошлого года", "effectiveness"),
    ],
)
def test_titles_of_parts(title: str, kind: str) -> None:
    assert kind_of(title) == kind


@pytest.mark.parametrize(("title", "number"), [("IV. Меры", (4,)), ("IX) Итоги", (9,)), ("V Чемпионат", ())])
def test_roman_numbers_of_titles(title: str, number: tuple[int, ...]) -> None:
    assert numbering(title) == number


def test_a_title_without_marks_opens_the_part() -> None:
    lines = (
        "Принять меры:",
        "провести семинар;",
        "заключить договоры.",
        "Исполнение решений прошлого года",
        "Из 9 мер 5.",
    )
    assert report(*lines).sections[-1].kind == "effectiveness"


def test_a_town_may_be_the_report_s_own_place() -> None:
    lines = (
        "Отчёт о профориентации школьников города Новотроицка",
        *("Работа идёт в городе Новотроицке." for _ in range(5)),
        "Работа с обучающимися Дальнереченского муниципального округа строится на плане.",
    )
    own = own_municipality(report(*lines).document)
    assert own
    assert own.type == "город"
    assert [one.place.line for one in territory_mismatch(report(*lines))] == [7]


# ---- registers, sources, indicators


def test_a_plan_of_measures_does_not_go_on_with_the_register_above() -> None:
    plan = grid(
        [("№", "Мера", "Срок", "Исполнитель", "Отметка"), ("1", "Провести семинар", "до 15.10.2026", "центр", ""),
         ("2", "Заключить договор", "30.04.2026", "управление", "")], 50,
    )  # fmt: skip
    register = grid([REGISTER, ("1", "Ярмарка профессий", "12.03.2025", "40", "")])
    assert [one.title for one in tables(register, plan).events] == ["Ярмарка профессий"]


SOURCED = (
    "Источники данных:",
    "• региональная информационная система проведения итоговой аттестации (РИС ГИА);",
    "• сведения центра занятости.",
    Figures("1", "Доля сдавших ЕГЭ", (("Всего", "60", "61"),)),
    "Источник: РИС ГИА.",
    Figures("2", "Доля поступивших", (("Всего", "50", "51"),)),
    "Источник: опрос школ.",
)


def test_a_source_may_be_cited_by_its_short_name() -> None:
    assert [one.place.line for one in source_not_used(written(*SOURCED))] == [3]


def test_data_of_a_table_are_no_source() -> None:
    bare = Figures("3", "Доля обученных", (("Всего", "40", "41"),))
    assert [
        one.table for one in table_without_source(written(*SOURCED, bare, "Данные таблицы 3 показывают рост."))
    ] == ["3"]


DECLARED = (
    "Показатели мониторинга:",
    "• доля школьников 8-11 классов, прошедших профориентационную диагностику;",
    "• доля школьников 9-11 классов, побывавших на экскурсиях на предприятиях.",
    "# Мониторинг показателей",
)


def test_teachers_are_not_measured_by_an_indicator_of_pupils() -> None:
    heads = ("Всего педагогов", "Прошли курсы", "%")
    teachers = table(1, "Доля педагогов, прошедших курсы по профориентации", heads, (100, 20, 20), (100, 21, 21))
    lines = (*DECLARED[:3], "МОНИТОРИНГ ПОКАЗАТЕЛЕЙ", teachers)
    assert [one.table for one in found(measured_not_declared, *lines)] == ["1"]


def turned(caption: str, *rows: tuple[str, ...]) -> str:
    cells = ("Показатель", "2020", "2021"), *rows
    return (
        f"Таблица 1. {caption}\n"
        + "\n".join(line for row in cells for line in (*(f"\t{one}" for one in row), ""))
        + "\n"
    )


SHARES = (("Всего выпускников 9 кл.", "300", "310"), ("Поступили, чел.", "150", "160"), ("Доля, %", "50", "51,6"))


def test_rows_of_one_indicator_are_no_list_of_indicators() -> None:
    lines = (*DECLARED[:3], "МОНИТОРИНГ ПОКАЗАТЕЛЕЙ", turned("Доля выпускников, поступивших в колледжи", *SHARES))
    assert [one.table for one in found(measured_not_declared, *lines)] == ["1"]


def test_rows_of_roles_and_of_years_are_no_breakdown() -> None:
    caption = "Доля выпускников 9 классов, перешедших в 10 класс, в разрезе школ"
    rows = (
        ("Год", "Всего выпускников 9 кл.", "Перешли в 10 класс"),
        ("2022 год", "277", "85"),
        ("2023 год", "284", "88"),
    )
    down = (
        f"Таблица 2. {caption}\n"
        + "\n".join(line for row in rows for line in (*(f"\t{one}" for one in row), ""))
        + "\n"
    )
    assert [one.table for one in found(no_breakdown, turned(caption, *SHARES), down)] == ["1", "2"]


def test_two_years_with_the_same_two_counts_are_a_hypothesis() -> None:
    twice = table(1, CAPTION, PUPILS_9_11, (326, 118, 36), (326, 118, 36))
    assert [one.severity for one in found(copies.row_copied, twice)] == [Severity.INFO]


def test_a_table_of_all_years_names_the_row_by_its_label() -> None:
    rows = (("Показатель", "Отчётный период"), ("", "2020"), ("Обучающихся 5-9 кл., всего", "345"), ("Участвуют", "77"))
    few = "Таблица 1. Доля детей с ОВЗ\n" + "\n".join(
        line for row in rows for line in (*(f"\t{one}" for one in row), "")
    )
    many = table(2, "Доля занятых в кружках", ("Обучающихся 5-9 кл., всего", "Занимаются", "%"), (3456, 1607, 46))
    assert [one.reported for one in found(populations.label_reused, few + "\n", many)] == ["345"]


def test_teachers_may_be_as_many_as_pupils_for_two_years() -> None:
    pupils = table(
        1, "Участие обучающихся с ОВЗ", ("Всего обучающихся с ОВЗ", "Участвуют", "%"), (205, 50, 24), (209, 51, 24)
    )
    staff = table(2, "Обучение педагогов", ("Всего педагогов", "Прошли курсы", "%"), (205, 90, 44), (209, 95, 45))
    assert found(populations.same_numbers_different_labels, pupils, staff) == []


def test_colleges_are_not_universities() -> None:
    lines = (
        "Показатели мониторинга:",
        "• доля выпускников 11 классов, поступивших в колледжи;",
        "• доля школьников 9-11 классов, побывавших на экскурсиях.",
        "МОНИТОРИНГ ПОКАЗАТЕЛЕЙ",
    )
    heads = ("Всего выпускников 11 кл.", "Поступили в вузы", "%")
    universities = table(1, "Доля выпускников 11 классов, поступивших в вузы", heads, (200, 100, 50), (200, 101, 51))
    assert [one.table for one in found(measured_not_declared, *lines, universities)] == ["1"]


def test_children_with_disabilities_are_not_declared_by_all() -> None:
    lines = (
        "Показатели мониторинга:",
        "• доля обучающихся 8-11 классов, участвовавших в чемпионате профессионального мастерства;",
        "• доля школьников 9-11 классов, побывавших на экскурсиях.",
        "МОНИТОРИНГ ПОКАЗАТЕЛЕЙ",
    )
    heads = ("Обучающихся с ОВЗ 5-11 кл., всего", "Участвовали", "%")
    few = table(
        1, "Доля обучающихся с ОВЗ 5-11 классов, участвовавших в чемпионате", heads, (184, 48, 26), (182, 49, 27)
    )
    assert [one.table for one in found(measured_not_declared, *lines, few)] == ["1"]
    assert found(declared_scope, *lines, few) == []


def test_those_who_visit_circles_are_people() -> None:
    heads = ("Всего обучающихся 5-11 кл.", "Посещают кружки и секции", "%")
    few = table(1, "Занятость в кружках", heads, (271, 2, 1))
    assert [one.reported for one in found(small_numbers_are_hidden, few)] == ["2"]


# ---- what stands beside a value

RISING = table(1, CAPTION, PUPILS_9_11, (2000, 900, "45,0"), (2034, 1017, "50,0"), (2050, 1128, "55,0"))


@pytest.mark.parametrize(
    "said",
    [
        "В 2022 году не прошли тест 45 % обучающихся 9-11 классов (таблица 1).",
        "В 15 школах показатель в 2022 году выше 50 % (таблица 1).",
        "В 2022 году тест прошли 55 % при плане 60 % (таблица 1).",
        "По сравнению с 2021 годом доля прошедших тест увеличилась на 5 п. п. и составила 55 % (табл. 1).",
        "В 2022 году тест прошли 1 128 человек, или 55 %, что на 5 п. п. больше, чем в 2021 году (табл. 1).",
        "Доля прошедших тест: в 2021 году 50 % (1 017 чел.), в 2022 году 55 % (1 128 чел.) (табл. 1).",
        "В 2022 году доля прошедших тест увеличилась на 5 процентных пунктов (табл. 1).",
        "С 2020 по 2022 год доля прошедших тест увеличилась на 10 п. п. (табл. 1).",
        "В 2022 году к 2021 году доля прошедших тест увеличилась с 50,0 до 55,0 % (табл. 1).",
    ],
)
def test_differences_thresholds_and_the_rest_are_no_values(said: str) -> None:
    judges = (text_table_mismatch, stated_change, count_beside_a_share)
    assert [one for judge in judges for one in found(judge, said, RISING)] == []


@pytest.mark.parametrize(
    ("judge", "said", "reported"),
    [
        (text_table_mismatch, "В 2022 году доля прошедших тест выросла на 5 п. п. и составила 56 % (табл. 1).", "56 %"),
        (text_table_mismatch, "В 2022 году к 2021 году доля выросла с 52,0 до 55,0 % (табл. 1).", "52,0"),
        (stated_change, "В 2022 году доля прошедших тест выросла на 7 п. п. (табл. 1).", "7 п. п."),
        (count_beside_a_share, "В 2022 году тест прошли 1 182 человека, или 55 % (табл. 1).", "1182"),
        (count_beside_a_share, "В 2022 году тест прошли 55 % (1 182 чел.) (табл. 1).", "1182"),
    ],
)
def test_what_stands_beside_a_value_is_compared_too(judge: Judge, said: str, reported: str) -> None:
    assert [one.reported for one in found(judge, said, RISING)] == [reported]
