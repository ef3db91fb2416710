"""Programmes of campaigns: frozen as files when one is opened, loaded by the core, kept in memory."""

from __future__ import annotations

import hashlib
import json
import tempfile
from functools import lru_cache
from pathlib import Path

from orientir.definitions.loader import load_programme
from orientir.model.programme import Programme
from orientir.reports.build import SECTIONS
from orientir.reports.context import shipped_texts
from orientir.resources import programme_folder
from orientir_web.campaigns.models import ProgrammeSnapshot

_KEPT = 8  # programmes in memory; a server seldom has two


def freeze(name: str) -> ProgrammeSnapshot:
    """The programme as it is now. Raises UserError where it is unsound or there is none."""
    folder = programme_folder(name)
    programme = _load(folder)
    files = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.parts)
    }
    sha256 = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
    told = {"programme": programme.id, "version": programme.version, "files": files}
    return ProgrammeSnapshot.objects.get_or_create(sha256=sha256, defaults=told)[0]


def programme_now(name: str) -> Programme:
    """As it lies there now, nothing kept. Raises UserError where it is unsound."""
    return _load(programme_folder(name))


@lru_cache(maxsize=_KEPT)
def programme_of(sha256: str) -> Programme:
    """The frozen programme, read by the core as any other."""
    snapshot = ProgrammeSnapshot.objects.get(pk=sha256)
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / snapshot.programme
        for name, text in snapshot.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return _load(folder)


def _load(folder: Path) -> Programme:
    return load_programme(folder, frozenset(SECTIONS), frozenset(shipped_texts()))
