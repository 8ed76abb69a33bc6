"""Letters in an image, read by an OCR program where one is installed (``thumbnb[ocr]``)."""

from __future__ import annotations

import importlib.util
import logging
from functools import cache
from typing import TYPE_CHECKING, Any

from thumbnb.render.raster.opencv import load_opencv

if TYPE_CHECKING:
    from PIL import Image

# Textures are taken for letters now and then, and rarely with confidence.
_CONFIDENT = 0.8
_MIN_LETTERS = 2
_SIDE = 1280
MAX_WORDS = 8


def can_read() -> bool:
    """Whether an OCR program is here."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime"))


def read_letters(image: Image.Image) -> tuple[str, ...]:
    """Return the words that can be read in an image; none where no program is here."""
    if not can_read():
        return ()
    import numpy as np  # noqa: PLC0415 - the service imports this file and decodes nothing itself

    small = image.convert("RGB")
    small.thumbnail((_SIDE, _SIDE))
    found = _reader()(np.asarray(small)[:, :, ::-1])
    pairs = zip(found.txts or (), found.scores or (), strict=False)
    words = [text.strip() for text, score in pairs if score >= _CONFIDENT]
    return tuple(w for w in words if sum(map(str.isalnum, w)) >= _MIN_LETTERS)[:MAX_WORDS]


@cache
def _reader() -> Any:
    load_opencv()  # it loads it, too
    from rapidocr import RapidOCR  # noqa: PLC0415 - an extra, and heavy

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error"})
