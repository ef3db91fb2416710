"""Registers of events: how they are read, and what their rules find and leave alone."""

from __future__ import annotations

from datetime import date

import pytest
from tests.audit.made import (
    REGISTER,
    event,
    grid,
    judged,
    linked,
    measured,
    numbered,
    register,
    tables,
    with_tables,
    years,
)

from orientir.audit.document import Place
from orientir.audit.finding import Severity
from orientir.audit.report import Population, Report, ReportTable
from orientir.audit.rules import event_duplicates, event_links, events, visits
from orientir.audit.rules.event_years import years_in
from orientir.audit.understanding.event_dates import read_when

# ---- reading


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("28.04.2022", date(2022, 4, 28), date(2022, 4, 28)),
        ("21-22.11.\n2022", date(2022, 11, 21), date(2022, 11, 22)),
        ("с 1 по 5 марта 2022 г.", date(2022, 3, 1), date(2022, 3, 5)),
        ("29.12.22", date(2022, 12, 29), date(2022, 12, 29)),
        ("март 2022", date(2022, 3, 1), date(2022, 3, 31)),
        ("24, 25.11.2022", date(2022, 11, 24), date(2022, 11, 25)),
        ("28.02-05.03.2022", date(2022, 2, 28), date(2022, 3, 5)),
        ("28.04.2022, 10:00", date(2022, 4, 28), date(2022, 4, 28)),
        ("25.11.2022 и 27.11.2022", date(2022, 11, 25), date(2022, 11, 27)),
    ],
)
def test_dates_as_people_write_them(printed: str, first: date, last: date) -> None:
    assert read_when(printed) == (first, last, "")


@pytest.mark.parametrize("printed", ["в течение года", "2021-2022", "2022", "15 марта", "28.04", "", "—", "ежемесячно"])
def test_words_for_a_time_are_no_date_and_no_fault(printed: str) -> None:
    assert read_when(printed) == (None, None, "")


@pytest.mark.parametrize("printed", ["16.12.202 2", "16.12.202\n2", "12,03,2022", "12 .03.2022", "12.O3.2022"])
def test_a_repaired_date_is_told(printed: str) -> None:
    when = read_when(printed)
    assert when.first
    assert when.fault


@pytest.mark.parametrize("printed", ["31.02.2022", "12.13.2022", "12.03.20222", "31 февраля 2022", "25-21.11.2022"])
def test_an_impossible_date_is_told_and_not_guessed(printed: str) -> None:
    when = read_when(printed)
    assert when.first is None
    assert when.fault


def test_a_register_is_known_by_its_head() -> None:
    report = register(("1", "Ярмарка", "12.03.2022", "40", "https: //drive .google. com/drive/folders/ 1ab"))
    (found,) = report.events
    assert report.tables[0].kind == "events"
    assert (found.number, found.title, found.first, found.participants) == ("1", "Ярмарка", date(2022, 3, 12), "40")
    assert [link.target for link in found.links] == ["https://drive.google.com/drive/folders/1ab"]
    assert found.has_link_column
    assert found.has_participants_column


def test_a_register_without_head_is_known_by_what_stands_in_it() -> None:
    rows = [
        ("1", f"Экскурсия на предприятие {name}", f"{day}.03.2022")
        for day, name in ((11, "связи"), (12, "леса"), (13, "моря"))
    ]
    assert len(register(*rows, head=()).events) == 3


@pytest.mark.parametrize(
    "head",
    [
        ("№", "Наименование организации", "Дата", "Число договоров"),
        ("№", "Наименование документа", "Дата", "Номер"),
        ("№", "Мероприятие", "Срок", "Ответственный"),
        ("№", "ФИО", "Дата рождения", "Класс"),
    ],
)
def test_other_tables_with_dates_are_no_registers(head: tuple[str, ...]) -> None:
    rows = [("1", "Городской центр занятости населения", f"{day}.03.2022", "7") for day in (11, 12, 13)]
    assert not register(*rows, head=head).events


def test_a_plan_of_measures_is_no_register() -> None:
    rows = [(str(at), "Заключить договоры с колледжами", "Методист", f"до {at} мая 2022 года") for at in (11, 12, 13)]
    assert not register(*rows, head=("№", "Содержание", "Ответственный", "Срок")).events
    assert not register(*rows, head=("№", "Мероприятие", "Кто", "Дата")).events


def test_a_row_without_number_and_date_goes_on_with_the_row_above() -> None:
    report = register(
        ("1", "Региональный чемпионат по профессиональному", "29.11.2022", "40", "http://a.ru/x"),
        ("", "мастерству «Мастер»", "", "", ""),
        ("2", "Ярмарка", "30.11.2022", "12", ""),
    )
    assert [one.title for one in report.events] == [
        "Региональный чемпионат по профессиональному мастерству «Мастер»",
        "Ярмарка",
    ]


def test_heads_repeated_totals_and_rows_of_column_numbers_are_no_events() -> None:
    report = register(
        ("1", "2", "3", "4", "5"), ("1", "Ярмарка", "12.03.2022", "40", ""), REGISTER, ("", "Всего", "", "40", "")
    )
    assert [one.title for one in report.events] == ["Ярмарка"]


def test_a_register_torn_by_a_page_stays_one() -> None:
    first = grid([REGISTER, *numbered(event("Ярмарка", "12.03.2022"), event("Форум", "13.03.2022"))])
    second = grid([("3", "Экскурсия", "14.03.2022", "10", ""), ("4", "Проба", "15.03.2022", "10", "")], 40)
    report = tables(first, second)
    assert len(report.events) == 4
    assert {id(one.table) for one in report.events} == {id(report.tables[0])}


# ---- order


def test_a_step_against_the_prevailing_order_is_found() -> None:
    days = ("01.03.2022", "05.03.2022", "07.03.2022", "02.03.2022", "09.03.2022", "11.03.2022")
    (found,) = judged(events.events_are_in_order, register(*numbered(*(event("Ярмарка", one) for one in days))))
    assert found.place.line == 14
    assert "№\xa04" in found.message
    assert "02.03.2022" in found.message


def test_a_falling_register_is_in_order_too() -> None:
    rows = numbered(
        *(event("Ярмарка", one) for one in ("11.03.2022", "11.03.2022", "с 1 по 10 марта 2022", "28.02.2022"))
    )
    assert not judged(events.events_are_in_order, register(*rows))


def test_a_register_without_order_is_told_once() -> None:
    days = ("01.03.2022", "15.03.2022", "02.03.2022", "20.03.2022", "03.03.2022")
    (found,) = judged(events.events_are_in_order, register(*numbered(*(event("Ярмарка", one) for one in days))))
    assert found.severity is Severity.INFO
    assert found.place == Place(10)


# ---- years


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Конкурс «АгроНТИ - 2019»", {2019}),
        ("Итоги 2021/22 учебного года", {2021, 2022}),
        ("Проект на 2018 - 2027 гг.", set(range(2018, 2028))),
        ("Чемпионат к 300-летию края", set()),
        ("Форум «Стратегия до 2030 года»", set()),
        ("Фестиваль Hi-Tech2022", {2022}),
    ],
)
def test_years_that_a_title_names(title: str, found: set[int]) -> None:
    assert years_in(title) == found


@pytest.mark.parametrize(
    ("title", "when", "link"),
    [
        ("Конкурс «АгроНТИ - 2019»", "05.09.2022", ""),
        ("Итоги 2019/20 учебного года", "05.09.2022", ""),
        ("Профильная смена", "24.12.2022", "http://rono.ru/document/neu/12 2018/3.jpg"),
        ("Профильная смена", "24.12.2022", "http://rono.ru/news/2019/03/smena.html"),
    ],
)
def test_a_year_that_the_date_contradicts_is_found(title: str, when: str, link: str) -> None:
    (found,) = judged(events.event_years_agree, register(("1", title, when, "5", link)))
    assert found.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("title", "when", "link"),
    [
        ("Конкурс «АгроНТИ - 2022»", "21-22.11.2022", ""),
        ("Форум учебного года 2021/22", "05.11.2022", ""),
        ("Проект на 2018 - 2027 гг.", "05.11.2022", ""),
        ("Чемпионат к 300-летию края", "05.11.2022", ""),
        ("Родительское собрание «ЕГЭ-2023»", "05.11.2022", ""),
        ("Смена", "29.12.2022", "http://rono.ru/news/2023/01/smena.html"),
        ("Смена", "24.12.2022", "https://drive.google.com/drive/folders/1x-2018-ab"),
        ("Смена", "24.12.2022", "https://vk.com/wall-2018_2019"),
        ("Смена", "24.12.2022", "http://rono.ru/news/2019"),
        ("Конкурс 2019", "в течение года", ""),
    ],
)
def test_years_that_agree_are_left_alone(title: str, when: str, link: str) -> None:
    assert not judged(events.event_years_agree, register(("1", title, when, "5", link)))


# ---- period


@pytest.mark.parametrize(
    ("day", "school", "is_out"),
    [
        ("31.12.2019", False, True),
        ("31.12.2019", True, False),
        ("31.12.2022", True, False),
        ("01.01.2023", False, True),
    ],
)
def test_events_outside_the_calendar_years_of_the_report(day: str, school: bool, is_out: bool) -> None:
    report = register(("1", "Ярмарка", day, "5", ""), of=[*years(2020, school=school), *years(2022)])
    assert bool(judged(events.events_are_in_period, report)) is is_out


# ---- what is no event


@pytest.mark.parametrize(
    "title",
    [
        "Информация о приёме в кадетское училище",
        "Училище объявляет набор в 5 класс",
        "Всероссийская база образовательного потенциала",
        "Реестр наставников",
        "Региональный сайт по профориентации",
        "Приём заявок на участие в смене",
    ],
)
def test_announcements_and_resources_are_no_events(title: str) -> None:
    assert judged(events.events_are_events, register(("1", title, "12.03.2022", "", "")))


@pytest.mark.parametrize(
    "title", ["Конкурс школьных сайтов", "День информации в школе", "Экскурсия на базу хранения", "Портрет профессии"]
)
def test_events_are_events(title: str) -> None:
    assert not judged(events.events_are_events, register(("1", title, "12.03.2022", "", "")))


# ---- participants


def test_an_event_without_participants_is_found() -> None:
    report = register(*numbered(event("Ярмарка", "12.03.2022", "-"), event("Форум", "13.03.2022", "12")))
    (found,) = judged(events.events_have_participants, report)
    assert "Ярмарка" in found.message


def test_a_register_without_a_column_of_participants_is_told_once() -> None:
    head = ("№", "Мероприятие", "Дата", "Ссылка")
    rows = [(str(day), f"Ярмарка {day}", f"{day}.03.2022", "") for day in (11, 12, 13)]
    (found,) = judged(events.events_have_participants, register(*rows, head=head))
    assert found.place.line == 10
    told = [(number, f"{title}, 20 человек", day, link) for number, title, day, link in rows]
    assert not judged(events.events_have_participants, register(*told, head=head))


# ---- dates


def test_a_torn_date_is_found_and_shown_repaired() -> None:
    report = register(
        *numbered(event("Кросс", "16.12.202\n2"), event("Форум", "21-22.11.\n2022"), event("Урок", "март 2022"))
    )
    (found,) = judged(events.dates_are_written_well, report)
    assert (found.reported, found.expected) == ("16.12.202 2", "16.12.2022")


# ---- duplicates


def repeated(*rows: tuple[str, ...]) -> list[str]:
    return [one.message for one in judged(event_duplicates.events_listed_twice, register(*numbered(*rows)))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Областной конкурс «Юный архивист»: защита проектов", "Областной конкурс «Юный архивист»: защита проектов"),
        ("Конкурс «Юный архивист», защита проектов", "Защита проектов конкурса «Юный архивист»"),
        ("Чемпионат мастерства «Абиллимпикс» среди инвалидов", "Чемпионат «Абилимпикс» мастерства среди инвалидов"),
        (
            "V чемпионат мастерства среди лиц с ограниченными возможностями здоровья «Мастер»",
            "V чемпионат «Мастер» мастерства среди людей с ОВЗ",
        ),
    ],
)
def test_one_event_written_twice_is_found(one: str, other: str) -> None:
    (message,) = repeated(event(one, "29.11.2022"), event("Ярмарка", "12.03.2022"), event(other, "13.04.2022"))
    assert "29.11.2022" in message
    assert "№\xa03" in message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("Муниципальный этап конкурса «Юный архивист края»", "01.03.2022"),
            ("Региональный этап конкурса «Юный архивист края»", "01.04.2022"),
        ),
        (
            ("Отборочный этап конкурса «Юный архивист края»", "01.03.2022"),
            ("Финал конкурса «Юный архивист края»", "01.04.2022"),
        ),
        (
            ("Финал конкурса юных агрономов «АгроНТИ - 2022»", "01.03.2022"),
            ("Финал конкурса юных агрономов «АгроНТИ - 2021»", "01.04.2022"),
        ),
        (
            ("Занятие 1 школы юного архивиста края", "01.03.2022"),
            ("Занятие 2 школы юного архивиста края", "08.03.2022"),
        ),
        (("Смена юных архивистов края", "01-05.03.2022"), ("Смена юных архивистов края", "11-15.03.2022")),
        (("Конкурс юных архивистов края", "01.03.2021"), ("Конкурс юных архивистов края", "01.03.2022")),
        (
            ("Экскурсия в Лесной государственный технический университет", "01.03.2022"),
            ("Экскурсия в Горный государственный технический университет", "01.03.2022"),
        ),
        (("Экскурсия на завод", "01.03.2022"), ("Экскурсия на завод", "01.04.2022")),
        (
            ("Профессиональные пробы для 8 классов на заводе связи", "01.03.2022"),
            ("Профессиональные пробы для 9 классов на заводе связи", "01.03.2022"),
        ),
    ],
)
def test_stages_series_and_other_events_are_no_duplicates(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert not repeated(event(*one), event(*other))


def test_the_same_event_over_the_new_year_is_found() -> None:
    assert repeated(event("Слёт юных аграриев края", "27.12.2021"), event("Слёт юных аграриев края", "25.02.2022"))


def test_a_weekly_lesson_is_a_series() -> None:
    assert not repeated(*(event("Занятие школы юного архивиста края", f"{day}.03.2022") for day in ("01", "08", "15")))


def test_one_day_in_different_schools_is_no_duplicate() -> None:
    head = ("№", "Мероприятие", "Дата", "Образовательная организация", "Количество участников")
    rows = [(str(at), "День открытых дверей колледжа связи", "01.03.2022", f"Школа № {at}", "20") for at in (1, 2)]
    assert not judged(event_duplicates.events_listed_twice, register(*rows, head=head))


def test_many_rows_are_compared_in_time() -> None:
    rows = [event(f"Экскурсия {at} на предприятие городской связи", "01.03.2022") for at in range(3000)]
    assert not repeated(*rows)


# ---- links


@pytest.mark.parametrize(
    "link",
    [
        "https: //drive .google. com/drive/folders/ 1ab",
        "http:/rono.ru/news/1",
        "htp://rono.ru/news/1",
        "http//rono.ru/x",
        "http://rono/x",
        "http://rоno.ru/x",
        "http://",
        "http:\\\\rono.ru\\x",
    ],
)
def test_addresses_that_do_not_open_are_found(link: str) -> None:
    assert judged(event_links.links_are_addresses, register(("1", "Ярмарка", "12.03.2022", "5", link)))


@pytest.mark.parametrize(
    "link",
    [
        "https://rono.ru/news/1",
        "www.rono.ru/news/1",
        "https://школа.рф/x",
        "https://drive.google.com/drive/\nfolders/1ab",
        "https://a.ru/x\nhttps://b.ru/y",
        "Сайт школы: https://a.ru/x (новости)",
        "нет",
        "",
    ],
)
def test_good_addresses_are_left_alone(link: str) -> None:
    report = register(("1", "Ярмарка", "12.03.2022", "5", link))
    assert not judged(event_links.links_are_addresses, report)


def test_a_hyperlink_is_judged_by_where_it_leads() -> None:
    assert not judged(event_links.links_are_addresses, tables(linked("Новость на сайте", "https://rono.ru/news/1")))
    assert judged(event_links.links_are_addresses, tables(linked("Новость на сайте", "https: //rono.ru/news/1")))
    assert judged(event_links.links_are_addresses, tables(linked("Новость на сайте", "https://rono%20.ru/news/1")))
    assert judged(event_links.links_are_evidence, tables(linked("Новость на сайте", "https://rono.ru/")))
    assert not judged(event_links.links_are_evidence, tables(linked("rono.ru", "https://rono.ru/news/1")))


def test_a_line_end_in_a_pdf_is_no_space() -> None:
    rows = [REGISTER, ("1", "Ярмарка", "12.03.2022", "5", "https://rono.ru/news/2022/ yarmarka")]
    assert not judged(event_links.links_are_addresses, tables(grid(rows), format="pdf"))
    rows[1] = (*rows[1][:4], "https: //rono .ru/news/2022/yarmarka")
    assert judged(event_links.links_are_addresses, tables(grid(rows), format="pdf"))


@pytest.mark.parametrize("link", ["http://rono.ru/", "https://rono.ru", "http://rono.ru/index.html", "www.rono.ru"])
def test_a_home_page_proves_nothing(link: str) -> None:
    (found,) = judged(event_links.links_are_evidence, register(("1", "Ярмарка", "12.03.2022", "5", link)))
    assert "главную страницу" in found.message


@pytest.mark.parametrize(
    "link", ["http://rono.ru/news/1", "http://rono.ru/?p=15", "http://rono.ru/#/news/1", "на сайте", ""]
)
def test_a_page_of_an_event_is_evidence(link: str) -> None:
    assert not judged(event_links.links_are_evidence, register(("1", "Ярмарка", "12.03.2022", "5", link)))


# ---- visits


def visited(caption: str, *numbers: str) -> Report:
    who = Population("выпускник", frozenset((11,)))
    heads = ("Всего выпускников 11 классов", "Поступили в вузы")
    graduates = [
        measured("Доля поступивших", heads, (str(size), "30"), year, who)
        for size, year in zip((70, 80), years(2021, 2022), strict=True)
    ]
    open_days = ReportTable(None, caption, None, grid([("Университет связи", "Горный университет"), numbers], 50))
    return with_tables(*graduates, open_days, of=years(2021, 2022))


def test_more_visitors_than_graduates_are_visits() -> None:
    (found,) = judged(visits.visits_are_not_persons, visited("Дни открытых дверей вузов в 2021-2022", "150", "132"))
    assert (found.reported, found.expected) == ("282", "не больше 150")


@pytest.mark.parametrize(
    ("caption", "numbers"),
    [
        ("Дни открытых дверей вузов в 2021-2022", ("70", "60")),
        ("Число посещений дней открытых дверей вузов", ("150", "132")),
        ("Участники олимпиад вузов", ("150", "132")),
    ],
)
def test_possible_numbers_of_persons_are_left_alone(caption: str, numbers: tuple[str, str]) -> None:
    assert not judged(visits.visits_are_not_persons, visited(caption, *numbers))
