"""organisations.csv on its own, as it lies beside forms and registers before there is a package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from orientir.errors import Fault, PackageError
from orientir.facts.registers import SPLIT, SPLIT_REFUSED
from orientir.facts.rows import TableRow, read_rows
from orientir.facts.tables import ORGANISATIONS
from orientir.model.package import Organisation
from orientir.model.programme import Programme


def read_organisation_list(path: Path, programme: Programme) -> tuple[Organisation, ...]:
    """Every organisation of the file. Raises PackageError with every mistake in it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        what = "список организаций не читается или его нет."
        raise PackageError(Fault(str(path), what, "Укажите файл organisations.csv.")) from error
    faults: list[Fault] = []
    rows = read_rows(path.name, data, ORGANISATIONS, faults) or []
    faults += _faults(path.name, rows, programme)
    if faults:
        raise PackageError(faults)
    return tuple(Organisation(**row.cells) for row in rows)


def _faults(name: str, rows: list[TableRow], programme: Programme) -> Iterator[Fault]:
    kinds = {kind.id for kind in programme.organisation_kinds}
    lines: dict[str, int] = {}
    known = {row["id"] for row in rows}
    for row in rows:
        key = row["id"]
        if key and lines.setdefault(key, row.line) != row.line:
            yield Fault(f"{name}:{row.line}: id", f"«{key}» уже записано в строке {lines[key]}.", "Оставьте одну.")
        if row["kind"] and row["kind"] not in kinds:
            cure = f"Допустимы: {', '.join(sorted(kinds))}."
            yield Fault(f"{name}:{row.line}: kind", f"такого вида организаций «{row['kind']}» нет.", cure)
        for column in ("parent", "successor"):
            if column == "successor" and row[column] not in known and any(sign in row[column] for sign in SPLIT):
                yield Fault(f"{name}:{row.line}: {column}", *SPLIT_REFUSED)
            elif row[column] and row[column] not in known:
                what = f"организации «{row[column]}» нет в списке."
                yield Fault(f"{name}:{row.line}: {column}", what, "Добавьте её или исправьте код.")
