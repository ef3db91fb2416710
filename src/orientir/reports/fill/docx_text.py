"""The text of a piece of a Word document, and a text put in its place with the same look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS = (f"{W}tab", f"{W}br", f"{W}cr")
_OF_REVISIONS = (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo", f"{W}rPrChange")
_FIELDS = (f"{W}fldChar", f"{W}fldSimple", f"{W}instrText")


def text_of(element: Any) -> str:
    """Paragraphs by lines; what a content control shows until it is filled is no text, nor are nested tables."""
    return "\n".join(_paragraph_text(one) for one in paragraphs(element)).strip("\n")


def paragraphs(element: Any) -> Iterator[Any]:
    """The paragraphs of a cell or a body, not those of tables inside it."""
    for child in element:
        if child.tag == f"{W}p":
            yield child
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            yield from paragraphs(content) if content is not None else ()


def _paragraph_text(paragraph: Any) -> str:
    pieces = []
    for one in paragraph.iter(f"{W}t", *_BREAKS):
        if one.tag == f"{W}t":
            pieces.append("" if _is_prompt(one) else one.text or "")
        elif one.getparent().tag == f"{W}r":  # a tab stop of the paragraph's settings is none
            pieces.append(" ")
    return "".join(pieces)


def _is_prompt(text: Any) -> bool:
    return any(control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None for control in text.iterancestors(f"{W}sdt"))


def has_fields(element: Any) -> bool:
    return next(element.iter(*_FIELDS), None) is not None


def put_text(cell: Any, text: str) -> None:
    """The text instead of what the cell says, in the first run's look, or in that of its empty paragraph."""
    for control in cell.iter(f"{W}sdt"):
        _end_prompt(control)
    pieces = [one for paragraph in paragraphs(cell) for one in paragraph.iter(f"{W}t")]
    if not pieces:
        if not text:
            return
        paragraph = next(paragraphs(cell))
        pieces = [_new_text(paragraph)]
    _set(pieces[0], text)
    for rest in pieces[1:]:
        _set(rest, "")


def _end_prompt(control: Any) -> None:
    shown = control.find(f"{W}sdtPr/{W}showingPlcHdr")
    if shown is not None:
        shown.getparent().remove(shown)
        for style in list(control.iter(f"{W}rStyle")):
            style.getparent().remove(style)


def _new_text(paragraph: Any) -> Any:
    run = next(paragraph.iter(f"{W}r"), None)
    if run is None:
        run = paragraph.makeelement(f"{W}r")
        look = paragraph.find(f"{W}pPr/{W}rPr")
        if look is not None:
            run.append(_without_revisions(deepcopy(look)))
        paragraph.append(run)
    piece = run.makeelement(f"{W}t")
    run.append(piece)
    return piece


def _without_revisions(look: Any) -> Any:
    for one in list(look):
        if one.tag in _OF_REVISIONS:
            look.remove(one)
    return look


def _set(piece: Any, text: str) -> None:
    piece.text = text
    piece.set(_SPACE, "preserve")


BLANK = re.compile(r"_{3,}")


def blanks(paragraph: Any) -> list[tuple[str, str]]:
    """What stands before and behind each «_____» of a paragraph, up to the next one."""
    text = _paragraph_text(paragraph)
    found = list(BLANK.finditer(text))
    starts = [0, *(one.end() for one in found)]
    ends = [*(one.start() for one in found[1:]), len(text)]
    return [
        (text[start : one.start()].strip(), text[one.end() : end].strip())
        for one, start, end in zip(found, starts, ends, strict=False)
    ]


def put_in_blank(paragraph: Any, number: int, text: str) -> None:
    """The text instead of the blank of this number, from 0; a blank may lie over several runs."""
    pieces = [one for one in paragraph.iter(f"{W}t") if not _is_prompt(one)]
    whole = "".join(one.text or "" for one in pieces)
    blank = list(BLANK.finditer(whole))[number]
    at = 0
    for piece in pieces:
        own = piece.text or ""
        start, end = max(blank.start() - at, 0), min(blank.end() - at, len(own))
        if start < end:
            _set(piece, own[:start] + (text if at + start == blank.start() else "") + own[end:])
        at += len(own)
