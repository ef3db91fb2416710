"""The machine-readable files beside the report: values, issues, findings, recommendations, effectiveness, numbers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from orientir.model.cycle import Cycle
from orientir.model.package import Fact
from orientir.model.results import Comparison, Finding, Value
from orientir.presentation import exact
from orientir.recommendations import addressees
from orientir.reports.decisions import history
from orientir.reports.document import Origin

NUMBERS = "numbers.json"  # the register of numbers; a folder that holds it is a report of ours
VALUE_COLUMNS = (
    "indicator",
    "organisation",
    "period",
    "breakdown",
    "numerator",
    "denominator",
    "value",
    "status",
    "coverage",
)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Comma, LF, and quotes only where they are needed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _number(value: Decimal | None) -> str:
    return "" if value is None else exact(value)


def value_rows(values: Iterable[Value]) -> Iterator[tuple[str, ...]]:
    """Rows of values.csv; coverage is «17/19», or «direct» where the territory itself reported the figure."""
    for value in values:
        place = value.place
        coverage = f"{value.reporting}/{value.expected}" if value.expected else "direct" if value.facts else ""
        yield (
            place.indicator,
            place.organisation,
            str(place.period),
            place.breakdown,
            _number(value.numerator),
            _number(value.denominator),
            _number(value.amount),
            value.status,
            coverage,
        )


def files_of(cycle: Cycle, origins: Mapping[str, Origin], facts: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Every machine-readable file by its name."""
    return {
        "values.csv": csv_text(VALUE_COLUMNS, value_rows(cycle.values)),
        "issues.csv": _issues(cycle),
        "findings.json": _json([_finding(one) for one in cycle.findings]),
        "recommendations.csv": _recommendations(cycle),
        "effectiveness.csv": _effectiveness(cycle),
        NUMBERS: _json(register_of_numbers(cycle, origins, facts)),
    }


def _issues(cycle: Cycle) -> str:
    columns = ("rule", "severity", "where", "period", "message", "reason", "advice", "facts", "indicators")
    rows = (
        (one.rule, one.severity, one.where, one.period, one.message, one.reason, one.advice,
         " ".join(one.facts), " ".join(one.indicators))
        for one in cycle.issues
    )  # fmt: skip
    return csv_text(columns, rows)


def _finding(one: Finding) -> dict[str, Any]:
    place = one.value.place
    return {
        "id": one.id,
        "rule": one.rule,
        "indicator": place.indicator,
        "organisation": place.organisation,
        "period": str(place.period),
        "breakdown": place.breakdown,
        "numerator": _number(one.value.numerator),
        "denominator": _number(one.value.denominator),
        "value": _number(one.value.amount),
        "status": one.value.status,
        "bound": _number(one.bound),
        "reason": one.reason,
        "comparison": _comparison(one.comparison) if one.comparison else None,
    }


def _comparison(one: Comparison) -> dict[str, Any]:
    return {
        "base": one.base,
        "period": str(one.then.place.period),
        "value": _number(one.then.amount),
        "change": _number(one.change),
        "p_value": _level(one.p_value),
        "adjusted": _level(one.adjusted),
        "verdict": one.verdict,
    }


def _level(value: float | None) -> str:
    """Twelve digits: the rest of a binary fraction is noise."""
    return "" if value is None else exact(Decimal(str(value)))


def _recommendations(cycle: Cycle) -> str:
    columns = ("id", "audience", "roles", "text", "causes", "owner", "due", "as_of", "initiative_note",
               "addressees")  # fmt: skip
    rows = (
        (one.id, one.audience, " ".join(one.roles), one.text, " ".join(cause.id for cause in one.causes), one.owner,
         one.due, one.as_of, one.initiative_note,
         " ".join(place.id for place in addressees(cycle.programme, cycle.package, one)))
        for one in cycle.recommendations
    )  # fmt: skip
    return csv_text(columns, rows)


def _effectiveness(cycle: Cycle) -> str:
    columns = ("action", "indicator", "organisation", "before", "before_value", "after", "after_value", "change",
               "adjusted", "outcome", "reason")  # fmt: skip
    rows = []
    for one in cycle.effects:
        ends = [(str(end.place.period), _number(end.amount)) if end else ("", "") for end in (one.before, one.after)]
        change = _number(one.comparison.change) if one.comparison else ""
        level = _level(one.comparison.adjusted) if one.comparison else ""
        rows.append(
            (one.action.id, one.indicator, one.organisation, *ends[0], *ends[1], change, level, one.outcome, one.reason)
        )
    return csv_text(columns, rows)


def register_of_numbers(
    cycle: Cycle, origins: Mapping[str, Origin], facts: Mapping[str, tuple[str, ...]]
) -> dict[str, Any]:
    """Every number with its origin, and the facts behind them."""
    told = {key for number in origins for key in facts.get(number, ())}
    used = told | {part for key in told for part in cycle.desk.parts.get(key, ())}
    return {
        "numbers": {
            key: {"text": one.text, "title": one.title, "formula": one.formula, "facts": list(facts.get(key, ())),
                  "sources": one.sources}
            for key, one in sorted(origins.items())
        },
        "facts": {fact.id: _fact(cycle, fact) for fact in cycle.known_facts if fact.id in used},
    }  # fmt: skip


def _fact(cycle: Cycle, fact: Fact) -> dict[str, Any]:
    """What was read, and, where there is such a thing, what was decided about it and what it was added up from."""
    decided = {"history": list(history(cycle, fact)), "parts": list(cycle.desk.parts.get(fact.id, ()))}
    source = cycle.package.source(fact.source)
    members = "".join(
        f", {one.title}"
        for key, value in fact.breakdown
        for one in cycle.programme.dimension(key).members
        if one.id == value
    )
    return {
        "file": fact.file,
        "row": fact.row,
        "title": cycle.programme.element(fact.element).title + members,
        "organisation": cycle.package.organisation(fact.organisation).title,
        "period": str(fact.period),
        "value": "" if fact.value is None else exact(fact.value),
        "document": source.document,
        "place": source.place,
        "origin": fact.origin,
        "label_printed": fact.label_printed,
        "period_printed": fact.period_printed,
        "note": fact.note,
        **{key: told for key, told in decided.items() if told},
    }
