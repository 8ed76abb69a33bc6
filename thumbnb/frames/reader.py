"""Decoding: the frame at a time, the keyframe before it, or a run of frames in order."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from av.error import FFmpegError

from thumbnb.frames.index import Index, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av import Packet
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

log = logging.getLogger(__name__)


class Reader:
    """Decodes one stream. Every method starts anew, and ends the run that was under way."""

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self.index = Index(container, stream)
        self._context = stream.codec_context
        self._skippable = skips_exactly(stream)

    def keyframe(self, ticks: int) -> VideoFrame | None:
        """Return the last keyframe shown at or before ``ticks``, decoding it alone."""
        for packet in self.index.packets_from(ticks):
            frames = [*self._decode(packet), *self._decode(None)]
            return frames[0] if frames else None
        return None

    def frame(self, ticks: int) -> tuple[VideoFrame, Span] | None:
        """Return the frame on screen at ``ticks``, decoding no more than it needs.

        Frames that no other refers to are skipped on the way, and the decoder is
        drained at the target instead of being fed until the frame falls out.
        """
        span = Span()
        for packet, wanted in self.index.route_to(ticks, span):
            self._context.skip_frame = "NONREF" if self._skippable and not wanted else "DEFAULT"
            frames = self._decode(packet)
            if wanted:
                frames += self._decode(None)
                break
        for frame in frames:
            if shown_at(frame) == span.start:
                return frame, span
        return None

    def run(self, ticks: int) -> Iterator[VideoFrame]:
        """Yield every frame in display order, from the keyframe at or before ``ticks``."""
        self._context.skip_frame = "DEFAULT"
        for packet in self.index.packets_from(ticks):
            yield from self._decode(packet)
        yield from self._decode(None)

    def _decode(self, packet: Packet[VideoStream] | None) -> list[VideoFrame]:
        try:
            return self._context.decode(packet)
        except FFmpegError as error:
            # A torn packet: what comes after it may still be whole.
            log.debug("not decoded: %s", error)
            return []


def shown_at(frame: VideoFrame) -> int | None:
    """Return when ``frame`` is to be shown, in ticks."""
    return frame.dts if frame.pts is None else frame.pts


def skips_exactly(stream: VideoStream) -> bool:
    """Whether skipping non-reference frames leaves every other frame of ``stream`` intact.

    In HEVC with several temporal layers it does not: a frame marked as no reference
    is one only within its own layer.
    """
    context = stream.codec_context
    if context.name != "hevc":
        return True
    extradata = context.extradata or b""
    configuration_record = extradata[:1] == b"\1" and len(extradata) > 21  # hvcC, ISO 14496-15
    return configuration_record and extradata[21] >> 3 & 7 <= 1
