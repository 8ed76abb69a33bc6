"""GenerationStore: in order, side by side within a cap, each judged and failing by itself."""

from __future__ import annotations

import io
import sqlite3
import threading
import time

import pytest
from PIL import Image

from tests.service.tools import until
from tests.service.youthumb_harness import PROMPT, YouThumbHarness, denied, photo
from thumbnb import render
from thumbnb.service.jobs import runner
from thumbnb.service.media import open_image
from thumbnb.service.service import GENERATION_THREADS
from thumbnb.service.store.process_lease import Lease

COMPOSE = render.compose


@pytest.mark.slow
def test_results_land_one_by_one(youthumb, monkeypatch):
    turns = [threading.Event() for _ in range(3)]

    def in_turn(*args, **options):
        assert turns[options["variation"]].wait(60)
        return COMPOSE(*args, **options)

    monkeypatch.setattr(render, "compose", in_turn)
    project_id = youthumb.create(advancedOptions={"variations": 3})
    job_id = youthumb.start(project_id)
    known: list[str] = []
    for landed in range(4):
        until(
            lambda landed=landed: (
                len(youthumb.job(project_id, job_id)["images"]["results"]) == landed
            ),
            f"Result {landed}",
        )
        job = youthumb.job(project_id, job_id)
        ids = [result["id"] for result in job["images"]["results"]]
        assert ids[: len(known)] == known, "what has landed stays"
        known = ids
        if landed < 3:
            assert job["metadata"]["progress"] == pytest.approx(landed / 3)
            assert job["generatedFileUrl"] is None
            assert youthumb.project(project_id)["status"] == "processing"
            turns[landed].set()
    job = youthumb.finish(project_id, job_id)
    assert job["metadata"]["progress"] == 1
    assert job["generatedFileUrl"] == job["images"]["results"][0]["url"]


@pytest.mark.slow
def test_a_result_says_what_it_is(youthumb):
    job = youthumb.make(
        title="WORTH IT?",
        presetKey="tech-review",
        advancedOptions={"variations": 2, "faceExpression": "happy", "backgroundBlur": 40.4},
    )
    assert job["metadata"]["presetKey"] == "tech-review"
    assert job["metadata"]["presetVersion"] >= 1
    assert job["metadata"]["engine"]
    assert job["metadata"]["advancedOptions"]["backgroundBlur"] == 40
    first, second = job["images"]["results"]
    assert [first["variation"], second["variation"]] == [0, 1]
    for result in (first, second):
        assert result["seed"] == job["metadata"]["seed"]
        assert result["scores"]
        assert all(v is None or isinstance(v, float) for v in result["scores"].values())
        options = {t["option"] for t in result["report"]}
        assert {"title", "faceExpression", "backgroundBlur"} <= options, "under their wire names"
        assert all(set(t) == {"option", "outcome", "reason"} for t in result["report"])
        content = youthumb.http.get(result["url"]).content
        assert len(content) < 2_000_000
        image, made_of = render.open_result(content)
        assert image.size == (result["width"], result["height"])
        assert (made_of["prompt"], made_of["seed"]) == (PROMPT, result["seed"])
    assert first["id"] != second["id"]
    assert youthumb.http.get(first["url"]).content != youthumb.http.get(second["url"]).content


@pytest.mark.slow
def test_jobs_begin_in_order_of_arrival_and_two_at_a_time(youthumb, monkeypatch):
    begun: list[str] = []
    turns = threading.Semaphore(0)

    def watching(brief, **options):
        begun.append(brief.prompt)
        assert turns.acquire(timeout=180)
        return COMPOSE(brief, **options)

    monkeypatch.setattr(render, "compose", watching)
    project_id = youthumb.create()
    jobs = [youthumb.start(project_id, prompt=f"Number {n}") for n in range(5)]
    until(lambda: len(begun) == 2, "Two at work")
    states = [job["status"] for job in youthumb.project(project_id)["jobs"]]
    assert states == ["pending"] * 3 + ["processing"] * 2, "newest first"
    assert sorted(begun) == ["Number 0", "Number 1"]
    for n in (2, 3, 4):
        turns.release()
        until(lambda n=n: len(begun) > n, f"Number {n}")
        assert begun[n] == f"Number {n}"
    turns.release(2)
    for job_id in jobs:
        youthumb.finish(project_id, job_id)


@pytest.mark.slow
def test_too_many_at_once_are_reported_to_wait(tmp_path, small, gate):
    youthumb = YouThumbHarness(tmp_path, parallel_jobs=3)
    try:
        project_id = youthumb.create()
        jobs = [youthumb.start(project_id) for _ in range(3)]
        answer = youthumb.call("POST", f"/thumbnails/{project_id}/start")
        assert denied(answer, 429) == "Too many parallel jobs running"
        assert int(answer.headers["retry-after"]) > 0
        assert youthumb.credits == 997
        gate.set()
        for job_id in jobs:
            youthumb.finish(project_id, job_id)
        youthumb.start(project_id)
    finally:
        youthumb.close()


@pytest.mark.slow
def test_a_poisonous_job_fails_alone_with_its_reason(youthumb, monkeypatch):
    def fragile(brief, **options):
        if "poison" in brief.prompt and options["variation"] == 1:
            raise ZeroDivisionError("the paint ran out")
        return COMPOSE(brief, **options)

    monkeypatch.setattr(render, "compose", fragile)
    project_id = youthumb.create(advancedOptions={"variations": 2})
    jobs = [
        youthumb.start(project_id, prompt=prompt) for prompt in ("A meal", "A poison", "A dessert")
    ]
    before, bad, after = (youthumb.finish(project_id, job_id) for job_id in jobs)
    assert [before["status"], bad["status"], after["status"]] == [
        "completed",
        "failed",
        "completed",
    ]
    assert bad["errorMessage"] == (
        "The compositor failed at variation 2 (ZeroDivisionError: the paint ran out)."
    )
    assert len(bad["images"]["results"]) == 1, "what had landed stays"
    assert youthumb.credits == 1000 - 4
    project = youthumb.project(project_id)
    assert project["status"] == "failed", "sticky, as documented"
    assert project["summary"] == {
        "totalJobs": 3,
        "activeJobs": 0,
        "completedJobs": 2,
        "failedJobs": 1,
        "totalVariations": 6,
    }
    assert project["latestGeneratedFileUrl"] == after["generatedFileUrl"]


@pytest.mark.slow
def test_hanging_image_download_fails_its_job_only(tmp_path, small, monkeypatch):
    released = threading.Event()

    def sticky(brief, **options):
        if "poison" in brief.prompt:
            released.wait()
        return ready

    ready = COMPOSE(render.Brief(prompt=PROMPT), size=(640, 360))
    monkeypatch.setattr(render, "compose", sticky)
    youthumb = YouThumbHarness(tmp_path / "home", render_seconds=1)
    try:
        project_id = youthumb.create()
        # One more than are worked on at a time.
        hung = [
            youthumb.start(project_id, prompt=f"A poison {n}") for n in range(GENERATION_THREADS)
        ]
        good = youthumb.start(project_id, prompt="A dessert")
        for job_id in hung:
            job = youthumb.finish(project_id, job_id)
            assert job["status"] == "failed"
            assert job["errorMessage"] == (
                "The compositor was not done with variation 1 after 1 s."
            )
        assert youthumb.finish(project_id, good)["status"] == "completed"
        assert youthumb.credits == 1000 - 1, "what failed was given back"
    finally:
        released.set()
        youthumb.close()


def test_a_painting_that_is_late_ends_at_its_next_layer(tmp_path, small, monkeypatch):
    ended = threading.Event()

    def slow(*args, stop, **options):
        while not stop():
            time.sleep(0.01)
        try:
            return COMPOSE(*args, stop=stop, **options)
        finally:
            ended.set()

    monkeypatch.setattr(render, "compose", slow)
    youthumb = YouThumbHarness(tmp_path / "home", render_seconds=0.5)
    try:
        project_id = youthumb.create()
        job = youthumb.finish(project_id, youthumb.start(project_id))
        assert "was not done" in job["errorMessage"]
        assert ended.wait(180)
    finally:
        youthumb.close()


def test_a_stored_image_that_has_gone_bad_fails_its_job_alone(youthumb):
    project_id = youthumb.create("See @image1", contentImages=[{"url": youthumb.asset()["url"]}])
    for path in (youthumb.home / "media").rglob("*"):
        if path.is_file():
            path.write_bytes(b"rotten")
    job = youthumb.finish(project_id, youthumb.start(project_id))
    assert job["status"] == "failed"
    assert "not an image" in job["errorMessage"]
    assert str(youthumb.home) not in job["errorMessage"]
    assert youthumb.credits == 1000


@pytest.mark.slow
def test_only_failed_jobs_are_retried(youthumb):
    job = youthumb.make()
    denied(youthumb.call("POST", f"/thumbnails/jobs/{job['jobId']}/retry"), 409)
    assert youthumb.credits == 999


@pytest.mark.slow
def test_a_stop_gives_a_job_back_and_the_next_start_goes_on(tmp_path, small, monkeypatch):
    """An orderly stop: what is at hand is finished, the rest is made after the restart."""
    # However slow this machine is just now, what is at hand gets its time.
    monkeypatch.setattr(runner, "CLOSE_SECONDS", 60.0)
    painted = []
    reached, go = threading.Event(), threading.Event()

    def slowly(*args, **options):
        painted.append(options["variation"])
        if options["variation"] == 1 and not go.is_set():
            reached.set()
            assert go.wait(180)
        return COMPOSE(*args, **options)

    monkeypatch.setattr(render, "compose", slowly)
    youthumb = YouThumbHarness(tmp_path)
    project_id = youthumb.create(advancedOptions={"variations": 4})
    job_id = youthumb.start(project_id)
    assert reached.wait(180)
    kept = until(lambda: youthumb.job(project_id, job_id)["images"]["results"], "The first")
    stopping = threading.Thread(target=youthumb.close)
    stopping.start()
    until(youthumb.service.runner._stopping.is_set, "The stop")
    go.set()
    stopping.join(60)

    again = YouThumbHarness(tmp_path)
    try:
        job = again.finish(project_id, job_id)
        assert job["status"] == "completed"
        ids = [result["id"] for result in job["images"]["results"]]
        assert len(ids) == len(set(ids)) == 4
        assert ids[0] == kept[0]["id"]
        assert sorted(painted) == [0, 1, 2, 3]
        assert again.credits == 996
    finally:
        again.close()


@pytest.mark.slow
def test_two_processes_of_one_home_paint_each_variation_once(tmp_path, small):
    first, second = YouThumbHarness(tmp_path), YouThumbHarness(tmp_path)
    try:
        project_id = first.create(advancedOptions={"variations": 2})
        jobs = [first.start(project_id) for _ in range(4)]
        for harness in (second, first):
            harness.service.runner.notify("thumbnails")
        for job_id in jobs:
            job = second.finish(project_id, job_id)
            assert [r["variation"] for r in job["images"]["results"]] == [0, 1]
        assert first.credits == second.credits == 992
    finally:
        first.close()
        second.close()


def test_samples_are_painted_when_first_looked_at(youthumb):
    assert youthumb.rows("pictures") == 0
    presets = youthumb.given("GET", "/presets")
    address = presets[0]["sampleUrl"]
    assert youthumb.rows("pictures") == 0
    first = youthumb.http.get(address)
    assert first.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(first.content)).size == (640, 360)
    assert youthumb.rows("pictures") == 1
    assert youthumb.http.get(address).content == first.content
    assert youthumb.rows("pictures") == 1
    assert open_image.examine(youthumb.files()[0]).size == len(first.content)


def test_the_same_upload_is_kept_once(youthumb):
    urls = [youthumb.asset(content=photo(seed=9))["url"] for _ in range(3)]
    assert len(set(urls)) == 3
    assert len(youthumb.files()) == 1


@pytest.mark.slow
def test_a_status_is_of_one_moment(youthumb, monkeypatch):
    """Another process may end the job between a look at the project and one at its jobs."""
    project_id = youthumb.create()
    job_id = youthumb.start(project_id)
    youthumb.finish(project_id, job_id)
    other = sqlite3.connect(
        youthumb.service.database.path, isolation_level=None, check_same_thread=False
    )
    # The service looks for running jobs whose process has died: this one's lives.
    lease = Lease(youthumb.service.home / "processes")
    state = "UPDATE jobs SET state = ?, owner = ? WHERE id = ?"
    other.execute(state, ("running", lease.id, job_id))
    youthumb.service.runner.queue.requeue_orphans()
    generations = youthumb.service.generations
    of = generations.of_project

    def ended_first(project_id):
        other.execute(state, ("done", None, job_id))
        return of(project_id)

    monkeypatch.setattr(generations, "of_project", ended_first)
    for expected in ("processing", "completed"):
        found = youthumb.project(project_id)
        assert [found["status"], found["jobs"][0]["status"]] == [expected] * 2
    lease.close()
    other.close()
