"""How FFmpeg's decoders tell that a frame is damaged, and when that can be trusted.

Most fail at a damaged packet, and their failures come in order, however many threads there are.
Some conceal the damage and flag the frame. Where each thread decodes a frame, the one that gives
a frame out copies its flags, though another thread may still be at work on that frame: then a
damaged frame looks whole now and then. So such a frame must not be given out too soon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from av import Packet
from av.codec.context import ThreadType

if TYPE_CHECKING:
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream

_CONCEALING = {"h264", "mpeg4", "mpeg1video", "mpeg2video"}
_THREADED = {"h264", "mpeg4"}  # of these, whose threads decode a frame each

_MAX_DELAY = 15  # frames that the decoder of H.264 can hold back
_USUAL_DELAY = 2

_SIZE_BYTE = 4  # of the avcC record: how many bytes tell the size of each unit
_DELIMITER = b"\x09\xf0"  # an access unit delimiter of H.264, which no image leans on


def flags_damage(context: VideoCodecContext) -> bool:
    """Whether a decoder conceals damage and flags the frame."""
    return context.codec.canonical_name in _CONCEALING


def flags_late(context: VideoCodecContext) -> bool:
    """Whether a decoder may give a frame out before it has found that it is damaged."""
    by_frame = context.thread_count != 1 and context.thread_type != ThreadType.SLICE
    return by_frame and context.codec.canonical_name in _THREADED


def late_output(
    context: VideoCodecContext, threads: int, known_delay: int | None
) -> dict[str, str]:
    """Return the options by which a decoder holds frames back until their threads have ended.

    ``known_delay`` is how many it holds back anyway, to put them in order.
    """
    if not flags_late(context) or context.codec.canonical_name != "h264":
        return {}
    delay = _USUAL_DELAY if known_delay is None else known_delay
    return {"has_b_frames": str(min(delay + threads, _MAX_DELAY))}


def delimiter_of(context: VideoCodecContext) -> Packet[VideoStream] | None:
    """Return a packet of H.264 without an image; None for another codec."""
    if context.codec.canonical_name != "h264":
        return None
    record = context.extradata or b""
    size = (record[_SIZE_BYTE] & 3) + 1 if record[:1] == b"\1" and len(record) > _SIZE_BYTE else 0
    begin = len(_DELIMITER).to_bytes(size, "big") if size else b"\0\0\0\1"
    # Not of bytes of Python's: a decoder's thread would wait for Python to let go of them, and
    # whoever rewinds the decoder waits for that thread, and lets nobody else have Python.
    packet = Packet(len(begin + _DELIMITER))
    packet.update(begin + _DELIMITER)
    return cast("Packet[VideoStream]", packet)
