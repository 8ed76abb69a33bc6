"""Mattes: which pixels belong to the person, with soft edges and clean colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from thumbnb.render.raster.filters import box_mean
from thumbnb.render.raster.opencv import load_opencv
from thumbnb.render.raster.pixels import luma, to_pixels
from thumbnb.render.vision.attachments import attachments
from thumbnb.render.vision.grab_cut import grab_cut
from thumbnb.render.vision.morphology import Mask, closed, connected_parts, largest_part, opened
from thumbnb.render.vision.outlines import outline_contrast

if TYPE_CHECKING:
    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.scene import Box

_MIN_PERSON, _MAX_PERSON = 0.06, 0.75
"""The share of a portrait that its person takes."""

_FACE_INSIDE = 0.85
_MAX_TOUCHING = 0.35
"""How much of the face is in the matte at least, how much of the upper rim at most."""

_SIDE = 384
"""People are told from the ground in an image this large: four times faster, as good."""


def _part_at(mask: Mask, x: int, y: int) -> Mask:
    numbers = connected_parts(mask)
    number = numbers[min(max(y, 0), mask.shape[0] - 1), min(max(x, 0), mask.shape[1] - 1)]
    return np.asarray(numbers == number) if number else largest_part(mask)


def without_holes(mask: Mask) -> Mask:
    """Without holes: what the outside cannot reach belongs to it. The lower edge is no way in."""
    outside = connected_parts(np.pad(~mask, ((1, 0), (1, 1)), constant_values=True))
    return np.asarray(outside[1:, 1:-1] != outside[0, 0])


def guided_filter(matte: Floats, guide: Floats, radius: int, eps: float = 4e-4) -> Floats:
    """Move the edge of a matte to the edges of the image (He's guided filter)."""
    mi, mp = box_mean(guide, radius), box_mean(matte, radius)
    cov = box_mean(guide * matte, radius) - mi * mp
    var = box_mean(guide * guide, radius) - mi * mi
    a = cov / (var + eps)
    b = mp - a * mi
    return np.clip(box_mean(a, radius) * guide + box_mean(b, radius), 0, 1)


def plain_background_matte(image: Image.Image) -> Floats | None:
    """Give the matte of what stands on an evenly lit ground; ``None`` where it is not even."""
    scale = min(1.0, _SIDE / max(image.size))
    size = (max(8, round(image.width * scale)), max(8, round(image.height * scale)))
    small = np.asarray(image.convert("RGB").resize(size, Image.Resampling.BOX), dtype=np.float32)
    h, w = small.shape[:2]
    rim = max(2, w // 40)
    edge = np.zeros((h, w), dtype=bool)
    edge[:rim] = True
    edge[: int(h * 0.45), :rim] = edge[: int(h * 0.45), -rim:] = True
    ys, xs = np.mgrid[0:h, 0:w] / max(h, w)
    # A gradient is plain too: the ground is a plane through its rim's colours.
    basis = np.stack([np.ones((h, w)), xs, ys], axis=-1)
    planes, *_ = np.linalg.lstsq(basis[edge], small[edge], rcond=None)
    away = np.sqrt(((small - basis @ planes) ** 2).sum(axis=-1))
    noise = float(np.percentile(away[edge], 90))
    if noise > 14:  # noqa: PLR2004 - a real background
        return None
    solid = away > max(18.0, noise * 3)
    solid = without_holes(closed(opened(solid, 1), 3))
    return soft_matte(largest_part(solid), image, max(3, round(0.004 * max(image.size))))


_SURE, _SURE_OF_TWO = 0.86, 0.92
"""Two guesses of where a person is must agree this much, else the outline is not sure.

Two of three guesses must agree more.
"""


def person_matte(image: Image.Image, face: Box) -> Floats | None:
    """Return the matte of the person with this face, None where its outline is not sure.

    GrabCut from two guesses of head and shoulders, a close one and a generous one, of faces that
    differ a little: where the ground looks like the person, they come to different outlines.
    """
    scale = min(1.0, _SIDE / max(image.size))
    size = (max(8, round(image.width * scale)), max(8, round(image.height * scale)))
    small = np.asarray(image.convert("RGB").resize(size, Image.Resampling.LANCZOS))
    seen = tuple(v * scale for v in face)
    close = _grab_cut(small, seen, _CLOSE)
    generous = _grab_cut(small, _smaller(seen, _UNSURE), _GENEROUS)
    if close is None or generous is None:
        return None
    # Of the head the close guess knows more, of clothes and arms the generous one; where the
    # image ends below the chest they may differ.
    chin, chest = (round(seen[1] + below * seen[3]) for below in (_CHIN, _CHEST))
    if agreement(close[:chest], generous[:chest]) < _SURE:
        middle = _grab_cut(small, _smaller(seen, _UNSURE / 2), _MIDDLE)
        if middle is None:
            return None
        # A third guess tells which of the two went astray; alone with one it must be nearly it.
        pairs = ((close, middle), (middle, generous))
        close, generous = max(pairs, key=lambda pair: agreement(pair[0][:chest], pair[1][:chest]))
        if agreement(close[:chest], generous[:chest]) < _SURE_OF_TWO:
            return None
    solid = np.concatenate([close[:chin], generous[chin:]])
    drop = attachments(solid, small, seen)
    if drop.any():
        # What they look like is known now: without them the outline is found anew.
        again = _grab_cut(small, seen, _CLOSE, never=drop)
        if again is None:
            return None
        solid = np.concatenate([again[:chin], (generous & ~drop)[chin:]])
        solid = largest_part(opened(solid & ~attachments(solid, small, seen), 2))
    if _solidity(solid[:chin]) < _LEAST_SOLID or not _is_apart(small[:chin], solid[:chin]):
        return None
    return soft_matte(solid, image, max(3, round(0.06 * face[2])))


_LEAST_SOLID = 0.88
"""A head with hair and hat fills this share of its convex hull at least."""


_APART = 30.0
"""Along half of its outline a head differs this much from what is behind it (CIELAB)."""


def _is_apart(small: npt.NDArray[np.uint8], head: Mask) -> bool:
    contrast = outline_contrast(small, head)
    return contrast.size > 0 and float(np.median(contrast)) >= _APART


def _solidity(head: Mask) -> float:
    """Return the share of its convex hull that a head fills."""
    cv2 = load_opencv()
    points = np.argwhere(head)[:, ::-1].astype(np.int32)
    if len(points) < 3:  # noqa: PLR2004 - no area
        return 0.0
    return float(head.sum() / max(1.0, cv2.contourArea(cv2.convexHull(points))))


_CHIN, _CHEST = 1.05, 2.6
"""How far below the upper edge of a face its chin and somebody's chest are, in face heights."""

_CLOSE, _MIDDLE, _GENEROUS = 1.0, 1.14, 1.28
"""How much room around head and shoulders may be the person's: hair, hats, wide clothes."""


_UNSURE = 0.02
"""How well the size of a face is known, as a share of it."""


def _smaller(face: tuple[float, ...], share: float) -> tuple[float, ...]:
    """Return a face smaller by a share, about the same middle."""
    x, y, w, h = face
    return x + w * share / 2, y + h * share / 2, w * (1 - share), h * (1 - share)


def agreement(one: Mask, other: Mask) -> float:
    """Return the share of all that either mask covers that both do (IoU)."""
    return float((one & other).sum() / max(1, (one | other).sum()))


def _grab_cut(
    small: npt.NDArray[np.uint8],
    face: tuple[float, ...],
    room: float,
    never: Mask | None = None,
) -> Mask | None:
    """Tell a person from the ground in a small image; None where that cannot be learnt.

    ``never`` is known to be ground.
    """
    cv2 = load_opencv()
    h, w = small.shape[:2]
    fx, fy, fs, _ = face
    cx, cy = fx + fs / 2, fy + fs / 2
    ys, xs = np.mgrid[0:h, 0:w]
    off = np.abs(xs - cx)

    def oval(rx: float, ry: float, up: float = 0.0) -> Mask:
        inside: Mask = ((xs - cx) / (rx * fs)) ** 2 + ((ys - cy + up * fs) / (ry * fs)) ** 2 < 1
        return inside

    shoulders = cy + 1.15 * fs
    below = ys - shoulders
    guess = np.full((h, w), cv2.GC_BGD, dtype=np.uint8)
    arms = (below > -0.6 * fs) & (off < np.minimum(1.2 * fs + below, 2.4 * fs) * room)
    guess[oval(1.0 * room, 1.35 * room, 0.1) | arms] = cv2.GC_PR_BGD
    body = (below > -0.3 * fs) & (off < np.minimum(1.2 * fs + below * 0.5, 1.9 * fs))
    guess[oval(0.72, 0.95, 0.1) | body] = cv2.GC_PR_FGD
    rim = max(3, int(0.035 * w))
    guess[: int(0.9 * h), :rim] = cv2.GC_BGD
    guess[: int(0.55 * h), -rim:] = cv2.GC_BGD
    sure = oval(0.42, 0.6) | ((ys > cy + 0.3 * fs) & (off < 0.22 * fs))
    sure |= ((ys > cy + 1.0 * fs) & (off < 0.6 * fs)) | ((below > 0.5 * fs) & (off < 0.8 * fs))
    guess[sure] = cv2.GC_FGD
    if never is not None:
        guess[never] = cv2.GC_BGD
    solid = grab_cut(small, guess, 4)
    if solid is None:
        return None
    solid |= without_holes(closed(solid, max(2, int(fs * 0.06))))
    solid = opened(solid, max(1, int(fs * 0.06)))
    return _part_at(solid, int(cx), int(cy))


def soft_matte(solid: Mask, image: Image.Image, radius: int) -> Floats:
    """Bring a small hard mask to full size, its edge on the image's edges."""
    mask = Image.fromarray((solid * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8))
    alpha = np.asarray(mask.resize(image.size, Image.Resampling.BICUBIC), dtype=np.float32) / 255
    grey = luma(to_pixels(image))
    alpha = np.clip((guided_filter(alpha, grey, radius) - 0.30) / 0.58, 0, 1)
    return np.asarray(alpha * alpha * (3 - 2 * alpha), dtype=np.float32)


def is_plausible(alpha: Floats, face: Box) -> bool:
    """Whether a matte looks like a person: not too little or much, the face inside."""
    x, y, w, h = (int(v) for v in face)
    inside = alpha[max(0, y + h // 4) : y + 3 * h // 4, max(0, x + w // 4) : x + 3 * w // 4]
    rows = alpha[: int(alpha.shape[0] * 0.6)]
    touching = float(np.concatenate([rows[:, 0], rows[:, -1], alpha[0]]).mean())
    return (
        _MIN_PERSON < float(alpha.mean()) < _MAX_PERSON
        and inside.size > 0
        and float(inside.mean()) > _FACE_INSIDE
        and touching < _MAX_TOUCHING
    )


def cut_out(image: Image.Image, alpha: Floats, face_width: float) -> Image.Image:
    """Cut out as RGBA; under the soft edge the person's own colours, not the ground's."""
    core = (alpha > 0.97).astype(np.float32)  # noqa: PLR2004
    radius = max(3, round(0.05 * face_width))
    weight = box_mean(core, radius)
    known = weight > 0.02  # noqa: PLR2004
    np.maximum(weight, 0.02, out=weight)
    levels = np.empty((*alpha.shape, 4), dtype=np.uint8)
    # One colour after the other: all three at once would take three times the memory.
    for i, band in enumerate(image.convert("RGB").split()):
        seen = np.asarray(band, dtype=np.float32)
        spread = box_mean(seen * core, radius)
        spread /= weight
        colour = np.where(known, spread, seen)
        colour += (seen - colour) * core
        levels[..., i] = np.clip(colour + 0.5, 0, 255)
    levels[..., 3] = np.clip(alpha, 0, 1) * 255 + 0.5
    return Image.fromarray(levels, "RGBA")
