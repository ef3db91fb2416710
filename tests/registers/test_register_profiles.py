"""Profiles: proposed once, corrected by hand, used ever after; a slip in one is told with its line."""

import re
from pathlib import Path

import pytest
import yaml

from orientir.errors import UserError
from orientir.sources.registers.profiles import read_profiles

HEAD, ROW = ["Площадка", "Сколько их"], ["Техникум", "5"]


def profile(folder, name, content):
    (folder.parent / "profiles").mkdir(exist_ok=True)
    (folder.parent / "profiles" / name).write_text(content, encoding="utf-8")


def test_proposed_profile_holds_the_header_and_is_written_once(text, imported, folder):
    text("места.csv", [["Площадка", "Количество мест", "Телефон"], ["Техникум", "5", ""]])
    [path] = imported().proposed
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert (path.name, content) == (
        "workplaces.yaml",
        {
            "register": "workplaces",
            "header": ["Площадка", "Количество мест", "Телефон"],
            "columns": {"places": "Количество мест", "host": "Площадка"},
            "ignored": ["Телефон"],
        },
    )
    assert imported().proposed == ()


def test_unknown_title_is_explained_for_certain_files(text, imported, folder):
    text("места.csv", [HEAD, ROW])
    assert imported().refused
    profile(folder, "mine.yaml", 'register: workplaces\nfiles: "места*"\ncolumns: {places: "Сколько их"}\n')
    result = imported()
    assert result.tables["workplaces"][0]["places"] == "5" and result.proposed == ()


def test_corrected_profile_is_obeyed(text, imported, folder):
    profile(
        folder,
        "mine.yaml",
        "register: workplaces\nheader: [Площадка, Сколько их]\n"
        "columns: {places: Сколько их}\nconstants: {channel: ticket}\n",
    )
    text("места.csv", [HEAD, ROW])
    [row] = imported().tables["workplaces"]
    assert (row["host"], row["channel"], row["places"]) == ("", "ticket", "5")


def test_words_and_schools_are_explained(text, imported, folder):
    profile(
        folder,
        "mine.yaml",
        "register: workplaces\nheader: [Школа, Канал, Количество мест]\n"
        "columns: {organisation: Школа, channel: Канал, places: Количество мест}\n"
        "values: {channel: {ЦЗН: employment_centre}}\norganisations: {Головная: school_1}\n",
    )
    text("места.csv", [["Школа", "Канал", "Количество мест"], ["Головная", "ЦЗН", "5"]])
    [row] = imported().tables["workplaces"]
    assert (row["organisation"], row["channel"]) == ("school_1", "employment_centre")


def test_merged_cells_are_filled_down_where_the_profile_says_so(text, imported, folder):
    profile(
        folder,
        "mine.yaml",
        "register: workplaces\nheader: [Школа, Площадка, Количество мест]\nfill_down: [organisation]\n"
        "columns: {organisation: Школа, host: Площадка, places: Количество мест}\n",
    )
    text("места.csv", [["Школа", "Площадка", "Количество мест"], ["СОШ № 1", "Техникум", "5"], ["", "Шахта", "7"]])
    assert [row["organisation"] for row in imported().tables["workplaces"]] == ["school_1", "school_1"]


def test_every_slip_of_a_profile_is_told(imported, folder):
    profile(folder, "a.yaml", "register: workplases\nheader: [Площадка]\n")
    profile(
        folder,
        "b.yaml",
        "register: workplaces\nheader: [Площадка]\ncolumns: {plases: Площадка, host: База}\n"
        "organisations: {Головная: school_9}\n",
    )
    profile(folder, "c.yaml", "register: workplaces\nheder: [Площадка]\n")
    profile(folder, "d.yaml", "register: workplaces\n")
    with pytest.raises(UserError) as stop:
        imported()
    assert [str(fault) for fault in stop.value.faults] == [
        "profiles/a.yaml:1: register: реестра «workplases» нет. Возможно, имелось в виду «workplaces».",
        "profiles/b.yaml:3: columns.host: заголовка «База» нет в header.",
        "profiles/b.yaml:3: columns.plases: столбца «plases» у реестра нет. Возможно, имелось в виду «places».",
        "profiles/b.yaml:4: organisations.Головная: организации «school_9» нет. Возможно, имелось в виду «school_2».",
        "profiles/c.yaml:2: heder: такого ключа нет, программа его не использует. Возможно, имелось в виду «header».",
        "profiles/d.yaml:1: не сказано, для каких файлов этот профиль. "
        "Укажите заголовки в header или имя файла в files.",
    ]


def test_profiles_of_the_documentation_are_sound(tmp_path):
    page = Path(__file__).parents[2] / "docs" / "howto" / "adding_register.md"
    blocks = re.findall(r"```yaml\n(register: .*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    for number, block in enumerate(blocks):
        (tmp_path / f"{number}.yaml").write_text(block, encoding="utf-8")
    assert [one.register for one in read_profiles(tmp_path, ["school_05"])] == ["diagnostics", "workplaces"]
