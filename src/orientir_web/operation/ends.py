"""Children of the server and of its worker end with them, also where those are killed: left alone they would hold the
port, the jobs, and the files that the next run writes.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PARENT = "ORIENTIR_PARENT"  # in the environment of a child: the number of the process that has started it
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux; other systems have nothing like it


def end_with_parent() -> None:
    """Called by a child; whoever was started by hand or by another server goes on."""
    parent = os.environ.get(PARENT)
    if not parent or sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != int(parent):  # it has ended before the kernel was told
        os.kill(os.getpid(), signal.SIGKILL)
