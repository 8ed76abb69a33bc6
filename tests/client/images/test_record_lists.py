"""Lists that show themselves: what is there is shown with its name, what is not is left out."""

from __future__ import annotations

import copy
import io

import numpy as np
import pytest
from PIL import Image

from thumbnb import errors
from thumbnb.client.images.record_lists import RecordList
from thumbnb.client.runtime import runner
from thumbnb.imaging.contact_sheet import contact_sheet
from thumbnb.imaging.small_copy import encode_jpeg
from thumbnb.text.clock_time import clock_time


async def image_of(name):
    if name == "gone":
        raise errors.NotFound("It is gone.")
    return None if name == "bare" else encode_jpeg(Image.new("RGB", (320, 180), name))


def shown_of(*names):
    listed = RecordList(names, image_of=image_of, name_of=str, runner=runner.shared())
    return listed, listed._repr_jpeg_()


def test_it_shows_the_images_that_are_there():
    listed, data = shown_of("red", "bare", "gone", "blue")
    assert listed == ["red", "bare", "gone", "blue"]
    sheet = Image.open(io.BytesIO(data))
    left, right = (sheet.crop((x, 20, x + 8, 28)) for x in (100, sheet.width - 100))
    assert np.asarray(left)[..., 0].mean() > 200 > np.asarray(left)[..., 2].mean()
    assert np.asarray(right)[..., 2].mean() > 200 > np.asarray(right)[..., 0].mean()


@pytest.mark.parametrize("names", [(), ("bare",), ("gone",)])
def test_where_there_is_nothing_to_show_its_text_is_shown(names):
    assert shown_of(*names)[1] is None


def test_a_copy_is_a_plain_list():
    assert type(copy.deepcopy(shown_of("red")[0])) is list


def test_captions_stand_in_the_lower_left_corners_of_the_cells():
    images = [Image.new("RGB", (160, 90), "white")] * 2
    plain = np.asarray(contact_sheet(images, (160, 90), columns=2))
    captioned = np.asarray(contact_sheet(images, (160, 90), columns=2, captions=["0:05", ""]))
    changed = np.argwhere((plain != captioned).any(axis=2))
    assert changed[:, 0].min() > 45
    assert changed[:, 1].max() < 80


@pytest.mark.parametrize(
    ("seconds", "digits", "words"), [(59.96, 1, "1:00.0"), (3599.6, 0, "1:00:00"), (0, 1, "0:00.0")]
)
def test_a_clock_never_says_sixty(seconds, digits, words):
    assert clock_time(seconds, digits=digits) == words
