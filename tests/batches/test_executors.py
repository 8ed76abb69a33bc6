"""Where the work is done, and what happens when that is lost."""

from __future__ import annotations

import pickle
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

import pandas as pd
import pytest

import thumbnb as tb
from thumbnb import errors
from thumbnb.batches.workers import environment, executors, frame_task


class Losing(Executor):
    """Loses the workers of some tasks: ``losses`` says how often of each video."""

    def __init__(self, losses, error):
        self.losses, self.error = dict(losses), error
        self.given, self.at_hand, self.most = [], 0, 0

    def submit(self, function, /, task):
        name = task["video"].rpartition("/")[2]
        self.given.append(name)
        future = Future()
        if self.losses.get(name, 0):
            self.losses[name] -= 1
            if self.error is None:
                future.cancel()
                future.set_running_or_notify_cancel()
            else:
                future.set_exception(self.error)
            return future
        future.set_result(function(pickle.loads(pickle.dumps(task))))
        return future


class KilledWorker(Exception):
    """As Dask's is called."""


@pytest.mark.parametrize("error", [None, BrokenProcessPool("gone"), OSError("connection closed")])
def test_the_rows_of_a_lost_worker_are_done_again_once(videos, error):
    executor = Losing({"second.mp4": 1}, error)
    table = tb.batch("videos/*.mp4", executor=executor)
    assert table["error"].tolist() == ["", "", ""]
    assert sorted(executor.given) == ["First Clip.mp4", "second.mp4", "second.mp4", "third.mp4"]


def test_a_row_that_kills_its_workers_fails_alone(videos):
    executor = Losing({"second.mp4": 9}, KilledWorker("thrice"))
    table = tb.batch("videos/*.mp4", executor=executor)
    assert [error == "" for error in table["error"]] == [True, False, True]
    assert "died" in table["error"][1]
    assert executor.given.count("second.mp4") == 1


def test_broken_executor_ends_the_batch_and_the_next_run_resumes(videos):
    broken = Losing({"second.mp4": 9, "third.mp4": 9}, BrokenProcessPool("gone"))
    table = tb.batch("videos/*.mp4", executor=broken, out="out", concurrency=1)
    assert table["error"].tolist()[0] == ""
    assert all("executor is gone" in error for error in table["error"][1:])
    sound = Losing({}, None)
    assert tb.batch("videos/*.mp4", executor=sound, out="out")["error"].tolist() == [""] * 3
    assert sorted(sound.given) == ["second.mp4", "third.mp4"]


def test_an_executor_that_is_shut_down_is_reported_at_once(videos):
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    with pytest.raises(errors.InvalidInput, match="cannot schedule new futures after shutdown"):
        tb.batch("videos/*.mp4", executor=executor)


def test_workers_without_thumbnb_are_reported_at_once(videos):
    executor = Losing({"First Clip.mp4": 9}, ModuleNotFoundError("No module named 'thumbnb'"))
    with pytest.raises(errors.InvalidInput, match="install the same version there"):
        tb.batch("videos/First Clip.mp4", executor=executor)
    assert len(executor.given) == 1


def test_workers_of_another_version_make_nothing(videos, monkeypatch):
    monkeypatch.setattr(frame_task, "check_fingerprint", other_version)
    with pytest.raises(errors.InvalidInput, match="Install the same versions on all workers"):
        tb.batch("videos/*.mp4", executor=Losing({}, None))


def other_version(expected):
    environment.check_fingerprint(f"not {expected}")


class Waiting(Executor):
    """Gives nothing back until there is more at hand than may be, or all that there is."""

    def __init__(self, rows):
        self.rows, self.at_hand, self.most, self.begun = rows, [], 0, 0

    def submit(self, function, /, task):
        future = Future()
        self.begun += 1
        self.at_hand.append((future, task))
        self.most = max(self.most, len(self.at_hand))
        if self.most == 8 or self.begun == self.rows:
            for each, given in self.at_hand:
                each.set_result({"error": {"kind": "x", "message": given["video"]}, "seconds": 0.0})
            self.at_hand = []
        return future


def test_no_more_rows_are_handed_over_than_may_be_under_way(videos):
    executor = Waiting(40)
    given = pd.DataFrame({"video": ["videos/second.mp4"] * 40, "at": [n / 100 for n in range(40)]})
    table = tb.batch(given, frames="at", executor=executor, concurrency=8)
    assert executor.most == 8
    assert len(table) == 40


def test_how_many_rows_are_under_way_follows_the_workers():
    with ThreadPoolExecutor(3) as threads:
        assert executors.window(threads) == 6
    assert executors.window(Losing({}, None)) == 64


def test_a_dask_client_itself_is_refused_with_what_to_give():
    class DaskClient:
        submit = get_executor = print

    with pytest.raises(errors.InvalidInput, match=r"client\.get_executor\(\)"):
        executors.check_executor(DaskClient())


@pytest.mark.slow
def test_our_processes_end_a_file_that_takes_too_long_and_go_on(videos):
    with executors.WorkerProcesses(1, seconds=0.001) as processes:
        slow = processes.submit(frame_task.make_frames, task(videos / "second.mp4"))
        assert slow.result()["error"]["kind"] == "TimeoutError"
    with executors.WorkerProcesses(1) as processes:
        quick = processes.submit(frame_task.make_frames, task(videos / "second.mp4"))
        assert len(quick.result()["frames"]) == 1


@pytest.mark.slow
def test_a_pool_of_processes_makes_the_same_images(videos, executor):
    here = tb.batch("videos/*.mp4", out="here", executor=executor)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        there = tb.batch("videos/*.mp4", out="there", executor=pool)
    ours = tb.batch("videos/*.mp4", out="ours")
    assert [image.bytes for image in here["image"]] == [image.bytes for image in there["image"]]
    assert [image.bytes for image in here["image"]] == [image.bytes for image in ours["image"]]


def task(path):
    return {
        "video": str(path), "times": None, "count": 1, "size": None, "format": ".jpg",
        "digest": "", "targets": None, "fingerprint": environment.fingerprint(),
    }  # fmt: skip


def test_plain_data_is_all_that_goes_to_a_worker_and_back(videos):
    given = task(videos / "second.mp4")
    answer = frame_task.make_frames(given)
    plain = (dict, list, str, bytes, int, float, bool, type(None))

    def check(value):
        assert type(value) in plain, type(value)
        for each in value.values() if isinstance(value, dict) else value:
            if not isinstance(each, str | bytes) and hasattr(each, "__iter__"):
                check(each)
            else:
                assert type(each) in plain, type(each)

    check(given)
    check(answer)
    assert time.perf_counter() > answer["seconds"] > 0


def test_an_error_of_a_store_shows_no_signature(videos, monkeypatch):
    address = "s3://bucket/a.mp4?X-Amz-Signature=secret"

    def refuse(_):
        raise ValueError(f"403 Forbidden for {address}, https://host/a.mp4?X-Amz-Signature=secret")

    monkeypatch.setattr(frame_task, "local_copy", refuse)
    fault = frame_task.make_frames(task(address))["error"]
    assert fault == {
        "kind": "ValueError",
        "message": "ValueError: 403 Forbidden for a.mp4, https://host/a.mp4",
    }


def test_an_address_that_cannot_be_reached_is_said_to_be_that(videos, monkeypatch):
    fsspec = pytest.importorskip("fsspec")

    def refuse(*_, **__):
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(fsspec.get_filesystem_class("memory"), "_open", refuse)
    fault = frame_task.make_frames(task("memory://clips/a.mp4"))["error"]
    assert fault["kind"] == "MediaError"
    assert fault["message"].startswith("'a.mp4' cannot be fetched (Connection refused)")
