"""Runs over a folder of exports and kills itself at the N-th thing that it does to the package.

Arguments: exports, package, key, N. With 0 it is not killed and prints how many things there were to do.
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
    last, done = int(count), 0

    def count_down(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal done
        swaps = event == "ctypes.dlsym" and arguments[1] == "renameat2"
        if swaps or (event.startswith(_DONE_TO_FILES) and any(package in str(one) for one in arguments)):
            done += 1
            if done == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count_down)
    World(Path(exports), Path(package), Path(key)).run()
    sys.stdout.write(str(done))


if __name__ == "__main__":
    main(*sys.argv[1:])
