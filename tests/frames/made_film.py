"""Films of shots with known cuts, dissolves, wipes and fades, and with what is none of these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH, HEIGHT, FPS = 320, 180, 25
ROOM = 120  # pixels to move within
SKETCH = 32, 18

CUT, DISSOLVE, WIPE, FADE = "cut", "dissolve", "wipe", "fade"
STILL, PAN, FAST_PAN, ZOOM, FLASH, RUNNER, SHAKE = (
    "still", "pan", "fast pan", "zoom", "flash", "runner", "shake",
)  # fmt: skip
MOTIONS = (STILL, PAN, FAST_PAN, ZOOM, FLASH, RUNNER, SHAKE)


@dataclass(frozen=True)
class MadeFilm:
    """Pictures of 320x180, 25 a second, and the frames with which shots begin (middles)."""

    pictures: list[np.ndarray]
    begins: list[int]
    kinds: list[str]


def scenery(rng: np.random.Generator) -> Image.Image:
    """A picture of ground, sky and things, larger than the frame."""
    size = WIDTH + ROOM, HEIGHT + ROOM
    low, high = rng.integers(10, 245, (2, 3))
    ramp = np.linspace(0, 1, size[1])[:, None, None]
    image = Image.fromarray(
        np.broadcast_to(low + (high - low) * ramp, (size[1], size[0], 3)).astype(np.uint8)
    )
    draw = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(20, 90))):
        x, y, r = (int(rng.integers(*s)) for s in ((0, size[0]), (0, size[1]), (6, 60)))
        colour = tuple(int(c) for c in rng.integers(0, 256, 3))
        shape = draw.ellipse if rng.random() < 0.5 else draw.rectangle
        shape([x - r, y - r, x + r, y + int(r * rng.uniform(0.4, 1.4))], fill=colour)
    return image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0, 1.5))))


def shot(rng: np.random.Generator, motion: str, count: int) -> list[np.ndarray]:
    """``count`` pictures of one place."""
    wide = scenery(rng)
    runner = tuple(int(c) for c in rng.integers(0, 256, 3))
    flash = int(rng.integers(count // 3, 2 * count // 3))
    pictures = []
    for i in range(count):
        t = i / max(1, count - 1)
        x, y, width = ROOM / 2, ROOM / 2, float(WIDTH)
        if motion == PAN:
            x = t * ROOM
        elif motion == FAST_PAN:  # there and back, in half a second each
            x = ROOM * abs((i / 12) % 2 - 1)
        elif motion == ZOOM:
            width = WIDTH + ROOM * (1 - t) * 0.9
            x = y = (WIDTH + ROOM - width) / 2
        elif motion == SHAKE:
            x, y = ROOM / 2 + rng.normal(0, 3), ROOM / 2 + rng.normal(0, 3)
        height = width * HEIGHT / WIDTH
        y = min(y, HEIGHT + ROOM - height)
        frame = wide.resize(
            (WIDTH, HEIGHT), Image.Resampling.BILINEAR, (x, y, x + width, y + height)
        )
        if motion == RUNNER:
            left = int(-60 + t * (WIDTH + 60))
            ImageDraw.Draw(frame).rectangle([left, 40, left + 60, 170], fill=runner)
        picture = np.asarray(frame).astype(np.float32)
        if motion == FLASH and flash <= i < flash + 3:
            picture = picture * 0.15 + 255 * 0.85
        pictures.append(picture + rng.normal(0, 2.5, (HEIGHT, WIDTH, 1)))
    return pictures


def film(seed: int, shots: int = 9) -> MadeFilm:
    """A film of ``shots`` shots, with transitions and motions that ``seed`` chooses."""
    rng = np.random.default_rng(seed)
    pictures: list[np.ndarray] = []
    begins, kinds = [], []
    before = ""
    for number in range(shots):
        count = int(rng.integers(38, 90))
        motion = str(rng.choice(MOTIONS))
        new = shot(rng, motion, count)
        if number:
            kind = str(rng.choice([CUT, CUT, DISSOLVE, WIPE, FADE]))
            if kind in (DISSOLVE, WIPE) and {motion, before} & {FAST_PAN, SHAKE}:
                kind = CUT  # nobody could say where such a one is
            length = 0 if kind == CUT else int(rng.integers(8, 26))
            begins.append(len(pictures) if kind in (CUT, FADE) else len(pictures) - length // 2)
            kinds.append(kind)
            if kind == FADE:
                half = length // 2
                for i in range(half):
                    pictures[len(pictures) - half + i] = pictures[len(pictures) - half + i] * (
                        1 - (i + 1) / half
                    )
                    new[i] = new[i] * (i / half)
            elif length:
                joined = _joined(pictures[-length:], new[:length], kind, rng)
                pictures[-length:], new = joined, new[length:]
        pictures += new
        before = motion
    return MadeFilm([p.clip(0, 255).astype(np.uint8) for p in pictures], begins, kinds)


def _joined(
    before: list[np.ndarray], after: list[np.ndarray], kind: str, rng: np.random.Generator
) -> list[np.ndarray]:
    made = []
    downward = rng.random() < 0.5
    for i, (a, b) in enumerate(zip(before, after, strict=True)):
        share = (i + 1) / (len(before) + 1)
        if kind == DISSOLVE:
            made.append(a * (1 - share) + b * share)
            continue
        picture = a.copy()
        if downward:
            edge = round(share * HEIGHT)
            picture[:edge] = b[:edge]
        else:
            edge = round(share * WIDTH)
            picture[:, :edge] = b[:, :edge]
        made.append(picture)
    return made


def sketches(made: MadeFilm, size: tuple[int, int]) -> Iterator[np.ndarray]:
    """The pictures in small."""
    for picture in made.pictures:
        yield np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BOX))


def matched(found: list[int], begins: list[int], within: int = 2) -> tuple[int, int, int]:
    """Return how many of ``found`` are right, how many are false, how many ``begins`` missed."""
    left = list(begins)
    right = 0
    for mark in found:
        near = [b for b in left if abs(b - mark) <= within]
        if near:
            left.remove(min(near, key=lambda b: abs(b - mark)))
            right += 1
    return right, len(found) - right, len(left)
