"""Sentences against the tables that they speak of: values, trends, causes, and what goes unmentioned."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Claim, Measure, Report, ReportTable, Role, Said, TidyCell
from orientir.audit.rules.told import cell_told, finding_at
from orientir.audit.understanding.claims import explained
from orientir.audit.understanding.sentences import sentences

_SURE = 1.96  # two-sided five per cent
_DRAWN = re.compile(r"(?:рис|диаграмм|график)", re.IGNORECASE)  # data of a chart repeat those of a table
_JUMP_FACTOR, _JUMP_POINTS, _DECLINE_POINTS = Decimal("1.5"), Decimal(15), Decimal(3)
_COMPARED = re.compile(r"предыдущ|прошл\w+ (?:год|период)|по сравнению|на \d|с \d[^ ]* ?%? до", re.IGNORECASE)
_EVERYWHERE = re.compile(
    r"(?:во|в|по)\s+(?:практически\s+|почти\s+)?все[хм]\s+(?:школ|образовательн|организац|учрежд|территори)",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"динамик|рост\b|роста\b|повыш|увелич|улучш", re.IGNORECASE)
_ASKED = re.compile(r"\bопрос|анкетир|удовлетвор", re.IGNORECASE)
_YEARS = re.compile(r"20\d\d(?:\s*[-–—/]\s*\d{2,4})?")
_PROSE = frozenset(("", "monitoring", "analysis", "events"))
_SUPERLATIVE = re.compile(
    r"наибольш\w+ (?:популярност|интерес|востребованност|эффективност)|сам\w+ (?:популярн|востребованн)|"
    r"большинств\w+ (?:школ|обучающ|учащ|выпускник|родител|педагог)"
)  # fmt: skip


def main_measures(tables: Sequence[ReportTable]) -> list[Measure]:
    """One for each year, in their order; of tables whose rows are places, the total row; none where that is unclear.

    The tables are one, or several that tell of one indicator a year each.
    """
    by_year: dict[int, list[Measure]] = defaultdict(list)
    for measure in (one for table in tables for one in table.measures):
        if measure.year:
            by_year[measure.year.ends].append(measure)
    if any(len(group) > 1 for group in by_year.values()):
        by_year = defaultdict(list, {year: list(filter(_is_total, group)) for year, group in by_year.items()})
    return [group[0] for _, group in sorted(by_year.items()) if len(group) == 1]


def _is_total(measure: Measure) -> bool:
    return measure.row_label.lower().startswith(("итого", "всего"))


def _level(measure: Measure) -> Decimal | None:
    """What a trend of the table is about: its share, else its count."""
    cell = measure.share or measure.part or measure.whole
    return cell.number.value if cell else None


# ---- values


@rule("text-table-mismatch")
def text_table_mismatch(report: Report) -> Iterator[Finding]:
    """A number of a sentence is not the one that its table gives for that year."""
    for claim in report.claims:
        if claim.said is not Said.VALUE or claim.number is None or claim.year is None or claim.table is None:
            continue
        cells = [cell for cell in claim.table.cells if cell.year and cell.year.ends == claim.year.ends]
        rivals = [cell for cell in cells if (cell.role is Role.SHARE) == claim.number.is_percent]
        if not rivals or any(_fits(claim, cell) for cell in cells) or not _is_comparable(claim, rivals):
            continue
        shown = rivals[0]
        yield Finding(
            "text-table-mismatch",
            Severity.ERROR,
            claim.place,
            f"В тексте за {claim.year.printed} — {claim.number.printed}, а в «{claim.table.named}» — "
            f"{', '.join(cell.number.printed for cell in rivals[:3])}.",
            claim.table.number,
            claim.year.printed,
            claim.number.printed,
            shown.number.printed,
            (claim.sentence[:200], *map(cell_told, rivals[:3])),
        )


def _fits(claim: Claim, cell: TidyCell) -> bool:
    """Equal at the coarser of the two precisions, so that «10 %» may stand for 10,1."""
    if claim.number is None:
        return False
    decimals = min(claim.number.decimals, cell.number.decimals)
    unit = Decimal(1).scaleb(-decimals)
    return claim.number.value.quantize(unit, ROUND_HALF_UP) == cell.number.value.quantize(unit, ROUND_HALF_UP)


def _is_comparable(claim: Claim, rivals: Sequence[TidyCell]) -> bool:
    """A cited table, or one with a single number of the kind for the year; else the sentence may mean another."""
    return claim.is_cited or len(rivals) == 1


# ---- trends


@rule("trend-contradicted", "trend-partial", "change-within-noise")
def trends(report: Report) -> Iterator[Finding]:
    """Growth or decline is said where the numbers go the other way, go so only in part, or move within chance."""
    for claim in report.claims:
        if claim.said is Said.VALUE or claim.table is None:
            continue
        measures = main_measures(report.series_of(claim.table))
        span = _span(claim, measures)
        if len(span) < 2:
            continue
        yield from _judged(claim, span, measures)


def _span(claim: Claim, measures: list[Measure]) -> list[Measure]:
    """The years of which the sentence speaks: two named ones, one and the year before it, or all."""
    if claim.year is None:
        return measures
    until = [one for one in measures if one.year and one.year.ends <= claim.year.ends]
    if claim.base_year is not None:
        return [one for one in until if one.year and one.year.ends >= claim.base_year.ends]
    return until[-2:]


def _judged(claim: Claim, span: list[Measure], measures: list[Measure]) -> Iterator[Finding]:
    levels = [level for one in span if (level := _level(one)) is not None]
    if len(levels) < 2:
        return
    sign = 1 if claim.said is Said.GROWS else -1 if claim.said is Said.FALLS else 0
    change = levels[-1] - levels[0]
    if sign and change * sign <= 0:
        said = f"а числа говорят обратное: {_levels(span)}"
        yield _trend("trend-contradicted", Severity.ERROR, claim, span, said)
    elif sign and any((later - earlier) * sign < 0 for earlier, later in pairwise(levels)):
        yield _trend("trend-partial", Severity.WARNING, claim, span, f"но не во все годы: {_levels(span)}")
    elif sign:
        if not is_sure(span[0], span[-1]):
            said = f"но изменение в пределах случайного: {_levels(span)}"
            yield _trend("change-within-noise", Severity.INFO, claim, span, said)
        if _first_undoes(claim, measures, sign):
            yield _trend("trend-partial", Severity.WARNING, claim, measures, f"но не во все годы: {_levels(measures)}")


def _levels(measures: Sequence[Measure]) -> str:
    """«2020 — 41, 2021 — 32,5»."""
    return ", ".join(f"{one.year.printed if one.year else ''} — {_level(one):f}".replace(".", ",") for one in measures)


def _first_undoes(claim: Claim, measures: list[Measure], sign: int) -> bool:
    """«увеличивается в 2022 году» where 2022 is still below 2020."""
    if claim.base_year is not None or claim.year is None or len(measures) < 3 or _COMPARED.search(claim.sentence):
        return False
    first, last = _level(measures[0]), _level(measures[-1])
    is_last = measures[-1].year is not None and measures[-1].year.ends == claim.year.ends
    return is_last and first is not None and last is not None and (last - first) * sign < 0


def _trend(code: str, severity: Severity, claim: Claim, span: list[Measure], what: str) -> Finding:
    word = {Said.GROWS: "рост", Said.FALLS: "снижение", Said.STEADY: "постоянство"}[claim.said]
    cells = [cell for one in span for cell in (one.share or one.part or one.whole,) if cell]
    table = claim.table
    return Finding(
        code, severity, claim.place, f"Сказано: {word}, {what}.", table.number if table else None,
        claim.year.printed if claim.year else None, None, None, (claim.sentence[:200], *map(cell_told, cells)),
    )  # fmt: skip


def is_sure(one: Measure, other: Measure) -> bool:
    """Whether two shares differ by more than chance: the test of two proportions at five per cent.

    Where a count or a whole is missing the change is taken as it is.
    """
    if not (
        one.part and one.whole and other.part and other.whole and one.whole.number.value and other.whole.number.value
    ):
        return True
    a, m, b, n = (float(cell.number.value) for cell in (one.part, one.whole, other.part, other.whole))
    pooled = (a + b) / (m + n)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / m + 1 / n)) if 0 < pooled < 1 else 0.0
    return spread > 0 and abs(a / m - b / n) / spread > _SURE


# ---- sentences without numbers behind them


@rule("claim-without-data")
def claim_without_data(report: Report) -> Iterator[Finding]:
    """A statement about all schools, a superlative, a change or a survey for which the report has no numbers."""
    by_school = _has_breakdown(report)
    trends_of = {claim.sentence for claim in report.claims if claim.said is not Said.VALUE and claim.table is None
                 and not claim.has_cause}  # fmt: skip
    kinds = {one.place.line: section.kind for section in reversed(report.sections) for one in section.paragraphs}
    prose = [one for one in report.document.paragraphs if kinds.get(one.place.line, "") in _PROSE]
    for sentence in sentences(prose):
        text = sentence.text
        everywhere = not by_school and bool(_EVERYWHERE.search(text) and _CHANGE.search(text))
        vague = text in trends_of or bool(_SUPERLATIVE.search(text.lower()))
        vague = vague and not re.search(r"\d", _YEARS.sub("", text))
        asked = "%" in text and bool(_ASKED.search(text)) and not _names_table(report, text)
        if everywhere or vague or asked:
            why = (
                "сведений по школам в нём нет" if everywhere else "чисел за ним нет" if vague else "таблицы с ними нет"
            )
            yield Finding(
                "claim-without-data",
                Severity.WARNING,
                sentence.place(0),
                f"Утверждение не подкреплено числами отчёта: {why}.",
                evidence=(text[:200],),
            )


def _names_table(report: Report, text: str) -> bool:
    return bool(re.search(r"табл", text, re.IGNORECASE)) or any(
        claim.sentence == text and claim.table is not None for claim in report.claims
    )


def _has_breakdown(report: Report) -> bool:
    """Whether some table gives numbers by school."""
    return any(
        sum("школ" in cell.row_label.lower() or "сош" in cell.row_label.lower() for cell in table.cells) > 3
        for table in report.tables
    )


@rule("cause-without-evidence")
def cause_without_evidence(report: Report) -> Iterator[Finding]:
    """A change is put down to a cause that the report does not measure."""
    told: set[str] = set()
    for claim in report.claims:
        if claim.has_cause and claim.said is not Said.VALUE and claim.sentence not in told:
            told.add(claim.sentence)
            yield Finding(
                "cause-without-evidence",
                Severity.WARNING,
                claim.place,
                "Названа причина изменения, но ни одно число отчёта её не подтверждает: это предположение.",
                claim.table.number if claim.table else None,
                evidence=(claim.sentence[:200],),
            )


@rule("decline-unmentioned")
def decline_unmentioned(report: Report) -> Iterator[Finding]:
    """A share fell beyond chance between neighbouring years, and no sentence says so. Tables alone need not."""
    falls: dict[int, list[Claim]] = defaultdict(list)
    for claim in report.claims:
        if claim.said is Said.FALLS:
            falls[id(claim.table)].append(claim)
    for tables in report.series if report.claims else ():
        said = [claim for table in tables for claim in falls[id(table)]]
        for earlier, later in pairwise(main_measures(tables)) if not _is_wanted(tables[0]) else ():
            if _fell(earlier, later) and not _is_told(said, later) and earlier.share and later.share:
                message = (
                    f"{later.table.named.capitalize()}: доля снизилась с {earlier.share.number.printed} до "
                    f"{later.share.number.printed}, а в тексте об этом ни слова."
                )
                cells = _cells(earlier, later)
                yield finding_at(later.share, "decline-unmentioned", Severity.WARNING, message, None, cells)


def _is_told(said: Sequence[Claim], later: Measure) -> bool:
    """A sentence without a year speaks of them all; one with two, of what lies between."""
    ends = later.year.ends if later.year else 0
    return any(
        claim.year is None
        or claim.year.ends == ends
        or (claim.base_year is not None and claim.base_year.ends < ends <= claim.year.ends)
        for claim in said
    )


def _fell(earlier: Measure, later: Measure) -> bool:
    one, other = earlier.share, later.share
    if not one or not other:
        return False
    points = one.number.value - other.number.value
    return points >= _DECLINE_POINTS and is_sure(earlier, later)


def _is_wanted(table: ReportTable) -> bool:
    """Of what is unwanted a fall is good news."""
    return bool(
        re.search(
            r"не поступ|не охвач|без сведений|нет сведений|не определ|неизвест|неучт|не учт",
            table.caption,
            re.IGNORECASE,
        )
    )


@rule("jump-unexplained")
def jump_unexplained(report: Report) -> Iterator[Finding]:
    """A share grows by half and fifteen points or more between neighbouring years, and nothing says why."""
    spoken = set(map(id, explained(report)))
    for tables in report.series:
        if _DRAWN.match(tables[0].caption) or any(id(table) in spoken for table in tables):
            continue
        for earlier, later in pairwise(main_measures(tables)):
            one, other = earlier.share, later.share
            if not one or not other or one.number.value <= 0:
                continue
            grew = other.number.value - one.number.value
            if grew >= _JUMP_POINTS and other.number.value >= one.number.value * _JUMP_FACTOR:
                message = (
                    f"{later.table.named.capitalize()}: доля выросла с {one.number.printed} до {other.number.printed} "
                    f"за один период, и отчёт этого не объясняет."
                )
                yield finding_at(other, "jump-unexplained", Severity.WARNING, message, None, _cells(earlier, later))


def _cells(*measures: Measure) -> list[TidyCell]:
    """The parts and shares of which a change is told."""
    return [cell for one in measures for cell in (one.part, one.share) if cell]
