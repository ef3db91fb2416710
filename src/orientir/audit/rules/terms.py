"""Abbreviations that a report uses and never spells out. Those that need no spelling are listed in known_terms.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from orientir.audit.document import Paragraph, Place
from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Report
from orientir.audit.understanding.wording import is_dictionary_word

_TERM = re.compile(r"(?<![\w№.\\/-])[А-ЯЁ]{2,6}(?![\w\\/-]|\s?-\s?\w?\d)")
_QUOTED = re.compile(r"«[^«»]*»|\"[^\"]*\"")
_SPELLING_OUT = 14


@rule("undefined-term")
def undefined_term(report: Report) -> Iterator[Finding]:
    """Each abbreviation once, where it is used first."""
    lines = _lines(report)
    first: dict[str, Place] = {}
    for line in lines:
        for term in _terms(line.text):
            first.setdefault(term, line.place)
    texts = [text for text in (*(line.text for line in lines), *_cells(report)) if text]
    for term, place in first.items():
        if not any(term in text and _spells_out(text, term) for text in texts):
            message = f"Сокращение «{term}» нигде в отчёте не расшифровано."
            yield Finding("undefined-term", Severity.INFO, place, message, reported=term)


def _lines(report: Report) -> list[Paragraph]:
    """Text without lines that are written in capitals."""
    return [one for one in report.document.paragraphs if not _is_loud(one.text)]


def _cells(report: Report) -> Iterator[str]:
    return (cell.text for table in report.document.tables for cell in table.cells() if len(cell.text) < 300)


def _is_loud(text: str) -> bool:
    letters = list(filter(str.isalpha, text))
    return sum(map(str.isupper, letters)) > len(letters) / 2


def _terms(text: str) -> list[str]:
    """Abbreviations outside names in quotation marks; words that are merely stressed («НЕ») are no abbreviations."""
    return [term for term in _TERM.findall(_QUOTED.sub("", text)) if term not in _known() and not _is_word(term)]


@cache
def _known() -> frozenset[str]:
    import yaml

    listed = yaml.safe_load(Path(__file__).with_name("known_terms.yaml").read_text(encoding="utf-8"))
    return frozenset(listed["terms"])


@cache
def _is_word(term: str) -> bool:
    return set(term) <= set("ХI") or is_dictionary_word(term.lower())


def _spells_out(text: str, term: str) -> bool:
    """«полное имя (СОКР)», «СОКР (полное имя)», «СОКР – полное имя», «далее – СОКР»."""
    for found in re.finditer(rf"(?<!\w){term}(?!\w)", text):
        before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
        if re.search(r"(?:далее|сокращ\w+)\s*[:–—-]?\s*[«\"]?$", before, re.I):
            return True
        if before.endswith("(") and _initials(before[:-1].split()[-_SPELLING_OUT:], term):
            return True
        if after[:1] in "(–—-=:" and _initials(after[1:].split()[:_SPELLING_OUT], term):
            return True
    return False


def _initials(words: list[str], term: str) -> bool:
    """Whether first letters of the words, in their order, give the abbreviation; compound words may give one or two."""
    full = " ".join(words).lower().replace("ё", "е")
    parts = re.findall(r"[а-я]+", full)
    rest = list(term.lower().replace("ё", "е"))
    for part in parts:
        if rest and part.startswith(rest[0]):
            rest.pop(0)
    return len(rest) <= (1 if len(term) > 3 else 0)
