"""Files that mean harm: each is refused in time, and nobody else waits for it."""

from __future__ import annotations

import contextlib
import threading
import time

import pytest

from tests.service.media import hostile
from tests.service.tools import Source, plain, refusal, until
from tests.service.youthumb_harness import YouThumbHarness, denied, photo
from thumbnb.service.jobs.executor import worker_pids

pytestmark = pytest.mark.slow

# Time enough for an ordinary file on a machine that is busy; others are told after so long.
IMAGE_SECONDS, INGEST_SECONDS = 5, 8
ASYNC = {"prefer": "respond-async"}


@pytest.fixture(scope="module")
def hardened(tmp_path_factory):
    """A service that works in processes, with little patience."""
    youthumb = YouThumbHarness(
        tmp_path_factory.mktemp("hardened"),
        workers="processes",
        image_seconds=IMAGE_SECONDS,
        ingest_seconds=INGEST_SECONDS,
        image_download_seconds=3,
        allow_private_urls=True,
    )
    yield youthumb
    youthumb.close()


def upload(youthumb, content, kind="bucket"):
    file = ("photo", content, "image/jpeg")
    return youthumb.call("POST", "/assets", data={"type": kind}, files={"file": file})


@contextlib.contextmanager
def beside(action):
    """Do something on another thread meanwhile."""
    thread = threading.Thread(target=action)
    thread.start()
    yield thread
    thread.join(120)


def test_endless_image_is_refused_without_blocking_others(hardened):
    endless = hostile.endless_jpeg(side=4000, scans=20_000)
    assert len(endless) < 2_500_000
    upload(hardened, photo())  # the processes are there
    answers, ended = [], []

    def send():
        answers.append(upload(hardened, endless))
        ended.append(time.monotonic())

    with beside(send):
        until(lambda: len(worker_pids()), "The worker")
        assert upload(hardened, photo(seed=3)).status_code == 201
        other = time.monotonic()
    assert f"within {IMAGE_SECONDS} s" in denied(answers[0], 422)
    assert other < ended[0], "the other image did not wait for it"


@pytest.mark.parametrize(
    ("width", "height", "rows"), [(64_000_000, 1, 1), (1, 64_000_000, 1000), (30_000, 30_000, 2)]
)
def test_an_image_that_claims_too_much_is_refused(hardened, width, height, rows):
    content = hostile.png_claiming(width, height, rows=rows)
    assert "million pixels" in denied(upload(hardened, content), 413)


def test_a_video_that_claims_too_much_is_refused(hardened):
    url = hardened.send(hostile.gif_claiming(16_384, 8_192))
    answer = refusal(hardened.post("/collection/default/upload", {"url": url}), 400)
    assert "16384x8192" in answer["message"]


def test_a_video_that_grows_is_refused(hardened, tmp_path):
    url = hardened.send(hostile.webm_growing(tmp_path / "grows.webm").read_bytes())
    answer = hardened.post("/collection/default/upload", {"url": url})
    assert answer.status_code in {400, 422}, answer.text
    assert hardened.rows("videos") == 0


def test_video_with_many_edits_is_refused_without_blocking_others(hardened, tmp_path, talk):
    path = hostile.edited_mp4(tmp_path / "edits.mp4")
    url = hardened.send(path.read_bytes())
    job = hardened.post("/collection/default/upload", {"url": url}, headers=ASYNC).json()["data"]
    video = hardened.upload(talk)
    status = hardened.get(job["output_url"], headers=ASYNC).json()["status"]
    assert status == "processing", "the other video did not wait for it"
    assert hardened.thumbnail(video, time=1)["id"]
    failed = until(
        lambda: (answer := hardened.get(job["output_url"]).json())["status"] == "failed" and answer,
        "Its end",
    )
    assert failed["error_code"] == "TOO_SLOW"
    assert f"within {INGEST_SECONDS} s" in failed["message"]
    hardened.service.delete_video(video["id"])


def test_slow_addresses_hold_no_thread_and_nobody_else(hardened, talk):
    """A byte now and then: thirty such videos, and as many images as a project can have."""

    def drip(handler):
        if "film" in handler.path:
            plain(handler, talk)
            return
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        with contextlib.suppress(OSError):
            while True:
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.5)

    with Source(drip) as source:
        before = threading.active_count()
        jobs = [
            hardened.post(
                "/collection/default/upload", {"url": f"{source.url}/slow{n}"}, headers=ASYNC
            ).json()["data"]
            for n in range(30)
        ]
        until(lambda: sum("slow" in path for path in source.requested) >= 30, "All under way")
        # The source itself has a thread for each; the service has none.
        assert threading.active_count() - before - 30 < 15
        began = time.monotonic()
        images = [{"url": f"{source.url}/picture{n}"} for n in range(5)]
        project = hardened.create("See @image1", contentImages=images)
        assert time.monotonic() - began < 3 + 10, "they are waited for side by side"
        assert len(hardened.project(project)["projectMetadata"]) > 0
        made = hardened.data("/collection/default/upload", {"url": f"{source.url}/film"})
        assert made["length"] == pytest.approx(4)
        for job in jobs:
            hardened.http.delete(job["output_url"])
        hardened.service.delete_video(made["id"])
