"""Assets: images in any form, uploaded to YouThumb once each."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from thumbnb import errors
from thumbnb.api import youthumb_resources as library
from thumbnb.client.images.image import StoredImage
from thumbnb.client.inputs.upload_source import is_address
from thumbnb.imaging.input_image import load_input_image, read_input_bytes
from thumbnb.imaging.normalize import MAX_SIDE, is_normal, normalize_image
from thumbnb.imaging.open_image import decode, load_image, open_image

if TYPE_CHECKING:
    from thumbnb.api.youthumb_resources import AssetType
    from thumbnb.client.session import Session
    from thumbnb.models import AssetRecord

# A path, bytes, a Pillow image, a numpy array, an address, or an image of ours.
ImageInput = Any

# What goes up as it is; anything else is encoded anew.
_SENT_AS_IS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
MAX_BYTES = 20 * 2**20
MAX_NAME = 100
# Height, width and channels; an array of more is several images.
_IMAGE_AXES = 3


@dataclass(frozen=True)
class EncodedImage:
    """An encoded image, ready to be uploaded."""

    data: bytes
    media_type: str
    name: str

    @cached_property
    def digest(self) -> str:
        """What it is known by: the hash of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


class Assets:
    """Uploads images to one YouThumb account, each content once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[str, str], asyncio.Task[AssetRecord]] = {}

    async def store(self, what: ImageInput, kind: AssetType) -> AssetRecord:
        """Return the asset of an image, uploading it when its bytes are new here."""
        image = await self.encode(what)
        key = kind, image.digest
        if key not in self._known:
            self._known[key] = asyncio.ensure_future(self._upload(image, kind))
        task = self._known[key]
        try:
            return await asyncio.shield(task)
        except BaseException:
            if task.done():  # a failure is not remembered
                self._known.pop(key, None)
            raise

    def forget(self, asset_id: str) -> None:
        """Upload an image anew the next time: this asset of it is gone."""
        gone = [
            key
            for key, task in self._known.items()
            if task.done() and not task.cancelled() and task.result().id == asset_id
        ]
        for key in gone:
            del self._known[key]

    async def _upload(self, image: EncodedImage, kind: AssetType) -> AssetRecord:
        return await self._session.request(
            library.upload_asset,
            image.data,
            filename=image.name,
            media_type=image.media_type,
            kind=kind,
        )

    async def read(self, what: ImageInput, *, keep_address: bool) -> str | EncodedImage:
        """Return an image's bytes, kept in case it is to be made again.

        An address stays what it is where ``keep_address`` will do.
        """
        if keep_address and isinstance(what, str) and is_address(what):
            return what
        ledger, image = self._session.ledger, await self.encode(what)
        await ledger.save_bytes(image.data)
        return image

    async def address(self, image: str | EncodedImage) -> str:
        """Return an address of an image that the service can use, uploading it if need be."""
        if isinstance(image, str):
            return image
        asset = await self.store(image, "bucket")
        if not asset.url:
            raise errors.ProtocolError("YouThumb stored an image and sent no address of it.")
        return asset.url

    async def encode(self, what: ImageInput) -> EncodedImage:
        """Return an image's bytes; addresses and images of ours are fetched."""
        if isinstance(what, EncodedImage):
            return what
        if isinstance(what, StoredImage):
            return await asyncio.to_thread(_from_bytes, await what.load.aio(), "image")
        if isinstance(what, str) and is_address(what):
            name = Path(what.partition("?")[0]).stem
            return await asyncio.to_thread(_from_bytes, await self._session.download(what), name)
        return await asyncio.to_thread(encode_image, what)


def image_list(given: Any) -> list[ImageInput]:
    """Return images that a user gives, one or several, as a list; None is none.

    A file, an image or an array of one image is one; anything else that can be gone through,
    such as a list, a generator or an array of several images, is several.
    """
    if given is None:
        return []
    if is_image_input(given):
        return [given]
    return list(given) if isinstance(given, Iterable) else [given]


def is_image_input(given: Any) -> bool:
    """Whether something is of a kind that one image is given as; what is in it is not looked at."""
    single = str, bytes, bytearray, memoryview, os.PathLike, Image.Image, StoredImage, EncodedImage
    one_array = _is_array(given) and len(getattr(given, "shape", ())) <= _IMAGE_AXES
    return isinstance(given, single) or hasattr(given, "read") or one_array


def name_of(image: str | EncodedImage) -> str:
    """Return what an image is known by: its address, or the hash of its bytes."""
    return image if isinstance(image, str) else f"sha256:{image.digest}"


def encode_image(what: ImageInput) -> EncodedImage:
    """Return the bytes of an image that is here: a path, bytes, an open file, an image, an array.

    Raises InvalidInput for what is no image, is damaged or is too large.
    """
    if isinstance(what, Image.Image) or _is_array(what):
        return _encode(load_input_image(what), "image")
    return _from_bytes(read_input_bytes(what), _stem(what))


def _is_array(what: Any) -> bool:
    return hasattr(what, "__array_interface__") or hasattr(what, "__array__")


def _from_bytes(data: bytes, name: str) -> EncodedImage:
    try:
        with open_image(data) as image:
            form = image.format or ""
            fits = max(image.size) <= MAX_SIDE and len(data) <= MAX_BYTES
            # Not every service turns a photo by its EXIF, or knows its colours.
            if form in _SENT_AS_IS and fits and is_normal(image):
                decode(image, side=1)  # a file that is cut off is found here, not when it is paid
                return EncodedImage(data, _SENT_AS_IS[form], _filename(name, form))
            return _encode(normalize_image(load_image(data, side=MAX_SIDE)), name)
    except errors.NotAnImage as error:
        raise errors.InvalidInput(
            f"{name!r} is not an image that can be read.", hint=str(error)
        ) from error


def _encode(image: Image.Image, name: str) -> EncodedImage:
    clear = image.mode == "RGBA"
    form = "PNG" if clear else "JPEG"
    buffer = io.BytesIO()
    # 4:4:4: a subject cut from it later keeps clean edges.
    image.save(buffer, form, **({} if clear else {"quality": 95, "subsampling": 0}))
    return EncodedImage(buffer.getvalue(), _SENT_AS_IS[form], _filename(name, form))


def _stem(what: Any) -> str:
    """Return what a file is called, without its ending; "image" for what has no name."""
    name = getattr(what, "name", what)
    if not isinstance(name, str | os.PathLike) or str(name).startswith("data:"):
        return "image"
    return Path(name).stem[:MAX_NAME] or "image"


def _filename(name: str, form: str) -> str:
    return f"{name or 'image'}.{'jpg' if form == 'JPEG' else form.lower()}"
