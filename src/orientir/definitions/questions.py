"""The questions of a form written out: each row and cell that is asked, by the element and breakdown it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orientir.model.collection import Breakdown, CellKey
from orientir.model.forms import AnswerKind, Derived, Form, FormSection, Question
from orientir.model.programme import Programme


@dataclass(frozen=True)
class AskedRow:
    """A row as it is printed: its wording, what is answered, and the cell of each column (one for a list)."""

    title: str
    hint: str
    answer: AnswerKind
    element: str
    breakdown: Breakdown
    cells: tuple[CellKey, ...]


def columns_of(section: FormSection, programme: Programme) -> tuple[tuple[str, str], ...]:
    """Member and title of each column of a matrix; nothing for a list."""
    return _members(section.columns, section.members, programme) if section.columns else ()


def rows_of(section: FormSection, programme: Programme) -> tuple[AskedRow, ...]:
    """The rows of a section, repeated questions written out."""
    return tuple(row for question in section.rows for row in _rows(section, question, programme))


def asked_keys(form: Form, programme: Programme) -> tuple[CellKey, ...]:
    """Every cell that somebody has to fill, in the order of the form."""
    return tuple(key for section in form.sections for row in rows_of(section, programme) for key in row.cells)


def derived_cells(section: FormSection, rule: Derived, programme: Programme) -> tuple[CellKey, ...]:
    """The asked cells whose sum the derived fact is."""
    chosen = set(rule.members)
    return tuple(
        key
        for row in rows_of(section, programme)
        if row.element == rule.row
        for key in row.cells
        if not chosen or (dict(key[1]).get(section.columns) in chosen)
    )


def derived_key(rule: Derived, programme: Programme) -> CellKey:
    return (rule.element, ordered(rule.breakdown, programme))


def ordered(breakdown: dict[str, str], programme: Programme) -> Breakdown:
    """The members in the order of the programme's dimensions, as facts have them."""
    return tuple((one.id, breakdown[one.id]) for one in programme.dimensions if one.id in breakdown)


def _rows(section: FormSection, question: Question, programme: Programme) -> Iterator[AskedRow]:
    title = question.title or programme.element(question.element).title
    repeated = _members(question.each, question.members, programme) if question.each else (("", ""),)
    for member, name in repeated:
        own = {**question.breakdown, **({question.each: member} if question.each else {})}
        yield AskedRow(
            title=_titled(question.title, name) if question.each else title,
            hint=question.hint,
            answer=question.answer,
            element=question.element,
            breakdown=ordered(own, programme),
            cells=tuple(_cells(section, question.element, own, programme)),
        )


def _cells(section: FormSection, element: str, own: dict[str, str], programme: Programme) -> Iterator[CellKey]:
    if not section.columns:
        yield (element, ordered(own, programme))
    for member, _ in columns_of(section, programme):
        yield (element, ordered({**own, section.columns: member}, programme))


def _titled(title: str, member: str) -> str:
    """«Чемпионат: региональный этап»; a member alone begins with a capital."""
    return f"{title}: {member}" if title else member[:1].upper() + member[1:]


def _members(dimension: str, chosen: tuple[str, ...], programme: Programme) -> tuple[tuple[str, str], ...]:
    members = programme.dimension(dimension).members
    return tuple((one.id, one.title) for one in members if not chosen or one.id in chosen)
