"""A description of an image by what can be measured in it: its colours, its light, a face."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import ImageStat

from thumbnb.service.media.open_image import load

if TYPE_CHECKING:
    from PIL import Image

    from thumbnb.service.jobs.task_control import TaskControl

# Hues of OKLCH in degrees, and what people call them.
_HUES = {
    "red": 27,
    "orange": 55,
    "yellow": 95,
    "green": 145,
    "teal": 195,
    "blue": 255,
    "purple": 300,
    "pink": 350,
}
# Below this chroma a colour has no name of its own; below and above these
# lightnesses it is black or white.
_GREY = 0.04
_BLACK, _WHITE = 0.3, 0.88
# The mean and the spread of brightness (of 255) from which on an image is said
# to be bright, or rich in contrast.
_DARK, _BRIGHT = 85, 165
_FLAT, _HARD = 40, 70
# A face is in the middle if it is so near to it (of the width).
_MIDDLE = 1 / 6


# What a worker process loads before its memory is limited.
PRELOADED = ("thumbnb.render.colour.style_reference",)


def describe_image_file(_: TaskControl, /, *, path: str, prompt: str | None) -> str:
    """Return a prompt for an image like the stored one at ``path``; run by a worker process."""
    return describe_image(load(Path(path)), prompt)


def describe_image(image: Image.Image, prompt: str | None = None) -> str:
    """Write a prompt for an image like this one; ``prompt`` is what it was made from, if known.

    Nothing is guessed: what cannot be measured is not said.
    """
    from thumbnb.render.vision.faces import find_face  # noqa: PLC0415 - numpy, when first used

    image = image.convert("RGB")
    grey = ImageStat.Stat(image.convert("L").resize((160, 90)))
    light = _word(grey.mean[0], (_DARK, "dark"), (_BRIGHT, "bright"), "evenly lit")
    contrast = _word(grey.stddev[0], (_FLAT, "soft"), (_HARD, "high"), "moderate")
    colours = " and ".join(_colours(image))
    description = f"{light} image in {colours}, {contrast} contrast"
    box = find_face(image)
    if box is not None:
        offset = (box[0] + box[2] / 2) / image.width - 0.5
        where = _word(offset, (-_MIDDLE, "on the left"), (_MIDDLE, "on the right"), "in the middle")
        description += f", a face {where}"
    return f"{prompt.strip().rstrip('.,;')}, {description}" if prompt else description.capitalize()


def _word(value: float, low: tuple[float, str], high: tuple[float, str], between: str) -> str:
    if value < low[0]:
        return low[1]
    return high[1] if value > high[0] else between


def _colours(image: Image.Image) -> list[str]:
    """Name the two colours there is most of."""
    from thumbnb.render.colour.style_reference import palette_of  # noqa: PLC0415 - numpy, when first used

    names = [_name(colour) for colour in palette_of(image)]
    return list(dict.fromkeys(names))[:2]


def _name(colour: str) -> str:
    from thumbnb.render.colour.mixing import rgb, to_lch  # noqa: PLC0415 - numpy, when first used

    lightness, chroma, hue = to_lch(rgb(colour))
    if chroma < _GREY:
        return _word(lightness, (_BLACK, "black"), (_WHITE, "white"), "grey")
    return min(_HUES, key=lambda name: abs((_HUES[name] - hue + 180) % 360 - 180))
