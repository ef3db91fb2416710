"""A form from its template to its bytes: proposals first, numbers once a person has confirmed them.

Files are written by the command; here nothing touches the disk but the template.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from orientir.indicators.values import Engine
from orientir.model.cycle import Cycle
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.presentation import period_name
from orientir.reports.build import INTERNAL, SYNTHETIC
from orientir.reports.fill.amounts import Amount, Amounts, Wanted, told
from orientir.reports.fill.books import Line, listing_book, mapping_book
from orientir.reports.fill.entry import Entry
from orientir.reports.fill.grid import Holds
from orientir.reports.fill.labels import Slot
from orientir.reports.fill.mapping import Assignment, Row, assigned, carried, control, row_of
from orientir.reports.fill.proposals import Proposal, Proposer, State
from orientir.reports.fill.targets import Catalogue
from orientir.reports.fill.template import Template


@dataclass(frozen=True)
class Proposed:
    """The mapping to confirm: its workbook and how many rows are in which state."""

    book: bytes
    counts: dict[State, int]


@dataclass(frozen=True)
class Unfilled:
    """A cell that stays empty, and why."""

    place: str
    address: str
    labels: str
    why: str


@dataclass(frozen=True)
class Filled:
    """The form, the list beside it, and what the screen tells. `strangers` are cells that the mapping does not know."""

    form: bytes
    listing: bytes
    count: int
    unfilled: tuple[Unfilled, ...]
    strangers: tuple[str, ...]
    marks: tuple[str, ...]


class Filling:
    """One template, one package, one year."""

    def __init__(
        self, template: Template, cycle: Cycle, programme: Programme, engine: Engine, partial: bool = False
    ) -> None:
        self._template, self._cycle, self._programme = template, cycle, programme
        self._engine, self._partial = engine, partial
        self._report: Period = cycle.periods[-1]
        self._catalogue = Catalogue(programme, cycle.package.organisations)

    @property
    def blanks(self) -> list[Slot]:
        """The cells that wait for something."""
        return [slot for slot in self._template.slots if slot.cell.holds is Holds.EMPTY]

    def proposed(self, old: Sequence[Row] = ()) -> Proposed:
        """A mapping for every empty cell; what was confirmed in an `old` one is kept."""
        slots = self.blanks
        proposals = list(Proposer(self._programme, self._cycle.package, self._report).propose(slots))
        asked = [self._asked(one) for one in proposals]
        amounts = self._amounts([one for one in asked if one is not None])
        rows = [
            row_of(slot, one, self._catalogue, self._report, self._now(slot, amounts, wanted))
            for slot, one, wanted in zip(slots, proposals, asked, strict=True)
        ]
        rows = carried(rows, old)
        counts = {state: sum(row.state == state for row in rows) for state in State}
        return Proposed(mapping_book(rows, self._catalogue, self._report.last_day, self._marks), counts)

    def filled(self, path: Path, rows: Sequence[Row], template_name: str) -> Filled:
        """Raises UserError where a confirmed row cannot be meant or the form is no longer the same."""
        confirmed = assigned(path, rows, self._template, self._catalogue, self._cycle.package.territory, self._report)
        amounts = self._amounts([one.wanted for one in confirmed])
        pairs = [(one, amounts.of(one.wanted)) for one in confirmed]
        entries = [_entry(one, amount) for one, amount in pairs]
        written = [entry for entry, (one, amount) in zip(entries, pairs, strict=True)
                   if not amount.lacking or one.slot.cell.holds is Holds.NUMBER]  # fmt: skip
        done = [(one, amount, entry) for (one, amount), entry in zip(pairs, entries, strict=True) if not amount.lacking]
        unfilled = tuple(_unfilled(one, amount) for one, amount in pairs if amount.lacking)
        left = tuple(self._unconfirmed(rows))
        about = self._about(template_name, len(done), len(unfilled), len(left))
        listing = listing_book(
            about,
            [*((*self._line(one), told_of(one, amount)) for one, amount in pairs if amount.lacking), *left],
            [(*self._line(one), self._template.printed(entry), amount.basis) for one, amount, entry in done],
            self._report.last_day,
        )
        mark = SYNTHETIC if self._cycle.package.synthetic else ""
        form = self._template.filled(written, mark)
        return Filled(form, listing, len(done), unfilled, tuple(self._strangers(rows)), self._marks)

    def has_changed(self, rows: Sequence[Row]) -> bool:
        """Has a confirmed cell of the mapping another label now, or none?"""
        now = {(slot.place, slot.cell.address): control(slot.labels, self._report) for slot in self._template.slots}
        return any(
            row.is_confirmed and row.control and now.get((row.place, row.address)) != row.control for row in rows
        )

    @property
    def _marks(self) -> tuple[str, ...]:
        return (SYNTHETIC, INTERNAL) if self._cycle.package.synthetic else (INTERNAL,)

    def _amounts(self, wanted: Sequence[Wanted]) -> Amounts:
        return Amounts(self._cycle, self._programme, wanted, self._engine, self._partial)

    def _asked(self, one: Proposal) -> Wanted | None:
        if one.target is None:
            return None
        return Wanted(one.target, one.breakdown, one.organisation, self._report.shifted(one.shift))

    def _now(self, slot: Slot, amounts: Amounts, wanted: Wanted | None) -> str:
        if wanted is None:
            return ""
        amount = amounts.of(wanted)
        return amount.lacking or _entry(Assignment(slot, wanted), amount).printed()

    def _line(self, one: Assignment) -> Line:
        wanted, slot = one.wanted, one.slot
        title = self._catalogue.titles[wanted.target]
        breakdown = self._catalogue.breakdown_told(wanted.breakdown).partition(" [")[0]
        return (
            slot.place,
            slot.cell.address,
            slot.labels.path,
            f"{title}, {breakdown}" if breakdown else title,
            self._catalogue.organisations[wanted.organisation].title,
            period_name(wanted.period),
        )

    def _unconfirmed(self, rows: Sequence[Row]) -> list[Line]:
        """What nobody confirmed is in the list as well: the reader sees the whole form."""
        return [
            (
                row.place,
                row.address,
                row.labels,
                row.target,
                row.organisation,
                row.period,
                f"не подтверждено: {row.state}",
            )
            for row in rows
            if not row.is_confirmed
        ]

    def _strangers(self, rows: Sequence[Row]) -> list[str]:
        known = {(row.place, row.address) for row in rows}
        return [f"{slot.place}, {slot.cell.address}: {slot.labels.path}"
                for slot in self.blanks if (slot.place, slot.cell.address) not in known]  # fmt: skip

    def _about(self, template_name: str, done: int, unfilled: int, left: int) -> list[Line]:
        package = self._cycle.package
        marks = [("Внимание", mark) for mark in self._marks]
        return [
            *marks,
            ("Форма", template_name),
            ("Данные", package.title),
            ("Контрольная сумма данных", package.checksum),
            ("Программа", self._programme.title),
            ("Отчётный период", period_name(self._report)),
            ("Заполнено ячеек", str(done)),
            ("Не заполнено: нет числа", str(unfilled)),
            ("Не заполнено: не подтверждено", str(left)),
        ]


def _entry(one: Assignment, amount: Amount) -> Entry:
    cell = one.slot.cell
    return Entry(one.slot.place, cell.address, amount.number, amount.text, amount.is_share, amount.decimals)


def told_of(one: Assignment, amount: Amount) -> str:
    """Why the cell is empty; a number that stood in the form is not left to pass for this year's."""
    old = one.slot.cell
    gone = f" Прежнее число {old.text} стёрто." if old.holds is Holds.NUMBER else ""
    return told(amount) + gone


def _unfilled(one: Assignment, amount: Amount) -> Unfilled:
    return Unfilled(one.slot.place, one.slot.cell.address, one.slot.labels.path, told_of(one, amount))
