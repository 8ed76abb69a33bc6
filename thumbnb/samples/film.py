"""How the sample video is made: a short film in gradients, with sound, painted by code.

``python -m thumbnb.samples.film`` paints it anew into this folder; ``sample_video`` gives the file.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
from PIL import Image

from thumbnb.render.raster.brushes import smooth
from thumbnb.render.subjects import SUBJECTS
from thumbnb.render.type.text_mask import letter, write
from thumbnb.samples import sound
from thumbnb.samples.video import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.container import OutputContainer

logger = logging.getLogger(__name__)

SIZE = (1280, 720)
FPS = 24


@dataclass(frozen=True, slots=True)
class Caption:
    """Words shown from ``start`` to ``end`` seconds; ``y`` and ``height`` in frame heights."""

    text: str
    y: float
    height: float
    start: float
    end: float = 60.0
    tracking: float = 0.0


@dataclass(frozen=True, slots=True)
class Shot:
    """A stretch of the film, and how it comes and goes (in seconds; 0 is a hard cut)."""

    subject: str
    seconds: float
    seed: int = 0
    dissolve: float = 0.0
    fade_in: float = 0.0
    fade_out: float = 0.0
    captions: tuple[Caption, ...] = ()


FILM = (
    Shot(
        "mountains",
        5.75,
        seed=3,
        fade_in=1.4,
        captions=(
            Caption("ONE GOOD FRAME", y=0.2, height=0.1, start=1.6, end=4.8, tracking=0.22),
            Caption("a short film", y=0.3, height=0.042, start=2.2, end=4.8, tracking=0.1),
        ),
    ),
    Shot("ocean", 4.75, seed=4, dissolve=0.9),
    Shot("rocket", 5.0, seed=2),
    Shot("city", 4.0, seed=2),
    Shot("aurora", 4.75, seed=1, dissolve=0.9, fade_out=1.0),
    Shot(
        "card",
        2.5,
        fade_in=0.5,
        captions=(
            Caption("thumbnb", y=0.53, height=0.13, start=0.4),
            Caption(
                "every film has one good frame", y=0.66, height=0.042, start=0.9, tracking=0.04
            ),
        ),
    ),
)


class Take:
    """A shot made ready: its subject prepared, its words set."""

    def __init__(self, shot: Shot, before: Take | None) -> None:
        self._shot = shot
        self._before = before if shot.dissolve else None
        self._subject = SUBJECTS[shot.subject](SIZE, seed=shot.seed)
        self._words = [(c, letter(c.text, c.height * SIZE[1], c.tracking)) for c in shot.captions]

    def frame(self, t: float) -> Image.Image:
        """Paint the shot ``t`` seconds after it began. Threads may do so at once."""
        shot = self._shot
        frame = self._subject.frame(t)
        if self._before is not None and t < shot.dissolve:
            leaving = self._before.frame(self._before.seconds + t)
            frame = Image.blend(leaving, frame, smooth(t, 0, shot.dissolve))
        for caption, mask in self._words:
            strength = smooth(t, caption.start, caption.start + 0.7)
            strength *= 1 - smooth(t, caption.end - 0.7, caption.end)
            if strength:
                at = SIZE[0] / 2, caption.y * SIZE[1]
                write(frame, mask, *at, strength=strength, shade=0.4)
        bright = smooth(t, 0, shot.fade_in) if shot.fade_in else 1.0
        if shot.fade_out:
            bright *= 1 - smooth(t, shot.seconds - shot.fade_out, shot.seconds - 1 / FPS)
        return frame if bright == 1 else Image.blend(Image.new("RGB", SIZE), frame, bright)

    @property
    def seconds(self) -> float:
        """How long it runs before the next one begins."""
        return self._shot.seconds


def _script() -> Iterator[tuple[Take, float]]:
    """Go through the film frame by frame: which take, and its second."""
    take = None
    for shot in FILM:
        logger.info("Painting the sample video: %s.", shot.subject)
        take = Take(shot, take)
        for i in range(round(shot.seconds * FPS)):
            yield take, i / FPS


class _Writer:
    """The film as an MP4 file: H.264 and AAC, in step."""

    def __init__(self, out: OutputContainer) -> None:
        self._out = out
        self._count = 0
        self._video_stream = out.add_stream("libx264", rate=FPS)
        self._video_stream.width, self._video_stream.height = SIZE
        self._video_stream.pix_fmt = "yuv420p"
        # Every installation carries the film, so it is coded small.
        self._video_stream.options = {
            "preset": "veryslow",
            "tune": "animation",
            "crf": "37",
            "g": str(3 * FPS),
        }
        codec = self._video_stream.codec_context
        codec.colorspace = codec.color_primaries = codec.color_trc = 1  # BT.709
        codec.color_range = 1  # limited
        codec.thread_type = "FRAME"  # sliced threads, the default, would make us wait
        self._sound = out.add_stream("aac", rate=sound.RATE, layout="stereo")
        self._sound.bit_rate = 32_000
        self._music = sound.music(sum(shot.seconds for shot in FILM))

    def add(self, image: Image.Image) -> None:
        """Write the next frame, and at every full second the sound that goes with it."""
        i, self._count = self._count, self._count + 1
        if i % FPS == 0:
            start = i // FPS * sound.RATE
            part = np.ascontiguousarray(self._music[:, start : start + sound.RATE])
            samples = av.AudioFrame.from_ndarray(part, "fltp", "stereo")
            samples.sample_rate, samples.pts = sound.RATE, start
            samples.time_base = Fraction(1, sound.RATE)
            self._out.mux(self._sound.encode(samples))
        frame = av.VideoFrame.from_ndarray(np.asarray(image), "rgb24")
        frame = frame.reformat(format="yuv420p", dst_colorspace="ITU709")
        frame.pts, frame.time_base = i, Fraction(1, FPS)
        self._out.mux(self._video_stream.encode(frame))

    def finish(self) -> None:
        """Write what the encoders still hold."""
        self._out.mux(self._sound.encode())
        self._out.mux(self._video_stream.encode())


def make_film(path: Path) -> None:
    """Make the film into ``path``: several threads paint, this one writes."""
    painters = max(2, min(8, os.cpu_count() or 1))
    with (
        av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as out,
        ThreadPoolExecutor(painters) as pool,
    ):
        writer = _Writer(out)
        easels: deque[Future[Image.Image]] = deque()
        for take, t in _script():
            easels.append(pool.submit(take.frame, t))
            if len(easels) > 2 * painters:
                writer.add(easels.popleft().result())
        for easel in easels:
            writer.add(easel.result())
        writer.finish()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    make_film(SHIPPED)
