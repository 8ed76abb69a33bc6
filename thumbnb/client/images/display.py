"""Display images: any image as it is shown, with its bytes, a small copy and its facts."""

from __future__ import annotations

import asyncio
import io
import os
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from PIL import Image

from thumbnb import errors
from thumbnb.client.images.image import StoredImage, as_download_failed
from thumbnb.client.images.results import Result
from thumbnb.client.images.thumbnail import Thumbnail
from thumbnb.imaging.input_image import load_input_image, read_input_bytes
from thumbnb.imaging.normalize import on_background, upright_size
from thumbnb.imaging.open_image import open_image
from thumbnb.imaging.small_copy import small_jpeg

# What can be shown.
Source: TypeAlias = "StoredImage | Image.Image | str | os.PathLike[str] | bytes"

# From this many pixels on a copy is looked at closely.
LARGE = 960

# A longer name is no name but text that is taken for a path.
MAX_NAME = 200


@dataclass(frozen=True)
class Facts:
    """The known facts of an image; None or empty where unknown.

    ``size`` is in pixels, ``bytes`` the size of the file, ``credits`` this image's
    share of what its run cost, ``report`` what became of each option: its name,
    ``applied``, ``approximated`` or ``ignored``, and why. ``variation`` counts from 1, ``time``
    is in seconds.
    """

    size: tuple[int, int]
    format: str
    bytes: int
    prompt: str | None = None
    title: str | None = None
    preset: str | None = None
    seed: int | None = None
    variation: int | None = None
    engine: str | None = None
    scores: dict[str, float | None] = field(default_factory=dict)
    report: list[tuple[str, str, str | None]] = field(default_factory=list)
    credits: float | None = None
    time: float | None = None
    id: str | None = None
    video_id: str | None = None
    job_id: str | None = None
    run_id: int | None = None


class DisplayImage(ABC):
    """An image to be shown: ``source`` is what was given, ``name`` what it can be called."""

    def __init__(self, source: Any, name: str = "") -> None:
        self.source = source
        self.name = name

    @property
    def here(self) -> bool:
        """Whether nothing need be fetched."""
        return True

    @property
    @abstractmethod
    def size(self) -> tuple[int, int] | None:
        """Width and height in pixels, where they are known without fetching it."""

    @abstractmethod
    async def encoded(self) -> bytes:
        """Return the file as it was made."""

    @abstractmethod
    def image(self) -> Image.Image:
        """Return it whole, RGB; it must be here."""

    async def small(self, width: int) -> bytes:
        """Return a JPEG that fits into a square of ``width`` pixels."""
        return await asyncio.to_thread(_small, await self.encoded(), width)

    async def facts(self) -> Facts:
        """Return what is known of it."""
        data = await self.encoded()
        made_of = await asyncio.to_thread(_provenance, data)
        return Facts(
            **_file(data),
            **_words(made_of),
            seed=made_of.get("seed"),
            variation=_variation(made_of),
            report=_report(made_of),
        )


class _File(DisplayImage):
    """A file's bytes, read once: the file may change later."""

    def __init__(self, source: Any) -> None:
        super().__init__(source, "" if isinstance(source, bytes) else _stem(source))
        name, self._data = self.name, read_input_bytes(source)
        try:
            with open_image(self._data) as image:
                self._size = upright_size(image)
        except errors.NotAnImage as error:
            raise errors.InvalidInput(
                f"{name!r} cannot be shown." if name else "These bytes cannot be shown.",
                hint=str(error),
            ) from None

    @property
    def size(self) -> tuple[int, int]:
        return self._size

    async def encoded(self) -> bytes:
        return self._data

    def image(self) -> Image.Image:
        return on_background(load_input_image(self._data))


class _Painted(DisplayImage):
    """A Pillow image or an array, copied: the original may be closed, or drawn on again."""

    def __init__(self, source: Any) -> None:
        super().__init__(source)
        self._taken = load_input_image(source)

    @property
    def size(self) -> tuple[int, int]:
        return self._taken.size

    def _data(self) -> bytes:
        buffer = io.BytesIO()
        self._taken.save(buffer, "PNG", compress_level=1)
        return buffer.getvalue()

    async def encoded(self) -> bytes:
        return await asyncio.to_thread(self._data)

    async def small(self, width: int) -> bytes:
        return await asyncio.to_thread(_small, self._taken, width)

    def image(self) -> Image.Image:
        return on_background(self._taken)


class _Kept(DisplayImage):
    """An image that a service keeps."""

    source: StoredImage

    @property
    def here(self) -> bool:
        return self.source.is_loaded

    @property
    def size(self) -> tuple[int, int] | None:
        record = getattr(self.source, "record", None)
        width, height = getattr(record, "width", None), getattr(record, "height", None)
        if self.here or (width and height):
            size: tuple[int, int] = getattr(self.source, "size", None) or self.source.image.size
            return size
        return None

    async def encoded(self) -> bytes:
        return await self.source.load.aio()

    def image(self) -> Image.Image:
        return self.source.image


class _Frame(_Kept):
    """A thumbnail of a video."""

    source: Thumbnail

    async def small(self, width: int) -> bytes:
        # Only the opened one has the size that was asked for.
        await self.encoded()
        return await asyncio.to_thread(lambda: _small(self.source.image, width))

    async def facts(self) -> Facts:
        file, made = _file(await self.encoded()), self.source
        image = await asyncio.to_thread(self.image)
        return Facts(
            **{**file, "size": image.size},
            title=made.name, time=made.time, id=made.id or None, video_id=made.video_id,
        )  # fmt: skip


class _Made(_Kept):
    """A generated image: the service, the ledger and the file each know a part."""

    source: Result

    async def facts(self) -> Facts:
        made = self.source
        data = await self.encoded()
        made_of = await asyncio.to_thread(_provenance, data)
        words = _words(made_of)
        share: float | None = None
        if found := await made.find_run():
            run, share = found
            words["prompt"] = words["prompt"] or run.prompt
            words["preset"] = words["preset"] or run.preset
        return Facts(
            **_file(data),
            **words,
            seed=made.seed,
            variation=_variation(made_of),
            scores=made.scores,
            report=[(item.option, item.outcome, item.reason) for item in made.report],
            credits=share,
            id=made.id or None,
            job_id=made.job_id,
            run_id=made.run_id,
        )


def display_image(source: Any) -> DisplayImage:
    """Return any image as a display image. Raises InvalidInput for what is none."""
    match source:
        case Result():
            return _Made(source)
        case Thumbnail():
            return _Frame(source, source.name or "")
        case StoredImage():
            return _Kept(source)
        case Image.Image():
            return _Painted(source)
    if hasattr(source, "__array_interface__") or hasattr(source, "__array__"):
        return _Painted(source)
    if isinstance(source, str) and source.lower().startswith(("http:", "https:")):
        raise errors.InvalidInput(
            "Images on the web are not fetched for showing.", hint="Give a file, or its bytes."
        )
    if isinstance(source, bytearray | memoryview):
        source = bytes(source)
    return _File(source)


def _stem(source: Any) -> str:
    """Return what a file is called, without its ending; empty for text that is no path."""
    name = getattr(source, "name", source)
    if not isinstance(name, str | os.PathLike) or str(name).startswith("data:"):
        return ""
    stem = Path(name).stem
    return stem if len(stem) <= MAX_NAME else ""


def _small(image: bytes | Image.Image, width: int) -> bytes:
    return small_jpeg(image, (width, width), quality=90 if width >= LARGE else 80)


def _file(data: bytes) -> dict[str, Any]:
    with as_download_failed(), open_image(data) as image:
        return {"size": upright_size(image), "format": image.format or "", "bytes": len(data)}


def _variation(made_of: dict[str, Any]) -> int | None:
    """Return which variation it is, as people count."""
    index = made_of.get("variation")
    return index + 1 if isinstance(index, int) else None


def _provenance(data: bytes) -> dict[str, Any]:
    from thumbnb.render.output import open_result  # noqa: PLC0415  - the compositor's room

    return open_result(data)[1]


def _words(made_of: dict[str, Any]) -> dict[str, Any]:
    return {name: made_of.get(name) for name in ("prompt", "title", "preset", "engine")}


def _report(made_of: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    report = made_of.get("report") or []
    return [(item[0], item[1], item[2]) for item in report if len(item) == 3]  # noqa: PLR2004
