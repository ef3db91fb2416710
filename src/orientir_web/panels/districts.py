"""Districts beside each other: the last computed cycle of each, one indicator, one year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orientir.comparisons import interval
from orientir.model.indicators import Indicator
from orientir.model.results import Base
from orientir.presentation import period_name
from orientir.reports.words import STATUS, VERDICT, capital
from orientir_web.panels.showing import Showing
from orientir_web.panels.subject import Subject


def comparison_of_districts(subjects: Sequence[Subject], query: Mapping[str, str]) -> dict[str, Any]:
    """What the page shows; districts whose programme has no such indicator are left out."""
    known: dict[str, Indicator] = {one.id: one for subject in subjects for one in subject.indicators}
    periods = sorted({str(one) for subject in subjects for one in subject.context.periods}, reverse=True)
    key = query.get("indicator") if query.get("indicator") in known else next(iter(known), "")
    year = query.get("period") if query.get("period") in periods else next(iter(periods), "")
    filters = [
        {"name": "indicator", "value": key, "options": [(one.id, capital(one.short)) for one in known.values()]},
        {"name": "period", "value": year, "options": [(one, one) for one in periods]},
    ]
    rows = [row for subject in subjects if (row := _row(subject, str(key), str(year)))]
    return {"filters": filters, "rows": rows, "indicator": known.get(str(key)), "period": year}


def _row(subject: Subject, key: str, year: str) -> dict[str, Any] | None:
    context = subject.context
    period = next((one for one in context.periods if str(one) == year), None)
    if period is None or key not in {one.id for one in subject.indicators}:
        return None
    value, showing = context.value(key, period), Showing(subject)
    ends, change = interval(value), context.comparison(value, Base.LAST)
    return {
        "computation": subject.computation,
        "period": period_name(period),
        "amount": showing.text((context.book.amount(value),)),
        "counts": showing.text((context.book.numerator(value), " / ", context.book.denominator(value)))
        if value.is_share
        else "",
        "interval": showing.text((context.book.interval(value, ends),)) if ends else "—",
        "change": showing.text((context.book.change(change),)) if change else "—",
        "verdict": VERDICT[change.verdict] if change else STATUS[value.status],
    }
