"""A computed cycle: the core's cycle, its document and the numbers printed in it, kept on disk and in memory.

The file in `cycles` is a cache: what it holds follows from the snapshot, the programme and the date, and is made again
where it is missing or was written by another version.
"""

from __future__ import annotations

import hashlib
import pickle
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import orientir
from orientir.cycle import run_cycle
from orientir.engines.duckdb import DuckDBEngine
from orientir.facts.recorded import read_with_records
from orientir.model.cycle import Cycle
from orientir.model.periods import Period
from orientir.reports.build import build_document
from orientir.reports.document import Document
from orientir.writing import write_file
from orientir_web.campaigns.models import Campaign
from orientir_web.campaigns.programmes import programme_of
from orientir_web.cycles.folders import PACKAGES_LOCK, folder, sharing, snapshot_folder
from orientir_web.cycles.packaging import write_package

_IN_MEMORY = 4  # cycles; a district's takes some ten megabytes
_UNREAD = 30 * 24 * 3600


@dataclass(frozen=True, eq=False)
class Computed:
    """`facts` are the ids of the facts behind each printed number; told from others by identity."""

    cycle: Cycle
    document: Document
    facts: Mapping[str, tuple[str, ...]]


def freeze_package(campaign: Campaign, before: Path) -> str:
    """The data package of the campaign as it is now, put away under its checksum, which is returned."""
    programme = programme_of(campaign.snapshot_id)
    with tempfile.TemporaryDirectory(dir=folder("snapshots"), prefix=".") as name:
        made = Path(name) / "package"
        write_package(campaign, before, made)
        checksum = read_with_records(made, programme).checksum
        target = snapshot_folder(checksum)
        if not target.exists():
            with suppress(FileExistsError):
                made.rename(target)
    return checksum


def computed(checksum: str, programme: str, period: str, as_of: date) -> Computed:
    """From memory, from the file, or computed. Raises UserError where the data allow no arithmetic."""
    return _kept(checksum, programme, period, as_of)


@lru_cache(maxsize=_IN_MEMORY)
def _kept(checksum: str, programme: str, period: str, as_of: date) -> Computed:
    path = _file(checksum, programme, period, as_of)
    found = _read(path)
    if found is None:
        with sharing(PACKAGES_LOCK):
            found = _compute(checksum, programme, period, as_of)
        write_file(path, pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
    else:
        path.touch()  # who is read is not swept away
    return found


def sweep() -> None:
    """Cycles that nobody has read for a month: they are computed again if somebody does."""
    long_ago = time.time() - _UNREAD
    for path in folder("cycles").glob("*.pickle"):
        if path.stat().st_mtime < long_ago:
            path.unlink(missing_ok=True)


def _file(checksum: str, programme: str, period: str, as_of: date) -> Path:
    """Other code, other file: a pickle of another version is never met."""
    told = "\0".join((checksum, programme, period, as_of.isoformat(), orientir.__version__, _code()))
    return folder("cycles") / f"{hashlib.sha256(told.encode()).hexdigest()[:32]}.pickle"


@lru_cache(maxsize=1)
def _code() -> str:
    """When the code of the core was last changed."""
    files = Path(orientir.__file__).parent.rglob("*.py")
    return str(max(file.stat().st_mtime_ns for file in files))


def _read(path: Path) -> Computed | None:
    """Nothing of a file that does not hold one: it was written by us, so that it is trusted, but may be damaged."""
    try:
        found = pickle.loads(path.read_bytes())
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError):
        return None
    return found if isinstance(found, Computed) else None


def _compute(checksum: str, programme_sha: str, period: str, as_of: date) -> Computed:
    programme = programme_of(programme_sha)
    engine = DuckDBEngine()
    try:
        package = read_with_records(snapshot_folder(checksum), programme)
        cycle = run_cycle(package, programme, Period.parse(period, programme.period), as_of, engine)
    finally:
        engine.close()
    document, book = build_document(cycle)
    return Computed(cycle, document, dict(book.facts))
