"""The display order of frames, for streams that tell only their decoding order.

The decoder knows: each packet is given its number as its time, and the images come
out in display order with those numbers. That is done for one stretch from keyframe to
keyframe at a time, when it is first needed.
"""

from __future__ import annotations

import logging
from bisect import bisect_right
from typing import TYPE_CHECKING

from av.error import FFmpegError

from thumbnb.frames.index.route import REORDER
from thumbnb.frames.source import CORES, new_decoder, prepare_decoder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream

    from thumbnb.frames.index.packets import PacketList

logger = logging.getLogger(__name__)


class DisplayOrder:
    """The turn at which each packet's image is shown, counted from 0.

    ``keys`` are the numbers of the keyframes among ``packets``; ``context`` is a decoder
    of the kind wanted.
    """

    def __init__(self, context: VideoCodecContext, keys: list[int], packets: PacketList) -> None:
        self._like = context
        self._keys = keys
        self._packets = packets
        self._second_reading: PacketList | None = None
        self._turns: dict[int, dict[int, int]] = {}

    def turn(self, i: int) -> int | None:
        """Return the turn of packet ``i``; None if no image comes of it."""
        stretch = max(0, bisect_right(self._keys, i) - 1)
        if stretch not in self._turns:
            self._turns[stretch] = self._count_turns(stretch)
        return self._turns[stretch].get(i)

    def close(self) -> None:
        """Close the file that was opened to look ahead."""
        if self._second_reading is not None:
            self._second_reading.close()

    def _count_turns(self, stretch: int) -> dict[int, int]:
        key = self._keys[stretch]
        last = len(self._packets.entries)
        end = self._keys[stretch + 1] if stretch + 1 < len(self._keys) else last
        # What leads a keyframe leans on images before it, so decoding begins one earlier.
        shown = list(self._decoded(self._keys[max(0, stretch - 1)], end + REORDER))
        if key not in shown:  # damaged: the order of decoding is the best guess
            return {i: i for i in range(key, end)}
        at = shown.index(key)
        leading = sum(i > key for i in shown[:at])
        return {i: key + leading + p - at for p, i in enumerate(shown) if key <= i < end}

    def _decoded(self, start: int, end: int) -> Iterator[int]:
        """Yield the numbers of the packets from ``start`` to ``end`` as their images come."""
        context = new_decoder(self._like.codec.name, self._like)
        prepare_decoder(context, min(CORES + 1, 8))
        # A reader of its own: reading ahead must not move the other.
        if self._second_reading is None:
            self._second_reading = self._packets.reopened()
        for number, packet in self._second_reading.read(start):
            if number >= end:
                break
            packet.pts = packet.dts = number
            yield from _numbers(context, packet)
        for _ in range(2 * REORDER):
            before = False
            for number in _numbers(context, None):
                before = True
                yield number
            if not before:
                break


def _numbers(context: VideoCodecContext, packet: Packet[VideoStream] | None) -> list[int]:
    try:
        return [frame.pts for frame in context.decode(packet) if frame.pts is not None]
    except (FFmpegError, EOFError, ValueError) as error:
        logger.debug("not decoded: %s", error)
        return []
