"""Places that things stand in: a drawing each, in the light of the hour, a little out of focus."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PIL import Image, ImageFilter

from thumbnb.render.colour.mixing import Palette
from thumbnb.render.objects.raster import can_draw, rasterise
from thumbnb.render.place_files import place_files
from thumbnb.render.subjects.place_svg import SHEET, fill_in
from thumbnb.render.subjects.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thumbnb.render.place_files import PlaceFile

_SMALLEST, _LARGEST = 64, 1600
"""So many pixels wide a place is drawn: it is soft, so that more can be scaled up."""

_BLUR = 0.0022
"""How far out of focus a place is, in heights: what stands in it is to stand out."""

_NEARER = (1.04, 1.09, 1.14)
"""How much larger than the frame it is drawn: variations look at another part of it."""


_ROOM_LIGHT = (
    ((0.22, 0.10), (255, 255, 255), (0.80, 0.0), 0.18),
    ((0.40, 0.36), (10, 6, 24), (0.42, 0.86), 0.32),
)
"""All places are lit from the upper left, and shaded at the lower right: a point (shares of the
image), a colour, from where to where it grows, how strong it is there."""


class Place(Subject):
    """A place drawn as data, ``places/KIND/NAME.svg``; without resvg the subject ``near`` it."""

    svg: ClassVar[str] = ""
    indoors: ClassVar[bool] = False
    weather: ClassVar[bool] = True
    near: ClassVar[str] = ""
    """The painted subject that is most like it, by its name."""
    stand_in: ClassVar[type[Subject]]
    """The class of that subject."""

    def prepare(self) -> None:
        """Draw the place, and take the part of it that fills the frame."""
        step = int(self.rng.integers(0, 997))
        self._image = self._drawn(step) if can_draw() else self._painted(step)

    def _painted(self, seed: int) -> Image.Image:
        palette = None if self.palette == self.light else self.palette
        near = self.stand_in(self.size, palette=palette, seed=seed)
        return near.frame(sum(near.shows) / 2)

    def _drawn(self, step: int) -> Image.Image:
        scale = max(self.w / SHEET[0], self.h / SHEET[1])
        wide = min(max(round(SHEET[0] * scale), _SMALLEST), _LARGEST)
        image = _raster(type(self), self.palette, wide)
        shrunk = image.width / (SHEET[0] * scale) / _NEARER[step % len(_NEARER)]
        across, down = self.w * shrunk, self.h * shrunk
        left = (image.width - across) * (step // len(_NEARER) % 5) / 4
        # The floor stays in the frame: more is cut off above than below.
        top = max(0.0, image.height - down) * 0.75
        box = (left, top, min(left + across, image.width), min(top + down, image.height))
        return image.resize(self.size, Image.Resampling.BICUBIC, box)

    def frame(self, t: float) -> Image.Image:  # noqa: ARG002 - it holds still
        """Give the image."""
        return self._image.copy()


@lru_cache(maxsize=4)
def _raster(place: type[Place], palette: Palette, wide: int) -> Image.Image:
    """Draw a place ``wide`` pixels wide, RGB. Kept: variations ask for the same again."""
    high = round(wide * SHEET[1] / SHEET[0])
    svg = fill_in(place.svg, place.light, palette, indoors=place.indoors)
    image = rasterise(svg, wide, high).convert("RGB")
    image = image.filter(ImageFilter.GaussianBlur(high * _BLUR))
    for (x, y), colour, (inner, outer), strength in _ROOM_LIGHT:
        down, across = np.mgrid[0:36, 0:64] / np.array([36.0, 64.0]).reshape(2, 1, 1)
        far = (np.hypot(across - x, down - y) - inner) / (outer - inner)
        mask = Image.fromarray(np.uint8(255 * strength * np.clip(far, 0, 1)))
        image.paste(colour, mask=mask.resize(image.size, Image.Resampling.BICUBIC))
    return image


def place_classes(painted: Mapping[str, type[Subject]]) -> dict[str, type[Subject]]:
    """Make a subject of each file in ``places``, by its name; ``painted`` stand in for them."""
    return {name: _place(file, painted) for name, file in place_files().items()}


def _place(file: PlaceFile, painted: Mapping[str, type[Subject]]) -> type[Place]:
    members = {
        "__doc__": f"The place of {file.name}.",
        "svg": file.svg,
        "light": Palette.of(file.sky, file.light, file.land, file.accent),
        "near": file.near,
        "stand_in": painted[file.near],
        "indoors": file.indoors,
        "weather": file.weather,
        "hours": file.hours,
    }
    return type(file.name, (Place,), members)
