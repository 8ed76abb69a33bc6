"""Jobs that have ended, and show their pictures later: what is paid for is not lost."""

from __future__ import annotations

import logging

import pytest

from tests.client.youthumb_stub import PROMPT, missing
from thumbnb import errors

FOUR = {"variations": 4}


@pytest.fixture(autouse=True, params=[False, True], ids=["newer service", "web documents"])
def dialect(request, state):
    state.old = request.param


@pytest.mark.parametrize("shows", [0, 2])
def test_images_that_come_a_little_later_are_waited_for(kernels, state, shows):
    state.hides, state.shows = 3, shows
    assert len(kernels().create_project(PROMPT, options=FOUR).generate()) == 4


def test_a_job_that_shows_no_images_ends_with_the_way_back(kernels, state):
    state.hides = 10**6
    client = kernels()
    with pytest.raises(errors.ProtocolError, match=r"shows no image.* client\.resume\(\)"):
        client.create_project(PROMPT).generate(take=0)
    assert [run.state for run in client.open_jobs()] == ["running"]
    state.hides = 0
    later = kernels()
    [job] = later.resume()
    assert len(job.result()) == 1
    assert later.create_project(PROMPT).generate(take=0).cached
    assert len(state.started) == 1


def test_a_deadline_holds_while_images_are_waited_for(kernels, state):
    state.hides, state.rounds = 10**6, 0
    with pytest.raises(errors.DeadlineExceeded, match=r"client\.resume\(\)"):
        kernels().create_project(PROMPT).generate(deadline=5)


def test_of_some_images_the_rest_is_looked_for_later(kernels, state, caplog):
    state.hides, state.shows = 10**6, 2
    client = kernels()
    project = client.create_project(PROMPT, options=FOUR)
    with caplog.at_level(logging.WARNING, "thumbnb"):
        assert len(project.generate(take=0)) == 2
    assert "2 of its 4 images" in caplog.text
    assert "client.resume()" in caplog.text
    assert client.open_jobs()
    state.hides = 0
    assert len(project.generate(take=0)) == 4
    assert not client.open_jobs()
    assert len(state.started) == 1


def test_images_that_never_come_are_given_up(kernels, state, caplog):
    state.hides, state.shows = 10**6, 2
    client = kernels()
    client.create_project(PROMPT, options=FOUR).generate(take=0)
    later = kernels()
    later._session.ledger.clock = lambda: client._session.ledger.clock() + 3600
    [job] = later.resume()
    assert len(job.result()) == 2
    assert not later.open_jobs()
    assert later.create_project(PROMPT, options=FOUR).generate(take=0).cached


def test_a_run_that_was_ended_without_its_images_is_mended(kernels, state):
    state.hides = 10**6
    client = kernels()
    project = client.create_project(PROMPT)
    with pytest.raises(errors.ProtocolError):
        project.generate(take=0)
    client._session.ledger._database.update_run(1, state="done")
    state.hides = 0
    assert len(project.generate(take=0)) == 1
    assert len(state.started) == 1


def test_error_after_a_paid_call_says_it_is_not_lost(kernels, state, monkeypatch):
    answer = state.answer
    gone = lambda r, c: missing() if r.method == "GET" else answer(r, c)  # noqa: E731
    project = kernels().create_project(PROMPT)
    monkeypatch.setattr(state, "answer", gone)
    with pytest.raises(errors.NotFound, match=r"paid.* client\.resume\(\)"):
        project.generate()
