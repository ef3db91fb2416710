"""Files that people or machines may send and that must do no harm: each kind by its name.

`KINDS` maps a name to a maker: `make(folder)` writes one file there and returns its path. `READABLE` names those that
look odd but are honest and must be read; all the others must be refused with what, and what to do.
"""

from __future__ import annotations

import io
import os
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from hostile.ole_files import book, compound, number_cell, record, shared_cell, shared_strings
from hostile.workbook_parts import (
    FIRST_SHEET,
    honest_xlsx,
    ods,
    parts,
    sheet_xml,
    with_part,
    with_rows,
    with_strings,
    zipped,
)

Maker = Callable[[Path], Path]
KINDS: dict[str, Maker] = {}
READABLE: set[str] = set()


def _kind(file: str = "form.xlsx", *, readable: bool = False) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Register a function that returns the bytes of the file."""

    def register(content: Callable[[], bytes]) -> Callable[[], bytes]:
        def make(folder: Path) -> Path:
            path = folder / file
            path.write_bytes(content())
            return path

        _add(content.__name__, make, readable)
        return content

    return register


def _special(*, readable: bool = False) -> Callable[[Maker], Maker]:
    """Register a function that itself puts something into the folder."""

    def register(make: Maker) -> Maker:
        _add(make.__name__, make, readable)
        return make

    return register


def _add(name: str, make: Maker, readable: bool) -> None:
    KINDS[name] = make
    if readable:
        READABLE.add(name)


# ---- not a file, or not one that can be read


@_special()
def folder(place: Path) -> Path:
    (place / "form.xlsx").mkdir()
    return place / "form.xlsx"


@_special()
def symlink_to_form(place: Path) -> Path:
    (place / "real.bin").write_bytes(honest_xlsx())
    (place / "form.xlsx").symlink_to(place / "real.bin")
    return place / "form.xlsx"


@_special()
def symlink_to_nowhere(place: Path) -> Path:
    (place / "form.xlsx").symlink_to(place / "absent")
    return place / "form.xlsx"


@_special()
def symlink_to_endless_device(place: Path) -> Path:
    (place / "form.xlsx").symlink_to("/dev/zero")
    return place / "form.xlsx"


@_special()
def fifo(place: Path) -> Path:
    os.mkfifo(place / "form.xlsx")
    return place / "form.xlsx"


@_special()
def unix_socket(place: Path) -> Path:
    path = place / "s.xlsx"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(path))
    return path


@_special()
def sparse_giant(place: Path) -> Path:
    with (place / "form.xlsx").open("wb") as file:
        file.truncate(10**12)
    return place / "form.xlsx"


@_kind()
def zero_bytes() -> bytes:
    return b""


@_kind()
def three_bytes() -> bytes:
    return b"PK\x03"


@_kind()
def only_nulls() -> bytes:
    return bytes(50_000)


@_kind()
def noise() -> bytes:
    return zlib.compress(b"".join(struct.pack("<I", number * 2654435761 % 2**32) for number in range(5000)))


# ---- another format under this name


@_kind()
def jpeg() -> bytes:
    return b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(5000)


@_kind()
def png() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(5000)


@_kind()
def pdf() -> bytes:
    return b"%PDF-1.7\n" + b"1 0 obj <<>> endobj\n" * 100


@_kind()
def program() -> bytes:
    return b"MZ" + bytes(5000)


@_kind("form.xls")
def html_as_xls() -> bytes:
    return "<html><body><table><tr><td>Школа</td><td>12</td></tr></table></body></html>".encode()


@_kind("form.xls")
def xml_2003_as_xls() -> bytes:
    return b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook></Workbook>'


@_kind("form.ods")
def flat_ods() -> bytes:
    return b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'


@_kind("form.xls")
def rtf_as_xls() -> bytes:
    return b"{\\rtf1\\ansi 12}"


@_kind("form.xls")
def excel_of_1990() -> bytes:
    return b"\x09\x02\x06\x00\0\0\x10\0\0\0" + bytes(100)


@_kind()
def docx() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})


@_kind()
def pptx() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<presentation/>"})


@_kind()
def xlsb() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": bytes(100)})


@_kind()
def zip_of_forms() -> bytes:
    return zipped({"school_01.xlsx": honest_xlsx()})


@_kind()
def text_document_odt() -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})


@_kind("form.xls")
def word_97() -> bytes:
    return compound({"WordDocument": bytes(5000)})


@_kind(readable=True)
def csv_as_xlsx() -> bytes:
    return "школа;всего\nШкола № 1;12\n".encode("cp1251")


@_kind("form.xls", readable=True)
def xlsx_as_xls() -> bytes:
    return honest_xlsx()


# ---- what runs, and what is locked


@_kind()
def macros_renamed_to_xlsx() -> bytes:
    return with_part("xl/vbaProject.bin", compound({"VBA": bytes(5000)}))


@_kind("form.xlsm")
def macros_by_content_type() -> bytes:
    types = parts()["[Content_Types].xml"].replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")
    return with_part("[Content_Types].xml", types)


@_kind()
def excel4_macro_sheet() -> bytes:
    return with_part("xl/macrosheets/sheet1.xml", sheet_xml("", root="macrosheet"))


@_kind("form.xls")
def macros_xls() -> bytes:
    return compound({"Workbook": book(number_cell(0, 0, 1)), "_VBA_PROJECT_CUR": bytes(5000)})


@_kind("form.ods")
def macros_ods() -> bytes:
    return ods("<table:table-row/>", more={"Basic/Standard/Module1.xml": b"<module/>"})


@_kind()
def password_xlsx() -> bytes:
    return compound({"EncryptedPackage": bytes(9000), "EncryptionInfo": bytes(300)})


@_kind("form.xls")
def password_xls() -> bytes:
    return compound({"Workbook": book(number_cell(0, 0, 1), before=record(0x002F, bytes(54)))})


@_kind("form.ods")
def password_ods() -> bytes:
    return ods("<table:table-row/>", manifest="<manifest:encryption-data/>")


@_kind()
def password_zip() -> bytes:
    data = bytearray(honest_xlsx())
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


# ---- archives that lie


@_kind()
def cut_in_half() -> bytes:
    return honest_xlsx()[: len(honest_xlsx()) // 2]


@_kind()
def cut_at_last_byte() -> bytes:
    return honest_xlsx()[:-1]


@_kind()
def head_overwritten() -> bytes:
    return b"PK\x03\x04" + bytes(200) + honest_xlsx()[204:]


@_kind()
def zip_bomb_declared() -> bytes:
    return with_part("xl/media/image1.png", bytes(150_000_000))


@_kind()
def zip_bomb_lying_about_size() -> bytes:
    """Three hundred megabytes in a part that states a hundred bytes."""
    data = bytearray(with_part(FIRST_SHEET, sheet_xml(" " * 300_000_000)))
    place = data.find(FIRST_SHEET.encode(), data.find(b"PK\x01\x02")) - 46
    struct.pack_into("<I", data, place + 24, 100)
    return bytes(data)


@_kind()
def zip_with_overlapping_parts() -> bytes:
    """Two entries of the directory share the packed bytes of one part."""
    data = bytearray(honest_xlsx())
    first = data.find(b"PK\x01\x02")
    name_lengths = struct.unpack_from("<HHH", data, first + 28)
    second = first + 46 + sum(name_lengths)
    struct.pack_into("<I", data, second + 42, struct.unpack_from("<I", data, first + 42)[0])
    return bytes(data)


@_kind()
def zip_with_too_many_parts() -> bytes:
    return zipped(parts() | {f"xl/media/{number}.png": b"" for number in range(5000)})


@_kind()
def zip_with_twin_parts() -> bytes:
    content = parts()
    return zipped(content | {FIRST_SHEET.upper(): content[FIRST_SHEET]})


@_kind()
def zip_leading_out_of_folder() -> bytes:
    return with_part("../../outside.xml", b"<x/>")


@_kind()
def zip_with_absolute_name() -> bytes:
    return with_part("C:\\Windows\\outside.xml", b"<x/>")


@_kind()
def zip_with_wrong_checksum() -> bytes:
    data = bytearray(honest_xlsx())
    place = data.find(FIRST_SHEET.encode(), data.find(b"PK\x01\x02")) - 46
    struct.pack_into("<I", data, place + 16, 12345)
    return bytes(data)


@_kind()
def zip_with_rare_compression() -> bytes:
    return zipped(parts(), zipfile.ZIP_LZMA)


@_kind()
def zip_pointing_past_its_end() -> bytes:
    data = bytearray(honest_xlsx())
    place = data.find(b"PK\x01\x02")
    struct.pack_into("<I", data, place + 42, 0x7FFFFFFF)
    return bytes(data)


@_kind(readable=True)
def zip_inside_zip() -> bytes:
    return with_part("xl/embeddings/book.xlsx", honest_xlsx())


@_kind(readable=True)
def zip_with_comment() -> bytes:
    file = io.BytesIO(honest_xlsx())
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = b"made by hand"
    return file.getvalue()


# ---- XML that hurts

_LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{('&' + before + ';') * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@_kind()
def xml_bomb_in_sheet() -> bytes:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>'
    return with_part(FIRST_SHEET, sheet_xml(rows, before=_LAUGHS + "]>"))


@_kind()
def xml_bomb_in_strings() -> bytes:
    return with_part("xl/sharedStrings.xml", f"{_LAUGHS}]><sst><si><t>&i;</t></si></sst>".encode())


@_kind()
def xml_bomb_behind_comment() -> bytes:
    return with_part("xl/workbook.xml", f"<!-- {'x' * 9000} -->\n{_LAUGHS}]><workbook/>".encode())


@_kind("form.ods")
def xml_bomb_ods() -> bytes:
    return ods("<table:table-row/>", more={"styles.xml": f"{_LAUGHS}]><x/>".encode()})


@_kind()
def xml_reading_other_files() -> bytes:
    before = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return with_part(FIRST_SHEET, sheet_xml('<row r="1"><c r="A1"><v>&f;</v></c></row>', before=before))


@_kind()
def xml_in_utf16() -> bytes:
    return with_part(FIRST_SHEET, sheet_xml('<row r="1"/>').decode().encode("utf-16"))


@_kind()
def xml_nested_deeply() -> bytes:
    return with_rows('<row r="1"><c r="A1">' + "<x>" * 500_000 + "</x>" * 500_000 + "</c></row>")


@_kind()
def xml_cut_short() -> bytes:
    return with_part(FIRST_SHEET, sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')[:-40])


@_kind()
def xml_not_utf8() -> bytes:
    body = sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>XXXX</t></is></c></row>').replace(
        b"XXXX", b"\xff\xfe\xff\xc0"
    )
    return with_part(FIRST_SHEET, body)


@_kind()
def text_of_fifty_megabytes() -> bytes:
    return with_rows(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 50_000_000}</t></is></c></row>')


# ---- cells that unfold


@_kind()
def cell_in_last_corner() -> bytes:
    return with_rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


@_kind()
def cell_in_last_corner_lower_case() -> bytes:
    return with_rows("<row r='1'><c r='A1'><v>1</v></c><c r = 'xfd1048576'><v>1</v></c></row>")


@_kind()
def cell_far_behind_fake_attribute() -> bytes:
    return with_rows("""<row r="1"><c x=' r="A1"' r="XFD1048576"><v>1</v></c></row>""")


@_kind()
def cell_with_overflowing_reference() -> bytes:
    return with_rows('<row r="99999999999"><c r="ZZZZZZZ99999999999"><v>1</v></c></row>')


@_kind()
def cell_in_row_zero() -> bytes:
    return with_rows('<row r="0"><c r="A0"><v>1</v></c></row>')


@_kind()
def wide_and_tall_without_references() -> bytes:
    wide = f"<row>{'<c/>' * 16000}<c><v>1</v></c></row>"
    return with_rows(wide + "<row><c><v>1</v></c></row>" * 20_000)


@_kind()
def broken_formula_in_row_without_number() -> bytes:
    return with_rows('<row r="x"><c r="A1" t="e"><v>#REF!</v></c></row>')


@_kind(readable=True)
def number_of_five_thousand_digits() -> bytes:
    return with_rows(f'<row r="1000"><c r="A1000"><v>{"9" * 5000}</v></c></row>')


@_kind()
def two_cells_far_apart() -> bytes:
    return with_rows('<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>')


@_kind()
def one_long_string_in_many_cells() -> bytes:
    cells = '<c t="s"><v>0</v></c>' * 100
    return with_strings(["я" * 30_000], f"<row>{cells}</row>" * 500)


@_kind()
def many_empty_strings() -> bytes:
    return with_part("xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 15_000_000 + b"</sst>")


@_kind()
def many_cells_at_one_place() -> bytes:
    return with_rows('<row r="1">' + '<c r="A1"><v>1</v></c>' * 3_000_000 + "</row>")


@_kind()
def one_sheet_listed_many_times() -> bytes:
    body = parts()["xl/workbook.xml"]
    twins = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (number, number) for number in range(9, 200))
    return with_part("xl/workbook.xml", body.replace(b"</sheets>", twins + b"</sheets>"))


@_kind()
def three_hundred_sheets() -> bytes:
    content = parts()
    sheets = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId%d"/>' % (n, n, n) for n in range(100, 400))
    links = b"".join(
        b'<Relationship Id="rId%d" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        b'Target="worksheets/sheet%d.xml"/>' % (n, n)
        for n in range(100, 400)
    )
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(b"</sheets>", sheets + b"</sheets>")
    rels = "xl/_rels/workbook.xml.rels"
    content[rels] = content[rels].replace(b"</Relationships>", links + b"</Relationships>")
    return zipped(content | {f"xl/worksheets/sheet{n}.xml": sheet_xml("") for n in range(100, 400)})


@_kind("form.ods")
def ods_rows_repeated() -> bytes:
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    return ods(f'<table:table-row table:number-rows-repeated="100000000">{cell}</table:table-row>')


@_kind("form.ods")
def ods_columns_repeated() -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="4000000000" office:value-type="float" office:value="1"/>'
    return ods(f"<table:table-row>{cell}</table:table-row>")


@_kind("form.ods")
def ods_empty_then_filled() -> bytes:
    gap = '<table:table-cell table:number-columns-repeated="900000000"/>'
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    return ods(f"<table:table-row>{gap}{cell}</table:table-row>")


@_kind("form.ods")
def ods_long_text_repeated() -> bytes:
    repeated = '<table:table-cell table:number-columns-repeated="1000" office:value-type="string">'
    text = f"{repeated}<text:p>{'я' * 9000}</text:p>"
    return ods(f'<table:table-row table:number-rows-repeated="100">{text}</table:table-cell></table:table-row>')


@_kind("form.ods")
def ods_without_tables() -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": b"<x/>"})


@_kind("form.xls")
def xls_cell_in_last_corner() -> bytes:
    return compound({"Workbook": book(number_cell(0, 0, 1) + number_cell(65535, 65535, 1))})


@_kind("form.xls")
def xls_of_stated_terabytes() -> bytes:
    extent = record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    return compound({"Workbook": book(extent + number_cell(0, 0, 1))})


@_kind("form.xls")
def xls_of_stated_billions_of_strings() -> bytes:
    strings = record(0x00FC, struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF) + shared_strings(["да"])[12:])
    return compound({"Workbook": book(shared_cell(0, 0, 0), strings=strings)})


@_kind("form.xls")
def xls_header_promising_too_much() -> bytes:
    data = bytearray(compound({"Workbook": book(number_cell(0, 0, 1))}))
    struct.pack_into("<I", data, 44, 0x7FFFFFFF)
    return bytes(data)


@_kind("form.xls")
def xls_that_makes_the_reader_panic() -> bytes:
    """A defined name of four bytes."""
    return compound({"Workbook": book(number_cell(0, 0, 1), before=record(0x0018, bytes(4)))})


@_kind("form.xls")
def xls_chain_in_a_ring() -> bytes:
    return compound({"Workbook": book(number_cell(0, 0, 1))}, ring=True)


@_kind("form.xls")
def xls_cut_short() -> bytes:
    return compound({"Workbook": book(number_cell(0, 0, 1) * 2000)})[:9000]


@_kind("form.xls")
def xls_records_of_noise() -> bytes:
    return compound({"Workbook": bytes(range(256)) * 40})


@_kind("form.xls")
def xls_long_text_in_many_cells() -> bytes:
    cells = b"".join(shared_cell(number, 0, 0) for number in range(60_000))
    return compound({"Workbook": book(cells, strings=shared_strings(["я" * 4000]))})


# ---- odd, but honest


@_kind(readable=True)
def million_formatted_rows() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 1_000_001))
    return with_rows(f'<row r="1"><c r="A1"><v>12</v></c></row>{rows}')


@_kind(readable=True)
def register_of_many_rows() -> bytes:
    rows = "".join(f'<row r="{n}">' + "".join(f'<c r="{c}{n}"><v>{n}</v></c>' for c in "ABCDEFGHIJKLMNO") + "</row>"
                   for n in range(1, 30_001))  # fmt: skip
    return with_rows(rows)


@_kind(readable=True)
def register_at_the_limit() -> bytes:
    cells = [[f'<c r="{c}{n}" t="s"><v>{n % 3}</v></c>' for c in "ABCDEFGHIJ"] for n in range(1, 90_001)]
    rows = "".join(f'<row r="{n}">{"".join(row)}</row>' for n, row in enumerate(cells, 1))
    return with_strings(["школа", "мероприятие", "класс 9"], rows)


@_kind(readable=True)
def register_of_texts() -> bytes:
    rows = "".join(f'<row r="{n}">' + "".join(f'<c r="{c}{n}" t="s"><v>{n % 500}</v></c>' for c in "ABCDE") + "</row>"
                   for n in range(1, 60_001))  # fmt: skip
    return with_strings([f"{number} " + "я" * 50 for number in range(499)] + ["я" * 5000], rows)


@_kind("form.ods", readable=True)
def ods_formatted_to_last_row() -> bytes:
    cell = '<table:table-cell office:value-type="float" office:value="12"/>'
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    tail = f'<table:table-row table:number-rows-repeated="1048575">{blank}'
    return ods(f"<table:table-row>{cell}</table:table-row>{tail}</table:table-row>")


@_kind("form.xls", readable=True)
def xls_honest() -> bytes:
    return compound({"Workbook": book(number_cell(0, 0, 12))})


@_kind(readable=True)
def prefixed_strict_xml() -> bytes:
    content = parts()
    for name in ("xl/workbook.xml", FIRST_SHEET):
        content[name] = content[name].replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                              b"http://purl.oclc.org/ooxml/spreadsheetml/main")  # fmt: skip
    return zipped(content)


def _written(fill: Callable[[xlsxwriter.Workbook], None], options: dict[str, object] | None = None) -> bytes:
    file = io.BytesIO()
    book_ = xlsxwriter.Workbook(file, {"in_memory": True, **(options or {})})
    fill(book_)
    book_.close()
    return file.getvalue()


@_kind(readable=True)
def external_links() -> bytes:
    return _written(lambda it: it.add_worksheet("Форма").write_formula("A1", "='[other.xlsx]Лист1'!A1", None, 12))


@_kind(readable=True)
def very_hidden_sheet() -> bytes:
    def fill(it: xlsxwriter.Workbook) -> None:
        it.add_worksheet("Форма").write("A1", 12)
        it.add_worksheet("_служебный").very_hidden()

    return _written(fill)


@_kind(readable=True)
def chart_sheet() -> bytes:
    def fill(it: xlsxwriter.Workbook) -> None:
        it.add_worksheet("Форма").write("A1", 12)
        chart = it.add_chart({"type": "line"})
        chart.add_series({"values": "=Форма!$A$1:$A$2"})
        it.add_chartsheet("График").set_chart(chart)

    return _written(fill)


@_kind(readable=True)
def odd_sheet_names() -> bytes:
    return _written(
        lambda it: [it.add_worksheet(name).write("A1", 12) for name in ('a&b<c>"д', "🙂 лист", "..", "CON")]
    )


@_kind(readable=True)
def dates_of_1904() -> bytes:
    return _written(lambda it: it.add_worksheet("Форма").write("A1", 12), {"date_1904": True})


@_kind(readable=True)
def merged_cells() -> bytes:
    return _written(lambda it: it.add_worksheet("Форма").merge_range("A1:XFD1", 12))


@_kind(readable=True)
def numbers_stored_as_text() -> bytes:
    return _written(lambda it: it.add_worksheet("Форма").write_string("A1", "12"))


@_kind(readable=True)
def broken_formulas() -> bytes:
    return _written(lambda it: it.add_worksheet("Форма").write_formula("A1", "=1/0", None, "#DIV/0!"))


# ---- text tables


@_kind("events.csv")
def csv_unclosed_quote() -> bytes:
    return 'школа;всего\n"Школа № 1;12\nШкола № 2;13\n'.encode()


@_kind("events.csv")
def csv_in_dos_encoding() -> bytes:
    return ("школа;всего\n" + "Школа Беловского района;двенадцать\n" * 5).encode("cp866")


@_kind("events.csv")
def csv_in_unix_encoding() -> bytes:
    return ("школа;всего\n" + "Школа Беловского района;двенадцать\n" * 5).encode("koi8-r")


@_kind("events.csv")
def csv_of_separators() -> bytes:
    return b"a;b\n" + b";" * 10_000_000


@_kind("events.csv")
def csv_endless_cell() -> bytes:
    return b"a;b\n" + b"x" * 10_000_000


@_kind("events.csv")
def csv_only_separators() -> bytes:
    return b";;;\r\n;;;\r\n"


@_kind("events.csv", readable=True)
def csv_in_utf16() -> bytes:
    return "школа\tвсего\r\nШкола № 1\t12\r\n".encode("utf-16")
