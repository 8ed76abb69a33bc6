"""Words as masks, in the scalable face that comes inside Pillow."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFilter, ImageFont


def letter(text: str, height: float, tracking: float = 0.0) -> Image.Image:
    """Set ``text`` in one line as a mask (L); ``height`` is its font size in pixels.

    ``tracking`` is the space added between letters, in font sizes.
    """
    font = ImageFont.load_default(height)
    pad = round(height * 0.5)
    xs = [float(pad)]
    for i in range(len(text)):
        # Measured in pairs, so that kerning is kept.
        step = font.getlength(text[i : i + 2]) - font.getlength(text[i + 1 : i + 2])
        xs.append(xs[-1] + step + tracking * height)
    mask = Image.new("L", (round(xs[-1] - tracking * height) + pad, round(height * 1.25) + 2 * pad))
    draw = ImageDraw.Draw(mask)
    for x, char in zip(xs, text, strict=False):
        draw.text((x, pad), char, fill=255, font=font)
    return mask


def write(
    frame: Image.Image,
    mask: Image.Image,
    x: float,
    y: float,
    *,
    strength: float = 1.0,
    shade: float = 0.0,
) -> None:
    """Put white letters on ``frame``, centred at (x, y), at ``strength`` 0..1.

    ``shade`` darkens softly what lies behind them, so that they read on any image.
    """
    at = (round(x - mask.width / 2), round(y - mask.height / 2))
    if shade:
        soft = mask.filter(ImageFilter.GaussianBlur(mask.height / 9))
        frame.paste((0, 0, 0), at, soft.point(lambda v: int(v * shade * strength)))
    frame.paste((255, 255, 255), at, mask.point(lambda v: int(v * strength)))
