"""What the importer does with a folder: recognition, repairs, refusals, and names that stay nowhere."""

import json
from dataclasses import asdict

import pytest
from registers_world import filled, write_registers

from orientir.facts.package import read_package

HEAD = ["Дата", "Школа", "ФИО", "Класс", "Методика"]
ROW = ["12.10.2021", "СОШ № 1", "Елов Пётр", "9", "ДДО"]


def remarks(result, name):
    return [(remark.place, remark.what, remark.is_error) for remark in result.remarks[name]]


def refusal(result):
    [refused] = result.refused
    return str(refused.fault)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_text_of_every_make_is_the_same_register(text, imported, encoding, delimiter):
    text("журнал.csv", [HEAD, ROW], encoding, delimiter)
    assert filled(imported().tables["diagnostics"][0])["organisation"] == "school_1"


def test_one_person_in_two_files_is_one(text, imported):
    head = ["Школа", "ФИО", "Дата рождения", "Этап"]
    text("1 чемпионат.csv", [head, ["СОШ № 1", "Елов Пётр", "04.03.2006", "региональный этап"]])
    text("2 чемпионат.csv", [head, ["СОШ № 1", "ЕЛОВ  Петр", "4.3.2006", "национальный этап"]])
    assert [row["person"] for row in imported().tables["participants"]] == ["p1", "p1"]


def test_namesakes_born_on_other_days_are_two(text, imported):
    head = ["Школа", "ФИО", "Дата рождения"]
    text("чемпионат.csv", [head, ["СОШ № 1", "Елов Пётр", "04.03.2006"], ["СОШ № 1", "Елов Пётр", "05.03.2007"]])
    assert [row["person"] for row in imported().tables["participants"]] == ["p1", "p2"]


def test_names_are_nowhere_in_the_result(text, imported, folder):
    names = [
        ["32.13.2021", "Соснов Иван", "Елов Пётр", "девятый", "ДДО"],
        ["Елов Пётр"],
        ["12.10.2021", "", "Елов", "9", ""],
    ]
    text("журнал.csv", [HEAD, ROW, *names])
    result = imported()
    profiles = "".join(path.read_text(encoding="utf-8") for path in result.proposed)
    told = json.dumps(asdict(result), ensure_ascii=False, default=str) + profiles
    assert not [name for name in ("Елов", "Соснов") if name in told]
    assert [file.keeps_original for file in result.files] == [False]


def test_file_without_people_keeps_its_original(text, imported):
    text("места.csv", [["Площадка", "Количество мест"], ["Техникум", "5"]])
    [file] = imported().files
    assert (file.keeps_original, len(file.sha256)) == (True, 64)


def test_unused_column_of_telephones_makes_a_file_personal(text, imported):
    text("места.csv", [["Площадка", "Количество мест", "Телефон"], ["Техникум", "5", "8-900-000"]])
    assert not imported().files[0].keeps_original


def test_repaired_number_names_its_cell(book, imported):
    book("места.xlsx", [["Площадка", "Количество мест"], ["Техникум", "12 мест"]])
    assert remarks(imported(), "места.xlsx") == [("лист «Лист1», ячейка B2", "„12 мест“ прочитано как 12.", False)]


def test_number_that_cannot_be_read_is_not_known_and_not_zero(text, imported):
    text("места.csv", [["Площадка", "Количество мест"], ["Техникум", "много"]])
    result = imported()
    assert result.tables["workplaces"][0]["places"] == ""
    assert [(place, is_error) for place, _, is_error in remarks(result, "места.csv")] == [("ячейка B2", True)]


def test_unknown_school_is_an_error_and_its_row_is_left_out(text, imported):
    text("журнал.csv", [HEAD, ROW, ["12.10.2021", "СОШ № 99", "Соснов Иван", "9", "ДДО"]])
    result = imported()
    assert len(result.tables["diagnostics"]) == 1
    said = "организации «СОШ № 99» нет в organisations.csv."
    assert remarks(result, "журнал.csv") == [("ячейка B3", said, True)]


def test_ambiguous_school_is_told_with_its_candidates(text, imported):
    text("журнал.csv", [HEAD, ["12.10.2021", "№ 2", "Елов Пётр", "9", "ДДО"]])
    [(_, said, _)] = remarks(imported(), "журнал.csv")
    assert "(school_2)" in said and "(gymnasium_2)" in said


def test_date_of_another_year_is_an_error(text, imported):
    text("журнал.csv", [HEAD, ROW, ["12.10.2020", *ROW[1:]]])
    result = imported()
    assert len(result.tables["diagnostics"]) == 1
    assert remarks(result, "журнал.csv")[0][0] == "ячейка A3"


def test_register_of_another_year_is_refused_and_the_others_go_on(text, imported):
    text("журнал.csv", [HEAD, ["12.10.2020", *ROW[1:]]])
    text("места.csv", [["Площадка", "Количество мест"], ["Техникум", "5"]])
    result = imported()
    assert "все даты — 2020/21" in refusal(result)
    assert list(result.tables) == ["workplaces"]


def test_heading_of_another_year_is_refused(book, imported):
    book("места.xlsx", [["Учебные места, 2019/2020 учебный год"], ["Площадка", "Количество мест"], ["Техникум", 5]])
    assert "назван 2019/20" in refusal(imported())


def test_missing_column_is_told_with_the_header_as_seen(text, imported):
    text("журнал.csv", [["Школа", "ФИО", "Класс"], ["СОШ № 1", "Елов Пётр", "9"]])
    said = refusal(imported())
    assert "Шапка: Школа | ФИО | Класс." in said and 'files: "журнал.csv"' in said


def test_file_that_is_no_register(text, imported):
    text("меню.csv", [["Блюдо", "Цена"], ["Каша", "12"]])
    assert "реестр не узнан" in refusal(imported())


def test_copy_of_a_file_is_refused(text, imported):
    for name in ("а.csv", "б.csv"):
        text(name, [["Площадка", "Количество мест"], ["Техникум", "5"]])
    assert "это копия файла «а.csv»" in refusal(imported())


def test_totals_numbering_and_signatures_are_no_rows(book, imported):
    table = [["Площадка", "Канал", "Количество мест"], [1, 2, 3], ["Техникум", "", 5], ["Итого", "", 5]]
    book("места.xlsx", [*table, [], ["Директор Елов П. П."]])
    assert len(imported().tables["workplaces"]) == 1


def test_name_of_a_school_stands_over_its_rows(book, imported):
    table = [["Площадка", "Канал", "Количество мест"], ["СОШ № 1"], ["Техникум", "чемпионат", 5]]
    book("места.xlsx", table)
    assert imported().tables["workplaces"][0]["organisation"] == "school_1"


def test_repeated_row_is_told(text, imported):
    text("места.csv", [["Площадка", "Количество мест"], ["Техникум", "5"], ["Техникум", "5"]])
    assert [said for _, said, _ in remarks(imported(), "места.csv")] == [
        "строка во всём повторяет одну из строк выше; учтены обе."
    ]


def test_empty_or_missing_folder_gives_nothing(imported, folder):
    folder.rmdir()
    assert imported().tables == {}


def test_sources_are_one_for_a_register_and_ranked(text, imported):
    text("журнал.csv", [HEAD, ROW])
    text("места.csv", [["Площадка", "Количество мест"], ["Техникум", "5"]])
    assert [(one.id, one.rank) for one in imported().sources] == [("diagnostics_2021_22", 1), ("workplaces_2021_22", 2)]


def test_same_files_give_the_same_result(text, imported):
    text("журнал.csv", [HEAD, ROW])
    first, second = imported(), imported()
    assert (first.tables, first.sources, first.remarks) == (second.tables, second.sources, second.remarks)
    assert second.proposed == ()


def test_rows_are_rows_of_a_package(text, imported, programme, tmp_path):
    text("журнал.csv", [HEAD, ROW])
    text("чемпионат.csv", [["Школа", "ФИО", "Этап"], ["СОШ № 1", "Елов Пётр", "региональный"]])
    package = read_package(write_registers(tmp_path / "package", imported()), programme)
    assert [row.person for row in package.participants] == ["p1"]
    assert [row.grade for row in package.diagnostics] == ["9"]
