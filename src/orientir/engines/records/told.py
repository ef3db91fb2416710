"""The plan in words, and its SQL."""

from __future__ import annotations

from collections.abc import Iterator

import sqlglot

from orientir.engines.records.conditions import sql_of
from orientir.engines.records.planning import Atom, Counted, RecordPlan
from orientir.engines.records.run import ENGINES
from orientir.engines.records.text import printed, texts_of
from orientir.errors import Fault, UserError


def told(plan: RecordPlan, engine: str = "") -> Iterator[str]:
    """Lines. With an engine, its two texts; UserError for an engine that is not there."""
    if engine and engine not in ENGINES:
        raise UserError(Fault("--engine", f"движка «{engine}» нет.", f"Допустимы: {', '.join(ENGINES)}."))
    if not plan.elements:
        yield "Программа ничего не считает по сведениям об обучающихся."
        return
    if engine:
        yield from _texts(plan, engine)
        return
    yield f"Величин: {len(plan.elements)}, счётчиков: {len(plan.atoms)}."
    yield f"Таблицы: {', '.join(('enrolment', *sorted(plan.tables)))}."
    for atom in plan.atoms:
        yield f"{atom.key}: {_measured(atom)}"
        yield from (f"    {one.id}{_cells(one)}" for one in plan.elements if one.atom == atom)


def _measured(atom: Atom) -> str:
    what = f"сумма {atom.sum}" if atom.sum else "обучающиеся"
    return what + (f", где {' AND '.join(map(sql_of, atom.where))}" if atom.where else "")


def _cells(one: Counted) -> str:
    return f" — в ячейках {' AND '.join(map(sql_of, one.cells))}" if one.cells else ""


def _texts(plan: RecordPlan, engine: str) -> Iterator[str]:
    for name, text in texts_of(plan, engine):
        yield f"-- {name}"
        yield sqlglot.transpile(printed(text, engine), read=engine, write=engine, pretty=True)[0] + ";"
