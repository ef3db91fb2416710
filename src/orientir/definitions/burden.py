"""What each asked cell is for, and what the form costs a school: cells and minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from orientir.definitions.formulas import expanded
from orientir.definitions.questions import asked_keys, derived_cells, derived_key
from orientir.engines.memory import holds
from orientir.model.collection import CellKey
from orientir.model.forms import Form
from orientir.model.indicators import Term
from orientir.model.programme import Programme


@dataclass(frozen=True)
class Burden:
    """What a form asks of one school. `known` cells arrive filled and are only looked at."""

    cells: int
    known: int
    minutes: Decimal


def burden_of(form: Form, programme: Programme, known: int = 0) -> Burden:
    """Minutes are declared by the form for an asked and for a known cell."""
    cells = len(asked_keys(form, programme))
    return Burden(cells, known, (cells - known) * form.minutes_per_cell + known * form.minutes_known)


def uses_of(form: Form, programme: Programme) -> Mapping[CellKey, tuple[str, ...]]:
    """For each asked cell the titles of what needs it: indicators first, then checks; directly or by what it gives."""
    gives: dict[CellKey, list[CellKey]] = defaultdict(list)
    for section in form.sections:
        for rule in section.derived:
            for key in derived_cells(section, rule, programme):
                gives[key].append(derived_key(rule, programme))
    users = list(_users(programme))
    found: dict[CellKey, tuple[str, ...]] = {}
    for key in asked_keys(form, programme):
        names = [name for name, terms in users if any(_needs(terms, one) for one in (key, *gives[key]))]
        found[key] = tuple(dict.fromkeys(names))
    return found


def _users(programme: Programme) -> Iterator[tuple[str, Sequence[Term]]]:
    elements = {element.id: element for element in programme.elements}
    for indicator in programme.indicators:
        yield indicator.short, expanded(indicator.terms, elements)
    for feature in programme.similarity:
        yield f"Похожие школы: {feature.title}", feature.terms
    for check in programme.checks:
        yield f"Проверка: {check.reason}", expanded((*check.left, *check.right), elements)


def _needs(terms: Sequence[Term], key: CellKey) -> bool:
    element, breakdown = key
    return any(term.element == element and (term.where is None or holds(term.where, dict(breakdown))) for term in terms)
