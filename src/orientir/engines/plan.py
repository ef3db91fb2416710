"""The plan: relations, expressions and aggregates that every engine understands alike.

A plan is data. `memory.py` evaluates it slowly and obviously and so defines what it means; `sql.py` prints it for
the databases. NULL is «not known» and is treated as in SQL: a comparison with it is not true, a sum passes it over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from orientir.model.conditions import AllOf, AnyOf, Condition, Not, OneOf, Within


class ColumnType(StrEnum):
    TEXT = "TEXT"
    INTEGER = "BIGINT"
    DECIMAL = "DECIMAL(38,6)"


Schema = Mapping[str, ColumnType]
Scalar = str | int | Decimal | None
Record = dict[str, Scalar]

# ---- expressions


@dataclass(frozen=True)
class Col:
    name: str


@dataclass(frozen=True)
class Lit:
    value: str | int


@dataclass(frozen=True)
class Op:
    """Arithmetic and comparison; `||` joins texts."""

    sign: Literal["+", "-", "*", "=", "<>", "<", "<=", ">", ">=", "||"]
    left: Expr
    right: Expr


@dataclass(frozen=True)
class Logic:
    sign: Literal["and", "or"]
    parts: tuple[Expr, ...]


@dataclass(frozen=True)
class Negate:
    part: Expr


@dataclass(frozen=True)
class IsNull:
    part: Expr


@dataclass(frozen=True)
class In:
    part: Expr
    values: tuple[str, ...]


WHOLE_NUMBER = "^-?[0-9]+$"


@dataclass(frozen=True)
class AsInteger:
    """The text as a whole number; NULL where it is none."""

    part: Expr


@dataclass(frozen=True)
class When:
    """`value` where the condition is true, `otherwise` elsewhere (NULL by default)."""

    condition: Expr
    value: Expr
    otherwise: Expr | None = None


Expr = Col | Lit | Op | Logic | Negate | IsNull | In | AsInteger | When


def expression(condition: Condition) -> Expr:
    """A condition of a definition as an expression over the columns of its breakdowns."""
    match condition:
        case OneOf(field=field, values=values):
            return In(Col(field), values)
        case Within(field=field, low=low, high=high):
            number = AsInteger(Col(field))
            return Logic("and", (Op(">=", number, Lit(low)), Op("<=", number, Lit(high))))
        case AllOf(parts=parts):
            return Logic("and", tuple(map(expression, parts)))
        case AnyOf(parts=parts):
            return Logic("or", tuple(map(expression, parts)))
        case Not(part=part):
            return Negate(expression(part))


# ---- relations
#
# Relations are told apart by identity: a step that two others share is the same object and is computed once.


@dataclass(frozen=True, eq=False)
class Table:
    """A relation that the engine was given, by name."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Filter:
    source: Relation
    condition: Expr

    @property
    def columns(self) -> tuple[str, ...]:
        return self.source.columns


@dataclass(frozen=True, eq=False)
class Project:
    source: Relation
    items: tuple[tuple[str, Expr], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.items)


@dataclass(frozen=True, eq=False)
class Join:
    """Rows with equal `on` columns; `anti` keeps the left rows that have no match."""

    left: Relation
    right: Relation
    on: tuple[str, ...]
    kind: Literal["inner", "left", "anti"] = "inner"

    @property
    def columns(self) -> tuple[str, ...]:
        extra = () if self.kind == "anti" else tuple(name for name in self.right.columns if name not in self.on)
        return self.left.columns + extra


@dataclass(frozen=True)
class Measure:
    name: str
    function: Literal["sum", "min", "max", "count"]
    value: Expr


@dataclass(frozen=True, eq=False)
class Aggregate:
    source: Relation
    keys: tuple[str, ...]
    measures: tuple[Measure, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.keys + tuple(measure.name for measure in self.measures)


@dataclass(frozen=True, eq=False)
class Union:
    """All rows of all parts; their columns are the same."""

    parts: tuple[Relation, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.parts[0].columns


Relation = Table | Filter | Project | Join | Aggregate | Union


def parents_of(plans: Sequence[Relation]) -> dict[Relation, list[Relation]]:
    """Every relation that the plans are made of, with the relations that read it, inner ones first."""
    found: dict[Relation, list[Relation]] = {}

    def visit(plan: Relation) -> None:
        if plan not in found:
            for part in _parts(plan):
                visit(part)
                found[part].append(plan)
            found[plan] = []

    for plan in plans:
        visit(plan)
    return found


def _parts(plan: Relation) -> tuple[Relation, ...]:
    match plan:
        case Join(left=left, right=right):
            return (left, right)
        case Union(parts=parts):
            return parts
        case Table():
            return ()
        case _:
            return (plan.source,)


def keep(source: Relation, /, *names: str, **computed: Expr) -> Project:
    """The named columns as they are, then the computed ones."""
    return Project(source, tuple((name, Col(name)) for name in names) + tuple(computed.items()))


# ---- what is given to an engine


@dataclass(frozen=True, eq=False)
class Rows:
    """A small relation given as rows; `schema` fixes the order and the types of the columns."""

    schema: Schema
    rows: Sequence[Record]
