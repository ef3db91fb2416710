"""A plan printed as SQL by SQLGlot: a common table expression for each step, so that a shared step is computed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlglot import exp

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
    Negate,
    Op,
    Project,
    Relation,
    Table,
    Union,
    When,
    parents_of,
)

_LOGIC: dict[str, Any] = {"and": exp.and_, "or": exp.or_}
_SIGNS: dict[str, type[exp.Expression]] = {
    "+": exp.Add,
    "-": exp.Sub,
    "*": exp.Mul,
    "=": exp.EQ,
    "<>": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
    "||": exp.DPipe,
}


@dataclass(frozen=True)
class Script:
    """The text of several plans: `shared` steps are stored once under their names, then each query is run."""

    shared: tuple[tuple[str, str], ...]
    queries: tuple[str, ...]


@lru_cache(maxsize=64)
def script(plans: tuple[Relation, ...], dialect: str) -> Script:
    """What more than one plan needs is computed once and stored; the rest of each plan is one query."""
    names: dict[Relation, str] = {}
    shared: list[tuple[str, str]] = []
    for step in _shared_steps(plans):
        shared.append((f"shared_{len(shared) + 1}", _query(step, names).sql(dialect=dialect)))
        names[step] = shared[-1][0]
    return Script(tuple(shared), tuple(_query(plan, names).sql(dialect=dialect) for plan in plans))


def _shared_steps(plans: tuple[Relation, ...]) -> list[Relation]:
    """Steps that are read from more than one text, inner ones first.

    A text is a plan or a shared step. A step whose readers all stand in one text is printed there.
    """
    readers = parents_of(plans)
    texts: dict[Relation, Relation] = {}
    for step in reversed(readers):
        within = {texts[reader] for reader in readers[step]} | ({step} if step in plans else set())
        texts[step] = within.pop() if len(within) == 1 else step
    return [
        step
        for step in readers
        if texts[step] is step and not isinstance(step, Table) and (step not in plans or readers[step])
    ]


def sql(plan: Relation, dialect: str) -> str:
    """The text of one plan in the dialect; its columns are the plan's, its rows in no promised order."""
    return script((plan,), dialect).queries[0]


def _query(plan: Relation, stored: Mapping[Relation, str]) -> exp.Select:
    printer = _Printer(stored)
    query = _select(_columns(plan.columns), printer.name(plan))
    for name, step in printer.steps:
        query = query.with_(name, as_=step, copy=False)
    return query


# SQLGlot copies what it is given and parses names unless told otherwise; a plan is built once and read once, so
# expressions are made directly and handed over without copies.


def _select(columns: list[Any], source: str, alias: str = "") -> exp.Select:
    table = exp.to_table(source)
    return exp.Select(expressions=columns).from_(exp.alias_(table, alias, table=True) if alias else table, copy=False)


def _columns(names: tuple[str, ...], table: str | None = None) -> list[Any]:
    return [exp.column(name, table) for name in names]


class _Printer:
    def __init__(self, stored: Mapping[Relation, str]) -> None:
        self.steps: list[tuple[str, Any]] = []
        self._names = dict(stored)

    def name(self, plan: Relation) -> str:
        """The name under which the relation can be read, printing its step if it is new."""
        if isinstance(plan, Table):
            return plan.name
        if plan not in self._names:
            step = self._step(plan)
            self._names[plan] = f"step_{len(self.steps) + 1}"
            self.steps.append((self._names[plan], step))
        return self._names[plan]

    def _step(self, plan: Relation) -> Any:
        match plan:
            case Filter(source=source, condition=condition):
                return _select(_columns(plan.columns), self.name(source)).where(_expression(condition), copy=False)
            case Project(source=source, items=items):
                return _select([_named(_expression(item), name) for name, item in items], self.name(source))
            case Join():
                return self._join(plan)
            case Aggregate(source=source, keys=keys, measures=measures):
                functions = [_named(_measure(one.function, one.value), one.name) for one in measures]
                grouped = _select(_columns(keys) + functions, self.name(source))
                return grouped.group_by(*_columns(keys), copy=False) if keys else grouped
            case Union(parts=parts):
                selects = [_select(_columns(plan.columns), self.name(part)) for part in parts]
                return exp.union(*selects, distinct=False, copy=False) if len(selects) > 1 else selects[0]
            case Table(name=name):
                return _select(_columns(plan.columns), name)

    def _join(self, plan: Join) -> exp.Select:
        right = exp.alias_(exp.to_table(self.name(plan.right)), "r", table=True)
        pairs = [exp.EQ(this=exp.column(name, "l"), expression=exp.column(name, "r")) for name in plan.on]
        extra = plan.columns[len(plan.left.columns) :]
        columns = _columns(plan.left.columns, "l") + _columns(extra, "r")
        query = _select(columns, self.name(plan.left), "l")
        on = exp.and_(*pairs, copy=False)
        if plan.kind == "anti":
            unmatched = exp.Is(this=exp.column(plan.on[0], "r"), expression=exp.null())
            return query.join(right, on=on, join_type="left", copy=False).where(unmatched, copy=False)
        return query.join(right, on=on, join_type=plan.kind, copy=False)


def _named(item: Any, name: str) -> exp.Alias:
    return exp.Alias(this=item, alias=exp.to_identifier(name))


def _measure(function: str, value: Expr) -> Any:
    return exp.func(function.upper(), _expression(value))


def _expression(item: Expr) -> Any:
    match item:
        case Col(name=name):
            return exp.column(name)
        case Lit(value=value):
            return exp.convert(value)
        case Op(sign=sign, left=left, right=right):
            return exp.Paren(this=_SIGNS[sign](this=_expression(left), expression=_expression(right)))
        case Logic(sign=sign, parts=parts):
            return exp.Paren(this=_LOGIC[sign](*map(_expression, parts), copy=False))
        case Negate(part=part):
            return exp.Not(this=exp.Paren(this=_expression(part)))
        case IsNull(part=part):
            return exp.Is(this=_expression(part), expression=exp.null())
        case In(part=part, values=values):
            return exp.In(this=_expression(part), expressions=[exp.convert(value) for value in values])
        case AsInteger(part=part):
            # Databases differ in what else they take for a number: 5.5, 1e3, +5.
            whole = exp.RegexpLike(this=_expression(part), expression=exp.convert(WHOLE_NUMBER))
            number = exp.TryCast(this=_expression(part), to=exp.DataType(this=exp.DataType.Type.BIGINT))
            return exp.Case(ifs=[exp.If(this=whole, true=number)])
        case When(condition=condition, value=value, otherwise=otherwise):
            default = None if otherwise is None else _expression(otherwise)
            return exp.Case(ifs=[exp.If(this=_expression(condition), true=_expression(value))], default=default)
