"""What a run that was killed left unfinished in a folder of results."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def drop_unfinished(out: Path) -> None:
    """Files and folders whose writer was killed; another that is still at work keeps its own."""
    for aside in out.glob("*/*.part"):
        writer = aside.name.split(".")[-2]
        if not writer.isdecimal() or not _is_alive(int(writer)):
            shutil.rmtree(aside) if aside.is_dir() else aside.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    state = Path(f"/proc/{process}/stat")
    # One that was killed and that nobody has waited for is dead.
    return (
        not state.exists() or state.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0] != "Z"
    )
