"""The priority of threads that decode: below the loop, so that a poll never waits for them."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

# Between the loop (0) and the worker processes: somebody looks at what these threads decode.
NICENESS = 5


def lower_thread_priority() -> None:
    """Lower the priority of the calling thread, and of those it starts, where that can be done.

    Only Linux knows priorities of single threads.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
