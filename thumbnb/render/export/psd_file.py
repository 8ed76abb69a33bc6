"""Photoshop documents, by psd-tools (the extra ``thumbnb[export]``)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from thumbnb.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.export.separate_layers import SeparateLayer


def write_psd(layers: Sequence[SeparateLayer], size: tuple[int, int]) -> bytes:
    """Write layers, back to front, as a PSD file with one pixel layer for each.

    Raises InvalidInput where psd-tools is not installed.
    """
    try:
        from psd_tools import PSDImage  # noqa: PLC0415 - an extra, and heavy
    except ImportError:
        raise InvalidInput(
            "A PSD file needs psd-tools.", hint="Run: pip install 'thumbnb[export]'"
        ) from None
    document = PSDImage.new("RGB", size)
    for layer in layers:
        made = document.create_pixel_layer(layer.image, top=layer.top, left=layer.left)
        made.name = layer.name  # so it may hold any script: the older field knows one alphabet
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
