"""Pixels and filters: in bands as in one piece, by OpenCV as by Pillow."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw

from thumbnb.render.raster import brushes, filters, pixels
from thumbnb.render.raster.canvas import Canvas, floats
from thumbnb.render.raster.stencil import Stencil

SIZE = 320, 180


@pytest.fixture(scope="module")
def image():
    """Smooth light, hard edges and fine lines."""
    x, y = np.linspace(0, 255, SIZE[0]), np.linspace(0, 255, SIZE[1])[:, None]
    plain = np.stack([x + 0 * y, y + 0 * x, 255 - x / 2 - y / 2], axis=2)
    image = Image.fromarray(plain.astype(np.uint8))
    draw = ImageDraw.Draw(image)
    draw.ellipse((60, 30, 180, 150), fill="white")
    for i in range(10):
        draw.line((200 + 7 * i, 20, 230 + 7 * i, 160), fill="black", width=1 + i % 3)
    return image


def apart(one, other):
    """How far two images or fields are from each other on average."""
    return float(np.abs(np.asarray(one, dtype=float) - np.asarray(other, dtype=float)).mean())


def test_an_image_comes_back_as_it_was_whatever_the_bands(image, monkeypatch):
    monkeypatch.setattr(pixels, "_BAND", 1000)
    floats_of = pixels.to_pixels(image)
    assert floats_of.shape == (SIZE[1], SIZE[0], 3)
    assert apart(pixels.to_rgb(floats_of), image) == 0
    dithered = pixels.to_rgb(floats_of, dithered=True)
    monkeypatch.setattr(pixels, "_BAND", 10**6)
    monkeypatch.setattr(pixels, "_LARGEST_KEPT", 0)
    assert apart(pixels.to_rgb(floats_of, dithered=True), dithered) == 0


@pytest.mark.slow
def test_painting_in_bands_is_painting_at_once(image, monkeypatch):
    monkeypatch.setattr(pixels, "_BAND", 1000)
    canvas = Canvas(SIZE)
    canvas.put(image)
    before = np.array(canvas.pixels)
    shape = Stencil.disc(300, 100, 60)
    canvas.fill(shape, "#3060c0", 0.5)
    alpha = Image.new("L", SIZE)
    alpha.paste(shape.mask, (shape.x, shape.y))
    share = np.asarray(alpha, dtype=np.float32)[..., None] / 255 * 0.5
    wanted = before + (floats("#3060c0") - before) * share
    assert canvas.pixels == pytest.approx(wanted, abs=1e-6)
    amount = np.linspace(0, 1, SIZE[0], dtype=np.float32)[None, :].repeat(SIZE[1], axis=0)
    canvas.mix("#ffffff", amount)
    wanted += (1 - wanted) * amount[..., None]
    assert canvas.pixels == pytest.approx(wanted, abs=1e-6)


def changed(image, filter_in_place, *options):
    levels = np.array(image)
    filter_in_place(levels, *options)
    return levels


def scaled(image, size, box):
    return filters.scale_part(image, size, box)


def scaled_clear(image, size, box):
    """As ``scaled``, of an image half of which is transparent, and keeps its colours."""
    clear = image.convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(image.size).point(lambda v: max(0, v - 128)))
    return np.dstack(filters.split_alpha(filters.scale_part(clear, size, box)))


TURN = (0.96, 0.28, -40.0, -0.28, 0.96, 45.0)
WORK = {
    "a narrow blur": lambda image: filters.blur(image, 1.3),
    "a wide blur": lambda image: filters.blur(image, 20),
    "a blurred mask": lambda image: filters.blur(image.convert("L"), 7),
    "sharper": lambda image: changed(image, filters.sharpen, 1.8, 55),
    "more contrast": lambda image: changed(image, filters.strengthen_contrast, 12, 0.16),
    "turned": lambda image: filters.transform_mask(image.convert("L"), (300, 170), TURN),
    "smaller": lambda image: scaled(image, (200, 90), (10.5, 3.0, 310.0, 175.5)),
    "much smaller": lambda image: scaled(image, (91, 50), (19.0, 10.5, 310.0, 175.5)),
    "larger": lambda image: scaled(image, (400, 300), (20.0, 3.5, 220.0, 153.5)),
    "clear, smaller": lambda image: scaled_clear(image, (137, 81), (5.0, 3.0, 317.0, 177.0)),
    "clear, much smaller": lambda image: scaled_clear(image, (61, 37), (9.0, 0.0, 320.0, 180.0)),
    "clear, larger": lambda image: scaled_clear(image, (400, 300), (20.0, 3.5, 220.0, 153.5)),
    "enlarged": lambda image: filters.enlarge(
        np.asarray(filters.blur(image.convert("L"), 9), dtype=np.float32), (640, 360)
    ),
    "means": lambda image: filters.box_mean(np.asarray(image.convert("L"), dtype=np.float32), 6),
}


@pytest.mark.parametrize("what", WORK)
def test_pillow_does_what_opencv_does(image, monkeypatch, what):
    pytest.importorskip("cv2")
    by_opencv = WORK[what](image)
    monkeypatch.setattr(filters, "load_opencv", lambda: None)
    by_pillow = WORK[what](image)
    assert np.asarray(by_opencv).shape == np.asarray(by_pillow).shape
    assert apart(by_opencv, by_pillow) < 2.5  # half a pixel further it would be 6
    assert apart(by_opencv, np.asarray(by_opencv).mean()) > 5, "nothing can be seen"


def test_levels_and_powers_are_the_same_without_opencv(image, monkeypatch):
    field = np.array(pixels.to_pixels(image)) * 1.2 - 0.1
    by_opencv = pixels.to_rgb(field, dithered=True), pixels.to_rgb(field)
    raised = pixels.raise_field(np.maximum(field[..., 0], 0), 1.7)
    monkeypatch.setattr(pixels, "load_opencv", lambda: None)
    assert apart(pixels.to_rgb(field, dithered=True), by_opencv[0]) < 0.01
    assert apart(pixels.to_rgb(field), by_opencv[1]) < 0.01
    assert pixels.raise_field(np.maximum(field[..., 0], 0), 1.7) == pytest.approx(raised, abs=1e-5)


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 5, 3), (5, 1, 3), (4, 4, 3)])
@pytest.mark.parametrize("planar", [True, False])
def test_a_few_pixels_are_raised_and_weighed_as_many_are(shape, planar):
    field = np.random.default_rng(0).random(shape, dtype=np.float32)
    raised = field.transpose(2, 0, 1).copy().transpose(1, 2, 0) if planar else field.copy()
    pixels.raise_pixels(raised, 1.7)
    assert raised == pytest.approx(field**1.7, abs=1e-5)
    bright = field @ np.array([0.299, 0.587, 0.114], np.float32)
    assert pixels.luma(field) == pytest.approx(bright, abs=1e-6)


@pytest.mark.parametrize("at", [(160, 90), (-20, 70), (310, 175), (900, 90)])
def test_a_lamp_shines_as_its_glow_does(image, at):
    whole, part = image.copy(), image.copy()
    brushes.shine(whole, brushes.glow(150, (255, 180, 80), 0.8), *at)
    brushes.shine_lamp(part, *at, 150, (255, 180, 80), 0.8)
    assert apart(part, whole) < 0.5
    assert (apart(part, image) > 1) == (at[0] < 400)


def test_light_is_put_on_in_bands_as_at_once(image, monkeypatch):
    monkeypatch.setattr(pixels, "_BAND", 1000)
    light = image.rotate(180)
    wanted = ImageChops.screen(image, light.point(lambda v: min(255, 2 * v)))
    lit = image.copy()
    brushes.screen_onto(lit, light, [min(255, 2 * v) for v in range(256)])
    assert apart(lit, wanted) == 0


def test_a_wide_layer_is_filled_in_parts(image, monkeypatch):
    mask = brushes.below(np.linspace(40, 120, SIZE[0], dtype=np.float32), SIZE[1])

    def painted():
        frame = image.copy()
        layer = brushes.Layer(
            mask, SIZE[0], [(200, 30, 90), (10, 60, 80)], np.random.default_rng(1)
        )
        layer.onto(frame)
        return frame

    whole = painted()
    monkeypatch.setattr(brushes, "_FILL", 90)
    assert apart(painted(), whole) < 0.5
    assert apart(whole, image) > 5
