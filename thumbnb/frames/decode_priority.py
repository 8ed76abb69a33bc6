"""Decode priority: a waiting caller goes before frames that are made ahead of time."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from thumbnb.frames.source import CORES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A decoder keeps its threads busy by itself; many at once would only take turns on
# the same cores, each slower and all in memory.
_decoding = threading.BoundedSemaphore(max(2, CORES // 2))

_idle = threading.Condition()
_waiting = 0

_CHECK_SECONDS = 0.5
"""Seconds after which someone at rest looks whether to go on at all."""


@contextmanager
def decoding() -> Iterator[None]:
    """Mark, while the block runs, that a waiting caller decodes."""
    global _waiting  # noqa: PLW0603 (it counts for the whole process)
    with _idle:
        _waiting += 1
    try:
        with _decoding:
            yield
    finally:
        with _idle:
            _waiting -= 1
            if not _waiting:
                _idle.notify_all()


def rest(go_on: Callable[[], bool]) -> None:
    """Wait until no caller waits for a decoder, or ``go_on`` returns False."""
    with _idle:
        while _waiting and go_on():
            _idle.wait(_CHECK_SECONDS)
