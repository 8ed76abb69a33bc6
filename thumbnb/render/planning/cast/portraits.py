"""Which of several portraits is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.vision import faces

if TYPE_CHECKING:
    from PIL import Image

    from thumbnb.render.brief import Brief


def chosen_portrait(brief: Brief, turn: int) -> str | None:
    """Choose a portrait: those that can be cut out come first."""
    if not brief.portraits:
        return None

    def whole(image: Image.Image) -> bool:
        sight = faces.find_person(image)
        return sight.cut is None or sight.face is None

    order = sorted(range(len(brief.portraits)), key=lambda i: whole(brief.portraits[i]))
    return f"portrait{order[turn % len(order)] + 1}"


def has_person(image: Image.Image) -> bool:
    """Whether somebody in an image can be kept sharp when the rest is blurred."""
    return faces.find_face(image) is not None and faces.find_person(image).cut is not None
