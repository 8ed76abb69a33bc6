"""What a notebook shows of pictures, and keeps in its file: small, whatever they are."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from thumbnb import errors
from thumbnb.client.images.image import shown, snapshot_contact_sheet


def noise(width, height):
    return Image.effect_noise((width, height), 90).convert("RGB")


@pytest.mark.parametrize(
    "image",
    [
        noise(1920, 1080),
        noise(1080, 1920),
        snapshot_contact_sheet([noise(640, 360)] * 24),
        noise(2, 5000),
    ],
    ids=["wide", "tall", "sheet", "thread"],
)
def test_a_cell_holds_at_most_200_kb_of_it(image):
    data = shown(lambda: image)
    assert len(base64.b64encode(data)) < 195_000
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.width <= 640
        assert picture.height <= 2560


def test_an_ordinary_image_is_shown_well():
    image = Image.linear_gradient("L").resize((1280, 720)).convert("RGB")
    with Image.open(io.BytesIO(shown(lambda: image))) as picture:
        assert picture.size == (640, 360)


def test_what_cannot_be_had_is_reported_in_words(caplog):
    def gone():
        raise errors.DownloadFailed("Its address has expired.")

    assert shown(gone) is None
    assert "Its address has expired." in caplog.text
