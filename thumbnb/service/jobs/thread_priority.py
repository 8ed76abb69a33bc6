"""The priority of threads that decode: below the loop, so that a poll never waits for them."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

# Between the loop and the worker processes: somebody looks at what these threads decode.
NICENESS = 5


def lower_thread_priority() -> None:
    """Lower the priority of the calling thread, and of those it starts, where that can be done.

    Only Linux knows priorities of single threads.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            thread = threading.get_native_id()
            # Below what the process has: one started with `nice` must not have them above it.
            niceness = os.getpriority(os.PRIO_PROCESS, thread) + NICENESS
            os.setpriority(os.PRIO_PROCESS, thread, niceness)
