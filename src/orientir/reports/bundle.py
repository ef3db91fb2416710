"""The scripts that draw live charts, bundled once on a machine.

Bundling takes longer than the rest of the page, and its result follows from versions alone, so it is kept in the
user's cache. A cache that cannot be read, written or trusted is done without. What is bundled is in charts.py.
"""

from __future__ import annotations

import hashlib
import inspect
import os
import tempfile
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from orientir.reports import charts


def charts_bundle() -> str:
    """The same text as `charts.javascript_bundle()`."""
    # No home, no right to write, no room: without a cache the report only takes longer.
    with suppress(OSError, RuntimeError):
        return _kept(_cache_folder() / f"charts-{_key()}.js")
    return charts.javascript_bundle()


def _kept(path: Path) -> str:
    bundle = _read(path)
    if bundle is None:
        bundle = charts.javascript_bundle()
        _write(path, bundle)
    return bundle


def _key() -> str:
    """Changes with the library and with what is asked of it."""
    asked = version("vl-convert-python") + inspect.getsource(charts.javascript_bundle)
    return _digest(asked.encode())[:16]


def _cache_folder() -> Path:
    caches = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(caches) if caches else Path.home() / ".cache") / "orientir"


def _read(path: Path) -> str | None:
    """The bundle after its checksum; None where there is none or it is damaged."""
    if not path.is_file():
        return None
    digest, _, bundle = path.read_bytes().partition(b"\n")
    return bundle.decode() if digest == _digest(bundle).encode() else None


def _write(path: Path, bundle: str) -> None:
    """Aside, then renamed: another process never reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = bundle.encode()
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:
        aside.write(_digest(content).encode() + b"\n" + content)
    Path(aside.name).replace(path)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
