"""The durable queue, the leases, the store: who works on what, and what survives."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading

import pytest

from tests.service.tools import ServiceHarness, until
from thumbnb.errors import InvalidInput
from thumbnb.service.jobs.queue import MAX_ATTEMPTS, NEXT_QUEUED, JobQueue, OwnershipLost
from thumbnb.service.jobs.runner import JobGroup, JobRunner
from thumbnb.service.refusal import Refusal
from thumbnb.service.store.database import open_database
from thumbnb.service.store.migrations import MIGRATIONS
from thumbnb.service.store.process_lease import Lease

KINDS = ("dig", "build")


class Office:
    """What a process has: a store, a lease, the queue."""

    def __init__(self, home):
        self.database = open_database(home)
        self.lease = Lease(home / "processes")
        self.jobs = JobQueue(self.database, self.lease)

    def close(self):
        self.database.close()
        self.lease.close()


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path)
    yield office
    office.close()


@pytest.fixture
def other(tmp_path, office):
    other = Office(tmp_path)
    yield other
    other.close()


def test_jobs_are_taken_in_the_order_they_came_each_by_one(office, other):
    ids = [office.jobs.submit("dig", f"k{n}", {"n": n}).id for n in range(6)]
    taken = [where.jobs.claim(KINDS) for where in (office, other, other, office, other, office)]
    assert [job.id for job in taken] == ids
    assert office.jobs.claim(KINDS) is None


def test_only_the_kinds_one_knows_are_taken(office):
    office.jobs.submit("paint", "p", {})
    job = office.jobs.submit("dig", "d", {})
    assert office.jobs.claim(KINDS).id == job.id
    assert office.jobs.claim(KINDS) is None


def test_the_same_work_is_queued_once_until_it_ends(office):
    first = office.jobs.submit("dig", "same", {})
    assert office.jobs.submit("dig", "same", {}).id == first.id
    office.jobs.claim(KINDS)
    assert office.jobs.submit("dig", "same", {}).id == first.id
    office.jobs.finish(first.id, lambda _: {"id": "x"})
    assert office.jobs.get(first.id).result == {"id": "x"}
    assert office.jobs.submit("dig", "same", {}).id != first.id


def test_what_a_job_leaves_is_written_with_its_end_or_not_at_all(office):
    job = office.jobs.submit("dig", "k", {})
    office.jobs.claim(KINDS)

    def torn(rows):
        rows.execute("INSERT INTO collections VALUES ('c-x', 'X', '', 0, '')")
        raise Refusal(400, "NO", "It could not be done after all.")

    with pytest.raises(Refusal):
        office.jobs.finish(job.id, torn)
    assert office.database.first("SELECT * FROM collections WHERE id = 'c-x'") is None
    assert office.jobs.get(job.id).state == "running"


def test_the_work_of_the_dead_is_taken_up_by_the_living(office, other):
    job = office.jobs.submit("dig", "k", {})
    other.jobs.claim(KINDS)
    office.jobs.requeue_orphans()
    assert office.jobs.claim(KINDS) is None, "its owner lives"
    other.lease.close()
    office.jobs.requeue_orphans()
    assert office.jobs.claim(KINDS).id == job.id
    with pytest.raises(OwnershipLost):
        other.jobs.finish(job.id, lambda rows: rows.execute("DELETE FROM collections"))
    with pytest.raises(OwnershipLost):
        other.jobs.fail(job.id, Refusal(500, "X", "x"))
    office.jobs.finish(job.id, lambda _: {})
    assert office.jobs.get(job.id).state == "done"
    assert office.database.first("SELECT * FROM collections"), "the dead write nothing"


def test_a_job_that_brings_down_every_process_is_given_up(tmp_path, office):
    job = office.jobs.submit("dig", "k", {})
    for _ in range(MAX_ATTEMPTS):
        assert office.jobs.get(job.id).state == "queued"
        victim = Office(tmp_path)
        assert victim.jobs.claim(KINDS).id == job.id
        victim.close()
        office.jobs.requeue_orphans()
    assert office.jobs.get(job.id).error.code == "INTERRUPTED"


def test_an_orderly_stop_gives_the_work_back_and_does_not_count(office, other):
    job = office.jobs.submit("dig", "k", {})
    for _ in range(MAX_ATTEMPTS * 2):
        assert other.jobs.claim(KINDS).id == job.id
        other.jobs.release()
    assert office.jobs.claim(KINDS).id == job.id


def test_a_lease_ends_with_its_process_however_that_ends(tmp_path):
    mine = Lease(tmp_path)
    code = (
        "import sys, pathlib; from thumbnb.service.store.process_lease import Lease; "
        "lease = Lease(pathlib.Path(sys.argv[1])); print(lease.id, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        theirs = process.stdout.readline().strip()
        assert mine.alive(theirs)
        assert mine.alive(mine.id)
        mine.sweep()
        assert mine.alive(theirs), "a sweep leaves the living alone"
        process.kill()
    assert not mine.alive(theirs)
    assert not mine.alive("never-was")
    mine.sweep()
    assert [path.name for path in tmp_path.iterdir()] == [mine.id]
    mine.close()
    mine.close()
    assert not mine.alive(mine.id)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_child_does_not_keep_its_parents_lease(tmp_path):
    """A worker of a process pool may outlive the kernel that forked it."""
    mine = Lease(tmp_path)
    code = (
        "import os, sys, pathlib; from thumbnb.service.store.process_lease import Lease; "
        "lease = Lease(pathlib.Path(sys.argv[1])); "
        "child = os.fork(); "
        "child or sys.stdin.read(); child and print(lease.id, flush=True); child and os._exit(0)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        theirs = process.stdout.readline().strip()
        process.wait(30)  # the parent is gone, its child still reads from us
        until(lambda: not mine.alive(theirs), "The end of the lease")
    mine.close()


def test_the_queue_is_found_without_reading_what_has_ended(office):
    for sql in (
        NEXT_QUEUED.replace(":kinds", "'[]'"),
        "SELECT DISTINCT owner FROM jobs WHERE state = 'running'",
        "SELECT * FROM jobs WHERE key = 'k' AND state IN ('queued', 'running')",
    ):
        plan = [row["detail"] for row in office.database.read(f"EXPLAIN QUERY PLAN {sql}")]
        assert any("USING" in line and "INDEX jobs_" in line for line in plan), plan


def test_many_leases_and_sweeps_at_once(tmp_path):
    """A sweep must not take the mark of one that is just being made."""
    stop = threading.Event()
    sweeper = Lease(tmp_path)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads take turns between any two steps

    def sweep():
        while not stop.is_set():
            sweeper.sweep()

    threads = [threading.Thread(target=sweep) for _ in range(3)]
    leases = []
    try:
        for thread in threads:
            thread.start()
        leases = [Lease(tmp_path) for _ in range(200)]
        assert all((tmp_path / lease.id).exists() for lease in leases)
    finally:
        sys.setswitchinterval(interval)
        stop.set()
        for thread in threads:
            thread.join()
        for lease in [*leases, sweeper]:
            lease.close()


def test_a_database_of_a_later_version_is_left_alone(tmp_path):
    path = tmp_path / "service.sqlite3"
    open_database(tmp_path).close()
    rows = sqlite3.connect(path)
    rows.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    rows.close()
    with pytest.raises(InvalidInput, match="newer thumbnb"):
        open_database(tmp_path)


def test_many_first_openings_at_once(tmp_path):
    """Two kernels started together make the tables once."""
    code = (
        "import sys, pathlib; from thumbnb.service.store.database import open_database\n"
        "sys.stdin.readline(); "
        "store = open_database(pathlib.Path(sys.argv[1]).parent); "
        "print(store.first('SELECT count(*) AS n FROM collections')['n'])"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "service.sqlite3")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate()[0].strip() for process in processes] == ["1"] * 3


def test_slow_kinds_keep_no_others_waiting(office):
    stuck, done = threading.Event(), threading.Event()
    worker = JobRunner(
        office.jobs,
        (
            JobGroup({"dig": lambda _: stuck.wait(30) and (lambda _: {})}, 1, 60),
            JobGroup({"build": lambda _: done.set() or (lambda _: {})}, 1, 60),
        ),
    )
    for n in range(3):
        worker.submit("dig", f"d{n}", {})
    worker.submit("build", "b", {})
    assert done.wait(180)
    stuck.set()
    worker.close()


def test_two_services_share_a_home(tmp_path, talk):
    """Two kernels on one home: what one stores the other has, and either does the work."""
    first, second = ServiceHarness(tmp_path), ServiceHarness(tmp_path)
    try:
        assert first.service.token == second.service.token
        video = first.upload(talk)
        image = second.thumbnail(video, time=1)
        assert first.thumbnail(video, time=1)["id"] == image["id"]
        assert first.get(image["url"]).content == second.get(image["url"]).content
        second.close()
        assert first.thumbnail(video, time=2)
    finally:
        first.close()
        second.close()


def test_closing_requeues_running_jobs_for_the_next_start(tmp_path, talk, monkeypatch):
    from thumbnb.frames import Clip
    from thumbnb.service.jobs import runner

    monkeypatch.setattr(runner, "CLOSE_SECONDS", 0.0)
    go, entered = threading.Event(), threading.Event()
    frame_at = Clip.frame_at
    harness = ServiceHarness(tmp_path)
    video = harness.upload(talk)

    def held(self, t, size=None):
        entered.set()
        assert go.wait(180)
        return frame_at(self, t, size)

    monkeypatch.setattr(Clip, "frame_at", held)
    asked = harness.post(
        f"/video/{video['id']}/thumbnail", {"time": 2}, headers={"prefer": "respond-async"}
    ).json()["data"]
    assert entered.wait(180)
    threads = list(harness.service.runner._threads)
    harness.close()
    harness.service.close()
    go.set()
    again = ServiceHarness(tmp_path)
    try:
        done = again.get(asked["output_url"]).json()
        assert done["status"] == "done"
        assert again.rows("images") == 2
        for thread in threads:
            thread.join(30)
        until(
            lambda: len(list((tmp_path / "unfinished").iterdir())) == 0,
            "An empty folder of unfinished files",
        )
    finally:
        again.close()
