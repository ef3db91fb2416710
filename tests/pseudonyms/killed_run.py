"""Runs over a folder of exports and kills itself at the N-th thing that it does to the package: python killed_run.py ...

Arguments: exports, package, key, N. Exit code 0 where the run ended before it did N things.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from exports_world import World

_DONE_TO_FILES = ("open", "os.", "shutil.", "ctypes.call_function", "ctypes.dlsym")


def main(exports: str, package: str, key: str, count: str) -> None:
    left = int(count)

    def count_down(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        swaps = event == "ctypes.dlsym" and arguments[1] == "renameat2"
        if swaps or (event.startswith(_DONE_TO_FILES) and any(package in str(one) for one in arguments)):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count_down)
    World(Path(exports), Path(package), Path(key)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
