"""Renderings as files, with where they come from inside; and back again."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, Literal

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from thumbnb.errors import InvalidInput
from thumbnb.imaging.input_image import read_input_bytes

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from thumbnb.render.composition import Rendering

_KEY = "thumbnb"
_COMMENT = 0x9286
"""The EXIF tag UserComment."""

_EXIF = 0x8769
_UTF8 = b"UNICODE\x00"


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
    note = json.dumps({_KEY: provenance(done)}, ensure_ascii=True, separators=(",", ":"))
    if format == "PNG":
        tries = _pngs(done.image, note)
    elif format == "JPEG":
        tries = _jpegs(done.image, note)
    else:
        raise InvalidInput(f"A thumbnail cannot be written as {format}.", hint="Take JPEG or PNG.")
    for data in tries:
        if len(data) <= max_bytes:
            return data
    raise InvalidInput(
        f"A picture of {done.image.width}x{done.image.height} does not fit into {max_bytes} bytes.",
        hint="Allow more bytes, or render it smaller.",
    )


def _jpegs(image: Image.Image, note: str) -> Iterator[bytes]:
    exif = Image.Exif()
    exif.get_ifd(_EXIF)[_COMMENT] = _UTF8 + note.encode("utf-16-be")
    for quality in (92, 88, 82, 75, 65, 50, 35):
        out = io.BytesIO()
        # Without colour subsampling: it smears red and yellow letters.
        image.save(out, "JPEG", quality=quality, subsampling=0, optimize=True, exif=exif)
        yield out.getvalue()


def _pngs(image: Image.Image, note: str) -> Iterator[bytes]:
    info = PngInfo()
    info.add_itxt(_KEY, note)
    for level in (3, 6):
        out = io.BytesIO()
        image.save(out, "PNG", compress_level=level, pnginfo=info)
        yield out.getvalue()
    for colours in (256, 128, 64, 32):
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.FLOYDSTEINBERG).save(
            out, "PNG", optimize=True, pnginfo=info
        )
        yield out.getvalue()


def open_result(source: str | os.PathLike[str] | bytes) -> tuple[Image.Image, dict[str, Any]]:
    """Open a file that ``encode`` wrote: the image, and what it was made of.

    A picture from elsewhere has an empty provenance; what is no picture is ``InvalidInput``.

    >>> image, made_of = open_result("thumbnail.png")  # doctest: +SKIP
    >>> made_of["prompt"], made_of["seed"]  # doctest: +SKIP
    """
    file = io.BytesIO(read_input_bytes(source))
    try:
        with Image.open(file) as image:
            image.load()
            text = image.info.get(_KEY) or _comment(image)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise InvalidInput(
            "This is not a picture that can be opened.", hint="Give a PNG or JPEG."
        ) from error
    try:
        made_of = json.loads(text).get(_KEY, {}) if text else {}
    except (ValueError, AttributeError):
        made_of = {}
    return image.convert("RGB"), made_of if isinstance(made_of, dict) else {}


def _comment(image: Image.Image) -> str:
    raw = image.getexif().get_ifd(_EXIF).get(_COMMENT, b"")
    if isinstance(raw, bytes) and raw.startswith(_UTF8):
        return raw.removeprefix(_UTF8).decode("utf-16-be", "ignore")
    return ""
