"""`orientir --help` against the help of a bare Typer program with as many commands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.measure import in_turn
from benchmarks.told import Bar

BARE = Path(__file__).parent / "reference" / "bare_typer.py"


def command_line() -> Bar:
    def run(*command: str) -> None:
        subprocess.run([sys.executable, *command, "--help"], check=True, capture_output=True)

    return in_turn(
        "orientir --help",
        lambda: run("-m", "orientir"),
        "bare Typer --help",
        lambda: run(str(BARE)),
        bar=1.3,
        runs=15,
    )
