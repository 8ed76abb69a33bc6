"""Videos at addresses: servers that seek and those that do not, and what is no video file."""

from __future__ import annotations

import contextlib
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
from PIL import Image

from tests.frames.numbered import encode, read, steady
from thumbnb import frames
from thumbnb.arguments.player_page import is_player_page
from thumbnb.errors import MediaError, NotAVideo


class Handler(BaseHTTPRequestHandler):
    """Serves ``/how/name``: with ranges, without, without a length, or hanging up silently."""

    protocol_version = "HTTP/1.1"
    folder = None

    def log_message(self, *args):
        pass

    def do_GET(self):
        _, how, name = self.path.split("/")
        data = (self.folder / name).read_bytes()
        whole, start = len(data), 0
        asked = re.match(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if asked and how in ("ranges", "silent"):
            start = int(asked[1])
            self.send_response(206 if start < whole else 416)
            self.send_header("Content-Range", f"bytes {start}-{whole - 1}/{whole}")
        else:
            self.send_response(200)
        data = data[start:]
        if how in ("ranges", "silent"):
            self.send_header("Accept-Ranges", "bytes")
        if how != "silent":
            self.send_header("Connection", "close")
        self.close_connection = True
        if how == "chunked":
            self.send_header("Transfer-Encoding", "chunked")
            data = b"%x\r\n%b\r\n0\r\n\r\n" % (len(data), data)
        else:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(data)


class Server(str):
    """Its address; the folder it serves."""

    __slots__ = ("folder",)

    def __new__(cls, address, folder):
        made = super().__new__(cls, address)
        made.folder = folder
        return made


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("www")
    options = {"g": "25", "qp": "2", "x264-params": "scenecut=0"}  # too much for one buffer
    for suffix in ("mp4", "mkv"):
        encode(folder / f"v.{suffix}", steady(75), options=options)
    hls = {"hls_time": "1", "hls_list_size": "0"}
    options = {"g": "25", "bf": "2", "x264-params": "scenecut=0"}
    encode(folder / "stream.m3u8", steady(75), options=options, container=hls)
    pieces = (folder / "stream.m3u8").read_text()
    (folder / "live.m3u8").write_text(pieces.replace("#EXT-X-ENDLIST", ""))
    (folder / "nothing.m3u8").write_text("#EXTM3U\n#EXTINF:5,\nnothing.ts\n#EXT-X-ENDLIST\n")
    assert (folder / "v.mp4").stat().st_size > 300_000
    handler = type("Serving", (Handler,), {"folder": folder})
    running = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield Server(f"http://127.0.0.1:{running.server_port}", folder)
    running.shutdown()
    running.server_close()


@pytest.mark.slow
@pytest.mark.parametrize("how", ["ranges", "chunked", "silent"])
@pytest.mark.parametrize("name", ["v.mp4", "v.mkv"])
def test_a_server_that_can_be_read_gives_the_right_frames(server, how, name):
    for _ in range(4):  # what hangs up silently fails now and then
        with frames.open(f"{server}/{how}/{name}") as clip:
            assert clip.duration == pytest.approx(3, abs=0.01)
            for i in (60, 0, 30, 74):
                assert read(clip.at((i + 0.4) / 25)) == i


@pytest.mark.parametrize("name", ["v.mp4", "v.mkv"])
def test_a_server_that_ignores_ranges_is_named(server, name):
    with pytest.raises(MediaError, match="does not let one seek") as caught:
        frames.open(f"{server}/none/{name}")
    assert "damaged" not in str(caught.value)
    assert "ownload" in str(caught.value)


@pytest.fixture(params=["here", "there"])
def playlists(request, server):
    return server.folder if request.param == "here" else f"{server}/ranges"


def test_a_playlist_of_pieces_is_one_film(playlists):
    with frames.open(f"{playlists}/stream.m3u8") as clip:
        assert clip.duration == pytest.approx(3, abs=0.01)
        for i in (60, 0, 24, 25, 30, 74):
            assert read(clip.at((i + 0.4) / 25)) == i


@pytest.mark.parametrize(
    ("name", "message"), [("live", "of a live stream"), ("nothing", "cannot be read")]
)
def test_a_playlist_that_cannot_be_read_is_called_one(playlists, name, message):
    with pytest.raises(NotAVideo, match=f"is a playlist .*{message}"):
        frames.open(f"{playlists}/{name}.m3u8")


def test_a_playlist_on_this_machine_fetches_nothing(server, tmp_path):
    path = tmp_path / "v.m3u8"
    pieces = (server.folder / "stream.m3u8").read_text()
    path.write_text(pieces.replace("stream", f"{server}/ranges/stream"))
    with pytest.raises(NotAVideo, match="playlist"):
        frames.open(path)


def test_what_is_not_called_a_playlist_is_never_taken_for_one(server, tmp_path):
    """What a stranger sends must not name further files."""
    path = tmp_path / "v.mp4"
    pieces = (server.folder / "stream.m3u8").read_text()
    path.write_text(pieces.replace("stream", f"{server.folder}/stream"))
    with pytest.raises(NotAVideo, match="is a playlist"):
        frames.open(path)


def test_an_animated_webp_is_a_video(tmp_path):
    greys = [Image.new("RGB", (64, 48), (20 * i,) * 3) for i in range(10)]
    path = tmp_path / "v.webp"
    durations = [100, 40] * 4 + [100, 300]
    greys[0].save(path, save_all=True, append_images=greys[1:], duration=durations, lossless=True)
    with frames.open(path) as clip:
        assert clip.size == (64, 48)
        assert clip.duration == pytest.approx(0.96)
        starts = np.cumsum([0, *durations[:-1]]) / 1000
        for i, start in enumerate(starts):
            assert clip.at(start + 0.01).getpixel((5, 5))[0] == pytest.approx(20 * i, abs=1)
        assert clip.storyboard(30, 32).exact
    greys[0].save(tmp_path / "still.webp")
    with pytest.raises(NotAVideo):
        frames.open(tmp_path / "still.webp")


@pytest.mark.parametrize(
    ("address", "is_page"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", True),
        ("https://youtu.be/dQw4w9WgXcQ", True),
        ("https://player.vimeo.com/video/1", True),
        ("https://video.twitter.com/a/b.mp4", False),
        ("https://example.org/youtube.com/a.mp4", False),
        ("https://[", False),
    ],
)
def test_a_page_with_a_player_is_reported_from_a_file(address, is_page):
    assert is_player_page(address) == is_page
    if is_page:
        with pytest.raises(NotAVideo, match="is a page, not a video file"):
            frames.open(address)
