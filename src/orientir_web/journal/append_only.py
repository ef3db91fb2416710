"""A migration's operation: the database itself refuses to change or delete the rows of a table."""

from __future__ import annotations

from typing import Any

from django.db.migrations import RunPython

_SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
_FUNCTION = """CREATE OR REPLACE FUNCTION orientir_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"""
_POSTGRES = """CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION orientir_append_only()"""


def append_only(app: str, model: str) -> RunPython:
    """To be put behind the creation of the model."""

    def protect(apps: Any, editor: Any) -> None:
        table = apps.get_model(app, model)._meta.db_table
        if editor.connection.vendor == "sqlite":
            statements = [_SQLITE.format(table=table, verb=verb) for verb in ("UPDATE", "DELETE")]
        else:
            statements = [_FUNCTION, _POSTGRES.format(table=table)]
        for statement in statements:
            editor.execute(statement, None)  # None: the % in it is not a parameter

    return RunPython(protect, RunPython.noop)
