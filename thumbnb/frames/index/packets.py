"""Every packet of a stream in the order of the file, and the way to any one of them."""

from __future__ import annotations

import contextlib
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from av.bitstream import BitStreamFilterContext
from av.error import FFmpegError

from thumbnb.frames.index.keyframes import can_tell_keys, is_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from fractions import Fraction

    from av import Packet
    from av.video.stream import VideoStream

    from thumbnb.frames.source import VideoFile

# What can be read from any byte on; the others must be asked for a time.
_BY_BYTE = {"mpegts", "mpeg", "h264", "hevc", "m4v", "mpegvideo", "mjpeg", "dv", "obu"}

# These know no times, or only a time for each packet as it is decoded.
UNTIMED = {"avi", "h264", "hevc", "m4v", "mpegvideo", "mjpeg", "obu"}
_GENERATED_PTS = 1  # FFmpeg's flag for times made up: what is decoded next for what is shown

# So many packets are looked at to find out where a seek landed.
_LOST = 64


class Entry(NamedTuple):
    """A packet, as it is in the file: times in ticks, place and size in bytes."""

    pts: int | None
    dts: int | None
    pos: int | None
    size: int
    duration: int
    key: bool

    @property
    def clock(self) -> int | None:
        """Its time as it is decoded, or as it is shown if that is all there is."""
        return self.pts if self.dts is None else self.dts


class PacketList:
    """The packets of the video stream of ``file``, all read once, and read again from any on.

    Attributes
    ----------
    entries
        What is known of each.
    sound_end
        When the last sound ends, in seconds on the file's clock; None without sounds.
    """

    def __init__(self, file: VideoFile, entries: list[Entry] | None = None) -> None:
        self._file = file
        if file.formats & UNTIMED:
            file.container.flags &= ~_GENERATED_PTS
        self.sound_end: Fraction | None = None
        self.entries = self._scan() if entries is None else entries
        if sum(entry.key for entry in self.entries) <= 1 < len(self.entries):
            file.reopen()
            self.entries = self._scan(look_for_keys=True)
        self._numbers = {_place(e.pos, e.dts): i for i, e in reversed([*enumerate(self.entries)])}

    def reopened(self) -> PacketList:
        """Return the same packets, read from a file opened for them."""
        return PacketList(type(self._file)(self._file.source), self.entries)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def read(self, start: int) -> Iterator[tuple[int, Packet[VideoStream]]]:
        """Yield the packets from number ``start`` on, each with its number."""
        for go in self._ways_to(start):
            try:
                go()
            except (FFmpegError, OSError):
                continue
            packets = self._image_packets()
            found = self._find(packets, start)
            if found is not None:
                break
        else:
            self._file.reopen()
            packets = self._image_packets()
            found = next(((0, packet) for packet in packets), None)
        if found is None:
            return
        known = range(found[0], len(self.entries))
        for number, packet in zip(known, chain([found[1]], packets), strict=False):
            if number >= start:
                yield number, packet

    def _find(
        self, packets: Iterator[Packet[VideoStream]], last: int
    ) -> tuple[int, Packet[VideoStream]] | None:
        """Return the first packet that is known, with its number, if that is at ``most`` so."""
        for _, packet in zip(range(_LOST), packets, strict=False):
            number = self._numbers.get(_place(packet.pos, packet.dts))
            if number is not None and self.entries[number].size == packet.size:
                return (number, packet) if number <= last else None
        return None

    def _ways_to(self, i: int) -> Iterator[Callable[[], None]]:
        """Yield what may bring the container to packet ``i``, or somewhat before it."""
        container, stream = self._file.container, self._file.stream
        if self._file.formats & _BY_BYTE:
            near = next((e.pos for e in self.entries[i::-1] if e.pos is not None), 0)
            yield lambda: container.seek(near, unsupported_byte_offset=True, stream=stream)
        clock = self.entries[i].clock
        if clock is not None:
            yield lambda: container.seek(clock, stream=stream)
            yield lambda: container.seek(clock, stream=stream, any_frame=True)

    def _scan(self, *, look_for_keys: bool = False) -> list[Entry]:
        context = self._file.stream.codec_context
        codec, extradata = context.codec.canonical_name, context.extradata or b""
        # FFmpeg flags the empty packets that Xvid leaves in an AVI, which are given an image here.
        only_found = "avi" in self._file.formats and can_tell_keys(codec)
        look_for_keys = look_for_keys or only_found
        return [
            Entry(
                packet.pts,
                packet.dts,
                packet.pos,
                packet.size,
                packet.duration or 0,
                (packet.is_keyframe and not only_found)
                or (look_for_keys and is_key(codec, extradata, bytes(packet))),
            )
            for packet in self._image_packets(sounds=True)
        ]

    def _image_packets(self, *, sounds: bool = False) -> Iterator[Packet[VideoStream]]:
        """Yield the packets from where the container stands, one image each."""
        stream = self._file.stream
        streams = [stream, *self._file.sounds] if sounds else [stream]
        packets = self._sorted_out(self._file.container.demux(*streams))
        if "avi" in self._file.formats and stream.codec_context.codec.canonical_name == "mpeg4":
            packets = _without_packing(stream, packets)
        # What raises here is a file that is cut off or torn: that is its end.
        with contextlib.suppress(FFmpegError, OSError):
            yield from packets

    def _sorted_out(self, packets: Iterable[Packet[Any]]) -> Iterator[Packet[VideoStream]]:
        for packet in packets:
            if packet.stream_index == self._file.stream.index:
                if packet.size and not packet.is_discard:
                    yield packet
            elif packet.pts is not None and packet.time_base:
                end = (packet.pts + (packet.duration or 0)) * packet.time_base
                self.sound_end = end if self.sound_end is None else max(end, self.sound_end)


def _place(pos: int | None, dts: int | None) -> tuple[str, int | None]:
    return ("byte", pos) if pos is not None else ("time", dts)


def _without_packing(
    stream: VideoStream, packets: Iterable[Packet[VideoStream]]
) -> Iterator[Packet[VideoStream]]:
    """Yield ``packets`` of MPEG-4 with one image each.

    DivX and Xvid pack two into one packet of an AVI, and an empty one behind it.
    """
    unpack = BitStreamFilterContext("mpeg4_unpack_bframes", stream)
    for packet in packets:
        yield from unpack.filter(packet)
    yield from unpack.filter(None)
