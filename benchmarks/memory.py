"""Ten times the forms: what collecting holds in memory, each size in a process of its own.

`python -m benchmarks.memory COUNT FOLDER` collects the forms of FOLDER/in, COUNT of them, and prints the most bytes
that the process ever held.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from benchmarks.measure import peak_memory
from benchmarks.returned_forms import PERIOD, returned_forms
from benchmarks.told import Bar
from orientir.collecting.collect import collect
from orientir.definitions.loader import load_programme
from orientir.engines.duckdb import DuckDBEngine
from orientir.model.programme import Programme
from orientir.resources import programme_folder

FEW, MANY = 2_000, 20_000


def memory() -> Bar:
    """One run of each: what a process holds hardly differs between runs."""
    many, few = (_held(count) for count in (MANY, FEW))
    return Bar(f"memory of collecting {MANY:,} forms", f"{FEW:,} forms", many, few, many / few, bar=1.3, unit="MB")


def _held(count: int) -> float:
    with tempfile.TemporaryDirectory() as place:
        returned_forms(Path(place) / "in", _programme(), count)
        command = [sys.executable, "-m", "benchmarks.memory", str(count), place]
        return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout) / 1_000_000


def _programme() -> Programme:
    return load_programme(programme_folder("career_guidance_2026"))


def _main(count: int, folder: Path) -> None:
    with closing(DuckDBEngine()) as engine:
        board = collect(folder / "in", _programme(), PERIOD, folder / "package", engine).board
    assert (board.sent, board.refused) == (count, ())
    sys.stdout.write(str(peak_memory()))


if __name__ == "__main__":
    _main(int(sys.argv[1]), Path(sys.argv[2]))
