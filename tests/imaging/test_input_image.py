"""Images that users hand in: every form is taken, once, as sRGB with 8 bits."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from IPython import display
from PIL import Image, ImageCms, ImageFile

from thumbnb.errors import ImageTooLarge, InvalidInput
from thumbnb.imaging.input_image import load_input_image
from thumbnb.imaging.normalize import on_background, upright_size
from thumbnb.imaging.open_image import load_image, open_image, progressive_bytes

RED = Image.new("RGB", (8, 4), (220, 30, 30))


def encoded(image: Image.Image, form: str = "PNG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def near(image: Image.Image, colour: tuple[int, int, int], off: int = 6) -> bool:
    pixel = image.getpixel((1, 1))
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= off for a, b in zip(pixel[:3], colour, strict=True))


@pytest.mark.parametrize(
    "mode",
    [
        "1",
        "L",
        "LA",
        "La",
        "P",
        "PA",
        "RGB",
        "RGBA",
        "RGBa",
        "RGBX",
        "CMYK",
        "YCbCr",
        "LAB",
        "HSV",
        "I",
        "F",
        "I;16",
    ],
)
def test_every_mode_of_pillow_becomes_rgb_or_rgba(mode):
    assert load_input_image(Image.new(mode, (8, 4))).mode in {"RGB", "RGBA"}


def test_bytes_base64_and_data_urls_are_the_same_image(tmp_path):
    data = encoded(RED)
    text = base64.b64encode(data).decode()
    path = tmp_path / "red.png"
    path.write_bytes(data)
    with path.open("rb") as file:
        file.read(3)  # where it stands does not matter
        forms = [
            data,
            bytearray(data),
            text,
            f"data:image/png;base64,{text}",
            path,
            str(path),
            file,
        ]
        assert all(near(load_input_image(form), (220, 30, 30), 0) for form in forms)


def test_a_photo_is_turned_as_its_camera_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(RED, "JPEG", exif=exif.tobytes())
    assert load_input_image(data).size == (4, 8)
    with Image.open(io.BytesIO(data)) as image:
        assert upright_size(image) == (4, 8)


def test_a_colour_profile_is_applied():
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    as_lab = ImageCms.profileToProfile(RED, ImageCms.createProfile("sRGB"), lab, outputMode="LAB")
    assert near(load_input_image(as_lab), (220, 30, 30))
    broken = RED.copy()
    broken.info["icc_profile"] = swapped.tobytes()[:40]
    assert near(load_input_image(broken), (220, 30, 30), 0)


def test_what_is_taken_does_not_change_with_its_source(tmp_path):
    image = RED.copy()
    taken = load_input_image(image)
    image.paste((0, 0, 255), (0, 0, 8, 4))
    assert near(taken, (220, 30, 30), 0)


def test_an_image_closed_by_its_with_is_refused_in_words(tmp_path):
    path = tmp_path / "red.jpg"
    path.write_bytes(encoded(RED, "JPEG"))
    with Image.open(path) as image:
        pass
    with pytest.raises(InvalidInput, match=r"image\.load\(\)"):
        load_input_image(image)


@pytest.mark.parametrize("low", [-1, 0])
def test_arrays_of_shares_mean_black_and_white_by_their_range(low):
    ramp = np.linspace(low, 1, 30).reshape(1, 30)
    grey = np.asarray(load_input_image(ramp).convert("L"))
    assert grey[0, 0] <= 1
    assert grey[0, -1] >= 254
    assert abs(int(grey[0, 15]) - 131) < 4


def test_an_array_of_one_channel_is_grey():
    assert load_input_image(np.zeros((4, 8, 1), np.uint8)).size == (8, 4)


@pytest.mark.slow
def test_a_panorama_of_200_megapixels_is_opened_small():
    taken = load_input_image(encoded(Image.new("RGB", (20_000, 10_000), "red"), "JPEG"))
    assert taken.size == (4096, 2048)


def test_what_is_transparent_lies_on_white():
    clear = load_input_image(Image.new("RGBA", (4, 4), (255, 0, 255, 0)))
    assert on_background(clear).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"no image",
        "no/such.png",
        "~nobody-here/a.png",
        "a\0b.png",
        "x" * 5000,
        "data:image/png;base64,####",
        encoded(RED)[:40],
        encoded(Image.new("L", (64, 64)), "JPEG")[:200],
        lambda: encoded(Image.new("1", (30_000, 30_000))),
        object(),
        None,
        7,
        io.StringIO("text"),
        np.zeros((0, 3)),
        Image.new("RGB", (0, 0)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_everything_else_is_invalid_input(wrong):
    with pytest.raises(InvalidInput):
        load_input_image(wrong() if callable(wrong) else wrong)


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "pillow-heif"),
        (b"\0\0\0\x20ftypisom" + bytes(40), "give a frame of it"),
        (b"\x1a\x45\xdf\xa3" + bytes(40), "give a frame of it"),
        (b"%PDF-1.7" + bytes(40), "PNG"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "PNG"),
        (b"<!DOCTYPE html><p>not found", "web page"),
        (b"\0\0\0\x20ftypavif" + bytes(40), r"Give a \.jpg"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_helps(data, hint):
    with pytest.raises(InvalidInput, match=hint):
        load_input_image(data)


def test_an_image_that_a_notebook_shows_is_taken():
    class Shown:
        def _repr_png_(self):
            return base64.b64encode(encoded(RED)).decode(), {"width": 20}

    class Broken:
        def _repr_png_(self):
            raise ZeroDivisionError

    for shown in (display.Image(data=encoded(RED)), Shown()):
        assert load_input_image(shown).getpixel((1, 1)) == RED.getpixel((1, 1))
    for other in (Broken(), Shown, display.HTML("<b>")):
        with pytest.raises(InvalidInput, match="is no image"):
            load_input_image(other)


def test_a_closed_file_and_a_text_file_are_refused_in_words(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(encoded(RED))
    with path.open("rb") as file:
        pass
    with pytest.raises(InvalidInput, match="Open it again"):
        load_input_image(file)
    path.write_text("not pixels")
    with path.open() as text, pytest.raises(InvalidInput, match='"rb"'):
        load_input_image(text)


def test_a_decoder_that_finds_no_memory_says_so_and_how_to_go_on(monkeypatch):
    data = encoded(RED)
    for error in (MemoryError(), OSError("out of memory error when reading image file")):

        def load(self, error=error):
            raise error

        monkeypatch.setattr(Image.Image, "load", load)
        monkeypatch.setattr(ImageFile.ImageFile, "load", load)
        with pytest.raises(ImageTooLarge, match=r"not enough memory .* baseline"):
            load_image(data)


@pytest.mark.parametrize(("subsampling", "each"), [(0, 6.0), (2, 3.0)])
def test_a_progressive_jpeg_takes_what_its_coefficients_take(subsampling, each):
    large = encoded(RED.resize((64, 64)), "JPEG", progressive=True, subsampling=subsampling)
    with open_image(large) as image:
        assert progressive_bytes(image) == each
    with open_image(encoded(RED, "JPEG")) as image:
        assert progressive_bytes(image) == 0
