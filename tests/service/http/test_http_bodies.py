"""Bodies beyond reason: bounded before they cost anything, and never a crash."""

from __future__ import annotations

import threading
import time

import pytest

from tests.service.tools import refusal, until
from tests.service.youthumb_harness import denied
from thumbnb.service.http import request_parser

FILE = b'Content-Disposition: form-data; name="file"; filename="a"\r\n\r\n'


@pytest.fixture
def upload(harness):
    return harness.data("/collection/default/upload_url")["upload_url"]


def form(harness, url: str, body: bytes, boundary: str = "x"):
    headers = {"content-type": f"multipart/form-data; boundary={boundary}"}
    return harness.http.post(url, content=body, headers=headers)


@pytest.mark.parametrize("length", [71, 256, 400, 5000])
def test_a_boundary_beyond_the_standards_is_refused(harness, upload, length):
    boundary = "b" * length
    body = f"--{boundary}\r\n".encode() + FILE + f"x\r\n--{boundary}--\r\n".encode()
    assert "boundary" in refusal(form(harness, upload, body, boundary), 400)["message"]


def test_the_longest_boundary_of_the_standard_is_taken(harness, upload):
    boundary = "b" * 70
    body = f"--{boundary}\r\n".encode() + FILE + f"x\r\n--{boundary}--\r\n".encode()
    assert form(harness, upload, body, boundary).status_code == 200


@pytest.mark.parametrize("part", [b"--x\r\n\r\n\r\n", b"--x\r\nA: b\r\n\r\n\r\n"])
def test_a_million_parts_are_refused_after_a_few(harness, upload, part):
    refusal(form(harness, upload, part * 1_000_000), 413)


@pytest.mark.parametrize(
    "body",
    [
        b"--x\r\n" + b"A" * 10_000_000,
        b"--x\r\n" + b"A: b\r\n" * 100_000,
        b"--x\r\nA: " + b"b" * 10_000_000,
        b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n" + b"b" * 10_000_000,
        b"A" * 10_000_000,
    ],
    ids=["header name", "headers", "header value", "text field", "preamble"],
)
def test_nothing_beside_the_file_grows(harness, upload, body):
    answer = form(harness, upload, body)
    refusal(answer, answer.status_code if answer.status_code in {400, 413} else 413)


def test_a_long_list_is_refused_before_it_is_parsed(shared_youthumb):
    """43 MB of numbers took 5.9 s to parse, in which nobody else was answered."""
    content = b'{"type": "face", "base64": [' + b"1," * 21_000_000 + b"1]}"
    assert "more values" in denied(shared_youthumb.http.post("/api/assets", content=content), 400)


@pytest.mark.parametrize("char", ["[", "{", ",", ":"])
def test_structure_is_bounded(harness, video, char):
    body = b'{"time": ' + char.encode() * (request_parser.MAX_STRUCTURE + 1)
    message = refusal(harness.http.post(f"/video/{video['id']}/thumbnail", content=body), 400)[
        "message"
    ]
    assert "more values" in message


def test_every_text_a_contract_allows_is_within_the_bounds(shared_youthumb):
    prompt = ("[{,:" * 500)[:2000]
    fields = {"title": ",:" * 100, "advancedOptions": {"negativePrompt": "[{" * 250}}
    assert shared_youthumb.create(prompt, **fields)


def test_frames_do_not_starve_the_polls(harness, video, monkeypatch):
    """More looks at frames than the pool has threads, all slow: a poll needs none of theirs."""
    job = harness.thumbnail(video, time=1.5)
    poll = job["output_url"]
    opened = threading.Event()
    looking = []

    def slow(*_, **__):
        looking.append(1)
        assert opened.wait(180)
        raise ZeroDivisionError

    monkeypatch.setattr(harness.service.open_videos, "preview_frame", slow)
    askers = [
        threading.Thread(target=harness.get, args=(f"/video/{video['id']}/frame?time=1",))
        for _ in range(64)
    ]
    for asker in askers:
        asker.start()
    until(lambda: looking, "The first look")
    times = []
    for _ in range(20):
        started = time.monotonic()
        assert harness.get(poll).status_code == 200
        times.append(time.monotonic() - started)
    opened.set()
    for asker in askers:
        asker.join(60)
    assert len(looking) == 64
    assert sorted(times)[18] < 0.5
