"""What must not be published is found; organisations, officials and large numbers are left alone."""

from __future__ import annotations

import pytest
from tests.audit.made import grid, judged, measured, register, text, with_tables, years

from orientir.audit.document import Place
from orientir.audit.finding import Severity
from orientir.audit.report import Report, ReportTable
from orientir.audit.rules import disclosure

(YEAR,) = years(2022)
CHILDREN = ("Всего обучающихся с ОВЗ", "Приняли участие (чел.)", "Доля, %")


def small(caption: str, head: tuple[str, ...], numbers: tuple[str, ...]) -> list[str | None]:
    found = judged(disclosure.small_numbers_are_hidden, with_tables(measured(caption, head, numbers, YEAR)))
    return [one.reported for one in found]


def test_few_children_are_found_and_shares_are_not() -> None:
    assert small("Участие в «Абилимпиксе»", CHILDREN, ("105", "4", "4")) == ["4"]
    assert small("Участие в «Абилимпиксе»", CHILDREN, ("3", "1", "33")) == ["3", "1"]


@pytest.mark.parametrize("numbers", [("105", "5", "5"), ("105", "0", "0")])
def test_nobody_and_five_are_not_small(numbers: tuple[str, ...]) -> None:
    assert not small("Участие в «Абилимпиксе»", CHILDREN, numbers)


@pytest.mark.parametrize(
    ("caption", "head"),
    [
        ("Договоры с предприятиями", ("Всего договоров", "Заключено договоров")),
        ("Учебные рабочие места для обучающихся", ("Всего", "Организовано мест")),
        ("Количество школ, в которых обучающиеся прошли диагностику", ("Всего", "Участвовали")),
        ("Мероприятия для обучающихся", ("Количество мероприятий", "Проведено часов")),
        ("Кадры", ("Педагогов-психологов", "Прошли обучение специалистов")),
        ("Участие обучающихся", ("Экскурсий для обучающихся", "Кружков")),
    ],
)
def test_things_and_posts_are_not_children(caption: str, head: tuple[str, ...]) -> None:
    assert not small(caption, head, ("4", "3"))


def test_the_caption_says_who_is_counted() -> None:
    assert small("Выпускники 11 классов, поступившие в колледжи", ("Всего", "Поступили"), ("40", "2")) == ["2"]


def test_the_verb_of_the_head_may_name_what_children_visited() -> None:
    caption = "Доля обучающихся, побывавших на экскурсиях, по организациям"
    assert small(caption, ("Обучающиеся", "Участвовали в экскурсиях"), ("330", "1")) == ["1"]


# ---- personal data


@pytest.mark.parametrize(
    "line",
    [
        "Ученица 9 класса Полянова Анна Сергеевна заняла первое место.",
        "Полянов Пётр Иванович (10 класс) — участник чемпионата.",
        "Директор школы Речной И. И. и ученица Полянова А. А. выступили на форуме.",
        "Полянова В. В., ученица 9 класса, учитель Речная А. А.",
        "Призёр олимпиады Полянова Мария Андреевна.",
        "Мать ученика, Полянова О. П., поблагодарила центр.",
        "Телефон родителя: 8-913-123-45-67.",
        "СНИЛС 123-456-789 00",
        "Участник 12.03.2008 г. р.",
        "Дата рождения: 12.03.2008.",
        "Паспорт 32 15 № 123456 выдан отделом.",
    ],
)
def test_personal_data_are_found_and_not_repeated(line: str) -> None:
    (found,) = judged(disclosure.personal_data_are_hidden, text("Отчёт", line))
    assert found.place == Place(2)
    assert found.severity is Severity.WARNING
    assert "Полянов" not in found.message
    assert "123" not in found.message


@pytest.mark.parametrize(
    "line",
    [
        "Исполнитель: Речная Мария Ивановна, тел. 8 (3842) 12-34-56",
        "Начальник управления Речной Иван Иванович",
        "Учитель Речная М. И. подготовила ученика 9 класса к конкурсу.",
        "Классный руководитель 9 класса Речная А. А.",
        "Методика «Профиль» (Г. В. Речной) для обучающихся 8 класса.",
        "Тест Е. А. Речного проводился для обучающихся 9 классов.",
        "И. С. Речной отмечает, что обучающиеся выбирают раньше.",
        "Школа имени Героя Советского Союза Речного Ивана Ивановича",
        "Телефон горячей линии для родителей: 8-800-123-45-67.",
        "Паспорт проекта утверждён 24.12.2018, протокол № 16.",
        "Конкурс «Ученик года» прошёл в Доме учителя Лесного района.",
        "Доля обучающихся 9 классов МБОУ «Лесная школа» — 67 %.",
        "Обучающиеся школ Лесного района приняли участие.",
    ],
)
def test_officials_authors_and_schools_are_left_alone(line: str) -> None:
    assert not judged(disclosure.personal_data_are_hidden, text(line))


def listed(*rows: tuple[str, ...], caption: str = "Победители") -> Report:
    return with_tables(ReportTable("2", caption, Place(9), grid(rows), header=1))


def test_lists_of_children_are_found_by_their_heads() -> None:
    report = listed(("№", "ФИО", "Класс", "Учитель"), ("1", "Полянова Анна Сергеевна", "9", "Речная Мария Ивановна"))
    (found,) = judged(disclosure.personal_data_are_hidden, report)
    assert (found.table, found.place.line) == ("2", 11)
    born = listed(("Участник", "Дата рождения"), ("1", "12.03.2008"))
    assert judged(disclosure.personal_data_are_hidden, born)


@pytest.mark.parametrize(
    "head", [("ФИО", "Должность", "Класс"), ("Ответственный", "Телефон", "Класс"), ("ФИО педагога", "Предмет", "Класс")]
)
def test_lists_of_teachers_are_left_alone(head: tuple[str, ...]) -> None:
    report = listed(head, ("Речная Мария Ивановна", "математика", "9"), caption="Кадры")
    assert not judged(disclosure.personal_data_are_hidden, report)


# ---- public folders


def test_a_public_folder_is_a_hypothesis_and_told_once() -> None:
    folder = "https://disk.yandex.ru/d/abc"
    report = register(("1", "Ярмарка", "12.03.2022", "5", folder), ("2", "Форум", "13.03.2022", "5", folder))
    (found,) = judged(disclosure.public_folders_are_closed, report)
    assert found.severity is Severity.INFO
    assert "Гипотеза" in found.message


@pytest.mark.parametrize("link", ["https://rono.ru/news/1", "https://vk.com/wall-1_2", "https://disk.yandex.ru/", ""])
def test_news_are_no_folders(link: str) -> None:
    assert not judged(disclosure.public_folders_are_closed, register(("1", "Ярмарка", "12.03.2022", "5", link)))
