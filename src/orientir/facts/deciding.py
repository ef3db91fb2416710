"""A correction, asked for in words, made into a record; nothing that cannot be meant becomes one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Protocol, TypeVar

from orientir.errors import Fault, UserError
from orientir.facts.choosing import Signed
from orientir.facts.corrections import STATES, Chain, content_told, corrections_standing
from orientir.model.collection import Breakdown, Correction, CorrectionKind
from orientir.model.desk import Cell
from orientir.model.package import Fact, Package
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.model.status import CellState

_WHOLE = re.compile(r"[0-9]{1,15}")
_SAID = {STATES[one]: one for one in (CellState.NOT_REPORTED, CellState.NOT_APPLICABLE)}


class Titled(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...


Thing = TypeVar("Thing", bound=Titled)


@dataclass(frozen=True)
class Asked:
    """A correction as it was asked for: names or codes, and what to do (`value` where another number is put)."""

    element: str
    organisation: str
    period: str
    breakdown: Sequence[str]
    source: str
    kind: CorrectionKind
    value: str = ""


def new_correction(
    package: Package, programme: Programme, facts: Iterable[Fact], asked: Asked, by: Signed
) -> Correction:
    """The record to add; what is expected is what the fact says now, after the corrections that stand.

    Raises UserError where no such fact is there, where the correction changes nothing, and where an older one is stale.
    """
    cell = _cell(package, programme, asked)
    found = {fact.source: fact for fact in facts if Cell.of(fact) == cell}
    chains = corrections_standing(package.corrections)
    source = _source(package, asked, cell, {*found, *(key for one, key in chains if one == cell)})
    chain = Chain(package, found.get(source), chains.get((cell, source), ()))
    if asked.kind is CorrectionKind.WITHDRAW:
        _check_withdrawn(cell, source, chains)
    elif chain.faults or chain.now is None:
        raise UserError(chain.faults)
    now = chain.now if asked.kind is not CorrectionKind.WITHDRAW else None
    value, state = _content(asked, now, chain.is_excluded)
    return Correction(
        id=_next_id(package.corrections),
        kind=asked.kind,
        element=cell.element,
        organisation=cell.organisation,
        period=cell.period,
        breakdown=cell.breakdown,
        source=source,
        expected=now.value if now else None,
        expected_state=now.state if now and now.value is None else None,
        value=value,
        state=state,
        author=by.author,
        decided_on=by.decided_on,
        reason=by.reason,
    )


def _next_id(corrections: Sequence[Correction]) -> str:
    numbers = [int(one.id[1:]) for one in corrections if re.fullmatch(r"c[0-9]{1,9}", one.id)]
    return f"c{max(numbers, default=0) + 1}"


def _cell(package: Package, programme: Programme, asked: Asked) -> Cell:
    faults: list[Fault] = []
    element = _named(programme.elements, asked.element, "--element", "величины", faults)
    place = _named(package.organisations, asked.organisation, "--organisation", "организации", faults)
    try:
        period: Period | None = Period.parse(asked.period, programme.period)
    except ValueError as error:
        faults.append(Fault("--period", str(error), "Исправьте период."))
        period = None
    breakdown = _breakdown(programme, asked.breakdown, faults)
    if faults or element is None or place is None or period is None:
        raise UserError(faults)
    return Cell(element.id, place.id, period, breakdown)


def _named(things: Sequence[Thing], name: str, option: str, what: str, faults: list[Fault]) -> Thing | None:
    """The thing with this code or title; what could have been meant is told."""
    wanted = name.strip().casefold()
    found = [one for one in things if one.id == name.strip()] or [
        one for one in things if one.title.casefold() == wanted
    ]
    if len(found) == 1:
        return found[0]
    if found:
        codes = ", ".join(one.id for one in found)
        faults.append(Fault(option, f"«{name}» — не одна.", f"Назовите код: {codes}."))
        return None
    names = {key.casefold(): one for one in things for key in (one.title, one.id)}
    close = [names[key] for key in get_close_matches(wanted, names, 3)]
    cure = "; ".join(f"{one.id} — {one.title}" for one in dict.fromkeys(close))
    faults.append(Fault(option, f"«{name}»: такой {what} нет.", f"Возможно: {cure}." if cure else "Проверьте код."))
    return None


def _breakdown(programme: Programme, pairs: Iterable[str], faults: list[Fault]) -> Breakdown:
    given: dict[str, str] = {}
    for pair in (part.strip() for text in pairs for part in text.split(",") if part.strip()):
        name, sign, member = pair.partition("=")
        if not sign:
            faults.append(Fault("--breakdown", f"«{pair}» — не разрез.", "Запишите, например, grade=9."))
            continue
        dimension = _named(programme.dimensions, name, "--breakdown", "величины разреза", faults)
        if dimension is not None:
            one = _named(dimension.members, member, "--breakdown", f"записи в разрезе «{dimension.title}»", faults)
            given[dimension.id] = one.id if one else ""
    return tuple((dimension.id, given[dimension.id]) for dimension in programme.dimensions if dimension.id in given)


def _source(package: Package, asked: Asked, cell: Cell, known: set[str]) -> str:
    listed = "; ".join(f"{one.id} — {one.place or one.title}" for one in package.sources if one.id in known)
    if not known:
        what = "такого сведения в пакете нет: эту величину здесь, за этот период и в этом разрезе никто не называет."
        raise UserError(Fault(_told(cell), what, "Проверьте организацию, период и --breakdown."))
    if not asked.source and len(known) == 1:
        return next(iter(known))
    if asked.source not in known:
        what = (
            f"из источника «{asked.source}» такого сведения нет."
            if asked.source
            else "сведение дают несколько источников."
        )
        raise UserError(Fault("--source", what, f"Назовите один: {listed}."))
    return asked.source


def _told(cell: Cell) -> str:
    cuts = [f"{key}={member}" for key, member in cell.breakdown]
    return ", ".join((cell.element, cell.organisation, str(cell.period), *cuts))


def _check_withdrawn(cell: Cell, source: str, chains: Mapping[tuple[Cell, str], Sequence[Correction]]) -> None:
    if (cell, source) not in chains:
        raise UserError(Fault("--withdraw", "у этого сведения нет исправлений.", "Проверьте, о том ли сведении речь."))


def _content(asked: Asked, now: Fact | None, is_excluded: bool) -> tuple[Decimal | None, CellState | None]:
    """The number or the state that is put instead; neither where nothing is put."""
    if now is not None and asked.kind is CorrectionKind.EXCLUDE and is_excluded:
        raise UserError(Fault("--exclude", "сведение уже исключено.", "Вернуть его можно через --withdraw."))
    if asked.kind is not CorrectionKind.OVERRIDE:
        return None, None
    state = _SAID.get(" ".join(asked.value.lower().split()))
    value = None if state else _number(asked.value)
    if now is not None and (now.value == value if value is not None else now.state is state):
        what = f"в сведении уже стоит {content_told(value, state)}."
        raise UserError(Fault("--value", what, "Исправлять нечего."))
    return value, state


def _number(told: str) -> Decimal:
    text = re.sub(r"[\s\u00a0]", "", told)
    if not _WHOLE.fullmatch(text):
        cure = f"Запишите его цифрами или отметьте: {', '.join(_SAID)}."
        raise UserError(Fault("--value", f"«{told}» — не целое число от нуля.", cure))
    return Decimal(text)
