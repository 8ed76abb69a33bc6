"""Telling the job of a lost start from the others of its project."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.client import stub
from tests.client.maker_stub import Maker
from thumbnb import errors
from thumbnb.client.ledger.reconcile import match_job
from thumbnb.client.ledger.run_record import RunRecord
from thumbnb.models import JobRecord

LOST = RunRecord(
    id=1, service="s", service_url="p", kind="generate", request={}, request_hash="a", take=0,
    state="intent", prompt="cat", preset=None, known=[], project_id="x", job_id=None,
    output_url=None, reserved=1, credits=None, retries=0, answer=None, error=None,
    created=1, started=None, noticed=None, saved=None,
)  # fmt: skip
OTHER = replace(LOST, id=2, request_hash="b", prompt="dog")
TWIN = replace(LOST, id=2, request_hash="b")
TAKE = replace(LOST, id=2, take=1)
NAMED = replace(OTHER, job_id="j1", state="running")


def job(name, prompt=None, second=0):
    return JobRecord(id=name, user_prompt=prompt, created_at=f"2024-01-15T10:30:{second:02}Z")


@pytest.mark.parametrize(
    ("entry", "others", "jobs", "finds"),
    [
        (LOST, [], [], (None, 0)),
        (LOST, [], [job("j1")], ("j1", 1)),
        (LOST, [], [job("j1", "rewritten by the service")], ("j1", 1)),
        (LOST, [], [job("j2", second=2), job("j1", second=1)], ("j1", 2)),
        (LOST, [], [job("j1"), job("j2", "cat")], ("j2", 1)),
        (replace(LOST, known=["j1"]), [], [job("j1", "cat")], (None, 0)),
        (LOST, [NAMED], [job("j1", "cat")], (None, 0)),
        (LOST, [OTHER], [job("j1", "dog")], (None, 0)),
        (LOST, [OTHER], [job("j1", "dog"), job("j2", "cat")], ("j2", 1)),
        (LOST, [OTHER], [job("j1")], (None, 1)),  # one job, and two it may belong to
        (LOST, [OTHER], [job("j1"), job("j2")], ("j1", 2)),
        (LOST, [TWIN], [job("j1", "cat")], (None, 1)),
        (LOST, [TWIN], [job("j1", "cat"), job("j2", "cat")], ("j1", 2)),
        (LOST, [TAKE], [job("j1", "cat")], ("j1", 1)),  # takes are as good as each other
        (LOST, [replace(OTHER, known=["j1"])], [job("j1")], ("j1", 1)),
        (LOST, [replace(OTHER, state="void")], [job("j1")], ("j1", 1)),
        (LOST, [replace(OTHER, state="running")], [job("j1")], (None, 1)),
        # What was answered goes before what was lost, even of the same request.
        (LOST, [replace(TAKE, state="running")], [job("j1", "cat")], (None, 1)),
        (replace(LOST, state="running"), [TAKE], [job("j1", "cat")], ("j1", 1)),
        (replace(LOST, state="running"), [OTHER], [job("j1")], ("j1", 1)),
    ],
)
def test_own_job(entry, others, jobs, finds):
    found = match_job(jobs, entry, [entry, *others])
    assert (found.job_id, found.possible) == finds


def test_a_lost_start_does_not_take_the_job_of_one_whose_answer_is_on_its_way(tmp_path):
    state = Maker()
    handle = state.handle

    async def slowly(request):
        started = len(state.started)
        answer = await handle(request)
        if len(state.started) > started:
            await asyncio.sleep(5)
        return answer

    state.handle = slowly
    client = stub.connect(state, home=tmp_path)
    project = client.create_project("a red balloon")
    state.faults.extend(["lost request"])
    first, second = project.start(take=0), project.start(take=1)
    with pytest.raises(errors.OutcomeUnknown):
        first.result()
    assert len(second.result()) == 1
    client.close()
    client._session.runner.stop()
