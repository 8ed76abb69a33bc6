"""Renderings as files, with where they come from inside; and back again."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Literal

from PIL import Image

from thumbnb.errors import InvalidInput
from thumbnb.imaging.input_image import read_input_bytes
from thumbnb.imaging.provenance import provenance_options, read_provenance

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from thumbnb.render.composition import Rendering


def provenance(done: Rendering) -> dict[str, Any]:
    """Give what a rendering was made of, as plain data."""
    return {
        "prompt": done.prompt,
        "title": done.title,
        "options": done.options,
        "preset": done.preset,
        "preset_version": done.preset_version,
        "seed": done.seed,
        "variation": done.variation,
        "engine": done.engine,
        "size": list(done.image.size),
        "scores": {name: round(value, 4) for name, value in done.scores.items()},
        "report": [[t.option, t.outcome, t.reason] for t in done.report],
    }


def encode(
    done: Rendering,
    format: Literal["JPEG", "PNG"] = "JPEG",  # noqa: A002 - as Pillow calls it
    max_bytes: int = 2_000_000,
) -> bytes:
    """Write a rendering as a file of at most ``max_bytes``, its provenance inside.

    A JPEG gives up quality to fit, a PNG colours; where even that is too large, ``InvalidInput``.
    """
    if format not in {"JPEG", "PNG"}:
        raise InvalidInput(f"A thumbnail cannot be written as {format}.", hint="Take JPEG or PNG.")
    metadata = provenance_options(format, provenance(done))
    tries = _pngs(done.image, metadata) if format == "PNG" else _jpegs(done.image, metadata)
    for data in tries:
        if len(data) <= max_bytes:
            return data
    raise InvalidInput(
        f"An image of {done.image.width}x{done.image.height} does not fit into {max_bytes} bytes.",
        hint="Allow more bytes, or render it smaller.",
    )


def _jpegs(image: Image.Image, metadata: dict[str, Any]) -> Iterator[bytes]:
    for quality in (92, 88, 82, 75, 65, 50, 35):
        out = io.BytesIO()
        # Without colour subsampling: it smears red and yellow letters.
        image.save(out, "JPEG", quality=quality, subsampling=0, optimize=True, **metadata)
        yield out.getvalue()


def _pngs(image: Image.Image, metadata: dict[str, Any]) -> Iterator[bytes]:
    for level in (3, 6):
        out = io.BytesIO()
        image.save(out, "PNG", compress_level=level, **metadata)
        yield out.getvalue()
    for colours in (256, 128, 64, 32):
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.FLOYDSTEINBERG).save(
            out, "PNG", optimize=True, **metadata
        )
        yield out.getvalue()


def open_result(source: str | os.PathLike[str] | bytes) -> tuple[Image.Image, dict[str, Any]]:
    """Open a file that ``encode`` wrote: the image, and what it was made of.

    An image from elsewhere has an empty provenance; what is no image is ``InvalidInput``.

    >>> image, made_of = open_result("thumbnail.png")  # doctest: +SKIP
    >>> made_of["prompt"], made_of["seed"]  # doctest: +SKIP
    """
    file = io.BytesIO(read_input_bytes(source))
    try:
        with Image.open(file) as image:
            image.load()
            made_of = read_provenance(image)
            return image.convert("RGB"), made_of
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise InvalidInput(
            "This is not an image that can be opened.", hint="Give a PNG or JPEG."
        ) from error
