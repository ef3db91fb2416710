"""The reference engine: evaluates a plan over lists of rows, slowly and obviously. It defines what a plan means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from orientir.engines.plan import (
    WHOLE_NUMBER,
    Aggregate,
    AsInteger,
    Col,
    Expr,
    Filter,
    In,
    IsNull,
    Join,
    Lit,
    Logic,
    Measure,
    Negate,
    Op,
    Project,
    Record,
    Relation,
    Rows,
    Table,
    Union,
    When,
    expression,
)
from orientir.model.conditions import Condition, fields_of

_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "=": lambda left, right: left == right,
    "<>": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "||": lambda left, right: f"{left}{right}",
}


class MemoryEngine:
    """Runs plans over rows held in memory."""

    name = "memory"

    def run(self, plan: Relation, tables: Mapping[str, Rows]) -> list[Record]:
        """The rows of the plan, in no promised order."""
        return self.run_all((plan,), tables)[0]

    def run_all(self, plans: tuple[Relation, ...], tables: Mapping[str, Rows]) -> list[list[Record]]:
        """The rows of each plan; a step that several plans share is evaluated once."""
        seen: dict[int, list[Record]] = {}
        return [_relation(plan, tables, seen) for plan in plans]

    def close(self) -> None:
        """Nothing is held."""


def holds(condition: Condition, members: Mapping[str, str]) -> bool:
    """Does the condition hold for a cell with these breakdowns? One that is not given satisfies none."""
    row: Record = {**dict.fromkeys(fields_of(condition)), **members}
    return _value(expression(condition), row) is True


def _relation(plan: Relation, tables: Mapping[str, Rows], seen: dict[int, list[Record]]) -> list[Record]:
    if id(plan) not in seen:
        seen[id(plan)] = _evaluate(plan, tables, seen)
    return seen[id(plan)]


def _evaluate(plan: Relation, tables: Mapping[str, Rows], seen: dict[int, list[Record]]) -> list[Record]:
    match plan:
        case Table(name=name, columns=columns):
            return [{column: row[column] for column in columns} for row in tables[name].rows]
        case Filter(source=source, condition=condition):
            return [row for row in _relation(source, tables, seen) if _value(condition, row) is True]
        case Project(source=source, items=items):
            rows = _relation(source, tables, seen)
            return [{name: _value(item, row) for name, item in items} for row in rows]
        case Join(left=left, right=right):
            return _join(plan, _relation(left, tables, seen), _relation(right, tables, seen))
        case Aggregate(source=source):
            return _aggregate(plan, _relation(source, tables, seen))
        case Union(parts=parts):
            columns = plan.columns
            rows = [row for part in parts for row in _relation(part, tables, seen)]
            return [{column: row[column] for column in columns} for row in rows]


def _join(plan: Join, left: list[Record], right: list[Record]) -> list[Record]:
    index: dict[tuple[Any, ...], list[Record]] = defaultdict(list)
    for row in right:
        key = tuple(row[name] for name in plan.on)
        if None not in key:
            index[key].append(row)
    matched = ((row, index.get(tuple(row[name] for name in plan.on), [])) for row in left)
    if plan.kind == "anti":
        return [row for row, others in matched if not others]
    nothing: Record = dict.fromkeys(name for name in plan.right.columns if name not in plan.on)
    alone = [nothing] if plan.kind == "left" else []
    return [{**other, **row} for row, others in matched for other in (others or alone)]


def _aggregate(plan: Aggregate, rows: list[Record]) -> list[Record]:
    groups: dict[tuple[Any, ...], list[Record]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[key] for key in plan.keys)].append(row)
    return [
        dict(zip(plan.keys, key, strict=True)) | {one.name: _measure(one, members) for one in plan.measures}
        for key, members in groups.items()
    ]


def _measure(measure: Measure, rows: list[Record]) -> Any:
    known = [value for row in rows if (value := _value(measure.value, row)) is not None]
    if measure.function == "count":
        return len(known)
    if not known:
        return None
    reduce: dict[str, Callable[[list[Any]], Any]] = {"sum": sum, "min": min, "max": max}
    return reduce[measure.function](known)


def _value(item: Expr, row: Record) -> Any:
    match item:
        case Col(name=name):
            return row[name]
        case Lit(value=value):
            return value
        case Op(sign=sign, left=left, right=right):
            first, second = _value(left, row), _value(right, row)
            return None if first is None or second is None else _ARITHMETIC[sign](first, second)
        case Logic(sign=sign, parts=parts):
            return _logic(sign, [_value(part, row) for part in parts])
        case Negate(part=part):
            value = _value(part, row)
            return None if value is None else not value
        case IsNull(part=part):
            return _value(part, row) is None
        case In(part=part, values=values):
            value = _value(part, row)
            return None if value is None else value in values
        case AsInteger(part=part):
            return _integer(_value(part, row))
        case When(condition=condition, value=value, otherwise=otherwise):
            chosen = value if _value(condition, row) is True else otherwise
            return None if chosen is None else _value(chosen, row)


def _logic(sign: str, values: list[bool | None]) -> bool | None:
    decisive = sign == "or"
    if decisive in values:
        return decisive
    return None if None in values else not decisive


def _integer(value: str | None) -> int | None:
    """A text that is no whole number is not known."""
    return int(value) if value is not None and re.fullmatch(WHOLE_NUMBER, value) else None
