"""A data package copied without what is going to be collected here; checks and reading are the core's."""

from __future__ import annotations

import shutil
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path

from orientir.errors import Fault, UserError
from orientir.facts.descriptor import DESCRIPTOR, read_descriptor
from orientir.facts.writing import Description, read_csv_rows, table_columns, write_description, write_table
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.sources.forms.layout import layout_of


def copy_before(source: Path, target: Path, programme: Programme, until: Period) -> None:
    """All but the facts that forms ask from `until` on. Raises UserError for what is no package."""
    if not (source / DESCRIPTOR).is_file():
        raise UserError(Fault(str(source), "это не пакет данных.", f"В нём должен лежать {DESCRIPTOR}."))
    columns = table_columns(tuple(one.id for one in programme.dimensions))
    told = read_descriptor(source, source.name, [])
    for table in columns:
        path = source / (told.paths.get(table) or f"{table}.csv")  # a package may keep its tables in a folder
        if table == "facts" and path.is_file():
            write_table(target / "facts.csv", columns[table], _earlier(path, programme, until))
        elif path.is_file():
            (target / f"{table}.csv").write_bytes(path.read_bytes().removeprefix(BOM_UTF8))
    for inner in ("originals", "records"):
        if (source / inner).is_dir():
            shutil.copytree(source / inner, target / inner)
    about = Description(
        told.name, told.title, told.programme or programme.id, told.territory, told.synthetic, told.prepared_by
    )
    write_description(target, about, tuple(one.id for one in programme.dimensions))


def _earlier(path: Path, programme: Programme, until: Period) -> Iterator[dict[str, str]]:
    asked = {key for form in programme.forms for key in layout_of(form, programme).answers}
    dimensions = [one.id for one in programme.dimensions]
    for row in read_csv_rows(path):
        key = row["element"], tuple((one, row[one]) for one in dimensions if row.get(one))
        if key not in asked or Period.parse(row["period"], programme.period) < until:
            yield row
