"""A video that is given in the browser: a file in parts, or an address."""

from __future__ import annotations

from pathlib import Path

import ipywidgets
import pytest

import thumbnb as tb
from tests.service.tools import write_video
from tests.widgets.page import Page, when
from thumbnb import errors
from thumbnb.widgets.slider.video_file import VideoFileUpload


@pytest.fixture(autouse=True)
def _closed():
    """No slider goes on fetching after its test."""
    yield
    ipywidgets.Widget.close_all()


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with tb.connect(embedded=True, home=tmp_path_factory.mktemp("intake")) as client:
        yield client


def send(page, data, name="my film.mp4", part=4000, upload_id="p1"):
    for start in range(0, len(data), part):
        page.ask("upload_part", [memoryview(data)[start : start + part]],
                 upload_id=upload_id, name=name, size=len(data))  # fmt: skip


@pytest.mark.slow
def test_a_file_comes_in_parts_and_becomes_the_video(client, tmp_path):
    data = write_video(tmp_path / "film.mp4").read_bytes()
    slider = tb.TimestampSlider(client=client)
    assert slider.view == "upload"
    send(Page(slider), data)
    when(slider, "video", bool)
    assert slider.video.name == "my film"
    assert slider.length == 4.0
    when(slider, "view", lambda view: view == "storyboard")
    when(slider, "status", lambda words: words == "")


def test_what_is_no_film_is_reported_in_the_widget(client):
    slider = tb.TimestampSlider(client=client)
    send(Page(slider), b"this is a text " * 1000, name="notes.mp4")
    assert "not a video" in when(slider, "error", bool)
    assert slider.view == "upload"


def test_an_address_is_opened_by_the_service_and_a_path_is_not(client):
    slider = tb.TimestampSlider(client=client)
    page = Page(slider)
    for wrong in ("file:///etc/passwd", "/etc/passwd", "", "ftp://a.b/c"):
        with pytest.raises(RuntimeError, match="http"):
            page.ask("upload_url", url=wrong)
    page.ask("upload_url", url="http://127.0.0.1:9/film.mp4")
    assert when(slider, "error", bool)
    assert slider.video is None


def test_cancelling_leaves_nothing(client):
    slider = tb.TimestampSlider(client=client)
    page = Page(slider)
    page.ask("upload_part", [b"x" * 100], upload_id="p", name="a.mp4", size=1000)
    begun = Path(slider._file_upload._folder.name)
    assert begun.is_dir()
    page.ask("cancel_upload")
    assert not begun.exists()
    assert slider.error == ""


def test_an_upload_is_bounded_whole_and_only_a_name():
    upload = VideoFileUpload(max_bytes=10)
    with pytest.raises(errors.InvalidInput, match=r"at most 0 MB.*path"):
        upload.add("a", "x", 11, [b"x"])
    for wrong in (0, -1, 1.5, "9"):
        with pytest.raises(errors.InvalidInput):
            upload.add("a", "x", wrong, [b"x"])
    with pytest.raises(errors.InvalidInput, match="did not come whole"):
        upload.add("a", "x", 3, [b"four"])
    assert upload.add("b", "../../e\0vil/.mp4", 4, [b"fo"]) is None
    whole = upload.add("b", "../../e\0vil/.mp4", 4, [memoryview(b"ur")])
    with whole as path:
        assert path.read_bytes() == b"four"
        assert "/" not in path.name
        assert path.parent.name.startswith("thumbnb-")
    assert not path.parent.exists()
