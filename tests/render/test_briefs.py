"""Briefs: what is refused, and any picture made readable."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from tests.render.pictures import photo
from thumbnb import errors, render
from thumbnb.imaging.normalize import normalize_image


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"prompt": "ab"}, "prompt has 2"),
        ({"prompt": "x" * 2001}, "prompt has 2001"),
        ({"title": "x" * 201}, "title has 201"),
        ({"preset": "nice"}, "preset is 'nice'"),
        ({"content_images": (photo(),) * 7}, "7 content images"),
    ],
)
def test_a_wrong_brief_is_refused_with_its_limits(wrong, message):
    with pytest.raises(errors.InvalidInput, match=message):
        render.Brief(**{"prompt": "a city", **wrong})


@pytest.mark.parametrize(
    "wrong",
    [
        {"variations": 5},
        {"background_blur": 101},
        {"face_expression": "bored"},
        {"text_position": "left"},
        {"negative_prompt": "x" * 501},
        {"colour": "red"},
    ],
)
def test_a_wrong_option_is_refused(wrong):
    with pytest.raises(errors.InvalidInput):
        render.Options(**wrong)


@pytest.mark.parametrize("size", [(1280, 700), (320, 180), (7680, 4320), (720, 1280), (0, 0)])
def test_a_size_that_is_no_thumbnail_is_refused(size):
    brief = render.Brief(prompt="a city")
    with pytest.raises(errors.InvalidInput, match="cannot be made"):
        render.compose(brief, size=size)
    with pytest.raises(errors.InvalidInput, match="cannot be made"):
        render.paint(render.plan(brief), size)


def test_a_brief_can_be_pickled():
    brief = render.Brief(prompt="a city", title="Hi", content_images=(photo(),))
    again = pickle.loads(pickle.dumps(brief))
    assert (again.prompt, again.title, again.options) == (brief.prompt, brief.title, brief.options)
    assert again.content_images[0].tobytes() == brief.content_images[0].tobytes()


def ramp(mode: str) -> Image.Image:
    levels = np.tile(np.linspace(0, 1, 64), (36, 1))
    if mode == "I;16":
        return Image.fromarray((levels * 65535).astype(np.uint16))
    if mode == "F":
        return Image.fromarray(levels.astype(np.float32))
    if mode == "I":
        return Image.fromarray((levels * 60000).astype(np.int32))
    return Image.fromarray((levels * 255).astype(np.uint8)).convert(mode)


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "HSV"]
)
def test_any_mode_is_made_normalize_image(mode):
    image = normalize_image(
        photo().convert("L").convert("RGB").convert(mode) if mode == "LAB" else ramp(mode)
    )
    assert image.mode == "RGB"


@pytest.mark.parametrize("mode", ["I;16", "I", "F"])
def test_deep_images_keep_their_light(mode):
    row = np.asarray(normalize_image(ramp(mode)).convert("L"), dtype=int)[0]
    assert row[0] < 10
    assert row[-1] > 225
    assert (np.diff(row) >= 0).all()


def test_transparency_is_kept_and_a_palette_with_it_too():
    image = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    assert normalize_image(image).mode == "RGBA"
    assert normalize_image(image.quantize(4)).mode == "RGBA"
    assert normalize_image(Image.new("RGBA", (20, 20), (255, 0, 0, 255))).mode == "RGB"


def test_of_an_animation_its_first_frame_is_taken():
    out = io.BytesIO()
    frames = [Image.new("RGB", (30, 20), c) for c in ("red", "blue", "lime")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    moving = Image.open(out)
    moving.seek(2)
    assert normalize_image(moving).getpixel((5, 5)) == (255, 0, 0)


def test_an_image_held_sideways_is_turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (40, 20)).save(out, "JPEG", exif=exif)
    assert normalize_image(Image.open(out)).size == (20, 40)


def test_huge_images_get_smaller():
    assert max(normalize_image(Image.new("RGB", (9000, 15))).size) == 4096
    assert normalize_image(Image.new("L", (1, 1))).size == (1, 1)


def test_the_package_alone_is_light():
    heavy = "{'numpy', 'PIL', 'pydantic', 'cv2'}"
    code = f"import sys, thumbnb.render as r; dir(r); print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    code = (
        "import sys; from thumbnb import render; render.Brief(prompt='a city'); "
        "print('cv2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
