"""The HTML report, read back: it says what the document says, and asks nothing of a network."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace

import pytest
from lxml import etree, html

from orientir.reports.document import Document, Link, Num, Paragraph, Section, Table, header_grid, numbering, plain
from orientir.reports.to_html import to_html
from sample_document import issues_table, sample


@pytest.fixture(scope="module")
def text() -> str:
    return to_html(sample())


@pytest.fixture(scope="module")
def page(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def with_blocks(*blocks: Paragraph, **changes: object) -> Document:
    return replace(sample(), sections=(Section("s", "goals", "Раздел", blocks),), **changes)


def tables() -> list[Table]:
    return [block for block in sample().blocks if isinstance(block, Table)]


def data_of(page: html.HtmlElement, id: str) -> dict[str, dict[str, str]]:
    return json.loads(page.get_element_by_id(id).text)


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.key)
def test_cells_are_those_of_the_document(page, table):
    numbers = numbering(sample())
    rows = page.get_element_by_id(table.key).xpath(".//tbody/tr")
    printed = [[cell.text_content() for cell in row] for row in rows]
    expected = [
        [plain(cell.text, numbers) for cell in (row.cells[:1] if row.kind == "group" else row.cells)]
        for row in table.rows
    ]
    assert printed == expected


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.key)
def test_headers_keep_their_spans_and_say_what_they_head(page, table):
    head = page.get_element_by_id(table.key).xpath(".//thead/tr[th]")
    printed = [[(c.text, int(c.get("colspan", 1)), int(c.get("rowspan", 1)), c.get("scope")) for c in r] for r in head]
    assert printed == [
        [(cell.text, cell.colspan, cell.rowspan, "colgroup" if cell.colspan > 1 else "col") for cell in row]
        for row in header_grid(table.columns)
    ]


def test_captions_carry_the_number(page):
    captions = [caption.text_content() for caption in page.iter("caption", "figcaption")]
    assert captions == [
        "Таблица\u00a01 – Выпускники 11 классов, поступившие в вузы",
        "Рисунок\u00a01 – Доля выпускников 11 классов, поступивших в вузы",
        "Таблица\u00a02 – Замечания к данным",
    ]


def test_columns_are_numbered_where_asked(page):
    assert page.xpath("//*[@id='t-higher']//tr[@class='column-numbers']/td/text()") == list("123456789")
    assert not page.xpath("//*[@id='t-issues']//tr[@class='column-numbers']")


def test_heading_row_spans_the_table_and_total_is_marked(page):
    group = page.xpath("//*[@id='t-issues']//tr[@class='group']/th")
    assert [(cell.get("scope"), cell.get("colspan")) for cell in group] == [("rowgroup", "4")]
    assert len(page.xpath("//*[@id='t-issues']//tr[@class='total']")) == 1


def test_every_number_has_its_origin(page):
    printed = {number.get("data-n") for number in page.find_class("num")}
    origins = data_of(page, "origins-data")
    assert printed == set(origins)
    assert all(number.get("tabindex") == "0" for number in page.find_class("num"))
    assert origins["n9"]["formula"] == "46 : 80"


def test_number_without_origin_is_refused():
    with pytest.raises(KeyError, match="n404"):
        to_html(with_blocks(Paragraph((Num("n404", "7"),))))


def test_title_block_tells_territory_period_date_and_marks(page):
    shown = page.find_class("title")[0].text_content() + page.find_class("banner")[0].text_content()
    document = sample()
    for expected in (document.territory, document.period, "30\u00a0августа 2022\u00a0г.", *document.marks):
        assert expected in shown


def test_contents_and_references_lead_somewhere(page):
    inner = [link[1:] for link in page.xpath("//a/@href") if link.startswith("#")]
    assert {"h-monitoring", "h-higher", "t-issues", "c-higher", "content"} <= set(inner)
    assert all(page.get_element_by_id(id) is not None for id in inner)


def test_ids_are_unique(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_nothing_is_loaded(page):
    sources = page.xpath("//@src | //link/@href | //@srcset | //@poster | //object/@data | //@action")
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    assert not page.xpath("//link | //iframe | //object | //embed | //base | //script[@src]")
    assert "url(" not in page.findtext(".//style") and "@import" not in page.findtext(".//style")


def test_policy_forbids_everything_but_the_scripts_of_the_page(text, page):
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert policy.startswith("default-src 'none'; ")
    assert re.findall(r"'sha256-([^']+)'", policy) == digests
    assert "unsafe-eval" not in policy and "connect-src" not in policy


def test_chart_is_a_picture_with_words_before_any_script_runs(page):
    figure = page.get_element_by_id("c-higher")
    picture = figure.find(".//img")
    drawn = etree.fromstring(base64.b64decode(picture.get("src").partition(",")[2]))
    assert drawn.tag.endswith("svg")
    assert picture.get("alt").startswith("Столбчатая диаграмма: 51,1 %")
    assert figure.get("data-chart") in data_of(page, "charts-data")


def test_text_cannot_become_markup():
    hostile = "</script><script>alert(1)</script><!--"
    document = with_blocks(Paragraph((hostile, Num("n1", hostile))), marks=(hostile,), territory=hostile, title=hostile)
    origin = replace(document.origins["n1"], sources=hostile)
    page = html.document_fromstring(to_html(replace(document, origins={"n1": origin})))
    assert len(page.xpath("//script")) == 4
    assert data_of(page, "origins-data")["n1"]["sources"] == hostile
    assert page.findtext(".//title").startswith(hostile)


def test_only_plain_addresses_become_links():
    links = (Link("да", "https://example.org/?a=1&b=<2>"), Link("нет", "javascript:alert(1)"))
    page = html.document_fromstring(to_html(with_blocks(Paragraph(links))))
    assert page.xpath("//main//a/@href") == ["https://example.org/?a=1&b=<2>"]
    assert page.xpath("//p[@class='body']")[0].text_content() == "данет"


def test_cells_of_a_card_are_named_by_their_columns(page):
    cells = page.xpath("//*[@id='t-issues']//tr[@class='total']/*")
    assert [cell.get("data-label") for cell in cells] == [leaf.title for leaf in issues_table().leaves]


def test_cells_under_two_levels_of_header_make_no_card(page):
    assert not page.xpath("//*[@id='t-higher']//*[@data-label]")


def test_passport_marks_the_checksum():
    document = with_blocks(passport=(("Сумма", sample().checksum), ("Территория", "округ")))
    page = html.document_fromstring(to_html(document))
    assert page.xpath("//dd[@class='checksum']/text()") == [sample().checksum]


def test_section_of_wide_tables_is_wide_on_paper():
    page = html.document_fromstring(to_html(with_blocks(Paragraph(("Вступление.",)), issues_table())))
    assert page.xpath("//main/section/@class") == ["wide"]


def test_report_without_charts_is_small():
    alone = with_blocks(issues_table())
    assert len(to_html(alone).encode()) < 80_000


def test_same_document_gives_the_same_bytes(text):
    assert to_html(sample()) == text
