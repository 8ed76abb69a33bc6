"""Files that are cut off, torn, or no video at all."""

from __future__ import annotations

import io
import os
import wave
from random import Random

import av
import numpy as np
import pytest
from PIL import Image

from tests.frames.numbered import encode, read, steady
from tests.frames.recipes import B_FRAMES, RECIPES
from thumbnb import frames
from thumbnb.errors import DamagedVideo, InvalidInput, MediaError, NotAVideo, TimeOutOfRange
from thumbnb.frames import source


@pytest.fixture(scope="module")
def front_indexed(tmp_path_factory):
    """An MP4 with its index in front, so that it can be opened when it is cut off."""
    folder = tmp_path_factory.mktemp("front")
    plain = encode(folder / "plain.mp4", steady(300), options=B_FRAMES)
    path = folder / "front.mp4"
    with (
        av.open(str(plain.path)) as whole,
        av.open(str(path), "w", options={"movflags": "faststart"}) as out,
    ):
        stream = out.add_stream_from_template(whole.streams.video[0])
        for packet in whole.demux(whole.streams.video[0]):
            if packet.size:
                packet.stream = stream
                out.mux(packet)
    return path


def cut(path, share, folder):
    data = path.read_bytes()
    short = folder / f"cut{path.suffix}"
    short.write_bytes(data[: int(len(data) * share)])
    return short


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.3, 0.5, 0.85])
@pytest.mark.parametrize("kind", ["mp4", "mkv"])
def test_a_file_cut_off_gives_the_frames_it_has(numbered, front_indexed, tmp_path, kind, share):
    path = front_indexed if kind == "mp4" else numbered("h264-mkv").path
    with frames.open(cut(path, share, tmp_path)) as clip:
        assert clip.duration == pytest.approx(12)  # as the file says
        assert 0.5 * share * 12 < clip.readable < 11
        random = Random(share)
        for _ in range(60):
            t = random.uniform(0, clip.readable - 1e-3)
            assert read(clip.at(t)) == int(t * 25 + 1e-6)
        for t in (clip.readable + 0.01, 11.9, 12):
            with pytest.raises(DamagedVideo, match=f"first {clip.readable:.3f} s can be read"):
                clip.at(t)
        with pytest.raises(TimeOutOfRange, match=r"from 0 to 12\.000 s"):
            clip.at(13)
        board = clip.storyboard(10, 96)
        assert max(board.times) < clip.readable


def test_a_file_cut_before_its_index_says_so(numbered, tmp_path):
    with pytest.raises(DamagedVideo, match=r"index of .* is missing"):
        frames.open(cut(numbered("h264").path, 0.6, tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["h264", "h264-open-gop", "hevc", "av1"])
def test_a_hole_in_the_middle_never_shows_a_wrong_frame(numbered, tmp_path, name):
    video = numbered(name)
    data = bytearray(video.path.read_bytes())
    start, length = int(len(data) * 0.4), len(data) // 20
    data[start : start + length] = Random(3).randbytes(length)
    path = tmp_path / "torn.mp4"
    path.write_bytes(data)
    damaged = wrong = 0
    with frames.open(path) as clip:
        for i in range(0, 300, 2):
            try:
                shown = read(clip.at(float(video.times[i]) + 0.01))
            except DamagedVideo as error:
                assert "damaged" in str(error)  # noqa: PT017 (counted, too)
                damaged += 1
            except AssertionError:
                wrong += 1  # torn so slightly that the decoder saw nothing amiss
            else:
                wrong += shown != i
    assert 0 < damaged < 75  # no further than to the next keyframe or two
    assert wrong <= 3


@pytest.mark.slow
@pytest.mark.parametrize("name", ["h264-ts-offset", "h264-mkv", "vp9"])
def test_after_a_hole_all_is_well_again(numbered, tmp_path, name):
    video = numbered(name)
    data = bytearray(video.path.read_bytes())
    start, length = int(len(data) * 0.4), len(data) // 20
    data[start : start + length] = bytes(length)
    path = tmp_path / f"torn.{RECIPES[name][0]}"
    path.write_bytes(data)
    with frames.open(path) as clip:
        for i in (*range(0, 90, 7), *range(240, 300, 7)):
            assert read(clip.at(float(video.times[i]) + 0.01)) == i
        assert len(clip.storyboard(8, 96).times) == 8


def text(path):
    path.write_text("1\n00:00:01,000 --> 00:00:02,000\nNot a video.\n" * 50)


def nothing(path):
    path.write_bytes(b"")


def noise(path):
    path.write_bytes(Random(1).randbytes(50_000))


def picture(path):
    buffer = io.BytesIO()
    Image.radial_gradient("L").save(buffer, "PNG" if path.suffix == ".mp4" else "JPEG")
    path.write_bytes(buffer.getvalue())


def sound(path):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(bytes(32_000))


def song_with_a_cover(path):
    """An M4A whose cover picture is a video stream in the eyes of FFmpeg."""
    with av.open(str(path), "w", format="mp4") as out:
        voice = out.add_stream("aac", rate=48_000, layout="mono")
        cover = out.add_stream("mjpeg", rate=1)
        cover.width = cover.height = 64
        cover.pix_fmt = "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        out.mux(cover.encode(av.VideoFrame.from_image(Image.new("RGB", (64, 64), "red"))))
        for start in range(0, 48_000, 1024):
            quiet = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
            quiet.sample_rate, quiet.pts = 48_000, start
            out.mux(voice.encode(quiet))
        out.mux(cover.encode())
        out.mux(voice.encode())


def playlist(path):
    """What would make FFmpeg fetch from elsewhere, were it let."""
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n")


def concatenation(path):
    path.write_text("ffconcat version 1.0\nfile /etc/hostname\n")


@pytest.mark.parametrize(
    "make",
    [text, nothing, noise, picture, sound, song_with_a_cover, playlist, concatenation],
    ids=lambda make: make.__name__,
)
@pytest.mark.parametrize("name", ["it.mp4", "it.dat"])
def test_what_is_no_video_is_refused(tmp_path, make, name):
    path = tmp_path / name
    make(path)
    with pytest.raises(NotAVideo, match=r"it\.") as caught:
        frames.open(path)
    assert isinstance(caught.value, MediaError)


@pytest.mark.parametrize(
    ("begins", "kind"),
    [
        (b"ID3\x04\0\0", "a sound file"),
        (b"fLaC\0\0\0\x22", "a sound file"),
        (b"RIFF\x0a\0\0\0WAVEfmt ", "a sound file"),
        (b"II*\0\x08\0\0\0", "an image"),
        (b"PK\x03\x04\x14\0", "an archive"),
    ],
)
def test_what_is_no_video_is_called_what_it_is(tmp_path, begins, kind):
    path = tmp_path / "it.mp4"
    path.write_bytes(begins + bytes(200))
    with pytest.raises(NotAVideo, match=f"it.mp4' is .*{kind}, not a video"):
        frames.open(path)


def test_a_file_that_claims_giant_images_is_refused(numbered, monkeypatch):
    """Before memory is taken for even one of them."""
    path = numbered("h264").path
    monkeypatch.setitem(source._DECODER_OPTIONS, "max_pixels", str(192 * 108 - 1))
    with pytest.raises(NotAVideo):
        frames.open(path)
    monkeypatch.setitem(source._DECODER_OPTIONS, "max_pixels", str(208 * 128))
    frames.open(path).close()


def test_a_missing_file_or_a_folder(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no file .*gone\.mp4"):
        frames.open(tmp_path / "gone.mp4")
    with pytest.raises(InvalidInput, match="is a folder"):
        frames.open(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_or_a_device_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.mp4")
    for path in (tmp_path / "pipe.mp4", os.devnull):
        with pytest.raises(InvalidInput, match="a device or a pipe"):
            frames.open(path)


def test_a_name_that_looks_like_an_address_is_a_file(numbered, tmp_path):
    path = tmp_path / "http:video, 100%#1?.mp4"
    path.write_bytes(numbered("h264").path.read_bytes())
    with frames.open(path) as clip:
        assert read(clip.at(1)) == 25


def test_only_plain_addresses_go_to_the_network():
    assert source.is_address("https://example.org/v.mp4")
    for other in ("ftp://example.org/v.mp4", "concat:a|b", "data:video/mp4;base64,AAAA", "v.mp4"):
        assert not source.is_address(other)
        with pytest.raises(FileNotFoundError):
            frames.open(other)
