"""Colours: every matrix, range and depth gives the colours that went in."""

from __future__ import annotations

import av
import numpy as np
import pytest
from av.video.reformatter import ColorPrimaries, ColorTrc, VideoReformatter

from tests.frames.numbered import need_encoder
from thumbnb import frames
from thumbnb.frames.display.colour import to_srgb

PATCHES = np.array(
    [
        (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (0, 255, 255), (255, 0, 255),
        (255, 255, 255), (0, 0, 0), (128, 128, 128), (200, 120, 60), (30, 60, 200), (250, 250, 240),
        (17, 34, 51), (180, 30, 90), (5, 5, 5), (90, 200, 120),
    ],
    float,
)  # fmt: skip
SIDE = 16

# matrix code point: (red's share of luma, blue's share)
LUMA = {1: (0.2126, 0.0722), 6: (0.299, 0.114), 9: (0.2627, 0.0593)}
LIMITED, FULL = 1, 2


def to_yuv(rgb, matrix, colour_range, bits):
    """Encode gamma-coded RGB (0 to 1) as a standard says, rounded to ``bits``."""
    kr, kb = LUMA[matrix]
    r, g, b = rgb.T
    y = kr * r + (1 - kr - kb) * g + kb * b
    cb, cr = (b - y) / (2 * (1 - kb)), (r - y) / (2 * (1 - kr))
    unit, top = 2 ** (bits - 8), 2**bits - 1
    if colour_range == LIMITED:
        planes = [16 * unit + 219 * unit * y, *(128 * unit + 224 * unit * c for c in (cb, cr))]
    else:
        planes = [top * y, *(128 * unit + top * c for c in (cb, cr))]
    return np.stack(planes).round().clip(0, top)


def patches(rgb, *, matrix, colour_range=LIMITED, pixels="yuv420p", primaries=1, transfer=1):
    """Return a frame with one square a colour, side by side."""
    deep = "10" in pixels
    planes = to_yuv(np.asarray(rgb, float), matrix, colour_range, 10 if deep else 8)
    frame = av.VideoFrame(SIDE * len(rgb), SIDE * 2, pixels)
    for plane, values in zip(frame.planes, planes, strict=True):
        rows = np.frombuffer(plane, np.uint16 if deep else np.uint8).reshape(plane.height, -1)
        rows[:, : plane.width] = np.repeat(values, plane.width // len(rgb))
    frame.colorspace, frame.color_range = matrix, colour_range
    frame.color_primaries, frame.color_trc = primaries, transfer
    return frame


def middles(image, count):
    pixels = np.asarray(image, float)
    step = pixels.shape[1] / count
    return np.array([pixels[pixels.shape[0] // 2, int((i + 0.5) * step)] for i in range(count)])


def shown(frame, count, scale=1):
    size = frame.width // scale, frame.height // scale
    return middles(to_srgb(frame, *size, VideoReformatter()), count)


@pytest.mark.parametrize("matrix", [1, 6, 9])
@pytest.mark.parametrize("colour_range", [LIMITED, FULL])
@pytest.mark.parametrize("pixels", ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le"])
@pytest.mark.parametrize("scale", [1, 2])
def test_colours_survive_within_two_levels(matrix, colour_range, pixels, scale):
    frame = patches(PATCHES / 255, matrix=matrix, colour_range=colour_range, pixels=pixels)
    assert abs(shown(frame, len(PATCHES), scale) - PATCHES).max() <= 2


def test_an_untagged_file_is_sd_or_hd_by_its_size():
    for width, height, matrix in ((640, 480, 6), (720, 576, 6), (1280, 720, 1), (1920, 1080, 1)):
        green = to_yuv(np.array([[0.1, 0.8, 0.2]]), matrix, LIMITED, 8)
        frame = av.VideoFrame(width, height, "yuv420p")
        for plane, value in zip(frame.planes, green, strict=True):
            plane.update(np.full(plane.buffer_size, value[0], np.uint8))
        pixel = to_srgb(frame, 64, 36, VideoReformatter()).getpixel((30, 20))
        assert pixel == pytest.approx((26, 204, 51), abs=2)


def test_old_full_range_formats_are_full_range():
    frame = patches(PATCHES / 255, matrix=6, colour_range=FULL, pixels="yuvj420p")
    frame.color_range = 0
    assert abs(shown(frame, len(PATCHES)) - PATCHES).max() <= 2


def test_an_image_already_in_rgb_is_left_alone():
    rgb = np.repeat(np.repeat(PATCHES[None].astype(np.uint8), 32, 0), SIDE, 1)
    for pixels in ("rgb24", "gbrp"):
        frame = av.VideoFrame.from_ndarray(rgb).reformat(format=pixels)
        assert abs(shown(frame, len(PATCHES)) - PATCHES).max() == 0


@pytest.mark.parametrize(
    ("codec", "suffix", "pixels"),
    [
        ("libx264", "mp4", "yuv420p"),
        ("libx264", "mkv", "yuv420p10le"),
        ("libx265", "mp4", "yuv420p10le"),
        ("libvpx-vp9", "webm", "yuv420p"),
    ],
)
def test_a_file_that_says_its_colours_is_believed(tmp_path, codec, suffix, pixels):
    need_encoder(codec)
    rgb = PATCHES[8:]
    path = tmp_path / f"v.{suffix}"
    frame = patches(rgb / 255, matrix=6, colour_range=FULL, pixels=pixels, primaries=6, transfer=6)
    save(path, frame, codec)
    with frames.open(path) as clip:
        assert abs(middles(clip.at(0), len(rgb)) - rgb).max() <= 6


def save(path, frame, codec, **options):
    need_encoder(codec)
    quiet = {"x265-params": "log-level=none:lossless=1"} if codec == "libx265" else {"crf": "1"}
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=25, options=quiet | options)
        stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, frame.format.name
        context = stream.codec_context
        context.colorspace, context.color_range = frame.colorspace, frame.color_range
        context.color_primaries, context.color_trc = frame.color_primaries, frame.color_trc
        for i in range(3):
            frame.pts = i
            out.mux(stream.encode(frame))
        out.mux(stream.encode())


# -- more colour than sRGB has -------------------------------------------------------

TO_2020 = np.array(
    [[0.627404, 0.329283, 0.043313], [0.069097, 0.919540, 0.011362], [0.016391, 0.088013, 0.895595]]
)


def srgb_light(levels):
    v = np.asarray(levels, float) / 255
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def pq(nits):
    y = (np.asarray(nits, float) / 10_000) ** 0.1593017578125
    return ((0.8359375 + 18.8515625 * y) / (1 + 18.6875 * y)) ** 78.84375


def hlg(light):
    light = np.asarray(light, float)
    log = np.log(np.maximum(12 * light - 0.28466892, 1e-9))
    return np.where(light <= 1 / 12, np.sqrt(3 * light), 0.17883277 * log + 0.55991073)


def hdr(signal, transfer):
    return patches(
        signal, matrix=9, pixels="yuv420p10le", primaries=ColorPrimaries.BT2020, transfer=transfer
    )


def grey(values):
    return np.repeat(np.asarray(values)[:, None], 3, 1)


def test_pq_greys_land_where_they_should():
    nits = [0, 203 * 0.18, 100, 203, 400, 1000, 4000]
    levels = shown(hdr(grey(pq(nits)), ColorTrc.SMPTE2084), len(nits))
    assert np.ptp(levels, axis=1).max() <= 1  # grey stays grey
    black, middle, half, white, bright, peak, beyond = levels[:, 0]
    assert black == 0
    assert middle == pytest.approx(118, abs=3)  # 18 % grey is 18 % grey in sRGB too
    assert 175 <= half <= 195
    assert 220 <= white <= 240  # a white page is white, with room left for a lamp on it
    assert white + 8 <= bright < peak
    assert peak >= 254
    assert beyond == 255


def test_hlg_white_and_grey_land_where_they_should():
    levels = shown(hdr(grey([0, 0.38, 0.75, 1]), ColorTrc.ARIB_STD_B67), 4)[:, 0]
    assert levels[0] == 0
    assert 90 <= levels[1] <= 130  # BT.2408: 38 % signal is middle grey
    assert 220 <= levels[2] <= 240  # 75 % signal is white
    assert levels[3] >= 254


def test_hdr_colours_below_white_keep_hue_and_strength():
    rgb = np.array([(150, 60, 40), (60, 130, 70), (50, 70, 150), (120, 120, 120), (160, 130, 100)])
    light = srgb_light(rgb) @ TO_2020.T
    seen = shown(hdr(pq(203 * light), ColorTrc.SMPTE2084), len(rgb))
    assert abs(seen - rgb).max() <= 6


def test_a_hdr_file_is_shown_as_it_was_meant(tmp_path):
    rgb = np.array([(150, 60, 40), (60, 130, 70), (50, 70, 150), (120, 120, 120)])
    frame = hdr(pq(203 * (srgb_light(rgb) @ TO_2020.T)), ColorTrc.SMPTE2084)
    save(tmp_path / "hdr.mp4", frame, "libx265")
    with frames.open(tmp_path / "hdr.mp4") as clip:
        for size in (None, (32, 16)):
            assert abs(middles(clip.at(0.04, size), len(rgb)) - rgb).max() <= 7


def test_a_wide_gamut_without_hdr_is_narrowed_not_faded():
    rgb = np.array([(150, 60, 40), (60, 130, 70), (50, 70, 150), (250, 250, 250), (0, 0, 0)])
    wide = ((rgb / 255) ** 2.2 @ TO_2020.T) ** (1 / 2.2)
    frame = patches(
        wide, matrix=9, pixels="yuv420p10le", primaries=ColorPrimaries.BT2020,
        transfer=ColorTrc.BT2020_10,
    )  # fmt: skip
    assert abs(shown(frame, len(rgb)) - rgb).max() <= 3
