"""Where the frames of a stream lie, read from its packets as far as needed.

Nothing is decoded here and no table of the whole file is made: a seek lands on a
keyframe and the packets from there tell which frame is on screen at a time. So a
three-hour file, or one across a network, answers as fast as a short one.
"""

from __future__ import annotations

import contextlib
from collections import deque
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from av.error import FFmpegError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from av import Packet
    from av.container import InputContainer
    from av.video.stream import VideoStream

# No codec shows a picture more than 16 pictures (32 fields) away from where it
# stands in the stream, so this many packets further on all is known.
REORDER = 32


@dataclass(frozen=True)
class Span:
    """When a frame is on screen, in ticks: ``start <= t < end``. The last has no known end."""

    start: int
    end: int | None = None


@dataclass(frozen=True)
class Extent:
    """How far a stream goes, in ticks: what can be read, and what the file promises."""

    readable: int
    promised: int

    @property
    def cut_off(self) -> bool:
        """Whether frames are missing at the end."""
        return self.readable < self.promised


def stamp(packet: Packet[VideoStream]) -> int | None:
    """Return when ``packet`` is to be shown, in ticks; formats such as AVI know only its turn."""
    return packet.dts if packet.pts is None else packet.pts


class Route:
    """What to decode for the frame on screen at ``ticks``, of the ``packets`` from there on.

    Iterating yields them in decoding order, each with whether it is the one wanted;
    that one comes last. From then on ``span`` is known.
    """

    def __init__(self, packets: Iterable[Packet[VideoStream]], ticks: int) -> None:
        self._packets = packets
        self._ticks = ticks
        self._start: int | None = None
        self._end: int | None = None

    @property
    def span(self) -> Span | None:
        """When the frame wanted is on screen; None as long as none is known at that time."""
        return None if self._start is None else Span(self._start, self._end)

    def __iter__(self) -> Iterator[tuple[Packet[VideoStream], bool]]:
        for packet in self._in_view():
            wanted = stamp(packet) == self._start is not None and not packet.is_discard
            yield packet, wanted
            if wanted:
                return

    def _in_view(self) -> Iterator[Packet[VideoStream]]:
        """Yield each packet when so many after it were noted that it can be judged."""
        ahead: deque[Packet[VideoStream]] = deque()
        later = 0
        for packet in self._packets:
            self._note(packet)
            if packet.is_keyframe and stamp(packet) == self._start:
                ahead.clear()  # nothing before it is needed any more
            ahead.append(packet)
            later = later + 1 if (stamp(packet) or 0) > self._ticks else 0
            if later >= REORDER:
                break
            if len(ahead) > REORDER:
                yield ahead.popleft()
        yield from ahead

    def _note(self, packet: Packet[VideoStream]) -> None:
        shown = stamp(packet)
        if shown is None or packet.is_discard:
            return
        if shown > self._ticks:
            self._end = shown if self._end is None else min(self._end, shown)
        else:
            self._start = shown if self._start is None else max(self._start, shown)


class Index:
    """Reads the packets of one stream from any time on. Ticks are its ``time_base``."""

    def __init__(self, container: InputContainer, stream: VideoStream, tick: Fraction) -> None:
        self._container = container
        self._stream = stream
        self._tick = tick
        self._second = max(1, round(1 / tick))
        self.first = stream.start_time or 0

    def packets(self) -> Iterator[Packet[VideoStream]]:
        """Yield the packets from where the file stands to where it can no longer be read."""
        # What raises here is a file that is cut off or torn: that is its end.
        with contextlib.suppress(FFmpegError, OSError):
            for packet in self._container.demux(self._stream):
                if packet.size:
                    yield packet

    def packets_from(self, ticks: int) -> Iterator[Packet[VideoStream]]:
        """Yield the packets from a keyframe shown at or before ``ticks`` on.

        It is the last such one as far as the container can tell (an MPEG stream
        guesses), and the first of all where there is none.
        """
        aim, step = ticks, self._second
        while True:
            at_start = not self._seek(aim) or aim < self.first
            packets = self.packets()
            first = next((p for p in packets if p.is_keyframe and stamp(p) is not None), None)
            if first is not None and (at_start or (stamp(first) or 0) <= ticks):
                return chain([first], packets)
            if at_start:
                return packets
            # Seeking goes by decoding time, or in an MPEG stream by guessing: it may
            # land on a keyframe that is shown too late.
            aim, step = aim - step, step * 4

    def route_to(self, ticks: int) -> Route:
        """Return what to decode for the frame on screen at ``ticks``."""
        return Route(self.packets_from(ticks), ticks)

    def extent(self) -> Extent:
        """Look how far the stream goes, by reading its last packets."""
        if self._stream.duration is not None:
            promised = self.first + self._stream.duration
        else:
            # Matroska and FLV tell when the last track ends, on the file's own clock.
            promised = round((self._container.duration or 0) / (1_000_000 * self._tick))
        last, read, length = self.first, None, 0
        for packet in self.packets_from(max(promised, self.first)):
            shown = stamp(packet)
            if shown is not None and not (packet.is_discard or packet.is_corrupt):
                read = packet.dts
                if shown >= last:
                    last, length = shown, packet.duration or 0
        rate = self._stream.average_rate
        length = length or (round(1 / (rate * self._tick)) if rate else 1)
        end = last + length
        # Sound may well go on a little after the picture.
        if promised - end < self._second or self._other_streams_reach(promised):
            return Extent(end, end)
        # A packet is never shown before it is decoded, so up to here none is missing.
        return Extent(end if read is None else min(end, read + length), promised)

    def _other_streams_reach(self, ticks: int) -> bool:
        near_end = float((ticks - self._second) * self._tick)
        try:
            self._container.seek(int(near_end * 1_000_000))
            others = (p for p in self._container.demux() if p.stream is not self._stream)
            ends = (((p.pts or 0) + (p.duration or 0)) * p.time_base for p in others)
            return any(end >= near_end for end in ends)
        except (FFmpegError, OSError):
            return False

    def _seek(self, ticks: int) -> bool:
        """Go to the keyframe at or before ``ticks``; False where only the start was in reach."""
        try:
            self._container.seek(ticks, stream=self._stream, backward=True)
        except (FFmpegError, OSError):
            with contextlib.suppress(FFmpegError, OSError):
                self._container.seek(0, unsupported_byte_offset=True)
            return False
        return True
