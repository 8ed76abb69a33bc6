"""Frames at a glance: exact, stepped, stored nowhere."""

from __future__ import annotations

import asyncio
import io
import threading

import pytest
from PIL import Image

from tests.service.tools import BASE, FRAMES, SIZE, frame_number, refusal, until


def glance(harness, video, query):
    answer = harness.get(f"/video/{video['id']}/frame?{query}")
    assert answer.status_code == 200, answer.text
    return answer


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("time=0", 0),
        ("time=1.99", 19),
        ("time=2&step=1", 21),
        ("time=2&step=-5", 15),
        ("time=0.1&step=-7", 0),
        ("time=3.8&step=7", FRAMES - 1),
        ("time=4", FRAMES - 1),
    ],
)
def test_the_frame_asked_for_comes_with_its_time(harness, video, query, number):
    answer = glance(harness, video, query)
    assert answer.headers["content-type"] == "image/jpeg"
    assert frame_number(answer.content) == number
    assert float(answer.headers["frame-time"]) == pytest.approx(number / 10)
    assert float(answer.headers["frame-duration"]) == pytest.approx(0.1)


def test_it_is_as_wide_as_asked_and_never_wider_than_the_video(harness, video):
    for query, size in {"&width=96": (96, 54), "&width=4000": SIZE, "": SIZE}.items():
        content = glance(harness, video, f"time=1{query}").content
        assert Image.open(io.BytesIO(content)).size == size


def test_nothing_is_kept_of_it(fresh, talk):
    video = fresh.upload(talk)
    tables = ("jobs", "images", "previews")
    files, rows = fresh.files(), [fresh.rows(table) for table in tables]
    for step in range(5):
        glance(fresh, video, f"time=1&step={step}")
    # What the upload had not yet cleared away may be gone.
    assert set(fresh.files()) <= set(files)
    assert [fresh.rows(table) for table in tables] == rows


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("time=-1", 400), ("time=4.5", 400), ("time=nan", 400), ("time=1&step=101", 400),
     ("time=1&width=0", 400), ("time=x", 400)],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused(harness, video, query, status):
    refusal(harness.get(f"/video/{video['id']}/frame?{query}"), status)


def test_there_is_none_of_a_video_that_is_not_there(harness):
    refusal(harness.get("/video/m-none/frame?time=1"), 404)


@pytest.mark.parametrize("hang_up", [True, False])
def test_the_decoding_ends_when_the_caller_has_gone(harness, video, monkeypatch, hang_up):
    """In one process a cancelled request is cancelled here; over a socket it hangs up."""
    begun, seen = threading.Event(), []

    def slow(*_, stop, **__):
        begun.set()
        until(stop, "the end")
        seen.append("stopped")
        raise AssertionError("the caller is gone")

    monkeypatch.setattr(harness.service.open_videos, "preview_frame", slow)

    async def ask():
        asked = False

        async def receive():
            nonlocal asked
            if not asked:
                asked = True
                return {"type": "http.request", "body": b"", "more_body": False}
            await asyncio.to_thread(begun.wait, 10)
            if not hang_up:
                await asyncio.Event().wait()
            return {"type": "http.disconnect"}

        async def send(_):
            pass

        headers = [(b"host", BASE.removeprefix("http://").encode()),
                   (b"x-access-token", harness.service.token.encode())]  # fmt: skip
        path = f"/video/{video['id']}/frame"
        scope = {"type": "http", "asgi": {"version": "3.0"}, "method": "GET", "path": path,
                 "raw_path": path.encode(), "query_string": b"time=1", "headers": headers,
                 "scheme": "http", "http_version": "1.1", "server": None, "client": None,
                 "root_path": ""}  # fmt: skip
        task = asyncio.ensure_future(harness.app(scope, receive, send))
        await asyncio.to_thread(begun.wait, 10)
        if not hang_up:
            task.cancel()
        await asyncio.wait([task])

    asyncio.run(ask())
    until(lambda: seen, "its end")
