"""Videos whose every frame carries its own number in its pixels."""

from __future__ import annotations

import os
from bisect import bisect_right
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import av
import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.video.stream import VideoStream
    from PIL import Image

BITS = 16
WIDTH, HEIGHT = 192, 108
TICK = Fraction(1, 90_000)
_SALT = 0xB00  # so that a black or grey picture is no valid number


@dataclass(frozen=True)
class Numbered:
    """A video of numbered frames; frame ``i`` comes on screen at ``times[i]``."""

    path: Path
    times: tuple[Fraction, ...]
    end: Fraction

    @property
    def duration(self) -> float:
        return float(self.end)

    def shown(self, t: float) -> int:
        """Return the number of the frame on screen at ``t``, to half a microsecond."""
        return bisect_right(self.times, Fraction(t) + Fraction(1, 2_000_000)) - 1


def steady(count: int, fps: int = 25) -> list[Fraction]:
    return [Fraction(i, fps) for i in range(count)]


def uneven(count: int, seed: int = 5) -> list[Fraction]:
    """Times as of a screen recording: bursts of frames and long rests."""
    gaps = np.random.default_rng(seed).choice(
        [1, 2, 3, 5, 8, 40], count, p=[0.3, 0.3, 0.2, 0.1, 0.07, 0.03]
    )
    return [Fraction(int(n), 60) for n in np.cumsum(gaps) - gaps[0]]


@lru_cache(512)  # the same few hundred are in every video
def draw(number: int, width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    """Return an RGB picture with ``number`` in two rows of black and white blocks.

    Behind the blocks things move, so that frames lean on one another as in a film.
    """
    y, x = np.mgrid[0:height, 0:width]
    picture = np.stack(
        [
            128 + 60 * np.sin((x + 3 * number) / 9) * np.cos((y - number) / 7),
            128 + 60 * np.cos((x - 2 * number + y) / 11),
            128 + 60 * np.sin((y + 2 * number) / 13),
        ],
        -1,
    )
    code = number ^ _SALT | (~number & 0xF) << 12
    for bit in range(BITS):
        row, column = divmod(bit, BITS // 2)
        top, left = row * height // 2, column * width * 2 // BITS
        block = (
            slice(top + height // 12, top + height * 5 // 12),
            slice(left + width // 64, left + width * 7 // 64),
        )
        picture[block] = 235 if code >> bit & 1 else 20
    drawn = picture.astype(np.uint8)
    drawn.flags.writeable = False
    return drawn


def read(image: Image.Image) -> int:
    """Return the number in a picture drawn by :func:`draw`, at whatever size it is now."""
    grey = np.asarray(image.convert("L"), float)
    height, width = grey.shape
    code = 0
    for bit in range(BITS):
        row, column = divmod(bit, BITS // 2)
        cy, cx = int((row * 2 + 1) * height / 4), int((column + 0.5) * width * 2 / BITS)
        code |= int(grey[cy - 1 : cy + 2, cx - 1 : cx + 2].mean() > 128) << bit
    number = (code & 0xFFF) ^ _SALT
    assert code >> 12 == ~number & 0xF, f"no number in this picture (read {code:#06x})"
    return number


def need_encoder(codec: str) -> None:
    """Skip the test where this build of PyAV cannot make the video it is about."""
    if codec not in av.codecs_available:
        pytest.skip(f"this wheel of PyAV has no encoder {codec}")


@contextmanager
def usual_scheduling() -> Iterator[None]:
    """Undo what SVT-AV1 does as root: the thread that encodes becomes a real-time one, for good.

    All that the tests did after it went before every other process of the machine.
    """
    try:
        yield
    finally:
        if hasattr(os, "sched_setscheduler") and os.sched_getscheduler(0) != os.SCHED_OTHER:
            os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


@usual_scheduling()
def encode(
    path: Path,
    times: list[Fraction],
    *,
    codec: str = "libx264",
    options: dict[str, str] | None = None,
    pixels: str = "yuv420p",
    turned: int = 0,
    sample_aspect: Fraction | None = None,
    offset: Fraction = Fraction(0),
    rate: int = 25,
    tick: Fraction = TICK,
    sound: Fraction = Fraction(0),
    first: int = 0,
    container: dict[str, str] | None = None,
) -> Numbered:
    """Encode numbered frames to be shown at ``times`` (plus ``offset``, in the file).

    ``turned`` degrees counterclockwise is what a player must turn the stored
    picture by, which is stored turned the other way. ``sound`` is seconds of silence.
    ``first`` is the first frame's number, ``container`` options of the container.
    """
    need_encoder(codec)
    os.environ.setdefault("SVT_LOG", "1")  # errors only; it writes past Python's stderr
    ends = [*times[1:], times[-1] + Fraction(1, rate)]
    with av.open(str(path), "w", container_options=container) as out:
        stream = cast("VideoStream", out.add_stream(codec, rate=rate, options=options or {}))
        stream.width, stream.height = (HEIGHT, WIDTH) if turned % 180 else (WIDTH, HEIGHT)
        stream.pix_fmt = pixels
        stream.time_base = stream.codec_context.time_base = tick
        stream.codec_context.thread_count = 1
        if sample_aspect is not None:
            stream.codec_context.sample_aspect_ratio = sample_aspect
        if turned:
            stream.set_display_rotation(turned)
        voice = out.add_stream("aac", rate=48_000, layout="mono") if sound else None
        for number, (time, end) in enumerate(zip(times, ends, strict=True)):
            stored = np.rot90(draw(first + number), -turned // 90)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(stored))
            frame.pts, frame.time_base = round((time + offset) / TICK), TICK
            frame.duration = round((end - time) / TICK)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
        if voice is not None:
            for start in range(0, int(sound * 48_000), 1024):
                quiet = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
                quiet.sample_rate, quiet.pts = 48_000, start
                out.mux(voice.encode(quiet))
            out.mux(voice.encode())
    return Numbered(path, tuple(times), ends[-1])
