"""What a clip tells, and what it refuses."""

from __future__ import annotations

import gc
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
from av.video.frame import VideoFrame

from tests.frames.numbered import read
from thumbnb import frames
from thumbnb.errors import InvalidInput, NotAVideo, TimeOutOfRange


@pytest.fixture(scope="module")
def clip(numbered):
    with frames.open(numbered("h264").path) as clip:
        yield clip


@pytest.mark.slow
def test_the_facts(clip):
    assert clip.size == (192, 108)
    assert clip.duration == pytest.approx(12)
    assert clip.readable == clip.duration
    assert clip.fps == 25
    assert clip.codec == "h264"
    assert clip.start == 0
    assert "192x108, 12.00 s, 25 fps, h264" in repr(clip)


def test_the_facts_outlive_the_file_being_open(numbered):
    clip = frames.open(numbered("h264").path)
    clip.close()
    assert (clip.fps, clip.codec, clip.size) == (25, "h264", (192, 108))
    assert "12.00 s" in repr(clip)


@pytest.mark.slow
def test_codec_names(numbered):
    for name in ("hevc", "vp9", "av1"):
        with frames.open(numbered(name).path) as clip:
            assert clip.codec == name


@pytest.mark.parametrize("t", [-0.1, 12.1, 1e9, float("nan"), float("inf"), -float("inf")])
def test_a_time_without_a_frame_names_those_that_have_one(clip, t):
    with pytest.raises(TimeOutOfRange, match=r"from 0 to 12\.000 s"):
        clip.at(t)
    with pytest.raises(ValueError, match=re.escape("12.000")):
        clip.keyframe_at(t)


def test_a_time_may_be_a_text_like_a_clock(clip):
    assert clip.frame_at("0:02.5").time == clip.frame_at(2.5).time
    assert clip.keyframe_at("0:11").time == clip.keyframe_at(11).time
    with pytest.raises(TimeOutOfRange, match=r"from 0 to 12\.000 s"):
        clip.at("0:13")


@pytest.mark.parametrize("t", ["5", "soon", None, [1], 1j, True])
def test_a_time_is_a_number(clip, t):
    with pytest.raises(InvalidInput, match="number of seconds"):
        clip.at(t)


@pytest.mark.parametrize("t", [2, 2.0, np.float64(2), np.float32(2), np.int64(2)])
def test_any_kind_of_number_is_a_time(clip, t):
    assert read(clip.at(t)) == 50


def test_the_ends(clip):
    assert read(clip.at(0)) == 0
    assert read(clip.at(-0.0)) == 0
    assert read(clip.at(-0.001)) == 0
    assert read(clip.at(clip.duration)) == 299
    assert read(clip.at(clip.duration + 0.001)) == 299  # a duration passed on rounded


def test_a_size_is_checked_before_anything_is_decoded(clip):
    for size in ((0, 10), (10, -5), (1.5, 2), 640, (640,), "640x360"):
        with pytest.raises(InvalidInput, match="pixels"):
            clip.at(1, size=size)


def test_a_keyframe_is_the_one_before(clip):
    for t in (0, 1.5, 2.39, 2.41, 5, 12):
        frame = clip.keyframe_at(t, (96, 54))
        assert frame.time <= t + 1e-9
        assert frame.image.size == (96, 54)
        assert frame.image.tobytes() == clip.at(frame.time, (96, 54)).tobytes()
        assert t - frame.time < 2.4 + 1e-9  # a keyframe every 60 frames
        assert frame.duration == pytest.approx(0.04)


@pytest.mark.slow
def test_stepping_by_what_a_frame_says_visits_every_frame(numbered):
    with frames.open(numbered("h264-vfr").path) as clip:
        t, seen = 0.0, []
        while t < clip.duration - 1e-6:
            frame = clip.frame_at(t)
            seen.append(read(frame.image))
            t = frame.time + frame.duration
        assert seen == list(range(300))


class _Files(BaseHTTPRequestHandler):
    """Serves the bytes of one file, by ranges."""

    content = b""

    def do_GET(self):
        wanted = re.match(r"bytes=(\d+)-(\d*)", self.headers.get("Range", "bytes=0-"))
        start = int(wanted[1])
        end = int(wanted[2]) + 1 if wanted[2] else len(self.content)
        body = self.content[start:end]
        self.send_response(206 if "Range" in self.headers else 200)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(self.content)}")
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # the reader has seen enough

    def log_message(self, *args):
        pass


@pytest.fixture
def address():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v.mp4"
    server.shutdown()
    server.server_close()


def test_a_video_across_the_network(numbered, address):
    _Files.content = numbered("h264").path.read_bytes()
    with frames.open(f"{address}?signature=secret") as clip:
        assert "secret" not in repr(clip)
        assert address in repr(clip), "with its port"
        assert clip.duration == pytest.approx(12)
        for t in (7.3, 0.5, 11.9, 3.3):
            assert read(clip.at(t)) == int(t * 25)
        assert len(clip.storyboard(6, 96).times) == 6


def test_a_page_across_the_network_is_no_video(address):
    _Files.content = b"<html>not here</html>" * 100
    with pytest.raises(NotAVideo, match=r"v\.mp4") as caught:
        frames.open(f"{address}?signature=secret")
    assert "secret" not in str(caught.value)


@pytest.mark.slow
def test_frames_that_were_shown_are_let_go_of_at_once(clip):
    gc.collect()
    gc.disable()  # what waits for Python to look for circles is too much: 3 MB a frame in 1080p
    try:
        for i in range(60):
            clip.next_frame_at(i / 25)
        held = sum(isinstance(o, VideoFrame) for o in gc.get_objects())
    finally:
        gc.enable()
    assert held < 10
