"""Returned forms of 2,000 schools -> a package, against the least that must be done with the files: CPU, not wall."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks.reference.least_collect import least_collect
from benchmarks.returned_forms import PERIOD, returned_forms
from benchmarks.told import Bar
from orientir.collecting.collect import collect
from orientir.definitions.loader import load_programme
from orientir.engines.duckdb import DuckDBEngine
from orientir.model.programme import Programme
from orientir.resources import programme_folder

FORMS, RUNS = 2_000, 3


def collection() -> Bar:
    """Raises AssertionError where a form was not recognised."""
    programme = load_programme(programme_folder("career_guidance_2026"))
    with tempfile.TemporaryDirectory() as place:
        source = returned_forms(Path(place) / "in", programme, FORMS)
        # Every run writes into a folder of its own: file systems are slow where much was deleted a moment ago.
        pairs = [
            (
                _cpu(partial(_ours, source, programme, Path(place) / f"package_{run}")),
                _cpu(partial(least_collect, source / "forms", Path(place) / f"copies_{run}")),
            )
            for run in range(RUNS)
        ]
    ratio = statistics.median(one / other for one, other in pairs)
    times = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Bar("collecting 2,000 forms (CPU)", "open, hash, copy, calamine", *times, ratio, bar=2)


def _ours(source: Path, programme: Programme, package: Path) -> None:
    with closing(DuckDBEngine()) as engine:
        board = collect(source, programme, PERIOD, package, engine).board
    assert (board.sent, board.refused) == (FORMS, ())


def _cpu(job: Callable[[], object]) -> float:
    start = time.process_time()
    job()
    return time.process_time() - start
