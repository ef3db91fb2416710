"""The public site, read back: every page is there, leads somewhere and carries the numbers of the whole report."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from python_calamine import CalamineWorkbook

from orientir.reports.document import Document, Paragraph, Ref, Section, Table, numbering, plain
from orientir.reports.pages import NOTHING, part, site_pages
from orientir.reports.to_site import write_site
from sample_document import sample

NAMES = ("01-goals", "02-monitoring", "03-analysis")


def document() -> Document:
    """The sample with a reference across pages and one to a section that is not published."""
    base = sample()
    crossing = Paragraph(("Сравните: ", Ref("t-higher"), " и ", Ref("t-inside"), "."))
    inside = replace(next(block for block in base.blocks if isinstance(block, Table)), key="t-inside", landscape=False)
    issues = replace(base.sections[1], blocks=(*base.sections[1].blocks, crossing))
    unpublished = Section("inside", "", "Внутреннее", (inside,))
    return replace(base, sections=(base.sections[0], issues, unpublished))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(document(), folder)
    return folder


def page_of(site: Path, name: str) -> html.HtmlElement:
    return html.parse(str(site / f"{name}.html"), html.HTMLParser(encoding="utf-8")).getroot()


def test_all_files_are_there(site):
    expected = {"index.html"} | {f"{name}.html" for name in NAMES}
    expected |= {f"paste/{name}.{kind}" for name in NAMES for kind in ("txt", "html")}
    expected |= {f"files/{name}.{kind}" for name in NAMES for kind in ("docx", "xlsx")}
    assert {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} == expected


@pytest.mark.parametrize("name", ["index", *NAMES])
def test_links_resolve(site, name):
    for link in page_of(site, name).xpath("//a/@href"):
        if link.startswith("https://example.org/"):
            continue
        file, _, key = link.partition("#")
        assert not file or (site / file).is_file()
        assert not key or page_of(site, file.removesuffix(".html") or name).get_element_by_id(key) is not None


@pytest.mark.parametrize("name", ["index", *NAMES])
def test_pages_stand_alone(site, name):
    page = page_of(site, name)
    assert not page.xpath("//link | //script[@src] | //iframe")
    assert all(source.startswith("data:") for source in page.xpath("//@src"))
    assert (site / f"{name}.html").stat().st_size < 100_000


@pytest.mark.parametrize("name", ["index", *NAMES])
def test_pages_are_stamped(site, name):
    words = page_of(site, name).text_content()
    for expected in (sample().period, "30\u00a0августа 2022\u00a0г.", sample().checksum, *sample().marks):
        assert expected in words


def test_index_lists_every_component_in_one_line(site):
    lines = page_of(site, "index").xpath("//ol[@class='pages']/li/p/text()")
    assert lines == [NOTHING, "1\u00a0таблица, 1\u00a0рисунок.", "Замечания к данным. 1\u00a0таблица."]


def test_index_opens_with_what_stands_before_the_first_component(tmp_path):
    base = document()
    summary = Section("summary", "analysis", "Главное", (Paragraph(("Коротко.",)),))
    goals = Section("goals", "goals", "Цели", (Paragraph(("Двенадцать.",)),))
    write_site(replace(base, sections=(summary, goals, *base.sections)), tmp_path)
    assert page_of(tmp_path, "index").xpath("//main/p[@class='body']/text()") == ["Коротко."]


def test_page_lists_its_parts_under_its_own_name(site):
    page = page_of(site, "02-monitoring")
    current = page.xpath("//nav[@class='contents']//a[@aria-current='page']")
    inner = page.xpath("//nav[@class='contents']//a[starts-with(@href, '#')]")
    assert [link.get("href") for link in current] == ["02-monitoring.html"]
    assert [link.text_content() for link in inner] == ["Поступление в вузы"]


def test_page_leads_to_its_files_and_texts(site):
    links = page_of(site, "02-monitoring").xpath("//aside[@class='take']//a/@href")
    assert links == [
        f"{place}/02-monitoring.{kind}"
        for place, kind in (("files", "docx"), ("files", "xlsx"), ("paste", "html"), ("paste", "txt"))
    ]


def test_component_without_sections_says_so_everywhere(site):
    assert NOTHING in page_of(site, "01-goals").text_content()
    assert NOTHING in (site / "paste/01-goals.txt").read_text(encoding="utf-8")
    assert NOTHING in (site / "paste/01-goals.html").read_text(encoding="utf-8")


def test_reference_leads_to_another_page_and_unpublished_one_is_text(site):
    page = page_of(site, "03-analysis")
    assert page.xpath("//a[@href='02-monitoring.html#t-higher']/text()") == ["таблица\u00a01"]
    assert "и таблица\u00a03 полного отчёта." in page.text_content()
    assert page.xpath("//caption")[0].text_content() == "Таблица\u00a02 – Замечания к данным"


@pytest.mark.parametrize("name", NAMES)
def test_every_number_on_a_page_has_its_origin(site, name):
    page = page_of(site, name)
    data = page.xpath("//script[@id='origins-data']/text()")
    assert {number.get("data-n") for number in page.find_class("num")} == set(json.loads(data[0]) if data else {})


def test_text_to_paste_holds_the_tables(site):
    numbers = numbering(document())
    for page in site_pages(document()):
        lines = (site / f"paste/{page.name}.txt").read_text(encoding="utf-8").split("\n")
        for table in (block for block in page.blocks if isinstance(block, Table)):
            start = (
                lines.index(f"Таблица\u00a0{numbers.numbers[table.key]} – {table.caption}") + 2 + table.numbered_columns
            )
            assert len(lines[start - 1].split("\t")) == len(table.leaves)
            for row, line in zip(table.rows, lines[start:], strict=False):
                cells = row.cells[:1] if row.kind == "group" else row.cells
                printed = re.sub(r" \(https:[^)]+\)", "", line).split("\t")
                assert printed == [plain(cell.text, numbers) for cell in cells]


def test_text_to_paste_names_columns_with_their_groups(site):
    text = (site / "paste/02-monitoring.txt").read_text(encoding="utf-8")
    assert "2019/20 уч.\u00a0г.: Всего выпускников, чел.\t" in text
    assert "1 Мониторинг показателей\n\n1.1 Поступление в вузы\n\n" in text
    assert "(таблица\u00a01, рисунок\u00a01)" in text
    assert "– Второе, ссылка (https://example.org/)." in text


@pytest.mark.parametrize("name", NAMES)
def test_fragment_to_paste_has_plain_tags_only(site, name):
    fragment = html.fragment_fromstring((site / f"paste/{name}.html").read_text(encoding="utf-8"), create_parent="div")
    plain_tags = {"h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "a"}
    plain_tags |= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    tags = {element.tag for element in fragment.iterdescendants()}
    assert tags <= plain_tags
    assert not fragment.xpath(".//@style | .//@id | .//a[not(starts-with(@href, 'https:'))]")


def test_attachment_is_numbered_alone_and_names_the_whole_number():
    whole = numbering(document())
    alone = part(document(), site_pages(document())[2], whole)
    table = next(block for block in alone.blocks if isinstance(block, Table))
    assert numbering(alone).numbers["t-issues"] == "1"
    assert table.caption == "Замечания к данным (в полном отчёте — таблица\u00a02)"
    written = [plain(block.text, numbering(alone)) for block in alone.blocks if isinstance(block, Paragraph)]
    assert written == [
        "См. таблица\u00a01.",
        "Сравните: таблица\u00a01 полного отчёта и таблица\u00a03 полного отчёта.",
    ]
    assert set(alone.origins) == {"n1", "n2", "n3"}


@pytest.mark.parametrize("name", NAMES)
def test_attachments_open(site, name):
    assert CalamineWorkbook.from_path(str(site / f"files/{name}.xlsx")).sheet_names
    content = zipfile.ZipFile(io.BytesIO((site / f"files/{name}.docx").read_bytes()))
    assert content.testzip() is None and "word/document.xml" in content.namelist()


def test_same_document_gives_the_same_bytes(site, tmp_path):
    write_site(document(), tmp_path)
    for path in site.rglob("*"):
        if path.is_file():
            assert (tmp_path / path.relative_to(site)).read_bytes() == path.read_bytes(), path.name
