"""A film whose every frame is labelled: a good picture, or what is wrong with it."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

WIDTH, HEIGHT, FPS = 480, 270, 12
SHOTS, SECONDS = 5, 5
Labelled = tuple[Image.Image, str]


@cache
def shot_image(shot: int) -> Image.Image:
    """A crowded picture, larger than the frame, unlike those of the other shots; with grain."""
    rng = np.random.default_rng(shot)
    size = WIDTH + 60, HEIGHT + 40
    base = np.array(
        ((150, 90, 70), (60, 120, 170), (70, 70, 95), (190, 180, 120), (90, 150, 90))[shot]
    )
    image = Image.new("RGB", size, tuple(base.tolist()))
    draw = ImageDraw.Draw(image)
    for _ in range(160):
        x, y, r = (int(rng.integers(*s)) for s in ((0, size[0]), (0, size[1]), (5, 45)))
        colour = tuple(np.clip(base + rng.integers(-70, 70, 3), 0, 255).tolist())
        shape = draw.ellipse if rng.random() < 0.5 else draw.rectangle
        shape([x - r, y - r, x + r, y + r], fill=colour)
    grain = rng.normal(0, 3, (size[1], size[0], 1))
    return Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))


def film() -> Iterator[Labelled]:
    """Black, five moving shots with all that can spoil a frame, an end card."""
    black, white = Image.new("RGB", (WIDTH, HEIGHT)), Image.new("RGB", (WIDTH, HEIGHT), "white")
    for _ in range(FPS):
        yield black, "black"
    before = black
    for shot in range(SHOTS):
        wide = shot_image(shot)
        for i in range(SECONDS * FPS):
            t = i / (SECONDS * FPS)
            x, y = round(t * 60), round(t * 40)
            frame, label = wide.crop((x, y, x + WIDTH, y + HEIGHT)), f"good {shot}"
            if t < 0.14 and shot == 1:
                frame, label = Image.blend(before, frame, t / 0.14), "dissolve"
            elif t < 0.14 and shot:
                frame, label = Image.blend(black, frame, t / 0.14), "fade"
            elif 0.3 < t < 0.45:
                frame, label = frame.filter(ImageFilter.GaussianBlur(2.5)), "blur"
            elif 0.6 < t < 0.7:
                smear = frame.resize((WIDTH // 16, HEIGHT)).resize((WIDTH, HEIGHT))
                frame, label = smear, "motion blur"
            elif 0.83 < t < 0.9:
                frame, label = Image.blend(frame, white, 0.8), "flash"
            yield frame, label
        before = frame
    card = Image.new("RGB", (WIDTH, HEIGHT), (16, 16, 26))
    ImageDraw.Draw(card).rectangle([170, 125, 310, 142], fill="white")
    for _ in range(2 * FPS):
        yield card, "end card"


def encode(
    path: Path, frames: Iterable[Image.Image], fps: Fraction = Fraction(FPS), gop: int = 48
) -> Path:
    """Write frames as H.264."""
    with av.open(str(path), "w") as out:
        stream = None
        for i, image in enumerate(frames):
            if stream is None:
                stream = out.add_stream("libx264", rate=fps)
                stream.width, stream.height = image.size
                stream.pix_fmt = "yuv420p"
                stream.options = {
                    "g": str(gop),
                    "preset": "veryfast",
                    "crf": "20",
                    "sc_threshold": "0",
                }
            frame = av.VideoFrame.from_ndarray(np.asarray(image.convert("RGB")), "rgb24")
            frame.pts, frame.time_base = i, 1 / fps
            out.mux(stream.encode(frame))
        assert stream is not None
        out.mux(stream.encode())
    return path
