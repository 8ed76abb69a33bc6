"""The matte of what is in focus, where all that is behind it is blurred by the lens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb.render.raster.opencv import load_opencv
from thumbnb.render.vision.cutout import soft_matte
from thumbnb.render.vision.grab_cut import grab_cut
from thumbnb.render.vision.morphology import closed, opened

if TYPE_CHECKING:
    import numpy.typing as npt

    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.scene import Box
    from thumbnb.render.vision.morphology import Mask

_SIDE = 384
"""Focus is measured in an image this large."""

_STEEP, _CRISP, _SOFTEN = 45.0, 1.5, 2.0
"""An edge in focus is this steep, and so much steeper than the same edge blurred by so much."""

_SPECK = 14
"""Fewer pixels in focus together are noise."""

_REACH = 0.012
"""So far apart (of the longer side) edges of one thing are joined."""

_ON_EDGES, _ALL_SHARP = 0.7, 0.86
"""When an outline is sure: this share of it runs along edges in focus, this share of all edges in
focus lies inside it."""

_LEAST, _MOST = 0.08, 0.72
"""The share of a photo that what is in focus takes."""

_HOLE = 0.004
"""Smaller holes (of the image) belong to what is around them."""

_MAX_ABOVE = 0.1
"""How much of the upper rim what is in focus touches at most."""


def focus_matte(image: Image.Image, face: Box | None) -> Floats | None:
    """Return the matte of what is in focus; None where its outline is not sure.

    With a ``face`` (pixels of the image) it is whoever has it, and their arms may reach to the
    sides.
    """
    scale = min(1.0, _SIDE / max(image.size))
    size = (max(8, round(image.width * scale)), max(8, round(image.height * scale)))
    small = np.asarray(image.convert("RGB").resize(size, Image.Resampling.LANCZOS))
    sharp = _edges_in_focus(small)
    reach = max(2, round(_REACH * max(size)))
    near = closed(sharp, reach)
    main = _largest(_without_small_holes(opened(near, 1) | sharp, 1.0))
    seen = tuple(round(v * scale) for v in face) if face else None
    if not _LEAST < float(main.mean()) < _MOST or (seen and not _holds(main, seen)):
        return None
    solid = _grab_cut(small, main, sharp, reach, seen)
    if solid is None or not _is_sure(solid, sharp, seen):
        return None
    radius = 0.06 * face[2] if face else 0.006 * max(image.size)
    return soft_matte(solid, image, max(3, round(radius)))


def moved_onto(matte: Floats, face: Box) -> Box:
    """Return a face moved to a side until it is within a matte: of a profile half is beside it."""
    x, y, w, h = face
    rows = matte[max(0, int(y + h / 4)) : int(y + 3 * h / 4)].mean(axis=0)
    half = max(1, int(w / 2))
    starts = range(max(0, int(x - w / 2)), min(len(rows) - half, int(x + w)))
    inside = {start: float(rows[start : start + half].mean()) for start in starts}
    if not inside:
        return face
    fits = [start for start in starts if inside[start] > max(inside.values()) - _FITS]
    nearest = min(fits, key=lambda start: abs(start - (x + w / 4)))
    return nearest - w / 4, y, w, h


_FITS = 0.02


def _edges_in_focus(small: npt.NDArray[np.uint8]) -> Mask:
    """Return the pixels of edges that a lens was focused on."""
    cv2 = load_opencv()
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)

    def slope(field: Floats) -> Floats:
        across, down = (cv2.Sobel(field, cv2.CV_32F, *way, ksize=3) for way in ((1, 0), (0, 1)))
        return np.asarray(np.hypot(across, down))

    fine, soft = slope(grey), slope(cv2.GaussianBlur(grey, (0, 0), _SOFTEN))
    sharp = (fine > _STEEP) & (fine > _CRISP * (soft + 6))
    numbers = _parts(cv2.dilate(sharp.astype(np.uint8), np.ones((2, 2))) > 0)
    kept = np.bincount(numbers.ravel()) >= _SPECK
    kept[0] = False
    return np.asarray(kept[numbers] & sharp)


def _without_small_holes(mask: Mask, most: float) -> Mask:
    """Return a mask with those of its holes filled that are no larger than this share of all."""
    numbers = _parts(~np.pad(mask, ((1, 0), (1, 1))))
    counts = np.bincount(numbers.ravel())
    small = counts <= most * mask.size
    small[numbers[0, 0]] = small[0] = False
    return np.asarray(mask | small[numbers][1:, 1:-1])


def _parts(mask: Mask) -> npt.NDArray[np.int32]:
    """Give a number, from 1, to each connected part of a mask; 0 is outside."""
    numbers = load_opencv().connectedComponents(mask.astype(np.uint8), connectivity=4)[1]
    return np.asarray(numbers, dtype=np.int32)


def _largest(mask: Mask) -> Mask:
    """Return the largest connected part of a mask."""
    numbers = _parts(mask)
    counts = np.bincount(numbers.ravel())
    counts[0] = 0
    return np.asarray((numbers == int(counts.argmax())) & mask)


def _holds(mask: Mask, face: tuple[int, ...]) -> bool:
    """Whether a face is within a mask."""
    x, y, w, h = face
    part = mask[max(0, y + h // 4) : y + 3 * h // 4, max(0, x + w // 4) : x + 3 * w // 4]
    return part.size > 0 and float(part.mean()) > 0.5  # noqa: PLR2004 - most of it


def _grab_cut(
    small: npt.NDArray[np.uint8],
    main: Mask,
    sharp: Mask,
    reach: int,
    face: tuple[int, ...] | None,
) -> Mask | None:
    """Tell what is in focus from what is not by the colours of both."""
    cv2 = load_opencv()
    guess = np.full(main.shape, cv2.GC_PR_BGD, dtype=np.uint8)
    around = cv2.dilate(main.astype(np.uint8), np.ones((2 * reach + 1,) * 2)) > 0
    below = np.logical_or.accumulate(main, axis=0)
    shoulders = round(face[1] + _SHOULDERS * face[3]) if face else 0
    if face:
        # Plain sleeves have no edges in focus within them, and go on to the sides.
        below[shoulders:] = True
    guess[~around & ~below] = cv2.GC_BGD
    guess[main] = cv2.GC_PR_FGD
    guess[sharp & main] = cv2.GC_FGD
    solid = grab_cut(small, guess, 5)
    if solid is None or not solid.any():
        return None
    between = _seen_between(small, solid, sharp, reach, shoulders) if face else None
    if between is not None and between.any():
        guess = np.where(solid, cv2.GC_PR_FGD, cv2.GC_BGD).astype(np.uint8)
        guess[sharp & main] = cv2.GC_FGD
        guess[between] = cv2.GC_BGD
        again = grab_cut(small, guess, 2)
        solid = solid & ~between if again is None else again
    solid = _largest(opened(closed(solid, 2), 3))
    return _without_small_holes(solid, _HOLE)


def _seen_between(
    small: npt.NDArray[np.uint8], solid: Mask, sharp: Mask, reach: int, shoulders: int
) -> Mask:
    """Return what of a mask is far from edges in focus and has not the colours of clothes.

    It is seen between an arm and the body.
    """
    cv2 = load_opencv()
    lab = cv2.cvtColor(np.ascontiguousarray(small), cv2.COLOR_RGB2LAB)
    levels = tuple(
        np.clip(
            (lab[..., i].astype(int) - 64 * (i > 0)) * (1 + (i > 0)) * _BINS // 256, 0, _BINS - 1
        )
        for i in range(3)
    )

    def share(mask: Mask) -> Floats:
        """Return how usual the colour of each pixel is in a mask."""
        found = np.zeros((_BINS,) * 3, np.float32)
        np.add.at(found, tuple(each[mask] for each in levels), 1.0)
        return np.asarray((found / max(1, int(mask.sum())))[levels])

    head = np.zeros_like(solid)
    head[:shoulders] = True
    behind = ~(cv2.dilate(solid.astype(np.uint8), np.ones((2 * reach + 1,) * 2)) > 0)
    close = cv2.dilate(sharp.astype(np.uint8), np.ones((2 * reach + 1,) * 2)) > 0
    clothes = solid & ~head & close
    if not behind.any() or not clothes.any():
        return np.zeros_like(solid)
    likely = np.log((share(clothes) + _RARE) / (share(behind) + _RARE)).astype(np.float32)
    unlike = solid & ~head & ~close & (cv2.GaussianBlur(likely, (0, 0), 2) < _UNLIKE)
    numbers = _parts(opened(unlike, 2))
    large = np.bincount(numbers.ravel()) > _HOLE * solid.size
    large[0] = False
    return np.asarray(large[numbers])


_BINS, _RARE, _UNLIKE = 24, 3e-4, 0.5
"""Colours are counted in so many steps; of what share a colour is rare; how much likelier (log)
the colours of clothes are in clothes than behind them."""

_SHOULDERS = 0.4
"""How far below the upper edge of a face shoulders begin, in face heights."""


def _is_sure(solid: Mask, sharp: Mask, face: tuple[int, ...] | None) -> bool:
    """Whether an outline runs along edges in focus, and leaves few of them outside."""
    cv2 = load_opencv()
    if float(solid[0].mean()) > _MAX_ABOVE:
        return False
    rows = round(face[1] + _CHIN * face[3]) if face else solid.shape[0]
    body = solid.astype(np.uint8)
    outline = (body - cv2.erode(body, np.ones((3, 3))) > 0)[:rows]
    outline[:, [0, -1]] = False
    if not outline.any():
        return False
    edges = cv2.dilate(sharp.astype(np.uint8), np.ones((7, 7)))[:rows] > 0
    inside = float((sharp & (cv2.dilate(body, np.ones((5, 5))) > 0)).sum() / max(1, sharp.sum()))
    return float(edges[outline].mean()) > _ON_EDGES and inside > _ALL_SHARP


_CHIN = 1.05
