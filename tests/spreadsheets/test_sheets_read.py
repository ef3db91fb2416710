"""A workbook becomes rows from A1, hidden sheets included; broken formulas are found with their addresses."""

from __future__ import annotations

import io
import struct
from datetime import date, datetime

import pytest
import xlsxwriter

from hostile.hostile_files import honest_xlsx
from hostile.ole_files import book, compound, record
from hostile.workbook_parts import ods, sheet_xml, with_part
from orientir.spreadsheets.archives import members
from orientir.spreadsheets.guard import Refusal, check_bytes
from orientir.spreadsheets.sheets import BrokenFormula, Sheet, address, formula_errors, read_workbook


def written(fill):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    fill(book)
    book.close()
    return file.getvalue()


def first(fill):
    return read_workbook(written(lambda book: fill(book.add_worksheet("Форма"), book)))[0]


def test_rows_begin_at_a1():
    assert first(lambda sheet, _: sheet.write("C2", 7)).rows == [["", "", ""], ["", "", 7.0]]


def test_date_comes_as_date():
    def fill(sheet, book):
        sheet.write_datetime("A1", datetime(2022, 5, 1), book.add_format({"num_format": "dd.mm.yyyy"}))

    assert first(fill).rows == [[date(2022, 5, 1)]]


def test_hidden_sheets_are_read_and_marked():
    def fill(book):
        book.add_worksheet("Форма").write("A1", 1)
        book.add_worksheet("Скрытый").very_hidden()

    assert [sheet.visible for sheet in read_workbook(written(fill))] == [True, False]


def test_merged_area_holds_its_value_in_its_first_cell():
    assert first(lambda sheet, _: sheet.merge_range("A1:B2", "Итого")).rows == [["Итого"]]


def test_path_and_bytes_give_the_same(tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(honest_xlsx())
    assert read_workbook(path) == read_workbook(honest_xlsx(), "xlsx")


def test_text_table_is_one_sheet():
    assert read_workbook("школа;всего\n".encode()) == [Sheet("", [["школа", "всего"]], True)]


def test_repeated_cells_of_ods_are_unfolded():
    cell = '<table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="2"/>'
    rows = read_workbook(ods(f'<table:table-row table:number-rows-repeated="2">{cell}</table:table-row>'))[0].rows
    assert rows == [[2.0, 2.0, 2.0], [2.0, 2.0, 2.0]]


def test_broken_formula_of_ods_is_no_empty_cell():
    cells = '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
    cells += 'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    one = '<table:table-cell office:value-type="float" office:value="1"/>'
    assert read_workbook(ods(f"<table:table-row>{one}{cells}{one}</table:table-row>"))[0].rows == [
        [1.0, "#VALUE!", 1.0]
    ]


def test_broken_formula_of_xls_is_no_empty_cell():
    error = record(0x0205, struct.pack("<HHHBB", 0, 0, 0, 7, 1))
    formula = record(0x0006, struct.pack("<HHHBBBBHH", 0, 1, 0, 2, 0, 23, 0, 0, 0xFFFF) + bytes(8))
    assert read_workbook(compound({"Workbook": book(error + formula)}))[0].rows == [["#DIV/0!", "#REF!"]]


def chart_of(book):
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Первый!$A$1:$A$2"})
    return chart


def test_broken_formula_behind_a_chart_sheet_is_found_on_its_own():
    def fill(book):
        book.add_worksheet("Первый").write("A1", 1)
        book.add_chartsheet("График").set_chart(chart_of(book))
        book.add_worksheet("Второй").write_formula("B3", "=1/0", None, "#DIV/0!")

    assert formula_errors(read_workbook(written(fill))) == [BrokenFormula("Второй", "B3", "#DIV/0!")]


def test_broken_formula_is_told_with_sheet_and_cell():
    sheet = first(lambda sheet, _: sheet.write_formula("B3", "=1/0", None, "#DIV/0!"))
    assert formula_errors([sheet]) == [BrokenFormula("Форма", "B3", "#DIV/0!")]


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [(13, 3, "D14"), (0, 25, "Z1"), (0, 26, "AA1"), (0, 701, "ZZ1"), (1048575, 16383, "XFD1048576")],
)
def test_address_is_that_of_excel(row, column, expected):
    assert address(row, column) == expected


def test_panic_of_the_library_is_a_refusal(monkeypatch):
    class PanicException(BaseException):
        pass

    def panic(*_):
        raise PanicException

    monkeypatch.setattr("orientir.spreadsheets.sheets._sheets", panic)
    with pytest.raises(Refusal, match="не читается"):
        read_workbook(honest_xlsx())


def test_interruption_is_not_taken_for_a_panic(monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("orientir.spreadsheets.sheets._sheets", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read_workbook(honest_xlsx())


def test_sheet_that_names_no_cells_is_placed_in_order():
    xml = sheet_xml("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>")
    assert read_workbook(with_part("xl/worksheets/sheet1.xml", xml))[0].rows == [[1.0, "", 3.0], [4.0, "", ""]]


# ---- what was checked is what is read


def _two(book):
    for name in ("Форма", "Ещё"):
        sheet = book.add_worksheet(name)
        sheet.write("A1", name)
        sheet.write_formula("B1", "=1/0", None, "#DIV/0!")


def test_checked_sheets_alone_are_read():
    data = written(_two)
    kind = check_bytes(data, {"Форма"})
    assert kind.unpacked
    assert [sheet.rows for sheet in read_workbook(data, kind, {"Форма"})] == [[["Форма", "#DIV/0!"]]]
    assert members(kind.unpacked)


@pytest.mark.parametrize("only", [(), ("Ещё",), ("Форма", "Ещё"), ("Нет такого",)])
def test_other_sheets_than_the_checked_ones_are_checked_first(only):
    data = written(_two)
    kind = check_bytes(data, {"Форма"})
    assert read_workbook(data, kind, only) == read_workbook(data, None, only)


def test_large_book_is_not_held_twice():
    def fill(sheet, _):
        for row in range(20_000):
            sheet.write_row(row, 0, [row, row, row, row])

    data = written(lambda book: fill(book.add_worksheet("Форма"), book))
    kind = check_bytes(data)
    assert kind.unpacked == b""
    assert len(read_workbook(data, kind)[0].rows) == 20_000
