"""Words for what was decided about a fact: corrections, choices between sources, organisations that became one."""

from __future__ import annotations

from collections.abc import Iterator

from orientir.facts.corrections import content_told
from orientir.model.collection import Choice, Correction, CorrectionKind
from orientir.model.cycle import Cycle
from orientir.model.desk import Cell, Conflict, Corrected, Desk, Side
from orientir.model.package import Fact, Package
from orientir.model.programme import Programme
from orientir.model.status import CellState
from orientir.presentation import NBSP, day, number, period_name, quoted


def history(cycle: Cycle, fact: Fact) -> Iterator[str]:
    """Everything that was decided about the fact, a sentence each; nothing where nothing was."""
    desk = cycle.desk
    for one in desk.corrections_of(fact.id):
        yield f"{correction_told(one)}: {signed(one.correction)}"
    conflict = desk.conflict_of(fact)
    if conflict is not None and conflict.choice is not None:
        yield _choice_told(cycle, desk, conflict, conflict.choice)


def correction_told(one: Corrected) -> str:
    """«было 12, исправлено на 11»; «было 12, отмечено «нет данных»»."""
    was = content_told(one.before, one.before_state)
    if one.correction.kind is CorrectionKind.OVERRIDE and one.correction.state:
        return f"было {was}, отмечено {quoted(content_told(None, one.correction.state))}"
    if one.correction.kind is CorrectionKind.OVERRIDE:
        return f"было {was}, исправлено на {content_told(one.correction.value, None)}"
    return f"было {was}, исключено" if one.correction.kind is CorrectionKind.EXCLUDE else f"{was} под сомнением"


def signed(one: Correction | Choice) -> str:
    """«опечатка (заместитель директора, 12.10.2022)»."""
    return f"{one.reason.rstrip('.')} ({signature(one)})"


def signature(one: Correction | Choice) -> str:
    return f"{one.author}, {day(one.decided_on)}"


def _choice_told(cycle: Cycle, desk: Desk, conflict: Conflict, choice: Choice) -> str:
    sides = [f"{side_told(cycle.package, cycle.programme, side)} — {side_amount(side)}" for side in conflict.sides]
    chosen = conflict.chosen
    name = side_told(cycle.package, cycle.programme, chosen) if chosen else choice.source
    return f"источники расходятся: {'; '.join(sides)}; выбрано: {name}: {signed(choice)}"


def side_told(package: Package, programme: Programme, side: Side) -> str:
    """«таблица 4», «форма школы, сумма по разрезу „Класс“»."""
    sources = [package.source(key) for key in side.sources]
    told = " и ".join(source.place or source.title for source in sources)
    if not side.by:
        return told
    cuts = ", ".join(quoted(programme.dimension(key).title) for key in side.by)
    return f"{told}, сумма по разрезу {cuts}" if len(side.by) == 1 else f"{told}, сумма по разрезам {cuts}"


def side_amount(side: Side) -> str:
    return "не применимо" if side.state is CellState.NOT_APPLICABLE else number(side.value)


def cell_title(programme: Programme, cell: Cell) -> str:
    """«„Выпускники“ (9 класс)»: what is counted, without place and period."""
    members = [
        next(member.title for member in programme.dimension(key).members if member.id == value)
        for key, value in cell.breakdown
    ]
    return quoted(programme.element(cell.element).title) + (f" ({', '.join(members)})" if members else "")


def cell_told(package: Package, programme: Programme, cell: Cell) -> str:
    """What, where and when."""
    title = package.organisation(cell.organisation).title
    return f"{cell_title(programme, cell)}, {title}, {period_name(cell.period)}"


def conflict_name(cell: Cell) -> str:
    return f"№{NBSP}{cell.number}"
