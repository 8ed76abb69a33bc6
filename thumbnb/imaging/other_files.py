"""Files that are often given for an image and are none: what they are, and what helps."""

from __future__ import annotations

import re

HEAD = 400
"""So many bytes of a file tell."""

_LOOSELY = re.DOTALL | re.IGNORECASE

_OTHER_FILES = (
    (
        rb".{4}ftyp(hei|hev|mif1|msf1)",
        "It is a HEIC photo. Export it as JPEG, or call register_heif_opener() of pillow-heif.",
    ),
    (
        rb".{4}(ftyp(?!avi)|moov|mdat)|\x1a\x45\xdf\xa3|FLV|OggS|RIFF.{4}AVI ",
        "It is a video: give a frame of it.",
    ),
    (
        rb"%PDF|%!PS|\s*(<\?xml[^>]{0,200}>\s*)?(<!doctype svg|<svg)",
        "It is a drawing or a document: export it as PNG.",
    ),
    (rb"\s*<(!doctype )?html", "It is a web page: give the address of the image itself."),
)


def what_helps(head: bytes) -> str | None:
    """Return what to do with a file that begins with ``head``; None if its kind is unknown."""
    return next((hint for start, hint in _OTHER_FILES if re.match(start, head, _LOOSELY)), None)
