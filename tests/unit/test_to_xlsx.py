"""The workbook, read back by other libraries and recomputed by a spreadsheet program."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from orientir.reports.document import Cell, Chart, Column, Document, Link, Num, Row, Section, Table
from orientir.reports.to_xlsx import to_xlsx
from sample_document import sample

NBSP = "\u00a0"
WHOLES = (8, 16, 40, 80, 125, 160, 185, 200, 400, 800)


def read(document: Document) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(document)))


def with_table(table: Table) -> Document:
    return replace(sample(), sections=(Section("only", "analysis", "Раздел", (table,)),))


def share(part: int, whole: int, decimals: int = 1) -> Cell:
    return Cell((Num("n1", "доля"),), Decimal(part) / Decimal(whole), decimals, True, (0, 1))


def count(number: int) -> Cell:
    return Cell((Num("n1", str(number)),), Decimal(number))


def table_of(*rows: Row, titles: tuple[str, ...] = ("Часть", "Целое", "Доля")) -> Table:
    return Table("t-one", "Таблица", tuple(Column(title) for title in titles), rows)


def halves() -> Table:
    """Shares that stand exactly between two printed values are among these."""
    pairs = [(part, whole) for whole in WHOLES for part in range(0, whole + 1, max(1, whole // 40))]
    rows = [Row((count(p), count(w), *(share(p, w, decimals) for decimals in (0, 1, 2)))) for p, w in pairs]
    return table_of(*rows, titles=("Часть", "Целое", "0", "1", "2"))


def formulas(book: Workbook) -> Iterator[tuple[str, str]]:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell.coordinate) for cell in row if cell.data_type == "f")


def find(sheet: Worksheet, text: str) -> tuple[int, int]:
    cells = (cell for row in sheet.iter_rows() for cell in row)
    return next((cell.row, cell.column) for cell in cells if cell.value == text)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_xlsx(sample()) == to_xlsx(sample())


def test_every_table_and_figure_has_a_sheet_that_the_contents_lead_to() -> None:
    book = read(sample())
    assert book.sheetnames == ["Содержание", "Табл. 1", "Рис. 1", "Табл. 2"]
    contents = book["Содержание"]
    links = {cell.value: cell.hyperlink.location for row in contents for cell in row if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in book.sheetnames[1:]}
    assert all(book[name]["A1"].hyperlink.location == "'Содержание'!A1" for name in book.sheetnames[1:])


def test_the_contents_say_what_the_report_is() -> None:
    document = sample()
    told = {cell.value for row in read(document)["Содержание"] for cell in row}
    assert {document.title, document.territory, document.period, "Дата отчёта: 30.08.2022", *document.marks} <= told
    assert {text for pair in document.passport for text in pair} <= told


def test_marks_stand_on_every_sheet_and_on_every_printed_page() -> None:
    for sheet in read(sample()):
        assert find(sheet, sample().marks[0])
        assert sample().marks[0] in sheet.oddHeader.center.text
        assert "&P" in sheet.oddFooter.right.text


def test_a_header_keeps_its_levels() -> None:
    sheet = read(sample())["Табл. 1"]
    top, _ = find(sheet, f"2019/20 уч.{NBSP}г.")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {f"A{top}:C{top}", f"D{top}:F{top}", f"G{top}:I{top}"} <= merged
    assert [cell.value for cell in sheet[top + 2]] == list(range(1, 10))


def test_the_header_stays_on_the_screen_and_on_every_page() -> None:
    sheet = read(sample())["Табл. 1"]
    top, _ = find(sheet, f"2019/20 уч.{NBSP}г.")
    assert sheet.freeze_panes == f"A{top + 3}"
    assert sheet.print_title_rows == f"${top}:${top + 2}"


def test_a_sheet_prints_on_a4_one_page_wide() -> None:
    book = read(sample())
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        # One page wide is what a workbook means when it is silent about the width.
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert book["Табл. 2"].page_setup.orientation == "landscape"
    assert book["Содержание"].page_setup.orientation == "portrait"


def test_counts_are_numbers_and_shares_are_formulas_over_them() -> None:
    sheet = read(sample())["Табл. 1"]
    row = find(sheet, 94)[0]
    assert [cell.value for cell in sheet[row][:3]] == [94, 48, f'=IF(A{row}=0,"",ROUND(B{row}/A{row},3))']
    assert [cell.number_format for cell in sheet[row][:3]] == ["0", "0", f'0.0"{NBSP}"%']


def test_a_reader_without_formulas_sees_what_the_report_prints() -> None:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(sample()))).get_sheet_by_name("Табл. 1").to_python()
    assert [94, 48, 0.511, 77, 44, 0.571, 80, 46, 0.575] in rows


def test_counts_that_do_not_give_the_share_are_refused() -> None:
    with pytest.raises(ValueError, match="do not give the share"):
        to_xlsx(with_table(table_of(Row((count(1), count(2), share(2, 3))))))


def test_a_share_of_something_unknown_has_no_formula() -> None:
    unknown = Cell(("не представлено",))
    sheet = read(with_table(table_of(Row((unknown, count(2), share(1, 2))))))["Табл. 1"]
    row = find(sheet, "не представлено")[0]
    assert sheet.cell(row, 3).value == 0.5


def test_a_missing_value_is_text_and_not_zero() -> None:
    sheet = read(with_table(table_of(Row((count(1), count(0), Cell(("—",), None, 1, True, (0, 1)))))))["Табл. 1"]
    assert sheet[find(sheet, "—")[0]][2].value == "—"


@pytest.mark.parametrize(
    ("cell", "value", "number_format"),
    [
        (Cell(("57,5\u00a0%",), Decimal("0.575"), 1, True), 0.575, f'0.0"{NBSP}"%'),
        (Cell(("12\u00a0345",), Decimal(12345)), 12345, "#,##0"),
        (Cell(("2,50",), Decimal("2.5"), 2), 2.5, "0.00"),
        (Cell(("+0,4\u00a0п.\u00a0п.",), Decimal("0.004"), 1, True), 0.4, '+0.0"\u00a0п.\u00a0п."'),
        (Cell(("−0,4\u00a0п.\u00a0п.",), Decimal("-0.004"), 1, True), -0.4, '+0.0"\u00a0п.\u00a0п."'),
    ],
)
def test_a_number_is_shown_as_the_report_prints_it(cell: Cell, value: float, number_format: str) -> None:
    sheet = read(with_table(table_of(Row((cell,)), titles=("Число",))))["Табл. 1"]
    row = find(sheet, "Число")[0] + 1
    assert sheet.cell(row, 1).value == pytest.approx(value)
    assert sheet.cell(row, 1).number_format.split(";")[0] == number_format


def test_text_never_becomes_a_formula_or_a_link_to_a_file() -> None:
    cells = (Cell(("=1+1",)), Cell(("417",)), Cell((Link("файл", "file:///etc/hosts"),)))
    sheet = read(with_table(table_of(Row(cells))))["Табл. 1"]
    row = find(sheet, "=1+1")[0]
    assert [cell.data_type for cell in sheet[row]] == ["s", "s", "s"]
    assert sheet.cell(row, 3).hyperlink is None


def test_a_total_row_is_bold() -> None:
    sheet = read(sample())["Табл. 2"]
    assert all(cell.font.bold for cell in sheet[find(sheet, "Всего")[0]])


def test_a_group_row_runs_over_empty_cells_and_is_not_merged() -> None:
    sheet = read(sample())["Табл. 2"]
    group = find(sheet, "Численность")[0]
    assert [cell.value for cell in sheet[group]] == ["Численность", None, None, None]
    assert not [area for area in sheet.merged_cells.ranges if area.min_row == group]


def test_rows_of_a_long_table_can_be_chosen() -> None:
    rows = tuple(Row((count(number),)) for number in range(30))
    sheet = read(with_table(table_of(*rows, titles=("Число",))))["Табл. 1"]
    header = find(sheet, "Число")[0]
    assert sheet.auto_filter.ref == f"A{header}:A{header + 30}"


def test_a_table_with_levels_in_its_header_has_no_filter() -> None:
    assert read(sample())["Табл. 1"].auto_filter.ref is None


def test_a_long_caption_is_wrapped_over_the_table_in_a_row_high_enough() -> None:
    table = replace(sample().sections[0].blocks[3], caption="Очень длинный заголовок таблицы " * 12)
    sheet = read(with_table(table))["Табл. 1"]
    assert "A3:I3" in {str(area) for area in sheet.merged_cells.ranges}
    assert sheet["A3"].alignment.wrap_text
    assert sheet.row_dimensions[3].height > 3 * sheet["A3"].font.size


def test_a_figure_draws_the_numbers_of_its_own_sheet() -> None:
    sheet = read(sample())["Рис. 1"]
    (chart,) = sheet._charts
    row = find(sheet, "2019/20")[0]
    first, second = chart.series
    assert first.val.numRef.f == f"'Рис. 1'!$B${row}:$B${row + 2}"
    assert first.errBars.plus.numRef.f == f"'Рис. 1'!$H${row}:$H${row + 2}"
    assert second.val.numRef.f == f"'Рис. 1'!$E${row}:$E${row + 2}"
    assert first.dLbls.numFmt == f'0.0"{NBSP}"%'
    assert chart.y_axis.scaling.min == 0


def test_an_axis_of_shares_holds_the_whole_intervals() -> None:
    assert read(sample())["Рис. 1"]._charts[0].y_axis.scaling.max == 0.8


def test_a_figure_is_told_in_words() -> None:
    chart = next(block for block in sample().blocks if isinstance(block, Chart))
    with zipfile.ZipFile(io.BytesIO(to_xlsx(sample()))) as archive:
        assert f'descr="{chart.alt}"' in archive.read("xl/drawings/drawing1.xml").decode()


def test_a_missing_value_is_a_gap_in_a_figure() -> None:
    sheet = read(sample())["Рис. 1"]
    assert sheet.cell(find(sheet, "2021/22")[0], 5).value is None
    assert sheet._charts[0].display_blanks == "gap"


@pytest.mark.slow
def test_a_spreadsheet_program_computes_what_is_cached(tmp_path: Path) -> None:
    document = replace(sample(), sections=(*sample().sections, Section("x", "analysis", "Половины", (halves(),))))
    data = to_xlsx(document)
    cached = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    with_formulas = openpyxl.load_workbook(io.BytesIO(data))
    computed = recomputed(with_formulas, tmp_path)
    places = list(formulas(with_formulas))
    assert len(places) > 600
    for sheet, place in places:
        assert computed[sheet][place].value == pytest.approx(cached[sheet][place].value, abs=1e-12), (sheet, place)


def recomputed(book: Workbook, folder: Path) -> Workbook:
    """Saved without its cached values, so that the program has to compute."""
    book.save(folder / "bare.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), "bare.xlsx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return openpyxl.load_workbook(folder / "out" / "bare.xlsx", data_only=True)
