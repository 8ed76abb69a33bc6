"""Worker processes: ended at their deadline, bounded, failing alone, gone with their parent."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.service.tools import until
from thumbnb.errors import InvalidInput, NotAVideo
from thumbnb.service.jobs import messages
from thumbnb.service.jobs.executor import MEGABYTE, Executor, task_refusals, worker_pids
from thumbnb.service.jobs.task_control import (
    Limits,
    TaskCancelled,
    TaskFailed,
    TooMuchMemory,
    WorkerCrashed,
)
from thumbnb.service.jobs.worker_pool import WorkerPool
from thumbnb.service.refusal import Refusal

# A worker process finds it as any module on the path; `tests` alone may be another package's.
sys.path.append(str(Path(__file__).parent))
tasks: Any = importlib.import_module("worker_tasks")

LIMITS = Limits(seconds=30, memory=100 * MEGABYTE)
SOON = Limits(seconds=0.3, memory=100 * MEGABYTE)


def name(function):
    return f"{function.__module__}:{function.__qualname__}"


@pytest.fixture
def pool():
    pool = WorkerPool(2, 400 * MEGABYTE, idle_seconds=30)
    yield pool
    pool.close()


def runs(pool, function, limits=LIMITS, **params):
    return pool.run(name(function), params, limits)


def dead(pid):
    """Whether a process has ended; one that nobody has waited for is as dead."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state in "ZX"


def test_a_result_comes_back_and_the_process_is_used_again(pool):
    first, second = (runs(pool, tasks.add, a=n, b=2) for n in (1, 5))
    assert (first["sum"], second["sum"]) == (3, 7)
    assert first["pid"] == second["pid"] != os.getpid()
    assert pool.pids == {first["pid"]}


def test_what_a_task_raises_is_raised_here_and_its_process_stays(pool):
    with pytest.raises(Refusal, match="too large") as refused:
        runs(pool, tasks.fail, how="refused")
    assert (refused.value.status, refused.value.code) == (413, "TOO_LARGE")
    with pytest.raises(NotAVideo, match="Send one"):
        runs(pool, tasks.fail, how="error")
    with pytest.raises(TaskFailed, match="ZeroDivisionError: by nothing") as failed:
        runs(pool, tasks.fail, how="otherwise")
    assert "worker_tasks.py" in failed.value.details
    assert len(pool.pids) == 1


def test_a_task_that_hears_nothing_is_ended_at_its_deadline(pool):
    runs(pool, tasks.add, a=1, b=1)
    (before,) = pool.pids
    with pytest.raises(TimeoutError):
        runs(pool, tasks.spin, SOON)
    assert dead(before)
    assert runs(pool, tasks.add, a=1, b=1)["sum"] == 2


def test_a_crash_fails_its_task_with_the_signal_and_no_other(pool):
    done = []
    other = threading.Thread(target=lambda: done.append(runs(pool, tasks.nap, seconds=1)))
    other.start()
    with pytest.raises(WorkerCrashed, match="SIGSEGV") as crashed:
        runs(pool, tasks.crash)
    with pytest.raises(Refusal, match="SIGSEGV"), task_refusals("The video", LIMITS):
        raise crashed.value
    other.join(60)
    assert done[0] < 30


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the system sets no such limit elsewhere")
def test_a_task_gets_no_more_memory_than_it_may_have(pool):
    assert runs(pool, tasks.allocate, megabytes=60) == 60
    for _ in range(2):
        with pytest.raises(TooMuchMemory):
            runs(pool, tasks.allocate, megabytes=150)
    assert runs(pool, tasks.allocate, megabytes=60) == 60


def test_tasks_wait_for_memory_in_the_order_they_came(pool):
    """Two that need half of it each run side by side; a third waits for one of them."""
    half = Limits(seconds=30, memory=200 * MEGABYTE)
    ended = []

    def run(label, seconds):
        runs(pool, tasks.nap, half, seconds=seconds)
        ended.append(label)

    threads = []
    for label, seconds in (("long", 2.0), ("short", 0.5), ("last", 0.1)):
        threads.append(threading.Thread(target=run, args=(label, seconds)))
        threads[-1].start()
        time.sleep(0.1)
    assert len(pool.pids) <= 2
    for thread in threads:
        thread.join(60)
    assert ended.index("short") < ended.index("last")


def test_what_a_library_prints_does_no_harm(pool):
    assert runs(pool, tasks.chatter) == ""
    assert runs(pool, tasks.add, a=1, b=1)["sum"] == 2


def test_a_cancelled_task_ends_soon_and_gives_its_place_back(pool):
    cancelled = threading.Event()
    threading.Timer(0.3, cancelled.set).start()
    began = time.monotonic()
    with pytest.raises(TaskCancelled):
        pool.run(name(tasks.spin), {}, LIMITS, cancelled=cancelled.is_set)
    assert time.monotonic() - began < 20
    assert runs(pool, tasks.add, a=1, b=1)["sum"] == 2


def test_closing_the_pool_cancels_its_tasks_without_blame(pool):
    """As the end of the interpreter does: the job goes back to the queue, and does not fail."""
    raised = []

    def run():
        try:
            runs(pool, tasks.spin)
        except (TaskCancelled, TaskFailed) as error:
            raised.append(type(error))

    thread = threading.Thread(target=run)
    thread.start()
    until(lambda: pool._busy, "The task")
    pool.close()
    thread.join(60)
    assert raised == [TaskCancelled]


def test_progress_is_passed_on(pool):
    seen = []
    pool.run(name(tasks.nap), {"seconds": 0.1}, LIMITS, report=seen.append)
    assert seen == [0.0, 0.25, 0.5, 0.75]


def test_idle_workers_end(pool):
    short = WorkerPool(2, 400 * MEGABYTE, idle_seconds=0.2)
    runs(short, tasks.add, a=1, b=1)
    (pid,) = short.pids
    until(lambda: not short.pids, "the end of the idle worker")
    until(lambda: dead(pid), "its process")


def test_worker_imports_only_what_its_task_needs(pool):
    loaded = set(runs(pool, tasks.modules))
    assert not loaded & {"fastapi", "starlette", "uvicorn", "httpx", "IPython", "av", "PIL"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_process_has_workers_of_its_own(pool):
    runs(pool, tasks.add, a=1, b=1)
    (parents,) = pool.pids
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            pid = runs(pool, tasks.add, a=1, b=1)["pid"]
            os.write(write, b"other" if pid != parents else b"same")
            pool.close()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 10) == b"other"
    os.close(read)
    os.close(write)
    assert runs(pool, tasks.add, a=1, b=1)["pid"] == parents


SCRIPT = """
import sys, threading
print("script runs")
import worker_tasks as tasks
from thumbnb.service.jobs import messages
from thumbnb.service.jobs.executor import Executor, worker_pids
from thumbnb.service.jobs.task_control import Limits
limits = Limits(seconds=60, memory=10**8)
executor = Executor()
assert executor.mode == "processes"
print(executor.run(tasks.add, limits, trusted=True, a=1, b=2)["sum"])
if len(sys.argv) > 1:
    print(*worker_pids(), flush=True)
    executor.run(tasks.spin_marked, limits, trusted=True, mark=sys.argv[1])
"""


def test_a_script_without_a_main_guard_runs_once(tmp_path):
    """And a file beside it named as a module of the library is none of ours."""
    (tmp_path / "script.py").write_text(SCRIPT)
    (tmp_path / "pickle.py").write_text("raise SystemExit('the wrong pickle')")
    (tmp_path / "queue.py").write_text("raise SystemExit('the wrong queue')")
    done = subprocess.run(
        [sys.executable, "-P", str(tmp_path / "script.py")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.split("\n")[:2] == ["script runs", "3"], done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_workers_die_with_their_parent_whatever_they_are_doing(tmp_path):
    mark = tmp_path / "busy"
    parent = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(mark)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    until(lambda: mark.exists() and mark.read_text(), "the busy worker")
    pid = int(mark.read_text())
    assert not dead(pid)
    parent.send_signal(signal.SIGKILL)
    parent.wait(30)
    parent.stdout.close()
    until(lambda: dead(pid), "the end of the worker")


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="processes have a niceness on POSIX")
@pytest.mark.parametrize(("said", "niceness"), [("", 10), ("0", 0), ("3", 3)])
def test_worker_processes_stand_back_as_far_as_is_said(monkeypatch, pool, said, niceness):
    monkeypatch.setenv("THUMBNB_NICENESS", said)
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    theirs = os.getpriority(os.PRIO_PROCESS, runs(pool, tasks.add, a=1, b=1)["pid"])
    assert theirs == min(ours + niceness, 19)


@pytest.mark.parametrize("said", ["-1", "20", "high", "1.5"])
def test_a_niceness_that_is_none_is_said_at_the_start(monkeypatch, said):
    monkeypatch.setenv("THUMBNB_NICENESS", said)
    with pytest.raises(InvalidInput, match="THUMBNB_NICENESS is"):
        Executor()


def test_a_worker_whose_answer_nobody_reads_ends_in_silence():
    """Its parent died while it worked: the answer's pipe breaks before the end of the input."""
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", "from thumbnb.service.jobs import worker_process as w; w.main(0)"],
        stdin=subprocess.PIPE, stdout=writing, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(writing)
    os.close(reading)
    task = {"function": "time:sleep", "params": {}, "memory": MEGABYTE, "seconds": 1.0}
    assert process.stdin is not None
    messages.send(process.stdin, task)
    assert process.wait(60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stdin.close()
    process.stderr.close()


@pytest.mark.parametrize("mode", ["processes", "threads"])
def test_both_ways_say_the_same(mode):
    executor = Executor(mode)
    assert executor.run(tasks.add, LIMITS, trusted=True, a=1, b=2)["sum"] == 3
    with pytest.raises(NotAVideo):
        executor.run(tasks.fail, LIMITS, trusted=True, how="error")
    with pytest.raises(TimeoutError):
        executor.run(tasks.nap, SOON, trusted=True, seconds=3)
    cancelled = threading.Event()
    threading.Timer(0.2, cancelled.set).start()
    with pytest.raises(TaskCancelled):
        executor.run(tasks.nap, LIMITS, trusted=True, cancelled=cancelled.is_set, seconds=10)


def test_a_task_that_ends_itself_when_its_time_is_up_was_late():
    def stop_in_own_words(control):
        while control.remaining > 0:
            pass
        raise ZeroDivisionError

    for _ in range(20):
        with pytest.raises(TimeoutError):
            Executor("threads").run(stop_in_own_words, replace(LIMITS, seconds=0.01), trusted=True)


def test_threads_do_the_work_where_no_process_can_be_started(monkeypatch):
    def refuse(*_, **__):
        raise OSError("no more processes")

    executor = Executor("processes")
    for pid in worker_pids():
        os.kill(pid, signal.SIGKILL)
        until(lambda pid=pid: dead(pid), "its end")
    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert executor.run(tasks.add, LIMITS, trusted=True, a=1, b=2)["pid"] == os.getpid()
    assert executor.mode == "threads"
