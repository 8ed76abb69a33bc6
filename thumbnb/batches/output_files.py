"""Writing a batch's images: whole or not at all, and not again where they are."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from thumbnb.batches.work.address import file_path, read_there, write_there
from thumbnb.batches.work.frame_task import FORMATS
from thumbnb.client.images.image import decode_image
from thumbnb.imaging.provenance import provenance_options, read_provenance
from thumbnb.storage import files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.client.client import Client


def write(target: str, data: bytes) -> None:
    """Write a file at a path or address, with the folders above it. Raises OSError."""
    path = file_path(target)
    if path is None:
        write_there(target, data)
        return
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    files.write_file(Path(path), data, mode=files.SHARED)


def place(client: Client, data: bytes, targets: Sequence[str], number: int) -> str:
    """Write a result where it belongs and return that; it stays in the store where nobody said."""
    if not targets:
        return str(client.result_store.path(hashlib.sha256(data).hexdigest()))
    target = targets[min(number, len(targets) - 1)]
    encoded = as_format(data, target)
    if read_there(target) != encoded:
        write(target, encoded)
    return target


def as_format(data: bytes, target: str) -> bytes:
    """Return an image in the format that a file's name says, and what it says of itself."""
    wanted = FORMATS[os.path.splitext(target)[1].lower()]  # noqa: PTH122 - addresses, too
    with Image.open(io.BytesIO(data)) as image:
        if image.format == wanted:
            return data
        # A hosted service's says nothing: by this a later batch knows the file as ours.
        said = {**read_provenance(image), "result": hashlib.sha256(data).hexdigest()}
    out = io.BytesIO()
    options = {"quality": 92} if wanted != "PNG" else {}
    decode_image(data).save(out, wanted, **options, **provenance_options(wanted, said))
    return out.getvalue()
