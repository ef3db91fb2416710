"""docs/reference/performance_web.md, written by the measurement itself."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.machine import ROOT, machine
from benchmarks.told import Bar, table

PAGE = ROOT / "docs" / "reference" / "performance_web.md"
HEAD = """# Performance of the web application

Written by `make bench-web`; do not edit. The server is that of `orientir serve`, with one process on SQLite.

- A saved cell is compared with one row updated by Django alone (`benchmarks/reference/bare_update.py`): no middleware,
  no rights, no checks, no history, no journal; the same server with the same settings, the same settings of SQLite.
  Both are asked in turn over connections that stay open; CPU is that of the server's processes.
- A form page is compared with a page of the application that has its head and nothing else. The form is that of the
  schools, filled, with ten remarks of the checks; what it costs more is brought to a hundred cells.
- Officers are programs that think half a second on average between two saves.
- Writers save as fast as they can, each into its own form. Afterwards every cell, its version, its history and the
  journal are compared with what each writer was told.
"""


def write_page(bars: Sequence[Bar], failed: Sequence[str]) -> None:
    parts = [HEAD, f"## Machine\n\n{machine()}\n", f"## Ratios\n\n{table(bars)}\n"]
    if failed:
        parts.append("## Not measured\n\n" + "\n".join(f"- {reason}" for reason in failed) + "\n")
    PAGE.write_text("\n".join(parts), encoding="utf-8", newline="")
