"""Every register: a file as districts keep it -> rows of the table of the package."""

from datetime import date

import pytest
from registers_world import filled

from orientir.sources.registers.catalogue import CATALOGUE

PLAN = [
    ["План профориентационных мероприятий на 2021-2022 учебный год"],
    [],
    ["№", "Наименование мероприятия", "Дата проведения", "Школа", "Количество участников", "", "Отметка о выполнении"],
    ["", "", "", "", "человек", "посещений", ""],
    [1, "Неделя профориентации", "с 11 по 15 октября 2021 г.", "СОШ № 1", "45 чел.", 120, "проведено"],
    [2, "Ярмарка профессий", "апрель 2022", "СОШ № 2", "", "", "запланировано, не проведено"],
    ["", "Итого", "", "", 45, 120, ""],
]


def test_events_planned_and_held_with_persons_and_visits_apart(book, imported):
    book("plan.xlsx", PLAN)
    held, planned = map(filled, imported().tables["events"])
    assert held == {
        "no": "21001",
        "title": "Неделя профориентации",
        "date_printed": "с 11 по 15 октября 2021 г.",
        "date_from": "2021-10-11",
        "date_to": "2021-10-15",
        "kind": "festival",
        "participants": "45",
        "organisation": "school_1",
        "state": "held",
        "persons": "45",
        "visits": "120",
    }
    assert (planned["state"], planned["date_from"], planned["date_to"]) == ("planned", "2022-04-01", "2022-04-30")


def test_event_with_a_plan_and_no_fact_is_planned(text, imported):
    text("события.csv", [["Мероприятие", "Дата по плану", "Фактическая дата"], ["День карьеры", "05.03.2022", ""]])
    assert filled(imported().tables["events"][0])["state"] == "planned"


def test_agreements_with_their_term(book, imported):
    head = ["Партнёр", "Номер договора", "Дата заключения", "Дата окончания"]
    book("договоры.xlsx", [head, ["ООО «Шахта»", 12, date(2020, 1, 5), date(2023, 1, 5)], ["Техникум", "б/н", "", ""]])
    signed, friend = map(filled, imported().tables["agreements"])
    assert signed == {
        "partner": "ООО «Шахта»",
        "kind": "enterprise",
        "number": "12",
        "valid_from": "2020-01-05",
        "valid_to": "2023-01-05",
    }
    assert friend == {"partner": "Техникум", "kind": "college", "number": "б/н"}


def test_workplaces_by_channel(text, imported):
    text("места.csv", [["Площадка", "Канал", "Количество мест"], ["Техникум", "чемпионатное движение", "12 мест"]])
    assert filled(imported().tables["workplaces"][0]) == {"host": "Техникум", "channel": "championship", "places": "12"}


def test_consultations_count_the_parent_and_not_the_meeting(text, imported):
    rows = [["12.10.2021", "СОШ № 1", "Елова О."], ["13.11.2021", "СОШ № 1", "Елова О."]]
    text("консультации.csv", [["Дата", "ОО", "ФИО родителя"], *rows])
    assert [row["person"] for row in imported().tables["consultations"]] == ["p1", "p1"]


def test_diagnostics_keep_children_parents_consent_and_term(text, imported):
    head = ["Дата", "Школа", "Категория", "ФИО", "Класс", "Методика", "Согласие", "Хранить до"]
    child = ["12.10.2021", "СОШ № 1", "ребёнок", "Елов Пётр", "9 А", "ДДО", "получено", "31.08.2022"]
    parent = ["13.10.2021", "СОШ № 1", "мать", "Елова Ольга", "", "Беседа", "отказ", ""]
    text("журнал.csv", [head, child, parent])
    one, other = map(filled, imported().tables["diagnostics"])
    assert (one["who"], one["grade"], one["consent"], one["kept_until"]) == ("child", "9", "given", "2022-08-31")
    assert (other["who"], other["consent"]) == ("parent", "refused")


def test_open_days_keep_a_host_that_is_no_organisation_of_ours(text, imported):
    text("дод.csv", [["Вуз", "Школа", "Количество посещений"], ["Горный институт", "СОШ № 1", "12"]])
    assert filled(imported().tables["open_days"][0]) == {
        "title": "Горный институт",
        "visits": "12",
        "organisation": "school_1",
    }


def test_participants_of_a_championship_named_in_the_heading(book, imported):
    title = ["Список участников регионального этапа конкурса «Абилимпикс»"]
    book("список.xlsx", [title, ["ФИО", "Школа", "Класс"], ["Елов Пётр", "СОШ № 1", "9"]])
    assert filled(imported().tables["participants"][0]) == {
        "organisation": "school_1",
        "programme": "abilympics",
        "stage": "regional",
        "person": "p1",
        "grade": "9",
    }


def test_steps_of_the_project_in_columns(text, imported):
    head = ["Школа", "ФИО", "Регистрация", "Диагностика", "Профессиональная проба"]
    text("билет в будущее.csv", [head, ["СОШ № 1", "Елов Пётр", "да", "15.03.2022", "нет"]])
    assert [row["stage"] for row in imported().tables["participants"]] == ["registered", "tested"]


def test_supplementary_counts_children_and_enrolments_apart(text, imported):
    head = ["Школа", "Программа", "Направленность", "Количество детей", "Количество зачислений"]
    text("доп.csv", [head, ["СОШ № 1", "Робототехника", "техническая", "15", "18"]])
    assert filled(imported().tables["supplementary"][0]) == {
        "organisation": "school_1",
        "course": "Робототехника",
        "direction": "technical",
        "persons": "15",
        "enrolments": "18",
    }


def test_populations_in_columns_of_grades(book, imported):
    head = ["Наименование ОО", "1 класс", "10 класс", "11 класс", "Всего"]
    book("оо-1.xlsx", [["На 20.09.2021"], head, ["СОШ № 1", 20, 8, "", 28], ["Итого", 20, 8, "", 28]])
    found = [(row["grade"], row["persons"], row["kind"]) for row in imported().tables["populations"]]
    assert found == [("1", "20", "pupils"), ("10", "8", "pupils")]


def test_industries_with_groups_of_specialties(text, imported):
    text(
        "отрасли.csv", [["Отрасль", "Коды УГСН", "Востребована с"], ["Горное дело", "21.00.00, 15.02.01", "01.01.2019"]]
    )
    found = filled(imported().tables["industries"][0])
    assert (found["groups"], found["valid_from"]) == ("21.00.00; 15.00.00", "2019-01-01")


def test_reorganised_and_opened_organisations(text, imported):
    head = ["Организация", "Код", "Дата открытия", "Дата закрытия", "Присоединена к"]
    merged = ["СОШ № 1", "", "", "31.12.2021", "Гимназия № 2"]
    text("реорганизация.csv", [head, merged, ["Школа № 7", "school_7", "01.09.2021", "", ""]])
    text("места.csv", [["Школа", "Количество мест"], ["СОШ № 7", "5"]])
    result = imported()
    old, new = result.tables["organisations"]
    assert (old["id"], old["valid_to"], old["successor"]) == ("school_1", "2021-12-31", "gymnasium_2")
    assert (new["id"], new["kind"], new["parent"], new["valid_from"]) == (
        "school_7",
        "school",
        "district",
        "2021-09-01",
    )
    assert result.tables["workplaces"][0]["organisation"] == "school_7"


@pytest.mark.parametrize("register", CATALOGUE, ids=lambda register: register.id)
def test_own_titles_are_recognised(register, text, imported):
    """The titles that the documentation prints are read as what they are."""
    titles = [column.title for column in register.columns if column.id != "name" or register.id != "participants"]
    name = f"{register.title.partition(':')[0]}.csv"
    text(name, [titles, ["" for _ in titles[:-1]] + ["1"]])
    assert not [refused.fault for refused in imported().refused]
