"""Run as a script: each file is read in a process of its own; what it took and how it ended goes out as JSON lines."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

import python_calamine  # noqa: F401  # loaded before the measure begins, as in a program that reads many files

from orientir.spreadsheets.guard import Refusal, check_bytes, read_file
from orientir.spreadsheets.sheets import formula_errors, read_workbook

_PATIENCE_SECONDS = 20
_ADDRESS_SPACE = 4_000_000_000  # so that a bomb kills the child and not the machine


def _attempt(path: Path, out: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    signal.alarm(_PATIENCE_SECONDS)
    try:
        data = read_file(path)
        sheets = read_workbook(data, check_bytes(data))
        formula_errors(sheets)
        answer = {"read": [[sheet.name, len(sheet.rows)] for sheet in sheets]}
    except Refusal as refusal:
        answer = {"what": refusal.what, "cure": refusal.cure}
    os.write(out, json.dumps(answer).encode())


def _measured(path: Path) -> dict[str, object]:
    inlet, outlet = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if not child:
        _attempt(path, outlet)
        os._exit(0)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as pipe:
        answer = pipe.read()
    _, status, usage = os.wait4(child, 0)
    seconds = time.monotonic() - began
    return {"status": status, "seconds": seconds, "memory": usage.ru_maxrss * 1024, **json.loads(answer or b"{}")}


if __name__ == "__main__":
    # Not the peak of this process: that is inherited from whoever started it.
    base = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    for line in sys.stdin:
        name, _, place = line.rstrip("\n").partition("\t")
        print(json.dumps({"name": name, "base": base, **_measured(Path(place))}), flush=True)
