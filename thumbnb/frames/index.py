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
    from collections.abc import Iterator

    from av import Packet
    from av.container import InputContainer
    from av.video.stream import VideoStream

# No codec shows a picture more than 16 pictures (32 fields) away from where it
# stands in the stream, so this many packets further on all is known.
REORDER = 32


@dataclass
class Span:
    """The time a frame is on screen, in ticks: ``start <= t < end``.

    ``start`` is None as long as no frame is known at that time, ``end`` as long
    as no later frame is.
    """

    start: int | None = None
    end: int | None = None


def stamp(packet: Packet[VideoStream]) -> int | None:
    """Return when ``packet`` is to be shown, in ticks; formats such as AVI know only its turn."""
    return packet.dts if packet.pts is None else packet.pts


class Index:
    """Reads the packets of one stream from any time on. Ticks are its ``time_base``."""

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self._container = container
        self._stream = stream
        self._second = max(1, round(1 / (stream.time_base or 1)))

    def packets(self) -> Iterator[Packet[VideoStream]]:
        """Yield the packets from where the container stands to where it can be read."""
        # Only what is cut off or torn raises here: it ends as the file does.
        with contextlib.suppress(FFmpegError):
            for packet in self._container.demux(self._stream):
                if packet.size:
                    yield packet

    def packets_from(self, ticks: int) -> Iterator[Packet[VideoStream]]:
        """Yield the packets from the last keyframe shown at or before ``ticks``.

        Where the file cannot be sought so far back, from its first keyframe.
        """
        aim, step = ticks, self._second
        while True:
            at_start = not self._seek(aim) or aim < self._floor
            packets = self.packets()
            first = next((p for p in packets if p.is_keyframe and stamp(p) is not None), None)
            if first is None:
                if at_start:
                    return packets
            elif at_start or (stamp(first) or 0) <= ticks:
                return chain([first], packets)
            # Seeking goes by decoding time, or in an MPEG stream by guessing: it may
            # land on a keyframe that is shown too late.
            aim, step = aim - step, step * 4

    def route_to(self, ticks: int, span: Span) -> Iterator[tuple[Packet[VideoStream], bool]]:
        """Yield the packets needed for the frame on screen at ``ticks``, in decoding order.

        Each comes with whether it is the one wanted, and that one comes last. At the
        end ``span`` tells when its frame is on screen.
        """
        ahead: deque[Packet[VideoStream]] = deque()
        later = 0
        for packet in self.packets_from(ticks):
            shown = stamp(packet)
            if shown is not None and not packet.is_discard:
                if shown > ticks:
                    later += 1
                    span.end = shown if span.end is None else min(span.end, shown)
                else:
                    later = 0
                    span.start = shown if span.start is None else max(span.start, shown)
                    if packet.is_keyframe:
                        ahead.clear()  # nothing before it is needed any more
            ahead.append(packet)
            if later >= REORDER:
                break
            if len(ahead) > REORDER:
                yield self._judged(ahead.popleft(), span)
        while ahead:
            packet, wanted = self._judged(ahead.popleft(), span)
            yield packet, wanted
            if wanted:
                return

    def _judged(self, packet: Packet[VideoStream], span: Span) -> tuple[Packet[VideoStream], bool]:
        return packet, not packet.is_discard and stamp(packet) == span.start

    @property
    def _floor(self) -> int:
        return self._stream.start_time or 0

    def _seek(self, ticks: int) -> bool:
        """Go to the keyframe at or before ``ticks``; False where only the start was in reach."""
        try:
            self._container.seek(ticks, stream=self._stream, backward=True)
        except (FFmpegError, OSError):
            with contextlib.suppress(FFmpegError, OSError):
                self._container.seek(0, unsupported_byte_offset=True)
            return False
        return True
