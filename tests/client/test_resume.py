"""What another kernel finds: jobs under way, pictures not fetched, what was learned."""

from __future__ import annotations

import asyncio
import threading

import pytest

from tests.client import stub
from tests.client.youthumb_stub import PROMPT, name_of
from thumbnb import errors
from thumbnb.client.ledger.ledger_database import LedgerDatabase
from thumbnb.client.polling.schedule import Key, Schedule


def test_a_running_job_is_taken_up_by_a_new_kernel(kernels, state):
    state.rounds = 1000
    with pytest.raises(errors.DeadlineExceeded, match=r"client\.resume"):
        kernels().create_project(PROMPT).generate(deadline=30)
    second = kernels()
    [run] = second.open_jobs()
    assert (run.state, run.prompt) == ("running", PROMPT)
    for job in state.projects[run.record.project_id]["jobs"]:
        job["left"] = 1
    [job] = second.resume()
    assert job.result()[0].bytes
    assert not second.open_jobs()
    assert second.resume() == []
    assert len(state.started) == 1


def test_an_image_that_could_not_be_fetched_is_fetched_later(kernels, state, monkeypatch):
    answer = state.answer
    broken = lambda r, c: stub.httpx.Response(500) if "/files/" in r.url.path else answer(r, c)  # noqa: E731
    monkeypatch.setattr(state, "answer", broken)
    results = kernels().create_project(PROMPT).generate()
    assert len(results) == 1
    [run] = kernels().open_jobs()
    assert run.state == "made"
    monkeypatch.setattr(state, "answer", answer)
    later = kernels()
    [job] = later.resume()
    job.result()
    assert not later.open_jobs()
    assert later.result_store.count == 1


def test_a_kernel_leaves_its_own_jobs_alone(kernels, state):
    state.rounds = 50
    client = kernels()
    job = client.create_project(PROMPT).start()
    assert len(job.result()) == 1
    assert client.resume() == []


def test_following_a_job_begun_elsewhere_keeps_its_images(kernels, state):
    client = kernels()
    project = client.create_project(PROMPT)
    state.start(project.id, {})  # in a browser
    project.follow(name_of(1001))
    assert client.runs()[["kind", "state", "credits"]].values.tolist() == [["follow", "done", 0]]
    with pytest.raises(errors.NotFound, match="no job"):
        project.follow("nothing")


def test_a_cancelled_job_says_what_it_cannot_stop(kernels, state):
    client = kernels()
    state.rounds = 10**6
    project = client.create_project(PROMPT)
    job = project.start()

    def cancel(job):
        if job.progress.stage == "generating":
            job.cancel()

    job.watch(cancel)
    with pytest.raises(errors.JobCancelled, match=r"it is paid: .*resume"):
        job.result()
    assert [run.state for run in client.open_jobs()] == ["running"]


def test_what_was_learned_of_durations_outlives_the_kernel(kernels, state):
    kernels().create_project(PROMPT, preset="neon").generate()
    later = kernels()
    ledger, key = later._session.ledger, Key("YouThumb", "generate", "neon")
    schedule = later._session.runner.start(ledger.schedule()).result(10)
    assert schedule.model(key) != Schedule().model(key)


def test_a_job_says_how_long_it_will_take(kernels, state):
    client, seen = kernels(), []
    project = client.create_project(PROMPT)
    with stub.standing_still(client):
        job = project.start()
        job.watch(lambda job: seen.append(job.eta))
    job.result()
    reported = [eta for eta in seen if eta]
    assert reported
    assert all(0 < eta.p50 < eta.p90 for eta in reported)
    assert job.eta is None


def test_many_jobs_stay_under_the_rate_and_are_asked_for_together(kernels, state, monkeypatch):
    state.balance, state.rounds, times = 100, 30, []
    handle = state.handle

    async def timed(request):
        if "/files/" not in request.url.path:
            times.append((asyncio.get_running_loop().time(), request.url.path))
        return await handle(request)

    state.handle = timed
    client = kernels()
    jobs = [client.create_project(PROMPT).start() for _ in range(24)]
    assert len([job.result() for job in jobs]) == 24
    starts = [at for at, _ in times]
    # They are counted before they are sent, so a window here may be a moment longer.
    assert all(sum(at <= t < at + 59 for t in starts) <= 90 for at in starts)
    assert [path for _, path in times if path.endswith("/api/thumbnails")]


def test_a_frame_of_a_hosted_video_is_kept_and_taken_up(kernels, state):
    client = kernels()
    video = client.video("m-1")
    frame = video.generate_thumbnail(time=3, width=32, height=18)
    [row] = client.runs().to_dict("records")
    assert (row["kind"], row["state"], row["id"]) == ("thumbnail", "done", frame.id)
    state.polls = 100
    with pytest.raises(errors.DeadlineExceeded):
        video.generate_thumbnail(time=4, width=32, height=18, deadline=5)
    state.jobs["job-0"][0] = 1
    later = kernels()
    [job] = later.resume()
    frame = job.result()
    assert (frame.time, frame.image.size) == (4, (32, 18))
    assert later.runs()["state"].tolist() == ["done", "done"]
    assert len(state.made) == 2


def test_wait_cancelled_during_the_ledger_write_leaves_no_doubt(client, state, monkeypatch):
    writing, go_on = threading.Event(), threading.Event()
    real = LedgerDatabase.open_run

    def slow(self, *given, **options):
        writing.set()
        assert go_on.wait(180)
        return real(self, *given, **options)

    project = client.create_project(PROMPT)
    monkeypatch.setattr(LedgerDatabase, "open_run", slow)

    async def give_up():
        task = asyncio.ensure_future(project.generate.aio())
        await asyncio.to_thread(writing.wait, 30)
        task.cancel()
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(give_up())
    assert not client.open_jobs()
    assert client.runs()["state"].tolist() == ["void"]
    assert not state.started
    assert client.budget.spent == 0
