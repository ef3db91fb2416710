"""The printed report: nothing of the document is lost, the pages are tagged, the bytes are always the same."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pypdf
import pytest
from pypdf.generic import DictionaryObject

from orientir.reports.document import (
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Ref,
    Row,
    Section,
    Table,
    numbering,
    plain,
)
from orientir.reports.to_pdf import to_pdf
from sample_document import issues_table, sample, three_year_table

PASSPORT_TABLES = 1


def opened(document: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(to_pdf(document)))


@pytest.fixture(scope="module")
def document() -> Document:
    return sample()


@pytest.fixture(scope="module")
def pdf(document: Document) -> pypdf.PdfReader:
    return opened(document)


@pytest.fixture(scope="module")
def tags(pdf: pypdf.PdfReader) -> list[DictionaryObject]:
    return list(_elements(pdf.root_object["/StructTreeRoot"]))


def _elements(node: object) -> Iterator[DictionaryObject]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        yield from _elements(node.get("/K"))
    elif isinstance(node, list):
        for child in node:
            yield from _elements(child)


def _named(tags: list[DictionaryObject], name: str) -> list[DictionaryObject]:
    return [tag for tag in tags if tag["/S"] == name]


def _attribute(tag: DictionaryObject, name: str) -> object:
    attributes = tag.get("/A", [])
    attributes = attributes if isinstance(attributes, list) else [attributes]
    return next((item.get_object()[name] for item in attributes if name in item.get_object()), None)


def _squeezed(text: str) -> str:
    """Without spaces and hyphens, which the line breaks of a page add and take away."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def _printed(pdf: pypdf.PdfReader) -> str:
    return _squeezed("".join(page.extract_text() for page in pdf.pages))


def _texts(document: Document) -> Iterator[str]:
    numbers = numbering(document)
    yield from (document.title, document.subtitle, document.territory, document.period, *document.marks)
    yield from (text for pair in document.passport for text in pair)
    for block in document.blocks:
        match block:
            case Heading():
                yield block.text
            case Paragraph():
                yield plain(block.text, numbers)
            case Bullets():
                yield from (plain(item, numbers) for item in block.items)
            case Table():
                yield from (block.caption, plain(block.note, numbers), *(leaf.title for leaf in block.leaves))
                yield from (plain(cell.text, numbers) for row in block.rows for cell in row.cells)


def test_every_text_of_the_document_is_on_the_pages(document: Document, pdf: pypdf.PdfReader) -> None:
    printed = _printed(pdf)
    assert [text for text in _texts(document) if _squeezed(text) not in printed] == []


def test_captions_are_numbered_as_the_document_numbers_them(pdf: pypdf.PdfReader) -> None:
    printed = _printed(pdf)
    assert _squeezed("Таблица 2 – Замечания к данным") in printed
    assert _squeezed("Рисунок 1 – Доля выпускников 11 классов, поступивших в вузы") in printed
    assert _squeezed("1.1 Поступление в вузы") in printed


def test_the_date_is_in_words(pdf: pypdf.PdfReader) -> None:
    assert "30\u00a0августа 2022\u00a0г." in pdf.pages[0].extract_text()


def test_marks_stand_on_every_page(document: Document, pdf: pypdf.PdfReader) -> None:
    mark = _squeezed(document.marks[0])
    assert all(mark in _squeezed(page.extract_text()) for page in pdf.pages)


def test_language_and_title_are_declared(document: Document, pdf: pypdf.PdfReader) -> None:
    assert str(pdf.root_object["/Lang"]).startswith("ru")
    assert pdf.metadata is not None and pdf.metadata.title == document.title


def test_headings_and_tables_are_tagged(document: Document, tags: list[DictionaryObject]) -> None:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert len(_named(tags, "/Table")) == len(tables) + PASSPORT_TABLES
    assert len(_named(tags, "/H2")) == sum(isinstance(b, Heading) and b.level == 2 for b in document.blocks)
    assert _named(tags, "/H1")


def test_every_header_cell_says_what_it_heads(tags: list[DictionaryObject]) -> None:
    headers = _named(tags, "/TH")
    assert headers
    assert {_attribute(header, "/Scope") for header in headers} == {"/Column"}


def test_figures_are_told_in_words(document: Document, tags: list[DictionaryObject]) -> None:
    alt = next(block.alt for block in document.blocks if hasattr(block, "alt"))
    assert alt in [figure.get("/Alt") for figure in _named(tags, "/Figure")]


def test_landscape_table_takes_its_heading_along(pdf: pypdf.PdfReader) -> None:
    wide = [page for page in pdf.pages if page.mediabox.width > page.mediabox.height]
    assert "Приложение. Замечания к данным" in wide[0].extract_text()
    assert all(_squeezed("Что обнаружено") in _squeezed(page.extract_text()) for page in wide)


def test_the_same_document_gives_the_same_bytes(document: Document) -> None:
    assert to_pdf(document) == to_pdf(sample())


def with_blocks(*blocks: object) -> Document:
    return replace(sample(), sections=(Section("s", "goals", "Цели", blocks),))  # type: ignore[arg-type]


def test_a_long_identifier_stays_inside_its_column() -> None:
    identifier = "sha256:" + "0123456789abcdef" * 6
    table = Table("t", "Числа", (Column("Код"), Column("Имя", width=4)), (Row((Cell((identifier,)), Cell(("имя",)))),))
    pages = opened(with_blocks(Heading(1, "Раздел", "h"), table)).pages
    lines = "".join(page.extract_text() for page in pages).splitlines()
    assert identifier not in lines
    assert identifier in _squeezed("".join(lines))


def test_caption_is_not_left_behind_by_its_table() -> None:
    tall = Row((Cell(("слово " * 100,)),))
    filling = tuple(Paragraph(("Абзац.",)) for _ in range(32))
    table = Table("t", "Подпись", (Column("Столбец"),), (tall,) * 4)
    pages = [
        _squeezed(page.extract_text()) for page in opened(with_blocks(Heading(1, "А", "h"), *filling, table)).pages
    ]
    caption = next(index for index, text in enumerate(pages) if "Таблица1–Подпись" in text)
    assert "слово" in pages[caption]


def test_repeated_cells_of_a_long_table_are_printed_once_for_all_their_rows() -> None:
    rows = tuple(Row((Cell((f"строка {index}",)), Cell(("повтор",)))) for index in range(64))
    made = opened(with_blocks(Heading(1, "А", "h"), Table("t", "т", (Column("Код"), Column("Источник")), rows)))
    assert _printed(made).count("повтор") == 8


def test_a_total_without_numbers_spans_the_table() -> None:
    table = replace(issues_table(), rows=(Row((Cell(("Всего",)), Cell(), Cell(), Cell()), "total"),))
    assert "Всего" in _printed(opened(with_blocks(Heading(1, "Раздел", "h"), table)))


def test_upright_pages_return_after_a_landscape_table() -> None:
    document = with_blocks(Heading(1, "Раздел", "h"), issues_table(), Paragraph((Ref("t-higher"),)), three_year_table())
    last = opened(document).pages[-1]
    assert last.mediabox.width < last.mediabox.height
    assert _squeezed("таблица 2") in _squeezed(last.extract_text())
