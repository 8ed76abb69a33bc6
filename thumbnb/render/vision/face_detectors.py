"""The detectors of faces: OpenCV's cascades, or scikit-image's where OpenCV has none."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb.render.raster.opencv import has_opencv, load_opencv

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thumbnb.render.scene import Box

HAS_OPENCV = has_opencv()
_HAS_SCIKIT_IMAGE = find_spec("skimage") is not None


@dataclass(frozen=True, slots=True)
class _Found:
    """What a detector takes for a face, how ``sure`` it is, how much skin there is at least."""

    box: Box
    sure: float
    least_skin: float


def can_find_faces() -> bool:
    """Whether there is a detector of faces here."""
    return not missing_detector()


def missing_detector() -> str:
    """Return why no faces can be found here, and what to do; empty if they can.

    OpenCV 5 has no face cascades any more. Its ``FaceDetectorYN`` takes a model file that no
    wheel ships.
    """
    if _HAS_SCIKIT_IMAGE or has_cascades():
        return ""
    if not HAS_OPENCV:
        return "It takes OpenCV to find faces: pip install 'thumbnb[vision]'."
    version = load_opencv().__version__
    return (
        f"OpenCV {version} finds no faces: since version 5 it comes without face cascades, "
        "and its FaceDetectorYN without a model. pip install scikit-image, which has one, or "
        "uninstall OpenCV and pip install --force-reinstall 'opencv-python-headless<5'."
    )


def has_cascades() -> bool:
    """Whether OpenCV is here, with cascades for faces: not as of its version 5."""
    cv2 = load_opencv() if HAS_OPENCV else None
    return hasattr(cv2, "CascadeClassifier") and any(
        _cascade_file(name).exists() for name, _, _ in _CASCADES
    )


def main_face(image: Image.Image) -> Box | None:
    """Find the main face of an RGB image: x, y, width, height; ``None`` where none is sure.

    The detectors are tried in turn. What is not in the colours of skin is a wheel or a window.
    """
    coloured = _is_coloured(image)
    for found in _detections(image):
        best: tuple[float, Box] | None = None
        for each in found:
            x, y, w, h = each.box
            skin = _skin(image.crop((int(x), int(y), int(x + w), int(y + h)))) if coloured else 0.6
            score = each.sure * (0.2 + skin) * w**0.5
            if skin > each.least_skin and (best is None or score > best[0]):
                best = score, each.box
        if best:
            return best[1]
    return None


def _detections(image: Image.Image) -> Iterator[list[_Found]]:
    """Give what each detector finds, the better one first."""
    least = max(24, min(image.size) // 12)
    if has_cascades():
        yield from _by_opencv(image, least)
    elif _HAS_SCIKIT_IMAGE:
        yield _by_scikit_image(image, least)


_CASCADES = (("frontalface_alt2", 50.0, 0.22), ("frontalface_default", 4.5, 0.5))
"""Detectors that OpenCV's wheels ship, the better one first: from which weight each is sure, and
the share of a face that is in the colours of skin at least."""


def _by_opencv(image: Image.Image, least: int) -> Iterator[list[_Found]]:
    cv2 = load_opencv()
    grey = cv2.equalizeHist(np.asarray(image.convert("L")))
    for name, sure, least_skin in _CASCADES:
        file = _cascade_file(name)
        if not file.exists():
            continue
        boxes, _, weights = cv2.CascadeClassifier(str(file)).detectMultiScale3(
            grey, 1.08, 4, minSize=(least, least), outputRejectLevels=True
        )
        yield [
            _Found((float(x), float(y), float(w), float(h)), float(weight) - sure, least_skin)
            for (x, y, w, h), weight in zip(boxes, np.ravel(weights), strict=True)
            if weight > sure
        ]


def _cascade_file(name: str) -> Path:
    return Path(load_opencv().__file__).parent / "data" / f"haarcascade_{name}.xml"


_SIDE = 320
"""scikit-image looks for faces in an image this large: in a larger one it takes long."""

_NEIGHBOURS, _LEAST_SKIN = 4, 0.5
"""So many boxes lie about a face at least; more skin is asked for, as it is less sure."""


def _by_scikit_image(image: Image.Image, least: int) -> list[_Found]:
    from skimage.data import (  # noqa: PLC0415 - slow to load, and seldom used
        lbp_frontal_face_cascade_filename,
    )
    from skimage.feature import Cascade  # noqa: PLC0415

    scale = min(1.0, _SIDE / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    small = np.asarray(image.resize(size, Image.Resampling.BILINEAR))
    smallest = max(24, round(least * scale))
    if min(size) <= smallest:
        return []
    file = lbp_frontal_face_cascade_filename()  # type: ignore[no-untyped-call]
    found = Cascade(file).detect_multi_scale(
        img=small,
        scale_factor=1.15,
        step_ratio=1,
        min_size=(smallest, smallest),
        max_size=(min(size), min(size)),
        min_neighbor_number=_NEIGHBOURS,
    )
    return [
        _Found(
            (one["c"] / scale, one["r"] / scale, one["width"] / scale, one["height"] / scale),
            1.0,
            _LEAST_SKIN,
        )
        for one in found
    ]


_MIN_CHROMA = 6.0


def _is_coloured(image: Image.Image) -> bool:
    """Whether an image has colours by which skin can be told."""
    ycc = np.asarray(image.convert("YCbCr"), dtype=np.int16)
    return float(np.abs(ycc[..., 1:] - 128).mean()) > _MIN_CHROMA


def _skin(patch: Image.Image) -> float:
    """Give the share of an image in the colours of skin, of whatever shade."""
    ycc = np.asarray(patch.convert("YCbCr"), dtype=np.int16)
    cb, cr = ycc[..., 1], ycc[..., 2]
    return float(((cb > 77) & (cb < 127) & (cr > 133) & (cr < 177)).mean())  # noqa: PLR2004
