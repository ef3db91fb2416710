"""Files of a programme that cannot be read, or that nobody reads."""

from __future__ import annotations

import pytest

from orientir.definitions.loader import load_programme
from orientir.errors import DefinitionError
from small_world import spoil


def test_small_programme_is_sound(small):
    assert load_programme(small).id == "small"


def test_folder_that_is_not_there(tmp_path):
    with pytest.raises(DefinitionError, match=r"nowhere: папки программы нет\. Проверьте имя или путь\."):
        load_programme(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["programme.yaml", "elements.yaml", "report.yaml"])
def test_file_that_is_not_there(small, told, name):
    (small / name).unlink()
    assert told(small) == [f"{name}: файла нет. Он обязателен в папке программы."]


def test_recommendations_may_be_left_out(small):
    (small / "recommendations.yaml").unlink()
    assert load_programme(small).recommendations == ()


def test_no_indicators(small, told):
    (small / "indicators" / "admitted.yaml").unlink()
    assert told(small) == ["indicators: нет ни одного показателя. Опишите показатель в файле."]


CURE = "Опишите в нём то, для чего он предназначен."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", f"1: файл пуст. {CURE}"),
        ("# одни слова\n", f"1: файл пуст. {CURE}"),
        ("- a\n- b\n", f"1: нет записей вида «ключ: значение». {CURE}"),
        ("title\n", f"1: нет записей вида «ключ: значение». {CURE}"),
        (
            "title: a\n  b: c\n",
            "2: ошибка записи YAML: лишнее двоеточие или сбит отступ. Возьмите текст с двоеточием в",
        ),
        ("title: a\n\tkind: b\n", "2: ошибка записи YAML: отступ сделан табуляцией. Замените её пробелами."),
        ("title: a\nkind\nunit: b\n", "3: ошибка записи YAML: после ключа нет двоеточия. Поставьте его."),
        ('title: "a\nkind: b\n', "3: ошибка записи YAML: не закрыта кавычка. Закройте её."),
        ("title: a\nkind: [b, c\nunit: d\n", "3: ошибка записи YAML: не закрыта скобка. Закройте её."),
        ("title: a\n---\ntitle: b\n", "2: ошибка записи YAML: в файле два документа. Уберите строку «---»."),
        ("title: a\x01\n", "1: ошибка записи YAML: запись не разобрана."),
        (
            "title: &a b\n",
            "1: ошибка записи YAML: метки и ссылки YAML (& и *) не допускаются. Повторите запись целиком.",
        ),
        ("a: " + "[" * 10**5, "1: ошибка записи YAML: слишком много вложенных скобок или отступов. Запишите проще."),
    ],
)
def test_file_that_is_no_yaml(small, told, text, said):
    (small / "indicators" / "admitted.yaml").write_text(text, encoding="utf-8")
    place = "indicators/admitted.yaml:"
    assert [line[: len(place + said)] for line in told(small)] == [place + said]


def test_few_lines_that_unfold_without_end(small, told):
    bomb = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (small / "indicators" / "admitted.yaml").write_text("\n".join(bomb), encoding="utf-8")
    said = "ошибка записи YAML: метки и ссылки YAML (& и *) не допускаются. Повторите запись целиком."
    assert told(small) == [f"indicators/admitted.yaml:1: {said}"]


def test_file_in_the_encoding_of_old_windows(small, told):
    text = (small / "indicators" / "admitted.yaml").read_text(encoding="utf-8")
    (small / "indicators" / "admitted.yaml").write_bytes(text.encode("cp1251"))
    assert told(small) == ["indicators/admitted.yaml: файл не в кодировке UTF-8. Сохраните его как UTF-8."]


def test_key_written_twice(small, told):
    spoil(small / "indicators" / "admitted.yaml", "kind: additional", "kind: additional\ntitle: Ещё одна доля")
    said = "indicators/admitted.yaml:4: title: ключ уже записан в строке 1. Оставьте одну запись."
    assert told(small) == [said]


def test_character_that_no_document_can_carry(small, told):
    spoil(small / "indicators" / "admitted.yaml", "short: Поступление", 'short: "Поступление\\u0007"')
    assert told(small) == ["indicators/admitted.yaml:2: short: недопустимый знак U+0007. Удалите его."]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("element.yaml", "файл программой не используется. Возможно, имелось в виду «elements.yaml»."),
        ("indicators/more.yml", "файл программой не используется. Удалите или переименуйте его"),
        ("texts/goals_into.j2", "такого текста в отчёте нет. Возможно, имелось в виду «goals_intro.j2»."),
        ("texts/notes.txt", "такого текста в отчёте нет. Удалите или переименуйте его."),
    ],
)
def test_file_that_nobody_reads(small, told, name, said):
    (small / name).parent.mkdir(exist_ok=True)
    (small / name).write_text("title: a", encoding="utf-8")
    assert [line[: len(name) + 2 + len(said)] for line in told(small)] == [f"{name}: {said}"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Целей:\n{{ goals".encode(), "texts/goals_intro.j2:2: ошибка шаблона: "),
        ("Целей: много".encode("cp1251"), "texts/goals_intro.j2: файл не в кодировке UTF-8."),
    ],
)
def test_text_that_is_no_template(small, told, data, said):
    (small / "texts").mkdir()
    (small / "texts" / "goals_intro.j2").write_bytes(data)
    assert [line[: len(said)] for line in told(small)] == [said]
