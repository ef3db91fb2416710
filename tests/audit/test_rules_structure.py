"""Rules about form and completeness: each fires where it must, and is silent where it nearly would."""

from __future__ import annotations

import pytest

from audit.written import Figures, found, words, written
from orientir.audit.finding import Finding, Judge, Severity
from orientir.audit.report import Report
from orientir.audit.rules.actions import action_without_owner_or_date
from orientir.audit.rules.completeness import analysis_missing, effectiveness_missing, goal_without_target, no_passport
from orientir.audit.rules.indicators import (
    indicator_lists_differ,
    indicator_not_measured,
    measured_not_declared,
    no_breakdown,
    two_denominators,
)
from orientir.audit.rules.numbering import section_numbering
from orientir.audit.rules.recommendations import addressee, addressee_missing, recommendation_not_addressed
from orientir.audit.rules.sourcing import source_not_used, table_without_source
from orientir.audit.rules.structure import (
    period_labels_mixed,
    table_number_gap,
    table_unnumbered,
    territory_mismatch,
)
from orientir.audit.rules.terms import undefined_term

COLLEGE = "Доля выпускников 9 классов, поступивших в колледжи"
UNIVERSITY = "Доля выпускников 11 классов, поступивших в вузы"
TESTED = "Доля обучающихся 8-11 классов, прошедших профориентационное тестирование"
CHAMPIONSHIP = "доля обучающихся, принявших участие в чемпионате «Молодые профессионалы»"
MASTER_CLASSES = "доля обучающихся, принявших участие в мастер-классах чемпионата «Молодые профессионалы»"
CONTRACTS = "количество договоров школ с предприятиями"


def shares(number: str | None, caption: str, years: tuple[str, ...] = ("2020", "2021")) -> Figures:
    return Figures(number, caption, (("Всего по округу", *("67" for _ in years)),), years)


COMPLETE = (
    "# Отчёт о мониторинге системы профориентации Лесногорского муниципального округа",
    "В отчёте ПОО — профессиональные образовательные организации.",
    "# 1. Цели",
    "• увеличить долю поступивших в ПОО до 70 % к 2024 году;",
    "• охватить тестированием 90 % обучающихся 8-11 классов.",
    "# 2. Показатели",
    "Показатели, используемые в системе профориентации:",
    f"• {COLLEGE};",
    f"• {UNIVERSITY};",
    f"• {TESTED}.",
    "Доля — отношение числа таких лиц (числитель) к численности всех (знаменатель).",
    "# 3. Источники данных",
    "Источники данных:",
    "• статистическая форма ОО-1;",
    "• опрос школ.",
    "Анализировались источники:",
    "• форма ОО-1 и опрос школ.",
    "# 4. Мониторинг показателей",
    "Мониторинг направлен на получение информации по следующим показателям:",
    f"• {COLLEGE};",
    f"• {UNIVERSITY};",
    f"• {TESTED}.",
    shares("1", COLLEGE),
    "Источник: форма ОО-1.",
    shares("2", UNIVERSITY),
    "Источник: форма ОО-1.",
    Figures("3", f"{TESTED}, по организациям", (("Школа № 1", "50", "60"), ("Школа № 2", "70", "80"))),
    "Источник: опрос школ.",
    "# 5. Анализ результатов",
    "Доля поступивших в ПОО не изменилась: 67 % (таблица 1).",
    "# 6. Адресные рекомендации",
    "Рекомендации адресованы следующим участникам:",
    "• обучающимся;",
    "• педагогам.",
    "Для обучающихся:",
    "• пройти тестирование до 1 марта 2022 года.",
    "Для педагогов и классных руководителей:",
    "• использовать результаты тестирования.",
    "# 7. Меры",
    "• ярмарка учебных мест (ответственный: управление образования, срок: март 2022 года);",
    "• семинар (методический центр, апрель 2022 года).",
    "# 8. Анализ эффективности принятых мер",
    "Решение 2020 года выполнено: тестирование прошли 80 % вместо 70 %.",
)  # fmt: skip
RULES: tuple[Judge, ...] = (
    action_without_owner_or_date,
    addressee_missing,
    analysis_missing,
    effectiveness_missing,
    goal_without_target,
    indicator_lists_differ,
    indicator_not_measured,
    measured_not_declared,
    no_breakdown,
    no_passport,
    period_labels_mixed,
    recommendation_not_addressed,
    section_numbering,
    source_not_used,
    table_number_gap,
    table_unnumbered,
    table_without_source,
    territory_mismatch,
    two_denominators,
    undefined_term,
)


def without(*lines: str) -> Report:
    return written(*(one for one in COMPLETE if one not in lines))


def instead(old: str, *new: str | Figures) -> Report:
    assert old in COMPLETE
    return written(*(block for one in COMPLETE for block in (new if one == old else (one,))))


def messages(judge: Judge, *blocks: str | Figures) -> list[str]:
    return [finding.message for finding in found(judge, written(*blocks))]


def only(judge: Judge, report: Report) -> Finding:
    (one,) = found(judge, report)
    return one


@pytest.mark.parametrize("judge", RULES)
def test_a_complete_report_gives_no_finding(judge: Judge) -> None:
    assert found(judge, written(*COMPLETE)) == []


@pytest.mark.parametrize("judge", RULES)
def test_an_empty_document_gives_no_finding(judge: Judge) -> None:
    assert found(judge, written()) == []


# ---- form


def test_a_skipped_number_is_named() -> None:
    one = only(table_number_gap, written(shares("7", COLLEGE), shares("9", TESTED), shares("6", UNIVERSITY)))
    assert (one.reported, one.expected, one.table) == ("9", "8", "9")
    assert "Нет таблицы 8" in one.message


def test_every_missing_number_is_a_finding_and_the_first_may_be_missing() -> None:
    report = written(shares("2", COLLEGE), shares("5", TESTED))
    assert [one.expected for one in found(table_number_gap, report)] == ["1", "3", "4"]


def test_a_number_used_twice() -> None:
    report = written(shares("1", COLLEGE), shares("2", UNIVERSITY), shares("2", TESTED))
    assert "дважды" in only(table_number_gap, report).message


def test_chapters_an_annex_and_tables_that_go_on_are_numbered_apart() -> None:
    chapters = [shares(number, COLLEGE) for number in ("1.1", "1.2", "2.1", "2.2")]
    annex = [shares(number, COLLEGE) for number in ("1", "2", "3", "1", "2")]
    assert messages(table_number_gap, *chapters) == []
    assert messages(table_number_gap, *annex) == []
    assert messages(table_number_gap, shares("1", COLLEGE), shares("1", "Продолжение таблицы 1")) == []
    assert messages(table_number_gap, shares("1", COLLEGE), "Таблица 2. Не прочитана", shares("3", TESTED)) == []


def test_one_table_without_a_number_among_numbered_ones() -> None:
    one = only(table_unnumbered, written(shares("1", COLLEGE), shares(None, TESTED)))
    assert one.severity is Severity.INFO
    assert TESTED in one.message


def test_no_table_is_numbered_is_said_once_and_layout_needs_no_number() -> None:
    assert len(messages(table_unnumbered, *[shares(None, COLLEGE)] * 3)) == 1
    assert messages(table_unnumbered, shares("1", COLLEGE), words(None, "", ("Утверждаю", "Директор"))) == []
    assert messages(table_unnumbered, shares(None, COLLEGE)) == []


def test_a_heading_number_is_skipped_or_repeated() -> None:
    headings = ("# 1. Цели", "# 2. Показатели", "# 4. Меры")
    assert only(section_numbering, written(*headings)).expected == "3"
    assert "повторён" in only(section_numbering, written("# 1. Цели", "# 1. Показатели", "# 2. Меры")).message


def test_headings_in_order_under_their_own_headings() -> None:
    assert messages(section_numbering, "# 1. Цели", "## 1. Первая", "## 2. Вторая", "# 2. Меры", "## 1. Одна") == []
    assert messages(section_numbering, "# 5.9 Одна", "# 5.10 10 класс", "# 5.11 Другая") == []
    assert messages(section_numbering, "# 1. Цели", "2. Показатели", "# 3. Меры") == []


def test_one_numbered_line_among_lines_of_its_kind() -> None:
    lines = (f"Процентная доля выпускников {grade} классов, поступивших в ПОО." for grade in (9, 10))
    numbered = "2.Процентная доля выпускников 11 классов, поступивших в ПОО."
    report = written(next(lines), "Текст о них.", numbered, "Ещё текст.", next(lines))
    assert only(section_numbering, report).place.line == 3


def test_a_list_of_numbered_lines_is_no_slip() -> None:
    lines = [f"{number}. Процентная доля выпускников {number} классов" for number in (9, 10, 11)]
    assert messages(section_numbering, *lines) == []


def test_a_period_with_two_labels() -> None:
    one = only(period_labels_mixed, written(shares("1", COLLEGE, ("2019-2020",)), shares("2", TESTED, ("2020",))))
    assert one.severity is Severity.WARNING
    assert "«2019-2020» (таблица 1)" in one.message
    assert "«2020» (таблица 2)" in one.message


def test_other_years_and_a_list_of_things_done_mix_nothing() -> None:
    assert messages(period_labels_mixed, shares("1", COLLEGE, ("2019-2020",)), shares("2", TESTED, ("2021",))) == []
    done = Figures(
        "2", "Проведённая работа", (("Участники конкурса «АгроНТИ», представленные в 2020 году", "7"),), ("2020",)
    )
    report = written(shares("1", COLLEGE, ("2019-2020",)), done)
    report.tables[1].cells = [_under(one) for one in report.tables[1].cells]
    assert found(period_labels_mixed, report) == []


def _under(cell):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(cell, path=("Сколько",))


def test_another_municipality_as_ones_own() -> None:
    slip = "Мониторинг охватил обучающихся Заречного муниципального района."
    one = only(territory_mismatch, instead("# 5. Анализ результатов", "# 5. Анализ результатов", slip))
    assert (one.reported, one.expected) == ("Заречный муниципальный район", "Лесногорский муниципальный округ")


def test_neighbours_comparisons_and_guests_are_no_slip() -> None:
    for line in (
        "По сравнению со школами Заречного района доля выше.",
        "Экскурсия прошла на заводе Заречного района.",
        "Охвачены обучающиеся Лесногорского муниципального округа.",
    ):
        assert found(territory_mismatch, written(*COMPLETE, line)) == []


def test_an_abbreviation_nobody_spells_out() -> None:
    one = only(undefined_term, written("Помощь школам оказывает ЦОПП.", "ЦОПП работает с 2020 года."))
    assert (one.reported, one.place.line, one.severity) == ("ЦОПП", 1, Severity.INFO)


@pytest.mark.parametrize(
    "line",
    [
        "Центр опережающей профессиональной подготовки (ЦОПП) помогает школам.",
        "ЦОПП (центр опережающей профессиональной подготовки) помогает школам.",
        "ЦОПП – центр опережающей профессиональной подготовки.",
        "Региональный центр (далее – ЦОПП) помогает школам.",
        "Сдали ЕГЭ и ОГЭ выпускники МБОУ «СОШ № 5» по ФГОС.",
        "Это НЕ итоговые данные, ВСЕГО школ пять.",
        "Конкурс «ПРОФИ» прошёл в декабре.",
        "ОТДЕЛ ЦОПП И КМО",
        "поручение от 25.04.2014 № ОГ-П8-2956",
    ],
)
def test_what_is_spelled_out_known_or_no_abbreviation(line: str) -> None:
    assert messages(undefined_term, line) == []


# ---- indicators


def measured(*declared: str, tables: tuple[Figures, ...], extra: tuple[str, ...] = ()) -> tuple[str | Figures, ...]:
    return ("Показатели мониторинга:", *(f"• {one};" for one in declared), "# Мониторинг", *tables, *extra)


def test_a_declared_indicator_without_any_number() -> None:
    blocks = measured(COLLEGE, CONTRACTS, tables=(shares("1", COLLEGE),))
    one = only(indicator_not_measured, written(*blocks))
    assert (one.reported, one.place.line, one.severity) == (CONTRACTS, 3, Severity.WARNING)


def test_a_table_measures_only_what_it_fits_best() -> None:
    blocks = measured(CHAMPIONSHIP, MASTER_CLASSES, tables=(shares("1", CHAMPIONSHIP.capitalize()),))
    assert only(indicator_not_measured, written(*blocks)).reported == MASTER_CLASSES


def test_a_table_of_other_grades_does_not_measure() -> None:
    other = "доля выпускников 11 классов, поступивших в колледжи"
    assert (
        only(indicator_not_measured, written(*measured(COLLEGE, other, tables=(shares("1", COLLEGE),)))).reported
        == other
    )


def test_other_words_a_row_or_a_sentence_measure_too() -> None:
    rows = Figures("1", "Основные показатели", ((COLLEGE, "1", "2"), (TESTED, "3", "4")))
    assert messages(indicator_not_measured, *measured(COLLEGE, TESTED, tables=(rows,))) == []
    said = "Школы заключили с предприятиями 14 договоров."
    assert (
        messages(indicator_not_measured, *measured(COLLEGE, CONTRACTS, tables=(shares("1", COLLEGE),), extra=(said,)))
        == []
    )
    synonyms = shares("1", "Процент учащихся 8-11 классов, охваченных профориентационным тестированием")
    assert messages(indicator_not_measured, *measured(TESTED, tables=(synonyms,))) == []


def test_the_name_of_a_form_is_no_count() -> None:
    said = "Сведения о количестве договоров школ с предприятиями берутся из формы ОО-1."
    blocks = measured(COLLEGE, CONTRACTS, tables=(shares("1", COLLEGE),), extra=(said,))
    assert only(indicator_not_measured, written(*blocks)).reported == CONTRACTS


def test_words_of_the_whole_field_are_no_likeness() -> None:
    trials = "доля школьников, участвовавших в профессиональных пробах"
    table = shares("1", "Доля школьников, участвовавших в чемпионате профессионального мастерства")
    assert only(measured_not_declared, written(*measured(COLLEGE, trials, tables=(table,)))).table == "1"


def test_what_the_report_admits_is_no_news() -> None:
    said = "Количество договоров школ с предприятиями не измерено."
    one = only(
        indicator_not_measured, written(*measured(COLLEGE, CONTRACTS, tables=(shares("1", COLLEGE),), extra=(said,)))
    )
    assert (one.severity, one.acknowledged) == (Severity.INFO, True)


def test_lists_that_differ_by_an_item_or_by_grades() -> None:
    lists = ("Показатели мониторинга:", f"• {COLLEGE};", f"• {TESTED};", f"• {CONTRACTS}.")
    second = ("Мониторинг направлен на получение информации по показателям:", f"• {COLLEGE};", f"• {TESTED}.")
    one = only(indicator_lists_differ, written(*lists, *second))
    assert (one.reported, one.place.line) == (CONTRACTS, 4)
    grades = (*second[:2], f"• {TESTED.replace('8-11', '9-11')};", f"• {CONTRACTS}.")
    assert "для разных классов" in only(indicator_lists_differ, written(*lists, *grades)).message
    assert messages(indicator_lists_differ, *lists, *second[:2], f"• {CONTRACTS};", f"• {TESTED}.") == []


def test_a_table_that_no_list_declares() -> None:
    places = shares("2", "Количество учебных рабочих мест")
    one = only(measured_not_declared, written(*measured(COLLEGE, TESTED, tables=(shares("1", COLLEGE), places))))
    assert (one.table, "рабочих мест" in one.message) == ("2", True)


def test_tables_of_work_done_and_reports_without_lists_declare_nothing() -> None:
    places = shares("1", "Количество учебных рабочих мест")
    assert messages(measured_not_declared, "# Мониторинг", places) == []
    assert messages(measured_not_declared, *measured(COLLEGE, TESTED, tables=()), "# Меры", places) == []


def test_two_denominators_in_one_indicator() -> None:
    slip = "доля обучающихся профильных классов от общего числа обучающихся школ от общего числа обучающихся в выборке"
    assert len(messages(two_denominators, "Показатели мониторинга:", f"• {slip};", f"• {COLLEGE}.")) == 1
    right = "доля обучающихся профильных классов от общего числа обучающихся школ"
    assert messages(two_denominators, "Показатели мониторинга:", f"• {right};", f"• {right}.") == []


def test_a_promised_breakdown_is_not_given() -> None:
    caption = "Доля обучающихся (в разрезе уровней общего образования), прошедших тестирование"
    one = only(no_breakdown, written(shares("4", caption)))
    assert (one.table, one.severity) == ("4", Severity.WARNING)
    rows = Figures("4", caption, (("Основное общее", "1", "2"), ("Среднее общее", "3", "4")))
    assert messages(no_breakdown, rows) == []


def test_two_tables_of_one_promise_break_it_down_together() -> None:
    promise = "Доля обучающихся (в разрезе уровней образования), охваченных проектом «Билет в будущее»."
    tables = [shares(str(at), f"Доля обучающихся {grades} классов, охваченных проектом «Билет в будущее»")
              for at, grades in enumerate(("5-9", "10-11"), 6)]  # fmt: skip
    assert [one for one in found(no_breakdown, written(promise, *tables)) if one.severity is not Severity.INFO] == []
    assert only(no_breakdown, written(promise, tables[0])).table == "6"


def test_no_table_shows_schools() -> None:
    assert only(no_breakdown, written(shares("1", COLLEGE), shares("2", TESTED))).severity is Severity.INFO


# ---- sources


def test_a_source_that_was_not_analysed() -> None:
    one = only(
        source_not_used, instead("• опрос школ.", "• опрос школ;", "• региональная система потребностей рынка труда.")
    )
    assert one.reported == "региональная система потребностей рынка труда."


def test_without_a_second_list_the_notes_under_tables_tell() -> None:
    sources = ("Источники данных:", "• форма ОО-1;", "• опрос школ;", "• данные центра занятости о вакансиях.")
    tables = (shares("1", COLLEGE), "Источник: форма ОО-1.", shares("2", TESTED), "Источник: опрос школ.")
    assert only(source_not_used, written(*sources, *tables)).place.line == 4
    assert messages(source_not_used, *sources) == []


def test_a_table_without_a_source_among_others() -> None:
    one = only(table_without_source, written(shares("1", COLLEGE), "Источник: форма ОО-1.", shares("2", TESTED)))
    assert one.table == "2"


def test_no_table_with_a_source_is_said_once_and_a_series_shares_one() -> None:
    assert len(messages(table_without_source, shares("1", COLLEGE), shares("2", TESTED))) == 1
    series = (shares("1", f"{COLLEGE} в 2020 году", ("2020",)), shares("2", f"{COLLEGE} в 2021 году", ("2021",)))
    assert messages(table_without_source, *series, "Источник: форма ОО-1.") == []
    assert messages(table_without_source, shares("1", COLLEGE), "Рассчитано по данным школ.") == []


# ---- parts of the cycle


def test_analysis_is_missing_or_only_promised() -> None:
    absent = without("# 5. Анализ результатов", "Доля поступивших в ПОО не изменилась: 67 % (таблица 1).")
    assert "нет части" in only(analysis_missing, absent).message
    promised = instead(
        "Доля поступивших в ПОО не изменилась: 67 % (таблица 1).", "Анализ обеспечивает выявление проблем и адресность."
    )
    assert "обещан" in only(analysis_missing, promised).message


def test_effectiveness_is_missing_or_only_promised() -> None:
    last = "Решение 2020 года выполнено: тестирование прошли 80 % вместо 70 %."
    assert "нет анализа" in only(effectiveness_missing, without("# 8. Анализ эффективности принятых мер", last)).message
    for promise in ("Результаты анализа приводят к корректировке целей.", "Анализ будет проведён в 2023 году."):
        assert "обещан" in only(effectiveness_missing, instead(last, promise)).message


def test_tables_alone_are_no_report_of_a_cycle() -> None:
    assert messages(effectiveness_missing, shares("1", COLLEGE)) == []
    assert messages(analysis_missing, "# Мониторинг", shares("1", COLLEGE)) == []


def test_goals_without_targets() -> None:
    goals = (
        "Цели системы:",
        "• проводить диагностику обучающихся 8-9 классов;",
        "• действовать по поручению № ОГ-П8-2956.",
    )
    assert "Ни у одной цели (2)" in only(goal_without_target, written(*goals)).message
    one = only(goal_without_target, written(*goals[:2], "• охватить проектом 90 % школьников."))
    assert one.place.line == 2


def test_admitted_lack_of_targets_is_no_news() -> None:
    said = "Целевые значения не назначены."
    one = only(goal_without_target, written("# Цели", said, "• проводить диагностику;", "• развивать связи."))
    assert (one.severity, one.acknowledged) == (Severity.INFO, True)


def test_no_definition_of_any_indicator() -> None:
    report = without("Доля — отношение числа таких лиц (числитель) к численности всех (знаменатель).")
    assert only(no_passport, report).severity is Severity.INFO


# ---- recommendations and actions


def test_an_announced_addressee_without_recommendations() -> None:
    report = instead("• педагогам.", "• педагогам;", "• образовательным организациям округа.")
    assert only(addressee_missing, report).reported == "образовательным организациям округа"


def test_heads_meet_the_line_about_a_school_and_its_heads() -> None:
    blocks = (
        "# Адресные рекомендации",
        "Рекомендации направлены следующим субъектам:",
        "• образовательной организации (руководителям, заместителям руководителя);",
        "• родителям (законным представителям).",
        "1. Для родителей (законных представителей):",
        "• посещать собрания.",
        "2. Для руководителей образовательных организаций:",
        "• заключать договоры.",
    )
    assert messages(addressee_missing, *blocks) == []
    assert messages(recommendation_not_addressed, *blocks) == []


def test_addressees_by_their_first_word() -> None:
    assert addressee("Для руководителей образовательных организаций") == "руководители"
    assert addressee("Классным руководителям") == "педагоги"
    assert addressee("образовательным организациям") == "организации"
    assert addressee("по итогам года") == ""


def test_a_recommendation_to_nobody() -> None:
    blocks = (
        "# Адресные рекомендации",
        "• усилить работу по профориентации;",
        "• руководителям школ заключить договоры.",
    )
    one = only(recommendation_not_addressed, written(*blocks))
    assert one.place.line == 2


def test_an_action_without_owner_and_date() -> None:
    blocks = ("# Меры", "• провести семинар;", "• провести ярмарку (управление образования, март 2023 года).")
    assert only(action_without_owner_or_date, written(*blocks)).place.line == 2
    assert len(messages(action_without_owner_or_date, "# Меры", "• проводить семинары;", "• развивать связи.")) == 1


def test_an_action_lacks_what_the_others_have() -> None:
    full = [f"• мера {at} (ответственный: методический центр, срок: март 2023 года);" for at in range(3)]
    assert (
        "Не назван срок"
        in messages(action_without_owner_or_date, "# Меры", *full, "• семинар (ответственный: отдел).")[0]
    )
    dated = [f"• провести встречу {at} до 1 марта 2023 года;" for at in range(3)]
    assert messages(action_without_owner_or_date, "# Управленческие решения", *dated) == []


def test_actions_in_a_table() -> None:
    table = words(
        "5",
        "Меры",
        ("№", "Содержание", "Ответственный", "Срок"),
        ("1", "Семинар", "отдел", "март"),
        ("2", "Ярмарка", "", ""),
    )
    one = only(action_without_owner_or_date, written("# Меры", table))
    assert (one.table, "Ярмарка" in one.message) == ("5", True)


def test_admitted_lack_of_owners_is_no_news() -> None:
    said = "Ни в одной записи не указаны: ответственный, срок."
    one = only(action_without_owner_or_date, written("# Меры", said, "• проводить семинары;", "• развивать связи."))
    assert (one.severity, one.acknowledged) == (Severity.INFO, True)
