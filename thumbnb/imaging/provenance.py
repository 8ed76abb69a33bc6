"""What an image file says of how it was made: JSON in its EXIF comment, or in a PNG's text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY = "thumbnb"
_EXIF, _COMMENT = 0x8769, 0x9286  # the tags of the sub-directory and of UserComment
_UTF8 = b"UNICODE\x00"


def provenance_options(format: str, made_of: Mapping[str, Any]) -> dict[str, Any]:  # noqa: A002
    """Return what Pillow's ``save`` is told so that a file of ``format`` says ``made_of``."""
    note = json.dumps({_KEY: made_of}, default=str, ensure_ascii=True, separators=(",", ":"))
    if format == "PNG":
        info = PngInfo()
        info.add_itxt(_KEY, note)
        return {"pnginfo": info}
    exif = Image.Exif()
    exif.get_ifd(_EXIF)[_COMMENT] = _UTF8 + note.encode("utf-16-be")
    return {"exif": exif}


def read_provenance(image: Image.Image) -> dict[str, Any]:
    """Return what an open image file says it was made of; empty where it says nothing."""
    try:
        text = image.info.get(_KEY) or _comment(image)
        made_of = json.loads(text).get(_KEY, {}) if text else {}
    except (ValueError, AttributeError, TypeError, SyntaxError, OSError):
        return {}
    return made_of if isinstance(made_of, dict) else {}


def _comment(image: Image.Image) -> str:
    raw = image.getexif().get_ifd(_EXIF).get(_COMMENT, b"")
    if isinstance(raw, bytes) and raw.startswith(_UTF8):
        return raw.removeprefix(_UTF8).decode("utf-16-be", "ignore")
    return ""
