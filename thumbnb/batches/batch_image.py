"""An image of a batch, as a cell of its table: opened when it is looked at."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING

from thumbnb import errors
from thumbnb.batches.workers.address import base_name, file_path, read_address
from thumbnb.client.images.image import decode_image, save_image, shown
from thumbnb.imaging.small_copy import small_jpeg

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

# Longer names, such as hashes, are cut where an image stands in a table.
_LONGEST_NAME = 40

# Inside the class below the name means its property.
Encoded = bytes


class ContactSheet:
    """Many images on one: ``image`` (Pillow). Alone in a cell it shows itself."""

    def __init__(self, image: Image.Image) -> None:
        self.image = image

    def save(self, path: str | Path) -> Path:
        """Write it to a file; its suffix says the format. Returns the path."""
        return save_image(self.image, path)

    def __repr__(self) -> str:
        return f"<ContactSheet {self.image.width}x{self.image.height}>"

    def _repr_jpeg_(self) -> Encoded | None:
        return shown(lambda: self.image)


class BatchImage(os.PathLike[str]):
    """An image that a batch has written: ``path``, ``image`` (Pillow), ``bytes``.

    A table may have a hundred thousand: each is read when it is asked for, and not kept. It
    is taken wherever a path of an image is.
    """

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        self.path = path

    @property
    def bytes(self) -> Encoded:
        """The file's bytes. Raises FileMissing."""
        data = read_address(self.path)
        if data is None:
            raise errors.FileMissing(f"There is no image {base_name(self.path)!r} any more.")
        return data

    @property
    def image(self) -> Image.Image:
        """The image as a Pillow image, RGB."""
        return decode_image(self.bytes)

    def save(self, path: str | Path) -> Path:
        """Write a copy to a file; its suffix says the format. Returns the path."""
        return save_image(self.image, path, encoded=self.bytes)

    def small(self, width: int) -> Encoded:
        """Return a JPEG of it that is so wide."""
        return small_jpeg(self.bytes, (width, width))

    def html(self, width: int = 160) -> str:
        """Return it as HTML, small."""
        data = base64.b64encode(self.small(width)).decode()
        return f'<img src="data:image/jpeg;base64,{data}" width="{width}" alt="">'

    def __fspath__(self) -> str:
        """Return its path, where it is a file here."""
        return file_path(self.path) or self.path

    def __repr__(self) -> str:
        name = base_name(self.path)
        return f"<image {name if len(name) <= _LONGEST_NAME else name[:8] + '…'}>"

    def _repr_jpeg_(self) -> Encoded | None:
        return shown(lambda: self.image)
