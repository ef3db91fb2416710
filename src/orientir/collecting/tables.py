"""The tables of the package that a collection gives: this period's rows beside those that were there before."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from orientir.collecting.intake import Taken, source_id
from orientir.collecting.ledger import Ledger
from orientir.collecting.spool import Spool
from orientir.facts.descriptor import DESCRIPTOR
from orientir.facts.writing import Cells, plain, read_csv_rows, rows_of, table_columns, write_table
from orientir.model.forms import Form
from orientir.model.package import Organisation, Source
from orientir.model.periods import Period
from orientir.model.programme import Programme
from orientir.presentation import period_name
from orientir.sources.registers.result import RegisterImport


class Tables:
    """Writes into the package that is being built; `before` is the package as it was, if there was one."""

    def __init__(self, folder: Path, before: Path, programme: Programme, period: Period) -> None:
        self.folder = folder
        self.before = before
        self.programme = programme
        self.period = period
        self.columns = table_columns(tuple(one.id for one in programme.dimensions))

    def _write(self, table: str, rows: Iterable[Cells]) -> None:
        write_table(self.folder / f"{table}.csv", self.columns[table], rows)

    def _earlier(self, table: str) -> Iterable[dict[str, str]]:
        """Rows of other periods: a second year adds to the first."""
        rows = read_csv_rows(self.before / f"{table}.csv")
        return (row for row in rows if row.get("period") != str(self.period))

    # ---- who and from where

    def organisations(self, listed: Sequence[Organisation], registers: RegisterImport) -> None:
        """By id: the list of this collection and its registers over what the package had."""
        names = self.columns["organisations"]
        rows = {row["id"]: row for row in read_csv_rows(self.before / "organisations.csv")}
        rows |= {str(row["id"]): {k: plain(v) for k, v in row.items()} for row in rows_of(listed, names)}
        rows |= {row["id"]: dict(row) for row in registers.tables.get("organisations", ())}
        self._write("organisations", rows.values())

    def sources(self, forms: Sequence[Form], registers: RegisterImport) -> set[str]:
        """Forms first, then registers, behind what is there; a source keeps the rank that it once got."""
        known = {row["id"]: row for row in read_csv_rows(self.before / "sources.csv")}
        own = [*map(self._form_source, forms), *registers.sources]
        rank = max((int(row["rank"]) for row in known.values()), default=0)
        for source in own:
            if source.id in known:
                number = int(known[source.id]["rank"])
            else:
                rank += 1
                number = rank
            row = {key: plain(value) for key, value in next(iter(rows_of([source], self.columns["sources"]))).items()}
            known[source.id] = {**row, "rank": str(number)}
        self._write("sources", known.values())
        return {source.id for source in own}

    def _form_source(self, form: Form) -> Source:
        key = source_id(form.id, str(self.period).replace("/", "-"))
        title = f"Форма организации, {period_name(self.period)}"
        return Source(key, title, form.title, f"форма «{form.id}», версия {form.version}", 1)

    # ---- facts

    def facts(self, spool: Spool, chosen: Iterable[Taken], own_sources: set[str]) -> Ledger:
        """Streamed: earlier rows, then the answers of each organisation's last file. The ledger is left open."""
        ledger = Ledger(self.folder / "facts.csv", tuple(self.columns["facts"]), self.programme)
        period = str(self.period)
        ledger.keep(self.before / "facts.csv", lambda row: row["period"] != period or row["source"] not in own_sources)
        for taken in chosen:
            ledger.add(taken.organisation, spool.text(taken.place))
        ledger.flush()
        return ledger

    # ---- registers and what else the package had

    def registers(self, registers: RegisterImport) -> None:
        for table in self.columns:
            rows = registers.tables.get(table, ())
            if table in ("organisations", "sources", "facts", "submissions"):
                continue
            if rows or (self.before / f"{table}.csv").is_file():
                self._write(table, [*self._kept(table, bool(rows)), *rows])

    def _kept(self, table: str, has_new: bool) -> Iterable[Mapping[str, str]]:
        """Where the registers of this period are gone from the folder, what was read from them stays."""
        return self._earlier(table) if has_new else read_csv_rows(self.before / f"{table}.csv")

    def submissions(self, rows: Iterable[Cells]) -> None:
        self._write("submissions", [*self._earlier("submissions"), *rows])

    def others(self) -> None:
        """Whatever else lies in the package: tables that people keep in it, originals, papers of other years."""
        made = {DESCRIPTOR, *(f"{table}.csv" for table in self.columns)}
        mine = self.before / "collection" / str(self.period).replace("/", "-")
        for path in sorted(self.before.iterdir()) if self.before.is_dir() else ():
            if path.is_dir():
                ignored = [mine.name] if path == mine.parent else []
                shutil.copytree(path, self.folder / path.name, copy_function=shared,
                                ignore=shutil.ignore_patterns(*ignored))  # fmt: skip
            elif path.name not in made:
                shared(path, self.folder / path.name)


def shared(old: str | Path, new: str | Path) -> None:
    """The same file under a second name, where the system can; else a copy. Nothing here writes into such a file."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
