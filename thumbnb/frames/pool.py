"""A bounded number of open videos, for whoever serves many."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from thumbnb.frames.clip import Clip
    from thumbnb.frames.proxy.store import ProxyStore


@dataclass
class _Entry:
    opening: threading.Lock
    clip: Clip | None = None
    borrowers: int = 0
    last_used: float = 0.0

    @property
    def footprint(self) -> int:
        return self.clip.footprint if self.clip else 0


class Pool:
    """Keeps the videos used last open, so that the next frame of one costs no opening.

    At most ``max_open`` stay open when nobody uses them, with at most ``max_bytes``
    of memory between them, for at most ``idle_seconds``. Any number can be in use:
    those beyond the bound are closed when given back. Safe to use from several
    threads, which share one clip a video. With a ``proxy`` frames are made ahead of time
    around those asked for last, of all videos within its budget.

    >>> pool = Pool(max_open=8)
    >>> with pool.borrow("talk.mp4") as clip:
    ...     frame = clip.at(5.0)
    """

    def __init__(
        self,
        max_open: int = 8,
        *,
        max_bytes: int = 1 << 30,
        idle_seconds: float = 300.0,
        threads: int | None = None,
        proxy: ProxyStore | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if max_open < 1:
            raise InvalidInput(f"A pool keeps at least one video open, not {max_open}.")
        self._max_open = max_open
        self._max_bytes = max_bytes
        self._idle_seconds = idle_seconds
        self._threads = threads
        self._proxy = proxy
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: OrderedDict[str, _Entry] = OrderedDict()

    @contextmanager
    def borrow(self, path: str | os.PathLike[str]) -> Iterator[Clip]:
        """Lend the open clip of ``path`` for the length of a ``with`` block."""
        # The decoder is slow to load, and a service may never look at a video itself.
        from thumbnb.frames.clip import open_clip  # noqa: PLC0415

        key = os.fspath(path)
        with self._lock:
            entry = self._entries.setdefault(key, _Entry(threading.Lock()))
            entry.borrowers += 1
            self._entries.move_to_end(key)
        try:
            with entry.opening:  # others may open other videos meanwhile
                if entry.clip is None:
                    proxy = False if self._proxy is None else self._proxy
                    entry.clip = open_clip(path, self._threads, proxy=proxy)
            yield entry.clip
        finally:
            with self._lock:
                entry.borrowers -= 1
                entry.last_used = self._clock()
                surplus = self._take_surplus()
                forgotten = self._entries.get(key) is not entry and entry not in surplus
                if forgotten and not entry.borrowers:
                    surplus.append(entry)
            _close(surplus)

    def forget(self, path: str | os.PathLike[str]) -> None:
        """Close the clip of ``path`` (once nobody uses it), before its file goes away."""
        with self._lock:
            entry = self._entries.pop(os.fspath(path), None)
        if entry and not entry.borrowers:
            _close([entry])

    def close(self) -> None:
        """Close every clip that nobody uses. The pool can be used again."""
        with self._lock:
            idle = [key for key, entry in self._entries.items() if not entry.borrowers]
            surplus = [self._entries.pop(key) for key in idle]
        _close(surplus)

    def __len__(self) -> int:
        """Return how many videos are open."""
        return sum(entry.clip is not None for entry in list(self._entries.values()))

    def _take_surplus(self) -> list[_Entry]:
        horizon = self._clock() - self._idle_seconds
        excess = len(self._entries) - self._max_open
        room = self._max_bytes - sum(entry.footprint for entry in self._entries.values())
        surplus = []
        for key, entry in list(self._entries.items()):  # least recently used first
            idle = entry.clip is None or entry.last_used < horizon
            if not entry.borrowers and (idle or excess > 0 or room < 0):
                surplus.append(self._entries.pop(key))
                excess -= 1
                room += entry.footprint
        return surplus


def _close(entries: list[_Entry]) -> None:
    for entry in entries:
        if entry.clip is not None:
            entry.clip.close()
