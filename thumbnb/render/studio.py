"""What painters share: the pictures of the brief, and a memory of what must stay clear."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

    from thumbnb.render.stencil import Stencil


@dataclass(slots=True)
class Studio:
    """``images`` by their name in the scene; ``letters`` and ``faces`` as they get painted."""

    images: dict[str, Image.Image]
    letters: list[Stencil] = field(default_factory=list)
    """The glyphs of the headline, for judging how well they read."""

    cap_height: float = 0.0
    """The least capital of the headline, as a share of the picture's height."""

    faces: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Where faces are, in pixels: left, top, right, bottom."""
