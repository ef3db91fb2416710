"""What the checks and the coordinator say, put beside the rows that it is about. HTML made here is escaped here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from orientir.model.results import Issue
from orientir.model.status import Severity
from orientir.presentation import period_name
from orientir.sources.forms.layout import code_of
from orientir_web.submissions.filling import Spot, spots_of
from orientir_web.submissions.models import Remark
from orientir_web.submissions.sheets import Sheet
from orientir_web.submissions.words import speech

_ROWS = 3  # an issue about more rows stands at the first of them only


@lru_cache(maxsize=16)
def _parts(sheet: Sheet) -> dict[str, list[str]]:
    """The asked cells behind a fact that follows from them."""
    return {code_of(*one.key): [code_of(*cell.key) for cell in one.cells] for one in sheet.layout.derived if one.key}


def spots_about(sheet: Sheet, issue: Issue) -> list[Spot]:
    """The cells that an issue is about, in their order on the page."""
    spots, parts = spots_of(sheet), _parts(sheet)
    codes = {code for fact in issue.facts for code in ([fact] if fact in spots else parts.get(fact, ()))}
    return sorted((spots[code] for code in codes), key=lambda spot: spot.number)


def at_rows(sheet: Sheet, issues: Iterable[Issue]) -> dict[int, SafeString]:
    """By the number of the row."""
    told: dict[int, list[SafeString]] = defaultdict(list)
    for issue in issues:
        rows = list(dict.fromkeys(spot.row for spot in spots_about(sheet, issue)))
        for row in rows if len(rows) <= _ROWS else rows[:1]:
            told[row].append(_paragraph(sheet, issue))
    return {row: mark_safe("".join(own)) for row, own in told.items()}  # each part is escaped


def _paragraph(sheet: Sheet, issue: Issue, link: SafeString | str = "") -> SafeString:
    """Which numbers, what is wrong with them, what to do. The year is that of the whole form and is left out."""
    where = issue.where.removesuffix(f", {period_name(sheet.period)}")
    said = f"{issue.message} {issue.advice}".strip()
    weight = _weight(issue.severity)
    told = issue.severity, weight, speech(), link or where, said
    return format_html('<p class="issue {}"><b>{}.</b> <span{}>{}: {}</span></p>', *told)


def _weight(severity: Severity) -> str:
    names = {Severity.ERROR: _("Ошибка"), Severity.WARNING: _("Проверьте"), Severity.INFO: _("Обратите внимание")}
    return names[severity]


def wrong_codes(sheet: Sheet, issues: Iterable[Issue]) -> set[int]:
    """Numbers of the cells that an error is about."""
    errors = (issue for issue in issues if issue.severity is Severity.ERROR)
    return {spot.number for issue in errors for spot in spots_about(sheet, issue)}


def summary(sheet: Sheet, issues: Sequence[Issue]) -> SafeString:
    """All that is said, with links to the cells."""
    if not issues:
        return format_html("<p>{}</p>", _("Замечаний нет."))
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((_line(sheet, one),) for one in issues)))


def _line(sheet: Sheet, issue: Issue) -> SafeString:
    spots = spots_about(sheet, issue)
    if not spots:
        return _paragraph(sheet, issue)
    return _paragraph(sheet, issue, format_html('<a href="#c{}">{}</a>', spots[0].number, spots[0].title))


def remarks_at_rows(sheet: Sheet, remarks: Iterable[Remark]) -> Mapping[int, SafeString]:
    """What the coordinator wrote at cells, by the number of the row; 0 is the whole form."""
    spots, told = spots_of(sheet), defaultdict[int, list[SafeString]](list)
    for one in remarks:
        spot = spots.get(one.code)
        where = f" ({spot.column_title})" if spot and spot.column_title else ""
        line = format_html('<p class="remark"><b>{}{}:</b> {}</p>', _("Замечание координатора"), where, one.text)
        told[spot.row if spot else 0].append(line)
    return {row: mark_safe("".join(own)) for row, own in told.items()}
