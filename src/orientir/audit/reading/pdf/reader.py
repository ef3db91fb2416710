"""`read_pdf`: pages are drawn, laid out and put together in their order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from orientir.audit.document import Document, Link
from orientir.audit.reading.failures import RECOGNISE, told
from orientir.audit.reading.flow import Flow
from orientir.audit.reading.pdf.borderless import with_borderless
from orientir.audit.reading.pdf.figures import without_labels
from orientir.audit.reading.pdf.hyphens import mender
from orientir.audit.reading.pdf.layout import Element, Layout, anchor, laid_out
from orientir.audit.reading.pdf.lines import Line
from orientir.audit.reading.pdf.margins import without_margins
from orientir.audit.reading.pdf.opening import sheets
from orientir.audit.reading.pdf.paragraphs import Gathered, Paragraphs, Type, is_contents, is_heading, type_of
from orientir.audit.reading.pdf.sheet import Sheet
from orientir.audit.reading.pdf.tables import Piece, append, continues, put
from orientir.spreadsheets.refusals import Refusal

# A page with fewer words, of which pictures cover so much, is the picture of a page.
FEW_WORDS = 12
PICTURED = 0.4

_REMINDER = re.compile(r"^(?:продолжение|окончание)\s+табл", re.IGNORECASE)
_DASH = re.compile(r"^[-–—]\s+(?=[«„\"(А-ЯЁA-Z])")

Block = Gathered | Piece


def read_pdf(data: bytes, name: str) -> Document:
    """The document in these bytes; UserError, which names the file, where it cannot be read."""
    with told(name):
        return _read(data, name)


def _read(data: bytes, name: str) -> Document:
    layouts: list[Layout] = []
    scans: list[int] = []
    ciphers: list[int] = []
    for sheet in sheets(data):
        if _is_scan(sheet):
            scans.append(sheet.number)
        elif _is_cipher(sheet):
            ciphers.append(sheet.number)
        else:
            layouts.append(laid_out(sheet))
    if not any(layout.elements for layout in layouts):
        raise _nothing(scans, ciphers)
    notes = tuple(_notes(scans, ciphers))
    pages = len(layouts) + len(scans) + len(ciphers)
    blocks = tuple(_blocks(layouts).blocks)
    return Document(name, "pdf", blocks, pages, tuple(sorted([*scans, *ciphers])), notes)


# ---- pages that cannot be read


def _is_scan(sheet: Sheet) -> bool:
    return len(sheet.words) < FEW_WORDS and sheet.pictured >= PICTURED


def _is_cipher(sheet: Sheet) -> bool:
    """Glyphs without letters: the file does not tell what they mean."""
    return 2 * sheet.undeciphered > sum(len(word.text) for word in sheet.words) > 0


def _nothing(scans: list[int], ciphers: list[int]) -> Refusal:
    cure = f"Проверьте исходный файл (DOCX, ODT), если он есть. {RECOGNISE}"
    if scans:
        return Refusal("в документе одни картинки страниц (скан): текста в нём нет.", cure)
    if ciphers:
        return Refusal("буквы документа не распознаются: в файле не записано, что значат его знаки.", cure)
    return Refusal("в документе нет текста.", cure)


def _notes(scans: list[int], ciphers: list[int]) -> Iterator[str]:
    if scans:
        few, many = "картинка, текст на ней не прочитан", "картинки, текст на них не прочитан"
        yield f"{_listed(scans)} — {many if len(scans) > 1 else few}"
    if ciphers:
        yield f"{_listed(ciphers)}: буквы не распознаны, в файле не записано, что значат знаки"


def _listed(pages: list[int]) -> str:
    """«страницы 3, 5–8»."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    parts = [", ".join(map(str, run)) if len(run) < 3 else f"{run[0]}–{run[-1]}" for run in runs]
    return f"{'страницы' if len(pages) > 1 else 'страница'} {', '.join(parts)}"


# ---- from pages to the document


def _blocks(layouts: list[Layout]) -> Flow:
    layouts = without_margins(layouts)
    kind = type_of(map(_lines, layouts))
    layouts = list(with_borderless(without_labels(layout, kind.size) for layout in layouts))
    lines = [_lines(layout) for layout in layouts]
    blocks = list(_whole_tables(_gathered(layouts, Paragraphs(kind, _rights(layouts, lines)))))
    levels = _levels(blocks, kind)
    flow = Flow()
    mend = mender(_texts(blocks))
    for block in blocks:
        if isinstance(block, Piece):
            put(block, flow, mend)
        elif not is_contents(block):
            first = block.lines[0]
            heading = levels.get(round(block.size), 0) if is_heading(block, kind) else 0
            place = anchor(block.page, first.x0, first.top)
            text, is_item = _item(mend(block.text))
            links = [Link(mend(link.text), link.target) for link in block.links]
            flow.paragraph(text, links, is_item=is_item, heading=heading, page=block.page, anchor=place)
    return flow


def _item(text: str) -> tuple[str, bool]:
    """A paragraph that begins with a dash before a quotation or a capital; other bullets are known to the flow."""
    match = _DASH.match(text)
    return (text[match.end() :], True) if match else (text, False)


def _lines(layout: Layout) -> list[Line]:
    return [element for element in layout.elements if isinstance(element, Line)]


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Piece):
            yield from (cell.text for cell in block.cells)
        else:
            yield block.text


def _rights(layouts: Sequence[Layout], lines: Sequence[Sequence[Line]]) -> dict[float, float]:
    """How far to the right text goes on pages of each width."""
    rights: dict[float, list[float]] = {}
    for layout, page in zip(layouts, lines, strict=True):
        rights.setdefault(layout.width, []).extend(line.x1 for line in page)
    return {width: sorted(ends)[int(0.98 * (len(ends) - 1))] for width, ends in rights.items() if ends}


def _gathered(layouts: Sequence[Layout], paragraphs: Paragraphs) -> Iterator[Block]:
    """Paragraphs and tables in their order. A paragraph may go on over the end of a page, but not behind a table."""
    for layout in layouts:
        for number, element in enumerate(_without_reminder(layout.elements)):
            made: Block | None = None
            if isinstance(element, Piece):
                element.leads = number == 0
                ended, made = paragraphs.done(), element
            else:
                ended = paragraphs.add(element, layout)
            yield from (block for block in (ended, made) if block is not None)
    if (ended := paragraphs.done()) is not None:
        yield ended


def _without_reminder(elements: Sequence[Element]) -> Sequence[Element]:
    """«Продолжение таблицы 3» above the rest of a table is no caption."""
    first = elements[0] if len(elements) > 1 else None
    reminds = isinstance(first, Line) and _REMINDER.match(first.text) and isinstance(elements[1], Piece)
    return elements[1:] if reminds else elements


def _whole_tables(blocks: Iterable[Block]) -> Iterator[Block]:
    """Tables joined with what is left of them at the top of the next page."""
    table: Piece | None = None
    for block in blocks:
        if table and isinstance(block, Piece) and block.leads and continues(table, block):
            table = append(table, block)
            continue
        if table:
            yield table
        table = block if isinstance(block, Piece) else None
        if table is None:
            yield block
    if table:
        yield table


def _levels(blocks: Sequence[Block], kind: Type) -> dict[int, int]:
    """The level of a heading by its size: the largest is the first."""
    sizes = {round(block.size) for block in blocks if isinstance(block, Gathered) and is_heading(block, kind)}
    return {size: min(level, 6) for level, size in enumerate(sorted(sizes, reverse=True), 1)}
