"""An index that has read every packet, for files whose seeks or times cannot be trusted.

An MPEG stream guesses where a second lies, clocks start again where recordings were
joined, an AVI knows no times at all, a header overstates: reading every packet once
(nothing is decoded) settles all of it. Times are put right as packets are handed out.
"""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from thumbnb.errors import MediaError, NotAVideo
from thumbnb.frames.index.container import is_fragmented, size_of
from thumbnb.frames.index.display_order import DisplayOrder
from thumbnb.frames.index.index import Extent, Index
from thumbnb.frames.index.packets import UNTIMED, PacketList
from thumbnb.frames.index.route import REORDER
from thumbnb.frames.source import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av import Packet
    from av.video.stream import VideoStream

    from thumbnb.frames.source import VideoFile

# A clock that goes back by this, or on by so much, belongs to another recording.
_BROADCAST = {"mpegts", "mpeg"}
_BACK_SECONDS = 0.5
_ON_SECONDS = 10

# An encoder that begins an AVI with its delay leaves at most so many turns out.
_DELAY = 3

_SLOWEST, _FASTEST = Fraction(1, 60), Fraction(1000)  # rates that a header may be believed
_PLAIN_RATE = Fraction(25)

# A server that ignores where it is to begin sends no more of a video than its first bytes.
_REACHED = 0.25

_EXACT = {"mov", "matroska"}  # these list their keyframes
_MAX_BYTES = 2 << 30  # reading more takes too long to wait for, unless times would be wrong
_REORDERED = {"mpeg4", "h264", "hevc"}  # codecs of AVI whose frames are shown in another order


class PacketTable(Index):
    """An :class:`Index` that knows every packet of its file."""

    def __init__(self, file: VideoFile) -> None:
        super().__init__(file)
        self._list = PacketList(file)
        self._entries = self._list.entries
        self._keys = [i for i, entry in enumerate(self._entries) if entry.key] or [0]
        self._order: DisplayOrder | None = None
        self._one_clock = True
        if any(entry.pts is None for entry in self._entries) and file.formats & UNTIMED:
            self._times = self._turns()
            self._order = DisplayOrder(file.stream.codec_context, self._keys, self._list)
        else:
            self._times = self._straightened()
        if self._entries:
            self.first = self._shown(self._keys[0]) or 0
            self.origin = min(*self._times[: 2 * REORDER], self.first, self._first_sound())

    @property
    def rate(self) -> float:
        """The mean number of frames a second."""
        span = max(self._times, default=0) - min(self._times, default=0)
        if span:
            return float((len(self._times) - 1) / (span * self.tick))
        return float(self._stated_rate())

    def packets(self) -> Iterator[Packet[VideoStream]]:
        """Yield all packets."""
        return self._dated(0)

    def packets_from(self, ticks: int) -> Iterator[Packet[VideoStream]]:
        """Yield the packets from the last keyframe shown at or before ``ticks`` on."""
        return self._dated(self._keys[self._key_before(ticks)])

    def keyframe(self, ticks: int) -> Packet[VideoStream] | None:
        """Return the packet of the last keyframe shown at or before ``ticks``, or the first."""
        return next(self.packets_from(ticks), None)

    def keyframes(self) -> list[int]:
        """Return when each keyframe comes on screen, or about when it does."""
        return [self._times[key] for key in self._keys]

    def extent(self) -> Extent | None:
        """Return how far the video goes: to its last image's end, or its last sound's."""
        if not self._entries:
            return None
        last = max(range(len(self._entries)), key=self._times.__getitem__)
        length = self._entries[last].duration
        if not length:
            rate = self.rate
            length = max(1, round(1 / (Fraction(rate) * self.tick))) if rate else 1
        end = self._times[last] + length
        if self._one_clock and self._list.sound_end is not None:
            end = max(end, self._ticks(self._list.sound_end))
        return Extent(end, end)

    def close(self) -> None:
        """Close what was opened beside the file."""
        if self._order is not None:
            self._order.close()

    def _stated_rate(self) -> Fraction:
        stream = self._file.stream
        stated = (stream.average_rate, stream.guessed_rate)
        return next((r for r in stated if r and _SLOWEST <= r <= _FASTEST), _PLAIN_RATE)

    def _straightened(self) -> list[int]:
        """Return when each packet is shown, on one clock for all recordings in the file."""
        broadcast = bool(self._file.formats & _BROADCAST)
        back, on = _BACK_SECONDS / self.tick, _ON_SECONDS / self.tick
        times, offset, length = [], 0, 0
        before: int | None = None
        for entry in self._entries:
            clock = (before or 0) if entry.clock is None else entry.clock + offset
            if broadcast and before is not None and not -back <= clock - before <= on:
                offset += before + length - clock
                clock = before + length
                self._one_clock = False
            elif before is not None and clock > before:
                length = clock - before
            before, length = clock, entry.duration or length
            times.append(clock if entry.pts is None else entry.pts + offset)
        return times

    def _turns(self) -> list[int]:
        """Return when each turn to be shown begins."""
        clocks = sorted(e.dts for e in self._entries if e.dts is not None)
        if len(clocks) == len(self._entries):
            gaps = [after - before for before, after in pairwise(clocks)]
            steady = sorted(gaps[1:])[len(gaps) // 2 - 1] if len(gaps) > 1 else 1
            delay = gaps[0] - steady if gaps else 0
            if self._entries[0].duration != 1 or not 0 <= delay <= _DELAY * steady:
                delay = 0
            return [clocks[0], *(clock - delay for clock in clocks[1:])]
        length = self._entries[0].duration or round(1 / (self._stated_rate() * self.tick))
        return [i * length for i in range(len(self._entries))]

    def _shown(self, i: int) -> int | None:
        """Return when packet ``i`` is shown; None if it holds no image."""
        if self._order is None:
            return self._times[i]
        turn = self._order.turn(i)
        return None if turn is None else self._times[min(max(turn, 0), len(self._times) - 1)]

    def _key_before(self, ticks: int) -> int:
        """Return which keyframe is the last one shown at or before ``ticks``, or the first."""
        if self._order is None:
            best = bisect_right(self._keys, ticks, key=self._times.__getitem__) - 1
        else:
            best = bisect_right(self._keys, bisect_right(self._times, ticks) - 1) - 1
            while best > 0 and (self._shown(self._keys[best]) or 0) > ticks:
                best -= 1
        return max(0, best)

    def _dated(self, start: int) -> Iterator[Packet[VideoStream]]:
        """Yield the packets from number ``start`` on, with the time each is really shown."""
        for i, packet in self._list.read(start):
            packet.pts = packet.dts = self._shown(i)
            packet.is_keyframe = self._entries[i].key
            yield packet


def indexed(file: VideoFile) -> tuple[Index, Extent]:
    """Return an index of ``file`` and how far the video goes."""
    index = _index_of(file)
    extent = index.extent()
    if extent is None and not isinstance(index, PacketTable) and file.path is not None:
        file.reopen()  # no keyframe can be found by a seek, as none is marked
        index = PacketTable(file)
        extent = index.extent()
    if file.path is None and (extent is None or extent.readable < extent.promised * _REACHED):
        raise MediaError(
            f"The server of {label(file.source)} does not let one seek: only the first moments "
            "of the video can be read.",
            hint="Download the file, and open that.",
        )
    if extent is None:
        raise NotAVideo(f"No frame of {label(file.source)} can be decoded.")
    return index, extent


def _index_of(file: VideoFile) -> Index:
    """Return an index of ``file``: by its own seeks where those are exact, else by reading it."""
    index = Index(file)
    if file.path is None:
        return index
    trusted = file.formats & _EXACT
    if not trusted or ("mov" in file.formats and is_fragmented(file.path)):
        within = size_of(file.path) <= _MAX_BYTES
        return PacketTable(file) if within or _is_reordered(file) else index
    return index


def _is_reordered(file: VideoFile) -> bool:
    """Whether only decoding tells in which order the frames of ``file`` are shown."""
    codec = file.stream.codec_context.codec.canonical_name
    return bool(file.formats & UNTIMED) and codec in _REORDERED
