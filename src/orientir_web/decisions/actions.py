"""Decisions as the core's actions, written into a data package. What became of them is in outcomes.py."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from orientir.characters import forbidden_character
from orientir.facts.tables import ACTIONS
from orientir.facts.writing import Cells, read_csv_rows, rows_of, write_table
from orientir.model.package import Action, Source
from orientir.model.programme import Programme
from orientir.sources.registers.result import RegisterImport
from orientir_web.decisions.models import Decision
from orientir_web.people.models import Organisation

SOURCE = "decisions_register"
PREFIX = "decision_"


def source(rank: int = 1) -> Source:
    """Where these actions were recorded, as a source of a package."""
    return Source(SOURCE, "Решения и меры, записанные в Ориентире", "", "решения и меры, записанные в Ориентире", rank)


def actions_of(district: Organisation) -> list[Action]:
    """In the order in which they were recorded; ids are the same every time."""
    told = ("organisations", "files", "assignments__organisation", "assignments__files")
    rows = Decision.objects.filter(district=district).prefetch_related(*told).order_by("pk")
    return [_action(one) for one in rows]


def _action(one: Decision) -> Action:
    places = tuple(sorted(place.code for place in one.organisations.all()))
    return Action(
        id=f"{PREFIX}{one.pk}", kind=one.kind, form=one.form, title=one.title, act=one.act, number=one.number,
        decided_on=one.decided_on, owner=one.owner, due=one.due, indicators=tuple(one.indicators),
        organisations=places or (one.district.code,), finding=one.finding, status=one.status,
        evidence="; ".join(filter(None, (one.evidence, *_files(one)))), source=SOURCE, note=one.note,
    )  # fmt: skip


def _files(one: Decision) -> Iterator[str]:
    """What proves it, also what organisations have attached to their parts of it; their words are not for a report."""
    yield from (f"«{file.name}»" for file in one.files.all())
    for part in one.assignments.all():
        yield from (f"{part.organisation}: «{file.name}»" for file in part.files.all())


def rows(actions: Sequence[Action]) -> list[Cells]:
    """Rows of the table of actions, as the core writes them; signs that no table may hold are left out."""
    return [{key: without_forbidden(str(text)) for key, text in row.items()} for row in rows_of(actions, ACTIONS)]


def without_forbidden(text: str) -> str:
    return "".join(sign for sign in text if not forbidden_character(sign))


# ---- into a data package


def with_source(told: RegisterImport, district: Organisation) -> RegisterImport:
    """The decisions' source behind those of the registers, where there are decisions."""
    if not Decision.objects.filter(district=district).exists():
        return told
    return replace(told, sources=(*told.sources, source(len(told.sources) + 1)))


def put(folder: Path, before: Path, district: Organisation, programme: Programme) -> None:
    """actions.csv of the package: what it had of other origin, and every decision as it is now."""
    if own := [known(one, programme) for one in actions_of(district)]:
        write_table(folder / "actions.csv", ACTIONS, merged(read_csv_rows(before / "actions.csv"), own))


def merged(earlier: Iterable[Mapping[str, str]], actions: Sequence[Action]) -> list[Cells]:
    return [*(row for row in earlier if row["source"] != SOURCE), *rows(actions)]


def known(action: Action, programme: Programme) -> Action:
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
