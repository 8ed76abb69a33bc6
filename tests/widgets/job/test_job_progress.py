"""JobProgress without a browser: what it tells of jobs, how often, and what may be done."""

from __future__ import annotations

import asyncio
import io
import threading
import time

import pytest
from PIL import Image

import thumbnb as tb
from thumbnb import errors
from thumbnb.client.runtime import progress
from thumbnb.client.runtime.job import Job
from thumbnb.client.runtime.progress import Eta
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.job import job_text
from thumbnb.widgets.job.job_progress import JobProgress


def eventually(check):
    deadline = time.monotonic() + 20
    while not check():
        assert time.monotonic() < deadline
        threading.Event().wait(0.005)


class Work:
    """Work that goes on until it is told how to end, and tells what it is told to."""

    def __init__(self, name="generate", **more):
        self._queue = asyncio.Queue()
        self._loop = None
        self._ready = threading.Event()
        self.job = Job(name, self._run, **more)
        assert self._ready.wait(180)

    async def _run(self):
        self._loop = asyncio.get_running_loop()
        self._ready.set()
        while True:
            step = await self._queue.get()
            done = step()
            if done is not None:
                return done

    def tell(self, step):
        done = threading.Event()

        def stepped():
            try:
                return step()
            finally:
                done.set()

        self._loop.call_soon_threadsafe(self._queue.put_nowait, stepped)
        assert done.wait(180)

    def report(self, *args, **kwargs):
        self.tell(lambda: progress.report_progress(*args, **kwargs))

    def fail(self, error):
        def step():
            raise error

        self.tell(step)
        eventually(self.job.done)


@pytest.fixture
def work():
    made = []

    def start(*args, **kwargs):
        made.append(Work(*args, **kwargs))
        return made[-1]

    yield start
    for each in made:
        each.job.cancel()


@pytest.fixture
def clock(monkeypatch):
    """The shared stage's clock stands still until it is set."""
    now = [100.0]
    monkeypatch.setattr(trait_updates, "shared", trait_updates.TraitUpdates(clock=lambda: now[0]))
    return now


# -- what is told ---------------------------------------------------------------------


def test_a_job_from_its_start_to_its_end(work):
    one = work()
    shown = JobProgress(one.job)
    eventually(lambda: shown.state == "running")
    assert (shown.done, shown.fraction) == (False, None)
    one.tell(lambda: progress.report_cost(4.0))
    one.tell(lambda: progress.report_eta(lambda: Eta(12.34, 29.87)))
    one.report("generating", done=1, total=4)
    eventually(lambda: shown.fraction == 0.25)
    [row] = shown.rows
    assert row["status_text"] == "Generating, 1 of 4"
    assert (row["done"], row["total"], row["credits"], row["eta"]) == (1, 4, 4.0, [12.3, 29.9])
    one.report("generating", 0.6, done=2, total=4)
    eventually(lambda: shown.fraction == 0.6)
    one.tell(lambda: "a result")
    eventually(lambda: shown.done)
    [row] = shown.rows
    assert (shown.state, shown.fraction, row["code"]) == ("done", 1.0, "job.result()")
    assert row["next_step"].startswith("'a result' in ")
    assert row["next_step"].endswith(" s, 4 credits")
    assert "done" in repr(shown)
    assert not one.job.watched


def test_the_time_left_is_reported_as_soon_as_it_is_known(work):
    one = work()
    shown = JobProgress(one.job)
    one.tell(lambda: progress.report_eta(lambda: Eta(12.0, 30.0)))
    eventually(lambda: shown.rows[0]["eta"] == [12.0, 30.0])


def test_a_saved_notebook_says_when_a_job_ran_and_not_that_it_runs(work):
    going = work()
    shown = JobProgress(going.job)
    assert "running" not in shown.snapshot_text()
    assert f"begun on {time.strftime('%Y-')}" in shown.snapshot_text()
    going.job.resume_code = "client.run(7).result()"
    assert "client.run(7).result() says what came of it" in shown.snapshot_text()
    going.tell(lambda: 1)
    eventually(going.job.done)
    assert "done" in shown.snapshot_text()


def test_many_jobs_are_summed_up(work):
    first, second = work("upload"), work("generate_thumbnail")
    shown = JobProgress(first.job)
    shown.add(second.job)
    first.report("uploading", 0.5)
    second.report("decoding", 0.0)
    eventually(lambda: shown.fraction == 0.25)
    assert [row["name"] for row in shown.rows] == ["Upload", "Generate thumbnail"]
    second.fail(errors.JobFailed("No."))
    eventually(lambda: shown.fraction == 0.75)
    assert (shown.state, shown.done) == ("running", False)
    first.tell(lambda: 1)
    eventually(lambda: shown.done)
    assert shown.state == "failed"
    shown.show()
    eventually(lambda: shown.state == "empty")
    assert (shown.jobs, shown.done) == ([], True)


def test_only_jobs_are_shown():
    with pytest.raises(errors.InvalidInput, match="not str"):
        JobProgress("job")
    with pytest.raises(errors.InvalidInput, match="takes no 'jbos'"):
        JobProgress(jbos=1)


# -- how often ------------------------------------------------------------------------


def test_progress_is_reported_ten_times_a_second_and_the_end_at_once(work, clock):
    one, seen = work(), []
    shown = JobProgress(one.job)
    eventually(lambda: shown.rows)
    shown.observe(lambda change: seen.append(change.new[0]["fraction"]), "rows")
    one.report("uploading", 0.01)
    shown_first = list(seen)
    for step in range(2, 90):
        one.report("uploading", step / 100)
    # A clock that stands still lets no more than one of them through.
    assert len(seen) <= len(shown_first) + 1
    clock[0] += trait_updates.INTERVAL
    eventually(lambda: seen and seen[-1] == 0.89)
    assert len(seen) <= 3
    one.report("uploading", 0.95)
    one.tell(lambda: "there")
    eventually(lambda: shown.done)  # although the clock stands still
    assert seen[-1] == 1.0


def test_a_display_that_fails_harms_no_job(work, monkeypatch):
    one = work()
    shown = JobProgress(one.job)
    monkeypatch.setattr(shown, "_on_progress", lambda _: 1 / 0)
    one.report("uploading", 0.5)
    one.tell(lambda: "there")
    assert one.job.result(timeout=180) == "there"


# -- what may be done -----------------------------------------------------------------


def test_cancel_says_what_goes_on(work):
    one = work()
    shown = JobProgress(one.job)
    one.tell(lambda: progress.report_resume_code("project.follow('job-1')"))
    one.report("generating")
    eventually(lambda: shown.rows[0]["is_paid"])
    shown._answer_cancel("job-1")
    eventually(lambda: shown.state == "cancelled")
    assert one.job.state == "cancelled"
    assert "it is paid: project.follow('job-1')" in shown.rows[0]["next_step"]


def test_left_running_it_goes_on_and_can_be_watched_again(work):
    one = work()
    shown = JobProgress(one.job)
    shown._answer_leave("job-1")
    eventually(lambda: shown.state == "detached")
    assert (one.job.state, one.job.watched, shown.done) == ("running", False, False)
    assert "job.result() waits for it" in shown.rows[0]["next_step"]
    one.report("generating", 0.5)
    shown._answer_watch("job-1")
    eventually(lambda: shown.state == "running")
    assert shown.fraction == 0.5
    one.tell(lambda: "there")
    eventually(lambda: shown.done)


def test_a_failed_job_is_tried_again_in_its_place(work):
    second = work()
    first = work(repeat=lambda: second.job)
    shown = JobProgress(first.job)
    with pytest.raises(errors.InvalidInput):
        shown._answer_again("job-1")  # it has not failed
    first.fail(errors.Unavailable("In trouble."))
    eventually(lambda: shown.state == "failed")
    [row] = shown.rows
    assert row["can_retry"]
    assert row["next_step"] == "In trouble. Try again in a while."
    shown._answer_again("job-1")
    eventually(lambda: shown.state == "running")
    assert shown.jobs == [second.job]
    with pytest.raises(errors.InvalidInput, match="no longer shown"):
        shown._answer_again("job-9")


def test_another_view_of_a_job_gets_its_retry(work):
    third, received = work(), []
    second = work(repeat=lambda: third.job)
    first = work(repeat=lambda: second.job)
    shown = JobProgress()
    shown.add(first.job, on_retry=lambda *jobs: received.append(jobs))
    first.fail(errors.Unavailable("In trouble."))
    eventually(lambda: shown.state == "failed")
    shown._answer_again("job-1")
    eventually(lambda: received == [(second.job, first.job)])
    second.fail(errors.Unavailable("In trouble."))
    eventually(lambda: shown.state == "failed")
    shown._answer_again("job-1")
    eventually(lambda: received[1:] == [(third.job, second.job)])


@pytest.mark.parametrize(
    "error",
    [
        errors.OutcomeUnknown("Lost."),
        errors.DeadlineExceeded("Late."),
        errors.InvalidInput("No."),
        errors.Rejected("No."),
    ],
)
def test_possibly_paid_or_hopeless_requests_are_not_retried(work, error):
    one = work(repeat=lambda: None)
    one.fail(error)
    assert not job_text.can_repeat(one.job)


def test_what_comes_from_elsewhere_is_bounded(work):
    one = work()
    one.fail(ValueError("<b>" + 5000 * "x"))
    reported = job_text.job_row(one.job)
    assert reported["next_step"].startswith("ValueError: <b>xxx")
    assert len(reported["next_step"]) <= 700


# -- the real thing -------------------------------------------------------------------


@pytest.mark.slow
def test_a_generation_shows_its_images_as_they_land(tmp_path):
    client = tb.connect(embedded=True, home=tmp_path, quiet=True)
    job = client.create_project("a red balloon", options={"variations": 2}).start()
    shown, sent = JobProgress(job), []
    shown.send = lambda content, buffers=(): sent.append((content, list(buffers)))
    eventually(lambda: shown.done and shown.rows[0]["previews"] == 2)
    assert sorted(content["index"] for content, _ in sent) == [0, 1]
    for _, [data] in sent:
        with Image.open(io.BytesIO(data)) as image:
            assert image.size == (320, 180)
        assert len(data) < 40_000
    assert "2 images in " in shown.rows[0]["next_step"]
    assert shown.rows[0]["next_step"].endswith("2 credits")
    assert [picture.size for picture in shown.snapshot_images()] == [(320, 180)] * 2
    assert shown._answer_previews("job-1")[0] == [0, 1]
    state = str(shown.get_state()["rows"])
    assert len(state) < 1000, "no pictures in the state"


def test_a_failed_call_is_made_again_by_itself(tmp_path, sample_path):
    client = tb.connect(embedded=True, home=tmp_path, quiet=True)
    job = client.video.submit("m-none")
    with pytest.raises(errors.NotFound):
        job.result()
    again = job.repeat()
    assert again is client.jobs[-1]
    with pytest.raises(errors.NotFound):
        again.result()
