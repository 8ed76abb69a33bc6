"""The proxy of one video: made by an idle thread around where somebody looks."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from bisect import bisect_right
from typing import TYPE_CHECKING

from av.error import FFmpegError

from thumbnb.errors import DamagedVideo, ThumbnbError
from thumbnb.frames import decode_priority
from thumbnb.frames.decoder import Decoder
from thumbnb.frames.proxy.gop import Gop, gop_spans, small_frame

if TYPE_CHECKING:
    from thumbnb.frames.proxy.gop import SmallFrame
    from thumbnb.frames.proxy.store import ProxyStore
    from thumbnb.imaging.sizes import Size

logger = logging.getLogger(__name__)

MAX_PIXELS = 1920 * 1200
"""Larger frames are not made ahead of time."""
_NICE = 19
_STOP_SECONDS = 5.0
# A frame's end is the next one's start; half of the shortest frame away is another frame.
_BESIDE = 2e-6


class Proxy:
    """Small JPEGs of a local video's frames, in the size asked for (of late, if it changes).

    Nothing is made before :meth:`look_at` says where somebody looks. The thread has a decoder
    of its own, runs at the lowest priority, rests while anybody waits for a decoder, and ends
    when all that fits into the store is there.
    """

    def __init__(self, source: str | os.PathLike[str], store: ProxyStore) -> None:
        self._source = source
        self.store = store
        self._lock = threading.Lock()
        self._spans: list[tuple[float, float]] = []
        self._starts: list[float] = []
        self._size: Size | None = None
        self._other: Size | None = None
        self._time = 0.0
        self._thread: threading.Thread | None = None
        self._stopped = False

    def frame_at(self, time: float, size: Size, *, step: int = 0) -> SmallFrame | None:
        """Return the frame on screen at ``time`` (seconds), or ``step`` on; None if unmade."""
        if size != self._size:
            return None
        frame = self._at(time)
        for _ in range(abs(step)):
            if frame is None or (step < 0 and frame.time <= 0):
                break
            frame = self._at(frame.time - _BESIDE if step < 0 else frame.time + frame.duration)
        return frame

    def set_position(self, time: float, size: Size) -> None:
        """Set the time and size that a user looks at: frames around it are made first."""
        if size[0] * size[1] > MAX_PIXELS:
            return
        with self._lock:
            if self._stopped:
                return
            if size != self._size:
                if self._size is not None and size != self._other:
                    self._other = size  # once is no reason to throw away what there is
                    return
                self.store.forget(self)
                self._size = size
            self._other = None
            self._time = time
            self._note_position()
            if self._thread is None and (not self._spans or self.store.next_of(self) is not None):
                self._thread = threading.Thread(target=self._work, name="proxy", daemon=True)
                self._thread.start()

    def settle(self, timeout: float) -> bool:
        """Wait until all that fits is made, at most ``timeout`` seconds; say whether it is."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(timeout)
        return self._thread is None

    def close(self) -> None:
        """Stop making frames, and let go of all."""
        with self._lock:
            self._stopped = True
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(_STOP_SECONDS)
        self.store.forget(self)

    def abandon(self) -> None:
        """Stop without waiting for anything, as nobody holds the video any more."""
        self._stopped = True
        self.store.abandon(self)

    def _at(self, time: float) -> SmallFrame | None:
        number = self._number(time)
        for n in (number, number - 1):  # a frame may stay on screen into the next group
            gop = self.store.get(self, n)
            frame = None if gop is None else gop.at(time)
            if frame is not None:
                return frame
        return None

    def _number(self, time: float) -> int:
        return max(0, bisect_right(self._starts, time + _BESIDE / 4) - 1)

    def _note_position(self) -> None:
        if self._spans:
            self.store.set_position(self, self._number(self._time), len(self._spans))

    def _work(self) -> None:
        with contextlib.suppress(OSError, AttributeError):  # of this thread alone, on Linux
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        try:
            with Decoder(self._source, threads=1, ahead_of_time=True) as decoder:
                if not self._spans:
                    keyframes = decoder.keyframe_times()
                    spans = gop_spans(keyframes, decoder.readable, decoder.fps)
                    with self._lock:
                        self._starts = [start for start, _ in spans]
                        self._spans = spans
                        self._note_position()
                while (number := self._next()) is not None:
                    self._make(decoder, number)
        except (ThumbnbError, FFmpegError, OSError) as error:
            logger.debug("no proxy: %s", error)
            with self._lock:
                self._stopped = True

    def _next(self) -> int | None:
        """Return which group to make; None ends the thread."""
        with self._lock:
            number = None if self._stopped else self.store.next_of(self)
            if number is None:
                self._thread = None
            return number

    def _make(self, decoder: Decoder, number: int) -> None:
        size = self._size
        if size is None:
            return
        start, end = self._spans[number]
        gop = Gop(start, end)
        self.store.put(self, number, gop)

        def go_on() -> bool:
            return not self._stopped and size == self._size

        time = start
        while time < end:
            decode_priority.rest(go_on)
            if not go_on() or self._is_far(number):
                return
            try:
                frame = decoder.next_frame_at(time, size)
            except DamagedVideo:
                time += 1 / (decoder.fps or 25)
                continue
            if frame.time >= start or not number:
                gop.add(small_frame(frame))
                if not self.store.make_room(self, number):
                    break
            following = frame.time + frame.duration
            if following <= time:
                break  # the last one
            time = following
        gop.done = True

    def _is_far(self, number: int) -> bool:
        """Whether somebody looks so far away by now that another group is more urgent."""
        if abs(self._number(self._time) - number) <= 1:
            return False
        return self.store.next_of(self) not in (None, number)
