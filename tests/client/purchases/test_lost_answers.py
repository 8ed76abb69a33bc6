"""Paid calls whose answer was lost: found again, or sent again only when asked."""

from __future__ import annotations

import asyncio
import json
import pickle

import pytest
from PIL import Image

from tests.client import stub
from tests.client.youthumb_stub import PROMPT, name_of
from thumbnb import errors
from thumbnb.client.ledger.run_record import PaidCall


def starts(state):
    return [r for r in state.requests if r.url.path.endswith("/start")]


@pytest.mark.parametrize("fault", ["lost answer", "broken after", "timed out after", "not json"])
@pytest.mark.parametrize("old", [False, True])
def test_a_lost_answer_is_found_in_the_project(kernels, state, fault, old):
    state.old = old
    project = kernels().create_project(PROMPT)
    state.faults.append(fault)
    results = project.generate()
    assert len(results) == len(state.started) == 1


def test_a_lost_answer_among_other_starts_finds_its_own_job(kernels, state):
    client = kernels()
    project = client.create_project(PROMPT)
    project.generate()
    state.start(project.id, {})  # somebody else, before
    state.faults.extend(["none", "lost answer"])
    results = project.generate()
    assert results.job_id == name_of(1003)


@pytest.mark.parametrize("fault", ["lost request", "broken"])
def test_unknown_outcome_is_checked_and_resent_only_on_request(kernels, state, fault):
    client = kernels()
    project = client.create_project(PROMPT)
    state.faults.append(fault)
    with pytest.raises(errors.OutcomeUnknown, match="shows no job") as caught:
        project.generate(take=0)
    error = caught.value
    assert error.check() is None
    assert not state.started
    state.forget()
    with pytest.raises(errors.OutcomeUnknown):
        project.generate(take=0)
    assert not starts(state)
    assert len(error.resend()) == 1
    assert len(state.started) == 1
    assert project.generate(take=0).cached


def test_of_two_sendings_the_one_that_was_carried_out_counts(kernels, state):
    first = kernels()
    project = first.create_project(PROMPT)
    state.faults.append("lost request")
    with pytest.raises(errors.OutcomeUnknown) as caught:
        project.generate(take=0)
    # It is sent again by a kernel that dies before the answer.
    entry = first.run(1).record
    again = PaidCall(
        entry.service, entry.service_url, "generate", entry.request, {"prompt": PROMPT},
        take=0, project_id=project.id,
    )  # fmt: skip
    assert again.digest == entry.request_hash
    first._session.ledger._database.open_run(again, entry.created, force=True)
    state.start(project.id, {})
    later = kernels()
    later.resume()
    assert len(later.create_project(PROMPT).generate(take=0)) == 1
    assert len(caught.value.check()) == 1
    assert len(caught.value.resend()) == 1
    assert len(state.started) == 1


def test_a_start_that_arrives_late_is_found_by_a_check(kernels, state):
    client = kernels()
    project = client.create_project(PROMPT)
    state.faults.append("lost request")
    with pytest.raises(errors.OutcomeUnknown) as caught:
        project.generate()
    state.start(project.id, {})
    assert len(caught.value.check()) == 1
    assert client.runs()["state"].tolist() == ["done"]


def test_an_old_start_without_effect_is_void_and_may_be_sent_again(kernels, state):
    client = kernels()
    project = client.create_project(PROMPT)
    state.faults.append("lost request")
    with pytest.raises(errors.OutcomeUnknown):
        project.generate(take=0)
    later = kernels()
    later._session.ledger.clock = lambda: client._session.ledger.clock() + 3600
    assert len(later.create_project(PROMPT).generate(take=0)) == 1
    assert later.runs()["state"].tolist() == ["void", "done"]


@pytest.mark.parametrize("fault", ["slow", "lost request"])
def test_timeout_before_the_answer_does_not_claim_the_job_continues(kernels, state, fault):
    handle = state.handle

    async def slow(request):
        answer = await handle(request)
        if fault == "slow" and request.url.path.endswith("/start"):
            await asyncio.sleep(30)
        return answer

    state.handle = slow
    project = kernels().create_project(PROMPT)
    if fault != "slow":
        state.faults.append(fault)
    with pytest.raises(errors.DeadlineExceeded, match=r"may have been started: client\.resume\(\)"):
        project.generate(deadline=5)
    later = kernels()
    [job] = later.resume()
    if fault == "slow":
        assert len(job.result()) == len(state.started) == 1


def test_a_deadline_after_the_answer_says_that_it_goes_on(kernels, state):
    state.rounds = state.polls = 10**6
    client = kernels()
    for call in (
        lambda: client.create_project(PROMPT).generate(deadline=5),
        lambda: client.video("m-1").generate_thumbnail(time=1, deadline=5),
    ):
        with pytest.raises(errors.DeadlineExceeded, match="The service goes on: "):
            call()


def test_an_error_goes_through_a_pickle_and_says_the_way_back(kernels, state):
    project = kernels().create_project(PROMPT)
    state.faults.append("lost request")
    with pytest.raises(errors.OutcomeUnknown) as caught:
        project.generate()
    copy = pickle.loads(pickle.dumps(caught.value))
    with pytest.raises(errors.InvalidInput, match=r"client\.run\(1\)\.check\(\)"):
        copy.check()
    with pytest.raises(errors.InvalidInput, match="not a paid call"):
        errors.OutcomeUnknown("x").resend()


def test_lost_prompts_and_images_are_sent_again_only_when_asked(kernels, state, monkeypatch):
    client, answer, sent = kernels(), state.answer, []
    shelf, red = client.collection(), Image.new("RGB", (8, 8), "red")

    def extended(request, content):
        if not request.url.path.endswith(("/improve", "/from-reference", "/generate/image")):
            return answer(request, content)
        sent.append(json.loads(content))
        made = {"id": "img-0", "collection_id": "c-1", "url": f"{stub.BASE}/files/0.png"}
        return stub.ok(made) if "image" in request.url.path else answer(request, content)

    monkeypatch.setattr(state, "answer", extended)
    for number, call in enumerate(
        (lambda: client.improve_prompt("a ballon", context={"title": "UP"}),
         lambda: client.prompt_from(red, language="de"),
         lambda: shelf.generate_image("a cat"))
    ):  # fmt: skip
        state.faults.extend(["none"] * (number == 1) + ["lost request"])  # its picture goes up
        with pytest.raises(errors.OutcomeUnknown) as caught:
            call()
        assert caught.value.check() is None
        assert len(sent) == number
        made = caught.value.resend()
        assert caught.value.check() == caught.value.resend() or number == 2
        assert len(sent) == number + 1
    assert made.id == "img-0"
    assert sent[0] == {"prompt": "a ballon", "context": {"title": "UP"}}
    assert (sent[1]["language"], sent[2]["prompt"]) == ("de", "a cat")
    lost = [run.id for run in client.open_jobs()]
    for run in lost:
        client.run(run).abandon()
    assert client.open_jobs() == []
