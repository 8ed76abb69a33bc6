"""What is wrong with a request is said in one sentence and one shape, never by a crash."""

from __future__ import annotations

import errno
import json
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.service.tools import refusal
from thumbnb.service.http.routing import new_router


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


BODIES = {
    "bad JSON": b'{"time": ',
    "not an object": b"[1]",
    "a bare number": b"5",
    "NaN": b'{"time": NaN}',
    "infinity": b'{"time": Infinity}',
    "beyond floats": b'{"time": 1e999}',
    "a very long integer": b'{"time": ' + b"9" * 5000 + b"}",
    "text": b'{"time": "1.5"}',
    "a bool": b'{"time": true}',
    "a list": b'{"timestamp": [1]}',
    "negative": b'{"time": -0.001}',
    "past the end": b'{"time": 4.001}',
    "two times": b'{"time": 1, "timestamp": 2}',
    "no width": b'{"time": 1, "width": 0}',
    "negative height": b'{"time": 1, "height": -5}',
    "half a pixel": b'{"time": 1, "width": 10.5}',
    "absurd width": b'{"time": 1, "width": 100000}',
    "absurd area": b'{"time": 1, "width": 8000, "height": 8000}',
    "absurd height that follows": b'{"time": 1, "width": 1, "height": 8193}',
    "width as text": b'{"time": 1, "width": "640"}',
    "width as bool": b'{"time": 1, "width": true}',
    "not text at all": b"\xff\xfe\x00",
    "very deep": b'{"time": ' + b"[" * 100_000,
}


@pytest.mark.parametrize("content", BODIES.values(), ids=BODIES)
def test_thumbnail_bodies(harness, video, content):
    before = harness.rows("jobs")
    refusal(harness.http.post(f"/video/{video['id']}/thumbnail", content=content), 400)
    assert harness.rows("jobs") == before, "it was found out before any work"


def test_the_message_names_the_field_and_the_limit(harness, video):
    path = f"/video/{video['id']}/thumbnail"
    assert "0 to 4 s" in refusal(harness.post(path, {"time": 9}), 400)["message"]
    message = refusal(harness.post(path, {"time": 1, "width": 0}), 400)["message"]
    assert message == "'width' should be greater than or equal to 1, not 0."


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/collection/default/upload", {}, 400),
        ("POST", "/collection/default/upload", {"url": ""}, 400),
        ("POST", "/collection/default/upload", {"url": 5}, 400),
        ("POST", "/collection/default/upload", {"url": "ftp://example.org/a.mp4"}, 400),
        ("POST", "/collection/default/upload", {"url": "http://[::1"}, 400),
        ("POST", "/collection/default/upload", {"url": "http://e.org", "media_type": "audio"}, 400),
        ("POST", "/collection/default/upload", {"url": "http://e.org", "callback_url": "x"}, 400),
        ("POST", "/collection/default/upload", {"url": "https://e.org/a", "name": "\ud800"}, 400),
        ("POST", "/collection/c-none/upload", {"url": "https://example.org/a.mp4"}, 404),
        ("GET", "/collection/c-none", None, 404),
        ("GET", "/collection/c-none/upload_url", None, 404),
        ("POST", "/collection", {}, 400),
        ("POST", "/collection", {"name": "\ud800"}, 400),
        ("POST", "/collection", {"name": "x" * 3000}, 400),
        ("POST", "/collection/default/generate/image", {}, 400),
        ("POST", "/collection/default/generate/image", {"prompt": ""}, 400),
        ("POST", "/collection/c-none/generate/image", {"prompt": "x"}, 404),
        ("GET", "/video/m-none", None, 404),
        ("DELETE", "/video/m-none", None, 404),
        ("POST", "/video/m-none/thumbnail", {"time": 1}, 404),
        ("GET", "/video/m-none/thumbnail", None, 404),
        ("GET", "/video/m-none/thumbnails", None, 404),
        ("GET", "/video/m-none/storyboard", None, 404),
        ("GET", "/video/m-none/suggestions", None, 404),
        ("GET", "/video?count=0", None, 400),
        ("GET", "/video?count=x", None, 400),
        ("GET", "/video?page_index=-1", None, 400),
        ("GET", "/image/img-none", None, 404),
        ("DELETE", "/image/img-none", None, 404),
        ("POST", "/image/img-none/generate_url", None, 404),
        ("GET", "/async-response/job-none", None, 404),
        ("GET", "/nowhere", None, 404),
        ("GET", "/video/%00", None, 404),
        ("GET", "/video/%ff%fe", None, 404),
        ("PUT", "/video", None, 405),
        ("DELETE", "/collection", None, 405),
    ],
)  # fmt: skip
def test_other_requests(harness, method, path, body, status):
    content = None if body is None else json.dumps(body).encode()
    refusal(harness.http.request(method, path, content=content), status)


@pytest.mark.parametrize(
    "query",
    ["count=0", "count=100000", "tile_width=1", "tile_width=99999", "count=x", "exact=maybe",
     "count=1000&tile_width=1024"],
)  # fmt: skip
def test_storyboard_queries(harness, video, query):
    refusal(harness.get(f"/video/{video['id']}/storyboard?{query}"), 400)


def test_a_wrong_method_is_reported_the_right_ones(harness):
    assert harness.http.request("PATCH", "/image/img-1").headers["allow"]


def test_a_body_beyond_reason_is_refused(harness, video):
    path = f"/video/{video['id']}/thumbnail"
    refusal(harness.http.post(path, content=b" " * (2 * 1024 * 1024)), 413)


def test_a_crash_is_answered_in_shape_and_logged(harness, video, monkeypatch, caplog):
    def broken(*_):
        raise ZeroDivisionError("a secret detail")

    monkeypatch.setattr(harness.service.video_images, "thumbnails", broken)
    body = refusal(harness.get(f"/video/{video['id']}/thumbnails"), 500)
    assert "secret" not in body["message"]
    assert "a secret detail" in caplog.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OSError(errno.ENOSPC, "no room"), 507),
        (OSError(errno.EMFILE, "too many"), 503),
        (OSError(errno.ENFILE, "too many"), 503),
        (sqlite_error(sqlite3.SQLITE_FULL), 507),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN), 503),
        (OSError(errno.EACCES, "not ours"), 500),
    ],
)
def test_a_limit_of_the_machine_takes_one_line(harness, monkeypatch, caplog, error, status):
    def broken(*_, **__):
        raise error

    monkeypatch.setattr(harness.service.collections, "all", broken)
    answer = harness.get("/collection")
    refusal(answer, status)
    assert ("retry-after" in answer.headers) == (status == 503)
    assert ("Traceback" in caplog.text) == (status == 500)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.sampled_from([0, 1, 4.0, 3.999, 1e-9, 10**400, 8192, 8193, 0.1, -0.0]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
params_list = st.dictionaries(
    st.sampled_from(["time", "timestamp", "width", "height", "name"]), values, max_size=5
)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=params_list | values)
def test_no_body_whatever_breaks_it(harness, video, body):
    answer = harness.http.post(f"/video/{video['id']}/thumbnail/", content=json.dumps(body))
    if answer.status_code == 200:
        data = answer.json()["data"]
        assert 0 <= data["time"] <= video["length"]
        assert data["width"] * data["height"] <= 36_000_000
    else:
        refusal(answer, 400)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200))
def test_no_bytes_whatever_break_it(harness, video, content):
    answer = harness.http.post(f"/video/{video['id']}/thumbnail/", content=content)
    if answer.status_code != 200:  # nothing but white space asks for the best frame
        refusal(answer, 400)


def test_endpoint_declaring_an_unread_field_is_refused():
    router = new_router()
    with pytest.raises(TypeError, match="declares count without a reader"):

        @router.get("/things/{thing_id}")
        async def get_things(thing_id: str, count: int) -> None:
            """List things."""
