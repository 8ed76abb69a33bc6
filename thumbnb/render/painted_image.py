"""An image that an engine painted, as a part of a brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

NAME = "painted"
"""What the image is called in a scene."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintedImage:
    """What an engine painted for a brief.

    ``used`` are the images of the brief that it worked from, by their names: these are in
    its image, so they are not shown a second time. ``layout`` is the one the image was
    asked to leave room for. ``letters`` are words that were read in it, which nobody asked for;
    ``price`` says what the image has cost.
    """

    image: Image.Image
    engine: str
    used: tuple[str, ...] = ()
    layout: str | None = None
    letters: tuple[str, ...] = ()
    price: str = ""
