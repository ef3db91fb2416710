"""Decisions as the core's actions: judged against the year that answers them, written into a data package."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from orientir.characters import forbidden_character
from orientir.effectiveness import judge
from orientir.facts.tables import ACTIONS
from orientir.facts.writing import Cells, read_csv_rows, rows_of, write_table
from orientir.model.package import Action, Source
from orientir.model.programme import Programme
from orientir.model.results import Effect, Value
from orientir.presentation import day
from orientir.reports.words import OUTCOME, capital
from orientir.sources.registers.result import RegisterImport
from orientir_web.decisions.live import GONE, Numbers
from orientir_web.decisions.models import Decision
from orientir_web.people.models import Organisation

SOURCE = "decisions_register"
_PREFIX = "decision_"


def source(rank: int = 1) -> Source:
    """Where these actions were recorded, as a source of a package."""
    return Source(SOURCE, "Решения и меры, записанные в Ориентире", "", "решения и меры, записанные в Ориентире", rank)


def actions_of(district: Organisation) -> list[Action]:
    """In the order in which they were recorded; ids are the same every time."""
    rows = Decision.objects.filter(district=district).prefetch_related("organisations", "files").order_by("pk")
    return [_action(one) for one in rows]


def _action(one: Decision) -> Action:
    places = tuple(sorted(place.code for place in one.organisations.all()))
    files = [f"«{file.name}»" for file in one.files.all()]
    return Action(
        id=f"{_PREFIX}{one.pk}", kind=one.kind, form=one.form, title=one.title, act=one.act, number=one.number,
        decided_on=one.decided_on, owner=one.owner, due=one.due, indicators=tuple(one.indicators),
        organisations=places or (one.district.code,), finding=one.finding, status=one.status,
        evidence="; ".join(filter(None, (one.evidence, *files))), source=SOURCE, note=one.note,
    )  # fmt: skip


def rows(actions: Sequence[Action]) -> list[Cells]:
    """Rows of the table of actions, as the core writes them; signs that no table may hold are left out."""
    return [{key: _clean(str(text)) for key, text in row.items()} for row in rows_of(actions, ACTIONS)]


def _clean(text: str) -> str:
    return "".join(sign for sign in text if not forbidden_character(sign))


# ---- into a data package


def with_source(told: RegisterImport, district: Organisation) -> RegisterImport:
    """The decisions' source behind those of the registers, where there are decisions."""
    if not Decision.objects.filter(district=district).exists():
        return told
    return replace(told, sources=(*told.sources, source(len(told.sources) + 1)))


def put(folder: Path, before: Path, district: Organisation, programme: Programme) -> None:
    """actions.csv of the package: what it had of other origin, and every decision as it is now."""
    if own := [_known(one, programme) for one in actions_of(district)]:
        write_table(folder / "actions.csv", ACTIONS, merged(read_csv_rows(before / "actions.csv"), own))


def merged(earlier: Iterable[Mapping[str, str]], actions: Sequence[Action]) -> list[Cells]:
    return [*(row for row in earlier if row["source"] != SOURCE), *rows(actions)]


def _known(action: Action, programme: Programme) -> Action:
    """Without what this programme has no word for: a decision may have been taken under another one."""
    indicators, roles = {one.id for one in programme.indicators}, {one.id for one in programme.roles}
    own = tuple(key for key in action.indicators if key in indicators)
    return replace(action, indicators=own, owner=action.owner if action.owner in roles else "")


def to_csv(district: Organisation) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(ACTIONS), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(actions_of(district)))
    return out.getvalue().encode("utf-8")


# ---- what became of them


@dataclass(frozen=True)
class Outcome:
    """A decision against one indicator in one place: before, after, change, and the core's verdict in words."""

    title: str
    decided: str
    indicator: str
    place: str
    before: str
    after: str
    change: str
    verdict: str
    reason: str
    key: str


def outcomes(numbers: Numbers, district: Organisation) -> list[Outcome]:
    """The decisions of the package and those recorded since, judged by the core over this year."""
    cycle = numbers.cycle
    others = tuple(one for one in cycle.package.actions if one.source != SOURCE)
    own = tuple(_known(one, cycle.programme) for one in actions_of(district))
    package = replace(cycle.package, actions=(*others, *own))
    places = {place.id: place.title for place in package.organisations}
    effects = judge(package, cycle.programme, cycle.values, cycle.periods)
    return [_outcome(numbers, one, places, package.territory) for one in effects]


def _outcome(numbers: Numbers, one: Effect, places: Mapping[str, str], territory: str) -> Outcome:
    book, programme = numbers.context.book, numbers.cycle.programme
    change = book.change(one.comparison) if one.comparison else GONE
    return Outcome(
        title=one.action.title,
        decided=day(one.action.decided_on) if one.action.decided_on else "",
        indicator=programme.indicator(one.indicator).short if one.indicator else "",
        place="" if one.organisation == territory else places.get(one.organisation, one.organisation),
        before=_told(numbers, one.before),
        after=_told(numbers, one.after),
        change=change if isinstance(change, str) else change.text,
        verdict=capital(OUTCOME[one.outcome]),
        reason=one.reason,
        key=one.action.id.removeprefix(_PREFIX) if one.action.source == SOURCE else "",
    )


def _told(numbers: Numbers, value: Value | None) -> str:
    if value is None:
        return GONE
    amount = numbers.context.book.amount(value)
    text = amount if isinstance(amount, str) else amount.text
    return f"{text} ({value.place.period})"


def of_decision(found: Sequence[Outcome], decision: Decision) -> list[Outcome]:
    return [one for one in found if one.key == str(decision.pk)]
