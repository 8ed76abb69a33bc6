"""Wherever an image is handed in, it is taken in every form, once: upright, in sRGB, as it was."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

import thumbnb as tb

RED, BLUE = (220, 30, 30), (30, 30, 220)
SIZE = (96, 64)


def url():
    return "data:image/png;base64," + base64.b64encode(encoded(picture())).decode()


def picture(mode="RGB"):
    """Red on the left, blue on the right."""
    image = Image.new("RGB", SIZE, RED)
    image.paste(BLUE, (SIZE[0] // 2, 0, *SIZE))
    return image.convert(mode)


def encoded(image, form="PNG", **options):
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def turned():
    """As a camera held upright stores it: on its side, with a note of that."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(picture().transpose(Image.Transpose.ROTATE_90), "JPEG", quality=95, exif=exif)


def in_file(folder, data, name="a.png"):
    path = folder / name
    path.write_bytes(data)
    return path


FORMS = {
    "an image": lambda _: picture(),
    "a path": lambda folder: in_file(folder, encoded(picture())),
    "a path as text": lambda folder: str(in_file(folder, encoded(picture()))),
    "bytes": lambda _: encoded(picture()),
    "an open file": lambda _: io.BytesIO(encoded(picture())),
    "a data URL": lambda _: url(),
    "base64": lambda _: url().partition(",")[2],
    "an array": lambda _: np.asarray(picture()),
    "an array of -1 to 1": lambda _: np.asarray(picture(), dtype=np.float32) / 127.5 - 1,
    "a turned photo": lambda _: turned(),
    "a turned photo's file": lambda folder: in_file(folder, turned(), "a.jpg"),
    "CMYK": lambda _: picture("CMYK"),
    "YCbCr": lambda _: picture("YCbCr"),
    "LAB": lambda _: Image.open(io.BytesIO(encoded(picture(), "TIFF"))),
    "transparent": lambda _: picture("RGBA"),
}
# What is done with an image, and the bytes that come of it.
UPLOADS = {
    "upload_asset": lambda client, image: client.upload_asset(image),
    "content_images": lambda client, image: client.create_project(
        "A door @image1", content_images=image
    ),
    "a list of content_images": lambda client, image: client.create_project(
        "A door @image1", content_images=iter([image])
    ),
    "style_reference": lambda client, image: client.create_project(
        "A door", style_reference=image
    ).start(),
    "create_person": lambda client, image: client.create_person("Ana", images=image),
    "add_images": lambda client, image: client.create_person("Ana").add_images(image),
}
SHOWN = {
    "ImageGrid": lambda _, image: tb.ImageGrid(image).snapshot_images()[0],
    "ImageGrid.add": lambda _, image: added(image).snapshot_images()[0],
    "preview": lambda client, image: Image.open(io.BytesIO(client.preview(image, size=SIZE))),
}


def added(image):
    grid = tb.ImageGrid()
    grid.add(image)
    return grid


def is_upright(image):
    assert image.size == SIZE
    left, right = (image.convert("RGB").getpixel((x, 32)) for x in (10, 86))
    return all(
        abs(a - b) < 40
        for seen, wanted in ((left, RED), (right, BLUE))
        for a, b in zip(seen, wanted, strict=True)
    )


@pytest.mark.filterwarnings("ignore:No face is seen")
@pytest.mark.parametrize("form", FORMS)
def test_what_goes_up_is_upright_and_the_image_itself(client, state, tmp_path, form):
    for where, hand_in in UPLOADS.items():
        image = FORMS[form](tmp_path)
        state.assets.clear()
        client._assets._known.clear()
        hand_in(client, image)
        body = state.assets[-1]
        start = max(body.find(sign) for sign in (b"\x89PNG", b"\xff\xd8\xff"))
        with Image.open(io.BytesIO(body[start:])) as sent:
            assert is_upright(sent), where


@pytest.mark.parametrize("form", FORMS)
def test_what_is_shown_is_upright_and_stays_as_it_was(client, tmp_path, form):
    for where, hand_in in SHOWN.items():
        image = FORMS[form](tmp_path)
        shown = hand_in(client, image)
        if isinstance(image, Image.Image):
            image.paste(0, (0, 0, *image.size))
        elif isinstance(image, np.ndarray) and image.flags.writeable:
            image[:] = 0
        for path in tmp_path.iterdir():
            path.write_bytes(b"another")
        assert is_upright(shown.resize(SIZE)), where
