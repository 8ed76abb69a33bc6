"""Writing a batch's images: whole or not at all, and not again where they are."""

from __future__ import annotations

import hashlib
import io
import os
from typing import TYPE_CHECKING

from PIL import Image

from thumbnb.batches.workers.address import read_address, write_address
from thumbnb.batches.workers.frame_task import FORMATS
from thumbnb.client.images.image import decode_image
from thumbnb.imaging.provenance import provenance_options, read_provenance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.client.client import Client


def save_result(client: Client, data: bytes, targets: Sequence[str], number: int) -> str:
    """Write a result to its target and return that; without one it stays in the store."""
    if not targets:
        return str(client.result_store.path(hashlib.sha256(data).hexdigest()))
    target = targets[min(number, len(targets) - 1)]
    encoded = convert_image(data, target)
    if read_address(target) != encoded:
        write_address(target, encoded)
    return target


def convert_image(data: bytes, target: str) -> bytes:
    """Return an image in the format that a file's name says, and what it says of itself."""
    wanted = FORMATS[os.path.splitext(target)[1].lower()]  # noqa: PTH122 - addresses, too
    with Image.open(io.BytesIO(data)) as image:
        if image.format == wanted:
            return data
        # A hosted service's says nothing: by this a later batch knows the file as ours.
        provenance = {**read_provenance(image), "result": hashlib.sha256(data).hexdigest()}
    out = io.BytesIO()
    options = {"quality": 92} if wanted != "PNG" else {}
    decode_image(data).save(out, wanted, **options, **provenance_options(wanted, provenance))
    return out.getvalue()
