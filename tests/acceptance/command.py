"""The command that a user types, run as a user runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def orientir(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does; English, so that a locale changes nothing."""
    command = shutil.which("orientir", path=str(Path(sys.executable).parent))
    assert command, "the command is not installed beside Python"
    clean = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "SOURCE_DATE_EPOCH")}
    return subprocess.run(
        [command, *map(str, words)],
        env={**clean, "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
