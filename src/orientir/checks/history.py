"""History: what changed from year to year without a word, and what was copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from orientir.checks.subject import Subject, issue
from orientir.model.jumps import AT_LEAST, FACTOR, has_jumped
from orientir.model.package import Fact
from orientir.model.results import Issue
from orientir.model.status import Severity
from orientir.presentation import NBSP, number


def _jumped(before: Fact, after: Fact) -> bool:
    assert before.value is not None and after.value is not None
    return has_jumped(before.value, after.value)


def _change(subject: Subject, before: Fact, after: Fact) -> str:
    assert before.value is not None and after.value is not None
    low, high = sorted((before.value, after.value))
    times = f" (в{NBSP}{number(high / low, 1)}{NBSP}раза)" if low else ""
    return f"{subject.amount(before)} → {subject.amount(after)}{times}"


def base_is_steady(subject: Subject) -> Iterator[Issue]:
    """Совокупность не меняется за год в полтора раза без объяснения: иначе ряд долей прерван."""
    for before, after in subject.steps():
        if subject.element(after).population and _jumped(before, after) and not after.reason:
            yield issue(
                "base_break",
                Severity.WARNING,
                subject.place(after),
                f"Численность: {_change(subject, before, after)}.",
                "доли до и после не сравнимы: изменилось то, от чего они считаются",
                "Проверьте, одна ли это совокупность; если да — укажите причину.",
                (before, after),
                period=after.period,
            )


def jumps_are_explained(subject: Subject) -> Iterator[Issue]:
    """Рост или падение в полтора раза и больше, не объяснимое численностью, сопровождается причиной."""
    for before, after in subject.steps():
        if not subject.element(after).population and _jumped(before, after) and not after.reason:
            if _explained_by_base(subject, before, after):
                continue
            assert before.value is not None and after.value is not None
            word = "Резкий рост" if after.value > before.value else "Резкое падение"
            yield issue(
                "jump_unexplained",
                Severity.WARNING,
                subject.place(after),
                f"{word}: {_change(subject, before, after)}.",
                "изменение названо без причины",
                "Проверьте оба числа и запишите причину в столбце reason.",
                (before, after),
                period=after.period,
            )


def _explained_by_base(subject: Subject, before: Fact, after: Fact) -> bool:
    """The share of the whole given beside it did not change by half."""
    wholes = _whole(subject, before), _whole(subject, after)
    if not all(wholes) or not before.value or not after.value:
        return False
    low, high = sorted(
        fact.value / whole for fact, whole in zip((before, after), wholes, strict=True) if fact.value and whole
    )
    return high < low * FACTOR


def _whole(subject: Subject, part: Fact) -> Decimal | None:
    """What the same source gives as the whole of this part."""
    bases = {
        one.denominator[0].element
        for one in subject.programme.indicators
        if one.is_share and [term.element for term in one.numerator] == [part.element] and len(one.denominator) == 1
    }
    for fact in subject.reported_together[part.organisation, part.period, part.source]:
        if fact.element in bases and fact.breakdown in ((), part.breakdown, part.breakdown[:1]):
            return fact.value
    return None


def composition_is_steady(subject: Subject) -> Iterator[Issue]:
    """Величина складывается из одних и тех же частей каждый год."""
    parts: dict[tuple[str, str], dict[object, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in subject.known():
        if fact.breakdown:
            parts[fact.element, fact.organisation][fact.period].append(fact)
    for by_period in parts.values():
        for period in subject.periods[1:]:
            before, after = by_period.get(period.shifted(-1), []), by_period.get(period, [])
            if before and after and not {one.breakdown for one in before} & {one.breakdown for one in after}:
                yield issue(
                    "composition_changed",
                    Severity.WARNING,
                    subject.place(after[0]),
                    f"Было: {_parts(subject, before)}; стало: {_parts(subject, after)}.",
                    "в одном ряду сложены разные вещи",
                    "Ведите ряд по каждой части отдельно.",
                    [*before, *after],
                    period=period,
                )


def _parts(subject: Subject, facts: list[Fact]) -> str:
    return ", ".join(f"{subject.name(fact)} — {subject.amount(fact)}" for fact in facts)


def nothing_is_copied(subject: Subject) -> Iterator[Issue]:
    """Ряды разных величин из разных источников не совпадают число в число."""
    rows = [row for row in _rows(subject) if len(row) > 2 and _telling(row)]
    twins: dict[tuple[str, str, str], list[tuple[list[Fact], list[Fact]]]] = defaultdict(list)
    for one, other in combinations(rows, 2):
        different = one[0].element != other[0].element and one[0].source != other[0].source
        same_place = one[0].organisation == other[0].organisation
        if different and same_place and _same(one, other) and not _is_part(subject, one[0], other[0]):
            twins[one[0].source, other[0].source, one[0].organisation].append((one, other))
    for (first, second, place), pairs in twins.items():
        # In a small place whole populations may honestly coincide; what was measured over them does not.
        if any(subject.element(row[0]).population is None for pair in pairs for row in pair):
            whole = len(pairs) == sum((row[0].source, row[0].organisation) == (second, place) for row in rows)
            yield _copied(subject, first, second, pairs, whole)


def _rows(subject: Subject) -> list[list[Fact]]:
    return [[fact for _, fact in row] for row in subject.series()]


def _telling(row: list[Fact]) -> bool:
    """Rows of equal or tiny numbers coincide by themselves."""
    values = [fact.value or Decimal(0) for fact in row]
    return len(set(values)) > 1 and sum(values) >= AT_LEAST * len(values)


def _is_part(subject: Subject, one: Fact, other: Fact) -> bool:
    """A part may honestly equal its whole: of one indicator or of one declared relation."""
    sides = [(check.left, check.right) for check in subject.programme.checks]
    sides += [(indicator.numerator, indicator.denominator) for indicator in subject.programme.indicators]
    named = [({term.element for term in left}, {term.element for term in right}) for left, right in sides]
    pair = {one.element, other.element}
    return any(pair <= left | right and pair & left and pair & right for left, right in named)


def _same(one: list[Fact], other: list[Fact]) -> bool:
    return [(fact.period, fact.value) for fact in one] == [(fact.period, fact.value) for fact in other]


def _copied(
    subject: Subject, first: str, second: str, pairs: list[tuple[list[Fact], list[Fact]]], whole: bool
) -> Issue:
    names = "; ".join(
        f"{subject.name(other[0])} повторяет {subject.name(one[0])}: {', '.join(map(subject.amount, one))}"
        for one, other in pairs
    )
    old, new = (subject.package.source(key).place or key for key in (first, second))
    return issue(
        "table_copied" if whole else "row_copied",
        Severity.WARNING,
        f"{new} и {old}{subject.of(pairs[0][0][0].organisation)}",
        f"{names}.",
        "таблица повторяет другую во всех ячейках" if whole else "строка повторяет другую",
        "Проверьте по первичным данным, какое из двух измерений действительно проведено.",
        [fact for pair in pairs for row in pair for fact in row],
    )
