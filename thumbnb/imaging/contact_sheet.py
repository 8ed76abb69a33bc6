"""A contact sheet: several images side by side in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

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
    captions: Sequence[str] = (),
) -> Image.Image:
    """Put images into cells of ``cell`` pixels, row by row, each whole and in the middle.

    ``gap`` pixels lie between the cells and ``border`` about them all; ``captions`` stand in
    the lower left corners.
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
        if index < len(captions) and captions[index]:
            write_caption(sheet, captions[index], left, top + small.height, width)
    return sheet


def write_caption(image: Image.Image, text: str, left: int, bottom: int, cell: int) -> None:
    """Write a few characters at the lower left corner of a cell of ``cell`` pixels' width.

    White on a dark patch, as players do.
    """
    height = max(8, min(16, cell // 10))
    font = ImageFont.load_default(height)
    draw = ImageDraw.Draw(image)
    width = round(draw.textlength(text, font=font))
    pad = height // 4
    box = (left + pad, bottom - height - 3 * pad, left + 3 * pad + width, bottom - pad)
    draw.rounded_rectangle(box, radius=pad, fill="#17181a")
    draw.text((left + 2 * pad, box[3] - pad), text, font=font, fill="#f4f4f4", anchor="ls")
