"""Slips of writing: patterns of the reference data, quotes that do not close, words of two alphabets, torn words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from orientir.audit.document import Place
from orientir.audit.finding import Finding, Severity
from orientir.audit.reference_data import Slip
from orientir.audit.report import Report, ReportTable
from orientir.audit.understanding.addresses import SCHEME

_ADDRESS = re.compile(
    rf"(?:{SCHEME.pattern})[^\s,;)»]*(?:\s[^\sА-Яа-яЁё,;)»]+)*|[\w.+-]+@[\w-]+\.[\w.]+|\b[\w-]+(?:\.[\w-]+)*\.(?:ru|com|рф|org)\b\S*",
    re.IGNORECASE,
)
_ADDRESS_SIGN = re.compile(r"[@/\\]|www|\.(?:ru|com|рф|org)\b", re.IGNORECASE)
_LATIN = re.compile(r"[A-Za-z]")
_TWO_ALPHABETS = re.compile(r"\b[A-Za-zА-Яа-яЁё]*(?:[A-Za-z][А-Яа-яЁё]|[А-Яа-яЁё][A-Za-z])[A-Za-zА-Яа-яЁё]*\b")
_QUOTE = re.compile(r"[«»]")
_PAIR = re.compile(r"(?<!\w)(?=([а-яё]{3,}) ([а-яё]{2,})(?!\w))")


def slips_told(report: Report, slips: Sequence[Slip]) -> Iterator[Finding]:
    """One finding for each paragraph and each cell with slips."""
    in_text = cache(lambda text: tuple(_slips(text, slips)))  # cells repeat one another
    for paragraph in report.document.paragraphs:
        if found := in_text(paragraph.text):
            yield _finding(paragraph.place, found, None)
    for table in report.tables:
        torn = _whole_words(table)
        for cell in table.table.cells():
            if found := (*in_text(cell.text), *_torn_words(cell.text, torn)) if cell.text.strip() else ():
                yield _finding(cell.place, found, table)


def _slips(text: str, slips: Sequence[Slip]) -> Iterator[tuple[str, str]]:
    """What is wrong, and the piece of text."""
    plain = _ADDRESS.sub("…", text) if _ADDRESS_SIGN.search(text) else text
    for slip in slips:
        if match := slip.pattern.search(plain):
            yield slip.what, _around(plain, match)
    if fault := _quotes_fault(plain):
        yield fault, ""
    if _LATIN.search(plain) and (match := _TWO_ALPHABETS.search(plain)):
        yield "в слове смешаны русские и латинские буквы", match[0]


def _quotes_fault(text: str) -> str:
    """Quotes of one shape that end together are closed by one mark, so that a nested pair may leave one open."""
    depth = deepest = spare = 0
    for sign in _QUOTE.findall(text):
        if sign == "«":
            depth += 1
            deepest = max(deepest, depth)
        elif sign == "»":
            if depth == 0:
                return "закрывающая кавычка без открывающей"
            spare += depth > 1
            depth -= 1
            if depth == 0:
                spare = 0
    return "кавычки «ёлочки» не закрыты" if depth > spare else ""


def _whole_words(table: ReportTable) -> frozenset[str]:
    heads = table.table.rows[: max(table.header, 1)]
    return frozenset(word for row in heads for cell in row for word in re.findall(r"[а-яё]{6,}", cell.text.lower()))


def _torn_words(text: str, whole: frozenset[str]) -> Iterator[tuple[str, str]]:
    """«Поступи ли» beside «Поступили» in the same head."""
    for match in _PAIR.finditer(text.lower()):
        if match[1] + match[2] in whole:
            yield "слово разорвано", f"{match[1]} {match[2]}"


def _around(text: str, match: re.Match[str]) -> str:
    piece = text[max(0, match.start() - 12) : match.end() + 12]
    return " ".join(piece.split())


def _finding(place: Place, found: Sequence[tuple[str, str]], table: ReportTable | None) -> Finding:
    told = "; ".join(f"{what} (…{piece}…)" if piece else what for what, piece in found)
    return Finding(
        "text-defect", Severity.INFO, place, f"Дефекты текста: {told}.", table.number if table else None,
        evidence=tuple(piece for _, piece in found if piece),
    )  # fmt: skip
