"""Downloads: images as files with telling names, several in one zip."""

from __future__ import annotations

import asyncio
import io
import zipfile
from typing import TYPE_CHECKING

from thumbnb import errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.client.images.display import DisplayImage, Facts

# It goes to the browser in one message.
MAX_BYTES = 256_000_000
LONGEST_NAME = 48
SUFFIXES = {"JPEG": "jpg"}


async def bundle(
    images: Sequence[tuple[int, DisplayImage]], title: str = ""
) -> tuple[str, str, bytes]:
    """Return a file's name, its media type and its bytes.

    ``images`` are numbered. One is the file as it was made, several are a zip of
    them. Raises InvalidInput where they are too large for the browser.
    """
    files = dict(await asyncio.gather(*(_file(number, shown) for number, shown in images)))
    if sum(map(len, files.values())) > MAX_BYTES:
        raise errors.InvalidInput(
            f"Together they are larger than {MAX_BYTES // 1_000_000} MB.",
            hint="Select fewer, or save them from Python: grid.images.",
        )
    if len(files) == 1:
        (name,) = files
        kind = name.rpartition(".")[2].replace("jpg", "jpeg")
        return name, f"image/{kind}", files[name]
    return (
        f"{slug(title) or 'thumbnails'}.zip",
        "application/zip",
        await asyncio.to_thread(_zip, files),
    )


async def _file(number: int, shown: DisplayImage) -> tuple[str, bytes]:
    facts = await shown.facts()
    words = slug(_words(shown, facts)) or "thumbnail"
    suffix = SUFFIXES.get(facts.format, facts.format.lower() or "jpg")
    return f"{number:03d}-{words}.{suffix}", await shown.encoded()


def _words(shown: DisplayImage, facts: Facts) -> str:
    at = f"frame at {facts.time:.1f} s" if facts.time is not None else ""
    return shown.name or facts.title or facts.prompt or at


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    # Images are compressed already.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def slug(text: str) -> str:
    """Return a text as a part of a file's name that every system takes."""
    words = "".join(each if each.isalnum() else " " for each in text.casefold()).split()
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:LONGEST_NAME]
        if len(longer) > LONGEST_NAME:
            break
        name = longer
    return name
