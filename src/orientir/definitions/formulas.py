"""Formulas written out: an element that is a sum of others gives way to its terms until only collected ones remain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from orientir.model.conditions import AllOf, Condition
from orientir.model.indicators import Element, Term


class FormulaCycle(Exception):
    """An element is defined through itself; `route` names the elements on the way."""

    def __init__(self, route: tuple[str, ...]) -> None:
        self.route = route
        super().__init__(" → ".join(route))


def expanded(
    terms: tuple[Term, ...], elements: Mapping[str, Element], route: tuple[str, ...] = (), limit: int | None = None
) -> tuple[Term, ...]:
    """Raises FormulaCycle; a term with an element that is not known stays as it is.

    `limit` stops soon after so many terms: formulas of formulas can double at every step.
    """
    found: list[Term] = []
    for term in terms:
        found += _expand(term, elements, route, limit)
        if limit is not None and len(found) > limit:
            break
    return tuple(found)


def _expand(term: Term, elements: Mapping[str, Element], route: tuple[str, ...], limit: int | None) -> tuple[Term, ...]:
    element = elements.get(term.element)
    if element is None or not element.formula:
        return (term,)
    if term.element in route:
        raise FormulaCycle((*route, term.element))
    inner = expanded(element.formula, elements, (*route, term.element), limit)
    return tuple(_within(term, part) for part in inner)


def _within(outer: Term, part: Term) -> Term:
    return replace(
        part,
        weight=outer.weight * part.weight,
        shift=outer.shift + part.shift,
        where=_both(outer.where, part.where),
    )


def _both(first: Condition | None, second: Condition | None) -> Condition | None:
    if first is None or second is None:
        return first or second
    return AllOf((first, second))
