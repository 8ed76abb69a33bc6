"""Work tells, the stage shows: in order, the newest value, never in the middle of a gesture."""

from __future__ import annotations

import multiprocessing
import os
import threading

import pytest

from thumbnb.widgets.core import trait_updates as module
from thumbnb.widgets.core.trait_updates import TraitUpdates


class Actor:
    """A widget whose every change is seen."""

    def __init__(self) -> None:
        self.event_lock = threading.RLock()
        self.seen: list[tuple[str, object]] = []
        self.changed = threading.Condition()

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if name in {"value", "state"}:
            with self.changed:
                self.seen.append((name, value))
                self.changed.notify_all()

    def wait_for(self, *expected: tuple[str, object]) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.seen[-len(expected) :] == [*expected], 10), (
                self.seen
            )


def test_the_last_value_is_shown_and_those_between_are_not_all():
    stage, actor = TraitUpdates(), Actor()
    for number in range(500):
        stage.set(actor, value=number)
    actor.wait_for(("value", 499))
    assert len(actor.seen) < 20


def test_a_change_is_shown_at_once_where_none_came_before():
    # A clock that stands still: whatever would have to wait, would wait for ever.
    stage, actor = TraitUpdates(clock=lambda: 5.0), Actor()
    stage.set(actor, value=1)
    actor.wait_for(("value", 1))


def test_traits_updated_together_are_set_in_order():
    stage, actor = TraitUpdates(), Actor()
    stage.set(actor, value=1, state="running")
    actor.wait_for(("value", 1), ("state", "running"))


def test_update_during_a_gesture_waits_for_that_widget_only():
    stage, busy, free = TraitUpdates(), Actor(), Actor()
    with busy.event_lock:
        stage.set(busy, value=1)
        stage.call(busy, lambda: setattr(busy, "state", "called"))
        stage.set(free, value=2)
        stage.call(free, lambda: setattr(free, "state", "called"))
        free.wait_for(("state", "called"), ("value", 2))
        assert busy.seen == []
    with busy.changed:
        assert busy.changed.wait_for(lambda: len(busy.seen) == 2, 10)
    assert dict(busy.seen) == {"value": 1, "state": "called"}


def test_calls_on_one_widget_keep_their_order_through_a_gesture():
    stage, actor = TraitUpdates(), Actor()
    with actor.event_lock:
        for number in range(5):
            stage.call(actor, lambda number=number: setattr(actor, "value", number))
    actor.wait_for(*[("value", number) for number in range(5)])


@pytest.mark.parametrize("reported", ["set", "call"])
def test_a_display_that_fails_harms_nobody(reported, caplog):
    class Broken(Actor):
        def __setattr__(self, name: str, value: object) -> None:
            if name == "value":
                raise LookupError("no parent")
            super().__setattr__(name, value)

    stage, broken, actor = TraitUpdates(), Broken(), Actor()
    if reported == "set":
        stage.set(broken, value=1, state="done")
        broken.wait_for(("state", "done"))
    else:
        stage.call(broken, lambda: setattr(broken, "value", 1))
    stage.set(actor, value=2)
    actor.wait_for(("value", 2))
    assert "could not be updated" in caplog.text


def shown_in_a_child() -> str:
    actor = Actor()
    module.shared.set(actor, value=1)
    actor.wait_for(("value", 1))
    return "shown"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_forked_child_has_its_own_updates():
    actor = Actor()
    module.shared.set(actor, value=1)
    actor.wait_for(("value", 1))
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(shown_in_a_child).get(timeout=180) == "shown"
