"""Documents made to hurt their reader, in every format: a message or a result, soon, and never anything else."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from importlib.util import find_spec

import pytest

from audit.word_files import BELOW, TOP, archive, document, docx, field, p, relations, root, run, span, tbl, tc, tr
from orientir.audit.document import Document
from orientir.audit.reading import read_bytes
from orientir.errors import UserError

SECONDS = 5
NESTED = "".join(f"<!ENTITY {chr(number + 1)} '{f'&{chr(number)};' * 50}'>" for number in range(ord("a"), ord("k")))
ENTITIES = f"<!DOCTYPE x [<!ENTITY a 'ааааааааааааааааа'>{NESTED}]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
ODT_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def outcome(data: bytes, name: str = "отчёт") -> Document | UserError:
    """What came of it, in time; anything but a document or a user's error fails the test."""
    begun = time.process_time()
    try:
        return read_bytes(data, name)
    except UserError as error:
        assert name in error.faults[0].place
        assert error.faults[0].cure
        return error
    finally:
        assert time.process_time() - begun < SECONDS


def refused(data: bytes, why: str) -> None:
    found = outcome(data)
    assert isinstance(found, UserError), found
    assert why in str(found)


def read(data: bytes) -> Document:
    found = outcome(data)
    assert isinstance(found, Document), found
    return found


def has(module: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(find_spec(f"orientir.audit.reading.{module}") is None, reason=f"no {module} yet")


def odt(body: str, before: str = "") -> bytes:
    content = f"{before}<office:document-content {ODT_SPACES}><office:body><office:text>{body}</office:text>"
    end = "</office:body></office:document-content>"
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content + end})


def xlsx(rows: int = 3) -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Лист")
    for number in range(rows):
        sheet.append(["Школа", number, number / 2])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def pdf(text: str = "Report 2021") -> bytes:
    """One page with one line of text, and an index that is right."""
    content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{one}\nendobj\n"
    index = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 6\n0000000000 65535 f \n{index}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return (out + end).encode("latin-1")


def html(body: str) -> bytes:
    return f"<!DOCTYPE html><html><meta charset='utf-8'><body>{body}</body></html>".encode()


# ---- bombs and entities


def test_archive_that_unfolds_into_gigabytes():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        with file.open("word/document.xml", "w") as part:
            for _ in range(20):
                part.write(b" " * 10_000_000)
    refused(stream.getvalue(), "больше 100 МБ")


def test_size_that_the_archive_denies():
    data = docx(p("текст" * 2000))
    true = len(document(p("текст" * 2000)).encode()).to_bytes(4, "little")
    refused(data.replace(true, (50).to_bytes(4, "little")), "размер части")


def test_too_many_tags():
    refused(docx("<w:p/>" * 4_100_000), "слишком велик")


@pytest.mark.parametrize("declared", [ENTITIES, OUTSIDE])
def test_declared_entities_in_docx(declared):
    body = document(p("&k;&a;")).partition("?>")[2]
    refused(archive({"[Content_Types].xml": "<Types/>", "word/document.xml": declared + body}), "сущности")


def test_entities_beside_the_text_are_not_followed():
    styles = ENTITIES + root("styles", "<w:style w:styleId='&k;'/>").partition("?>")[2]
    assert read(docx(p("текст"), {"word/styles.xml": styles})).paragraphs[0].text == "текст"


@has("odt")
@pytest.mark.parametrize("declared", [ENTITIES, OUTSIDE])
def test_declared_entities_in_odt(declared):
    assert isinstance(outcome(odt("<text:p>&k;&a;</text:p>", declared)), UserError)


@has("html")
@pytest.mark.parametrize("declared", [ENTITIES, OUTSIDE])
def test_declared_entities_in_html(declared):
    found = outcome(
        (declared.replace("DOCTYPE x", "DOCTYPE html") + "<html><body><p>&k;&a;</p></body></html>").encode()
    )
    assert len(str(found)) < 10_000


def test_utf_16_does_not_hide_entities():
    body = (ENTITIES + document(p("&k;")).partition("?>")[2]).encode("utf-16")
    refused(archive({"[Content_Types].xml": "<Types/>", "word/document.xml": body}), "кодировке")


# ---- cut short, changed, mislabelled


WHOLE: dict[str, Callable[[], bytes]] = {
    "docx": lambda: docx(p("текст") + tbl(tr(tc("а"), tc("1"))) * 20),
    "odt": lambda: odt("<text:p>текст</text:p>" * 20),
    "html": lambda: html("<p>текст</p><table><tr><td>а<td>1</table>" * 20),
    "xlsx": xlsx,
    "pdf": pdf,
    "text": lambda: "Таблица 1. Доля\n\tШкола\n\t12,5\n\n".encode() * 20,
}
FORMATS = [pytest.param(kind, marks=has(kind)) for kind in WHOLE]


@pytest.mark.parametrize("kind", FORMATS)
def test_whole_document_is_read(kind):
    assert read(WHOLE[kind]()).blocks


@pytest.mark.parametrize("kind", FORMATS)
def test_truncated(kind):
    data = WHOLE[kind]()
    for share in range(1, 20):
        outcome(data[: len(data) * share // 20])


@pytest.mark.parametrize("kind", FORMATS)
def test_changed_bytes(kind):
    data, chance = WHOLE[kind](), random.Random(7)
    for _ in range(60):
        changed = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        outcome(bytes(changed))


def test_changed_xml():
    """The archive is whole, its document is not."""
    xml, chance = (
        document(p(field("PAGE", run("1"))) + tbl(tr(tc("а", TOP), tc("б", span(2))))).encode(),
        random.Random(7),
    )
    for _ in range(300):
        changed = bytearray(xml)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(changed))
            changed[place : place + chance.randint(0, 3)] = chance.choice((b"<", b">", b'"', b"w:p", b"9", b"&", b""))
        outcome(archive({"[Content_Types].xml": "<Types/>", "word/document.xml": bytes(changed)}))


@pytest.mark.parametrize("content", [b"", b"<w:document/>", b"<x/>", b"\0" * 500, b"<w:p", document("").encode()])
def test_document_part_that_is_none(content):
    assert isinstance(outcome(archive({"[Content_Types].xml": "<Types/>", "word/document.xml": content})), UserError)


@pytest.mark.parametrize("kind", FORMATS)
def test_name_that_says_another_format(kind):
    for name in ("отчёт.pdf", "отчёт.docx", "отчёт", "отчёт.png"):
        assert isinstance(outcome(WHOLE[kind](), name), Document)


# ---- large and deep


def test_table_of_ten_thousand_rows_in_docx():
    (found,) = read(docx(tbl(*(tr(tc(f"Школа {number}"), tc("1"), tc("2")) for number in range(10_000))))).tables
    assert (len(found.rows), found.rows[9999][0].text) == (10_000, "Школа 9999")


@has("odt")
def test_table_of_ten_thousand_rows_in_odt():
    cell = "<table:table-cell><text:p>1</text:p></table:table-cell>"
    body = f"<table:table>{f'<table:table-row>{cell * 3}</table:table-row>' * 10_000}</table:table>"
    assert len(read(odt(body)).tables[0].rows) == 10_000


@has("html")
def test_table_of_ten_thousand_rows_in_html():
    body = "<table>" + "<tr><td>Школа</td><td>1</td><td>2</td></tr>" * 10_000 + "</table>"
    assert len(read(html(body)).tables[0].rows) == 10_000


@has("xlsx")
def test_table_of_ten_thousand_rows_in_xlsx():
    assert sum(len(table.rows) for table in read(xlsx(10_000)).tables) >= 9_999


def test_table_of_ten_thousand_rows_in_text():
    assert len(read("\tШкола\n\t1\n\n".encode() * 10_000).tables[0].rows) == 10_000


def test_text_of_one_endless_line():
    outcome(("Доля 12,5 % " * 400_000).encode())


@pytest.mark.parametrize("depth", [20, 60, 300, 5_000])
def test_tables_in_tables_in_docx(depth):
    inner = p("дно")
    for _ in range(depth):
        inner = tbl(tr(tc(inner)))
    found = outcome(docx(inner))
    assert isinstance(found, UserError) or found.tables[0].rows[0][0].text == "дно"
    assert isinstance(found, Document) == (depth < 80)


@pytest.mark.parametrize("wrapper", ["sdt", "sdtContent", "ins", "smartTag", "hyperlink", "r", "x"])
def test_deep_wrappers_in_docx(wrapper):
    for depth in (200, 10_000):
        inside = f"<w:{wrapper}>" * depth + run("дно") + f"</w:{wrapper}>" * depth
        outcome(docx(p("текст") + p(inside)))
        outcome(docx(p("текст") + inside.replace("<w:r>", "<w:p><w:r>").replace("</w:r>", "</w:r></w:p>")))


@has("html")
@pytest.mark.parametrize("piece", ["<table><tr><td>", "<div>", "<ul><li>", "<b>", "<p>"])
def test_deep_html(piece):
    outcome(html(f"{piece * 20_000}дно"))


@has("odt")
@pytest.mark.parametrize("depth", [50, 5_000])
def test_deep_odt(depth):
    start = "<table:table><table:table-row><table:table-cell>"
    end = "</table:table-cell></table:table-row></table:table>"
    outcome(odt(start * depth + "<text:p>дно</text:p>" + end * depth))


# ---- spans, repeats, rings


@pytest.mark.parametrize("columns", ["0", "-5", "1.5", "x", "", "1001", "999999999999999999999", "9" * 10_000])
def test_absurd_span_in_docx(columns):
    (found,) = read(docx(tbl(tr(tc("а", span(columns)), tc("б")), tr(tc("1"), tc("2"))))).tables
    assert {len(row) for row in found.rows} <= {2, 3}


def test_absurd_columns_left_free():
    row = tr(tc("а"), properties='<w:gridBefore w:val="99999999"/><w:gridAfter w:val="99999999"/>')
    assert len(read(docx(tbl(row, tr(tc("1"))))).tables[0].rows) == 2


def test_more_slots_than_memory():
    wide = tr(*(tc(str(number)) for number in range(1_000)))
    refused(docx(tbl(wide, *[tr(tc("1"))] * 3_000)), "млн клеток")


def test_cells_that_go_on_for_ever():
    rows = [tr(tc("а", TOP), tc("1"))] + [tr(tc("", BELOW), tc("2"))] * 5_000
    assert read(docx(tbl(*rows))).tables[0].rows[5_000][0].rows == 5_001


def test_joined_cells_that_do_not_fit_each_other():
    rows = [tr(*[tc("", BELOW + span(1 + number % 3))] * 100) for number in range(60)]
    assert isinstance(outcome(docx(p("текст") + tbl(*rows))), Document)


@has("html")
@pytest.mark.parametrize("span", ["0", "-1", "1000000", "9" * 5_000, "x"])
def test_absurd_span_in_html(span):
    outcome(html(f"<table><tr><td colspan={span} rowspan={span}>а<td>б<tr><td>1<td>2</table>"))


@has("odt")
@pytest.mark.parametrize("count", ["0", "-1", "1000000", "9" * 5_000, "x"])
def test_absurd_repeats_in_odt(count):
    cell = f"<table:table-cell table:number-columns-repeated='{count}' table:number-columns-spanned='{count}'>"
    row = f"<table:table-row table:number-rows-repeated='{count}'>{cell}<text:p>1</text:p></table:table-cell>"
    outcome(odt(f"<text:p>а<text:s text:c='{count}'/></text:p><table:table>{row}</table:table-row></table:table>"))


def test_relationships_that_lead_in_a_ring():
    rings = relations(
        ("rId1", "officeDocument", "../_rels/.rels"), ("rId2", "styles", "document.xml"), ("rId2", "x", "")
    )
    parts = {"_rels/.rels": rings, "word/_rels/document.xml.rels": rings, "word/styles.xml": document("")}
    assert isinstance(
        outcome(docx(p(f"<w:hyperlink r:id='rId2'>{run('текст')}</w:hyperlink>"), parts)), (Document, UserError)
    )


def test_relationships_that_lead_out():
    out = relations(("rId1", "officeDocument", "../../../etc/passwd"), ("rId3", "officeDocument", "http://x:y/z"))
    assert read(docx(p("текст"), {"_rels/.rels": out})).paragraphs[0].text == "текст"


def test_styles_based_on_each_other():
    chain = "".join(
        f"<w:style w:styleId='s{number}'><w:name w:val='x'/><w:basedOn w:val='s{(number + 1) % 3_000}'/></w:style>"
        for number in range(3_000)
    )
    body = "".join(p("текст", f"<w:pStyle w:val='s{number}'/>") for number in range(3_000))
    assert len(read(docx(body, {"word/styles.xml": root("styles", chain)})).paragraphs) == 3_000


def test_lists_with_absurd_numbers():
    level = "<w:lvl w:ilvl='0'><w:start w:val='{}'/><w:numFmt w:val='{}'/><w:lvlText w:val='%1.%2.%9'/></w:lvl>"
    for start in ("0", "-1", "x", "999999999999"):
        for kind in ("upperRoman", "lowerLetter", "russianLower", "decimal", "chosung"):
            lists = f"<w:abstractNum w:abstractNumId='0'>{level.format(start, kind)}</w:abstractNum>"
            numbering = root("numbering", f"{lists}<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>")
            body = p("текст", "<w:numPr><w:numId w:val='1'/></w:numPr>") * 3
            assert all(len(one.text) < 50 for one in read(docx(body, {"word/numbering.xml": numbering})).paragraphs)


def test_fields_that_never_end():
    begun = "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>HYPERLINK \"x\"</w:instrText></w:r>"
    shown = "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
    ended = "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    for marks in (begun, begun + shown, shown, ended, begun + ended + ended, begun * 50 + shown * 30 + ended * 90):
        found = read(docx(p(marks + run("текст")) * 2_000 + p("конец")))
        assert found.paragraphs[-1].text == "конец"


def test_thousands_of_links_in_a_paragraph():
    links = relations(("rId1", "hyperlink", "https://example.org/"))
    body = p(f"<w:hyperlink r:id='rId1'>{run('https://example.org/ ')}</w:hyperlink>" * 20_000)
    assert len(read(docx(body, {"word/_rels/document.xml.rels": links})).paragraphs[0].links) >= 20_000


# ---- signs


@pytest.mark.parametrize("kind", ["docx", "text", *(pytest.param(kind, marks=has(kind)) for kind in ("odt", "html"))])
def test_right_to_left_marks(kind):
    text = "\u202eДоля\u202c \u200f12,5\u200e %\u2066\u2069 в \ufeff2021 году"
    made = {"docx": docx(p(text)), "odt": odt(f"<text:p>{text}</text:p>"), "html": html(f"<p>{text}</p>")}
    assert "12,5" in read(made.get(kind, text.encode())).paragraphs[0].text


@has("pdf")
def test_pdf_with_pages_in_a_ring():
    outcome(pdf().replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"))
    outcome(pdf().replace(b"/Count 1", b"/Count 9"))


@has("pdf")
def test_pdf_that_is_locked_or_empty():
    outcome(b"%PDF-1.7\n%%EOF")
    outcome(pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 5 0 R"))
