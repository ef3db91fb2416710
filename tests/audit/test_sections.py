"""Parts of a report are recognised by headings, capitals and lead-in lines, in whatever words."""

from __future__ import annotations

import pytest

from audit.written import Figures, written
from orientir.audit.report import Report
from orientir.audit.understanding.parts import kind_of
from orientir.audit.understanding.wording import grades, numbering

KINDS = {
    "Цели и задачи системы профориентации": "goals",
    "Целями мониторинга являются": "goals",
    "Показатели, используемые в системе работы по профориентации": "indicators",
    "2. Перечень показателей": "indicators",
    "Для оценки достижения целей используются следующие показатели": "indicators",
    "Источники данных, используемые для сбора информации": "sources",
    "В процессе мониторинга анализировались источники данных": "sources",
    "Методы сбора и обработки информации": "methods",
    "Мониторинг направлен на получение информации по следующим показателям": "monitored",
    "МОНИТОРИНГ": "monitoring",
    "Мониторинг показателей": "monitoring",
    "Показатели по организациям": "monitoring",
    "Анализ результатов мониторинга": "analysis",
    "Выводы": "analysis",
    "Адресные рекомендации по результатам анализа": "recommendations",
    "Меры, управленческие решения": "measures",
    "Комплекс мер, направленный на развитие системы": "measures",
    "Принятые управленческие решения": "decisions",
    "Анализ эффективности принятых мер": "effectiveness",
    "Оценка результативности управленческих решений": "effectiveness",
    "Итоги исполнения решений 2021 года": "effectiveness",
    "Реестр мероприятий": "events",
    "Характеристика округа": "",
}


@pytest.mark.parametrize(("title", "kind"), KINDS.items())
def test_a_title_tells_the_part(title: str, kind: str) -> None:
    assert kind_of(title) == kind


def kinds(report: Report) -> list[str]:
    return [section.kind for section in report.sections]


def test_headings_hold_their_paragraphs_and_subsections_inherit_the_part() -> None:
    report = written(
        "# Адресные рекомендации", "Вступление.", "## Обучающимся", "• пройти тестирование;", "# Приложение", "Текст."
    )
    assert [(one.kind, one.title, len(one.paragraphs)) for one in report.sections] == [
        ("recommendations", "Адресные рекомендации", 1),
        ("recommendations", "Обучающимся", 1),
        ("", "Приложение", 1),
    ]


def test_a_lead_in_line_holds_its_list_and_no_more() -> None:
    report = written(
        "Цели системы работы:", "• первая;", "• вторая.", "Представленные цели позволяют организовать работу."
    )
    assert kinds(report) == ["goals", ""]
    assert [item.text for item in report.sections[0].items] == ["первая;", "вторая."]


def test_a_title_broken_over_two_lines_is_one() -> None:
    report = written(
        "Цели системы работы по самоопределению и профессиональной ориентации", "обучающихся:", "• первая."
    )
    assert [(one.kind, len(one.items)) for one in report.sections] == [("goals", 1)]
    assert report.sections[0].title.endswith("обучающихся")


def test_an_item_broken_over_two_lines_is_one() -> None:
    report = written("Цели:", "• участие школьников в", "конкурсах и проектах;", "• вторая.")
    assert [item.text for item in report.sections[0].items] == ["участие школьников в конкурсах и проектах;", "вторая."]


def test_a_list_after_the_colon_of_one_line_is_a_list() -> None:
    report = written("Методы: выборочный, сравнительный анализ.")
    assert [item.text for item in report.sections[0].items] == ["выборочный", "сравнительный анализ"]


def test_legal_acts_end_a_list_of_indicators() -> None:
    report = written(
        "Показатели мониторинга:", "• доля выпускников;", "• Приказ Министерства № 1;", "• Приказ Министерства № 2."
    )
    assert [(one.kind, len(one.items)) for one in report.sections] == [("indicators", 1), ("", 2)]


def test_a_sentence_and_a_caption_begin_nothing() -> None:
    report = written(
        "Показатели по этой позиции направлены на выявление охвата обучающихся.",
        Figures("1", "Показатели мониторинга", (("Доля", "5", "6"),)),
        "Источник: форма ОО-1.",
    )
    assert set(kinds(report)) == {""}


def test_a_numbered_line_between_texts_is_a_title_and_numbered_items_are_not() -> None:
    report = written(
        "1. Меры", "1. Провести семинар", "2. Провести ярмарку", "Итог подведён.", "7. Общие сведения", "Текст."
    )
    assert [(one.kind, one.title) for one in report.sections] == [("measures", "1. Меры"), ("", "7. Общие сведения")]
    assert [item.text for item in report.sections[0].items] == ["1. Провести семинар", "2. Провести ярмарку"]


def test_the_territory_is_named_in_its_dictionary_form() -> None:
    assert (
        written("Отчёт о мониторинге Лесногорского муниципального округа").territory
        == "Лесногорский муниципальный округ"
    )
    assert written("Отчёт городского округа Светлый Яр").territory == "городской округ Светлый Яр"
    assert written("Отчёт о мониторинге").territory == ""


def test_grades_are_read_in_any_writing_and_quickly() -> None:
    assert grades("обучающихся 6 -11-х классов") == frozenset(range(6, 12))
    assert grades("выпускников 9 и 11 класса") == {9, 11}
    assert grades("с 5 по 9 класс") == frozenset(range(5, 10))
    assert grades("в 2022 году школы") == frozenset()
    assert grades("1 2 3 4 5 6 7 8 9 " * 5000) == frozenset()


def test_numbers_of_titles() -> None:
    assert numbering("2.Доля выпускников") == (2,)
    assert numbering("5.10 10 класс после 9 класса") == (5, 10)
    assert numbering("2022 год") == ()
    assert numbering("19 школ округа") == ()
