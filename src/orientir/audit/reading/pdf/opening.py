"""A PDF is opened and its pages are drawn one by one, within bounds; what cannot be read is refused with the reason."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from orientir.audit.reading.pdf.sheet import LinkArea, Sheet
from orientir.spreadsheets.refusals import Refusal

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

MOST_PAGES = 2000
# Inflated data of one stream that is no picture, and of all such streams together.
STREAM_BYTES = 64_000_000
ALL_BYTES = 400_000_000

_ANEW = "Откройте документ у себя, сохраните как PDF заново или пришлите исходный файл (DOCX, ODT)."
_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_TAIL = 4096


def sheets(data: bytes) -> Iterator[Sheet]:
    """Each page with its links; Refusal where the file is protected, damaged, cut short or beyond measure.

    Nothing of a page is kept once the next is asked for.
    """
    _check(data)
    pdf = _opened(data)
    pages = list(islice(_pages(pdf), MOST_PAGES + 1))
    if not pages:
        raise Refusal("файл повреждён: в нём нет ни одной страницы.", _ANEW)
    if len(pages) > MOST_PAGES:
        raise Refusal(f"в документе больше {MOST_PAGES} страниц.", "Разделите его на части и проверьте каждую.")
    for number, page in enumerate(pages, 1):
        yield _sheet(pdf, page, number)


def _check(data: bytes) -> None:
    if b"%%EOF" not in data[-_TAIL:]:
        raise Refusal("файл обрывается: у него нет конца.", "Скачайте или сохраните его заново.")
    spent = 0
    for match in _STREAM.finditer(data):
        if _PICTURE.search(data, max(match.start() - 1000, data.rfind(b" obj", 0, match.start())), match.start()):
            continue
        spent += _inflated(data, match.end())
        if spent > ALL_BYTES:
            raise _bomb()


def _inflated(data: bytes, start: int) -> int:
    """How much a stream unpacks to, if it is packed in the usual way; Refusal where that is no measure of a report."""
    if data[start : start + 1] not in (b"\x78", b"\x68", b"\x48", b"\x58", b"\x38", b"\x28", b"\x18", b"\x08"):
        return 0
    unpacking = zlib.decompressobj()
    rest, size = data[start : start + 65536], 0
    place = start + len(rest)
    try:
        while rest and not unpacking.eof:
            size += len(unpacking.decompress(rest, 1 << 20))
            if size > STREAM_BYTES:
                raise _bomb()
            rest = unpacking.unconsumed_tail
            if not rest:
                rest = data[place : place + 65536]
                place += len(rest)
    except zlib.error:
        pass
    return size


def _bomb() -> Refusal:
    return Refusal("файл разворачивается в сотни мегабайт: это не отчёт.", _ANEW)


def _opened(data: bytes) -> PDF:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        return pdfplumber.open(BytesIO(data), raise_unicode_errors=False)
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise Refusal("документ защищён паролем.", "Снимите пароль и проверьте копию без него.") from None
        raise Refusal("файл повреждён: его не удалось открыть.", _ANEW) from error


def _pages(pdf: PDF) -> Iterator[Any]:
    from pdfminer.pdfpage import PDFPage

    try:
        yield from PDFPage.create_pages(pdf.doc)
    except Exception as error:  # a broken tree of pages may raise anything
        raise Refusal("файл повреждён: список его страниц не читается.", _ANEW) from error


def _sheet(pdf: PDF, page: Any, number: int) -> Sheet:
    from orientir.audit.reading.pdf.canvas import TooComplex, drawn

    try:
        sheet = drawn(pdf.rsrcmgr, page, number)
    except TooComplex:
        what = f"страница {number} нарисована слишком сложно: это карта или чертёж, а не отчёт."
        raise Refusal(what, "Уберите её и проверьте остальное.") from None
    except Exception as error:  # pdfminer answers to damage with whatever happens to fail
        raise Refusal(f"файл повреждён: страница {number} не читается.", _ANEW) from error
    sheet.links = _links(pdf, page, number)
    return sheet


def _links(pdf: PDF, page: Any, number: int) -> list[LinkArea]:
    """Broken annotations are no reason not to read the page."""
    if not page.annots:
        return []
    from pdfplumber.page import Page

    try:
        found = Page(pdf, page, page_number=number).hyperlinks
        return [LinkArea(link["x0"], link["top"], link["x1"], link["bottom"], str(link["uri"])) for link in found]
    except Exception:
        return []
