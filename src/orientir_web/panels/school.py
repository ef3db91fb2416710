"""A school: the passport of the core, its numbers leading to their facts."""

from __future__ import annotations

from orientir.model.results import Value
from orientir.presentation import NBSP, period_name
from orientir.reports import cells
from orientir.reports.document import Block, Cell, Column, Row, Table, Text
from orientir.reports.passports.content import Passport, passports
from orientir.reports.words import capital
from orientir_web.panels.corrected import corrections_of_school
from orientir_web.panels.subject import Subject


def passport_of(subject: Subject, code: str) -> Passport | None:
    """None for an organisation that does not report or reported nothing."""
    found = next(passports(subject.computed.cycle, False, [code]), None)
    return found if found and found.lines else None


def school_page(subject: Subject, code: str, passport: Passport | None) -> tuple[Block, ...]:
    """The table of the passport, its numbers leading to their facts, and what was corrected in these."""
    table = (_table(subject, passport),) if passport else ()
    return (*table, *corrections_of_school(subject, code))


def _table(subject: Subject, passport: Passport) -> Table:
    code = passport.organisation.id
    context = subject.context
    lines = {line.title: line for line in passport.lines}
    own = [one for one in context.cycle.programme.indicators if one.short in lines]
    columns = (
        Column("Показатель", width=3),
        *(Column(period_name(period), align="right") for period in context.periods),
        Column("Все годы вместе", align="right"),
        Column("Похожие", align="right"),
        Column("Округ", align="right"),
        Column("Вывод", width=2),
    )
    rows = []
    for one in own:
        line = lines[one.short]
        values = [context.value(one.id, period, organisation=code) for period in context.periods]
        rows.append(
            Row((cells.words(capital(one.short)), *(_of_school(subject, value) for value in values),
                 cells.words(line.pooled or "—"), cells.words(line.group or "—"), cells.words(line.district),
                 cells.words(line.verdict or "—")))
        )  # fmt: skip
    return Table("t-school", passport.title, columns, tuple(rows), note=(passport.sources,))


def _of_school(subject: Subject, value: Value) -> Cell:
    """«57,5 % (46 из 80)», each of the three a number of its own."""
    book = subject.context.book
    if value.amount is None or not value.is_share:
        return Cell((book.amount(value),), value.amount)
    text: Text = (book.amount(value), " (", book.numerator(value), f" из{NBSP}", book.denominator(value), ")")
    return Cell(text, value.amount, subject.context.cycle.programme.indicator(value.place.indicator).decimals, True)
