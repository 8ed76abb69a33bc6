"""A contact sheet: several images side by side in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.imaging.sizes import Size


def contact_sheet(
    images: Sequence[Image.Image],
    cell: Size,
    *,
    columns: int,
    gap: int = 4,
    border: int = 0,
    background: str = "white",
) -> Image.Image:
    """Put images into cells of ``cell`` pixels, row by row, each whole and in the middle.

    ``gap`` pixels lie between the cells and ``border`` about them all.
    """
    width, height = cell
    rows = -(-len(images) // columns)
    across, down = columns * (width + gap) - gap, rows * (height + gap) - gap
    sheet = Image.new("RGB", (across + 2 * border, down + 2 * border), background)
    for index, image in enumerate(images):
        small = image.copy()
        small.thumbnail(cell, Image.Resampling.LANCZOS)
        left = border + index % columns * (width + gap) + (width - small.width) // 2
        top = border + index // columns * (height + gap) + (height - small.height) // 2
        sheet.paste(small, (left, top))
    return sheet
