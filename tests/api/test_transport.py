"""The transport's promises: keys stay home, failures are told apart, nothing is unbounded."""

from __future__ import annotations

import asyncio
import io
import logging
import os
import pickle
import subprocess
import sys

import httpx
import pytest

from thumbnb import errors
from thumbnb.api import multipart
from thumbnb.api.responses import retry_after
from thumbnb.api.transport import Transport

KEY = "sk-very-secret"
BASE = "https://api.example"


def transport(handler, base=BASE) -> Transport:
    return Transport(
        "Stub", base, key=KEY, key_header="x-access-token", wire=httpx.MockTransport(handler)
    )


def answer(handler, *args, method="call", **kwargs):
    async def run():
        http = transport(handler)
        try:
            return await getattr(http, method)(*args, **kwargs)
        finally:
            await http.aclose()

    return asyncio.run(run())


def raising(error):
    def handler(request):
        raise error("it broke", request=request)

    return handler


class Recorder:
    """Answers by address, and keeps every request."""

    def __init__(self, **pages):
        self.pages = pages
        self.requests = []

    def __call__(self, request):
        self.requests.append(request)
        page = self.pages.get(f"{request.url.host}{request.url.path}")
        return page if page is not None else httpx.Response(200, json={"at": str(request.url)})

    def keys(self):
        return [r.headers.get("x-access-token") for r in self.requests]


def redirect(to, status=302):
    return httpx.Response(status, headers={"location": to})


# -- keys -----------------------------------------------------------------------------


def test_the_key_goes_to_its_own_origin():
    seen = Recorder()
    answer(seen, "GET", "/video")
    answer(seen, "GET", f"{BASE}/async-response/1")
    assert seen.keys() == [KEY, KEY]


@pytest.mark.parametrize(
    "elsewhere",
    ["https://other.example/x", "http://api.example/x", "https://api.example:8443/x",
     "https://api.example.evil.example/x"],
)  # fmt: skip
def test_the_key_goes_to_no_other_origin(elsewhere):
    seen = Recorder()
    answer(seen, "GET", elsewhere)
    assert seen.keys() == [None]


def test_the_key_does_not_go_along_a_redirect():
    seen = Recorder(**{"api.example/a": redirect("https://other.example/b")})
    answer(seen, "GET", "/a")
    assert [r.url.host for r in seen.requests] == ["api.example", "other.example"]
    assert seen.keys() == [KEY, None]


def test_results_and_uploads_carry_no_key_even_at_home():
    seen = Recorder()
    answer(seen, f"{BASE}/files/a.jpg", method="fetch")
    answer(seen, f"{BASE}/put/1", io.BytesIO(b"abc"), filename="a", method="send_file")
    assert seen.keys() == [None, None]


def test_no_repr_and_no_attribute_shows_the_key():
    http = transport(Recorder())
    assert KEY not in repr(http)
    assert KEY not in str(vars(http))


def test_logs_hold_neither_key_nor_signed_query(caplog):
    caplog.set_level(logging.DEBUG)
    answer(Recorder(), f"{BASE}/files/a.jpg?signature=s3cret", method="fetch")
    assert "files/a.jpg" in caplog.text
    assert "s3cret" not in caplog.text
    assert KEY not in caplog.text


def test_other_peoples_httpx_logs_are_left_alone(caplog):
    caplog.set_level(logging.INFO)
    with httpx.Client(transport=httpx.MockTransport(Recorder())) as client:
        client.get("https://elsewhere.example/?page=2")
    assert "page=2" in caplog.text


# -- redirects ------------------------------------------------------------------------


def test_a_post_follows_307_at_its_own_origin_with_its_body():
    seen = Recorder(**{"api.example/a": redirect("/a/", 307)})
    answer(seen, "POST", "/a", json={"time": 1})
    assert [r.method for r in seen.requests] == ["POST", "POST"]
    assert seen.requests[1].read() == seen.requests[0].read() != b""


@pytest.mark.parametrize(
    ("to", "status"), [("/a/", 302), ("https://other.example/a", 307), ("/a/", 301)]
)
def test_a_post_is_not_turned_into_something_else(to, status):
    seen = Recorder(**{"api.example/a": redirect(to, status)})
    with pytest.raises(errors.ProtocolError, match="has moved to"):
        answer(seen, "POST", "/a", json={})
    assert len(seen.requests) == 1


@pytest.mark.parametrize("to", ["http://api.example/b", "file:///etc/passwd"])
def test_an_unsafe_redirect_is_refused(to):
    with pytest.raises(errors.ProtocolError, match="not safe"):
        answer(Recorder(**{"api.example/a": redirect(to)}), "GET", "/a")


def test_a_circle_of_redirects_ends():
    with pytest.raises(errors.ProtocolError, match="more than"):
        answer(Recorder(**{"api.example/a": redirect("/a")}), "GET", "/a")


# -- failures, told apart -------------------------------------------------------------


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
def test_never_sent(error):
    with pytest.raises(errors.ConnectionFailed, match="could not be reached"):
        answer(raising(error), "POST", "/a")


LOST = [httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, httpx.RemoteProtocolError]


@pytest.mark.parametrize("error", LOST)
def test_a_lost_answer_to_a_post_is_an_unknown_outcome(error):
    with pytest.raises(errors.OutcomeUnknown, match="may or may not"):
        answer(raising(error), "POST", "/a")


@pytest.mark.parametrize("error", LOST)
@pytest.mark.parametrize("request_", [("GET", None), ("DELETE", None), ("POST", True)])
def test_a_lost_answer_to_what_may_be_repeated_is_not(error, request_):
    method, safe = request_
    with pytest.raises(errors.NoAnswer):
        answer(raising(error), method, "/a", safe=safe)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, errors.Rejected), (401, errors.AuthenticationFailed), (403, errors.AccessDenied),
     (404, errors.NotFound), (410, errors.NotFound), (422, errors.Rejected),
     (429, errors.RateLimited), (500, errors.Unavailable), (503, errors.Unavailable)],
)  # fmt: skip
def test_a_status_becomes_its_error_with_what_the_service_said(status, kind):
    body = {"success": False, "message": "the disk is full", "error_code": "E7"}
    with pytest.raises(kind, match="the disk is full") as caught:
        answer(lambda _: httpx.Response(status, json=body), "GET", "/a")
    assert (caught.value.status, caught.value.code) == (status, "E7")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("status", "wait"),
    [(500, None), (500, "4"), (502, "4"), (503, None), (504, "4"), (599, "4")],
)
def test_a_5xx_to_a_post_is_an_unknown_outcome(status, wait):
    headers = {} if wait is None else {"retry-after": wait}
    with pytest.raises(errors.OutcomeUnknown, match="may have done what was asked"):
        answer(lambda _: httpx.Response(status, headers=headers), "POST", "/a")


def test_a_503_that_names_a_wait_was_refused():
    busy = httpx.Response(503, headers={"retry-after": "4"})
    with pytest.raises(errors.Unavailable) as caught:
        answer(lambda _: busy, "POST", "/a")
    assert caught.value.retry_after == 4


@pytest.mark.parametrize("body", [b"{half", b"[1, 2]", b"<html>", b'"text"'])
def test_what_is_no_json_object_is_reported_plainly(body):
    with pytest.raises(errors.ProtocolError):
        answer(lambda _: httpx.Response(200, content=body), "GET", "/a")
    with pytest.raises(errors.OutcomeUnknown):
        answer(lambda _: httpx.Response(200, content=body), "POST", "/a")


def test_an_empty_answer_is_an_empty_object():
    assert answer(lambda _: httpx.Response(204), "DELETE", "/a") == {}


def test_errors_survive_pickling():
    with pytest.raises(errors.RateLimited) as caught:
        answer(lambda _: httpx.Response(429, headers={"retry-after": "9"}), "GET", "/a")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (str(copy), copy.retry_after) == (str(caught.value), 9)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("8", 8), ("0.5", 0.5), ("-3", 0), ("Thu, 01 Jan 1970 00:01:40 GMT", 40),
     ("Thu, 01 Jan 1970 00:00:10 GMT", 0), ("soon", None), ("nan", None), (None, None)],
)  # fmt: skip
def test_retry_after_reads_seconds_and_dates(value, seconds):
    assert retry_after(value, now=60) == seconds


# -- bounds ---------------------------------------------------------------------------


def test_a_result_may_not_be_larger_than_its_limit():
    async def endless():
        while True:
            yield b"x" * 1000

    with pytest.raises(errors.DownloadFailed, match="more than"):
        answer(lambda _: httpx.Response(200, content=endless()), "/a", limit=5000, method="fetch")


def test_a_declared_size_over_the_limit_is_not_read():
    page = httpx.Response(200, headers={"content-length": "999999999999"}, content=b"")
    with pytest.raises(errors.DownloadFailed):
        answer(lambda _: page, "/a", method="fetch")


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_result_that_is_gone_says_so(status):
    with pytest.raises(errors.DownloadFailed, match=str(status)):
        answer(lambda _: httpx.Response(status), "/a.jpg?signature=s", method="fetch")


@pytest.mark.parametrize("base", ["api.example", "ftp://api.example", "", "http://", "http://[::1"])
def test_a_base_url_that_is_none_is_refused_at_once(base):
    with pytest.raises(errors.InvalidInput):
        transport(Recorder(), base)


def test_a_trailing_slash_or_prefix_of_the_base_is_kept_right():
    seen = Recorder()

    async def run():
        await transport(seen, "https://h.example/v1/").call("GET", "/video", params={"a": None})

    asyncio.run(run())
    assert str(seen.requests[0].url) == "https://h.example/v1/video"


# -- uploads --------------------------------------------------------------------------


def test_a_file_is_streamed_in_chunks_with_its_length_and_progress(monkeypatch):
    monkeypatch.setattr(multipart, "CHUNK", 1000)
    reads, reported, seen = [], [], Recorder()

    class Spy(io.BytesIO):
        def read(self, size=-1):
            reads.append(size)
            return super().read(size)

    data = bytes(range(256)) * 20
    answer(
        seen, "/put/1", Spy(data), filename='a"\r\nb.mp4',
        on_progress=lambda *a: reported.append(a), method="send_file",
    )  # fmt: skip
    request = seen.requests[0]
    body = request.read()
    assert int(request.headers["content-length"]) == len(body)
    assert data in body
    assert b'filename="a_b.mp4"' in body
    assert max(reads) == 1000
    assert reported[-1] == (5120, 5120)
    assert [sent for sent, _ in reported] == sorted(sent for sent, _ in reported)


def test_a_file_is_sent_from_where_it_stands():
    seen = Recorder()
    file = io.BytesIO(b"HEADpayload")
    file.seek(4)
    answer(seen, "/put/1", file, filename="a", method="send_file")
    body = seen.requests[0].read()
    assert b"payload" in body
    assert b"HEAD" not in body


def test_idle_connections_are_kept_for_a_minute():
    async def run():
        client = transport(None)
        client._wire = None
        made = client._client(client.absolute("/x"), keyed=True)
        return made._transport._pool._keepalive_expiry

    assert asyncio.run(run()) == 60


LIBRARY = """
import sys
import thumbnb as tb
from thumbnb.api.transport import transport
client = tb.connect(embedded=True, quiet=True, home=sys.argv[1])
assert len(client.presets()) > 5
try:
    client.project("none")
except tb.errors.NotFound:
    print(transport.httpx.__name__)
client.close()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "said"), [("httpx2", "httpx2\n"), ("requests", "It is httpx or httpx2")]
)
def test_the_library_is_switched_by_one_variable(name, said, tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", LIBRARY, tmp_path / "home"],
        env={**os.environ, "THUMBNB_HTTP_LIBRARY": name},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert said in (done.stdout if name == "httpx2" else done.stderr), done.stderr
