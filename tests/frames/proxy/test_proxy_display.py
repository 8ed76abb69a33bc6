"""A proxy shows what decoding shows: HDR, matrices, ranges, rotation, pixel shape."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from av.video.reformatter import ColorTrc

from tests.frames.display.test_colour import FULL, LIMITED, PATCHES, hdr, patches, pq, save
from tests.frames.numbered import encode, steady
from thumbnb import frames
from thumbnb.frames.proxy.gop import QUALITY
from thumbnb.imaging.small_copy import encode_jpeg


def colours(path, codec, **how):
    save(path, patches(PATCHES[8:] / 255, **how), codec)


def untagged(path):
    frame = patches(PATCHES[8:] / 255, matrix=6)
    frame.colorspace = frame.color_primaries = frame.color_trc = 2  # which is: not said
    save(path, frame, "libx264")


def bright(path, transfer):
    nits = np.repeat(np.array([0, 40, 203, 1000, 4000])[:, None], 3, 1)
    save(path, hdr(pq(nits), transfer), "libx265")


VIDEOS = {
    "pq": lambda path: bright(path, ColorTrc.SMPTE2084),
    "hlg": lambda path: bright(path, ColorTrc.ARIB_STD_B67),
    "sd matrix, full range": lambda path: colours(path, "libx264", matrix=6, colour_range=FULL),
    "hd matrix, 10 bits": lambda path: colours(
        path, "libx265", matrix=1, colour_range=LIMITED, pixels="yuv420p10le"
    ),
    "no tags": untagged,
    "turned": lambda path: encode(path, steady(30), options={"bf": "3"}, turned=90),
    "wide pixels": lambda path: encode(
        path, steady(30), options={"bf": "3"}, sample_aspect=Fraction(4, 3)
    ),
    "turned and tall": lambda path: encode(
        path, steady(30), options={"bf": "3"}, turned=270, sample_aspect=Fraction(1, 2)
    ),
}


@pytest.mark.parametrize("name", VIDEOS)
def test_each_frame_is_that_of_decoding_byte_for_byte(tmp_path, name):
    path = tmp_path / "v.mp4"
    VIDEOS[name](path)
    with frames.open(path) as plain, frames.open(path, proxy=True) as clip:
        assert clip.size == plain.size
        size = (plain.size[0] // 2, plain.size[1] // 2)
        clip.frame_at(0, size)
        assert clip.proxy.settle(timeout=180)
        for time in (0.0, plain.duration / 2, plain.duration - 0.01):
            wanted = plain.frame_at(time, size)
            made = clip.proxy.frame_at(time, size)
            assert (made.time, made.duration, made.size) == (wanted.time, wanted.duration, size)
            assert made.jpeg == encode_jpeg(wanted.image, quality=QUALITY)
