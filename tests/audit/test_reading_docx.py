"""What is read of a DOCX: the text it shows, headings, lists, links, pages, and the grid of its tables."""

from __future__ import annotations

import re

import pytest

from audit.word_files import (
    BELOW,
    PAGE_ORDERED,
    PAGE_SEEN,
    TOP,
    archive,
    document,
    docx,
    field,
    p,
    relations,
    root,
    run,
    span,
    tbl,
    tc,
    tr,
)
from orientir.audit.document import Document, Link, Paragraph, Table
from orientir.audit.reading.docx import read_docx
from orientir.errors import UserError


def read(body: str, **parts: str) -> Document:
    names = {"rels": "word/_rels/document.xml.rels", "styles": "word/styles.xml", "numbering": "word/numbering.xml"}
    return read_docx(docx(body, {names[key]: content for key, content in parts.items()}), "отчёт.docx")


def only(body: str, **parts: str) -> Paragraph:
    (block,) = read(body, **parts).paragraphs
    return block


def table(*rows: str) -> Table:
    (found,) = read(tbl(*rows)).tables
    return found


def texts(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found.rows]


def style(key: str, name: str, more: str = "", base: str = "") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:styleId="{key}"><w:name w:val="{name}"/>{based}<w:pPr>{more}</w:pPr></w:style>'


# ---- text


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("<w:r><w:t>в</w:t><w:tab/><w:t>2020</w:t><w:br/><w:t>году</w:t></w:r>", "в\t2020\nгоду"),
        ("<w:r><w:t>2019</w:t><w:noBreakHyphen/><w:t>2020</w:t></w:r>", "2019-2020"),
        ("<w:r><w:t>вы</w:t><w:softHyphen/><w:t>пуск</w:t></w:r>", "выпуск"),
        (f"<w:ins>{run('есть')}</w:ins><w:del><w:r><w:delText>нет</w:delText></w:r></w:del>", "есть"),
        (f"<w:moveTo>{run('здесь')}</w:moveTo><w:moveFrom>{run('там')}</w:moveFrom>", "здесь"),
        (f"{run('видно')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>скрыто</w:t></w:r>", "видно"),
        (f"{run('видно')}<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t> тоже</w:t></w:r>", "видно тоже"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('поле')}</w:sdtContent></w:sdt>", "поле"),
        (f"{run('Таблица ')}<w:fldSimple w:instr=' SEQ Таблица '>{run('3')}</w:fldSimple>", "Таблица 3"),
        (run("Таблица ") + field(" SEQ Таблица \\* ARABIC ", run("4")), "Таблица 4"),
        (field(f' IF {field(" PAGE ", run("1"))} = 1 "a" ', run("итог")), "итог"),
        (f"<w:r><w:fldChar w:fldCharType='begin'/></w:r>{run('скрыто')}", ""),
        (f"{run('81')}<w:r><w:footnoteReference w:id='2'/></w:r>{run(' %')}", "81 %"),
        (run("\u200f12\u200e из\u202e 34\u202c"), "12 из 34"),
        ("<w:r><w:sym w:font='Symbol' w:char='2265'/><w:t>5</w:t></w:r>", "≥5"),
    ],
)
def test_what_a_paragraph_shows(content, shown):
    found = read(p(content) + p("конец")).paragraphs
    assert "".join(one.text for one in found[:-1]) == shown
    assert found[-1].text == "конец"


def test_text_boxes_stand_once_after_their_paragraph():
    box = f"<w:txbxContent>{p('в рамке')}{tbl(tr(tc('а'), tc('б')))}</w:txbxContent>"
    drawn = f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    older = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    content = f"{run('у рамки')}<w:r><mc:AlternateContent>{drawn}{older}</mc:AlternateContent></w:r>"
    found = read(p(content) + p("дальше"))
    assert [one.text for one in found.paragraphs] == ["у рамки", "в рамке", "дальше"]
    assert [texts(one) for one in found.tables] == [[["а", "б"]]]
    assert [one.place.anchor for one in found.paragraphs] == ["p0", "p0", "p7"]


def test_anchor_counts_all_paragraphs_of_the_document():
    found = read(p("") + tbl(tr(tc("а"), tc(p("б") + p("в")))) + p("конец"))
    anchors = [cell.place.anchor for cell in found.tables[0].cells()] + [found.paragraphs[0].place.anchor]
    assert anchors == ["p1", "p2", "p4"]
    assert [one.place.line for one in (found.tables[0], found.paragraphs[0])] == [2, 3]


def test_blocks_in_content_controls_are_read():
    body = f"<w:sdt><w:sdtContent>{p('текст')}{tbl(tr(tc('а')))}</w:sdtContent></w:sdt>"
    found = read(body)
    assert (len(found.paragraphs), len(found.tables)) == (1, 1)


# ---- headings and lists


STYLES = root(
    "styles",
    style("1", "heading 1")
    + style("2", "Заголовок 2")
    + style("Own", "Глава", base="1")
    + style("Deep", "Раздел", '<w:outlineLvl w:val="2"/>')
    + style("Plain", "Обычный", '<w:outlineLvl w:val="9"/>', base="1")
    + style("Ring", "Кольцо", base="Gnir")
    + style("Gnir", "Оцьлок", base="Ring")
    + style("TOC1", "toc 1")
    + style("Dash", "Тире", '<w:numPr><w:numId w:val="2"/></w:numPr>'),
)
NUMBERING = root(
    "numbering",
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2">'
    '<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="russianLower"/><w:lvlText w:val="%1)"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="3">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Таблица %1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>',
)


def styled(key: str, more: str = "") -> str:
    return f'<w:pStyle w:val="{key}"/>{more}'


def listed(key: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        (styled("1"), 1),
        (styled("2"), 2),
        (styled("Own"), 1),
        (styled("Deep"), 3),
        (styled("Ring"), 0),
        (styled("Unknown"), 0),
        (styled("1", '<w:outlineLvl w:val="9"/>'), 0),
        ('<w:outlineLvl w:val="3"/>', 4),
        ("", 0),
    ],
)
def test_level_of_a_heading(properties, level):
    assert only(p("Цели", properties), styles=STYLES).heading == level


def test_without_styles_a_heading_is_known_by_its_id():
    assert only(p("Цели", styled("Heading2"))).heading == 2


def test_contents_are_no_part_of_the_report_but_count_as_lines():
    found = only(p("1 Цели\t3", styled("TOC1")) + p("Цели", styled("1")), styles=STYLES)
    assert (found.text, found.place.line) == ("Цели", 2)


def test_list_items_and_their_numbers():
    body = (
        p("пункт", listed(2)) + p("пункт", styled("Dash")) + p("буква", listed(3)) + p("• маркер")
        + p("не пункт", styled("Dash", listed(0)))
    )  # fmt: skip
    found = read(body, styles=STYLES, numbering=NUMBERING).paragraphs
    assert [(one.text, one.is_item) for one in found] == [
        ("пункт", True), ("пункт", True), ("буква", True), ("маркер", True), ("не пункт", False),
    ]  # fmt: skip


def test_counted_numbers_are_printed():
    body = p("Цели", listed(1)) + p("Задачи", listed(1, 1)) + p("Сроки", listed(1, 1)) + p("Итоги", listed(1))
    body += p("Меры", listed(1, 1)) + p("Доля выпускников", listed(4)) + p("С седьмого", listed(5))
    found = read(body, styles=STYLES, numbering=NUMBERING).paragraphs
    assert [one.text for one in found] == [
        "1. Цели", "1.1. Задачи", "1.2. Сроки", "2. Итоги", "2.1. Меры", "Таблица I. Доля выпускников",
        "7. С седьмого",
    ]  # fmt: skip
    assert not found[5].is_item


def test_rows_numbered_by_a_list_show_their_numbers():
    body = tbl(tr(tc("№"), tc("Школа")), tr(tc(p("", listed(1))), tc("А")), tr(tc(p("", listed(1))), tc("Б")))
    assert texts(read(body, numbering=NUMBERING).tables[0]) == [["№", "Школа"], ["1.", "А"], ["2.", "Б"]]


# ---- links

RELS = relations(("rId1", "hyperlink", "https://example.org/a"), ("rId2", "image", "media/image1.png"))


@pytest.mark.parametrize(
    ("content", "links"),
    [
        (f"<w:hyperlink r:id='rId1'>{run('сайт')}</w:hyperlink>", [("сайт", "https://example.org/a")]),
        (f"<w:hyperlink r:id='rId1' w:anchor='top'>{run('сайт')}</w:hyperlink>", [("сайт", "https://example.org/a#top")]),
        (f"<w:hyperlink r:id='rId9'>{run('сайт')}</w:hyperlink>", []),
        (f"<w:hyperlink w:anchor='_Toc1'>{run('сайт')}</w:hyperlink>", []),
        (field(' HYPERLINK "https://example.org/b" \\o "x" ', run("сайт")), [("сайт", "https://example.org/b")]),
        (field(' HYPERLINK \\l "_Toc" ', run("сайт")), []),
        (f"<w:fldSimple w:instr='HYPERLINK https://example.org/c'>{run('сайт')}</w:fldSimple>",
         [("сайт", "https://example.org/c")]),
        (run("https://example.org/d"), [("https://example.org/d", "https://example.org/d")]),
        (f"<w:hyperlink r:id='rId1'>{run('https://example.org/a')}</w:hyperlink>",
         [("https://example.org/a", "https://example.org/a")]),
    ],
)  # fmt: skip
def test_links(content, links):
    found = only(p(content), rels=RELS)
    assert found.links == tuple(Link(*one) for one in links)
    assert found.text in ("сайт", "https://example.org/a", "https://example.org/d")


@pytest.mark.parametrize("broken", ["", "<Relationships", "не XML"])
def test_broken_relationships_cost_only_the_links(broken):
    found = only(p(f"<w:hyperlink r:id='rId1'>{run('сайт')}</w:hyperlink>"), rels=broken)
    assert (found.text, found.links) == ("сайт", ())


def test_link_of_a_cell():
    body = tbl(tr(tc(p(f"<w:hyperlink r:id='rId1'>{run('отчёт')}</w:hyperlink>"))))
    assert read(body, rels=RELS).tables[0].rows[0][0].links == (Link("отчёт", "https://example.org/a"),)


# ---- pages


def pages(body: str) -> list[int | None]:
    return [one.place.page for one in read(body).paragraphs]


def test_pages_are_unknown_without_marks():
    assert pages(p("а") + p("б")) == [None, None]
    assert read(p("а")).pages is None


def test_pages_by_marks_of_word():
    assert pages(p("а") + p(PAGE_SEEN + run("б")) + p(run("в") + PAGE_SEEN + run("г")) + p("д")) == [1, 2, 2, 3]


def test_an_ordered_page_that_was_seen_to_end_is_one():
    assert pages(p(run("а") + PAGE_ORDERED) + p(PAGE_SEEN + run("б"))) == [1, 2]
    assert pages(p("а") + p(PAGE_SEEN + run("б"), "<w:pageBreakBefore/>")) == [1, 2]
    assert pages(p("а", "<w:sectPr/>") + p(PAGE_SEEN + run("б"))) == [1, 2]


def test_two_ordered_pages_are_two():
    assert pages(p(run("а") + PAGE_ORDERED + PAGE_ORDERED) + p("б")) == [1, 3]


def test_ordered_pages_that_are_too_full_are_not_all_pages():
    body = p("а" * 2000) + p("б" * 2000) + p(PAGE_ORDERED) + p("в")
    assert pages(body) == [1, 1, 2]
    assert pages(p("а" * 2000) + body) == [None] * 4


def test_table_over_two_pages():
    split = tr(tc(p(run("б") + PAGE_SEEN + run("б"))), tc(p(run("2") + PAGE_SEEN + run("2"))))
    found = read(
        tbl(tr(tc("а"), tc("1")), split, tr(tc("в"), tc("3")), tr(tc(p(PAGE_SEEN + run("г"))), tc("4"))) + p("конец")
    )
    assert [row[1].place.page for row in found.tables[0].rows] == [1, 1, 2, 3]
    assert found.tables[0].breaks == (3,)
    assert (found.paragraphs[0].place.page, found.pages) == (3, 3)


# ---- tables


def test_heads_of_several_rows():
    found = table(
        tr(tc("Показатель", TOP), tc("2021", span(2)), tc("2022", span(2))),
        tr(tc("", BELOW), tc("чел."), tc("%"), tc("чел."), tc("%")),
        tr(tc("Доля"), tc("1"), tc("2"), tc("3"), tc("4")),
    )
    assert texts(found) == [
        ["Показатель", "2021", "2021", "2022", "2022"],
        ["Показатель", "чел.", "%", "чел.", "%"],
        ["Доля", "1", "2", "3", "4"],
    ]
    first, group = found.rows[1][0], found.rows[0][3]
    assert (first.row, first.column, first.rows, first.columns) == (0, 0, 2, 1)
    assert (group.row, group.column, group.rows, group.columns) == (0, 3, 1, 2)
    assert len(list(found.cells())) == 12


def test_rows_that_begin_late_or_end_early_are_filled():
    found = table(
        tr(tc("а"), tc("б"), tc("в")), tr(tc("г"), tc("д"), properties='<w:gridBefore w:val="1"/>'), tr(tc("е"))
    )
    assert texts(found) == [["а", "б", "в"], ["", "г", "д"], ["е", "", ""]]
    assert found.rows[1][0].place.anchor == "p3"


def test_columns_in_name_only_are_joined():
    found = table(tr(tc("а", span(3)), tc("б")), tr(tc("1", span(3)), tc("2", span(4))))
    assert texts(found) == [["а", "б"], ["1", "2"]]
    assert {cell.columns for cell in found.cells()} == {1}


def test_joined_by_the_older_way():
    found = table(tr(tc("а", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>")), tr(tc("1"), tc("2")))
    assert texts(found) == [["а", "а"], ["1", "2"]]


def test_cell_that_goes_on_from_nowhere_stands_alone():
    assert texts(table(tr(tc("а", BELOW), tc("б")), tr(tc("в", BELOW), tc("г")))) == [["а", "б"], ["а", "г"]]


def test_deleted_row_is_left_out():
    assert texts(table(tr(tc("а")), tr(tc("б"), properties="<w:del/>"), tr(tc("в")))) == [["а"], ["в"]]


def test_table_in_a_cell_is_text_of_the_cell():
    found = read(tbl(tr(tc(p("до") + tbl(tr(tc("1"), tc("2"))) + p("после")), tc("б"))))
    assert [texts(one) for one in found.tables] == [[["до\n1\n2\nпосле", "б"]]]


def test_every_slot_belongs_to_the_cell_that_says_so():
    found = table(
        tr(tc("а", TOP + span(2)), tc("б"), tc("в")),
        tr(tc("", BELOW + span(2)), tc("г", span(2))),
        tr(tc("д"), tc("е"), tc("ж"), tc("з")),
    )
    for number, row in enumerate(found.rows):
        for column, cell in enumerate(row):
            assert cell.row <= number < cell.row + cell.rows
            assert cell.column <= column < cell.column + cell.columns


# ---- the archive


def test_document_under_another_name():
    data = archive(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("rId1", "officeDocument", "word/document2.xml")),
            "word/document2.xml": document(p("текст")),
        }
    )
    assert read_docx(data, "а.docx").paragraphs[0].text == "текст"


def test_strict_document():
    xml = document(p("текст")).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    found = read_docx(archive({"[Content_Types].xml": "<Types/>", "word/document.xml": xml}), "а.docx")
    assert found.paragraphs[0].text == "текст"


def test_what_was_not_read_is_noted():
    pictures = "<w:r><w:drawing><pic:pic xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'/></w:drawing></w:r>"
    notes = read(p(run("текст") + pictures) + "<w:altChunk r:id='rId5'/>").notes
    assert len(notes) == 2
    assert "1" in notes[0]
    with pytest.raises(UserError, match="только картинки"):
        read(p(pictures))


def test_properties():
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Отчёт</dc:title><dc:creator/></c>'
    assert read_docx(docx(p("а"), {"docProps/core.xml": core}), "а").properties == (("title", "Отчёт"),)


def test_empty_document_is_named():
    with pytest.raises(UserError, match=re.escape("пустой.docx: документ пустой")):
        read_docx(docx(""), "пустой.docx")
