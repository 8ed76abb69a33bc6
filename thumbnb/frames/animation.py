"""Animations that FFmpeg cannot read (WebP), made into a video in memory by way of Pillow."""

from __future__ import annotations

import io
from fractions import Fraction

import av
import numpy as np
from PIL import Image, ImageSequence

from thumbnb.errors import NotAVideo

_MAX_PIXELS = 400_000_000  # of all frames together: 1.6 GB at worst
_CLOCK = Fraction(1, 1000)  # animations count in milliseconds
_SHORTEST = 20  # milliseconds; what browsers make of a duration of 0 is longer still


def is_webp(head: bytes) -> bool:
    """Whether a file that begins with ``head`` (12 bytes) is a WebP."""
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def as_video(path: str) -> io.BytesIO | None:
    """Return the frames of an animation, without loss, in a QuickTime file; None if it is still."""
    try:
        with Image.open(path) as animation:
            count = getattr(animation, "n_frames", 1)
            if count < 2:  # noqa: PLR2004
                return None
            if animation.width * animation.height * count > _MAX_PIXELS:
                raise NotAVideo("This animation is too large to be taken for a video.")
            return _encoded(animation)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _encoded(animation: Image.Image) -> io.BytesIO:
    file = io.BytesIO()
    # QuickTime says how long the last frame is shown; Matroska does not.
    with av.open(file, "w", format="mov") as out:
        stream = out.add_stream("qtrle", rate=25)
        stream.width, stream.height, stream.pix_fmt = *animation.size, "argb"
        stream.time_base = stream.codec_context.time_base = _CLOCK
        now = 0
        for picture in ImageSequence.Iterator(animation):
            pixels = np.asarray(picture.convert("RGBA"))
            frame = av.VideoFrame.from_ndarray(pixels, "rgba").reformat(format="argb")
            frame.pts, frame.time_base = now, _CLOCK
            frame.duration = max(_SHORTEST, round(picture.info.get("duration", 0)))
            now += frame.duration
            for packet in stream.encode(frame):  # one, without delay
                packet.duration = frame.duration
                out.mux(packet)
        out.mux(stream.encode())
    file.seek(0)
    return file
