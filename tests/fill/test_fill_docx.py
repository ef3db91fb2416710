"""A Word document is filled in place: cells of tables and blanks of paragraphs, in the look they have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from fill_world import institute_form, parts
from filling_forms import Fill, listed

Confirmed = Callable[..., Path]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return institute_form(tmp_path / "form.docx")


@pytest.fixture
def filled(form: Path, fill: Fill, confirmed: Confirmed) -> Path:
    out = form.with_name("out.docx")
    assert fill(form, out, mapping=confirmed(form)).code == 0
    return out


def test_cells_of_a_table_with_merged_headings_are_filled(filled: Path) -> None:
    table = Document(str(filled)).tables[0]
    assert [[cell.text for cell in row.cells[1:3]] for row in table.rows[2:]] == [
        ["77", "80"],
        ["57,1\u00a0%", "57,5\u00a0%"],
    ]


def test_blanks_of_paragraphs_are_filled(filled: Path) -> None:
    texts = [paragraph.text for paragraph in Document(str(filled)).paragraphs]
    assert texts[1] == "Муниципальное образование: Кемеровский муниципальный округ"
    assert texts[2] == "Выпускников 9 классов: 419 чел., из них поступили в колледжи 67,3 %."


def test_run_keeps_its_look(filled: Path) -> None:
    table: Any = Document(str(filled)).tables[0]
    [run] = table.cell(2, 2).paragraphs[0].runs
    assert (run.text, run.font.size.pt, run.font.name) == ("80", 14, "Liberation Serif")


def test_empty_cell_takes_the_look_of_its_paragraph(filled: Path) -> None:
    table: Any = Document(str(filled)).tables[0]
    [run] = table.cell(2, 1).paragraphs[0].runs
    assert (run.text, run.bold) == ("77", True)


def test_only_the_text_of_the_document_changes(form: Path, filled: Path) -> None:
    before, after = parts(form), parts(filled)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}
    assert list(before) == list(after)


def test_blank_over_several_runs_is_one_blank(tmp_path: Path, fill: Fill, confirmed: Confirmed) -> None:
    document: Any = Document()
    line = document.add_paragraph("Выпускников 11 классов: __")
    line.add_run("___").bold = True
    line.add_run("_ чел.")
    form, out = tmp_path / "runs.docx", tmp_path / "out.docx"
    document.save(form)
    fill(form, out, mapping=confirmed(form))
    assert Document(str(out)).paragraphs[0].text == "Выпускников 11 классов: 80 чел."


def test_content_control_is_filled_and_shows_its_prompt_no_more(
    tmp_path: Path, fill: Fill, confirmed: Confirmed
) -> None:
    document: Any = Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Показатель", "2021/22"
    table.cell(1, 0).text = "Выпускники 9 классов"
    control, settings, content = (OxmlElement(f"w:{tag}") for tag in ("sdt", "sdtPr", "sdtContent"))
    settings.append(OxmlElement("w:showingPlcHdr"))
    paragraph = table.cell(1, 1).paragraphs[0]
    run = paragraph.add_run("Место для ввода текста.")
    content.append(run._r)
    control.append(settings)
    control.append(content)
    paragraph._p.append(control)
    form, out = tmp_path / "control.docx", tmp_path / "out.docx"
    document.save(form)
    fill(form, out, mapping=confirmed(form))
    xml = parts(out)["word/document.xml"].decode()
    assert ">419</w:t>" in xml
    assert "showingPlcHdr" not in xml


def test_field_with_a_formula_is_left_to_word(tmp_path: Path, fill: Fill, confirmed: Confirmed) -> None:
    document: Any = Document()
    table = document.add_table(rows=3, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Показатель", "2021/22"
    table.cell(1, 0).text, table.cell(2, 0).text = "Выпускники 9 классов", "Итого"
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " =SUM(ABOVE) ")
    table.cell(2, 1).paragraphs[0]._p.append(field)
    form, out = tmp_path / "field.docx", tmp_path / "out.docx"
    document.save(form)
    fill(form, out, mapping=confirmed(form))
    addresses = [row[2] for row in listed(tmp_path / "first.mapping.xlsx", "Соответствие")[1:]]
    assert addresses == ["строка 2, столбец 2"]
    assert 'w:dirty="true"' in parts(out)["word/document.xml"].decode()
