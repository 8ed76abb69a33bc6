"""Cancelling: the service stops, gives back what was not made, and the ledger says so."""

from __future__ import annotations

import asyncio
import threading

import pytest

import thumbnb as tb
from tests.client import stub
from tests.client.youthumb_stub import PROMPT
from tests.service.tools import until, write_video
from thumbnb import errors, render
from thumbnb.client import connect as connect_module
from thumbnb.frames import Clip

COMPOSE = render.compose


@pytest.fixture
def embedded(tmp_path, monkeypatch):
    """A client of the embedded service, whose work can be held back inside this process."""
    monkeypatch.setenv("THUMBNB_WORKERS", "threads")
    with tb.connect(embedded=True, home=tmp_path / "home", budget=10, quiet=True) as client:
        yield client
    connect_module.close_embedded()


@pytest.fixture
def gate(monkeypatch):
    """Holds back every variation from the number in ``gate.first`` on."""
    opened = threading.Event()
    opened.first = 0

    def held(*args, stop, **options):
        if options["variation"] >= opened.first:
            until(lambda: stop() or opened.is_set(), "the end of the painting")
        return COMPOSE(*args, stop=stop, **options)

    monkeypatch.setattr(render, "compose", held)
    yield opened
    opened.set()


def cancel_at(job, stage):
    """Cancel a job as soon as it says that it is at this stage."""
    reached = threading.Event()

    def watch(job):
        if job.progress.stage == stage and not reached.is_set():
            reached.set()
            job.cancel()

    job.watch(watch)
    if job.progress.stage == stage:
        watch(job)
    assert reached.wait(180), f"It never was at {stage!r}"


def rows(client):
    return client.runs()[["state", "credits"]].values.tolist()


# -- the embedded service --------------------------------------------------------------


def test_a_generation_is_stopped_there_and_costs_nothing(embedded, gate):
    before = embedded.usage().credits
    job = embedded.create_project(PROMPT, options={"variations": 4}).start()
    until(lambda: job.cost == 4 and job.progress.stage == "generating", "the generation")
    assert job.cancel()
    assert job.cancel() in {True, False}, "pressed twice is fine"
    with pytest.raises(errors.JobCancelled, match="costs nothing"):
        job.result(30)
    assert job.state == "cancelled"
    assert job.cost == 0
    assert rows(embedded) == [["cancelled", 0]]
    assert (embedded.budget.spent, embedded.budget.left) == (0, 10)
    assert embedded.usage().credits == before
    assert embedded.resume() == []


@pytest.mark.slow
def test_what_had_landed_is_kept_and_paid_for(embedded, gate):
    gate.first = 1
    job = embedded.create_project(PROMPT, options={"variations": 3}).start()
    until(lambda: len(job.partial) == 1, "the first image")
    job.cancel()
    with pytest.raises(errors.JobCancelled, match=r"1 image had been made for 1 credit"):
        job.result(30)
    assert rows(embedded) == [["done", 1]]
    assert embedded.budget.spent == 1
    gate.set()
    [image] = embedded.run(1).result()
    assert image.size == (1280, 720)


@pytest.mark.slow
def test_a_frame_that_takes_long_is_stopped(embedded, tmp_path, monkeypatch):
    video = embedded.upload(write_video(tmp_path / "talk.mp4"))
    begun, go = threading.Event(), threading.Event()

    def held(*_, **__):
        begun.set()
        go.wait(60)
        raise AssertionError("nobody reads it")

    monkeypatch.setattr(Clip, "frame_at", held)
    job = video.generate_thumbnail.submit(time=1)
    assert begun.wait(180)
    until(lambda: job.progress.stage == "processing", "its address")
    job.cancel()
    with pytest.raises(errors.JobCancelled, match="has stopped it"):
        job.result(30)
    go.set()
    monkeypatch.undo()
    assert video.generate_thumbnail(time=1).size == (192, 108)


# -- a service of one's own, and hosted ones -------------------------------------------


def test_a_cancelled_take_may_be_asked_for_again(client, state):
    state.cancels, state.rounds = True, 10**6
    project = client.create_project(PROMPT)
    job = project.start(take=0)
    cancel_at(job, "generating")
    with pytest.raises(errors.JobCancelled, match="costs nothing"):
        job.result(30)
    state.rounds = 1
    assert project.start(take=0).result(30).credits == 1
    assert rows(client) == [["cancelled", 0], ["done", 1]]
    assert state.balance == 9


def test_a_cancelled_run_says_so_when_it_is_looked_for(client, state):
    state.cancels, state.rounds = True, 10**6
    job = client.create_project(PROMPT).start()
    cancel_at(job, "generating")
    with pytest.raises(errors.JobCancelled):
        job.result(30)
    with pytest.raises(errors.JobFailed, match="cancelled"):
        client.run(1).result()


def test_call_cancelled_in_flight_stops_after_its_answer(client, state, monkeypatch):
    state.cancels, answer, jobs = True, state.answer, []
    state.rounds = 10**6

    def cancelled(request, content):
        if request.url.path.endswith("/start"):
            jobs[0].cancel()
        return answer(request, content)

    monkeypatch.setattr(state, "answer", cancelled)
    project = client.create_project(PROMPT)
    with stub.standing_still(client):
        jobs.append(project.start())
    with pytest.raises(errors.JobCancelled, match="costs nothing"):
        jobs[0].result(30)
    assert rows(client) == [["cancelled", 0]]
    assert state.balance == 10


def test_a_service_that_cannot_be_told_goes_on(client, state):
    state.rounds = 30
    job = client.create_project(PROMPT).start()
    cancel_at(job, "generating")
    with pytest.raises(
        errors.JobCancelled, match=r"cannot be told to stop .* it is paid: .*resume"
    ):
        job.result(30)
    assert [run.state for run in client.open_jobs()] == ["running"]
    [again] = client.resume()
    assert len(again.result()) == 1
    assert rows(client) == [["done", 1]]


def test_a_video_service_that_cannot_be_told_goes_on(client, video, state):
    state.polls = 10**6
    job = video.generate_thumbnail.submit(time=3)
    cancel_at(job, "processing")
    with pytest.raises(errors.JobCancelled, match="cannot be told"):
        job.result(30)
    assert [request.method for request in state.requests].count("DELETE") == 1
    state.polls = 0
    state.jobs = {name: [0, *rest] for name, (_, *rest) in state.jobs.items()}
    [again] = client.resume()
    assert again.result().id == "img-0"


def test_an_address_elsewhere_is_never_told_to_delete(client, video, state, monkeypatch):
    answer = state.answer

    def elsewhere(request, content):
        if request.method == "POST" and request.url.path.endswith("/thumbnail"):
            url = "http://127.0.0.1:1/async-response/1"
            return stub.httpx.Response(
                200, json={"status": "processing", "data": {"output_url": url}}
            )
        return answer(request, content)

    monkeypatch.setattr(state, "answer", elsewhere)
    job = video.generate_thumbnail.submit(time=3)
    cancel_at(job, "processing")
    with pytest.raises(errors.JobCancelled, match="cannot be told"):
        job.result(30)
    assert "DELETE" not in {request.method for request in state.requests}


def test_a_second_caller_of_a_cancelled_take_gets_its_own(client, state):
    state.cancels, state.rounds = True, 10**6
    project = client.create_project(PROMPT)
    first = project.start(take=0)
    until(lambda: first.progress.stage == "generating", "the first")
    second = project.start(take=0)
    with stub.standing_still(client):
        state.rounds = 1
    first.cancel()
    with pytest.raises(errors.JobCancelled):
        first.result(30)
    assert len(second.result(30)) == 1
    assert rows(client) == [["cancelled", 0], ["done", 1]]


def test_a_task_that_is_cancelled_leaves_the_work_to_be_taken_up(client, state):
    state.cancels, state.rounds = True, 40
    project = client.create_project(PROMPT)

    async def main():
        task = asyncio.ensure_future(project.generate.aio())
        await asyncio.to_thread(until, lambda: state.started, "the start")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert not any(r.url.path.endswith("/cancel") for r in state.requests)
    [job] = client.resume()
    assert len(job.result(30)) == 1
