"""Pictures from a browser: put together, checked, named and put in order."""

from __future__ import annotations

import io
import queue

import pytest
from PIL import Image

import thumbnb as tb
from thumbnb import errors
from thumbnb.widgets.core.chunked_upload import MAX_OPEN, MEGABYTE, ChunkedUploads, clean_file_name


def png(size: tuple[int, int] = (64, 36)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, "PNG")
    return buffer.getvalue()


# -- parts of a file ------------------------------------------------------------------


def test_parts_of_two_files_are_kept_apart():
    uploads = ChunkedUploads()
    assert uploads.add("a", 6, [memoryview(b"abc")]) is None
    assert uploads.add("b", 4, [memoryview(b"wx")]) is None
    assert uploads.add("a", 6, [memoryview(b"def")]) == b"abcdef"
    assert uploads.add("b", 4, [memoryview(b"y"), memoryview(b"z")]) == b"wxyz"


@pytest.mark.parametrize("size", [0, -1, 25 * MEGABYTE + 1, "9", None])
def test_a_size_is_bounded_before_anything_is_kept(size):
    with pytest.raises(errors.InvalidInput, match="25 MB"):
        ChunkedUploads().add("a", size, [b"x"])


def test_more_than_the_declared_size_is_refused():
    uploads = ChunkedUploads()
    uploads.add("a", 4, [b"abc"])
    with pytest.raises(errors.InvalidInput, match="did not come whole"):
        uploads.add("a", 4, [b"defgh"])
    assert uploads.add("a", 3, [b"abc"]) == b"abc"


def test_files_that_never_end_are_dropped():
    uploads = ChunkedUploads()
    uploads.add("first", 4, [b"ab"])
    for number in range(MAX_OPEN):
        uploads.add(f"other{number}", 4, [b"ab"])
    assert uploads.add("first", 4, [b"cd"]) is None  # its beginning is gone


def test_a_name_is_one_bounded_line():
    assert clean_file_name("a\n\tb .png") == "a b .png"
    assert len(clean_file_name("x" * 9999)) == 200
    assert clean_file_name("") == "image"


# -- the strip ------------------------------------------------------------------------


@pytest.fixture
def strip(client):
    return tb.ContentStrip(client, label="Pictures", max_images=3)


def ask(widget, kind, buffers=(), **body):
    """Ask as the browser does; the answer."""
    answers = queue.Queue()
    widget.send = lambda content, buffers=None: answers.put((content, buffers))
    widget._on_browser_message(widget, {"kind": kind, "number": "1", **body}, list(buffers))
    return answers.get(timeout=180)


def arrived(strip, count):
    there = queue.Queue()
    strip.observe(lambda change: there.put(change.new), "images")
    while len(strip.images) < count:
        there.get(timeout=180)


def test_a_file_of_the_browser_becomes_an_image(strip):
    data = png((2000, 1000))
    half = len(data) // 2
    body = {"name": "face.png", "upload_id": "p", "size": len(data)}
    ask(strip, "add", [memoryview(data[:half])], **body)
    ask(strip, "add", [memoryview(data[half:])], **body)
    arrived(strip, 1)
    assert strip.images == (data,)
    assert strip.names == ["face.png"]
    _, (preview,) = ask(strip, "preview", key=strip.value[0])
    with Image.open(io.BytesIO(preview)) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (320, 160)


def test_what_is_no_image_is_refused_with_words(strip):
    content, _ = ask(strip, "add", [b"no picture"], name="x.png", upload_id="p", size=10)
    assert "is not an image that can be read" in content["error"]
    assert strip.images == ()


def test_the_browser_can_only_arrange_what_is_there(strip):
    first, second = png(), png((10, 10))
    strip.images = (first, second)
    moves = []
    strip.on_arrange(moves.append)
    a, b = strip.value
    strip.value = [b, "p99", a, b]
    assert strip.images == (second, first)
    assert moves[-1] == {1: 2, 2: 1}
    strip.value = [a]
    assert strip.images == (first,)
    assert strip.names == ["image"]


def test_one_image_may_be_there_twice(strip):
    picture = png()
    strip.images = (picture, picture)
    assert len(set(strip.value)) == 2
    strip.images = (picture,)
    assert len(strip.value) == 1


@pytest.mark.slow
def test_images_are_called_what_they_are(client, strip, sample_path, tmp_path):
    strip.images = (
        "https://example.org/pictures/cat.jpg?size=3",
        tmp_path / "dog.png",
        client.upload(sample_path).generate_thumbnail(time=2.5),
    )
    assert strip.names == ["cat.jpg", "dog.png", "frame at 2.5 s"]


def test_a_click_tells_the_number(strip):
    strip.images = (png(), png((10, 10)))
    picked = queue.Queue()
    strip.on_pick(picked.put)
    ask(strip, "pick", key=strip.value[1])
    assert picked.get(timeout=180) == 2
