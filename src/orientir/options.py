"""What the options of a command mean, or a plain word why they mean nothing."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime

from orientir.errors import Fault, UserError
from orientir.model.package import Fact
from orientir.model.periods import Period, PeriodKind


def report_date(text: str | None) -> date:
    """--date, else SOURCE_DATE_EPOCH, else today. Raises UserError for what is no date."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        if text:
            return date.fromisoformat(text)
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()
    except (ValueError, OverflowError, OSError) as error:
        place = "--date" if text else "SOURCE_DATE_EPOCH"
        cure = "Запишите как ГГГГ-ММ-ДД." if text else "Это число секунд с 1970 года."
        raise UserError(Fault(place, f"«{text or epoch}» — не дата.", cure)) from error


def day_of(text: str | None, option: str) -> date | None:
    """The day of an option that may be left out. Raises UserError for what is no date."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UserError(Fault(option, f"«{text}» — не дата.", "Запишите как ГГГГ-ММ-ДД.")) from error


def report_period(text: str, kind: PeriodKind) -> Period:
    """Raises UserError for what is no period of the programme's kind."""
    try:
        return Period.parse(text, kind)
    except ValueError as error:
        raise UserError(Fault("--period", str(error), "Исправьте период.")) from error


def check_told_of(periods: Sequence[Period], facts: Sequence[Fact]) -> None:
    """A report of years of which the data say nothing is a slip of the pen."""
    known = sorted({fact.period for fact in facts})
    if not set(known) & set(periods):
        what = f"в данных нет сведений ни за {periods[-1]}, ни за предыдущие годы отчёта."
        raise UserError(Fault("--period", what, f"Периоды в данных: {', '.join(map(str, known)) or 'никаких'}."))


def chosen(text: str, allowed: Sequence[str], option: str = "--formats", noun: str = "формат") -> list[str]:
    """The names of a list with commas, each once. Raises UserError where one of them is none."""
    wanted = list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    wrong = [f"{noun}а «{name}» нет." for name in wanted if name not in allowed]
    if wrong or not wanted:
        faults = wrong or [f"не назван ни один {noun}."]
        raise UserError(Fault(option, what, f"Допустимы: {', '.join(allowed)}.") for what in faults)
    return wanted
