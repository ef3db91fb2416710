"""`orientir register FILE`: how a file would be read, on the screen and by the exit code."""

import csv
import sys

import pytest
from registers_world import SCHOOLS

from orientir.cli import main
from orientir.facts.tables import ORGANISATIONS


@pytest.fixture
def run(folder, monkeypatch, capsys):
    with (folder.parent / "organisations.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(ORGANISATIONS)
        writer.writerows([[place.id, place.title, place.kind, place.parent, "", "", "", "", ""] for place in SCHOOLS])

    def command(*arguments):
        monkeypatch.setattr(sys, "argv", ["orientir", "register", *map(str, arguments), "--period", "2021/22"])
        with pytest.raises(SystemExit) as stop:
            main()
        shown = capsys.readouterr()
        return stop.value.code, shown.out + shown.err

    return command


def test_mapping_rows_and_counts_are_shown_without_names(run, text):
    head = ["Школа", "ФИО", "Класс", "Методика", "Согласие"]
    file = text("журнал.csv", [head, ["СОШ № 1", "Елов Пётр", "9", "ДДО", "да"]])
    code, shown = run(file)
    assert code == 0 and "Елов" not in shown
    assert "Строка 1: реестр «Журнал диагностики» (diagnostics)." in shown
    assert "name: ФИО ← «ФИО» — только чтобы различить людей, не сохраняется" in shown
    assert "Прочитано: 1\u00a0запись, 1\u00a0человек." in shown


def test_errors_of_the_file_give_code_1(run, text):
    code, shown = run(text("места.csv", [["Площадка", "Количество мест"], ["Техникум", "много"]]))
    assert code == 1 and "[ошибка] ячейка B2" in shown


def test_refused_file_gives_code_2(run, text):
    code, shown = run(text("меню.csv", [["Блюдо", "Цена"], ["Каша", "12"]]))
    assert code == 2 and "меню.csv: реестр не узнан" in shown


def test_register_can_be_named(run, text):
    file = text("список.csv", [["Школа", "ФИО", "Дата"], ["СОШ № 1", "Елова Ольга", "12.10.2021"]])
    assert run(file)[0] == 2
    code, shown = run(file, "--as", "consultations")
    assert code == 0 and "(consultations)" in shown


def test_profile_is_saved_only_where_a_folder_is_named(run, text, tmp_path):
    file = text("места.csv", [["Площадка", "Количество мест"], ["Техникум", "5"]])
    assert "не сохранён" in run(file)[1]
    assert "Профиль сохранён" in run(file, "--profiles", tmp_path / "profiles")[1]
    assert (tmp_path / "profiles" / "workplaces.yaml").is_file()


def test_unknown_register_and_missing_list_are_mistakes(run, text, tmp_path):
    file = text("места.csv", [["Площадка", "Количество мест"], ["Техникум", "5"]])
    assert run(file, "--as", "workplases")[0] == 2
    assert run(file, "--organisations", tmp_path / "none.csv")[0] == 2
