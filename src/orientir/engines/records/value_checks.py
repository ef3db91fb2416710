"""Values of elements that are fit to be summed: one for each organisation, element and year, of organisations known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import duckdb

from orientir.engines.records.aggregate import files_of_values, schools_of
from orientir.engines.records.duckdb import connected, quoted
from orientir.engines.records.looked import Memory
from orientir.engines.records.partitions import FOLDER, dimensions_told, fingerprint
from orientir.errors import Fault, UserError

_COLUMNS = {"element_id", "org_id", "value"}
_CHECKED = "checked_values"
_MOST = 10  # of one kind are named


def check_values(folder: Path, out: Path, memory: str = "") -> None:
    """Once for each state of a file. UserError with all that is wrong."""
    files, schools = files_of_values(folder), schools_of(folder, out)
    told = dimensions_told({"dim_school": schools})
    known = Memory(out / _CHECKED)
    with closing(connected(memory, 0)) as connection:
        connection.execute(
            "CREATE TABLE orgs AS SELECT school_id AS org_id, row_number() OVER () AS number "
            f"FROM (SELECT DISTINCT school_id FROM read_parquet('{quoted(schools)}'))"
        )
        looks = {f"{file.stem}_{fingerprint([file])}_{told}": partial(_faults, connection, file) for file in files}
        known.look(looks)
    if known.faults:
        raise UserError(known.faults)
    known.forget_others(looks)


def _faults(connection: duckdb.DuckDBPyConnection, file: Path) -> Iterator[Fault]:
    place, source = f"{file.parent.name}/{file.name}", f"read_parquet('{quoted(file)}')"
    try:
        columns = {name for name, *_ in connection.execute(f"DESCRIBE FROM {source}").fetchall()}
    except (duckdb.IOException, duckdb.InvalidInputException):
        yield Fault(place, "файл не читается: испорчен или записан не до конца.", "Выгрузите его заново.")
        return
    lacking = sorted(_COLUMNS - columns)
    if lacking:
        yield Fault(place, f"нет столбцов: {', '.join(lacking)}.", "Выгрузите значения заново.")
    else:
        yield from _unknown(connection, place, source)
        yield from _repeated(connection, place, source)


def _unknown(connection: duckdb.DuckDBPyConnection, place: str, source: str) -> Iterator[Fault]:
    text = f"SELECT org_id, count(*) FROM {source} AS told ANTI JOIN orgs USING (org_id) GROUP BY org_id"
    for organisation, rows in connection.execute(f"{text} ORDER BY org_id LIMIT {_MOST}").fetchall():
        what = f"организации {organisation} нет в {FOLDER}/dim_school, строк {rows}."
        yield Fault(f"{place}: org_id", what, "Допишите её или исправьте код.")


def _repeated(connection: duckdb.DuckDBPyConnection, place: str, source: str) -> Iterator[Fault]:
    """By a set of bits for each element: a third of what it costs to group by element and organisation."""
    ((most,),) = connection.execute("SELECT count(*) FROM orgs").fetchall()
    text = (
        f"SELECT element_id, count(*) - bit_count(bitstring_agg(number, 1, {max(most, 2)})) AS rows "
        f"FROM {source} JOIN orgs USING (org_id) GROUP BY element_id HAVING rows > 0 ORDER BY element_id"
    )
    for element, rows in connection.execute(f"{text} LIMIT {_MOST}").fetchall():
        what = f"величина {element} дана организации больше одного раза, лишних строк {rows}."
        yield Fault(f"{place}: element_id", what, "Оставьте одно значение на организацию и год.")
