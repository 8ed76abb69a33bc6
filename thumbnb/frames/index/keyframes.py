"""Packet headers: whether a packet is a keyframe, for files that mark none; its size.

Sources: ITU-T H.264 7.3.1, H.265 7.3.1, ISO/IEC 14496-2 and 13818-2, RFC 6386 and the
bitstream specifications of VP9 and AV1.
"""

# ruff: noqa: PLR2004 (bit positions and type numbers of the specifications)

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_START = b"\0\0\1"


def is_key(codec: str, extradata: bytes, data: bytes) -> bool:
    """Whether decoding can begin at the packet ``data`` of a stream of ``codec``."""
    test = _TESTS.get(codec)
    return test is not None and test(extradata, data)


def can_tell_keys(codec: str) -> bool:
    """Whether :func:`is_key` knows the packets of ``codec``."""
    return codec in _TESTS


def mpeg2_size(data: bytes) -> tuple[int, int] | None:
    """Return the width and height that a packet of MPEG-1 or 2 states; None if it states none."""
    at = data.find(b"\0\0\1\xb3", 0, 256) + 4
    if at < 4 or len(data) < at + 3:
        return None
    both = int.from_bytes(data[at : at + 3], "big")
    return both >> 12, both & 0xFFF


def _units(data: bytes, width: int) -> Iterator[bytes]:
    """Yield the first bytes of each NAL unit; ``width`` is that of lengths, 0 for start codes."""
    at = 0
    if width:
        while at + width < len(data):
            size = int.from_bytes(data[at : at + width], "big")
            yield data[at + width : at + width + 8]
            at += width + size
    else:
        while (at := data.find(_START, at) + 3) > 2:
            yield data[at : at + 8]


def _h264(extradata: bytes, data: bytes) -> bool:
    width = (extradata[4] & 3) + 1 if extradata[:1] == b"\1" and len(extradata) > 4 else 0
    # An IDR picture, or a supplement that says: recovery point.
    return any(
        u and (u[0] & 31 == 5 or (u[0] & 31 == 6 and u[1:2] == b"\6")) for u in _units(data, width)
    )


def _hevc(extradata: bytes, data: bytes) -> bool:
    width = (extradata[21] & 3) + 1 if extradata[:1] == b"\1" and len(extradata) > 21 else 0
    return any(u and 16 <= u[0] >> 1 & 63 <= 21 for u in _units(data, width))


def _mpeg4(_: bytes, data: bytes) -> bool:
    at = data.find(b"\0\0\1\xb6")
    return at >= 0 and data[at + 4 : at + 5] != b"" and data[at + 4] >> 6 == 0


def _mpeg2(_: bytes, data: bytes) -> bool:
    at = data.find(b"\0\0\1\0")
    return at >= 0 and len(data) > at + 5 and data[at + 5] >> 3 & 7 == 1


def _vp8(_: bytes, data: bytes) -> bool:
    return data[0] & 1 == 0


def _vp9(_: bytes, data: bytes) -> bool:
    reserved = data[0] >> 4 & 3 == 3  # of profile 3
    existing, inter = (2, 1) if reserved else (3, 2)
    return data[0] >> 6 == 2 and not data[0] >> existing & 1 and not data[0] >> inter & 1


def _av1(_: bytes, data: bytes) -> bool:
    # Only before a keyframe does a sequence header stand, after the delimiter if there is one.
    at = 2 if data[:2] == b"\x12\0" else 0
    return len(data) > at and data[at] >> 3 & 15 == 1


_TESTS: dict[str, Callable[[bytes, bytes], bool]] = {
    "h264": _h264,
    "hevc": _hevc,
    "mpeg4": _mpeg4,
    "mpeg1video": _mpeg2,
    "mpeg2video": _mpeg2,
    "vp8": _vp8,
    "vp9": _vp9,
    "av1": _av1,
}
