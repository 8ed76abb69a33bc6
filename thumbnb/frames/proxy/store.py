"""The JPEGs of all proxies, within one budget of bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from typing import TYPE_CHECKING

from thumbnb.frames.proxy.gop import near_first

if TYPE_CHECKING:
    from thumbnb.frames.proxy.gop import Gop

DEFAULT_BYTES = 256 << 20


class ProxyStore:
    """Groups of pictures (GOPs) of any number of videos, at most ``max_bytes`` of them.

    Of a video that nobody looks at any more, and then those farthest from where somebody
    looks, go first.
    """

    def __init__(self, max_bytes: int = DEFAULT_BYTES) -> None:
        self.max_bytes = max_bytes
        self._lock = threading.Lock()
        self._videos: OrderedDict[object, dict[int, Gop]] = OrderedDict()  # looked at last: last
        self._abandoned: deque[object] = deque()
        self._here: dict[object, int] = {}
        self._ranks: dict[object, dict[int, int]] = {}

    @property
    def bytes(self) -> int:
        """How many are held."""
        with self._lock:
            return self._bytes()

    def set_position(self, video: object, here: int, count: int) -> None:
        """Set the group of ``video`` that a user looks at, ``here`` of ``count``."""
        with self._lock:
            self._sweep()
            self._videos.setdefault(video, {})
            self._videos.move_to_end(video)
            if self._here.get(video) != here:
                self._here[video] = here
                self._ranks[video] = {n: rank for rank, n in enumerate(near_first(here, count))}

    def get(self, video: object, number: int) -> Gop | None:
        """Return a group of ``video``, if it is there."""
        with self._lock:
            return self._videos.get(video, {}).get(number)

    def put(self, video: object, number: int, gop: Gop) -> None:
        """Add a group that is about to be made."""
        with self._lock:
            self._videos.setdefault(video, {})[number] = gop

    def next_of(self, video: object) -> int | None:
        """Return which group of ``video`` is to be made next; None where there is no more room."""
        with self._lock:
            held = self._videos.get(video, {})
            for number, rank in self._ranks.get(video, {}).items():
                gop = held.get(number)
                if gop is None or not gop.done:
                    begun = 0 if gop is None else gop.bytes
                    return number if self._has_room_for(video, rank, begun) else None
        return None

    def make_room(self, video: object, number: int) -> bool:
        """Let go of what is worth less than group ``number`` until all fits; False if it does not.

        Asked after each frame: the group then ends, so far as it is.
        """
        with self._lock:
            rank = self._ranks.get(video, {}).get(number, 0)
            while self._bytes() > self.max_bytes:
                worst = self._worst(video, rank)
                if worst is None:
                    return False
                del self._videos[worst[0]][worst[1]]
            return True

    def forget(self, video: object) -> None:
        """Let go of all of ``video``."""
        self.abandon(video)
        with self._lock:
            self._sweep()

    def abandon(self, video: object) -> None:
        """Let go of all of ``video`` at the next occasion.

        Waits for no lock: Python's garbage collector may be the caller, at any moment.
        """
        self._abandoned.append(video)

    def _sweep(self) -> None:
        while self._abandoned:
            video = self._abandoned.popleft()
            self._videos.pop(video, None)
            self._ranks.pop(video, None)
            self._here.pop(video, None)

    def _bytes(self) -> int:
        return sum(gop.bytes for gops in self._videos.values() for gop in gops.values())

    def _has_room_for(self, video: object, rank: int, begun: int) -> bool:
        sizes = [gop.bytes for gop in self._videos.get(video, {}).values() if gop.done]
        expected = sum(sizes) // len(sizes) if sizes else 0
        free = self.max_bytes - self._bytes() + begun
        return free > expected or self._worst(video, rank) is not None

    def _worst(self, video: object, rank: int) -> tuple[object, int] | None:
        """Return what is worth least, if it is worth less than rank ``rank`` of ``video``."""
        for other, gops in self._videos.items():
            ranks = self._ranks.get(other, {})
            if gops:
                number = max(gops, key=lambda n: ranks.get(n, len(ranks)))
                if other is not video or ranks.get(number, len(ranks)) > rank:
                    return other, number
            if other is video:
                break  # the others are looked at now
        return None
