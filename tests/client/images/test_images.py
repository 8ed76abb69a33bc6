"""A picture in a file: whole, in the form its name says, and what it was made of still in it."""

from __future__ import annotations

import asyncio
import io

import numpy as np
import pytest
from PIL import Image

import thumbnb as tb
from thumbnb import render
from thumbnb.client.images.display import display_image
from thumbnb.client.images.results import Result
from thumbnb.models import ResultRecord


@pytest.fixture(scope="module")
def made() -> bytes:
    brief = render.Brief(prompt="A red door at noon", title="ÜBER 9000 €", preset="free")
    return render.encode(render.compose(brief, seed=7, size=(640, 360)), "JPEG")


def result(client, encoded: bytes) -> Result:
    it = Result(client._session, ResultRecord(id="r-1"))
    it._bytes = encoded
    return it


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tiff"])
def test_a_saved_result_has_its_provenance_in_any_format(client, made, tmp_path, name):
    image, story = tb.open_result(result(client, made).save(tmp_path / name))
    assert image.size == (640, 360)
    assert story == tb.open_result(made)[1]
    assert (story["title"], story["seed"]) == ("ÜBER 9000 €", 7)


def test_an_image_held_sideways_is_saved_as_it_is_to_be_shown(client, tmp_path):
    exif, buffer = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6  # turn right
    Image.new("RGB", (20, 10)).save(buffer, "JPEG", exif=exif)
    with Image.open(result(client, buffer.getvalue()).save(tmp_path / "a.png")) as saved:
        assert saved.getexif()[0x0112] == 6


@pytest.mark.parametrize("name", ["a.gif", "a.bmp", "a.png"])
def test_an_image_without_provenance_is_saved_all_the_same(client, made, tmp_path, name):
    plain = io.BytesIO()
    Image.new("RGB", (20, 10)).save(plain, "JPEG")
    for encoded in (made, plain.getvalue()):
        with Image.open(result(client, encoded).save(tmp_path / name)) as saved:
            assert saved.size in {(640, 360), (20, 10)}


@pytest.mark.parametrize("form", ["Pillow", "PNG", "TIFF"])
def test_an_image_of_16_bits_is_shown_as_bright_as_it_is(form):
    ramp = np.tile(np.linspace(0, 1, 64), (36, 1))
    picture = Image.fromarray((ramp * 65535).astype(np.uint16))
    if form != "Pillow":
        buffer = io.BytesIO()
        picture.save(buffer, form)
        picture = buffer.getvalue()
    shown = display_image(picture)
    with Image.open(io.BytesIO(asyncio.run(shown.small(64)))) as small:
        for image in (shown.image(), small):
            assert np.asarray(image.convert("L"))[0] / 255 == pytest.approx(ramp[0], abs=0.03)
