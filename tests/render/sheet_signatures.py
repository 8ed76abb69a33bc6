"""What every image of the contact sheet looks like, coarsely, on record.

    uv run python -m tests.render.sheet_signatures

writes the records again. That is right only where a change of the images is meant: then
``CHANGELOG.md`` says so, and the images were looked at (``python -m thumbnb.render.sheet``).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb import render
from thumbnb.render.presets import PRESETS
from thumbnb.render.sheet import WAYS, brief

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

RECORDS = Path(__file__).parent / "data" / "sheet_signatures.json"
SEED = 3
SIZE = (640, 360)
GRID = (8, 8)
# Two versions of Pillow or numpy may round differently: that moves a mean by a level or two.
MEAN_TOLERANCE, MAX_TOLERANCE = 2.0, 10.0


@dataclass(frozen=True)
class Sheet:
    """What the tests look at of one image of the contact sheet; `small` is 32x18."""

    signature: str
    small: Image.Image
    scores: Mapping[str, float]


@cache
def made(preset: str, way: str, variation: int = 0) -> Sheet:
    """An image of the contact sheet, composed once for all tests of a process."""
    done = render.compose(brief(preset, way), SEED, variation, SIZE)
    small = done.image.resize((32, 18), Image.Resampling.BOX)
    return Sheet(signature(done.image), small, done.scores)


def digest(preset: str, way: str) -> str:
    """The hash of every pixel, composed again."""
    image = render.compose(brief(preset, way), SEED, size=SIZE).image
    return hashlib.sha256(image.tobytes()).hexdigest()


def signature(image: Image.Image) -> str:
    """The mean colours of 8x8 parts of an image, as hexadecimal digits."""
    return image.resize(GRID, Image.Resampling.BOX).tobytes().hex()


def colours(signature: str) -> npt.NDArray[np.int16]:
    return np.frombuffer(bytes.fromhex(signature), np.uint8).astype(np.int16)


def is_same(one: str, other: str) -> bool:
    """Whether two signatures are of the same image, up to rounding."""
    apart = np.abs(colours(one) - colours(other))
    return bool(apart.mean() <= MEAN_TOLERANCE and apart.max() <= MAX_TOLERANCE)


def records() -> dict[str, str]:
    found: dict[str, str] = json.loads(RECORDS.read_text("utf-8"))
    return found


def main() -> None:
    """Write the records again."""
    found = {f"{key}-{way}": made(key, way).signature for key in PRESETS for way in WAYS}
    RECORDS.write_text(json.dumps(found, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
