"""What was corrected in the facts behind a page, with its reason: a number taken back must not just be missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from orientir.model.desk import Cell, Corrected
from orientir.model.indicators import Indicator
from orientir.reports.decisions import cell_told, correction_told, signed
from orientir.reports.document import Block, Bullets, Heading
from orientir_web.panels.subject import Chosen, Subject


def corrections_of_indicator(subject: Subject, chosen: Chosen, places: Collection[str]) -> Iterator[Block]:
    """Of its elements, in the year that was chosen, in these organisations."""
    assert chosen.indicator is not None
    asked = _asked(chosen.indicator, chosen)
    yield from _told(subject, [one for one in _of(subject, places)
                               if (one.correction.element, one.correction.period) in asked])  # fmt: skip


def corrections_of_school(subject: Subject, code: str) -> Iterator[Block]:
    """In the years of the report."""
    yield from _told(
        subject, [one for one in _of(subject, (code,)) if one.correction.period in subject.context.periods]
    )


def _asked(indicator: Indicator, chosen: Chosen) -> set[tuple[str, object]]:
    return {(term.element, chosen.period.shifted(term.shift)) for term in indicator.terms}


def _of(subject: Subject, places: Collection[str]) -> Iterator[Corrected]:
    corrections = subject.computed.cycle.desk.corrections
    return (one for one in corrections if one.correction.organisation in places)


def _told(subject: Subject, found: list[Corrected]) -> Iterator[Block]:
    if found:
        yield Heading(3, "Исправления сведений", "h-corrected")
        yield Bullets(tuple((_words(subject, one),) for one in found))


def _words(subject: Subject, one: Corrected) -> str:
    """«„Выпускники“, Школа А, 2021/22 уч. г.: было 12, отмечено «нет данных»: причина (кто, когда)»."""
    cycle = subject.computed.cycle
    where = cell_told(cycle.package, cycle.programme, Cell.of(one.correction))
    return f"{where}: {correction_told(one)}: {signed(one.correction)}"
