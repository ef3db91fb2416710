"""The server's own clock: once an hour it looks whether a day of reminders has come.

Where no server of ours runs all day, `orientir remind` does the same, called by the system's clock.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from orientir_web.letters.sending import is_configured

_HOUR = 3600
THREAD = "reminders"


@contextmanager
def reminding(pause: float = _HOUR) -> Iterator[None]:
    """While the server runs. Without a mail server there is nothing to look for."""
    if not is_configured():
        yield
        return
    stopping = threading.Event()
    clock = threading.Thread(target=_tick, args=(stopping, pause), daemon=True, name=THREAD)
    clock.start()
    try:
        yield
    finally:
        stopping.set()


def _tick(stopping: threading.Event, pause: float) -> None:
    """A process of its own each time: this one only starts the server and opens no database."""
    while not stopping.is_set():
        command = [sys.executable, "-m", "django", "remind"]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, start_new_session=True)
        stopping.wait(pause)
