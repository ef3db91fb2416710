"""A data package is read whole, or every mistake in it is told: file, line, column, what to do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from orientir.definitions.loader import load_programme
from orientir.errors import PackageError
from orientir.facts.package import read_package
from orientir.model.programme import Programme
from orientir.model.status import CellState
from orientir.resources import example_folder, programme_folder
from small_world import TABLES, describe, spoil, write_package, write_programme


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return load_programme(write_programme(tmp_path_factory.mktemp("programme")))


@pytest.fixture(scope="module")
def shipped() -> Programme:
    return load_programme(programme_folder("career_guidance_2022"))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_package(tmp_path / "package")


def told(folder: Path, programme: Programme) -> list[str]:
    """What is said of the package, a line for each mistake."""
    with pytest.raises(PackageError) as stop:
        read_package(folder, programme)
    return [str(fault) for fault in stop.value.faults]


def test_examples_are_read(shipped):
    package = read_package(example_folder("kemerovo"), shipped)
    assert (len(package.facts), package.territory) == (63, "kemerovo_district")


# ---- cells


@pytest.mark.parametrize(
    "text", ["12 чел.", "6,5", "1 234", "1\u00a0234", "NaN", "1e5", "0x10", "∞", "١٢", "+5", "5.", "--"]
)
def test_text_that_is_no_number(small, package, text):
    spoil(package / "facts.csv", "school_a,2020/21,9,20,", f'school_a,2020/21,9,"{text}",')
    cure = "Оставьте только цифры, без пробелов, запятых и слов."
    assert told(package, small) == [f"package/facts.csv:2: value: «{text}» — не число. {cure}"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-5", "число -5 меньше нуля. Исправьте его."),
        ("6.5", "число 6.5 дробное, а считают людей. Запишите целое."),
        ("9" * 16, "в числе больше 15 знаков. Проверьте его."),
        ("", "ячейка пуста, а пустая ячейка — не ноль. Запишите число или состояние: not_reported"),
    ],
)
def test_number_that_counts_nobody(small, package, text, said):
    spoil(package / "facts.csv", "school_a,2020/21,9,20,", f"school_a,2020/21,9,{text},")
    assert [line[: 28 + len(said)] for line in told(package, small)] == [f"package/facts.csv:2: value: {said}"]


@pytest.mark.parametrize(("text", "state"), [("0", CellState.ZERO), ("-0", CellState.ZERO), ("20.0", CellState.VALUE)])
def test_number_written_otherwise_is_the_same_number(small, package, text, state):
    spoil(package / "facts.csv", "graduates,school_a,2020/21,9,20,", f"graduates,school_a,2020/21,9,{text},")
    spoil(package / "facts.csv", "admitted,school_a,2020/21,9,12,", "admitted,school_a,2020/21,9,0,")
    fact = read_package(package, small).facts[0]
    assert (fact.value, fact.state, str(fact.value)[:1]) == (Decimal(text), state, text.strip("-")[:1])


def test_state_against_a_number(small, package):
    spoil(package / "facts.csv", "9,20,,forms", "9,20,not_reported,forms")
    said = "состояние «not_reported» противоречит числу 20. Запишите «value» или очистите ячейку с числом."
    assert told(package, small) == [f"package/facts.csv:2: status: {said}"]


def test_state_that_is_none_of_five(small, package):
    spoil(package / "facts.csv", "9,20,,forms", "9,,not_reportd,forms")
    said = "«not_reportd»: такого состояния нет. Возможно, имелось в виду «not_reported»."
    assert told(package, small) == [f"package/facts.csv:2: status: {said}"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("graduates,school_a,2020/21", "gradates,school_a,2020/21",
         "element: «gradates»: такой величины нет. Возможно, имелось в виду «graduates»."),
        ("graduates,school_a,2020/21", "graduates,school_aa,2020/21",
         "organisation: «school_aa»: такой организации нет. Возможно, имелось в виду «school_a»."),
        ("graduates,school_a,2020/21", "graduates,school_a,2020/22",
         "period: «2020/22» — не учебный год; пишется, например, 2021/22. Исправьте период."),
        ("9,20,,forms", "9,20,,fomrs", "source: «fomrs»: такого источника нет. Возможно, имелось в виду «forms»."),
        ("9,20,,forms", "8,20,,forms",
         "grade: «8»: в разрезе «Класс» такого значения нет. Допустимы: 11, 9."),
        ("9,20,,forms", "9,20,,", "source: ячейка пуста, а значение обязательно. Заполните её."),
        ("9,20,,forms,", "9,20,,forms,\x01", "note: в ячейке недопустимый знак U+0001. Удалите его."),
        ("9,20,,forms,", "9,20,,forms,\x00", "note: в ячейке недопустимый знак U+0000. Удалите его."),
    ],
)  # fmt: skip
def test_cell_that_means_nothing(small, package, old, new, said):
    spoil(package / "facts.csv", old, new)
    assert told(package, small) == [f"package/facts.csv:2: {said}"]


def test_breakdown_that_the_element_does_not_have(shipped, tmp_path):
    facts = "element,organisation,period,level,grade,stage,channel,value,status,source\n"
    facts += "graduates_9,district,2021/22,,9,,,5,,forms\n"
    sources = TABLES["sources"].replace(",form,", ",oo_1,")
    folder = write_package(tmp_path / "package", facts=facts, sources=sources)
    said = "у величины «graduates_9» нет разреза «grade». Очистите ячейку."
    assert told(folder, shipped) == [f"package/facts.csv:2: grade: {said}"]


def test_count_that_the_programme_makes_itself(shipped, tmp_path):
    facts = "element,organisation,period,level,grade,stage,channel,value,status,source\n"
    facts += "pupils_10,district,2021/22,,,,,5,,forms\n"
    sources = TABLES["sources"].replace(",form,", ",oo_1,")
    folder = write_package(tmp_path / "package", facts=facts, sources=sources)
    said = "величина «pupils_10» не собирается: программа вычисляет её сама. Удалите строку."
    assert told(folder, shipped) == [f"package/facts.csv:2: element: {said}"]


# ---- rows


def test_fact_that_repeats_another(small, package):
    spoil(package / "facts.csv", "graduates,school_b,2020/21,9,30", "graduates,school_a,2020/21,9,30")
    said = "повторяет строку 2: те же величина, организация, период, разрез и источник. Оставьте одну из строк."
    assert told(package, small) == [f"package/facts.csv:3: {said}"]


def test_code_that_two_rows_have(small, package):
    spoil(package / "organisations.csv", "school_b,Школа Б", "school_a,Школа Б")
    assert "package/organisations.csv:4: id: «school_a» уже записано в строке 3. Оставьте одну." in told(package, small)


def test_organisations_in_a_circle(small, package):
    spoil(package / "organisations.csv", "school_a,Школа А,school,district", "school_a,Школа А,school,school_b")
    spoil(package / "organisations.csv", "school_b,Школа Б,school,district", "school_b,Школа Б,school,school_a")
    said = "parent: подчинённость замкнута в круг. Разорвите его: исправьте вышестоящую организацию."
    assert told(package, small) == [f"package/organisations.csv:{line}: {said}" for line in (3, 4)]


def test_organisation_above_itself(small, package):
    spoil(package / "organisations.csv", "school_a,Школа А,school,district", "school_a,Школа А,school,school_a")
    assert [line.partition(" Раз")[0] for line in told(package, small)] == [
        "package/organisations.csv:3: parent: подчинённость замкнута в круг."
    ]


def test_organisation_without_one_above(small, package):
    spoil(package / "organisations.csv", "school_a,Школа А,school,district", "school_a,Школа А,shcool,distrct")
    assert told(package, small) == [
        "package/organisations.csv:3: kind: «shcool»: такого вида организаций нет. Возможно, имелось в виду «school».",
        "package/organisations.csv:3: parent: «distrct»: такой организации нет. Возможно, имелось в виду «district».",
    ]


def test_last_row_is_cut_off(small, package):
    text = TABLES["facts"]
    (package / "facts.csv").write_text(text[: text.rindex(",9,24")], encoding="utf-8")
    said = "в строке ячеек: 3, а столбцов: 8; файл записан не до конца или строка сдвинута. Восстановите строку."
    assert told(package, small) == [f"package/facts.csv:9: {said}"]


def test_rows_are_told_in_the_order_of_their_lines(small, package):
    many = "".join(f"graduates,school_a,20{year}/{year + 1},9,много,,forms,\n" for year in range(30, 42))
    (package / "facts.csv").write_text(TABLES["facts"].partition("\n")[0] + "\n" + many, encoding="utf-8")
    assert [int(line.split(":")[1]) for line in told(package, small)] == list(range(2, 14))


# ---- columns and files


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("value,", "valeu,", ["1: valeu: неизвестный столбец. Возможно, имелось в виду «value».",
                              "1: value: нет обязательного столбца. Добавьте его."]),
        ("value,status", "value,value", ["1: status: нет обязательного столбца. Добавьте его.",
                                         "1: value: столбец повторяется. Оставьте один."]),
    ],
)  # fmt: skip
def test_columns_that_are_not_those_of_the_table(small, package, old, new, said):
    spoil(package / "facts.csv", old, new)
    assert told(package, small) == [f"package/facts.csv:{one}" for one in said]


def test_columns_for_notes_may_be_left_out(small, package):
    rows = [line.rpartition(",")[0] for line in TABLES["facts"].splitlines()]
    (package / "facts.csv").write_text("\n".join(rows), encoding="utf-8")
    assert len(read_package(package, small).facts) == 8


@pytest.mark.parametrize("separator", [";", "\t"])
def test_columns_set_apart_by_something_else(small, package, separator):
    (package / "facts.csv").write_text(TABLES["facts"].replace(",", separator), encoding="utf-8")
    said = "столбцы разделены не запятой. Сохраните файл как CSV с запятой между столбцами."
    assert told(package, small) == [f"package/facts.csv:1: {said}"]


def test_file_in_the_encoding_of_old_windows(small, package):
    (package / "organisations.csv").write_bytes(TABLES["organisations"].encode("cp1251"))
    said = "файл не в кодировке UTF-8. Сохраните его как «CSV UTF-8»."
    assert told(package, small) == [f"package/organisations.csv:2: {said}"]


@pytest.mark.parametrize("write", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_marks_and_line_ends_of_windows_change_nothing(small, package, write: Callable[[str], str]):
    before = read_package(package, small)
    for name in ("organisations", "sources", "facts"):
        (package / f"{name}.csv").write_text(write(TABLES[name]), encoding="utf-8", newline="")
    after = read_package(package, small)
    assert (before.organisations, before.facts) == (after.organisations, after.facts)


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ('"не закрыта', "файл кончился внутри ячейки: не закрыта кавычка."),
        ('"слово"лишнее', "после закрывающей кавычки нет запятой."),
        ("д" * 10_000_000, "ячейка длиннее 131 072 знаков: вероятно, не закрыта кавычка."),
    ],
    ids=["open quote", "text after the quote", "too long"],
)
def test_record_that_cannot_be_read_is_shown_where_it_begins(small, package, note, said):
    spoil(
        package / "facts.csv",
        "graduates,school_a,2021/22,9,22,,forms,",
        f"graduates,school_a,2021/22,9,22,,forms,{note}",
    )
    assert told(package, small) == [f"package/facts.csv:6: {said} Проверьте кавычки в этой строке и ниже."]


def test_empty_file(small, package):
    (package / "facts.csv").write_bytes(b"")
    missing = "нет обязательного столбца. Добавьте его."
    assert f"package/facts.csv:1: element: {missing}" in told(package, small)


# ---- the package itself


def test_folder_that_is_not_there(small, tmp_path):
    where = tmp_path / "nowhere"
    assert told(where, small) == [f"{where}: папки нет. Проверьте путь к пакету данных."]


def test_folder_that_is_no_package(small, tmp_path):
    said = "файла нет: это не пакет данных. Укажите папку, в которой лежит datapackage.json."
    assert told(tmp_path, small) == [f"{tmp_path}/datapackage.json: {said}"]


def test_file_that_is_described_and_not_there(small, package):
    (package / "facts.csv").unlink()
    said = "файл описан в пакете, но его нет или он не читается: пакет записан не до конца."
    cure = "Верните файл или уберите его описание из datapackage.json."
    assert told(package, small) == [f"package/facts.csv: {said} {cure}"]


@pytest.mark.parametrize("digest", ["sha256:" + "0" * 64, "0" * 32])
def test_file_that_is_not_the_one_described(small, package, digest):
    content = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    content["resources"][2]["hash"] = digest
    describe(package, content)
    said = "контрольная сумма не та, что в описании: файл изменён или записан не до конца."
    assert told(package, small) == [f"package/facts.csv: {said} Верните исходный файл или исправьте hash в описании."]


@pytest.mark.parametrize("algorithm", ["sha256", "md5"])
def test_file_that_is_the_one_described(small, package, algorithm):
    digest = hashlib.new(algorithm, (package / "facts.csv").read_bytes()).hexdigest()
    content = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    content["resources"][2]["hash"] = digest if algorithm == "md5" else f"{algorithm}:{digest}"
    describe(package, content)
    assert read_package(package, small).name == "small"


@pytest.mark.parametrize(
    "path", ["../facts.csv", "/etc/passwd", "a/../../facts.csv", "..\\facts.csv", "C:/facts.csv", ""]
)
def test_path_that_leaves_the_folder(small, package, path):
    content = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    content["resources"][2]["path"] = path
    describe(package, content)
    said = f"путь «{path}» выходит из папки пакета. Укажите файл внутри папки."
    assert told(package, small) == [f"package/datapackage.json: resources[2].path: {said}"]


def test_link_that_leaves_the_folder(small, package, tmp_path):
    (package / "facts.csv").rename(tmp_path / "elsewhere.csv")
    (package / "facts.csv").symlink_to(tmp_path / "elsewhere.csv")
    said = "ссылка ведёт за пределы папки пакета. Положите в папку сам файл."
    assert told(package, small) == [f"package/facts.csv: {said}"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"name": "small",\n "title": }', ":2: запись JSON нарушена в позиции 11."),
        ("[" * 100_000, ": файл не разобран как JSON."),
        ("[]", ": нет записей вида «ключ: значение»: это не описание пакета."),
        ("", ":1: запись JSON нарушена в позиции 1."),
    ],
)
def test_description_that_cannot_be_read(small, package, text, said):
    (package / "datapackage.json").write_text(text, encoding="utf-8")
    assert told(package, small) == [f"package/datapackage.json{said} Восстановите файл или запишите его заново."]


def test_every_mistake_of_the_description_is_told(small, package):
    about = {"territory": ["district"], "synthetic": "no", "programme": "other"}
    resources = [{"name": "facts"}, "organisations.csv", {"name": "sources", "path": "sources.csv", "hash": "crc:1"}]
    describe(package, {"title": "\u0007", "orientir": about, "resources": resources})
    assert [line.removeprefix("package/datapackage.json: ").partition(". ")[0] for line in told(package, small)] == [
        "orientir.programme: пакет собран по программе «other», а отчёт — по «small»",
        "orientir.synthetic: нужно true или false, без кавычек",
        "orientir.territory: нужна строка",
        "resources: не описан файл «organisations»",
        "resources: не описан файл «facts»",
        "resources[0]: нужны имя (name) и путь к одному файлу (path)",
        "resources[1]: нужны имя (name) и путь к одному файлу (path)",
        "resources[2].hash: контрольная сумма записана непонятно",
        "title: недопустимый знак U+0007",
    ]


def test_territory_that_is_none_of_the_organisations(small, package):
    content = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    content["orientir"]["territory"] = "region"
    describe(package, content)
    said = "территории «region» нет в organisations.csv. Исправьте код."
    assert told(package, small) == [f"package/datapackage.json: orientir.territory: {said}"]


# ---- the other tables


def test_mistakes_of_registers(small, tmp_path):
    folder = write_package(
        tmp_path / "package",
        sources=TABLES["sources"] + "more,Ещё,,,1,from,\n",
        events="no,title,date_printed,date_from,date_to,link_printed,link,kind,level,format,industry,participants,"
        "source\n0,День,,28.04.2022,,,,,,,,-3,forms\n1,День,,,,,,,,,,,\n1,День,,,,,,,,,,,forms\n",
        activities="id,title,period,value,qualifier,unit,part_of,source\nwork,Труды,2021/22,5,,man,wrok,forms\n",
        open_days="host,title,period,visits,source\nschool,День,2021,7,forms\n",
        actions="id,kind,form,title,act,number,decided_on,owner,due,indicators,organisations,finding,status,evidence,"
        "source\na,order,,Решение,,,,heed,,admitted;admited,school_a; school_c,,,,forms\n",
    )
    assert [line.removeprefix("package/").partition(". ")[0] for line in told(folder, small)] == [
        "actions.csv:2: indicators: «admited»: такого показателя нет",
        "actions.csv:2: kind: «order»: такого вида записи нет",
        "actions.csv:2: organisations: «school_c»: такой организации нет",
        "actions.csv:2: owner: «heed»: такой роли нет",
        "activities.csv:2: part_of: «wrok»: такой записи нет",
        "activities.csv:2: unit: «man»: такой единицы счёта нет",
        "events.csv:2: date_from: «28.04.2022» — не дата",
        "events.csv:2: no: порядковый номер начинается с 1.",
        "events.csv:2: participants: число -3 меньше нуля",
        "events.csv:3: source: ячейка пуста, а значение обязательно",
        "events.csv:4: no: «1» уже записано в строке 3",
        "open_days.csv:2: host: «school»: такой организации нет",
        "open_days.csv:2: period: «2021» — не учебный год; пишется, например, 2021/22",
        "sources.csv:3: programme_source: «from»: такого источника в программе нет",
        "sources.csv:3: rank: «1» уже записано в строке 2",
    ]


def test_one_mistake_in_a_dictionary_brings_forth_no_others(small, package):
    spoil(
        package / "organisations.csv",
        "school_a,Школа А,school,district,,,,",
        "school_a,Школа А,school,district,,,скоро,",
    )
    assert len(told(package, small)) == 1


def test_all_mistakes_of_a_row_are_told(small, package):
    spoil(
        package / "facts.csv", "graduates,school_a,2020/21,9,20,,forms", "gradates,school_c,2020,8,двадцать,none,fomrs"
    )
    columns = [line.split(": ")[1] for line in told(package, small)]
    assert columns == ["element", "grade", "organisation", "period", "source", "status", "value"]
