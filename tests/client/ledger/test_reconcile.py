"""Telling the job of a lost start from the others of its project."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.client import stub
from tests.client.youthumb_stub import YouThumbState
from thumbnb import errors
from thumbnb.client.ledger import reconcile
from thumbnb.client.ledger.reconcile import match_job
from thumbnb.client.ledger.run_record import RunRecord, RunState
from thumbnb.models import JobRecord

LOST = RunRecord(
    id=1, service="s", service_url="p", kind="generate", request={}, request_hash="a", take=0,
    state=RunState.INTENT, prompt="cat", preset=None, known=[], project_id="x", job_id=None,
    output_url=None, reserved=1, credits=None, retries=0, answer=None, error=None,
    created=1, started=None, noticed=None, saved=None,
)  # fmt: skip
OTHER = replace(LOST, id=2, request_hash="b", prompt="dog")
SAME_REQUEST = replace(LOST, id=2, request_hash="b")
TAKE = replace(LOST, id=2, take=1)
NAMED = replace(OTHER, job_id="j1", state=RunState.RUNNING)
ANSWERED = replace(LOST, state=RunState.RUNNING)


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
        (LOST, [SAME_REQUEST], [job("j1", "cat")], (None, 1)),
        (LOST, [SAME_REQUEST], [job("j1", "cat"), job("j2", "cat")], ("j1", 2)),
        (LOST, [TAKE], [job("j1", "cat")], ("j1", 1)),  # takes are as good as each other
        (LOST, [replace(OTHER, known=["j1"])], [job("j1")], ("j1", 1)),
        (LOST, [replace(OTHER, state=RunState.VOID)], [job("j1")], ("j1", 1)),
        (LOST, [replace(OTHER, state=RunState.RUNNING)], [job("j1")], (None, 1)),
        # What was answered goes before what was lost, even of the same request.
        (LOST, [replace(TAKE, state=RunState.RUNNING)], [job("j1", "cat")], (None, 1)),
        (ANSWERED, [TAKE], [job("j1", "cat")], ("j1", 1)),
        (ANSWERED, [OTHER], [job("j1")], ("j1", 1)),
    ],
)
def test_match_job(entry, others, jobs, finds):
    found = match_job(jobs, entry, [entry, *others])
    assert (found.job_id, found.possible) == finds


def test_lost_start_does_not_claim_the_job_of_a_pending_start(tmp_path):
    state = YouThumbState()
    handle, sent = state.handle, []

    async def slowly(request):
        if request.url.path.endswith("/start"):
            state.faults.extend([] if sent else ["lost request"])
            sent.append(request)
        started = len(state.started)
        answer = await handle(request)
        if len(state.started) > started:
            await asyncio.sleep(5)
        return answer

    state.handle = slowly
    client = stub.connect(state, home=tmp_path)
    project = client.create_project("a red balloon")
    first, second = project.start(take=0), project.start(take=1)
    with pytest.raises(errors.OutcomeUnknown):
        first.result()
    assert len(second.result()) == 1
    client.close()
    client._session.runner.stop()


@pytest.mark.parametrize(
    ("other", "is_one"),
    [
        (OTHER, True),  # it may want any new job, and so may the run
        (TAKE, False),  # of the same request: whose job it is makes no difference
        (replace(TAKE, state=RunState.RUNNING), True),  # but this one is known to have one
        (NAMED, False),  # it has its job
        (replace(OTHER, state=RunState.VOID), False),
        (replace(OTHER, state=RunState.DONE), False),
        (replace(OTHER, state=RunState.UNKNOWN), True),
    ],
)
def test_a_rival_is_open_without_a_job_and_of_another_request(other, is_one):
    assert reconcile.is_rival(other, LOST) is is_one


def test_answered_requests_do_not_compete_for_one_job():
    answered = ANSWERED
    assert not reconcile.is_rival(replace(TAKE, state=RunState.RUNNING), answered)
    assert reconcile.was_answered(answered)
    assert not reconcile.was_answered(LOST)


def test_unclaimed_jobs_are_new_and_nobodys_oldest_first():
    jobs = [job("j1", second=3), job("j2", second=2), job("j3", second=1), job("j4")]
    run = replace(LOST, known=["j4"])
    found = reconcile.unclaimed_jobs(jobs, run, [NAMED])
    assert [each.id for each in found] == ["j3", "j2"]


def test_possible_jobs_are_of_the_label_else_of_no_runs_label():
    cat, dog, rewritten, silent = job("a", "cat"), job("b", "dog"), job("c", "x"), job("d")
    assert reconcile.possible_jobs([cat, dog, silent], LOST, [OTHER]) == [cat]
    assert reconcile.possible_jobs([dog, rewritten, silent], LOST, [OTHER]) == [rewritten, silent]
    assert reconcile.has_label(cat, LOST)
    assert not reconcile.has_label(cat, replace(LOST, prompt=None))


@pytest.mark.parametrize(
    ("rival", "run", "possible", "wants"),
    [
        (OTHER, LOST, [job("a")], True),
        (OTHER, LOST, [job("a", "cat")], False),  # the job has the run's own label
        (SAME_REQUEST, LOST, [job("a", "cat")], True),
        (OTHER, ANSWERED, [job("a")], False),  # lost after answered
        (
            replace(OTHER, state=RunState.RUNNING),
            ANSWERED,
            [job("a")],
            True,
        ),
        (replace(OTHER, known=["a"]), LOST, [job("a")], False),
        (replace(OTHER, known=["a"]), LOST, [job("a"), job("b")], True),
        (OTHER, LOST, [], False),
    ],
)
def test_what_a_rival_may_want(rival, run, possible, wants):
    assert reconcile.may_want(rival, run, possible) is wants
