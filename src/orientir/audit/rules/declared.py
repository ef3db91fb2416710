"""Which declared indicator a table, a row or a sentence measures: by the indicator's own words, the rare ones
weighing more.

«Участие в чемпионате» and «мастер-классы чемпионата» share most words; a table measures only what it fits best.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from orientir.audit.document import Place
from orientir.audit.once import once
from orientir.audit.report import Report, ReportTable, Section
from orientir.audit.rules.parts_of_report import column_titles, is_data, tables_in
from orientir.audit.understanding.topics import ByWords
from orientir.audit.understanding.wording import grades, own_words, plain, sentences, telling

_STEM = 7
_UNCOUNTED = re.compile(
    r"\d{1,2}\.\d{1,2}\.\d{2,4}|(?:19|20)\d\d(?:\s*[-–/]\s*\d{2,4})?|№\s*\S+|[А-ЯA-Z]{1,4}-\d+|\d+-[А-ЯA-Z]{1,4}|"
    r"N\s?\d\S*|табл\w*\.?\s*\d+|\d{1,2}\s*[.)]"
)
_GRADES = re.compile(r"\d{1,2}(?:\s*[-–,и]+\s*\d{1,2})*\s*-?\s*(?:х\s*)?кл\w*", re.I)
# Parts that say what shall be done or measured, not what was.
_DECLARING = frozenset("indicators monitored goals sources methods recommendations measures decisions".split())
_DEFINING = re.compile(r"предлагаем|\bопределени|методик|расч[её]т|источник", re.I)
MEASURED = 0.6
# Words of nearly every indicator of career guidance, however rare they are in one list.
_EVERYWHERE = frozenset(word[:_STEM] for word in "ученик выпускник родитель участвовать профессиональный школа".split())
_OF_THE_FIELD = 0.3
_EXCLUSIVE = (
    {"ученик": "pupil", "выпускн": "pupil", "родител": "parent", "педагог": "teacher"},  # graduates are often pupils
    {"вуз": "university", "колледж": "college"},
)
_NARROW = frozenset(("овз", "инвалид"))
_ROWS = 100  # longer tables list schools, not indicators


@dataclass(frozen=True, slots=True)
class Indicator:
    """An item of a list of indicators."""

    text: str
    place: Place
    stems: frozenset[str]
    grades: frozenset[int]


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that carries numbers: a table, a row or column of one, a sentence."""

    text: str
    place: Place
    stems: frozenset[str]
    grades: frozenset[int]
    table: ReportTable | None = None


@once
def declared(report: Report, kind: str = "indicators") -> list[Indicator]:
    """Items of all lists of a kind and rows of their tables, each once."""
    found: dict[frozenset[str], Indicator] = {}
    for section in report.sections_of(kind):
        if not _DEFINING.search(section.title):
            for text, place in _listed(report, section):
                one = _indicator(text, place)
                if one.stems:
                    found.setdefault(one.stems | {str(grade) for grade in one.grades}, one)
    return list(found.values())


def _listed(report: Report, section: Section) -> Iterator[tuple[str, Place]]:
    yield from ((item.text, item.place) for item in section.items)
    for table in tables_in(report, section):
        titles = column_titles(table.table)
        at = next((at for at, title in enumerate(titles) if re.match(r"(?:наименование )?показател", title)), None)
        if at is not None and not table.cells:
            rows = [row for row in table.table.rows[1:] if len(set(row)) > 1]
            yield from ((row[at].text, row[at].place) for row in rows if len(telling(plain(row[at].text))) > 1)


def all_declared(report: Report) -> list[Indicator]:
    return declared(report) + declared(report, "monitored")


def _indicator(text: str, place: Place) -> Indicator:
    return Indicator(plain(text).strip(" .;"), place, stems(own_words(text)), grades(text))


def stems(words: frozenset[str]) -> frozenset[str]:
    """«профориентация» and «профориентационный» are one."""
    return frozenset(word[:_STEM] for word in words)


class Fitting:
    """How well units fit the indicators of one list."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self.indicators = indicators
        counted = Counter(stem for one in indicators for stem in one.stems)
        rare = {stem: 1 + log(len(indicators) / count) for stem, count in counted.items()}
        self._weights = {stem: weight * (_OF_THE_FIELD if stem in _EVERYWHERE else 1) for stem, weight in rare.items()}
        self._wholes = [sum(self._weights[stem] for stem in one.stems) for one in indicators]
        self._worded = ByWords((one.stems, at) for at, one in enumerate(indicators))
        self._graded: dict[frozenset[int], set[int]] = defaultdict(set)
        for at, one in enumerate(indicators):
            if one.grades:
                self._graded[one.grades].add(at)

    def fits(self, unit: Unit) -> dict[int, float]:
        """From 0 to 1 by the place of the indicator: the weight of its words that the unit has; 0 where it is of other
        people. Those that have nothing in common with the unit are left out."""
        near = self._worded.near(unit.stems) | self._graded.get(unit.grades, set())
        return {at: self._fit(at, unit) for at in near}

    def _fit(self, at: int, unit: Unit) -> float:
        one = self.indicators[at]
        if one.grades and unit.grades and one.grades.isdisjoint(unit.grades):
            return 0.0
        if _is_about_others(one, unit):
            return 0.0
        same_grades = float(bool(one.grades) and one.grades == unit.grades)
        common = sum(self._weights[stem] for stem in one.stems & unit.stems)
        return (common + same_grades) / (self._wholes[at] + same_grades)

    def measured(self, units: Sequence[Unit]) -> set[int]:
        """Places in the list of the indicators that some unit measures: it fits them best of all, and well."""
        found: set[int] = set()
        for unit in {(one.stems, one.grades): one for one in units}.values():
            fits = self.fits(unit)
            best = max(fits.values(), default=0.0)
            found.update(at for at, fit in fits.items() if fit >= MEASURED and (fit == best or fit > 0.95))
        return found


def _is_about_others(one: Indicator, unit: Unit) -> bool:
    """Teachers for pupils, universities for colleges, or children with disabilities for all."""
    for own, other in zip(_kinds(one.stems), _kinds(unit.stems), strict=True):
        if own and other and own.isdisjoint(other):
            return True
    return bool(unit.stems & _NARROW) and not one.stems & (_NARROW | {"абилимп"})


@lru_cache(maxsize=5_000)
def _kinds(stems: frozenset[str]) -> tuple[set[str], ...]:
    return tuple({group[stem] for stem in group.keys() & stems} for group in _EXCLUSIVE)


def units(report: Report) -> list[Unit]:
    return [*(unit for units in units_of_tables(report).values() for unit in units), *_sentences(report)]


@once
def units_of_tables(report: Report) -> dict[int, list[Unit]]:
    """By identity of the table."""
    return {id(table): list(_table_units(table)) for table in report.tables}


def _table_units(table: ReportTable) -> Iterator[Unit]:
    """The table as a whole by its caption and head, and each of its rows and columns that has a name."""
    if table.kind == "events" or not is_data(table):
        return
    head = " ".join(dict.fromkeys(plain(cell.text) for row in table.table.rows[: max(table.header, 1)] for cell in row))
    yield _unit(f"{table.caption}. {head}", table.place, table)
    for label in list(dict.fromkeys(plain(cell.row_label) for cell in table.cells))[:_ROWS]:
        if len(telling(label)) > 1:
            yield _unit(label, table.place, table, table.caption)
    for path in dict.fromkeys(cell.path for cell in table.cells):
        yield _unit(f"{table.caption}. {' '.join(path)}", table.place, table, table.caption)


def _unit(text: str, place: Place, table: ReportTable | None = None, caption: str = "") -> Unit:
    """Grades are those of the piece itself, else those of the caption above it."""
    return Unit(text, place, _stems_of(text), grades(text) or grades(caption), table)


@lru_cache(maxsize=5_000)
def _stems_of(text: str) -> frozenset[str]:
    return stems(telling(text))


def _sentences(report: Report) -> Iterator[Unit]:
    declaring = {one.place.line for part in report.sections if part.kind in _DECLARING for one in part.paragraphs}
    for paragraph in report.document.paragraphs:
        if paragraph.place.line not in declaring:
            for sentence in sentences(paragraph.text):
                if has_count(sentence):
                    yield _unit(sentence, paragraph.place)


def has_count(sentence: str) -> bool:
    """Whether a number stands in it that is no year, date, grade or number of a document."""
    has_digits = re.search(r"\d", sentence)
    return bool(has_digits and re.search(r"\d", _UNCOUNTED.sub("", _GRADES.sub("", sentence))))
