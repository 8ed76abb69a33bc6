"""What a value of a brief is known by: an image by its pixels or its file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from thumbnb.briefs import AdvancedOptions
from thumbnb.client.images.image import StoredImage
from thumbnb.text.short_repr import short_repr
from thumbnb.tuning.space.video_frame import VideoFrame


def object_key(value: Any) -> str:
    """Return what an object is known by, in every kernel."""
    match value:
        case AdvancedOptions():
            key = value.model_dump_json(exclude_none=True)
        case VideoFrame():
            key = f"frame:{value.video.id}:{value.time:g}"
        case StoredImage():
            key = f"stored:{getattr(value, 'id', '') or value.url}"
        case Image.Image() | np.ndarray():
            key = _digest(value.tobytes())
        case bytes() | bytearray() | memoryview():
            key = _digest(bytes(value))
        case Path():
            key = f"file:{value}"
        case _:
            named = getattr(value, "key", getattr(value, "id", None))
            key = named if isinstance(named, str) else short_repr(value, 200)
    return key


def value_key(value: Any) -> str:
    """Return a key that is the same for values that ask for the same, and for no others."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(value_key, value))}]"
    if value is None or isinstance(value, str | bool | int | float):
        return repr(value)
    return object_key(value)


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
