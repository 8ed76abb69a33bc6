"""Decoding: the frame at a time, the keyframe before it, or a run of frames in order."""

from __future__ import annotations

import logging
from collections import deque
from itertools import chain
from typing import TYPE_CHECKING, cast

from av.error import FFmpegError
from av.video.frame import PictureType

from thumbnb.frames.damage_flags import delimiter_of, flags_damage, flags_late
from thumbnb.frames.index.keyframes import mpeg2_size
from thumbnb.frames.index.route import Span, stamp
from thumbnb.frames.source import mute_ffmpeg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from fractions import Fraction

    from av import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    from thumbnb.frames.index.index import Index

log = logging.getLogger(__name__)

_LAYERS_BYTE = 21

# PyAV 19 says with a ValueError that a decoder could not be opened for this stream.
_UNDECODED = (FFmpegError, ValueError)

# Frames a decoder holds back at its end, at most: those of its threads and their references.
_MAX_HELD_BACK = 64

# A file whose times go back lets a frame change places with the one beside it.
_MUDDLED = 1

# B-frames that are held until it is known whether what follows them is whole; encoders make
# fewer in a row.
_MAX_B_FRAMES = 8

Shown = tuple["VideoFrame", Span]


def shown_at(frame: VideoFrame) -> int | None:
    """Return when ``frame`` is to be shown, in ticks."""
    return frame.dts if frame.pts is None else frame.pts


class Run:
    """Frames in display order, decoded as they are asked for. The first comes at ``begins``."""

    def __init__(self, frames: Iterator[VideoFrame], *, hold_b_frames: bool = False) -> None:
        self._frames = _in_order(frames, hold_b_frames=hold_b_frames)
        self._next = next(frames, None)
        self._shown: Shown | None = None
        self._before: VideoFrame | None = None
        self.begins = None if self._next is None else shown_at(self._next)

    def beside(self) -> tuple[VideoFrame | None, VideoFrame | None]:
        """Return the frames before and after the one reached last."""
        return self._before, self._next

    @property
    def position(self) -> int | None:
        """When the frame reached last comes on screen; None before the first."""
        return self._shown and self._shown[1].start

    def to(self, ticks: int) -> Iterator[Shown]:
        """Yield the frames from the one reached last to the one on screen at ``ticks``."""
        if self._shown:
            yield self._shown
        while self._next is not None and (start := shown_at(self._next) or 0) <= ticks:
            self._before = self._shown and self._shown[0]
            frame, self._next = self._next, next(self._frames, None)
            self._shown = frame, Span(start, None if self._next is None else shown_at(self._next))
            yield self._shown


def _in_order(frames: Iterator[VideoFrame], *, hold_b_frames: bool = False) -> Iterator[VideoFrame]:
    """Yield ``frames`` by the times they are shown, one a time, where the file muddles them.

    One of several with the same time is shown, the last. With ``hold_b_frames`` a B-frame comes
    after the next frame that is none has, which it leans on: then all of its damage is known.
    """
    held: list[VideoFrame] = []
    last: int | None = None
    for frame in chain(frames, (None,) * (_MAX_B_FRAMES + 1)):
        if frame is not None:
            held.append(frame)
            held.sort(key=lambda f: shown_at(f) or 0)
        if not held or (frame is not None and not _is_settled(held, hold_b_frames)):
            continue
        first = held.pop(0)
        start = shown_at(first)
        copied = bool(held) and shown_at(held[0]) == start
        if not copied and (last is None or start is None or start > last):
            last = start
            yield first


def _is_settled(held: list[VideoFrame], hold_b_frames: bool) -> bool:
    """Whether the first of the frames ``held`` changes no more, neither in time nor in damage."""
    if len(held) <= _MUDDLED + 1:
        return False
    if not hold_b_frames or len(held) > _MAX_B_FRAMES:
        return True
    return any(frame.pict_type != PictureType.B for frame in held)


class Reader:
    """Decodes one stream. Every call starts anew, and ends the run that was under way."""

    def __init__(self, index: Index, stream: VideoStream, context: VideoCodecContext) -> None:
        self._index = index
        self._context = context
        self._skippable = skips_exactly(stream)
        # FFmpeg's decoder forgets the frame that it holds back where the size changes.
        self._loses_last = context.codec.canonical_name in {"mpeg1video", "mpeg2video"}
        self._stated_aspect = stream.sample_aspect_ratio
        self._follows_stream = False
        self._aspect: Fraction | None = None  # and that before it, and when it changed
        self._aspect_before: Fraction | None = None
        self._last_key = self._changed_at = 0
        self._keyframe: tuple[int | None, VideoFrame] | None = None
        # Asked for now: a decoder that could not be opened knows no codec any more.
        self._holds_b_frames = flags_damage(context)
        self._flags_late, self._delimiter = flags_late(context), delimiter_of(context)
        self._fed: Packet[VideoStream] | None = None
        self._begins: int | None = None  # when the keyframe is shown that decoding began with
        self.torn = False  # whether anything was damaged that was decoded since the last start

    def first(self) -> VideoFrame | None:
        """Return the first frame that can be decoded."""
        frame = next(self._frames(self._index.packets_from(self._index.first)), None)
        # Where the container states other pixels than the stream, it has the last word.
        self._follows_stream = self._context.sample_aspect_ratio == self._stated_aspect
        return frame

    def pixel_aspect(self, frame: VideoFrame) -> Fraction | None:
        """Return how wide a pixel of ``frame``, just decoded, is to its height."""
        noted = cast("list[Fraction | None] | None", frame.opaque)
        return self._stated_aspect if noted is None else noted[0]

    def keyframe(self, ticks: int) -> VideoFrame | None:
        """Return the last keyframe shown at or before ``ticks``, decoding it alone.

        Where that one cannot stand alone, or an edit list hides it, the frame on
        screen. None where the file is damaged.
        """
        packet = self._index.keyframe(ticks)
        if packet is None:
            return None
        if self._keyframe is None or self._keyframe[0] != stamp(packet):
            self._start()
            frame = next(iter([*self._decode(packet), *self._drain()]), None)
            if frame is None or not self.intact(frame):
                shown = self.frame(ticks)
                return shown and shown[0]
            self._keyframe = stamp(packet), frame
        return self._keyframe[1]

    def frame(self, ticks: int, go_on: Callable[[], None] = lambda: None) -> Shown | None:
        """Return the frame on screen at ``ticks``, decoding no more than it needs.

        Frames that no other refers to are skipped on the way, and the decoder is
        drained at the target instead of being fed until the frame falls out.
        ``go_on`` is called before each packet, and may raise. None where the file is damaged.
        """
        self._start()
        route = self._index.route_to(ticks)
        for packet, wanted in route:
            go_on()
            frames = self._decode(packet, skip=self._skippable and not wanted)
            if wanted and (span := route.span):
                # To the last: what the one wanted leans on may be shown after it.
                last = [f for f in chain(frames, self._drain()) if shown_at(f) == span.start]
                if last and not self.torn:
                    return last[-1 if route.has_copies else 0], span
        return None if self.torn else self._frame_the_long_way(ticks)

    def run(self, ticks: int) -> Run:
        """Decode every frame in order, from the keyframe at or before ``ticks``."""
        self._start()
        frames = self._frames(self._index.packets_from(ticks))
        return Run(frames, hold_b_frames=self._holds_b_frames)

    def beside(self, span: Span) -> tuple[VideoFrame | None, VideoFrame | None]:
        """Return the frames before and after the one on screen at ``span``; ends any run."""
        run = self.run(span.start - 1)
        for _ in run.to(span.start):
            pass
        return run.beside()

    def intact(self, frame: VideoFrame) -> bool:
        """Whether ``frame``, just decoded, and all it was made from were surely whole."""
        return not (self.torn or frame.is_corrupt)

    def _start(self) -> None:
        self.torn = False
        self._fed = self._begins = None
        self._aspect = self._aspect_before = None
        mute_ffmpeg()
        # A seek does it too, but not of a file that was opened a second time.
        self._context.flush_buffers()

    def _frame_the_long_way(self, ticks: int) -> Shown | None:
        # A packet may hold no image of its own (a repeat), and a keyframe may need
        # what comes before it (an intra refresh, which heals over several frames).
        first = next(self._index.packets_from(ticks), None)
        key = ticks if first is None else stamp(first) or ticks
        for start in (ticks, key - 1):
            last = deque(self.run(start).to(ticks), maxlen=1)
            if last and self.intact(last[0][0]):
                return last[0]
        return None

    def _frames(self, packets: Iterable[Packet[VideoStream]]) -> Iterator[VideoFrame]:
        size = None
        for packet in packets:
            if packet.is_keyframe and self._loses_last:
                new = mpeg2_size(bytes(packet)) or size
                if size not in (None, new):
                    yield from self._drain()
                    self._context.flush_buffers()
                size = new
            yield from self._decode(packet)
        yield from self._drain()

    def _decode(self, packet: Packet[VideoStream], *, skip: bool = False) -> list[VideoFrame]:
        self._context.skip_frame = "NONREF" if skip else "DEFAULT"
        try:
            frames = self._context.decode(packet)
        except _UNDECODED as error:
            # A torn packet; what comes after it may still be whole.
            log.debug("not decoded: %s", error)
            self.torn = True
            return []
        finally:
            if self._fed is None and packet.is_keyframe:
                self._begins = stamp(packet)
            self._fed = packet
        if packet.is_keyframe:
            self._last_key = stamp(packet) or 0
        self._note(frames)
        return frames

    def _note(self, frames: list[VideoFrame]) -> None:
        """Note what tells of frames just decoded: damage in any is in those that lean on it."""
        self._note_aspect(frames)
        for frame in frames:
            # What is shown before the first keyframe leans on what was not decoded, and nothing
            # that is shown after it leans on that.
            leads = self._begins is not None and (shown_at(frame) or 0) < self._begins
            if frame.is_corrupt and not leads:
                self.torn = True

    def _note_aspect(self, frames: list[VideoFrame]) -> None:
        """Note where the pixels' aspect is another one, as in broadcasts from 16:9 to 4:3."""
        aspect = self._context.sample_aspect_ratio
        if not self._follows_stream or not frames:
            return
        if aspect != self._aspect:
            # The decoder knows before it shows: it changes with the keyframe it was given last.
            self._aspect_before, self._aspect = self._aspect, aspect
            self._changed_at = self._last_key
        for frame in frames:
            new = self._aspect_before is None or (shown_at(frame) or 0) >= self._changed_at
            aspect = self._aspect if new else self._aspect_before
            if aspect != self._stated_aspect:
                frame.opaque = [
                    aspect
                ]  # a new list: PyAV lets go of an object with its first frame

    def _drain(self) -> Iterator[VideoFrame]:
        """Yield what the decoder still holds back. It takes nothing more until a seek."""
        idle: list[Packet[VideoStream]] = []
        if self._flags_late and self._fed is not None:
            # With as many packets as threads, each has ended the work that it had, and knows
            # whether it was damaged. What was decoded last is skipped, if it comes again.
            idle = [self._delimiter or self._fed] * self._context.thread_count
            self._context.skip_frame = "ALL"
        # Not without an end: a decoder that cannot be opened would fail for ever.
        for packet in (*idle, *[None] * _MAX_HELD_BACK):
            try:
                frames = self._context.decode(packet)
                self._note(frames)
                yield from frames
            except EOFError:
                return
            except _UNDECODED as error:
                log.debug("not decoded: %s", error)
                self.torn = True


def skips_exactly(stream: VideoStream) -> bool:
    """Whether skipping non-reference frames leaves every other frame of ``stream`` intact.

    In HEVC with several temporal layers it does not: there a frame marked as no
    reference may still be one for the layers above its own.
    """
    context = stream.codec_context
    if context.name != "hevc":
        return True
    record = context.extradata or b""
    # The hvcC record of ISO/IEC 14496-15 counts the layers in bits 3 to 5 of byte 21;
    # without one (MPEG-TS) nothing is known.
    return record[:1] == b"\1" and len(record) > _LAYERS_BYTE and record[_LAYERS_BYTE] >> 3 & 7 <= 1
