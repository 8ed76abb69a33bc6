"""How each preset looks, from afar: 32 x 18 colours of every way to show it, kept as an image.

``python -m tests.render.preset_colours`` paints them again: do so where pixels change on purpose,
and say so in the changelog.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import Image

from thumbnb import render
from thumbnb.render import sheet
from thumbnb.render.presets import PRESETS

FILE = Path(__file__).parent / "data" / "preset_colours.png"
SIZE = (640, 360)
COLOURS = (32, 18)


@cache
def drawn(preset: str, way: str, variation: int = 0) -> tuple[Image.Image, dict[str, float]]:
    """Paint a preset; returns its colours from afar, and its scores."""
    done = render.compose(sheet.brief(preset, way), variation=variation, size=SIZE)
    return done.image.convert("RGB").resize(COLOURS, Image.Resampling.BOX), done.scores


def place(preset: str, way: str) -> tuple[int, int]:
    """Where the colours of a preset are in the image: a row a preset, a column a way."""
    return sheet.WAYS.index(way) * COLOURS[0], list(PRESETS).index(preset) * COLOURS[1]


def main() -> None:
    """Paint all of them again."""
    whole = Image.new("RGB", (COLOURS[0] * len(sheet.WAYS), COLOURS[1] * len(PRESETS)))
    for preset in PRESETS:
        for way in sheet.WAYS:
            whole.paste(drawn(preset, way)[0], place(preset, way))
    whole.save(FILE, optimize=True)


if __name__ == "__main__":
    main()
