"""A service that refuses for now: as long as there is patience, and no longer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import httpx
import pytest

from tests.client import stub
from tests.client.youthumb_stub import PROMPT
from thumbnb import errors

FULL = {"success": False, "error": "Too many parallel jobs running"}


def full(wait=None):
    headers = {} if wait is None else {"retry-after": str(wait)}
    return httpx.Response(429, json=FULL, headers=headers)


@dataclass
class Crowd:
    """What a service does that has few jobs at once, each for some seconds."""

    slots: int = 0
    lasts: float = 30.0
    wait: float | None = None
    tries: list[float] = field(default_factory=list)  # when a start was asked for
    ends: list[float] = field(default_factory=list)
    fetched: list[float] = field(default_factory=list)
    most: int = 0  # jobs at once

    def start(self, now):
        self.tries.append(now)
        running = sum(end > now for end in self.ends)
        if running >= self.slots:
            return False
        self.ends.append(now + self.lasts)
        self.most = max(self.most, running + 1)
        return True


@pytest.fixture
def crowd(state, monkeypatch):
    crowd, answer = Crowd(), state.answer

    def limited(request, content):
        now = asyncio.get_running_loop().time()
        if request.url.path.startswith("/files/"):
            crowd.fetched.append(now)
        if request.url.path.endswith("/start") and not crowd.start(now):
            return full(crowd.wait)
        return answer(request, content)

    monkeypatch.setattr(state, "answer", limited)
    return crowd


@pytest.mark.slow
@pytest.mark.parametrize("wait", [None, 3])
def test_more_jobs_than_a_plan_allows_take_turns(kernels, state, crowd, wait):
    state.balance, crowd.slots, crowd.wait = 100, 4, wait
    client = kernels()
    jobs = [client.create_project(PROMPT).start() for _ in range(40)]
    assert [len(job.result()) for job in jobs] == [1] * 40
    assert len(state.started) == 40
    assert crowd.most == 4
    # One at a time asks again for all that wait: it takes ten rounds of 30 s.
    assert crowd.ends[-1] - crowd.ends[0] <= 10 * (crowd.lasts + 16)
    assert len(crowd.tries) <= 40 + 40 + 10 * 10


def test_a_waiting_request_does_not_hold_up_an_admitted_one(kernels, state, crowd):
    state.old, state.balance, crowd.slots, crowd.lasts = True, 100, 1, 10**6
    client = kernels()
    project = client.create_project(PROMPT)
    jobs = [project.start(prompt=f"balloon {number}", deadline=300) for number in range(3)]
    ends = []
    for job in jobs:
        try:
            ends.append(len(job.result()))
        except errors.RateLimited:
            ends.append(0)
    assert sorted(ends) == [0, 0, 1]
    assert crowd.fetched[0] - crowd.tries[0] < 60


@pytest.mark.parametrize("wait", [None, 121])
def test_a_refusal_lasts_as_long_as_the_deadline_and_no_longer(kernels, state, crowd, wait):
    crowd.wait = wait
    client = kernels(budget=1)
    project = client.create_project(PROMPT)
    with pytest.raises(errors.RateLimited, match="parallel jobs") as caught:
        project.generate(deadline=600)
    lasted = crowd.tries[-1] - crowd.tries[0]
    assert 600 - (wait or 16) - 1 <= lasted <= 600
    assert caught.value.retry_after == wait
    if wait:
        assert "asks to wait 121 s" in str(caught.value)
    assert client.runs()["state"].tolist() == ["void"]
    assert client.budget.left == 1
    assert not client.open_jobs()


def test_a_wait_past_the_deadline_is_not_begun(kernels, crowd):
    crowd.wait = 3600
    project = kernels().create_project(PROMPT)
    with pytest.raises(errors.RateLimited, match="asks to wait 3600 s"):
        project.generate(deadline=600)
    assert len(crowd.tries) == 1


def test_a_request_in_line_at_the_deadline_raises_the_refusal(kernels, crowd):
    client = kernels()
    first = client.create_project(PROMPT).start(deadline=300)
    second = client.create_project(PROMPT).start(deadline=100)
    with pytest.raises(errors.RateLimited, match="parallel jobs"):
        second.result()
    with pytest.raises(errors.RateLimited):
        first.result()
    assert client.runs()["state"].tolist() == ["void", "void"]
    assert not client.open_jobs()


def test_a_job_that_is_cancelled_while_it_waits_was_never_begun(kernels, state, crowd):
    client = kernels(budget=1)
    project = client.create_project(PROMPT)
    with stub.standing_still(client):
        job = project.start()
        job.watch(lambda job: job.progress.stage == "waiting its turn" and job.cancel())
    with pytest.raises(errors.JobCancelled) as caught:
        job.result()
    assert "paid" not in str(caught.value)
    client._session.runner.start(asyncio.sleep(1)).result(10)  # until it has let go
    assert client.runs()["state"].tolist() == ["void"]
    assert client.budget.left == 1
    crowd.slots = 1
    assert len(project.generate()) == 1
    assert len(state.started) == 1


def test_what_has_no_deadline_is_not_waited_for_long(client, state, monkeypatch):
    tries = []
    monkeypatch.setattr(state, "answer", lambda *_: tries.append(1) or full())
    with pytest.raises(errors.RateLimited):
        client.presets()
    assert len(tries) == 4


def test_what_is_read_after_a_start_waits_as_long(kernels, state, monkeypatch):
    answer, busy = state.answer, [20]

    def limited(request, content):
        if request.url.path.endswith("/detailed-status") and busy[0]:
            busy[0] -= 1
            return full()
        return answer(request, content)

    monkeypatch.setattr(state, "answer", limited)
    assert len(kernels().create_project(PROMPT).generate()) == 1
