"""The Word document is read back as XML and compared with the model it was made from."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from lxml import etree

from orientir.reports import page_numbers as layout
from orientir.reports.archive import repacked
from orientir.reports.columns import CELL_MARGIN
from orientir.reports.columns import layout as column_layout
from orientir.reports.document import (
    Bullets,
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    Link,
    Paragraph,
    Ref,
    Row,
    Section,
    Table,
    header_grid,
    numbering,
    plain,
)
from orientir.reports.docx.contents import numbered_headings, printed_pages
from orientir.reports.docx.sheets import UPRIGHT, WIDE, sheets
from orientir.reports.to_docx import docx_with_contents, to_docx
from sample_document import sample

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PAGES = {"h-monitoring": 4, "h-higher": 4, "h-note": 5, "h-issues": 6}

# The children of each element in the order of the schema, as far as reports can have them.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens spacing ind contextualSpacing mirrorIndents jc textAlignment outlineLvl cnfStyle rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing w kern position sz szCs highlight u shd "
    "vertAlign lang",
    "tblPr": "tblStyle tblpPr tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
    "tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footnotePr type pgSz pgMar paperSrc pgBorders pgNumType cols vAlign titlePg docGrid",
    "style": "name basedOn next link uiPriority semiHidden qFormat pPr rPr tblPr",
    "lvl": "start numFmt pStyle suff lvlText lvlJc pPr rPr",
    "settings": "zoom autoHyphenation defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol "
    "listSeparator",
}


@pytest.fixture(scope="module")
def document() -> Document:
    return sample()


@pytest.fixture(scope="module")
def parts(document: Document) -> dict[str, bytes]:
    return unpacked(to_docx(document, PAGES))


@pytest.fixture(scope="module")
def body(parts: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(parts["word/document.xml"])


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def document_of(*blocks: object) -> Document:
    return replace(sample(), sections=(Section("s", "s", "s", blocks),), passport=())


def body_of(*blocks: object) -> etree._Element:
    return etree.fromstring(unpacked(to_docx(document_of(*blocks)))["word/document.xml"])


def text_of(element: etree._Element) -> str:
    return "".join(element.itertext(f"{W}t"))


def value(element: etree._Element, path: str, default: str = "") -> str:
    found = element.find(path.replace("w:", W))
    return default if found is None else found.get(f"{W}val", default)


def paragraphs(body: etree._Element, style: str) -> list[etree._Element]:
    return [p for p in body.iter(f"{W}p") if value(p, "w:pPr/w:pStyle") == style]


def fields(root: etree._Element, name: str) -> Iterator[tuple[str, str]]:
    """Instructions of fields with their cached results; a field that holds others ends with the innermost."""
    open_fields: list[list[str]] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            open_fields.append(["", ""])
        elif kind == "end":
            instruction, result = open_fields.pop()
            if instruction.split()[0] == name:
                yield instruction.strip(), result
        elif open_fields and kind is None:
            open_fields[-1][element.tag == f"{W}t"] += element.text or ""


def model_tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def report_tables(body: etree._Element) -> list[etree._Element]:
    """The tables of the report without the passport, which stands first."""
    return list(body.iter(f"{W}tbl"))[1:]


# ---- tables


def test_every_cell_has_the_text_of_the_model(document: Document, body: etree._Element) -> None:
    numbers = numbering(document)
    for model, table in zip(model_tables(document), report_tables(body), strict=True):
        rows = table.findall(f"{W}tr")[-len(model.rows) :]
        expected = [[plain(cell.text, numbers) for cell in row.cells] for row in model.rows]
        expected = [row[:1] if model.rows[i].kind == "group" else row for i, row in enumerate(expected)]
        assert [[text_of(cell) for cell in row.findall(f"{W}tc")] for row in rows] == expected


def test_header_spans_are_those_of_the_grid(document: Document, body: etree._Element) -> None:
    for model, table in zip(model_tables(document), report_tables(body), strict=True):
        grid = header_grid(model.columns)
        for level, row in zip(grid, table.findall(f"{W}tr"), strict=False):
            starts = [cell for cell in row.findall(f"{W}tc") if value(cell, "w:tcPr/w:vMerge") != "continue"]
            spans = [(text_of(cell), int(value(cell, "w:tcPr/w:gridSpan", "1"))) for cell in starts]
            assert spans == [(cell.text, cell.colspan) for cell in level]


def test_cell_of_two_levels_is_merged_downwards() -> None:
    columns = (Column("Школа"), Column("Год", (Column("Всего"), Column("Доля"))))
    body = body_of(Table("t", "т", columns, (Row((Cell(), Cell(), Cell())),)))
    first, second = body.findall(f".//{W}tr")[:2]
    assert [value(cell, "w:tcPr/w:vMerge") for cell in first][1:] == ["restart", ""]
    assert [value(cell, "w:tcPr/w:vMerge") for cell in second][1:] == ["continue", "", ""]


def test_repeated_cells_of_a_long_table_are_merged_downwards() -> None:
    rows = tuple(Row((Cell((str(index),)), Cell(("таблица 1",)))) for index in range(61))
    table = body_of(Table("t", "т", (Column("Код"), Column("Источник")), rows)).findall(f".//{W}tr")[1:]
    merges = [value(row.findall(f"{W}tc")[1], "w:tcPr/w:vMerge") for row in table]
    assert merges[:9] == ["restart", *["continue"] * 7, "restart"]
    assert [text_of(row.findall(f"{W}tc")[1]) for row in table[:2]] == ["таблица 1", ""]


def test_header_rows_repeat_and_no_row_breaks(document: Document, body: etree._Element) -> None:
    for model, table in zip(model_tables(document), report_tables(body), strict=True):
        rows = table.findall(f"{W}tr")
        header = len(header_grid(model.columns)) + model.numbered_columns
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [
            index < header for index in range(len(rows))
        ]
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_columns_are_numbered_where_asked(body: etree._Element) -> None:
    rows = report_tables(body)[0].findall(f"{W}tr")
    assert [text_of(cell) for cell in rows[2].findall(f"{W}tc")] == [str(number) for number in range(1, 10)]


def test_every_row_covers_the_grid(body: etree._Element) -> None:
    for table in body.iter(f"{W}tbl"):
        widths = [int(column.get(f"{W}w", "")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        assert sum(widths) in {UPRIGHT.room, WIDE.room}
        for row in table.findall(f"{W}tr"):
            cells = [cell.find(f"{W}tcPr/{W}tcW") for cell in row.findall(f"{W}tc")]
            assert sum(int(cell.get(f"{W}w", "")) for cell in cells if cell is not None) == sum(widths)


def test_table_tells_its_caption_to_a_screen_reader(body: etree._Element) -> None:
    caption = value(report_tables(body)[0], "w:tblPr/w:tblCaption")
    assert caption == "Таблица 1 – Выпускники 11 классов, поступившие в вузы"


def test_columns_hold_their_longest_words(document: Document) -> None:
    table = model_tables(document)[0]
    form = column_layout(table, numbering(document), UPRIGHT.room)
    graduates, entered, share = form.widths[:3]
    assert graduates > entered > share
    assert form.size >= 10
    # «выпускников,» and «57,5 %» as wide as they are in Times New Roman.
    points = 20 * form.size
    assert graduates - 2 * CELL_MARGIN >= 5.84 * points
    assert share - 2 * CELL_MARGIN >= 2.83 * points


def test_columns_without_long_words_keep_their_shares() -> None:
    table = Table("t", "т", (Column("а", width=1), Column("б", width=3)), ())
    assert column_layout(table, numbering(document_of(table)), 8000).widths == (2000, 6000)


def test_columns_are_balanced_where_a_long_text_stands_in_a_narrow_one() -> None:
    rows = tuple(Row((Cell(("да",)), Cell(("слово " * 60,)))) for _ in range(3))
    table = Table("t", "т", (Column("а", width=3), Column("б", width=1)), rows)
    short, long = column_layout(table, numbering(document_of(table)), 8000).widths
    assert long > short


def test_same_columns_of_all_years_are_equally_wide() -> None:
    year = tuple(Column(title, align="right") for title in ("Всего", "Доля"))
    columns = (Column("Что", width=2), Column("2020", year), Column("2021", year))
    rows = (Row(tuple(Cell((text,)) for text in ("слово " * 30, "12 345", "50,0", "—", "—"))),)
    _, *widths = column_layout(Table("t", "т", columns, rows), numbering(document_of()), 8000).widths
    assert widths[:2] == pytest.approx(widths[2:], abs=2)


def test_words_too_long_for_any_size_still_fill_the_room() -> None:
    columns = tuple(Column("профориентационными") for _ in range(20))
    widths = column_layout(Table("t", "т", columns, ()), numbering(document_of()), UPRIGHT.room).widths
    assert sum(widths) == UPRIGHT.room
    assert min(widths) > 0


# ---- numbers, references, contents


def test_captions_are_counted_by_fields(body: etree._Element) -> None:
    assert [result for _, result in fields(body, "SEQ")] == ["1", "1", "2"]
    captions = [text_of(p) for p in paragraphs(body, "Caption") + paragraphs(body, "FigureCaption")]
    assert captions == [
        "Таблица\u00a01 – Выпускники 11 классов, поступившие в вузы",
        "Таблица\u00a02 – Замечания к данным",
        "Рисунок\u00a01 – Доля выпускников 11 классов, поступивших в вузы",
    ]


def test_references_point_to_bookmarks_and_show_their_numbers(body: etree._Element) -> None:
    names = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    references = [(text.split()[1], result) for text, result in fields(body, "REF")]
    assert references == [("_Ref_Table_1", "1"), ("_Ref_Chart_1", "1"), ("_Ref_Table_2", "2")]
    assert {name for name, _ in references} <= names
    assert "(таблица\u00a01, рисунок\u00a01)" in text_of(body)


def test_bookmarks_are_unique_and_closed(body: etree._Element) -> None:
    starts = [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(set(starts)) == len(starts)
    assert sorted(starts) == sorted(str(mark.get(f"{W}id")) for mark in body.iter(f"{W}bookmarkEnd"))


def test_reference_bends_its_word() -> None:
    table = Table("t", "т", (Column("а"),), ())
    assert "в таблице\u00a01" in text_of(body_of(table, Paragraph(("в ", Ref("t", "prepositional")))))


def test_contents_name_every_heading_with_its_page(document: Document, body: etree._Element) -> None:
    numbers = numbering(document).numbers
    entries = [text_of(p) for level in (1, 2, 3) for p in paragraphs(body, f"TOC{level}")]
    expected = [f"{numbers[h.key]}{h.text}\u2007{PAGES[h.key]}" for h in numbered_headings(document)]
    assert sorted(entries) == sorted(expected)
    assert [result.strip() for _, result in fields(body, "PAGEREF")] == [str(page) for page in PAGES.values()]


def test_page_numbers_are_all_of_the_same_breadth() -> None:
    assert printed_pages({"a": 4, "b": 17, "c": 105}) == {"a": "\u2007\u20074", "b": "\u200717", "c": "105"}


def test_contents_without_pages_are_stale(document: Document) -> None:
    body = etree.fromstring(unpacked(to_docx(document))["word/document.xml"])
    assert next(body.iter(f"{W}fldChar")).get(f"{W}dirty") == "true"
    assert {result for _, result in fields(body, "PAGEREF")} == {""}


def test_headings_are_numbered_by_the_list_of_their_styles(parts: dict[str, bytes]) -> None:
    lists = etree.fromstring(parts["word/numbering.xml"])
    bound = [value(level, "w:pStyle") for level in lists.iter(f"{W}lvl")]
    assert bound[:3] == ["Heading1", "Heading2", "Heading3"]


def test_heading_without_key_has_no_number() -> None:
    body = body_of(Heading(1, "Первый", "a"), Heading(2, "Без номера"))
    assert [text_of(p) for p in paragraphs(body, "PlainHeading2")] == ["Без номера"]
    assert "Без номера" not in "".join(text_of(p) for p in paragraphs(body, "TOC2"))


def test_every_ordered_list_begins_anew() -> None:
    one = Bullets((("а",), ("б",)), ordered=True)
    data = unpacked(to_docx(document_of(one, one)))
    used = [
        value(p, "w:pPr/w:numPr/w:numId") for p in paragraphs(etree.fromstring(data["word/document.xml"]), "ListNumber")
    ]
    restarted = {
        number.get(f"{W}numId")
        for number in etree.fromstring(data["word/numbering.xml"]).iter(f"{W}num")
        if number.find(f".//{W}startOverride") is not None
    }
    assert used[0] == used[1] != used[2] == used[3]
    assert set(used) == restarted


# ---- sheets


def test_wide_table_stands_on_a_turned_sheet(body: etree._Element) -> None:
    sizes = [size.get(f"{W}orient", "portrait") for size in body.iter(f"{W}pgSz")]
    assert sizes == ["portrait", "landscape"]


def test_wide_table_takes_its_heading_and_notes_along() -> None:
    wide = Table("w", "т", (Column("а"),), (), landscape=True)
    text, note = Paragraph(("слова",)), Paragraph(("примечание",), "note")
    blocks = (Heading(1, "А", "a"), text, Heading(2, "Б", "b"), text, wide, note, text)
    assert [sheet.turned for sheet in sheets(blocks)] == [False, False, True, True, True, True, False]


def test_a_table_that_fills_its_page_is_not_followed_by_an_empty_one(parts: dict[str, bytes]) -> None:
    styles = etree.fromstring(parts["word/styles.xml"])
    lines = {style.get(f"{W}styleId"): style.find(f"{W}pPr/{W}spacing") for style in styles.iter(f"{W}style")}
    for name in ("TableEnd", "SheetEnd"):
        assert (lines[name].get(f"{W}line"), lines[name].get(f"{W}lineRule")) == ("20", "exact")


def test_long_text_before_a_wide_table_stays_upright() -> None:
    wide = Table("w", "т", (Column("а"),), (), landscape=True)
    blocks = (Heading(1, "А", "a"), *[Paragraph(("слова",))] * 6, wide)
    assert [sheet.turned for sheet in sheets(blocks)] == [False] * 7 + [True]


def test_pages_have_header_and_number_but_the_title_has_not(parts: dict[str, bytes], document: Document) -> None:
    header = text_of(etree.fromstring(parts["word/header_default.xml"]))
    assert header == f"{document.territory}. {document.title}" + "".join(document.marks)
    assert list(fields(etree.fromstring(parts["word/footer_default.xml"]), "PAGE")) == [("PAGE", "2")]
    assert text_of(etree.fromstring(parts["word/header_first.xml"])) == "".join(document.marks)
    assert text_of(etree.fromstring(parts["word/footer_first.xml"])) == "30\u00a0августа 2022\u00a0г."


def test_title_page_and_passport_say_what_the_document_says(document: Document, body: etree._Element) -> None:
    for style, text in (("Title", document.title), ("Subtitle", document.subtitle), ("Period", document.period)):
        assert [text_of(p).replace("\u00a0", " ") for p in paragraphs(body, style)] == [text.replace("\u00a0", " ")]
    rows = next(body.iter(f"{W}tbl")).findall(f"{W}tr")
    assert [tuple(text_of(cell) for cell in row.findall(f"{W}tc")) for row in rows] == list(document.passport)


# ---- charts


def test_charts_cache_the_values_of_the_model(document: Document, parts: dict[str, bytes]) -> None:
    chart = next(block for block in document.blocks if isinstance(block, Chart))
    drawn = etree.fromstring(parts["word/charts/chart1.xml"])
    for model, series in zip(chart.series, drawn.iter(f"{C}ser"), strict=True):
        points = {int(point.get("idx", "")): point.findtext(f"{C}v") for point in series.iterfind(f"{C}val//{C}pt")}
        assert points == {i: repr(float(v)) for i, v in enumerate(model.values) if v is not None}
        names = [point.findtext(f"{C}v") for point in series.iterfind(f"{C}cat//{C}pt")]
        assert names == list(chart.categories)


def test_intervals_are_kept_as_distances(document: Document, parts: dict[str, bytes]) -> None:
    series = next(block for block in document.blocks if isinstance(block, Chart)).series[0]
    bars = list(etree.fromstring(parts["word/charts/chart1.xml"]).iter(f"{C}errBars"))
    assert len(bars) == 1
    plus = [float(point.findtext(f"{C}v", "")) for point in bars[0].iterfind(f"{C}plus//{C}pt")]
    assert plus == [float(high - v) for v, high in zip(series.values, series.high, strict=True) if v and high]


def test_chart_has_its_data_its_alternative_text_and_a_zero(document: Document, parts: dict[str, bytes]) -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(parts["word/embeddings/chart1.xlsx"]))["Данные"]
    assert [cell.value for cell in sheet[1]] == [None, "Поступили в вузы", "Поступили в колледжи"]
    assert sheet["C4"].value is None
    drawn = etree.fromstring(parts["word/charts/chart1.xml"])
    assert [low.get("val") for low in drawn.iter(f"{C}min")] == ["0"]
    assert [gap.get("val") for gap in drawn.iter(f"{C}dispBlanksAs")] == ["gap"]
    assert {code.get("formatCode") for code in drawn.iterfind(f".//{C}dLbls/{C}numFmt")} == {'0.0"\u00a0"%'}
    chart = next(block for block in document.blocks if isinstance(block, Chart))
    assert f'descr="{chart.alt}"'.encode() in parts["word/document.xml"]


def test_axis_of_a_chart_leaves_room_for_whiskers(document: Document, parts: dict[str, bytes]) -> None:
    drawn = etree.fromstring(parts["word/charts/chart1.xml"])
    assert [high.get("val") for high in drawn.iter(f"{C}max")] == ["0.8"]
    assert [unit.get("val") for unit in drawn.iter(f"{C}majorUnit")] == ["0.2"]


def test_negative_values_are_not_cut_off(document: Document) -> None:
    chart = next(block for block in document.blocks if isinstance(block, Chart))
    fall = replace(chart, series=(replace(chart.series[1], values=(Decimal("-0.1"), Decimal(0), None)),))
    drawn = etree.fromstring(unpacked(to_docx(document_of(fall)))["word/charts/chart1.xml"])
    assert list(drawn.iter(f"{C}min")) == []


# ---- the file as a whole


def test_children_stand_in_the_order_of_the_schema(parts: dict[str, bytes]) -> None:
    for name in (name for name in parts if name.startswith("word/") and name.count("/") == 1 and name.endswith(".xml")):
        for element in etree.fromstring(parts[name]).iter(*(W + tag for tag in ORDER)):
            order = ORDER[etree.QName(element).localname].split()
            places = [order.index(etree.QName(child).localname.replace("footerR", "headerR")) for child in element]
            assert places == sorted(places), (name, etree.tostring(element))


def test_every_relation_leads_to_a_part(parts: dict[str, bytes]) -> None:
    rels = etree.fromstring(parts["word/_rels/document.xml.rels"])
    known = {rel.get("Id"): rel for rel in rels}
    body = etree.fromstring(parts["word/document.xml"])
    used = {element.get(f"{R}id") for element in body.iter() if element.get(f"{R}id")}
    assert used <= set(known)
    inner = [rel.get("Target") for rel in rels if rel.get("TargetMode") != "External"]
    assert {f"word/{target}" for target in inner} <= set(parts)


def test_every_style_used_is_defined(parts: dict[str, bytes], body: etree._Element) -> None:
    styles = {style.get(f"{W}styleId") for style in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")}
    used = {value(element, ".") for element in body.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    assert used <= styles


def test_links_are_made_safe(document: Document) -> None:
    bad = Paragraph((Link("один", "https://example.org/<a b>"), Link("два", "javascript:alert(1)")))
    rels = unpacked(to_docx(document_of(bad)))["word/_rels/document.xml.rels"].decode()
    assert "https://example.org/%3Ca%20b%3E" in rels
    assert "javascript" not in rels


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    assert "до после" in text_of(body_of(Paragraph(("до\x0b \x00после",))))


def test_properties_name_the_document_and_nobody(document: Document, parts: dict[str, bytes]) -> None:
    properties = parts["docProps/core.xml"].decode()
    assert document.title in properties and document.checksum in properties
    assert "2022-08-30T00:00:00Z" in properties and "ru-RU" in properties
    assert "python-docx" not in properties


def test_same_document_gives_the_same_bytes(document: Document) -> None:
    first = to_docx(document, PAGES)
    assert to_docx(document, PAGES) == first
    for data in (first, unpacked(first)["word/embeddings/chart1.xlsx"]):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(2022, 8, 30, 0, 0, 0)}
            names = archive.namelist()
            assert all(one < other for one, other in pairwise(names[1:])) and names[0] == "[Content_Types].xml"


def test_archive_from_before_zip_is_dated_by_the_earliest_day() -> None:
    with zipfile.ZipFile(io.BytesIO(repacked(to_docx(sample()), date(1970, 1, 1)))) as archive:
        assert archive.infolist()[0].date_time[0] == 1980


# ---- page numbers


def test_without_libreoffice_pages_are_not_known(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "which", lambda name: None)
    assert layout.page_numbers(b"", numbered_headings(document)) is None
    assert docx_with_contents(document) == to_docx(document)


@pytest.mark.slow
def test_contents_show_the_pages_on_which_the_headings_stand(document: Document) -> None:
    made = docx_with_contents(document)
    headings = numbered_headings(document)
    pages = layout.page_numbers(made, headings)
    assert pages is not None and list(pages) == [heading.key for heading in headings]
    assert made == to_docx(document, pages)
