"""A face cam: the small image of a player in a corner of a game, as a prompt wants it."""

from __future__ import annotations

import re
from typing import Literal

from thumbnb.text import image_tokens

Corner = tuple[Literal["left", "right"], Literal["top", "bottom"]]

_CAM = re.compile(
    r"\b(?:my\s+|a\s+|the\s+)?(?:face[\s-]?cam(?:era)?|web\s?cam(?:\s+(?:frame|window|overlay|box))?|"
    r"reaction\s+cam|streamer\s+cam)\b",
    re.IGNORECASE,
)
_CORNER = re.compile(
    r"\b(?P<down>top|upper|bottom|lower)[\s-]+(?P<across>left|right)|"
    r"\b(?P<side>left|right)\s+(?:corner|side)",
    re.IGNORECASE,
)


def face_cam_corner(prompt: str) -> Corner | None:
    """Return the corner that a prompt wants a face cam in, over a photo; None if it wants none."""
    if not (image_tokens.numbers(prompt) and _CAM.search(prompt)):
        return None
    said = _CORNER.search(prompt)
    across = (said["across"] or said["side"]).casefold() if said else "left"
    down = (said["down"] or "").casefold() if said else ""
    return "right" if across == "right" else "left", "top" if down in {"top", "upper"} else "bottom"


def blank_face_cams(text: str) -> str:
    """Return a text with spaces in place of its face cams, which are no cameras."""
    if face_cam_corner(text) is None:
        return text
    return _CAM.sub(lambda said: " " * len(said[0]), text)
