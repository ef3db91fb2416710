"""Statements of prose about numbers: values of years, and words of growth and decline.

A value is a claim only where its year is understood; a sentence whose numbers stay unread is listed as such.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from orientir.audit.report import Claim, Number, Report, ReportTable, Said, Year
from orientir.audit.understanding.captions import CAPTION
from orientir.audit.understanding.comparisons import is_about_the_rest, values_only
from orientir.audit.understanding.numbers import numbers_in
from orientir.audit.understanding.periods import years_in
from orientir.audit.understanding.populations import grades_of, population_of, squeezed
from orientir.audit.understanding.sentences import Sentence, sentences
from orientir.audit.understanding.topics import ByWords, likeness, topic_of

_CITED = re.compile(r"табл(?:иц\w*|\.)?\s*(?:№\s*)?(\d+(?:\.\d+)*)", re.IGNORECASE)
# For small letters: what ignores case is looked for many times slower.
_GROWS = re.compile(
    r"увелич|вырос|возрос|возраст(?:ает|али|ание)|рост\b|(?<!точк[аиу] )(?<!точек )роста\b|"
    r"раст[её]т|повыс|повышени(?!\w+ квалификации)|улучш|положительн\w+ динамик|прирост|больше стало"
)
_FALLS = re.compile(
    r"сниз|снижа|снижени|уменьш|сократил|сокраща[ею]т|сокращени\w+ (?:дол|числ|кол|охват|показат)|упал[аои]?\b|"
    r"падени|спад\b|отрицательн\w+ динамик"
)
_STEADY = re.compile(r"стабильн|на (?:том же|прежнем) уровне|не изменил|без изменений|сохраняется на уровне")
_CAUSE = re.compile(r"обусловлен|объясня|благодаря|за сч[её]т|вследствие|связан[оаы]? с|в связи с|в результате|причин")
_FROM_TO = re.compile(
    r"\bс\s+([\d\s\u00a0]+(?:[.,]\d+)?)\s*%?\s*(?:\([^)]*\)\s*)?до\s+([\d\s\u00a0]+(?:[.,]\d+)?)\s*(%)?"
)
_WHOLE_PERIOD = re.compile(r"\bза\s+(?:\w+\s+){0,2}(?:период\w*|год[аы]|лет)\b", re.IGNORECASE)
_POINTS = re.compile(r"\s*(?:п\.\s?п\.|процентн\w+ пункт)")
_SIGNED = re.compile(r"[+−±]\s?$")  # «+12»: a difference
_PURPOSE = re.compile(
    r"\b(?:цель\b|целью|задач|необходимо|следует(?!,?\s+что)|рекомендуе|рекомендова|планиру|должн[аоы]|предстоит|обеспечить|увеличить|"
    r"повысить|снизить|способству|порядок расч)"
)
_LIKE, _CLEARLY = 0.5, 0.15
_PROSE = frozenset(("", "monitoring", "analysis", "events"))


def find_claims(report: Report) -> None:
    """Fills claims, and what was not understood."""
    skipped = _outside_prose(report)
    prose = [one for one in report.document.paragraphs if not CAPTION.match(one.text) and one.place.line not in skipped]
    known = _Known(report)
    for sentence in sentences(prose):
        found = list(_claims(sentence, known))
        report.claims += found
        if not found and _says_numbers(sentence):
            told = f"Предложение не разобрано: «{sentence.text[:120]}»"
            report.not_understood.append((sentence.place(0), told))


def _outside_prose(report: Report) -> set[int]:
    """Lines of the parts in which numbers are plans, acts or lists; what cites a table is prose anywhere."""
    return {
        paragraph.place.line
        for section in report.sections
        if section.kind not in _PROSE
        for paragraph in section.paragraphs
        if not _CITED.search(paragraph.text)
    }


def _says_numbers(sentence: Sentence) -> bool:
    return any(number.is_percent for number, _, _ in numbers_in(sentence.text)) and any(years_in(sentence.text))


_Subject = tuple[frozenset[str], frozenset[int]]


class _Known:
    """The tables that hold measures, by which sentences are understood: by their numbers, and by topic and grades."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._numbered = {one.number: one for one in reversed(report.tables)}
        self._alike: dict[_Subject, list[ReportTable]] = defaultdict(list)
        for one in report.tables:
            if one.cells:
                self._alike[one.topic, one.subject.grades if one.subject else frozenset()].append(one)
        self._subjects = ByWords((subject[0], subject) for subject in self._alike)

    def table(self, sentence: Sentence) -> tuple[ReportTable | None, bool]:
        """The cited table, else the one that the sentence clearly speaks of; whether it was cited."""
        cited = _CITED.search(sentence.text)
        if cited:
            return self._numbered.get(cited[1]), True
        topic, grades = topic_of(sentence.text), grades_of(squeezed(sentence.text))[0]
        # Without a word in common no table is near enough to be chosen or to be a rival.
        rated = {one: self._rated(one, topic, grades) for one in self._subjects.near(topic)}
        best = max(rated, key=rated.__getitem__, default=None)
        if best is None or rated[best] < _LIKE or len(self._alike[best]) > 1:
            return None, False
        is_clear = all(rated[best] - rate >= _CLEARLY for one, rate in rated.items() if one != best)
        return (self._alike[best][0] if is_clear else None), False

    @staticmethod
    def _rated(subject: _Subject, topic: frozenset[str], grades: frozenset[int]) -> float:
        """How much of the tables' topic the sentence has; other grades speak against it."""
        named, own = subject
        covered = len(named & topic) / len(named)
        agrees = 0.2 if own and own == grades else -0.4 if own and grades else 0.0
        return (covered + likeness(named, topic)) / 2 + agrees


def _claims(sentence: Sentence, known: _Known) -> Iterator[Claim]:
    low = sentence.text.lower()
    if _PURPOSE.search(low) and not any(number.is_percent for number, _, _ in numbers_in(sentence.text)):
        return
    table, is_cited = known.table(sentence)
    for said, number, year, base, offset in (
        *_values(sentence.text, table),
        *_over_all_years(sentence.text, known.report.series_of(table) if table else []),
        *_trends(sentence.text, known.report.years),
    ):
        own, cause = _of_year(known.report, table, year), bool(_CAUSE.search(low))
        who = population_of(sentence.text)
        yield Claim(said, sentence.text, sentence.place(offset), number, year, base, own, who, cause, is_cited)


def _of_year(report: Report, table: ReportTable | None, year: Year | None) -> ReportTable | None:
    """Of tables that tell a year each, the one of the claim's year."""
    if table is None or year is None:
        return table
    group = report.series_of(table)
    return next((one for one in group if any(m.year == year for m in one.measures)), table)


_Found = tuple[Said, Number | None, Year | None, Year | None, int]


def _values(text: str, table: ReportTable | None) -> Iterator[_Found]:
    """Numbers paired with years: in their order where there are as many, else each with the year nearest before it."""
    if table and is_about_the_rest(text, table.caption):
        return
    text = values_only(text)
    years = list(years_in(text))
    numbers = _said_numbers(text, [(start, end) for _, start, end in years], table)
    if not years or not numbers:
        return
    ranged = _FROM_TO.search(text)
    if ranged:
        yield from _ranged(text, ranged, years, numbers)
        return
    for (number, start, _), year in zip(numbers, _paired(numbers, years), strict=True):
        if year is not None:
            yield Said.VALUE, number, year, None, start


def _over_all_years(text: str, tables: Sequence[ReportTable]) -> Iterator[_Found]:
    """«За весь период доля выросла с 40 % до 48 %»: the first year and the last of the table."""
    ranged = _FROM_TO.search(text)
    years = sorted({m.year.ends: m.year for one in tables for m in one.measures if m.year}.items())
    if ranged and len(years) > 1 and _WHOLE_PERIOD.search(text) and not any(years_in(text)):
        numbers = _said_numbers(text, [], tables[0])
        yield from _ranged(text, ranged, [(year, 0, 0) for _, year in (years[0], years[-1])], numbers)


def _said_numbers(
    text: str, years: Sequence[tuple[int, int]], table: ReportTable | None
) -> list[tuple[Number, int, int]]:
    """Percents; where the sentence has none, the counts that are no years, grades, names or citations."""
    found = [
        (number, start, end)
        for number, start, end in numbers_in(text)
        if not any(begin <= start < stop for begin, stop in years)
        and not _POINTS.match(text[end:])
        and not _SIGNED.search(text[:start])
    ]
    percents = [one for one in found if one[0].is_percent]
    if percents:
        return percents
    if table is None or not _CITED.search(text):  # a count is understood only where its table is cited
        return []
    quiet = [(match.start(), match.end()) for match in _NOT_COUNTS.finditer(text)]
    return [one for one in found if not one[0].decimals and not any(begin <= one[1] < stop for begin, stop in quiet)]


_NOT_COUNTS = re.compile(
    r"табл\w*\.?\s*(?:№\s*)?\d+(?:\s*(?:,|и|[-–—])\s*\d+)*|\d(?:[\d,и\s–—-]|по)*(?:-?\w{1,2})?\s*кл\w*|№\s*\d+|«[^»]*»|\d{1,2}\.\d{1,2}\.\d{4}|\d+\s*%|"
    r"\d+[-‑]?(?:й|го|му|х|ый|летию|летие)\b|\d{1,2}\s+(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*",
    re.IGNORECASE,
)


def _paired(numbers: Sequence[tuple[Number, int, int]], years: Sequence[tuple[Year, int, int]]) -> list[Year | None]:
    if len(numbers) == len(years):
        return [year for year, _, _ in years]
    year_first = years[0][1] < numbers[0][1]
    paired: list[Year | None] = []
    for _, start, end in numbers:
        before = [year for year, _, stop in years if stop <= start]
        after = [year for year, begin, _ in years if begin >= end]
        paired.append((before[-1] if before else None) if year_first else (after[0] if after else None))
    return paired if len(numbers) <= len(years) or len(years) == 1 == len(numbers) else [None] * len(numbers)


def _ranged(
    text: str,
    match: re.Match[str],
    years: Sequence[tuple[Year, int, int]],
    numbers: Sequence[tuple[Number, int, int]],
) -> Iterator[_Found]:
    """«вырос с 32 % в 2021 году до 39 % в 2022 году»: two values."""
    ends = [one for one in numbers if match.start() <= one[1] < match.end()]
    named = sorted({year.ends: year for year, _, _ in years}.items())
    if len(ends) == 1 and match[3] and (bare := next(numbers_in(match[1].strip()), None)):  # «с 52 до 55 %»
        ends = [(replace(bare[0], is_percent=True), match.start(1), match.end(1)), *ends]
    if len(named) == 2 and len(ends) == 2:
        for (number, start, _), (_, year) in zip(ends, named, strict=True):
            yield Said.VALUE, number, year, None, start
    elif len(named) == 1 and ends:
        number, start, _ = ends[-1]
        yield Said.VALUE, number, named[0][1], None, start


def _trends(text: str, known: Sequence[Year]) -> Iterator[_Found]:
    """Growth, decline or rest, with the years between which it is said to be."""
    low = text.lower()
    if _PURPOSE.search(low) and not any(years_in(text)):
        return
    years = sorted({year.ends: year for year, _, _ in years_in(text)}.values(), key=lambda year: year.ends)
    year = years[-1] if years else None
    base = years[0] if len(years) > 1 else None
    for said, pattern in ((Said.GROWS, _GROWS), (Said.FALLS, _FALLS), (Said.STEADY, _STEADY)):
        match = pattern.search(low)
        if match:
            yield said, None, year, base, match.start()
            return


def explained(report: Report) -> list[ReportTable]:
    """The tables of which some sentence names a cause or a change of method."""
    known = _Known(report)
    prose = [one for one in report.document.paragraphs if not CAPTION.match(one.text)]
    spoken = [known.table(sentence)[0] for sentence in sentences(prose) if _CAUSE.search(sentence.text.lower())]
    return [table for table in spoken if table is not None]
