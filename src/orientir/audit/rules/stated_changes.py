"""What sentences say beside a share: the change in points, and the count that the share is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Claim, Measure, Report, Said, TidyCell
from orientir.audit.rules.text import main_measures
from orientir.audit.rules.told import cell_told
from orientir.audit.understanding.numbers import numbers_in

_COUNT = r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+|\d+"
_POINTS = re.compile(r"\bна\s+(\d+(?:[.,]\d+)?)\s*(?:п\.\s?п\.|процентн\w+\s+пункт)", re.IGNORECASE)
# «1 128 человек, или 55 %», «1 128 человек (55 %)», «55 % (1 128 чел.)»
_COUNT_FIRST = re.compile(
    rf"(?<![\d.,/–-])({_COUNT})\s+(?:чел\.?|человек\w*)(?:,\s+или|,\s+что\s+составля\w+|\s*\(|\s+[–—-])\s*(\d+(?:[.,]\d+)?)\s*%"
)
_SHARE_FIRST = re.compile(rf"(\d+(?:[.,]\d+)?)\s*%(?:\s+[а-яё]+){{0,3}}\s*\(\s*({_COUNT})\s*(?:чел\.?|человек\w*)\s*\)")


@rule("text-table-mismatch")
def stated_change(report: Report) -> Iterator[Finding]:
    """«Увеличилась на 7 п. п.» where the shares of the cited table differ by another number of points."""
    for claim in report.claims:
        said = _POINTS.findall(claim.sentence)
        if claim.said is Said.VALUE or not claim.is_cited or claim.table is None or not claim.year or len(said) != 1:
            continue
        ends = _ends(claim, main_measures(report.series_of(claim.table)))
        if len(ends) == 2:
            points, unit = _number(said[0]), Decimal(1).scaleb(-min(cell.number.decimals for cell in ends))
            made = abs(ends[1].number.value - ends[0].number.value)
            if abs(made - points) > unit:  # the author may have taken exact shares
                yield _mismatch(claim, f"{said[0]} п. п.", f"{made:f} п. п.".replace(".", ",", 1), ends)


def _ends(claim: Claim, measures: Sequence[Measure]) -> list[TidyCell]:
    """The shares of the year and of the one it is compared with: the named one, else the year before."""
    shares = {one.year.ends: one.share for one in measures if one.year and one.share}
    last = claim.year.ends if claim.year else 0
    first = claim.base_year.ends if claim.base_year else last - 1
    return [shares[year] for year in (first, last) if year in shares and first != last]


@rule("text-table-mismatch")
def count_beside_a_share(report: Report) -> Iterator[Finding]:
    """The count that stands beside a right share is not the one of its table."""
    for claim in report.claims:
        if claim.said is not Said.VALUE or not claim.is_cited or not claim.table or not claim.number or not claim.year:
            continue
        own = [one for one in claim.table.measures if one.year and one.year.ends == claim.year.ends and one.part]
        shown = [one for one in own if one.share and one.share.number.value == claim.number.value]
        counts = _counts(claim.sentence, claim.number.value)
        parts = [one.part for one in shown if one.part]
        if claim.number.is_percent and len(counts) == 1 and parts and not counts & {one.number.value for one in parts}:
            yield _mismatch(claim, f"{counts.pop():f}", parts[0].number.printed, parts)


def _counts(sentence: str, share: Decimal) -> set[Decimal]:
    """Beside this share; none where two years have the same share, for the count may be of either."""
    said = [number for number, _, _ in numbers_in(sentence) if number.is_percent and number.value == share]
    return {count for count, beside in _pairs(sentence) if beside == share} if len(said) == 1 else set()


def _pairs(sentence: str) -> Iterator[tuple[Decimal, Decimal]]:
    yield from ((_number(count), _number(share)) for count, share in _COUNT_FIRST.findall(sentence))
    yield from ((_number(count), _number(share)) for share, count in _SHARE_FIRST.findall(sentence))


def _number(text: str) -> Decimal:
    return next(numbers_in(text))[0].value


def _mismatch(claim: Claim, reported: str, expected: str, cells: Sequence[TidyCell]) -> Finding:
    table, when = claim.table, claim.year.printed if claim.year else None
    told = f"В тексте за {when} — {reported}, а по «{table.named if table else ''}» — {expected.rstrip('.')}."
    return Finding(
        "text-table-mismatch", Severity.ERROR, claim.place, told, table.number if table else None, when, reported,
        expected, (claim.sentence[:200], *map(cell_told, cells)),
    )  # fmt: skip
