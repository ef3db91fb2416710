"""What was decided about facts after they came, and which organisations became one; nothing where nothing was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orientir.facts.corrections import content_told
from orientir.model.collection import CorrectionKind
from orientir.model.desk import Cell, Conflict, Corrected, Side, Structure
from orientir.presentation import day
from orientir.reports import cells
from orientir.reports.context import Context
from orientir.reports.decisions import cell_told, side_amount, side_told, signature
from orientir.reports.document import Block, Bullets, Column, Heading, Paragraph, Row, Table, Text
from orientir.reports.words import sentence


def desk(context: Context, title: str) -> Iterator[Block]:
    """Corrections and choices about the years of the report, each with its reason and author."""
    decided, periods = context.cycle.desk, context.periods
    corrections = [one for one in decided.corrections if one.correction.period in periods]
    resolved = [one for one in decided.resolved if one.cell.period in periods]
    merged = tuple(_merged(context))
    if not (corrections or resolved or merged):
        return
    yield Heading(1, title, "h-desk")
    if corrections or resolved:
        opened = [one for one in decided.open if one.cell.period in periods]
        confirmed = [one for one in decided.confirmed if one.period in periods]
        told = {"corrected": len(corrections), "resolved": len(resolved)}
        yield Paragraph(context.text("desk_intro", **told, opened=len(opened), confirmed=len(confirmed)))
    if corrections:
        yield _corrections(context, corrections)
    if resolved:
        yield _choices(context, resolved)
    if merged:
        yield Heading(2, "Реорганизации", "h-reorganisations")
        yield Paragraph(context.text("reorganised"))
        yield Bullets(merged)


# ---- corrections


def _corrections(context: Context, corrections: Sequence[Corrected]) -> Table:
    columns = (
        Column("Что исправлено", width=4),
        Column("Было", width=1.2, align="right"),
        Column("Стало", width=1.3, align="right"),
        Column("Почему", width=3),
        Column("Кто и когда", width=2),
    )
    rows = tuple(_correction(context, one) for one in corrections)
    return Table("t-corrections", "Исправления сведений", columns, rows, landscape=True)


def _correction(context: Context, one: Corrected) -> Row:
    made, book = one.correction, context.book
    now = cells.words(content_told(None, made.state)) if made.state else cells.whole(book.after(one), made.value)
    after = {
        CorrectionKind.EXCLUDE: cells.words("исключено"),
        CorrectionKind.FLAG: cells.words("под сомнением"),
    }
    source = context.cycle.package.source(made.source)
    what = f"{_told(context, Cell.of(made))} ({source.place or source.title})"
    return Row(
        (
            cells.words(what),
            cells.whole(book.before(one), one.before),
            after.get(made.kind, now),
            cells.words(sentence(made.reason)),
            cells.words(signature(made)),
        )
    )


# ---- choices


def _choices(context: Context, resolved: Sequence[Conflict]) -> Table:
    columns = (
        Column("Номер", width=1.2),
        Column("О чём расхождение", width=3.2),
        Column("Выбрано", width=2.4),
        Column("Не выбрано", width=2.4),
        Column("Почему", width=2.6),
        Column("Кто и когда", width=1.8),
    )
    rows = tuple(_choice(context, one) for one in resolved)
    return Table("t-choices", "Выбор между источниками", columns, rows, landscape=True)


def _choice(context: Context, one: Conflict) -> Row:
    """Sides that give the chosen number stand with it."""
    assert one.choice is not None and one.chosen is not None
    value = one.chosen.value
    agreeing = [one.chosen, *(side for side in one.sides if side.value == value and side != one.chosen)]
    others = [side for side in one.sides if side.value != value]
    return Row(
        (
            cells.words(one.cell.number),
            cells.words(_told(context, one.cell)),
            cells.words(_sides(context, agreeing)),
            cells.words(_sides(context, others)),
            cells.words(sentence(one.choice.reason)),
            cells.words(signature(one.choice)),
        )
    )


def _sides(context: Context, sides: Sequence[Side]) -> Text:
    """«420 — таблица 1; 417 — таблица 4»."""
    made: Text = ()
    for side in sides:
        name = side_told(context.cycle.package, context.cycle.programme, side)
        amount = context.book.side(side) if side.value else side_amount(side)
        made += ("; ",) * bool(made) + (amount, f" — {name}")
    return made


def _told(context: Context, cell: Cell) -> str:
    return cell_told(context.cycle.package, context.cycle.programme, cell)


# ---- reorganisations


def _merged(context: Context) -> Iterator[Text]:
    """The organisations that no longer exist and are told under their successors."""
    if context.cycle.structure is Structure.NOW:
        package = context.cycle.package
        for place in package.organisations:
            if place.id in context.cycle.desk.successors and place.valid_to is not None:
                last = package.organisation(context.cycle.desk.successors[place.id])
                yield (f"{place.title} (закрыта {day(place.valid_to)}): сведения присоединены к {last.title}.",)
