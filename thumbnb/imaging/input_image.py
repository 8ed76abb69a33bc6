"""An image that a user hands in, in whatever form, taken once and for good.

What comes out is a copy of its own: the file may be rewritten, the image closed or drawn on
later, without changing what was taken.
"""

from __future__ import annotations

import base64
import binascii
import io
import math
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from PIL import Image

from thumbnb.errors import InvalidInput, NotAnImage
from thumbnb.imaging.normalize import MAX_SIDE, normalize_image
from thumbnb.imaging.open_image import load_image

MAX_BYTES = 256 * 2**20
"""A file larger than this is no image anybody makes a thumbnail of."""

_DATA_URL = re.compile(r"data:[^,]*?(;base64)?,", re.IGNORECASE)

# The first characters of base64 of PNG, JPEG, GIF, WebP and BMP; no path begins like these
# and is so long.
_BASE64_STARTS = ("iVBORw0KGgo", "/9j/", "R0lGOD", "UklGR", "Qk")
_SHORTEST_BASE64 = 60


def load_input_image(source: Any, *, name: str = "the image") -> Image.Image:
    """Return any image a user may give as sRGB with 8 bits: RGB, or RGBA with transparency.

    ``source`` is a Pillow image, a path, bytes, an open binary file, a ``data:`` URL, base64
    text, what notebooks show as PNG or JPEG (``IPython.display.Image``), or an array: height x
    width, or height x width x 1, 3 or 4, of bytes (0-255), words (0-65535), shares (0-1 or -1-1)
    or booleans. At most 4096 pixels a side come back.
    Raises ``InvalidInput``, which calls it ``name``.

    >>> from PIL import Image
    >>> load_input_image(Image.new("CMYK", (20, 10))).mode
    'RGB'
    """
    if isinstance(source, Image.Image):
        return _from_pillow(source, name)
    if hasattr(source, "__array_interface__") or hasattr(source, "__array__"):
        return normalize_image(image_from_array(source))
    data = read_input_bytes(source, name=name)
    try:
        return normalize_image(load_image(data, side=MAX_SIDE))
    except NotAnImage as error:
        raise InvalidInput(f"{_subject(source, name)} cannot be used.", hint=str(error)) from error


def read_input_bytes(source: Any, *, name: str = "the image") -> bytes:
    """Return the bytes of an image file that a user gives, not looked at yet.

    ``source`` is a path, bytes, an open binary file, a ``data:`` URL or base64 text. Raises
    ``InvalidInput``.
    """
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source)
    if isinstance(source, str) and (data := _from_text(source, name)) is not None:
        return data
    if isinstance(source, str | os.PathLike):
        return _from_path(source)
    if hasattr(source, "read"):
        return _from_file(source, name)
    if (shown := _as_notebooks_show(source)) is not None:
        return shown
    raise InvalidInput(
        f"An object of type {type(source).__name__} is no image.",
        hint="Give a path, bytes, an open file, a Pillow image, a numpy array or a thumbnail.",
    )


def image_from_array(array: Any) -> Image.Image:
    """Return an array as an image; see ``load_input_image``. Raises ``InvalidInput``."""
    import numpy as np  # noqa: PLC0415 - whoever gives an array has loaded it

    values = np.asarray(array)
    shape, kind = values.shape, values.dtype
    try:
        if values.ndim == 3 and values.shape[2] == 1:  # noqa: PLR2004 - height, width, channels
            values = values[:, :, 0]
        if not values.size:
            raise ValueError("empty")  # noqa: TRY301 - said below
        if values.dtype != np.uint8:
            low, high = _range(values)
            scaled = (values.astype(np.float64) - low) * (255 / (high - low))
            values = np.clip(scaled + 0.5, 0, 255).astype(np.uint8)
        return Image.fromarray(np.ascontiguousarray(values))
    except (TypeError, ValueError) as error:
        raise InvalidInput(
            f"An array of {kind} and shape {shape} is not an image.",
            hint="It is height x width x 3, of bytes (0-255), words (0-65535) or shares (0-1).",
        ) from error


def _range(values: Any) -> tuple[float, float]:
    """Return which numbers an array means by black and by white."""
    kind = values.dtype.kind
    if kind not in "buif":
        raise ValueError("these are no shades")
    low, high = float(values.min()), float(values.max())
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError("not all of it are numbers")
    # Fractions may run over their range a little, where an image was made larger or sharper.
    over = 2 if kind == "f" else 1
    if kind == "f" and -1.05 <= low < -0.5 and high <= 1.05:  # noqa: PLR2004
        return -1.0, 1.0  # what neural networks give
    return 0.0, next((top for top in (1.0, 255.0, 65535.0) if high <= top * over), high)


def _from_pillow(image: Image.Image, name: str) -> Image.Image:
    if not all(image.size):
        raise InvalidInput(f"{_capital(name)} is empty: it has no pixels.")
    try:
        return normalize_image(image.copy())  # of an animation, the frame it stands at
    except (OSError, ValueError, SyntaxError, AttributeError, AssertionError) as error:
        # Opened and never read, its file is gone, cut off, or closed by its ``with``.
        raise InvalidInput(
            f"{_capital(name)} can no longer be read: it was closed, or its file is damaged.",
            hint="Open it again, or call image.load() before its file is closed.",
        ) from error


def _from_text(text: str, name: str) -> bytes | None:
    """Return what a ``data:`` URL or base64 text holds; None for other text."""
    if match := _DATA_URL.match(text):
        body = text[match.end() :]
        if len(body) > MAX_BYTES * 2:
            raise InvalidInput(f"{_capital(name)} is larger than {MAX_BYTES // 2**20} MB.")
        return _decoded(body, name) if match.group(1) else unquote_to_bytes(body)
    if len(text) >= _SHORTEST_BASE64 and text.startswith(_BASE64_STARTS):
        return _decoded(text, name)
    return None


def _decoded(text: str, name: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()) + "==")
    except (binascii.Error, ValueError) as error:
        raise InvalidInput(f"{_capital(name)} is base64 text that is damaged.") from error


def _from_path(source: str | os.PathLike[str]) -> bytes:
    try:
        path = Path(source).expanduser()
    except RuntimeError:  # a user of this name has no home
        path = Path(source)
    try:
        data = path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_BYTES else None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InvalidInput(f"{_short(path)!r} cannot be read: {reason}.") from error
    if data is not None:
        return data
    if path.is_file():
        raise InvalidInput(f"{path.name!r} is larger than {MAX_BYTES // 2**20} MB.")
    raise InvalidInput(
        f"There is no image {_short(path)!r}.", hint="Give a path, an address or an image."
    )


def _from_file(file: Any, name: str) -> bytes:
    try:
        if hasattr(file, "seekable") and file.seekable():
            file.seek(0)
        data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError, io.UnsupportedOperation) as error:
        raise InvalidInput(
            f"{_capital(name)} is a file that cannot be read: {str(error).rstrip('.')}.",
            hint="Open it again.",
        ) from error
    if isinstance(data, str):
        raise InvalidInput(
            f"{_capital(name)} is a file opened as text.", hint='Open it with open(path, "rb").'
        )
    if len(data) > MAX_BYTES:
        raise InvalidInput(f"{_capital(name)} is larger than {MAX_BYTES // 2**20} MB.")
    return bytes(data)


def _subject(source: Any, name: str) -> str:
    is_text = isinstance(source, str) and _from_text(source, name) is not None
    if isinstance(source, str | os.PathLike) and not is_text:
        return repr(Path(source).name)
    return _capital(name)


def _as_notebooks_show(source: Any) -> bytes | None:
    """Return the image that a notebook shows for an object, such as IPython's own; else None."""
    # What of ours shows itself by an image, such as a video, is none: what is one was taken before.
    if isinstance(source, type) or type(source).__module__.startswith("thumbnb."):
        return None
    for method in ("_repr_png_", "_repr_jpeg_"):
        try:
            shown = getattr(source, method)()
            image = shown[0] if isinstance(shown, tuple) else shown  # (image, its metadata)
            if image:
                return base64.b64decode(image) if isinstance(image, str) else bytes(image)
        except Exception:  # noqa: BLE001, S112 - whatever an object of others raises
            continue
    return None


def _short(path: Path) -> str:
    text = str(path)
    return text if len(text) <= 200 else f"{text[:80]}..."  # noqa: PLR2004 - what reads well


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
