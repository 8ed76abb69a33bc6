"""A sweep is planned, made, stopped, taken up again; nothing is paid twice."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import math
import weakref

import numpy as np
import pytest

import thumbnb as tb
from tests.client import stub
from tests.client.youthumb_stub import name_of
from tests.tuning.youthumb_stub import TuningYouThumbState
from thumbnb import errors

BRIEF = {"prompt": "A {red|blue} kite", "preset": ["mrbeast-viral", "tech-review"], "takes": 2}


def test_the_plan_says_what_it_costs(client, state):
    plan = tb.Sweep(client, **BRIEF).plan()
    assert (plan.cells, plan.cached, plan.price) == (8, 0, 8.0)
    assert (plan.balance, plan.balance_after) == (1000, 992)
    assert 0 < plan.seconds <= plan.seconds_p90
    assert "8 credits" in repr(plan)
    assert "8 credits" in plan._repr_html_()
    assert not state.projects


def test_a_plan_advises_what_is_not_done_yet(client):
    brief = {"prompt": "A {a=red|blue} kite {b=at sea|at night}"}
    assert any("one_at_a_time" in each for each in tb.Sweep(client, **brief).plan().warnings)
    single = tb.Sweep(client, **brief, one_at_a_time=True).plan()
    assert not any("one_at_a_time" in each for each in single.warnings)
    assert "top three" not in repr(single)  # they are three


def test_all_cells_are_made(client, state):
    run = tb.Sweep(client, **BRIEF).run(budget=8)
    assert run.state == "finished"
    assert run.counts()["done"] == 8
    assert run.credits == 8
    assert len(state.started) == 8
    for cell in run.cells:
        result = run.result(cell.id)
        assert result.image.image.size == (128, 72)
        assert not result.cached


def test_a_run_holds_no_images_in_memory(client, state):
    run = tb.Sweep(client, **BRIEF).run()
    results = [run.result(cell.id) for cell in run.cells]
    assert [each.image._bytes for each in results] == [None] * 8
    first = results[0]
    assert first.image.is_loaded
    assert hashlib.sha256(first.image.bytes).hexdigest() == first.digest
    assert first.image.load() == first.image.bytes
    assert first.image.image.size == (128, 72)
    assert (first.image._bytes, first.image._image) == (None, None), "nor once it was looked at"
    client.result_store.path(first.digest).unlink()
    assert first.image.image.size == (128, 72), "what is no longer on disk is fetched again"


ODD = {
    "duel": [{"candidates": True}, {"candidates": [[]]}, {"sure": None}, {"sure": math.nan}],
    "effects": [{"by": []}, {"confidence": None}, {"voters": 5}],
    "best": [{"by": True}, {"by": b"x"}, {"different": 1.5}, {"count": None}],
    "pack": [{"by": 5}, {"folder": None}, {"folder": "a\0b"}, {"folder": "/dev/null/x"}],
    "open_pack": [{"folder": None}, {"folder": "nowhere"}],
    "save": [{"folder": None}, {"folder": "x" * 5000}, {"folder": "/dev/null/x"},
             {"folder": "out", "size": True}, {"folder": "out", "format": 5}],
    "export": [{"path": None}, {"path": "a\0b.csv"}, {"path": "/dev/null/x.csv"}],
    "snapshot": [{"rows": 5}, {"tile_width": "wide"}],
    "to_frame": [{"reference": 5}, {"reference": np.zeros((0, 3))}, {"reference": [b"no image"]}],
    "subscribe": [{"callback": None}],
    "result": [{"cell_id": []}, {"cell_id": None}],
}  # fmt: skip


@pytest.fixture(scope="module")
def small_run(tmp_path_factory):
    client = stub.connect(TuningYouThumbState(), home=tmp_path_factory.mktemp("odd"))
    yield tb.Sweep(client, prompt="A {red|blue} kite").run()
    client.close()
    client._session.runner.stop()


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_value_is_refused_in_our_words(small_run, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    for given in ODD[name]:
        with pytest.raises(errors.InvalidInput):
            getattr(small_run, name)(**given)


@pytest.mark.slow
def test_garbage_is_collected_before_a_long_sweep_begins(client, monkeypatch):
    """Not in the middle: it stops every thread of the kernel for a tenth of a second."""
    monkeypatch.setattr("thumbnb.tuning.sweep._MOST_OBJECTS", 10**9)

    class Cycle:
        def __init__(self):
            self.itself = self

    def is_collected(cells):
        garbage = weakref.ref(Cycle())
        gc.disable()
        try:
            tb.Sweep(client, prompt=f"A kite {cells}", takes=cells).start().wait()
        finally:
            gc.enable()
        return garbage() is None

    assert is_collected(cells=12)
    assert not is_collected(cells=2)


def test_three_ways_to_run(client, state):
    sweep = tb.Sweep(client, **BRIEF)
    assert asyncio.run(sweep.run.aio()).state == "finished"
    assert sweep.run.submit().result().state == "finished"
    assert sweep.start().wait().state == "finished"
    assert len(state.started) == 8


def test_the_same_sweep_in_another_kernel_is_free(kernels, state):
    first = tb.Sweep(kernels(), **BRIEF).run()
    state.forget()
    sweep = tb.Sweep(kernels(), **BRIEF)
    plan = sweep.plan()
    assert (plan.cached, plan.price, plan.seconds) == (8, 0.0, 0.0)
    again = sweep.run(budget=0)
    assert len(state.started) == 8
    assert not any(request.method == "POST" for request in state.requests)
    assert all(again.result(cell.id).cached for cell in again.cells)
    assert [again.result(c.id).digest for c in again.cells] == [
        first.result(c.id).digest for c in first.cells
    ]


def test_what_was_made_by_hand_is_free_in_a_sweep(client):
    brief = {"preset": client.presets()[0], "options": {"background_blur": 20}}
    client.generate("A “blue” kite", **brief, title="É", take=0)
    sweep = tb.Sweep(client, prompt="A “{red|blue}” kite", title=["É", "E"], **brief)
    assert (sweep.plan().cached, sweep.plan().price) == (1, 3)


def test_a_wider_sweep_pays_for_what_is_new(client, state):
    sweep = tb.Sweep(client, **BRIEF)
    sweep.run()
    wider = sweep.extend(preset=["vlog-lifestyle"])
    assert wider.plan().price == 4
    wider.run()
    assert len(state.started) == 12


def test_a_sweep_over_its_budget_sends_nothing(client, state):
    with pytest.raises(errors.BudgetExceeded, match="8 credits; its budget is 7"):
        tb.Sweep(client, **BRIEF).run(budget=7)
    assert not state.projects


def test_a_sweep_over_the_balance_sends_nothing(client, state):
    state.balance = 5
    with pytest.raises(errors.BudgetExceeded, match="the account has 5"):
        tb.Sweep(client, **BRIEF).run()
    assert not state.projects


def test_a_failed_cell_says_why_and_the_rest_goes_on(client, state):
    state.fails = ["blue"]
    run = tb.Sweep(client, **BRIEF).run()
    assert run.counts() | {"done": 4, "failed": 4} == run.counts()
    failed = next(c for c in run.cells if c["prompt"] == "blue")
    assert "the face was not found" in run.result(failed.id).error
    state.fails = []
    assert run.retry(failed.id).state == "done"
    assert run.result(failed.id).image is not None


def test_a_retry_holds_to_the_budget(client, state):
    state.fails = ["blue"]
    run = tb.Sweep(client, **BRIEF).run(budget=8)
    failed = next(c for c in run.cells if c["prompt"] == "blue")
    assert "budget" in run.retry(failed.id).error
    assert len(state.started) == 8


def test_stop_sends_nothing_further_and_resume_goes_on(client, state):
    sweep = tb.Sweep(client, **BRIEF)
    run = sweep.start(concurrency=1)
    two = 2

    def stop_after_two(_):
        if run.counts()["done"] == two and run.state == "running":
            run.stop.submit()

    run.subscribe(stop_after_two)
    run.wait()
    counts = run.counts()
    assert run.state == "stopped"
    assert counts["stopped"] > 0
    assert "were not sent" in run.stop()
    assert len(state.started) == counts["done"] < 8
    run.resume()
    run.wait()
    assert run.counts()["done"] == 8
    assert len(state.started) == 8


def test_pause_holds_the_rest_back(client, state):
    run = tb.Sweep(client, **BRIEF).start(concurrency=1)
    run.subscribe(lambda _: run.pause() if run.counts()["done"] == 3 else None)
    with pytest.raises(errors.DeadlineExceeded):
        run.wait(deadline=60)
    assert run.state == "paused"
    assert len(state.started) == 3
    run._subscribers.clear()
    run.resume()
    assert run.wait().counts()["done"] == 8


def test_credits_that_run_out_stop_the_rest(client, state):
    sweep = tb.Sweep(client, **BRIEF)
    run = sweep.start(concurrency=1)
    run.subscribe(lambda _: setattr(state, "balance", min(state.balance, 995)))
    run.subscribe(lambda _: setattr(state, "balance", 0) if len(state.started) == 3 else None)
    run.wait()
    assert run.state == "stopped"
    assert "credit" in run.problem
    assert run.counts()["failed"] == 1


def test_changes_are_reported(client):
    run = tb.Sweep(client, **BRIEF).start()
    changed = set()
    end = run.subscribe(changed.update)
    run.wait()
    assert changed == {cell.id for cell in run.cells}
    end()
    changed.clear()
    run.choices.set(run.cells[0].id, starred=True)
    assert not changed


def test_a_subscriber_that_fails_stops_nothing(client, caplog):
    run = tb.Sweep(client, **BRIEF).start()
    run.subscribe(lambda _: 1 / 0)
    assert run.wait().counts()["done"] == 8
    assert "ZeroDivisionError" in caplog.text


def test_choices_outlive_the_kernel(kernels):
    run = tb.Sweep(kernels(), **BRIEF).run()
    a, b = run.cells[0].id, run.cells[1].id
    run.choices.set(a, starred=True, rating=4, note="her look")
    run.choices.set(b, rejected=True)
    run.choices.set(a, rating=5)
    again = tb.Sweep(kernels(), **BRIEF).run()
    assert again.choices.get(a) == run.choices.get(a)
    assert (again.choices.get(a).rating, again.choices.get(a).starred) == (5, True)
    assert again.choices.many([a, b])[b].rejected
    assert again.choices.set(a, rating=None).rating is None


@pytest.mark.parametrize(
    "message", [{"rating": 0}, {"rating": 6}, {"rating": 2.5}, {"note": "x" * 2001}]
)
def test_a_choice_is_checked(client, message):
    run = tb.Sweep(client, **BRIEF).run()
    with pytest.raises(errors.InvalidInput):
        run.choices.set(run.cells[0].id, **message)


def test_a_cell_without_an_image_cannot_be_judged(client, state):
    state.fails = ["blue"]
    run = tb.Sweep(client, **BRIEF).run()
    failed = next(c for c in run.cells if run.result(c.id).state == "failed")
    with pytest.raises(errors.InvalidInput, match="no image yet"):
        run.choices.set(failed.id, starred=True)
    with pytest.raises(errors.InvalidInput, match="no cell"):
        run.result("nonsense")


# -- frames of a video --------------------------------------------------------------------


def test_frames_are_an_axis_and_bought_once(kernels, state):
    client = kernels()
    brief = {"prompt": "A kite beside @image1", "frames": [2.5, 7], "title": ["A", "B"]}
    sweep = tb.Sweep(client, video=client.video("m-1"), **brief)
    assert sweep.axes[-1].labels == ("2.5 s", "7 s")
    assert any("2 frames are bought" in note for note in sweep.plan().warnings)
    assert not state.made
    run = sweep.run(budget=4)
    assert run.counts()["done"] == 4
    assert sorted(made["time"] for made in state.made) == [2.5, 7]
    assert len(state.assets) == 2
    again = tb.Sweep(kernels(), video=kernels().video("m-1"), **brief).run()
    assert len(state.started) == 4
    assert len(state.made) == 2
    assert all(again.result(cell.id).cached for cell in again.cells)


def test_a_frame_that_the_prompt_does_not_name_is_named_aloud(client):
    sweep = tb.Sweep(client, prompt="A kite", video=client.video("m-1"), frames=[1, 2])
    assert {cell.fields["prompt"] for cell in sweep.cells} == {"A kite @image1"}
    assert any("does not name @image1" in note for note in sweep.plan().warnings)


@pytest.mark.parametrize(
    ("given", "words"),
    [({"frames": [1, 99]}, "Axis frames"), ({"frames": [1, "soon"]}, "Axis frames"),
     ({"frames": 3}, "list of seconds"), ({"frames": [1, 2], "suggested": 3}, "suggested")],
)  # fmt: skip
def test_frames_are_checked_before_anything_is_sent(client, state, given, words):
    video = client.video("m-1")
    state.forget()
    with pytest.raises(errors.InvalidInput, match=words):
        tb.Sweep(client, prompt="A kite", video=video, **given)
    assert not state.requests


def test_persons_can_be_an_axis(client, state):
    state.persons = {
        name: {"id": name_of(n), "name": name} for n, name in enumerate(["Mia", "Ben"])
    }
    run = tb.Sweep(client, prompt="A kite", person=["Mia", "Ben"]).run()
    assert {p["draft"]["personName"] for p in state.projects.values()} == {"Mia", "Ben"}
    assert run.counts()["done"] == 2
