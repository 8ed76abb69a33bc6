"""No job is left without an end: cancelled ones, those whose end cannot be written, late ones."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time

import pytest

from tests.service.tools import ServiceHarness, refusal, until
from tests.service.youthumb_harness import YouThumbHarness
from thumbnb import render
from thumbnb.frames import Clip
from thumbnb.service.jobs import context
from thumbnb.service.jobs import runner as runner_module
from thumbnb.service.jobs.queue import JobQueue
from thumbnb.service.jobs.runner import AsyncJobGroup, JobGroup, JobRunner
from thumbnb.service.store.database import open_database
from thumbnb.service.store.process_lease import Lease

COMPOSE = render.compose
ASYNC = {"prefer": "respond-async"}


@pytest.fixture
def queue(tmp_path):
    database, lease = open_database(tmp_path), Lease(tmp_path / "processes")
    yield JobQueue(database, lease)
    database.close()
    lease.close()


@pytest.fixture
def runners():
    """Makes runners, and closes them."""
    with contextlib.ExitStack() as held:

        def make(queue, *groups):
            runner = JobRunner(queue, groups)
            held.callback(runner.close)
            return runner

        yield make


def ended(queue, job):
    return until(lambda: queue.get(job.id).ended and queue.get(job.id), f"The end of {job.id}")


# -- cancelling ---------------------------------------------------------------------------


@pytest.mark.slow
def test_a_queued_generation_is_cancelled_and_given_back(youthumb, gate):
    project_id = youthumb.create()
    jobs = [youthumb.start(project_id) for _ in range(4)]
    assert youthumb.credits == 996
    cancelled = youthumb.given("POST", f"/thumbnails/jobs/{jobs[3]}/cancel")
    assert cancelled["status"] == "failed"
    assert "cancelled" in cancelled["errorMessage"]
    assert youthumb.credits == 997
    again = youthumb.given("POST", f"/thumbnails/jobs/{jobs[3]}/cancel")
    assert again["status"] == "failed", "cancelling twice is fine"
    gate.set()
    for job_id in jobs[:3]:
        assert youthumb.finish(project_id, job_id)["status"] == "completed"
    assert youthumb.credits == 997


@pytest.mark.slow
def test_finished_images_of_a_cancelled_generation_are_kept_and_paid(youthumb, monkeypatch):
    opened, ended = threading.Event(), threading.Event()

    def held(*args, stop, **options):
        if options["variation"]:
            until(lambda: stop() or opened.is_set(), "the end")
            ended.set()
        return COMPOSE(*args, **options)

    monkeypatch.setattr(render, "compose", held)
    project_id = youthumb.create(advancedOptions={"variations": 4})
    job_id = youthumb.start(project_id)
    until(lambda: youthumb.job(project_id, job_id)["images"]["results"], "The first")
    job = youthumb.given("POST", f"/thumbnails/jobs/{job_id}/cancel")
    assert job["status"] == "completed"
    assert len(job["images"]["results"]) == 1
    assert youthumb.credits == 999
    assert ended.wait(180), "what was at work is stopped"
    opened.set()
    youthumb.make()
    assert len(youthumb.job(project_id, job_id)["images"]["results"]) == 1


@pytest.mark.slow
def test_a_completed_generation_is_not_cancelled(youthumb):
    project_id = youthumb.create()
    job = youthumb.finish(project_id, youthumb.start(project_id))
    after = youthumb.given("POST", f"/thumbnails/jobs/{job['jobId']}/cancel")
    assert after["status"] == "completed"
    assert youthumb.credits == 999
    assert youthumb.call("POST", "/thumbnails/jobs/none/cancel").status_code == 404


def test_a_thumbnail_is_cancelled_and_its_callers_are_told(fresh, talk, monkeypatch):
    video = fresh.upload(talk)
    begun, go = threading.Event(), threading.Event()

    def held(*_, **__):
        begun.set()
        go.wait(60)
        raise AssertionError("nobody reads it")

    monkeypatch.setattr(Clip, "frame_at", held)
    asked = fresh.post(f"/video/{video['id']}/thumbnail", {"time": 1}, headers=ASYNC).json()["data"]
    assert begun.wait(180)
    waited = []
    waiting = threading.Thread(target=lambda: waited.append(fresh.get(asked["output_url"]).json()))
    waiting.start()
    until(lambda: len(fresh.service.runner.waiters) == 1, "The request that waits")
    answer = fresh.http.delete(asked["output_url"]).json()
    assert (answer["status"], answer["error_code"]) == ("failed", "CANCELLED")
    waiting.join(10)
    assert waited[0]["error_code"] == "CANCELLED"
    monkeypatch.undo()
    go.set()
    assert fresh.thumbnail(video, time=1)["id"], "it can be asked for again"
    until(
        lambda: not list((fresh.home / "unfinished").iterdir()),
        "An empty folder of unfinished files",
    )


def test_a_job_that_others_wait_for_goes_on(fresh, talk, monkeypatch):
    video = fresh.upload(talk)
    begun, go, frame_at = threading.Event(), threading.Event(), Clip.frame_at

    def held(*args, **options):
        begun.set()
        go.wait(60)
        return frame_at(*args, **options)

    monkeypatch.setattr(Clip, "frame_at", held)
    path = f"/video/{video['id']}/thumbnail"
    mine, theirs = (
        fresh.post(path, {"time": 1}, headers=ASYNC).json()["data"]["output_url"] for _ in range(2)
    )
    assert mine == theirs
    assert begun.wait(180)
    assert fresh.http.delete(mine).json()["status"] == "processing"
    assert not any(task.cancelled() for task in fresh.service.runner._running.values())
    go.set()
    answer = fresh.get(theirs).json()
    assert answer["status"] == "done", answer
    assert answer["data"]["time"] == 1


def test_cancelling_what_is_done_changes_nothing(harness, video):
    made = harness.thumbnail(video, time=1.5)
    answer = harness.http.delete(made["output_url"])
    assert answer.json()["status"] == "done"
    assert harness.get(made["output_url"]).json()["status"] == "done"
    refusal(harness.http.delete("/async-response/job-none"), 404)


def test_another_process_is_reported_within_seconds(tmp_path, queue, runners, monkeypatch):
    monkeypatch.setattr(runner_module, "IDLE_SECONDS", 0.1)
    begun, seen = threading.Event(), threading.Event()

    def work(task):
        begun.set()
        until(task.cancelled, "the end")
        seen.set()
        return lambda _: {}

    runners(queue, JobGroup({"dig": work}, 1, 60))
    database, lease = open_database(tmp_path), Lease(tmp_path / "processes")
    other = JobQueue(database, lease)
    job = other.submit("dig", "k", {})
    assert begun.wait(180)
    other.cancel(job.id, lambda _: None)
    assert seen.wait(180)
    assert ended(queue, job).error.code == "CANCELLED"
    database.close()
    lease.close()


# -- ends that cannot be written ----------------------------------------------------------


class FullDisk:
    """Lets no transaction through for as long as it is full, as SQLite on a full disk."""

    def __init__(self, queue, monkeypatch):
        self.full = False
        self.refused = 0
        write = queue._database.write

        @contextlib.contextmanager
        def guarded(**how):
            with write(**how) as rows:
                yield rows
                if self.full:
                    self.refused += 1
                    raise sqlite3.OperationalError("database or disk is full")

        monkeypatch.setattr(queue._database, "write", guarded)


def test_a_job_whose_end_meets_a_full_disk_ends_once_there_is_room(queue, runners, monkeypatch):
    monkeypatch.setattr(context, "_RETRY_SECONDS", 0.05)
    disk = FullDisk(queue, monkeypatch)

    def fill(_):
        disk.full = True
        return lambda _: {"id": "x"}

    runner = runners(queue, JobGroup({"dig": fill}, 1, 60))
    job = runner.submit("dig", "k", {})
    until(lambda: disk.refused > 3, "Some tries")
    assert queue.get(job.id).state == "running"
    disk.full = False
    assert ended(queue, job).result == {"id": "x"}


def test_job_blocked_by_a_full_disk_fails_once_there_is_room(queue, runners, monkeypatch, caplog):
    """Six seconds of a full disk left jobs at work until the next start, their credits held."""
    monkeypatch.setattr(context, "STORE_SECONDS", 0.2)
    monkeypatch.setattr(context, "_RETRY_SECONDS", 0.05)
    monkeypatch.setattr(runner_module, "IDLE_SECONDS", 0.1)
    disk = FullDisk(queue, monkeypatch)

    def fill(task):
        disk.full = task.params.get("fill", False)
        return lambda _: {}

    runner = runners(queue, JobGroup({"dig": fill}, 1, 60))
    job = runner.submit("dig", "k", {"fill": True})
    until(lambda: disk.refused > 8, "Tries after it was given up")
    assert queue.get(job.id).state == "running"
    disk.full = False
    failed = ended(queue, job)
    assert failed.error.status == 507
    assert ended(queue, runner.submit("dig", "k2", {})).state == "done", "the queue goes on"
    assert "Traceback" not in caplog.text


def test_the_queue_is_read_on_after_an_error(queue, runners, monkeypatch, caplog):
    monkeypatch.setattr(runner_module, "IDLE_SECONDS", 0.05)
    claim, broken = queue.claim, threading.Event()

    def failing(kinds):
        if not broken.is_set():
            broken.set()
            raise sqlite3.OperationalError("disk I/O error")
        return claim(kinds)

    monkeypatch.setattr(queue, "claim", failing)
    runner = runners(queue, JobGroup({"dig": lambda _: lambda _: {}}, 1, 60))
    assert broken.wait(180)
    assert ended(queue, runner.submit("dig", "k", {})).state == "done"
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("mode", [JobGroup, AsyncJobGroup])
def test_a_job_that_is_late_fails_with_that_reason(queue, runners, monkeypatch, mode):
    monkeypatch.setattr(runner_module, "IDLE_SECONDS", 0.05)

    def slow(task):
        until(task.cancelled, "the end")
        return lambda _: {}

    async def slow_async(task):
        import asyncio

        await asyncio.sleep(60)

    task = slow if mode is JobGroup else slow_async
    runner = runners(queue, mode({"dig": task}, 1, 0.3))
    job = ended(queue, runner.submit("dig", "k", {}))
    assert job.error.code == "DEADLINE"


def test_jobs_that_wait_hold_no_thread(queue, runners):
    """Fifty that wait for a network, and one that does not."""
    import asyncio

    release = asyncio.Event()

    async def wait(task):
        if task.params["wait"]:
            await release.wait()
        else:
            release.set()
        return lambda _: {}

    runner = runners(queue, AsyncJobGroup({"load": wait}, 64, 60))
    before = threading.active_count()
    jobs = [runner.submit("load", f"k{n}", {"wait": True}) for n in range(50)]
    until(lambda: all(queue.get(job.id).state == "running" for job in jobs), "All at work")
    assert threading.active_count() - before < 10
    runner.submit("load", "last", {"wait": False})
    for job in jobs:
        assert ended(queue, job).state == "done"


def test_closing_gives_waiting_jobs_back(queue):
    import asyncio

    async def wait(_):
        await asyncio.sleep(60)

    runner = JobRunner(queue, [AsyncJobGroup({"load": wait}, 4, 60)])
    job = runner.submit("load", "k", {})
    until(lambda: queue.get(job.id).state == "running", "The start")
    began = time.monotonic()
    runner.close()
    assert time.monotonic() - began < 4
    assert queue.get(job.id).state == "queued"


@pytest.mark.parametrize("kind", [ServiceHarness, YouThumbHarness])
def test_a_new_file_that_meets_a_full_disk_fails_its_job_with_507(
    tmp_path, talk, monkeypatch, kind
):
    from thumbnb.service.media.file_store import NewFile
    from thumbnb.service.refusal import Refusal

    harness = kind(tmp_path / "home")
    try:
        video = harness.upload(talk)

        def full(self, data):
            raise Refusal(507, "DISK_FULL", "There is no room left on the disk.")

        monkeypatch.setattr(NewFile, "write", full)
        refused = harness.post(f"/video/{video['id']}/thumbnail", {"time": 2})
        refusal(refused, 507)
        monkeypatch.undo()
        assert harness.thumbnail(video, time=2)["id"]
    finally:
        harness.close()
