"""Shares against their parts and wholes: every printed percentage is computed again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import groupby

from orientir.audit.finding import Finding, Severity, rule
from orientir.audit.report import Measure, Report, ReportTable, Role, Said, TidyCell
from orientir.audit.rules.told import arithmetic, cell_told, finding_at, percent
from orientir.audit.understanding.populations import squeezed

_OTHERS = re.compile(
    r"\b(?:проч|ино[ей]\b|иные\b|друг|остальн|не\s+(?:определ|трудоустр)|неизвестн|без\s+сведен)", re.IGNORECASE
)
_WITHIN = re.compile(r"в\s+том\s+числе|из\s+них", re.IGNORECASE)
_TOTAL = ("итого", "всего", "всегопо", "вцелом", "поокругу", "порайону")


_Complete = tuple[Measure, TidyCell, TidyCell, TidyCell]


def complete(report: Report) -> Iterator[_Complete]:
    """Measures of which whole, part and share are printed."""
    for measure in report.measures:
        if measure.whole and measure.part and measure.share and measure.whole.number.value > 0:
            yield measure, measure.whole, measure.part, measure.share


def _by_table(report: Report) -> Iterator[tuple[ReportTable, list[_Complete]]]:
    return ((table, list(found)) for table, found in groupby(complete(report), key=lambda one: one[0].table))


def exact(part: TidyCell, whole: TidyCell) -> Decimal:
    return 100 * part.number.value / whole.number.value


def rounded(value: Decimal, decimals: int, how: str = ROUND_HALF_UP) -> Decimal:
    """Half up, as Russian reports round."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=how)


def verdict(part: TidyCell, whole: TidyCell, share: TidyCell) -> str:
    """«right» for the half-up rounding at the printed precision, «truncated» for the floor, else «wrong»."""
    value, printed, decimals = exact(part, whole), share.number.value, share.number.decimals
    if printed == rounded(value, decimals):
        return "right"
    return "truncated" if printed == rounded(value, decimals, ROUND_FLOOR) else "wrong"


@rule("share-wrong")
def share_wrong(report: Report) -> Iterator[Finding]:
    """No rounding of part by whole gives the printed share."""
    for measure, whole, part, share in complete(report):
        if part.number.value <= whole.number.value and verdict(part, whole, share) == "wrong":
            yield _about_share("share-wrong", Severity.ERROR, measure, whole, part, share, "напечатано не то")


@rule("share-truncated")
def share_truncated(report: Report) -> Iterator[Finding]:
    """The printed share is cut down where rounding goes up."""
    for measure, whole, part, share in complete(report):
        if verdict(part, whole, share) == "truncated":
            yield _about_share(
                "share-truncated", Severity.WARNING, measure, whole, part, share, "доля обрезана, а не округлена"
            )


def _about_share(
    code: str, severity: Severity, measure: Measure, whole: TidyCell, part: TidyCell, share: TidyCell, what: str
) -> Finding:
    expected = rounded(exact(part, whole), share.number.decimals)
    message = (
        f"{measure.table.named.capitalize()}, {_when(measure)}: {what}. {arithmetic(part, whole)}, "
        f"с той же точностью — {percent(expected)}, напечатано {percent(share.number.value)}."
    )
    return finding_at(share, code, severity, message, percent(expected), (whole, part, share))


def _when(measure: Measure) -> str:
    told = [text for text in (measure.row_label, measure.year.printed if measure.year else "") if text]
    return ", ".join(dict.fromkeys(told)) or "без периода"


@rule("share-repeated-in-text")
def share_repeated_in_text(report: Report) -> Iterator[Finding]:
    """A sentence repeats a share that its table computed wrong."""
    wrong = {
        (id(measure.table), measure.year.ends, share.number.value): (measure, whole, part, share)
        for measure, whole, part, share in complete(report)
        if measure.year and verdict(part, whole, share) != "right"
    }
    for claim in report.claims:
        if claim.said is not Said.VALUE or not claim.table or not claim.year or not claim.number:
            continue
        found = wrong.get((id(claim.table), claim.year.ends, claim.number.value))
        if found:
            _, whole, part, share = found
            expected = rounded(exact(part, whole), share.number.decimals)
            yield Finding(
                "share-repeated-in-text",
                Severity.WARNING,
                claim.place,
                f"В тексте повторена неверная доля из таблицы: {claim.number.printed} за {claim.year.printed}. "
                f"{arithmetic(part, whole)}, должно быть {percent(expected)}.",
                claim.table.number,
                claim.year.printed,
                claim.number.printed,
                percent(expected),
                (cell_told(whole), cell_told(part), cell_told(share)),
            )


@rule("rounding-inconsistent")
def rounding_inconsistent(report: Report) -> Iterator[Finding]:
    """Some shares of a table are rounded up, others cut down: no one rule gives them all."""
    for table, group in _by_table(report):
        cut = [one for one in group if verdict(*_pws(one)) == "truncated"]
        up = [one for one in group if verdict(*_pws(one)) == "right" and _went_up(*_pws(one))]
        if cut and up:
            share, other = cut[0][3], up[0][3]
            message = (
                f"{table.named.capitalize()}: доли округлены по-разному — {percent(other.number.value)} "
                f"вверх, а {percent(share.number.value)} вниз. Выберите одно правило."
            )
            yield finding_at(share, "rounding-inconsistent", Severity.INFO, message, None, (share, other))


def _pws(found: _Complete) -> tuple[TidyCell, TidyCell, TidyCell]:
    _, whole, part, share = found
    return part, whole, share


def _went_up(part: TidyCell, whole: TidyCell, share: TidyCell) -> bool:
    return share.number.value > exact(part, whole)


@rule("precision-mixed")
def precision_mixed(report: Report) -> Iterator[Finding]:
    """Shares of one table with different numbers of decimals; a dropped zero («12» for 12,0) is no fault."""
    for table, shares in _by_table(report):
        most = max((share.number.decimals for *_, share in shares), default=0)
        short = [
            one for one in shares
            if one[3].number.decimals < most and rounded(exact(one[2], one[1]), most) != one[3].number.value
        ]  # fmt: skip
        if short:
            share = short[0][3]
            printed = ", ".join(percent(one[3].number.value) for one in shares)
            message = f"{table.named.capitalize()}: доли напечатаны с разной точностью — {printed}."
            yield finding_at(share, "precision-mixed", Severity.INFO, message, None, [one[3] for one in shares])


@rule("part-exceeds-whole")
def part_exceeds_whole(report: Report) -> Iterator[Finding]:
    """More have done it than there are."""
    for measure in report.measures:
        whole, part = measure.whole, measure.part
        if whole and part and part.number.value > whole.number.value and _are_one_kind(whole, part):
            message = (
                f"{measure.table.named.capitalize()}, {_when(measure)}: часть больше целого — "
                f"{part.number.printed} из {whole.number.printed}."
            )
            yield finding_at(
                part, "part-exceeds-whole", Severity.ERROR, message, f"не больше {whole.number.printed}", (whole, part)
            )


def _are_one_kind(whole: TidyCell, part: TidyCell) -> bool:
    """Parents may outnumber pupils: a part of another kind than its whole proves nothing."""
    texts = squeezed(" ".join((*part.path, part.row_label)))
    return "родител" not in texts or "родител" in squeezed(" ".join((*whole.path, whole.row_label)))


@rule("distribution-incomplete")
def distribution_incomplete(report: Report) -> Iterator[Finding]:
    """Rows that a total row sums up do not give it, or groups over which a whole is distributed do not."""
    for table in report.tables:
        columns = defaultdict(list)
        for cell in table.cells:
            if cell.role is not Role.SHARE and not cell.number.decimals:
                columns[cell.cell.column].append(cell)
        for cells in columns.values():
            yield from _total_row(table, cells)
        yield from _shared_out(table)


def _total_row(table: ReportTable, cells: list[TidyCell]) -> Iterator[Finding]:
    totals = [cell for cell in cells if squeezed(cell.row_label).startswith(_TOTAL) and len(cell.row_label) < 40]
    rows = [cell for cell in cells if cell not in totals and cell.row_label]
    if len(totals) != 1 or len(rows) < 3 or cells[-1] is not totals[0] or _is_nested(rows):
        return
    total, made = totals[0], sum((cell.number.value for cell in rows), Decimal())
    if made != total.number.value:
        message = (
            f"{table.named.capitalize()}: сумма {len(rows)} строк — {made}, а в строке «{total.row_label}» "
            f"напечатано {total.number.printed}."
        )
        yield finding_at(total, "distribution-incomplete", Severity.ERROR, message, str(made), (*rows[:12], total))


def _shared_out(table: ReportTable) -> Iterator[Finding]:
    """«10 класс», «СПО», «Иное» of one whole; a total row at the end is told by `_total_row`."""
    groups: dict[int, list[Measure]] = defaultdict(list)
    for measure in table.measures:
        if measure.whole and measure.part and measure.part.number.value <= measure.whole.number.value:
            groups[id(measure.whole.cell)].append(measure)
    for measures in groups.values():
        whole, parts = measures[0].whole, [one.part for one in measures if one.part]
        made = sum((part.number.value for part in parts), Decimal())
        if (
            whole
            and len(parts) > 2
            and made != whole.number.value
            and _is_all(table, parts)
            and not _is_last(whole, parts)
        ):
            message = (
                f"{table.named.capitalize()}, {_when(measures[0])}: группы вместе — {made}, а всего напечатано "
                f"{whole.number.printed}."
            )
            yield finding_at(whole, "distribution-incomplete", Severity.ERROR, message, str(made), (whole, *parts[:12]))


def _is_all(table: ReportTable, parts: list[TidyCell]) -> bool:
    """Some group is of all the others, or the caption says that all are distributed; none is part of another."""
    names = [" ".join((*part.path[-1:], part.row_label)) for part in parts]
    told = "распределени" in squeezed(table.caption) or any(_OTHERS.search(name) for name in names)
    return told and not _is_nested(parts) and not any(_WITHIN.search(name) for name in names)


def _is_last(whole: TidyCell, parts: list[TidyCell]) -> bool:
    return all(part.cell.column == whole.cell.column and part.cell.row < whole.cell.row for part in parts)


def _is_nested(rows: list[TidyCell]) -> bool:
    """«в том числе»: such rows are parts of others."""
    return any(word in squeezed(cell.row_label) for cell in rows for word in ("втомчисле", "изних", "средне"))
