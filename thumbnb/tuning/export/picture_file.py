"""An image of a run as a file: another size, another format, what it was made of inside."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.imaging.provenance import provenance_options
from thumbnb.imaging.sizes import cover
from thumbnb.render.output import open_result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL import Image

    from thumbnb.imaging.sizes import Size

SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}


def encode_image_file(
    data: bytes,
    made_of: Mapping[str, Any],
    *,
    size: Size | None = None,
    format: str = "JPEG",  # noqa: A002  - as Pillow calls it
    max_bytes: int | None = None,
    enlarge: bool = False,
) -> bytes:
    """Return an image's file with what it was made of inside; cut to a size, never stretched.

    What the file says of itself already goes before ``made_of``. Raises InvalidInput where
    there are fewer pixels than asked for, unless it may ``enlarge``.
    """
    image, known = open_result(data)
    if size is not None and size != image.size:
        if not enlarge and (size[0] > image.width or size[1] > image.height):
            raise errors.InvalidInput(
                f"The image has {image.width}x{image.height} pixels, fewer than "
                f"{size[0]}x{size[1]}.",
                hint="Take a smaller size: making it anew would cost.",
            )
        image = cover(image, size)
    metadata = provenance_options(format, {**made_of, **known})
    for how in _ways(format):
        encoded = _encoded(image, format, {**how, **metadata})
        if max_bytes is None or len(encoded) <= max_bytes:
            return encoded
    raise errors.InvalidInput(f"The image does not fit into {max_bytes} bytes as {format}.")


def _ways(format: str) -> list[dict[str, Any]]:  # noqa: A002
    match format:
        case "JPEG":
            return [{"quality": q, "subsampling": 0, "optimize": True} for q in (92, 85, 75, 60)]
        case "WEBP":
            return [{"quality": q} for q in (92, 85, 75, 60)]
        case "PNG":
            return [{"optimize": True}]
    raise errors.InvalidInput(
        f"format is {', '.join(SUFFIXES)}, not {format!r}.", hint="JPEG is what YouTube takes."
    )


def _encoded(image: Image.Image, format: str, how: dict[str, Any]) -> bytes:  # noqa: A002
    out = io.BytesIO()
    image.save(out, format, **how)
    return out.getvalue()
