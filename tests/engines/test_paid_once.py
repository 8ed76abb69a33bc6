"""Money: nothing is paid twice, nothing that is paid is lost, no budget is overrun."""

from __future__ import annotations

import threading

import pytest

import thumbnb as tb
from tests.engines.conftest import each_dialect
from tests.service.tools import until
from thumbnb import errors
from thumbnb.client import connect as connecting

PROMPT = "A fox in the snow"


def rows(client, sql):
    app = connecting.embedded_app(client._ledger.store.folder.parent)
    return [tuple(row) for row in app.state.service.database.read(sql)]


def spent(client):
    return client.usage().model_extra["creditsUsed"]


@pytest.mark.slow
def test_variations_asked_for_alike_are_one_request(state, engine, connect):
    client = connect(engine())
    results = client.create_project(PROMPT, options={"variations": 2}).generate()
    assert len(results) == 2
    assert [request["n"] for request in state.requests] == [2]
    assert state.painted == 2


@pytest.mark.slow
def test_fewer_images_than_asked_for_are_made_up_for(state, engine, connect):
    state.faults.append("one")
    client = connect(engine())
    assert len(client.create_project(PROMPT, options={"variations": 2}).generate()) == 2
    assert [request["n"] for request in state.requests] == [2, 1]
    assert state.painted == 2


def test_what_is_refused_is_not_charged_and_the_others_are_kept(state, engine, connect):
    state.dialect = "vllm-omni"  # one request a variation: each has its seed
    state.faults.append("422")
    client = connect(engine())
    results = client.create_project(PROMPT, options={"variations": 2}).generate()
    assert len(results) == 1
    assert results.missing[0]["code"] == "ENGINE_FAILED"
    assert "size is not allowed" in results.missing[0]["reason"]
    assert (results.credits, spent(client)) == (1.0, 1.0)


@each_dialect
def test_a_prompt_that_is_refused_is_an_error_of_its_own_and_free(state, engine, connect, dialect):
    state.dialect = dialect
    state.faults.append("moderated")
    client = connect(engine())
    with pytest.raises(errors.PromptRefused, match="safety system"):
        client.create_project(PROMPT).generate()
    assert len(state.requests) == 1
    assert spent(client) == 0
    assert client.runs()["credits"].sum() == 0


@each_dialect
def test_a_lost_answer_is_never_asked_for_again_by_itself(state, engine, connect, dialect):
    state.dialect = dialect
    state.faults.append("lost")
    client = connect(engine(prices={"image": 0.5}))
    with pytest.raises(errors.JobFailed, match="may or may not"):
        client.create_project(PROMPT).generate()
    assert len(state.requests) == 1
    assert rows(client, "SELECT state, reserved FROM paintings") == [("unknown", 0.5)]


@each_dialect
def test_service_stopped_during_a_paid_engine_call_sends_nothing_twice(
    state, engine, connect, dialect
):
    state.dialect = dialect
    state.gate = threading.Event()
    client = connect(engine())
    client.create_project(PROMPT).start()
    assert state.arrived.wait(180)
    client.close()  # as of a kernel that is gone: else it may see the end of the job first
    connecting.close_embedded()
    state.gate.set()
    again = connect(engine())
    [job] = again.resume()
    with pytest.raises(errors.JobFailed, match="may have been painted, and paid"):
        job.result()
    assert len(state.requests) == 1


@each_dialect
def test_what_was_painted_before_an_end_is_lettered_after_it(
    state, engine, connect, dialect, monkeypatch
):
    from thumbnb.service.tasks.painted_generation import PaintedGenerationTask

    state.dialect = dialect
    reached = threading.Event()

    def stuck(self, job, *_):  # the process ends between the painting and the lettering
        reached.set()
        job.stopping.wait(60)
        raise RuntimeError("ended")

    with monkeypatch.context() as patch:
        patch.setattr(PaintedGenerationTask, "_letter", stuck)
        client = connect(engine())
        client.create_project(PROMPT, title="WILD").start()
        assert reached.wait(180)
        connecting.close_embedded()
    again = connect(engine())
    [job] = again.resume()
    [result] = job.result()
    assert result.scores["cap_height"] > 8
    assert state.painted == 1


def test_a_job_waits_for_who_has_its_engine(state, engine, connect):
    state.gate = threading.Event()
    client = connect(engine())
    project = client.create_project(PROMPT)
    connecting.close_embedded()
    without = connect("compositor")
    # A kernel without the engine neither takes its jobs nor begins one.
    with pytest.raises(errors.ThumbnbError, match="There is no engine 'painter-1'"):
        without.project(project.id).generate()
    assert state.requests == []


@pytest.mark.slow
def test_a_budget_is_kept_over_the_lives_of_a_service(state, engine, connect):
    def make():
        return engine(prices={"image": 0.5}, budget=1.0)

    client = connect(make())
    client.create_project(PROMPT).generate()
    state.faults.append("lost")  # nobody knows whether it was paid: it counts
    with pytest.raises(errors.JobFailed):
        client.create_project("A bear").generate()
    connecting.close_embedded()
    again = connect(make())
    with pytest.raises(errors.Rejected, match="budget of painter-1 is 1: 1 are spent"):
        again.create_project("A wolf").generate()
    assert len(state.requests) == 2
    table = again.engines().set_index("name")
    assert (table.loc["painter-1", "spent"], table.loc["painter-1", "budget"]) == (1.0, 1.0)
    # A larger one lets it go on.
    more = connect(engine(prices={"image": 0.5}, budget=2.0))
    assert len(more.create_project("A wolf").generate()) == 1


@pytest.mark.slow
def test_the_cost_is_in_results_and_runs(state, engine, connect):
    client = connect(engine(prices={"image": 0.04, "currency": "EUR"}))
    [result] = client.create_project(PROMPT).generate()
    assert (result.engine, result.cost, result.currency) == ("painter-1", 0.04, "EUR")
    assert any("for 0.04 EUR" in str(item.reason) for item in result.report)
    run = client.runs().iloc[0]
    assert (run["engine"], run["engine_cost"], run["engine_currency"]) == (
        "painter-1",
        0.04,
        "EUR",
    )
    assert tb.open_result(result.bytes)[1]["engine"] == "painter-1"


@pytest.mark.slow
def test_a_take_is_painted_once_by_each_engine(state, engine, connect):
    client = connect(engine())
    first = client.generate(PROMPT, take=0)
    assert client.generate(PROMPT, take=0)[0].bytes == first[0].bytes
    assert len(state.requests) == 1
    other = client.generate(PROMPT, take=0, engine="compositor")
    assert other[0].engine == "compositor/1"
    assert len(state.requests) == 1
    assert sorted(client.runs()["engine"]) == ["compositor/1", "painter-1"]


def test_unknown_engine_is_refused_before_anything_is_sent(state, engine, connect):
    client = connect(engine())
    with pytest.raises(errors.InvalidInput, match="Did you mean 'painter-1'"):
        client.create_project(PROMPT, engine="painter-2")
    project = client.create_project(PROMPT)
    with pytest.raises(errors.InvalidInput, match="no engine"):
        project.generate(engine="nobody")
    with pytest.raises(errors.InvalidInput, match="There is no engine"):
        connect("nobody")
    with pytest.raises(errors.InvalidInput, match="is no engine"):
        connect(42)
    assert state.requests == []


def test_a_hosted_service_takes_no_engine_of_ours(engine, tmp_path):
    with pytest.raises(errors.InvalidInput, match="paints with its own engines"):
        tb.connect(youthumb_key="k", videodb_key="k", engine=engine(), home=tmp_path, quiet=True)


def test_unfinished_images_are_shown_while_it_works(state, engine, connect):
    state.between = threading.Event()
    client = connect(engine())
    job = client.create_project(PROMPT).start()
    [image] = until(lambda: job.unfinished, "An unfinished image")
    assert image.size == (1536, 864)
    assert image.image.size == (1536, 864)
    state.between.set()
    assert len(job.result()) == 1


def test_references_go_to_an_engine_that_takes_them(state, engine, connect):
    from tests.service.youthumb_harness import photo

    client = connect(engine())
    [result] = client.create_project("@image1 on a beach", content_images=[photo()]).generate()
    assert state.requests[0]["path"].endswith("/edits")
    assert "@image1" not in state.requests[0]["prompt"]
    assert "content_images" in " ".join(result.approximated) or "contentImages" in (
        result.approximated
    )


@pytest.mark.slow
def test_a_sweep_of_24_cells_is_24_requests(state, engine, connect):
    state.dialect = "ollama"
    client = connect(engine())
    sweep = tb.Sweep(
        client,
        prompt="A {red|blue|white} fox in the {snow|rain}",
        title=["WILD", "TAME"],
        preset=["free", "cinematic-film"],
    )
    run = sweep.run(budget=24)
    assert len(run.to_frame()) == 24
    assert list(client.runs()["engine"]) == ["painter-1"] * 24
    assert len(state.requests) == state.painted == 24
    sweep.run(budget=0)
    assert state.painted == 24, "a sweep that is through costs nothing"
