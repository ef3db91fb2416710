"""Sums of elements by place: the one plan behind indicators and declared checks.

Formulas stand in a table in long form (formula, term, element, weight, shift, condition) and are joined to the facts
once, whatever their number. A formula holds in a place only where every one of its terms is reported there.

Which source: if one source gives every term, numerator and denominator are taken from it (the best rank first).
Otherwise terms come from several sources and must agree with one another; where they do not, nothing is computed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from orientir.engines.overlap import finer_cells, given
from orientir.engines.plan import (
    Aggregate,
    Col,
    ColumnType,
    Expr,
    Filter,
    IsNull,
    Join,
    Lit,
    Logic,
    Measure,
    Op,
    Record,
    Relation,
    Rows,
    Schema,
    Table,
    Union,
    When,
    expression,
    keep,
)
from orientir.engines.rollup import PLACE, SIDES, rolled_up
from orientir.model.conditions import Condition
from orientir.model.indicators import Term

WHOLE = ""  # the cut that sums over all breakdowns
SEVERAL_SOURCES = 0


@dataclass(frozen=True)
class Formula:
    """Two sums of terms: left (a numerator) and right (a denominator); `cuts` are the breakdowns it is shown by."""

    id: str
    left: tuple[Term, ...]
    right: tuple[Term, ...] = ()
    cuts: tuple[str, ...] = ()


def fact_schema(dimensions: Sequence[str]) -> Schema:
    """Columns of the relation of facts; `filled` counts the breakdowns given.

    `known` is 1 for a value, a zero and what does not apply; the last adds nothing to a sum and has `applies` 0.
    """
    text, whole = ColumnType.TEXT, ColumnType.INTEGER
    head = {"fact": text, "element": text, "organisation": text, "period": whole, "source": whole}
    return {
        **head,
        **dict.fromkeys(dimensions, text),
        "value": ColumnType.DECIMAL,
        "known": whole,
        "applies": whole,
        "filled": whole,
    }


TERM_SCHEMA: Schema = {
    "formula": ColumnType.TEXT,
    "term": ColumnType.INTEGER,
    "side": ColumnType.TEXT,
    "element": ColumnType.TEXT,
    "weight": ColumnType.INTEGER,
    "shift": ColumnType.INTEGER,
    "condition": ColumnType.INTEGER,
    "terms": ColumnType.INTEGER,
    "cut": ColumnType.TEXT,
}


@lru_cache(maxsize=16)
def formula_plan(formulas: tuple[Formula, ...], dimensions: tuple[str, ...]) -> FormulaPlan:
    """The plan of these formulas; asked for again, it is the same object, so that its text is printed once."""
    return FormulaPlan(formulas, dimensions)


class FormulaPlan:
    """The plan of a set of formulas over a set of dimensions, and the table of terms it reads."""

    def __init__(self, formulas: Sequence[Formula], dimensions: Sequence[str]) -> None:
        self._dimensions = tuple(dimensions)
        self._conditions: list[Condition] = []
        self._rows = [row for formula in formulas for row in self._term_rows(formula)]
        self._cuts = tuple(dict.fromkeys([WHOLE, *(str(row["cut"]) for row in self._rows)]))
        self._facts: Relation = Table("facts", tuple(fact_schema(self._dimensions)))
        self._finer = finer_cells(self._facts, self._dimensions)
        self.matched = self._matched()
        self.spans = self._spans()
        self.sums = self._sums()
        self.own = self._own()
        self.disputed = self._disputed()
        self.uses = self._uses()
        self.rolled = rolled_up(self.own)

    @cached_property
    def tables(self) -> Mapping[str, Rows]:
        return {"terms": Rows(TERM_SCHEMA, self._rows)}

    def _term_rows(self, formula: Formula) -> list[Record]:
        terms = [("left", term) for term in formula.left] + [("right", term) for term in formula.right]
        return [
            {
                "formula": formula.id,
                "term": number,
                "side": side,
                "element": term.element,
                "weight": term.weight,
                "shift": term.shift,
                "condition": self._condition_number(term.where),
                "terms": len(terms),
                "cut": cut,
            }
            for cut in (WHOLE, *formula.cuts)
            for number, (side, term) in enumerate(terms, 1)
        ]

    def _condition_number(self, condition: Condition | None) -> int:
        if condition is None:
            return 0
        if condition not in self._conditions:
            self._conditions.append(condition)
        return self._conditions.index(condition) + 1

    def _matched(self) -> Relation:
        """Every fact with every term that counts it, in the period of the value it contributes to."""
        cells = Union(tuple(self._cells(cut) for cut in self._cuts))
        joined = Join(Table("terms", tuple(TERM_SCHEMA)), cells, ("element", "cut"))
        fits: list[Expr] = [Op("=", Col("condition"), Lit(0))]
        for number, condition in enumerate(self._conditions, 1):
            fits.append(Logic("and", (Op("=", Col("condition"), Lit(number)), expression(condition))))
        return keep(
            Filter(joined, Logic("or", tuple(fits)) if len(fits) > 1 else fits[0]),
            *(
                "formula",
                "breakdown",
                "organisation",
                "term",
                "side",
                "terms",
                "source",
                "fact",
                "cell",
                "known",
                "applies",
            ),
            period=Op("-", Col("period"), Col("shift")),
            amount=Op("*", Col("weight"), Col("value")),
        )

    def _cells(self, cut: str) -> Relation:
        """The facts of one cut; `breakdown` labels the row of the result, `cell` tells the parts of a sum apart.

        Of two cells that overlap the more detailed is counted, never both.
        """
        facts, finer = self._facts, self._finer
        label: Expr = Lit("")
        if cut != WHOLE:
            facts, finer = Filter(facts, given(cut)), Filter(finer, given(f"other_{cut}"))
            label = Op("||", Lit(f"{cut}="), Col(cut))
        counted = Join(facts, keep(finer, "fact"), ("fact",), "anti")
        names = ("fact", "element", "organisation", "period", "source", *self._dimensions, "value", "known", "applies")
        return keep(counted, *names, cut=Lit(cut), breakdown=label, cell=self._cell_label())

    def _cell_label(self) -> Expr:
        label: Expr = Lit("")
        for dimension in self._dimensions:
            member = When(IsNull(Col(dimension)), Lit("|"), Op("||", Lit("|"), Col(dimension)))
            label = Op("||", label, member)
        return label

    def _spans(self) -> Relation:
        """Each term by place over all sources: the least and the greatest that they allow.

        Sources that give different cells complete one another; sources that give one cell different sizes disagree.
        """
        cells = Aggregate(
            self.matched,
            (*PLACE, "term", "side", "terms", "cell"),
            (
                Measure("low", "min", Col("amount")),
                Measure("high", "max", Col("amount")),
                Measure("known", "max", Col("known")),
                Measure("applies", "max", Col("applies")),
            ),
        )
        spans = Aggregate(
            cells,
            (*PLACE, "term", "side", "terms"),
            (
                Measure("low", "sum", Col("low")),
                Measure("high", "sum", Col("high")),
                Measure("known", "min", Col("known")),
                Measure("applies", "max", Col("applies")),
                Measure("cells", "count", Col("cell")),
            ),
        )
        return Filter(spans, Op("=", Col("known"), Lit(1)))

    def _sums(self) -> Relation:
        """Each term of each formula by place and source, where the source gives every cell that any source gives."""
        total = Aggregate(
            self.matched,
            (*PLACE, "term", "side", "terms", "source"),
            (
                Measure("amount", "sum", Col("amount")),
                Measure("known", "min", Col("known")),
                Measure("applies", "max", Col("applies")),
                Measure("given", "count", Col("cell")),
            ),
        )
        kept = (*PLACE, "term", "side", "terms", "source", "amount", "applies", "given")
        known = keep(Filter(total, Op("=", Col("known"), Lit(1))), *kept)
        all_cells = keep(self.spans, *PLACE, "term", "cells")
        return Filter(Join(known, all_cells, (*PLACE, "term")), Op("=", Col("given"), Col("cells")))

    def _own(self) -> Relation:
        """The two sums in each place that reports all terms itself; `source` is 0 where several sources agree."""
        single = _complete(self.sums, ("source",), Col("amount"))
        best = Aggregate(single, PLACE, (Measure("source", "min", Col("source")),))
        chosen = Join(single, best, (*PLACE, "source"))
        agreed = _complete(Filter(self.spans, Op("=", Col("low"), Col("high"))), (), Col("low"))
        several = Join(keep(agreed, *PLACE, *SIDES, source=Lit(SEVERAL_SOURCES)), best, PLACE, "anti")
        names = (*PLACE, *SIDES, "source")
        return Union((keep(chosen, *names), keep(several, *names)))

    def _disputed(self) -> Relation:
        """Places where two sources give a term different sizes; `all_terms` says whether every term is reported."""
        gap = Measure("gap", "max", Op("-", Col("high"), Col("low")))
        counted = (Measure("found", "count", Col("term")), Measure("terms", "max", Col("terms")))
        spans = Aggregate(self.spans, PLACE, (gap, *counted))
        complete = When(Op("=", Col("found"), Col("terms")), Lit(1), Lit(0))
        return keep(Filter(spans, Op(">", Col("gap"), Lit(0))), *PLACE, all_terms=complete)

    def _uses(self) -> Relation:
        """The facts behind each place's own sums: the way back from a value."""
        own = keep(self.own, *PLACE, chosen=Col("source"))
        joined = Join(self.matched, own, PLACE)
        same = Logic("or", (Op("=", Col("chosen"), Lit(SEVERAL_SOURCES)), Op("=", Col("source"), Col("chosen"))))
        return keep(Filter(joined, same), *PLACE, "side", "fact")


def _complete(sums: Relation, extra: tuple[str, ...], amount: Expr) -> Relation:
    """Both sides of each formula, where none of its terms is missing; a side without terms stays unknown."""
    sides = Aggregate(
        sums,
        (*PLACE, *extra),
        (
            Measure("lefts", "sum", When(Op("=", Col("side"), Lit("left")), amount)),
            Measure("rights", "sum", When(Op("=", Col("side"), Lit("right")), amount)),
            Measure("applies", "max", Col("applies")),
            Measure("found", "count", Col("term")),
            Measure("terms", "max", Col("terms")),
        ),
    )
    return Filter(sides, Op("=", Col("found"), Col("terms")))
