"""Updates of traits from any thread: in order, the newest value, never during a gesture."""

from __future__ import annotations

import multiprocessing
import os
import threading

import pytest

from thumbnb.widgets.core import trait_updates as module
from thumbnb.widgets.core.trait_updates import TraitUpdates


class RecordingWidget:
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

    def wait_for_all(self, *expected: tuple[str, object]) -> None:
        """Wait for these changes, in any order."""
        with self.changed:
            assert self.changed.wait_for(lambda: {*expected} == {*self.seen}, 10), self.seen


def test_the_last_value_is_shown_and_those_between_are_not_all():
    updates, widget = TraitUpdates(), RecordingWidget()
    for number in range(500):
        updates.set(widget, value=number)
    widget.wait_for(("value", 499))
    assert len(widget.seen) < 20


def test_a_change_is_shown_at_once_where_none_came_before():
    # A clock that stands still: whatever would have to wait, would wait for ever.
    updates, widget = TraitUpdates(clock=lambda: 5.0), RecordingWidget()
    updates.set(widget, value=1)
    widget.wait_for(("value", 1))


def test_traits_updated_together_are_set_in_order():
    updates, widget = TraitUpdates(), RecordingWidget()
    updates.set(widget, value=1, state="running")
    widget.wait_for(("value", 1), ("state", "running"))


def test_update_during_a_gesture_waits_for_that_widget_only():
    updates, busy, free = TraitUpdates(), RecordingWidget(), RecordingWidget()
    with busy.event_lock:
        updates.set(busy, value=1)
        updates.call(busy, lambda: setattr(busy, "state", "called"))
        updates.set(free, value=2)
        updates.call(free, lambda: setattr(free, "state", "called"))
        free.wait_for_all(("state", "called"), ("value", 2))
        assert busy.seen == []
    busy.wait_for_all(("value", 1), ("state", "called"))


def test_calls_on_one_widget_keep_their_order_through_a_gesture():
    updates, widget = TraitUpdates(), RecordingWidget()
    with widget.event_lock:
        for number in range(5):
            updates.call(widget, lambda number=number: setattr(widget, "value", number))
    widget.wait_for(*[("value", number) for number in range(5)])


@pytest.mark.parametrize("reported", ["set", "call"])
def test_a_display_that_fails_harms_nobody(reported, caplog):
    class Broken(RecordingWidget):
        def __setattr__(self, name: str, value: object) -> None:
            if name == "value":
                raise LookupError("no parent")
            super().__setattr__(name, value)

    updates, broken, widget = TraitUpdates(), Broken(), RecordingWidget()
    if reported == "set":
        updates.set(broken, value=1, state="done")
        broken.wait_for(("state", "done"))
    else:
        updates.call(broken, lambda: setattr(broken, "value", 1))
    updates.set(widget, value=2)
    widget.wait_for(("value", 2))
    assert "could not be updated" in caplog.text


def shown_in_a_child() -> str:
    widget = RecordingWidget()
    module.shared.set(widget, value=1)
    widget.wait_for(("value", 1))
    return "shown"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_forked_child_has_its_own_updates():
    widget = RecordingWidget()
    module.shared.set(widget, value=1)
    widget.wait_for(("value", 1))
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(shown_in_a_child).get(timeout=180) == "shown"
