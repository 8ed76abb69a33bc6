"""Dark shapes of people have the proportions of grown ones, and stand where they stood."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from thumbnb.render.figures.silhouette import as_silhouette


def rows_of(image: Image.Image, column: int) -> np.ndarray:
    """Return the rows in which a column of an image is opaque."""
    return np.flatnonzero(np.asarray(image.getchannel("A"))[:, column] > 127)


def test_head_is_smaller_and_body_reaches_from_there_to_the_same_ground():
    figure = Image.new("RGBA", (200, 300))
    draw = ImageDraw.Draw(figure)
    draw.rectangle((50, 20, 149, 119), fill="black")  # the head
    draw.rectangle((60, 120, 139, 279), fill="black")
    shape = as_silhouette(figure, (50, 30, 100, 90))
    middle = rows_of(shape, 100)
    assert abs(middle[0] - 20) <= 1
    assert abs(middle[-1] - 279) <= 1
    widths = (np.asarray(shape.getchannel("A")) > 127).sum(axis=1)
    assert widths[40] < 62
    assert 60 < widths[200] < 80


def test_nothing_drawn_is_left_as_it_is():
    empty = Image.new("RGBA", (20, 20))
    assert as_silhouette(empty, (5, 5, 5, 5)) is empty
