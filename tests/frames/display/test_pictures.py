"""The right track of a file, and its pictures as they are meant: whole, upright, in colour."""

from __future__ import annotations

import struct
from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.frames.barred import DATA, read_bits
from tests.frames.numbered import encode, read, steady
from thumbnb import frames

DEFAULT = av.stream.Disposition.default
ASIDE = av.stream.Disposition(0)


def tracks(path, *tracks):
    """Write tracks side by side: (codec, size, pictures, frames a second, disposition) each."""
    with av.open(str(path), "w") as out:
        made = []
        for codec, size, pictures, fps, disposition in tracks:
            stream = out.add_stream(codec, rate=fps)
            stream.width, stream.height = size
            stream.pix_fmt = {"mjpeg": "yuvj420p", "qtrle": "argb", "png": "rgba"}.get(
                codec, "yuv420p"
            )
            stream.disposition = disposition
            made.append((stream, pictures, fps))
        for stream, pictures, fps in made:
            for i, picture in enumerate(pictures):
                kind = "rgba" if picture.mode == "RGBA" else "rgb24"
                frame = av.VideoFrame.from_ndarray(np.asarray(picture), kind)
                frame.pts, frame.time_base = i, Fraction(1, fps)
                out.mux(stream.encode(frame))
            out.mux(stream.encode())
    return path


def plain(colour, size, count):
    return [Image.new("RGB", size, colour)] * count


FILM, OTHER = (96, 160, 64), (200, 40, 40)
SMALL, LARGE = (96, 54), (192, 108)


@pytest.mark.parametrize(
    ("suffix", "other"),
    [
        ("mp4", ("libx264", SMALL, plain(OTHER, SMALL, 50), 25, ASIDE)),  # a proxy
        ("mp4", ("libx264", SMALL, plain(OTHER, SMALL, 50), 25, DEFAULT)),
        ("mov", ("mjpeg", SMALL, plain(OTHER, SMALL, 2), 1, ASIDE)),  # a preview
        ("mov", ("mjpeg", LARGE, plain(OTHER, LARGE, 2), 1, DEFAULT)),
        ("mkv", ("mjpeg", (300, 300), plain(OTHER, (300, 300), 1), 25, ASIDE)),  # a cover
        ("mkv", ("mjpeg", (300, 300), plain(OTHER, (300, 300), 1), 25, DEFAULT)),
    ],
)
def test_the_film_is_shown_not_what_lies_before_it(tmp_path, suffix, other):
    film = ("libx264", LARGE, plain(FILM, LARGE, 50), 25, DEFAULT)
    with frames.open(tracks(tmp_path / f"v.{suffix}", other, film)) as clip:
        assert clip.size == LARGE
        assert clip.duration == pytest.approx(2, abs=0.05)
        assert clip.at(1).getpixel((60, 40)) == pytest.approx(FILM, abs=6)


def test_the_default_film_wins_over_a_larger_one(tmp_path):
    other = ("libx264", (384, 216), plain(OTHER, (384, 216), 50), 25, ASIDE)
    film = ("libx264", LARGE, plain(FILM, LARGE, 50), 25, DEFAULT)
    with frames.open(tracks(tmp_path / "v.mp4", other, film)) as clip:
        assert clip.size == LARGE


def test_an_animated_avif_moves():
    with frames.open(DATA / "animated.avif") as clip:
        assert clip.duration == pytest.approx(0.8)
        assert [read_bits(clip.at((i + 0.4) / 25)) for i in (0, 7, 14, 19)] == [0, 7, 14, 19]


# -- sizes and pixels ----------------------------------------------------------------


def disc(size, squeeze=1.0):
    """A white disc that is round where pixels are ``squeeze`` times as wide as high."""
    image = Image.new("RGB", size, (40, 60, 80))
    high = min(size[1], size[0] * squeeze) * 0.4
    wide = high / squeeze
    x, y = size[0] / 2, size[1] / 2
    ImageDraw.Draw(image).ellipse([x - wide, y - high, x + wide, y + high], fill="white")
    return image


def roundness(image):
    rows, columns = np.where(np.asarray(image.convert("L")) > 200)
    return np.ptp(columns) / np.ptp(rows)


def part(path, size, aspect, start, codec="mpeg2video"):
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=25, options={"g": "12"})
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.sample_aspect_ratio = aspect
        for i in range(50):
            frame = av.VideoFrame.from_image(disc(size, float(aspect)))
            frame.pts, frame.time_base = start + i, Fraction(1, 25)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    return path.read_bytes()


ONE = Fraction(1)


@pytest.mark.slow
@pytest.mark.parametrize("codec", ["mpeg2video", "libx264"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (((192, 112), ONE), ((112, 192), ONE)),  # a phone turned
        (((192, 112), ONE), ((144, 176), ONE)),  # another size
        (((180, 144), Fraction(64, 45)), ((180, 144), Fraction(16, 15))),  # 16:9, then 4:3
    ],
)
def test_no_image_is_stretched_when_the_film_changes_its_shape(tmp_path, codec, first, second):
    path = tmp_path / "v.ts"
    whole = part(path, *first, 0, codec) + part(path, *second, 52, codec)
    path.write_bytes(whole)
    for t in (3.0, 0.5, 2.5, 1.2):
        for size in (None, (100, 100), (60, 20)):
            with frames.open(path) as clip:
                if size != (60, 20):  # there the disc is cut
                    assert roundness(clip.at(t, size)) == pytest.approx(1, abs=0.08)
                assert clip.at(t, size).size == (size or clip.at(t).size)
                assert roundness(clip.keyframe_at(t).image) == pytest.approx(1, abs=0.08)
    with frames.open(path) as clip:  # stepping over the change
        for i in range(40, 62):
            assert roundness(clip.at((i + 0.5) / 25)) == pytest.approx(1, abs=0.08)


def test_no_frame_is_lost_where_the_size_changes(tmp_path):
    path = tmp_path / "v.ts"
    first, second = ((192, 112), ONE), ((144, 176), ONE)
    path.write_bytes(part(path, *first, 0) + part(path, *second, 52))
    with frames.open(path) as clip:
        time, seen = 0.0, []
        for _ in range(100):
            frame = clip.frame_at(time, step=1 if seen else 0)
            seen.append(frame.image.size)
            time = frame.time
    assert seen == [(192, 112)] * 50 + [(144, 176)] * 50


# -- crop ----------------------------------------------------------------------------


def padded(path, codec):
    """Frames of 192x108 in the middle of 192x128, green above and below."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = 192, 128, "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(2)
        for _ in range(5):
            picture = Image.new("RGB", (192, 128), (0, 255, 0))
            picture.paste(Image.new("RGB", LARGE, FILM), (0, 10))
            out.mux(stream.encode(av.VideoFrame.from_image(picture)))
        out.mux(stream.encode())
    return bytearray(path.read_bytes())


def no_green(path, size):
    with frames.open(path) as clip:
        assert clip.size == size
        for wanted in (None, (48, 48), (400, 100)):
            pixels = np.asarray(clip.at(0.1, wanted)).reshape(-1, 3).astype(int)
            # colours are stored for two rows at once, and blend at the edge
            assert np.abs(pixels - FILM).max() < 60


def test_what_a_matroska_crops_is_left_out():
    with frames.open(DATA / "cropped.mkv") as clip:  # ten rows of green above and below
        assert clip.size == LARGE
        assert [read_bits(clip.at((i + 0.4) / 25)) for i in (0, 7, 24)] == [0, 7, 24]
        for size in (None, (48, 27), (400, 225)):
            edges = np.asarray(clip.at(0.5, size)).astype(int)[[0, -1]]
            assert not (edges[..., 1] - edges[..., ::2].max(axis=-1) > 150).any()


def test_what_lies_outside_the_clean_aperture_is_left_out(tmp_path):
    path = tmp_path / "v.mp4"
    data = padded(path, "libx264")
    clap = struct.pack(">I4sIIIIiIiI", 40, b"clap", 192, 1, 108, 1, 0, 1, 0, 1)
    at = data.find(b"avc1", data.find(b"stsd")) - 4
    end = at + int.from_bytes(data[at : at + 4], "big")
    data[end:end] = clap
    for kind in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"avc1"):
        start = data.find(kind, data.find(b"moov")) - 4
        data[start : start + 4] = (int.from_bytes(data[start : start + 4], "big") + 40).to_bytes(
            4, "big"
        )
    assert data.find(b"mdat") < data.find(b"moov")  # so that no offset moves
    path.write_bytes(data)
    no_green(path, (384, 108))


# -- fields --------------------------------------------------------------------------


def combed(image):
    grey = np.asarray(image.convert("L")).astype(int)[22:]
    middle = np.abs(2 * grey[1:-1] - grey[:-2] - grey[2:])
    return float(((middle > 80) & (np.abs(grey[:-2] - grey[2:]) < 10)).mean())


def interlaced(path, codec, options):
    """A white bar that moves from field to field over a still pattern of lines."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=25, options=options)
        stream.width, stream.height, stream.pix_fmt = 192, 112, "yuv420p"
        for i in range(50):
            fields = []
            for k in (0, 1):
                field = np.full((112, 192, 3), 70, np.uint8)
                x = 10 + (2 * i + k) * 8 % 150
                field[20:100, x : x + 24] = 220
                field[102:, ::2] = 160
                fields.append(field)
            fields[0][1::2] = fields[1][1::2]
            frame = av.VideoFrame.from_ndarray(fields[0], "rgb24").reformat(
                format="yuv420p", interpolation="POINT"
            )
            frame.pts, frame.time_base = i, Fraction(1, 25)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    return path


FIELDS = [
    ("vob", "mpeg2video", {"flags": "+ildct+ilme", "field_order": "tt", "bf": "2", "g": "12"}),
    ("ts", "libx264", {"x264-params": "tff=1", "bf": "2", "g": "25"}),
    ("mp4", "libx264", {"x264-params": "bff=1", "g": "25"}),
]


@pytest.mark.parametrize(("suffix", "codec", "options"), FIELDS)
def test_two_moments_are_not_woven_into_one_image(tmp_path, suffix, codec, options):
    path = interlaced(tmp_path / f"v.{suffix}", codec, options)
    with frames.open(path) as clip:
        assert clip.size == (192, 112)
        for i in (49, 25, 0, 12, 13, 14):
            frame = clip.frame_at((i + 0.5) / 25)
            assert combed(frame.image) < 0.005
            assert frame.time == pytest.approx(i / 25, abs=0.001)
            small = clip.at((i + 0.5) / 25, (96, 56))
            assert combed(small) < 0.005
        assert combed(clip.keyframe_at(1).image) < 0.005
        # what stands still keeps its lines
        static_part = np.asarray(clip.at(1).convert("L")).astype(int)[104:110]
        assert np.ptp(static_part.mean(axis=0)) > 60
    with frames.open(path) as clip:  # alone and in a row, the same picture
        alone = np.asarray(clip.at(13.5 / 25)).astype(int)
        clip.at(14.5 / 25)
        clip.at(15.5 / 25)
        again = np.asarray(clip.at(13.5 / 25)).astype(int)
        assert np.abs(alone - again).max() == 0


def test_an_interlaced_film_of_another_encoder():
    with frames.open(DATA / "interlaced.mp4") as clip:
        assert combed(clip.at(1.0)) < 0.005


# -- colours -------------------------------------------------------------------------


@pytest.mark.parametrize("matrix", [3, 8, 10, 11, 12, 13, 14, 15, 16, 17])
def test_a_matrix_that_the_scaler_does_not_know_is_no_error(tmp_path, matrix):
    path = tmp_path / "v.mkv"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=25, options={"qp": "4"})
        stream.width, stream.height = LARGE
        stream.pix_fmt = "yuv420p"
        stream.codec_context.colorspace = 1
        grey = av.VideoFrame.from_image(Image.new("RGB", LARGE, (128, 128, 128)))
        grey = grey.reformat(format="yuv420p")
        grey.colorspace = 1
        out.mux(stream.encode(grey))
        out.mux(stream.encode())
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
    from av.video.reformatter import VideoReformatter

    from thumbnb.frames.display.colour import to_srgb

    for size in (LARGE, SMALL):
        frame.colorspace = matrix
        image = to_srgb(frame, *size, VideoReformatter())
        assert image.getpixel((20, 20)) == pytest.approx((128, 128, 128), abs=6)
        assert frame.colorspace == matrix  # as it was, for the next picture of it


def rgb_planes(colour, matrix):
    """A frame of one colour in 8 bits, by a matrix from RGB (0..1) to Y, Cb, Cr."""
    y, cb, cr = np.asarray(matrix) @ (np.asarray(colour) / 255)
    frame = av.VideoFrame(64, 64, "yuv444p")
    for plane, value in zip(
        frame.planes, (16 + 219 * y, 128 + 224 * cb, 128 + 224 * cr), strict=True
    ):
        plane.update(bytes([round(value)]) * plane.buffer_size)
    return frame


@pytest.mark.parametrize("colour", [(200, 60, 40), (30, 180, 90), (40, 60, 220), (250, 250, 250)])
def test_ycgco_has_its_own_matrix(colour):
    from av.video.reformatter import VideoReformatter

    from thumbnb.frames.display.colour import to_srgb

    frame = rgb_planes(colour, [[0.25, 0.5, 0.25], [-0.25, 0.5, -0.25], [0.5, 0, -0.5]])
    frame.colorspace = 8
    image = to_srgb(frame, 64, 64, VideoReformatter())
    assert image.getpixel((20, 20)) == pytest.approx(colour, abs=3)


def test_dolby_vision_that_is_nothing_else_has_its_colours():
    want = {
        "paper": (255, 255, 255), "grey": (118, 118, 118), "skin": (196, 149, 124),
        "sky": (124, 160, 218), "grass": (80, 121, 63), "red": (188, 39, 39),
        "blue": (39, 39, 188), "black": (0, 0, 0),
    }  # fmt: skip
    with frames.open(DATA / "dolby-vision-5.mp4") as clip:
        image = clip.at(0)
        for k, colour in enumerate(want.values()):
            x = int(image.width * (k + 0.5) / len(want))
            assert image.getpixel((x, image.height // 2)) == pytest.approx(colour, abs=30)


def test_what_shines_through_lies_over_white():
    with frames.open(DATA / "alpha-vp9.webm") as clip:
        for t in (0, 0.1, 0.35):
            image = clip.at(t)
            assert image.getpixel((10, 10)) == pytest.approx((255, 255, 255), abs=8)
            assert image.getpixel((96, 54)) == pytest.approx((40, 160, 40), abs=8)


@pytest.mark.parametrize(("suffix", "codec"), [("mov", "qtrle"), ("mov", "png")])
def test_hidden_colours_stay_hidden(tmp_path, suffix, codec):
    picture = Image.new("RGBA", LARGE, (255, 0, 255, 0))
    picture.paste((40, 160, 40, 255), (48, 27, 144, 81))
    picture.paste((0, 0, 0, 128), (0, 0, 20, 20))
    path = tracks(tmp_path / f"v.{suffix}", (codec, LARGE, [picture] * 3, 25, DEFAULT))
    with frames.open(path) as clip:
        image = clip.at(0.05)
        assert image.getpixel((30, 10)) == (255, 255, 255)
        assert image.getpixel((96, 54)) == (40, 160, 40)
        assert image.getpixel((8, 8)) == pytest.approx((127, 127, 127), abs=2)


# -- names ---------------------------------------------------------------------------


def test_a_name_that_begins_with_a_tilde(tmp_path, monkeypatch):
    data = encode(tmp_path / "v.mp4", steady(5)).path.read_bytes()
    monkeypatch.chdir(tmp_path)
    for name in ("~clip.mp4", "~nobody-of-this-name", "~"):
        (tmp_path / name).write_bytes(data)
        with frames.open(name) as clip:
            assert read(clip.at(0.05)) == 1
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    with frames.open("~/v.mp4") as clip:
        assert read(clip.at(0.05)) == 1
