"""A plan printed as SQL by SQLGlot: a common table expression for each step, so that a shared step is computed once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlglot import exp

from orientir.engines.plan import (
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
)

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


@lru_cache(maxsize=64)
def sql(plan: Relation, dialect: str) -> str:
    """The text of the plan in the dialect; its columns are the plan's, its rows in no promised order."""
    printer = _Printer()
    last = printer.name(plan)
    query = exp.select(*plan.columns).from_(last)
    for name, step in printer.steps:
        query = query.with_(name, as_=step)
    return query.sql(dialect=dialect, pretty=True)


class _Printer:
    def __init__(self) -> None:
        self.steps: list[tuple[str, exp.Expression]] = []
        self._names: dict[int, str] = {}

    def name(self, plan: Relation) -> str:
        """The name under which the relation can be read, printing its step if it is new."""
        if isinstance(plan, Table):
            return plan.name
        if id(plan) not in self._names:
            step = self._step(plan)
            self._names[id(plan)] = f"step_{len(self.steps) + 1}"
            self.steps.append((self._names[id(plan)], step))
        return self._names[id(plan)]

    def _step(self, plan: Relation) -> exp.Expression:
        match plan:
            case Filter(source=source, condition=condition):
                return exp.select(*plan.columns).from_(self.name(source)).where(_expression(condition))
            case Project(source=source, items=items):
                columns = [exp.alias_(_expression(item), name) for name, item in items]
                return exp.select(*columns).from_(self.name(source))
            case Join():
                return self._join(plan)
            case Aggregate(source=source, keys=keys, measures=measures):
                functions = [exp.alias_(_measure(one.function, one.value), one.name) for one in measures]
                return exp.select(*keys, *functions).from_(self.name(source)).group_by(*keys)
            case Union(parts=parts):
                selects = [exp.select(*plan.columns).from_(self.name(part)) for part in parts]
                return exp.union(*selects, distinct=False) if len(selects) > 1 else selects[0]
            case Table(name=name):
                return exp.select(*plan.columns).from_(name)

    def _join(self, plan: Join) -> exp.Expression:
        left = exp.alias_(exp.to_table(self.name(plan.left)), "l", table=True)
        right = exp.alias_(exp.to_table(self.name(plan.right)), "r", table=True)
        on = exp.and_(*(exp.EQ(this=exp.column(name, "l"), expression=exp.column(name, "r")) for name in plan.on))
        extra = plan.columns[len(plan.left.columns) :]
        columns = [exp.column(name, "l") for name in plan.left.columns] + [exp.column(name, "r") for name in extra]
        query = exp.select(*columns).from_(left)
        if plan.kind == "anti":
            return query.join(right, on=on, join_type="left").where(exp.column(plan.on[0], "r").is_(exp.null()))
        return query.join(right, on=on, join_type=plan.kind)


def _measure(function: str, value: Expr) -> Any:
    return exp.func(function.upper(), _expression(value))


def _expression(item: Expr) -> Any:
    match item:
        case Col(name=name):
            return exp.column(name)
        case Lit(value=value):
            return exp.convert(value)
        case Op(sign=sign, left=left, right=right):
            return exp.paren(_SIGNS[sign](this=_expression(left), expression=_expression(right)))
        case Logic(sign=sign, parts=parts):
            return exp.paren((exp.and_ if sign == "and" else exp.or_)(*map(_expression, parts)))
        case Negate(part=part):
            return exp.not_(exp.paren(_expression(part)))
        case IsNull(part=part):
            return exp.Is(this=_expression(part), expression=exp.null())
        case In(part=part, values=values):
            return exp.In(this=_expression(part), expressions=[exp.convert(value) for value in values])
        case AsInteger(part=part):
            return exp.TryCast(this=_expression(part), to=exp.DataType.build("BIGINT"))
        case When(condition=condition, value=value, otherwise=otherwise):
            chosen = exp.Case().when(_expression(condition), _expression(value))
            return chosen if otherwise is None else chosen.else_(_expression(otherwise))
