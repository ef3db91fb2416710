"""Tables of a package other than facts: organisations, sources, actions, and the registers whose rows are counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from orientir.facts.reading import Reading
from orientir.facts.rows import TableRow
from orientir.model.collection import Submission, SubmissionState
from orientir.model.indicators import Unit
from orientir.model.package import Action, Activity, Event, OpenDay, Organisation, Source
from orientir.model.periods import Period
from orientir.model.registers import EVENT_STATES, ROWS
from orientir.model.texts import EditedText, pieces, tokens

SPLIT = ";,"  # what stands between two successors
SPLIT_REFUSED = (
    "преемников несколько, а разделение не пересчитывается: чьи дети куда перешли, из чисел не видно.",
    "Назовите того, кому перешло большинство, или оставьте ячейку пустой.",
)
_ACTION_KINDS = ("measure", "decision")


def organisations(reading: Reading) -> Iterator[Organisation]:
    reading.unique("organisations")
    rows = reading.rows("organisations")
    kinds = [kind.id for kind in reading.programme.organisation_kinds]
    parents = {row["id"]: row["parent"] for row in rows if row["id"]}
    for row in rows:
        reading.check_known(row, "organisations", "kind", kinds, "такого вида организаций")
        reading.check_known(row, "organisations", "parent", parents, "такой организации")
        if _is_circular(row["id"], parents):
            what = "подчинённость замкнута в круг."
            reading.fault_at("organisations", row, "parent", what, "Разорвите его: исправьте вышестоящую организацию.")
        if row["successor"] and row["successor"] not in parents and any(sign in row["successor"] for sign in SPLIT):
            reading.fault_at("organisations", row, "successor", *SPLIT_REFUSED)
            continue
        reading.check_known(row, "organisations", "successor", parents, "такой организации")
        if row["successor"] and row["successor"] == row["id"]:
            what = "организация названа преемником самой себя."
            reading.fault_at("organisations", row, "successor", what, "Назовите другую или очистите ячейку.")
        if row.sound:
            yield Organisation(**row.cells)


def _is_circular(start: str, parents: Mapping[str, str]) -> bool:
    seen, step = {start}, parents.get(start, "")
    while step and step not in seen:
        seen.add(step)
        step = parents.get(step, "")
    return bool(start) and step == start


def sources(reading: Reading) -> Iterator[Source]:
    reading.unique("sources")
    reading.unique("sources", "rank")
    known = [source.id for source in reading.programme.sources]
    for row in reading.rows("sources"):
        reading.check_known(row, "sources", "programme_source", known, "такого источника в программе")
        if row.sound:
            yield Source(**row.cells)


def events(reading: Reading) -> Iterator[Event]:
    """The period of a dated event follows from its date where it is not named."""
    reading.unique("events", "no")
    places = reading.keys("organisations")
    for row in _sourced(reading, "events"):
        reading.check_known(row, "events", "organisation", places, "такой организации")
        reading.check_known(row, "events", "state", EVENT_STATES, "такого состояния мероприятия")
        period = reading.period(row, "events") if row["period"] else None
        if period is None and row["date_from"] is not None:
            period = Period.containing(row["date_from"], reading.programme.period)
        if row.sound:
            yield Event(**{**row.cells, "period": period}, row=row.line)


def activities(reading: Reading) -> Iterator[Activity]:
    reading.unique("activities")
    known = reading.keys("activities")
    for row in reading.rows("activities"):
        reading.check_known(row, "activities", "unit", list(Unit), "такой единицы счёта")
        reading.check_known(row, "activities", "part_of", known, "такой записи")
    yield from _with_period(reading, "activities", Activity)


def open_days(reading: Reading) -> Iterator[OpenDay]:
    places = reading.keys("organisations")
    for row in reading.rows("open_days"):
        for column in ("host", "organisation"):
            reading.check_known(row, "open_days", column, places, "такой организации")
    yield from _with_period(reading, "open_days", OpenDay)


def actions(reading: Reading) -> Iterator[Action]:
    reading.unique("actions")
    indicators = [indicator.id for indicator in reading.programme.indicators]
    roles = [role.id for role in reading.programme.roles]
    places = reading.keys("organisations")
    for row in _sourced(reading, "actions"):
        reading.check_known(row, "actions", "kind", _ACTION_KINDS, "такого вида записи")
        reading.check_known(row, "actions", "owner", roles, "такой роли")
        reading.check_known(row, "actions", "indicators", indicators, "такого показателя")
        reading.check_known(row, "actions", "organisations", places, "такой организации")
        if row.sound:
            yield Action(**row.cells, row=row.line)


def register(reading: Reading, table: str) -> Iterator[Any]:
    """The rows of one of the tables that the importer of registers fills."""
    for row in reading.rows(table):
        if "organisation" in row.cells:
            reading.check_known(row, table, "organisation", reading.keys("organisations"), "такой организации")
        if row.cells.get("valid_from") and row.cells.get("valid_to") and row["valid_to"] < row["valid_from"]:
            what = "последний день действия раньше первого."
            reading.fault_at(table, row, "valid_to", what, "Исправьте одну из дат.")
    yield from _with_period(reading, table, ROWS[table])


def _sourced(reading: Reading, table: str) -> Iterator[TableRow]:
    documents = reading.keys("sources")
    for row in reading.rows(table):
        reading.check_known(row, table, "source", documents, "такого источника")
        yield row


def _with_period(reading: Reading, table: str, kind: type[Any]) -> Iterator[Any]:
    for row in _sourced(reading, table):
        period = reading.period(row, table)
        if row.sound and period is not None:
            yield kind(**{**row.cells, "period": period}, row=row.line)


def submissions(reading: Reading) -> Iterator[Submission]:
    """Files that came in a collection; one that could not be recognised has no organisation."""
    places = reading.keys("organisations")
    for row in reading.rows("submissions"):
        reading.check_known(row, "submissions", "organisation", places, "такой организации")
        reading.check_known(row, "submissions", "state", list(SubmissionState), "такого состояния")
        period = reading.period(row, "submissions")
        if row.sound and period is not None:
            cells = {**row.cells, "period": period, "state": SubmissionState(row["state"])}
            yield Submission(**cells, row=row.line)


def texts(reading: Reading) -> Iterator[EditedText]:
    """What people wrote in the place of the programme's words. Of several about one thing in a year the last holds."""
    for row in reading.rows("texts"):
        period = reading.period(row, "texts")
        if row["text"] and _has_stray_bracket(row["text"]):
            what = "скобки [[…]] значат число и пишутся целиком."
            reading.fault_at("texts", row, "text", what, "Допишите вторую пару скобок или уберите первую.")
        elif row.sound and period is not None:
            told = {"period": period, "seen": tokens(row["seen"] or "")}
            yield EditedText(**{**row.cells, **told}, row=row.line)


def _has_stray_bracket(text: str) -> bool:
    words = "".join(part for part in pieces(text) if isinstance(part, str))
    return "[[" in words or "]]" in words
