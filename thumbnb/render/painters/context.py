"""The painters' context: the brief's images, and the areas that must stay clear."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from thumbnb.render.vision.faces import view_image
from thumbnb.render.vision.framing import face_in_layer

if TYPE_CHECKING:
    from PIL import Image

    from thumbnb.render.raster.stencil import Stencil
    from thumbnb.render.scene import Layer


@dataclass(slots=True)
class PaintContext:
    """``images`` by their name in the scene; ``letters`` and ``faces`` as they get painted."""

    images: dict[str, Image.Image]
    letters: list[Stencil] = field(default_factory=list)
    """The glyphs of the headline, for judging how well they read."""

    cap_height: float = 0.0
    """The least capital of the headline, as a share of the image's height."""

    faces: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Where faces are, in pixels: left, top, right, bottom."""

    objects: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Where drawn things are, in pixels: left, top, right, bottom."""

    person_light: str | None = None
    """The light on the person painted last (``#rrggbb``): their hands are in the same."""

    def saw(self, layer: Layer, scale: float) -> None:
        """Remember the face that a layer shows; ``scale`` is pixels a unit."""
        face = face_in_layer(layer, lambda name: view_image(self.images[name]))
        if face:
            x, y, w, h = (v * scale for v in face)
            self.faces.append((x, y, x + w, y + h))
