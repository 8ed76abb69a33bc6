"""Pictures somebody gives us, in whatever form, made into what YouThumb can use."""

from __future__ import annotations

import asyncio
import hashlib
import io
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from thumbnb import errors
from thumbnb.api import youthumb_resources as library
from thumbnb.client.images.image import StoredImage
from thumbnb.client.inputs.upload_source import is_address

if TYPE_CHECKING:
    from thumbnb.api.youthumb_resources import AssetType
    from thumbnb.client.session import Session
    from thumbnb.models import AssetRecord

# A path, bytes, a Pillow image, a numpy array, an address, or a picture of ours.
ImageInput = Any

# What goes up as it is; anything else is encoded anew.
_SENT_AS_IS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
MAX_BYTES = 20 * 2**20
MAX_SIDE = 4096


@dataclass(frozen=True)
class Encoded:
    """A picture ready to go up."""

    data: bytes
    media_type: str
    name: str

    @property
    def digest(self) -> str:
        """What it is known by: the hash of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


class Assets:
    """Uploads pictures to one YouThumb account, each content once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[str, str], asyncio.Task[AssetRecord]] = {}

    async def store(self, what: ImageInput, kind: AssetType) -> AssetRecord:
        """Return the asset of a picture, uploading it when its bytes are new here."""
        picture = await self.encode(what)
        key = kind, picture.digest
        if key not in self._known:
            self._known[key] = asyncio.ensure_future(self._upload(picture, kind))
        task = self._known[key]
        try:
            return await asyncio.shield(task)
        except BaseException:
            if task.done():  # a failure is not remembered
                self._known.pop(key, None)
            raise

    def forget(self, asset_id: str) -> None:
        """Upload a picture anew the next time: this asset of it is gone."""
        gone = [
            key
            for key, task in self._known.items()
            if task.done() and not task.cancelled() and task.result().id == asset_id
        ]
        for key in gone:
            del self._known[key]

    async def _upload(self, picture: Encoded, kind: AssetType) -> AssetRecord:
        return await self._session.ask(
            library.upload_asset,
            picture.data,
            filename=picture.name,
            media_type=picture.media_type,
            kind=kind,
        )

    async def read(self, what: ImageInput, *, elsewhere: bool) -> str | Encoded:
        """Return a picture's bytes, kept in case it is to be made again.

        An address stays what it is where ``elsewhere`` will do.
        """
        if elsewhere and isinstance(what, str) and is_address(what):
            return what
        books, picture = self._session.books, await self.encode(what)
        await books.write(books.cache.put, picture.data)
        return picture

    async def address(self, picture: str | Encoded) -> str:
        """Return an address of a picture that the service can use, uploading it if need be."""
        if isinstance(picture, str):
            return picture
        asset = await self.store(picture, "bucket")
        if not asset.url:
            raise errors.ProtocolError("YouThumb stored a picture and sent no address of it.")
        return asset.url

    async def encode(self, what: ImageInput) -> Encoded:
        """Return a picture's bytes; addresses and pictures of ours are fetched."""
        if isinstance(what, Encoded):
            return what
        if isinstance(what, StoredImage):
            return await asyncio.to_thread(_from_bytes, await what.load.aio(), "picture")
        if isinstance(what, str) and is_address(what):
            name = Path(what.partition("?")[0]).stem
            return await asyncio.to_thread(_from_bytes, await self._session.fetch(what), name)
        return await asyncio.to_thread(encode, what)


def named(picture: str | Encoded) -> str:
    """Return what a picture is known by: its address, or the hash of its bytes."""
    return picture if isinstance(picture, str) else f"sha256:{picture.digest}"


def encode(what: ImageInput) -> Encoded:
    """Return the bytes of a picture that is here: a path, bytes, a Pillow image or an array."""
    if isinstance(what, Image.Image):
        return _encode(what, "picture")
    if isinstance(what, bytes | bytearray | memoryview):
        return _from_bytes(bytes(what), "picture")
    if isinstance(what, str | os.PathLike):
        path = Path(what).expanduser()
        if not path.is_file():
            raise errors.InvalidInput(
                f"There is no picture {path}.", hint="Give a path, an address or an image."
            )
        return _from_bytes(path.read_bytes(), path.stem)
    if hasattr(what, "__array_interface__") or hasattr(what, "__array__"):
        return _encode(_from_array(what), "picture")
    raise errors.InvalidInput(
        "A picture is a path, an address, bytes, a Pillow image, a numpy array or a thumbnail, "
        f"not a {type(what).__name__}."
    )


def _from_array(array: Any) -> Image.Image:
    import numpy as np  # noqa: PLC0415  - whoever gives an array has loaded it

    values = np.asarray(array)
    try:
        if values.dtype != np.uint8:
            values = np.clip(values * (255 / _white(values)) + 0.5, 0, 255).astype(np.uint8)
        return Image.fromarray(values)
    except (TypeError, ValueError) as error:
        raise errors.InvalidInput(
            f"An array of {values.dtype} and shape {values.shape} is not a picture.",
            hint="It is height x width x 3, of bytes (0-255), words (0-65535) or shares (0-1).",
        ) from error


def _white(values: Any) -> float:
    """Return what number an array means by white."""
    kind = values.dtype.kind
    if kind not in "buif" or not math.isfinite(high := float(values.max())):
        raise ValueError("these are no shades")
    # What fits tells the range it was meant for. Fractions may run over it a little, where
    # a picture was made larger or sharper.
    over = 2 if kind == "f" else 1
    return next((top for top in (1, 255, 65535) if high <= top * over), high)


def _from_bytes(data: bytes, name: str) -> Encoded:
    try:
        with Image.open(io.BytesIO(data)) as picture:
            form = picture.format or ""
            fits = max(picture.size) <= MAX_SIDE and len(data) <= MAX_BYTES
            if form in _SENT_AS_IS and fits:
                return Encoded(data, _SENT_AS_IS[form], _filename(name, form))
            return _encode(picture, name)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise errors.InvalidInput(
            f"{name!r} is not a picture that can be read.", hint="Give a .jpg, .png or .webp."
        ) from error


def _encode(picture: Image.Image, name: str) -> Encoded:
    from thumbnb.render.brief import readable  # noqa: PLC0415  - the compositor's room

    if not all(picture.size):
        raise errors.InvalidInput("An empty picture cannot be used.")
    # A copy has one frame: of an animation, the one it stands at.
    picture = readable(picture.copy())
    clear = picture.mode == "RGBA"
    form = "PNG" if clear else "JPEG"
    buffer = io.BytesIO()
    # 4:4:4: a subject cut from it later keeps clean edges.
    picture.save(buffer, form, **({} if clear else {"quality": 95, "subsampling": 0}))
    return Encoded(buffer.getvalue(), _SENT_AS_IS[form], _filename(name, form))


def _filename(name: str, form: str) -> str:
    return f"{name or 'picture'}.{'jpg' if form == 'JPEG' else form.lower()}"
