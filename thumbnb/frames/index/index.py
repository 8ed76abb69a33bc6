"""Where the frames of a stream lie, read from its packets as far as needed.

Nothing is decoded here and no table of the whole file is made: a seek lands on a
keyframe and the packets from there tell which frame is on screen at a time. So a
three-hour file, or one across a network, answers as fast as a short one. That is for
containers whose seeks can be trusted; for the others see :mod:`thumbnb.frames.index.packet_index`.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING

from av.error import FFmpegError

from thumbnb.frames.index.container import is_cut_off
from thumbnb.frames.index.route import REORDER, Route, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av import Packet
    from av.video.stream import VideoStream

    from thumbnb.frames.source import VideoFile

_MICROSECONDS = 1_000_000

# Their index lists the keyframes; the others guess where one might be.
_EXACT_SEEKS = {"mov", "matroska"}


@dataclass(frozen=True)
class Extent:
    """The length of a stream in ticks: what can be read, and what the file declares."""

    readable: int
    promised: int

    @property
    def cut_off(self) -> bool:
        """Whether frames are missing at the end."""
        return self.readable < self.promised


class Index:
    """Reads the packets of one stream from any time on. Ticks are its ``time_base``.

    Attributes
    ----------
    first
        When the first frame that can be decoded comes on screen, in ticks.
    origin
        When the video starts, as a player counts: with its first image or its first sound.
    """

    def __init__(self, file: VideoFile) -> None:
        self._file = file
        self.tick = file.stream.time_base or Fraction(1)
        self._second = max(1, round(1 / self.tick))
        self.first = file.stream.start_time or 0
        self.origin = min(self.first, self._first_sound())

    def close(self) -> None:
        """Close what was opened beside the file."""

    @property
    def rate(self) -> float:
        """The mean number of frames a second; 0 if it is not known."""
        stream = self._file.stream
        return float(stream.average_rate or stream.guessed_rate or 0)

    def packets(self) -> Iterator[Packet[VideoStream]]:
        """Yield the packets from where the file stands to where it can no longer be read."""
        # What raises here is a file that is cut off or torn: that is its end.
        with contextlib.suppress(FFmpegError, OSError):
            for packet in self._file.container.demux(self._file.stream):
                if packet.size:
                    yield packet

    def packets_from(self, ticks: int) -> Iterator[Packet[VideoStream]]:
        """Yield the packets from the last keyframe shown at or before ``ticks`` on.

        It is the last as far as the container can tell, and the first of all where
        there is none.
        """
        aim, step = ticks, 1
        while True:
            at_start = not self._seek(aim) or aim < self.first
            before: list[Packet[VideoStream]] = []
            packets = self.packets()
            for packet in packets:
                if packet.is_keyframe and stamp(packet) is not None:
                    if at_start or (stamp(packet) or 0) <= ticks:
                        return chain([packet], packets)
                    before.append(packet)
                    break
                if at_start:
                    before.append(packet)
            if at_start:
                return chain(before, packets)
            # Seeking goes by decoding time, or in an MPEG stream by guessing: it may
            # land on a keyframe that is shown too late. The one before it is next.
            landed = min((p.dts for p in before if p.dts is not None), default=aim)
            aim, step = min(aim, landed) - step, max(step * 4, self._second // 4)

    def keyframe(self, ticks: int) -> Packet[VideoStream] | None:
        """Return the packet of the last keyframe shown at or before ``ticks``, or the first."""
        packets = self.packets_from(ticks)
        last = next(packets, None)
        if last is None or self._file.formats & _EXACT_SEEKS:
            return last
        later = 0
        for packet in packets:
            shown = stamp(packet)
            if shown is not None and shown <= ticks:
                later = 0
                if packet.is_keyframe:
                    last = packet
            else:
                later += 1
                if later >= REORDER:
                    break
        return last

    def keyframes(self) -> list[int]:
        """Return when each keyframe comes on screen, by reading every packet."""
        packets = self.packets_from(self.first)
        return [p.pts for p in packets if p.is_keyframe and p.pts is not None]

    def route_to(self, ticks: int) -> Route:
        """Return what to decode for the frame on screen at ``ticks``."""
        return Route(self.packets_from(ticks), ticks)

    def extent(self) -> Extent | None:
        """Look how far the video goes, by reading its last packets; None if there are none.

        The last image stays on screen until the last sound has ended.
        """
        stream, container = self._file.stream, self._file.container
        if stream.duration is not None:
            promised = self.first + stream.duration
        else:
            # Matroska and FLV tell when the last track ends, on the file's own clock.
            promised = self._ticks(Fraction(container.duration or 0, _MICROSECONDS))
        last, read, length = self.first, None, 0
        for packet in self.packets_from(max(promised, self.first)):
            shown = stamp(packet)
            if shown is not None and not (packet.is_discard or packet.is_corrupt):
                read = shown if packet.dts is None else packet.dts
                if shown >= last:
                    last, length = shown, packet.duration or 0
        if read is None:
            return None
        length = length or (round(1 / (self.rate * self.tick)) if self.rate else 1)
        end = last + length
        if self._is_cut_off(promised - end):
            # A packet is never shown before it is decoded, so up to here none is missing.
            return Extent(min(end, read + length), promised)
        end = max(end, self._last_sound(end))
        return Extent(end, end)

    def _is_cut_off(self, missing: int) -> bool:
        if missing < self._second:
            return False
        path = self._file.path
        return is_cut_off(path) if path is not None else not self._sound_goes_on(missing)

    def _ticks(self, seconds: Fraction) -> int:
        return round(seconds / self.tick)

    def _first_sound(self) -> int:
        # What a sound has before 0 only warms its decoder up, and no player plays it.
        starts = [
            max(self._ticks(s.start_time * s.time_base), min(0, self.first))
            for s in self._file.sounds
            if s.start_time is not None and s.time_base is not None
        ]
        return min(starts, default=self.first)

    def _last_sound(self, after: int) -> int:
        """Return when the last sound ends, in ticks; ``after`` where none is later than that."""
        sounds = self._file.sounds
        if sounds and all(s.duration is not None and s.start_time is not None for s in sounds):
            return max(
                self._ticks((s.start_time + s.duration) * s.time_base)
                for s in sounds
                if s.start_time is not None and s.duration is not None and s.time_base is not None
            )
        container = self._file.container
        start = Fraction(container.start_time or 0, _MICROSECONDS)
        promised = self._ticks(start + Fraction(container.duration or 0, _MICROSECONDS))
        if not sounds or promised <= after:
            return after
        return max((end for end in self._sound_ends(promised)), default=after)

    def _sound_goes_on(self, missing: int) -> bool:
        """Whether there are sounds in the last second of the ``missing`` ticks."""
        end = self._ticks(Fraction(self._file.container.duration or 0, _MICROSECONDS))
        return missing > 0 and any(e >= end - self._second for e in self._sound_ends(end))

    def _sound_ends(self, ticks: int) -> Iterator[int]:
        """Yield when each of the sounds ends that lie in the last second before ``ticks``."""
        container = self._file.container
        try:
            container.seek(int((ticks - self._second) * self.tick * _MICROSECONDS))
            for packet in container.demux(*self._file.sounds):
                if packet.pts is not None:
                    yield self._ticks((packet.pts + (packet.duration or 0)) * packet.time_base)
        except (FFmpegError, OSError):
            return

    def _seek(self, ticks: int) -> bool:
        """Go to the keyframe at or before ``ticks``; False where only the start was in reach."""
        container, stream = self._file.container, self._file.stream
        try:
            container.seek(ticks, stream=stream, backward=True)
        except (FFmpegError, OSError):
            with contextlib.suppress(FFmpegError, OSError):
                container.seek(0, unsupported_byte_offset=True)
            return False
        return True
