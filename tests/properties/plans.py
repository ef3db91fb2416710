"""Random plans over two small tables: every kind of relation and expression, with NULLs everywhere."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from orientir.engines.plan import (
    Aggregate,
    AsInteger,
    Col,
    ColumnType,
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
    Relation,
    Rows,
    Schema,
    Table,
    Union,
    When,
    expression,
)
from orientir.model.conditions import AllOf, AnyOf, Not, OneOf, Within

TEXT, INTEGER, DECIMAL = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.DECIMAL
COLUMNS: Schema = {"place": TEXT, "grade": TEXT, "period": INTEGER, "value": DECIMAL}
TABLES = ("facts", "terms")
TEXTS = ("", "9", "10", "5-9", "it's", "back\\slash", "семь", "%", "9.5", "1e1", "+9", " 9", "-10")
Typed = tuple[Relation, dict[str, ColumnType]]

_CONTENT: dict[ColumnType, st.SearchStrategy[Any]] = {
    TEXT: st.one_of(st.sampled_from(TEXTS[:3]), st.sampled_from(TEXTS)),
    INTEGER: st.integers(-1, 2),
    DECIMAL: st.sampled_from([Decimal(0), Decimal(1), Decimal("-2.5"), Decimal("0.000001")]),
}


def rows() -> st.SearchStrategy[Rows]:
    row = st.fixed_dictionaries(
        {name: st.one_of(_CONTENT[kind], _CONTENT[kind], st.none()) for name, kind in COLUMNS.items()}
    )
    return st.lists(row, min_size=3, max_size=6).map(lambda listed: Rows(COLUMNS, listed))


def tables() -> st.SearchStrategy[dict[str, Rows]]:
    return st.fixed_dictionaries({name: rows() for name in TABLES})


# ---- expressions


def of_type(schema: dict[str, ColumnType], kind: ColumnType) -> list[str]:
    return [name for name, found in schema.items() if found is kind]


@st.composite
def predicates(draw: Any, schema: dict[str, ColumnType], depth: int = 2) -> Expr:
    simple = draw(st.sampled_from(["null", "in", "compare", "range", "condition"]))
    if depth:
        wanted = draw(st.sampled_from(["simple", "and", "or", "not"]))
        if wanted == "not":
            return Negate(draw(predicates(schema, depth - 1)))
        if wanted != "simple":
            parts = draw(st.lists(predicates(schema, depth - 1), min_size=1, max_size=3))
            return Logic(wanted, tuple(parts))
    return draw(_simple(schema, simple))


@st.composite
def _simple(draw: Any, schema: dict[str, ColumnType], wanted: str) -> Expr:
    texts, numbers = of_type(schema, TEXT), of_type(schema, INTEGER) + of_type(schema, DECIMAL)
    name = draw(st.sampled_from(sorted(schema)))
    sign = draw(st.sampled_from(["=", "<>", "<", "<=", ">", ">="]))
    if wanted == "in" and texts:
        chosen = draw(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3))
        return In(Col(draw(st.sampled_from(texts))), tuple(chosen))
    if wanted == "compare" and numbers:
        return Op(sign, Col(draw(st.sampled_from(numbers))), Lit(draw(st.integers(-2, 3))))
    if wanted == "range" and texts:
        return Op(sign, AsInteger(Col(draw(st.sampled_from(texts)))), Lit(9))
    if wanted == "condition" and texts:
        return expression(draw(_conditions(texts)))
    return IsNull(Col(name))


def _conditions(fields: list[str]) -> st.SearchStrategy[Any]:
    field = st.sampled_from(fields)
    one = st.builds(OneOf, field, st.lists(st.sampled_from(TEXTS), min_size=1, max_size=2).map(tuple))
    simple = one | st.builds(Within, field, st.just(9), st.just(11))
    return st.recursive(simple, _combined, max_leaves=4)


def _combined(part: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    parts = st.lists(part, min_size=1, max_size=2).map(tuple)
    return parts.map(AllOf) | parts.map(AnyOf) | part.map(Not)


@st.composite
def computed(draw: Any, schema: dict[str, ColumnType]) -> tuple[Expr, ColumnType]:
    """A new column: arithmetic of whole numbers, a joined text, or a choice."""
    whole, decimals, texts = (of_type(schema, kind) for kind in (INTEGER, DECIMAL, TEXT))
    wanted = draw(st.sampled_from(["arithmetic", "weighted", "joined", "chosen", "literal"]))
    if wanted == "arithmetic" and whole:
        sign = draw(st.sampled_from(["+", "-", "*"]))
        return Op(sign, Col(draw(st.sampled_from(whole))), Lit(draw(st.integers(-2, 2)))), INTEGER
    if wanted == "weighted" and decimals:
        return Op("*", Lit(draw(st.integers(-2, 2))), Col(draw(st.sampled_from(decimals)))), DECIMAL
    if wanted == "joined" and texts:
        return Op("||", Lit(draw(st.sampled_from(TEXTS))), Col(draw(st.sampled_from(texts)))), TEXT
    if wanted == "chosen" and texts:
        otherwise = draw(st.none() | st.just(Lit("else")))
        return When(draw(predicates(schema, 1)), Col(draw(st.sampled_from(texts))), otherwise), TEXT
    return Lit(draw(st.integers(0, 3))), INTEGER


# ---- relations


@st.composite
def relations(draw: Any, depth: int = 3) -> Typed:
    kind = draw(st.sampled_from(["filter", "project", "join", "aggregate", "union"])) if depth else "table"
    if kind == "table":
        return Table(draw(st.sampled_from(TABLES)), tuple(COLUMNS)), dict(COLUMNS)
    source, schema = draw(relations(depth - 1))
    if kind == "filter":
        return Filter(source, draw(predicates(schema))), schema
    if kind == "project":
        return draw(_projected(source, schema))
    if kind == "aggregate":
        return draw(_aggregated(source, schema))
    # A relation joined with itself, or added to itself, is a step that two others share.
    other = (source, schema) if draw(st.booleans()) else draw(relations(depth - 1))
    return draw(_joined(source, schema, *other) if kind == "join" else _united(source, schema, *other))


@st.composite
def _projected(draw: Any, source: Relation, schema: dict[str, ColumnType]) -> Typed:
    kept = sorted(draw(st.sets(st.sampled_from(sorted(schema)), min_size=1)))
    item, kind = draw(computed(schema))
    fresh = _fresh(schema)
    items = (*((name, Col(name)) for name in kept), (fresh, item))
    return Project(source, items), {**{name: schema[name] for name in kept}, fresh: kind}


def _fresh(schema: dict[str, ColumnType]) -> str:
    return next(f"made_{number}" for number in range(100) if f"made_{number}" not in schema)


@st.composite
def _aggregated(draw: Any, source: Relation, schema: dict[str, ColumnType]) -> Typed:
    keys = sorted(draw(st.sets(st.sampled_from(sorted(schema)), min_size=1, max_size=2)))
    measures: dict[str, tuple[Measure, ColumnType]] = {}
    fresh = (f"measure_{number}" for number in range(100) if f"measure_{number}" not in schema)
    for column, name in zip(fresh, sorted(schema), strict=False):
        functions = ["min", "max", "count"] + (["sum"] if schema[name] is not TEXT else [])
        function = draw(st.sampled_from(functions))
        kind = INTEGER if function == "count" else schema[name]
        measures[column] = (Measure(column, function, Col(name)), kind)
    kinds = {name: kind for name, (_, kind) in measures.items()}
    found = Aggregate(source, tuple(keys), tuple(measure for measure, _ in measures.values()))
    return found, {**{key: schema[key] for key in keys}, **kinds}


@st.composite
def _joined(
    draw: Any, left: Relation, schema: dict[str, ColumnType], right: Relation, other: dict[str, ColumnType]
) -> Typed:
    common = sorted(name for name in schema if other.get(name) is schema[name])
    if not common:
        return left, schema
    keys = sorted(draw(st.sets(st.sampled_from(common), min_size=1, max_size=2)))
    kind = draw(st.sampled_from(["inner", "left", "anti"]))
    extra = {name: f"other_{number}" for number, name in enumerate(sorted(other)) if name not in keys}
    extra = {name: renamed for name, renamed in extra.items() if renamed not in schema}
    items = (*((key, Col(key)) for key in keys), *((renamed, Col(name)) for name, renamed in extra.items()))
    found = Join(left, Project(right, items), tuple(keys), kind)
    added = {} if kind == "anti" else {renamed: other[name] for name, renamed in extra.items()}
    return found, {**schema, **added}


@st.composite
def _united(
    draw: Any, left: Relation, schema: dict[str, ColumnType], right: Relation, other: dict[str, ColumnType]
) -> Typed:
    common = {name: kind for name, kind in schema.items() if other.get(name) is kind}
    if not common:
        return left, schema
    # The parts may name their columns in different orders.
    order = draw(st.permutations(sorted(common)))
    first, second = (
        Project(part, tuple((name, Col(name)) for name in names)) for part, names in ((left, common), (right, order))
    )
    return Union((first, second)), common
