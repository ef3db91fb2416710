"""The journal: chained, append-only, in the transaction of what it tells."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from orientir_web.journal.events import Event
from orientir_web.journal.models import Entry
from orientir_web.journal.services import record, verify
from orientir_web.people.organisations import add_organisation
from orientir_web.people.roles import Role
from orientir_web.submissions.models import CellChange
from web.world import World, fill


def test_the_chain_is_whole(world: World) -> None:
    verdict = verify()
    assert verdict.broken is None
    assert verdict.rows == Entry.objects.count() >= 10


@pytest.mark.parametrize("field", ["event", "person_name", "details", "organisation_path", "subject", "previous"])
def test_a_changed_row_is_the_first_broken(world: World, field: str) -> None:
    rows = list(Entry.objects.order_by("number"))
    setattr(rows[3], field, "другое")
    assert verify(rows).broken == 4


def test_a_missing_row_is_found(world: World) -> None:
    rows = list(Entry.objects.order_by("number"))
    assert verify(rows[:2] + rows[3:]).broken == 3


@pytest.mark.parametrize("change", ["update", "delete"])
@pytest.mark.parametrize("model", [Entry, CellChange])
def test_rows_are_never_changed(world: World, model: type, change: str) -> None:
    fill(world.own.submissions[0], world.own.people[Role.SCHOOL_OFFICER])
    table, key = model._meta.db_table, model._meta.pk.column
    statement = f"UPDATE {table} SET {key} = {key}" if change == "update" else f"DELETE FROM {table}"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_is_undone_leaves_no_row(world: World) -> None:
    before = Entry.objects.count()
    with pytest.raises(RuntimeError, match="undone"), transaction.atomic():
        add_organisation(None, code="x", title="x", kind="school")
        raise RuntimeError("undone")
    assert Entry.objects.count() == before


def test_outside_a_transaction_nothing_is_recorded(lasting_world: World) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(Event.INVITED, None, lasting_world.own.place, lasting_world.own.place)
