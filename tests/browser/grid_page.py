"""A grid of small pictures, and the kernel's side of it, for tests of its page alone."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from thumbnb.widgets.grid.image_grid import ImageGrid

CELLS = ".thumbnb-grid-cell"
COUNTED = """() => {
    window.made = new Set();
    const [make, revoke] = [URL.createObjectURL, URL.revokeObjectURL];
    URL.createObjectURL = (blob) => { const url = make(blob); made.add(url); return url; };
    URL.revokeObjectURL = (url) => { made.delete(url); revoke(url); };
}"""


def jpeg(number: int = 0, size: tuple[int, int] = (1280, 720)) -> bytes:
    image = Image.new("RGB", size, f"hsl({number * 47 % 360}, 60%, 45%)")
    ImageDraw.Draw(image).text((40, 20), str(number), fill="white", font_size=size[1] // 2)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    return buffer.getvalue()


SMALL = jpeg(1, (160, 90))


def grid_of(count: int, **traits) -> ImageGrid:
    return ImageGrid([SMALL] * count, **traits)


def wanted(blank) -> list[list[int]]:
    return [
        each
        for s in blank.sent
        if s["content"]["kind"] == "copies"
        for each in s["content"]["wanted"]
    ]


def serve(blank, done=None) -> None:
    """Answer what was asked for, as Python does."""
    for number, width in wanted(blank):
        if done is None or (number, width) not in done:
            blank.send({"kind": "copy", "id": number, "width": width}, SMALL)
            if done is not None:
                done.add((number, width))


def asked(blank, kind):
    return [s["content"] for s in blank.sent if s["content"]["kind"] == kind]


def press(page, *keys) -> None:
    for key in keys:
        page.keyboard.press(key)
