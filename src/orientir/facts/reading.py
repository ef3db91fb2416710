"""The files of one package as they are read: the rows of each table, and the faults found on the way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path

from orientir.errors import Fault
from orientir.facts.descriptor import DESCRIPTOR, matches, read_descriptor
from orientir.facts.rows import TableRow, read_rows
from orientir.facts.tables import Column
from orientir.model.periods import Period
from orientir.model.programme import Programme

REQUIRED = ("organisations", "sources", "facts")


class Reading:
    """The tables of one package and the faults found in them."""

    def __init__(self, folder: Path, programme: Programme) -> None:
        self.folder = folder
        self.shown = folder.resolve().name
        self.programme = programme
        self.faults: list[Fault] = []
        self.descriptor = read_descriptor(folder, self.shown, self.faults)
        self.files: dict[str, bytes] = {DESCRIPTOR: self.descriptor.data}
        self.tables: dict[str, list[TableRow] | None] = {}

    def fault(self, place: str, what: str, cure: str = "") -> None:
        self.faults.append(Fault(f"{self.shown}/{place}", what, cure))

    def fault_at(self, table: str, row: TableRow, column: str, what: str, cure: str = "") -> None:
        self.fault(f"{self.path(table)}:{row.line}" + (f": {column}" if column else ""), what, cure)

    def path(self, table: str) -> str:
        return self.descriptor.paths.get(table) or f"{table}.csv"

    # ---- tables

    def read(self, table: str, columns: Mapping[str, Column]) -> None:
        """Rows of the table; None where it cannot be read, none where it is not given."""
        self.tables[table] = []
        if table not in self.descriptor.paths:
            if table in REQUIRED:
                self.tables[table] = None
                self.fault(f"{DESCRIPTOR}: resources", f"не описан файл «{table}».", "Без него отчёт невозможен.")
            return
        data = self._bytes(table)
        name = f"{self.shown}/{self.path(table)}"
        self.tables[table] = None if data is None else read_rows(name, data, columns, self.faults)

    def _bytes(self, table: str) -> bytes | None:
        path = self.descriptor.paths[table]
        file = self.folder / path
        if not path:
            return None  # told with the description
        if not file.resolve().is_relative_to(self.folder.resolve()):
            self.fault(path, "ссылка ведёт за пределы папки пакета.", "Положите в папку сам файл.")
            return None
        try:
            data = file.read_bytes()
        except OSError:
            what = "файл описан в пакете, но его нет или он не читается: пакет записан не до конца."
            self.fault(path, what, "Верните файл или уберите его описание из datapackage.json.")
            return None
        declared = self.descriptor.hashes.get(table)
        if declared and not matches(data, declared):
            self.fault(path, "контрольная сумма не та, что в описании: файл изменён или записан не до конца.",
                       "Верните исходный файл или исправьте hash в описании.")  # fmt: skip
        self.files[path] = data
        return data

    def rows(self, table: str) -> list[TableRow]:
        return self.tables[table] or []

    def keys(self, table: str) -> frozenset[str] | None:
        """The codes that the table defines; None where it could not be read and nothing can be said of them."""
        rows = self.tables[table]
        return None if rows is None else frozenset(row["id"] for row in rows if row["id"])

    # ---- what is asked of cells

    def unique(self, table: str, column: str = "id") -> None:
        """No two rows have the same code."""
        lines: dict[object, int] = {}
        for row in self.rows(table):
            key = row[column]
            if key is not None and lines.setdefault(key, row.line) != row.line:
                self.fault_at(table, row, column, f"«{key}» уже записано в строке {lines[key]}.", "Оставьте одну.")

    def check_known(self, row: TableRow, table: str, column: str, names: Collection[str] | None, what: str) -> None:
        """The code in the cell (each of them, where it holds several) is one of the names."""
        value = row[column]
        for code in value if isinstance(value, tuple) else (value,):
            if code and names is not None and code not in names:
                self.fault_at(table, row, column, f"«{code}»: {what} нет.", _meant(code, names))

    def period(self, row: TableRow, table: str) -> Period | None:
        if row["period"] is None:
            return None
        try:
            return Period.parse(row["period"], self.programme.period)
        except ValueError as error:
            self.fault_at(table, row, "period", str(error), "Исправьте период.")
            return None


def _meant(code: str, names: Collection[str]) -> str:
    close = get_close_matches(code, sorted(names), 1)
    if close:
        return f"Возможно, имелось в виду «{close[0]}»."
    return f"Допустимы: {', '.join(sorted(names))}." if 0 < len(names) <= 12 else "Проверьте код."
