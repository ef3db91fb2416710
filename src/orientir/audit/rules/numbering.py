"""Numbers of sections: a number skipped or repeated, one numbered line among unnumbered lines of its kind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from orientir.audit.document import Paragraph
from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Report
from orientir.audit.understanding.parts import is_capitals, is_passing
from orientir.audit.understanding.wording import numbering, plain, unnumbered

_Key = tuple[object, ...]
_LONGEST = 300
_LAST = 30


@rule("section-numbering")
def section_numbering(report: Report) -> Iterator[Finding]:
    """Numbers of headings go one by one, and siblings are numbered all or none."""
    numbered = {place: numbering(one.text) for place, one in enumerate(report.document.paragraphs)}
    for siblings in _siblings(report).values():
        yield from _out_of_order(report, siblings)
        yield from _alone_among(siblings)
    yield from _alone_among_lines(report.document.paragraphs, numbered)


def _siblings(report: Report) -> dict[_Key, list[Paragraph]]:
    """Headings under one heading; those of the form «5.1» by the number before the last."""
    groups: dict[_Key, list[Paragraph]] = defaultdict(list)
    above: list[Paragraph] = []
    for heading in _headings(report):
        above = [one for one in above if _level(one) < _level(heading)]
        number = numbering(heading.text)
        under = above[-1].place.line if above else 0
        groups[number[:-1] if len(number) > 1 else (_level(heading), under)].append(heading)
        above.append(heading)
    return groups


def _headings(report: Report) -> list[Paragraph]:
    """Headings as they are marked; in a text without marks, the titles of its parts. A single mark is the title of the
    document or of a sheet."""
    marked = [one for one in report.document.paragraphs if one.heading]
    if len(marked) > 1:
        return marked
    titles = {section.place.line for section in report.sections}
    lines = [one for one in report.document.paragraphs if one.place.line in titles and not one.is_item]
    return [one for one in lines if numbering(one.text) or is_capitals(one.text)]


def _level(paragraph: Paragraph) -> int:
    """Lines in capitals stand above the others where levels are not marked."""
    return paragraph.heading or (1 if is_capitals(paragraph.text) else 1 + len(numbering(paragraph.text)))


def _out_of_order(report: Report, siblings: Sequence[Paragraph]) -> Iterator[Finding]:
    numbered = [one for one in siblings if numbering(one.text) and numbering(one.text)[-1] <= _LAST]
    for one, other in pairwise(numbered):
        before, after = numbering(one.text), numbering(other.text)
        if before[:-1] != after[:-1] or after[-1] in (before[-1] + 1, 1 if before[-1] != 1 else None):
            continue
        expected = (*before[:-1], before[-1] + 1)
        if not _between(report, one, other, expected):
            yield _jump(other, _printed(before), _printed(after), _printed(expected))


def _between(report: Report, one: Paragraph, other: Paragraph, number: tuple[int, ...]) -> bool:
    """Whether the missing number begins some line between, though it was not marked as a heading."""
    lines = (line for line in report.document.paragraphs if one.place.line < line.place.line < other.place.line)
    return any(numbering(line.text) == number for line in lines)


def _jump(heading: Paragraph, before: str, after: str, expected: str) -> Finding:
    if before == after:
        message = f"Номер раздела {after} повторён: «{_title(heading)}»."
    else:
        message = f"После раздела {before} идёт раздел {after}: «{_title(heading)}»; ожидается {expected}."
    return Finding(
        "section-numbering", Severity.INFO, heading.place, message, None, None, reported=after, expected=expected
    )


def _alone_among(siblings: Sequence[Paragraph]) -> Iterator[Finding]:
    """One heading with a number, at least two without."""
    numbered = [one for one in siblings if numbering(one.text)]
    if len(numbered) == 1 and len(siblings) > 2 and numbering(numbered[0].text)[0] <= _LAST:
        yield _lonely(numbered[0])


def _alone_among_lines(lines: Sequence[Paragraph], numbers: dict[int, tuple[int, ...]]) -> Iterator[Finding]:
    """«2. Доля выпускников ...» where other lines that begin with the same words have no number, and none is 1 or 3."""
    titles = [at for at, line in enumerate(lines) if _is_title(line)]
    kinds: dict[str, list[int]] = defaultdict(list)
    for at in titles:
        kinds[_first_words(lines[at])].append(at)
    for alike in kinds.values():
        numbered = [at for at in alike if numbers[at]]
        if len(numbered) == 1 and len(alike) > 2 and not _is_in_list(numbers, numbered[0]):
            yield _lonely(lines[numbered[0]])


def _is_title(line: Paragraph) -> bool:
    """Short, no item of a list, no caption, and no statement of values."""
    text = plain(line.text)
    if line.heading or line.is_item or len(text) > _LONGEST or is_passing(line) or text.endswith((";", ":")):
        return False
    return not re.search(r"%|\bтабл|\b(?:19|20)\d\d\b", text, re.I)


def _first_words(line: Paragraph) -> str:
    return " ".join(unnumbered(line.text).lower().split()[:3])


def _is_in_list(numbers: dict[int, tuple[int, ...]], at: int) -> bool:
    """Whether a neighbouring line carries the number before or after: then it is an item of a numbered list."""
    last = numbers[at][-1]
    near: Iterable[int] = (*range(at - 3, at), *range(at + 1, at + 4))
    return any(numbers.get(one, ()) and abs(numbers[one][-1] - last) == 1 for one in near)


def _lonely(line: Paragraph) -> Finding:
    number = _printed(numbering(line.text))
    message = f"Номер {number} есть только у «{_title(line)}», соседние заголовки того же рода номеров не имеют."
    return Finding("section-numbering", Severity.INFO, line.place, message, reported=number)


def _printed(number: tuple[int, ...]) -> str:
    return ".".join(map(str, number))


def _title(line: Paragraph) -> str:
    return unnumbered(line.text)[:80]
