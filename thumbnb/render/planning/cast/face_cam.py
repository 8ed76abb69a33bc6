"""The face cam of a cast: the portrait in a frame, in a corner of the photo of a game."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.render.layout import BADGE
from thumbnb.render.prompt.images.face_cams import face_cam_corner

if TYPE_CHECKING:
    from thumbnb.render.scene import Box


@dataclass(frozen=True, slots=True)
class FaceCam:
    """The name of an image, and where it is framed."""

    image: str
    box: Box


_WIDE, _HIGH, _MARGIN = 336.0, 226.0, 30.0


def face_cam(prompt: str, portrait: str | None, *, photos: int) -> FaceCam | None:
    """Return the face cam that a prompt wants over one photo; None if it wants none."""
    corner = face_cam_corner(prompt) if portrait and photos == 1 else None
    if corner is None or portrait is None:
        return None
    across, down = corner
    x = _MARGIN if across == "left" else 1280 - _MARGIN - _WIDE
    foot = 720 - _MARGIN if across == "left" else BADGE[1] - 8
    return FaceCam(portrait, (x, _MARGIN if down == "top" else foot - _HIGH, _WIDE, _HIGH))
