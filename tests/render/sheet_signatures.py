"""What every image of the contact sheet looks like, coarsely, on record.

    uv run python -m tests.render.sheet_signatures

writes the records again. That is right only where a change of the images is meant: then
``CHANGELOG.md`` says so, and the images were looked at (``python -m thumbnb.render.sheet``).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb import render
from thumbnb.render.presets import PRESETS
from thumbnb.render.sheet import WAYS, brief

if TYPE_CHECKING:
    import numpy.typing as npt

RECORDS = Path(__file__).parent / "data" / "sheet_signatures.json"
SEED = 3
SIZE = (640, 360)
GRID = (8, 8)
# Two versions of Pillow or numpy may round differently: that moves a mean by a level or two.
MEAN_TOLERANCE, MAX_TOLERANCE = 2.0, 10.0


def image_of(preset: str, way: str) -> Image.Image:
    return render.compose(brief(preset, way), SEED, size=SIZE).image


def digest(preset: str, way: str) -> str:
    """The hash of every pixel."""
    return hashlib.sha256(image_of(preset, way).tobytes()).hexdigest()


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
    made = {f"{key}-{way}": signature(image_of(key, way)) for key in PRESETS for way in WAYS}
    RECORDS.write_text(json.dumps(made, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
