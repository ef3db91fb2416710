"""What is wrong with a form is told with its file and line, before anybody is asked anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from orientir.definitions.burden import burden_of, uses_of
from orientir.definitions.loader import load_programme

FORM = """\
title: Форма школы
version: "1"
for_kind: school
asks: head
deadline: "10-15"
sections:
  - id: graduates
    title: Выпускники
    columns: grade
    row_total: Всего
    rows:
      - {element: graduates}
      - {element: admitted}
"""


@pytest.fixture
def form(small: Path) -> Path:
    path = small / "forms" / "school.yaml"
    path.parent.mkdir()
    path.write_text(FORM, encoding="utf-8")
    return path


def test_sound_form_is_loaded_and_weighed(small: Path, form: Path) -> None:
    programme = load_programme(small)
    (loaded,) = programme.forms
    burden = burden_of(loaded, programme, known=2)
    assert (burden.cells, burden.known, str(burden.minutes)) == (4, 2, "0.60")
    assert set(uses_of(loaded, programme).values()) == {("Поступление",)}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("for_kind: school", "for_kind: scool", "forms/school.yaml:3: for_kind: вида организаций «scool» нет."),
        ("asks: head", "asks: nobody", "forms/school.yaml:4: asks: роли «nobody» нет."),
        ('"10-15"', '"10-45"', "forms/school.yaml:5: deadline: "),
        ('"10-15"', '"autumn"', "forms/school.yaml:5: deadline: "),
        ("{element: graduates}", "{element: graduate}", "учитываемой величины «graduate» нет."),
        ("columns: grade", "columns: grades", "разреза «grades» нет."),
        ("columns: grade", 'columns: grade\n    members: ["10"]', "в разрезе «grade» значения «10» нет."),
        ("- {element: admitted}", "- {element: graduates}", "уже спрашивают или вычисляют."),
        ("columns: grade", "", "итоги есть только у таблиц."),
        ("  - id: graduates", "  - {id: empty, title: Пусто, rows: []}\n  - id: graduates", "в разделе нет строк."),
        ('"10-15"', '"02-29"', "forms/school.yaml:5: deadline: "),
        ('columns: grade\n    row_total: Всего\n    rows:\n      - {element: graduates}\n',
         'columns: grade\n    members: ["9"]\n    derived: [{element: graduates, row: admitted, members: ["11"]}]'
         "\n    rows:\n",
         "величину «graduates» не из чего сложить"),
        ("      - {element: admitted}\n",
         '      - {element: admitted}\n    derived: [{element: admitted, row: admitted, members: ["10"]}]\n',
         "в разрезе «grade» значения «10» нет."),
    ],
)  # fmt: skip
def test_misfit_is_told_with_its_line(small: Path, form: Path, told, old: str, new: str, said: str) -> None:
    assert old in FORM
    form.write_text(FORM.replace(old, new, 1), encoding="utf-8")
    lines = told(small)
    assert any(line.startswith("forms/school.yaml:") and said in line for line in lines), lines


def test_computed_element_is_not_asked(small: Path, form: Path, told) -> None:
    elements = small / "elements.yaml"
    text = elements.read_text(encoding="utf-8")
    text += "  left_out:\n    title: Не поступили\n    unit: person\n    dimensions: [grade]\n    sources: [form]\n"
    text += "    formula: [{element: graduates}, {element: admitted, weight: -1}]\n"
    elements.write_text(text, encoding="utf-8")
    form.write_text(FORM.replace("{element: admitted}", "{element: left_out}"), encoding="utf-8")
    assert any("величина «left_out» вычисляется, её не спрашивают." in line for line in told(small))


def test_teacher_is_asked_nothing(small: Path, form: Path, told) -> None:
    programme = small / "programme.yaml"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(text.replace("{head: директор школы}", "{head: {title: учитель, teacher: true}}"), "utf-8")
    assert any("forms/school.yaml:4: asks: форму нельзя поручить учителю." in line for line in told(small))


def test_cell_that_nothing_uses_is_refused(small: Path, form: Path, told) -> None:
    """The indicator counts grade 11 alone: what is asked of grade 9 serves nobody."""
    indicator = small / "indicators" / "admitted.yaml"
    text = indicator.read_text(encoding="utf-8").replace("breakdowns: [grade]\n", "")
    for name in ("admitted", "graduates"):
        text = text.replace(f"or: {name}\n", f'or: {{element: {name}, where: {{grade: "11"}}}}\n')
    indicator.write_text(text, encoding="utf-8")
    lines = told(small)
    unneeded = [line for line in lines if "не нужна ни показателю, ни проверке" in line]
    assert [("grade=9" in line, line.startswith("forms/school.yaml:7:")) for line in unneeded] == [(True, True)] * 2
