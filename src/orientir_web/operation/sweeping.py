"""Files that no row names: left by a process that was killed, or by a transaction that was undone, after the file was
written and before its row. Without their row nobody can see, count or delete them.

Young ones are left alone: their transaction may be under way in another process.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Collection
from pathlib import Path

from orientir_web.evidence import services as evidence
from orientir_web.evidence import storage
from orientir_web.evidence.models import EvidenceFile
from orientir_web.report_check import files as reports
from orientir_web.report_check.models import ReportCheck

YOUNG = 60 * 60  # seconds; no request and no transaction lasts so long
_log = logging.getLogger(__name__)


def sweep() -> int:
    """How many files and folders are gone."""
    kept = {
        evidence.KIND: set(EvidenceFile.objects.values_list("stored", flat=True)),
        reports.KIND: set(ReportCheck.objects.values_list("stored", flat=True)),
    }
    count = sum(_sweep(storage.folder(kind), names) for kind, names in kept.items())
    if count:
        _log.warning("files without a row swept away: %s", count)
    return count


def _sweep(home: Path, kept: Collection[str]) -> int:
    left = [one for one in home.iterdir() if one.name not in kept and one.lstat().st_mtime < time.time() - YOUNG]
    for path in left:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    return len(left)
