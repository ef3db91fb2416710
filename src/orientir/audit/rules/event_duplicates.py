"""One event written twice: the same telling words, whatever their order, endings and a letter more or less."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orientir.audit.document import Cell
from orientir.audit.finding import Finding, rule
from orientir.audit.report import Event, Report
from orientir.audit.rules.event_words import about, days, named, registers
from orientir.audit.rules.event_years import years_in

_WORD = re.compile(r"[а-яa-z]{3,}")
# Words by which no occasion is told from another.
_FILLERS = re.compile(
    r"лиц|люд|сред[иы]|для|уча[щс]т|учащ|учени|школьник|обучаю|мероприят|посвящ|летию|летие|провед|организ|рамк|ежегодн"
    r"|проект|област|регион|всерос|муницип|район|городск|округ|национ|федерал|межрег|межмуниц|открыт(?:ый|ого|ом)|образован"
)
_STAGES = re.compile(
    r"отбор\w*|полуфинал\w*|финал\w*|заключительн\w*|\bзаочн\w*|\bочн\w*|открыти\w*|закрыти\w*"
    r"|школьн\w+ этап|втор\w+ этап|перв\w+ этап|треть\w+ этап|старт\b|награжд\w*|церемони\w*"
)
_LEVELS = (
    ("школьный", r"школьн\w+ (?:этап|тур)"),
    ("муниципальный", r"муницип|районн|городск|окружн"),
    ("региональный", r"регион|област|краев|республ"),
    ("всероссийский", r"всерос|федерал|национ"),
    ("международный", r"междунар"),
)
_NUMBERS = re.compile(r"\b[IVXLC]+\b|(?<![\d.])\d+")
_PLACE_HEAD = re.compile(r"организац|учрежд|\bоо\b|\bоу\b|школ|мест|площадк|класс|категор|аудитор")
_SEASON = 180  # days: what is held every year comes again later than that
_MANY = 200  # titles that share a word: beyond that the word tells nothing


@dataclass(frozen=True)
class _Title:
    """What a title is compared by."""

    event: Event
    words: frozenset[str]
    stages: frozenset[str]
    levels: frozenset[str]
    numbers: frozenset[str]
    years: frozenset[int]
    where: tuple[str, ...]


@rule("event-duplicate")
def events_listed_twice(report: Report) -> Iterator[Finding]:
    """Each repetition once, with the first row that it repeats; a series on three days or more is no repetition."""
    for _, events in registers(report):
        rows = _rows(events)
        for members in _groups([_title(event, rows) for event in events]):
            yield from _repetitions([one.event for one in members])


def _repetitions(events: Sequence[Event]) -> Iterator[Finding]:
    is_series = len({event.first for event in events}) > 2
    for place, event in enumerate(events[1:], 1):
        earlier = events[:place] if not is_series else [one for one in events[:place] if one.first == event.first]
        if earlier:
            message = f"повторяет другую запись — {named(earlier[0])}; даты: {days(earlier[0])} и {days(event)}."
            yield about(event, "event-duplicate", message, others=earlier[:1])


def _groups(titles: Sequence[_Title]) -> Iterator[list[_Title]]:
    """Titles of one event each; compared are only those that have most of their words in common."""
    groups: list[list[_Title]] = []
    known: dict[str, list[int]] = defaultdict(list)
    for title in titles:
        shared = Counter(group for word in title.words for group in known[word])
        near = (group for group, count in shared.most_common(20) if count * 2 >= len(title.words))
        same = next((group for group in near if _is_same(groups[group][0], title)), None)
        if same is not None:
            groups[same].append(title)
            continue
        for word in title.words:
            if len(known[word]) < _MANY:
                known[word].append(len(groups))
        groups.append([title])
    yield from (group for group in groups if len(group) > 1)


def _is_same(one: _Title, other: _Title) -> bool:
    same_day = one.event.first is not None and one.event.first == other.event.first
    if one.stages != other.stages or one.numbers != other.numbers or _differ(one.where, other.where):
        return False
    if (one.levels and other.levels and one.levels != other.levels) or (
        one.years and other.years and one.years != other.years
    ):
        return False
    if not same_day and (min(len(one.words), len(other.words)) < 3 or _are_apart(one, other)):
        return False
    left, right = one.words - other.words, other.words - one.words
    spare = len(left) + len(right) - 2 * _slips(left, right)
    return spare == 0 or (same_day and spare == 1 and min(len(one.words), len(other.words)) >= 4)


def _are_apart(one: _Title, other: _Title) -> bool:
    """A yearly event of another year, or a series of ranges of days."""
    first, second = one.event, other.event
    if first.first is None or second.first is None:
        return False
    ordinal = any(number.isalpha() for number in one.numbers)
    ranges = first.first != first.last and second.first != second.last
    is_yearly = first.first.year != second.first.year and abs((first.first - second.first).days) > _SEASON
    return ranges or (is_yearly and not ordinal)


def _slips(left: frozenset[str], right: frozenset[str]) -> int:
    """How many words of one side are those of the other with one letter changed."""
    rest, found = set(right), 0
    for word in sorted(left):
        twin = next((other for other in sorted(rest) if _one_letter(word, other)), None)
        if twin is not None:
            rest.remove(twin)
            found += 1
    return found


def _one_letter(one: str, other: str) -> bool:
    """One letter changed, lost or added among the first of two words."""
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    tails = (one[start + 1 :], other[start + 1 :]), (one[start:], other[start + 1 :]), (one[start + 1 :], other[start:])
    # Both were cut to one length, so that a lost letter shifts the end.
    return any(a == b or (a[:-1] == b or a == b[:-1]) for a, b in tails)


def _title(event: Event, rows: dict[int, tuple[str, ...]]) -> _Title:
    text = event.title.lower().replace("ё", "е")
    text = re.sub(r"ограниченн\w+ возможност\w+ здоровья", "овз", text)
    words = (re.sub(r"(.)\1", r"\1", word) for word in _WORD.findall(text))
    telling = frozenset(word[:7] for word in words if not _FILLERS.match(word))
    years = frozenset(years_in(event.title))
    numbers = frozenset(
        number for number in _NUMBERS.findall(event.title) if not number.isdigit() or int(number) not in years
    )
    return _Title(
        event,
        telling,
        frozenset(match[:5] for match in _STAGES.findall(text)),
        frozenset(name for name, pattern in _LEVELS if re.search(pattern, text)),
        numbers,
        years,
        rows.get(event.place.line, ()),
    )


def _rows(events: Sequence[Event]) -> dict[int, tuple[str, ...]]:
    """By the line of the row: where and for whom an event was, as far as the register has such columns."""
    table = events[0].table
    heads = [
        " ".join(row[at].text.lower() for row in table.table.rows[: table.header])
        for at in range(_width(table.table.rows))
    ]
    places = [
        at for at, head in enumerate(heads) if _PLACE_HEAD.search(head) and not re.search("мероприят|назв|наимен", head)
    ]
    return {
        cell.place.line: tuple(" ".join(row[at].text.lower().split()) for at in places)
        for row in table.table.rows[table.header :]
        for cell in row
        if places
    }


def _width(rows: Sequence[Sequence[Cell]]) -> int:
    return len(rows[0]) if rows else 0


def _differ(one: Sequence[str], other: Sequence[str]) -> bool:
    return any(a and b and a != b for a, b in zip(one, other, strict=False))
