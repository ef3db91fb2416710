"""A choice between sources, asked for in words, made into a record; and who decides anything at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from orientir.characters import forbidden_character
from orientir.errors import Fault, UserError
from orientir.facts.conflicts import choices_standing
from orientir.model.collection import Choice
from orientir.model.desk import Cell, Conflict, Desk, Side
from orientir.model.package import Package

_LEAST = 3  # letters of a number that name a conflict, if only one begins with them


@dataclass(frozen=True)
class Signed:
    """Who decides, when and why."""

    author: str
    decided_on: date
    reason: str


def signed(author: str, reason: str, day: date) -> Signed:
    """Raises UserError for an empty or unprintable word; blanks and line breaks become single spaces."""
    author, reason = (" ".join(text.split()) for text in (author, reason))
    faults = [
        *text_faults("--author", author, "Назовите роль или инициалы."),
        *text_faults("--reason", reason, "Напишите, почему."),
    ]
    if faults:
        raise UserError(faults)
    return Signed(author, day, reason)


def text_faults(place: str, text: str, cure: str) -> Iterator[Fault]:
    if not text:
        yield Fault(place, "пусто.", cure)
    elif character := forbidden_character(text):
        yield Fault(place, f"недопустимый знак {character}.", "Удалите его.")


# ---- choices


def new_choice(package: Package, desk: Desk, number: str, source: str, by: Signed) -> Choice:
    """The record that settles a conflict. Raises UserError where there is none of this number, or no such side."""
    conflict = conflict_named(desk, number)
    side = side_named(package, conflict, source)
    if side is None:
        raise UserError(
            Fault("--source", f"«{source}»: такой стороны нет.", f"Назовите одну: {sides_listed(conflict)}.")
        )
    return choice_of(conflict, side, by)


def choice_of(conflict: Conflict, side: Side, by: Signed) -> Choice:
    return _choice(conflict.cell, side.code, conflict.seen, by)


def withdrawn_choice(package: Package, number: str, by: Signed) -> Choice:
    """The record that takes a choice back, stale or not."""
    cells = {cell for cell, choice in choices_standing(package.choices).items() if cell.number == _number(number)}
    if not cells:
        what = f"выбора по расхождению «{number}» нет."
        raise UserError(Fault("--withdraw", what, "Номера показывает orientir conflicts ПАКЕТ."))
    return _choice(cells.pop(), "", (), by)


def _choice(cell: Cell, source: str, seen: tuple[tuple[str, str], ...], by: Signed) -> Choice:
    place = (cell.element, cell.organisation, cell.period, cell.breakdown)
    return Choice(*place, source, by.author, by.decided_on, by.reason, seen)


def _number(text: str) -> str:
    return text.replace("№", "").strip().lower()


def conflict_named(desk: Desk, number: str) -> Conflict:
    """By its number or the beginning of it, where no other begins so."""
    wanted = _number(number)
    found = [one for one in desk.conflicts if one.cell.number == wanted]
    if not found and len(wanted) >= _LEAST:
        found = [one for one in desk.conflicts if one.cell.number.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    what = f"расхождений с номером «{number}»: {len(found)}." if found else f"расхождения «{number}» нет."
    raise UserError(Fault("--resolve", what, "Номера показывает orientir conflicts ПАКЕТ."))


def side_named(package: Package, conflict: Conflict, name: str) -> Side | None:
    """By its code, by its source where only one side has it, or by the source's title."""
    text = name.strip()
    by_code = [side for side in conflict.sides if side.code == text]
    by_source = [side for side in conflict.sides if side.sources == (text,)]
    by_title = [
        side
        for side in conflict.sides
        if len(side.sources) == 1
        and text.casefold()
        in (package.source(side.sources[0]).title.casefold(), package.source(side.sources[0]).place.casefold())
    ]
    return next((found[0] for found in (by_code, by_source, by_title) if len(found) == 1), None)


def sides_listed(conflict: Conflict) -> str:
    return "; ".join(f"{side.code} ({side.shown})" for side in conflict.sides)
