"""Drawing ahead: only while nothing is to be done, once, and never when it is turned off."""

from __future__ import annotations

import threading

import pytest

from tests.service.tools import until
from thumbnb.errors import InvalidInput
from thumbnb.render.objects import common_objects, drawings, drawn
from thumbnb.service.jobs.task_control import TaskCancelled
from thumbnb.service.settings import Settings
from thumbnb.service.tasks.draw_ahead import DrawAhead


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(drawn, "CACHE", tmp_path / "objects")
    drawn._drawn_small.cache_clear()
    drawn._drawn_large.cache_clear()
    drawn.object_box.cache_clear()
    return tmp_path / "objects"


def test_common_objects_are_drawn_once_and_go_on_where_they_were_stopped(cache, monkeypatch):
    monkeypatch.setattr(common_objects, "COMMON", ("key", "medal"))
    monkeypatch.setattr(common_objects, "_SIZES", (64,))
    looks = iter([False, True])
    assert not common_objects.draw_common(stopped=lambda: next(looks))
    first = {file: file.stat().st_mtime_ns for file in cache.iterdir()}
    assert first
    assert not common_objects.all_drawn()
    assert common_objects.draw_common()
    assert common_objects.all_drawn()
    assert {file: file.stat().st_mtime_ns for file in first} == first
    assert len(list(cache.glob("*.png"))) == 2 * len(first)


def test_every_common_object_has_a_drawing():
    assert set(common_objects.COMMON) <= set(drawings())


def test_it_waits_for_rest_ends_when_work_comes_and_begins_again(cache):
    busy, begun, ended = threading.Event(), threading.Semaphore(0), threading.Semaphore(0)
    busy.set()
    finish = threading.Event()

    def draw(cancelled):
        begun.release()
        while not finish.is_set():
            if cancelled():
                ended.release()
                raise TaskCancelled
            finish.wait(0.001)
        return True

    drawing = DrawAhead(busy.is_set, draw=draw, rest=0.0, look=0.001)
    assert not begun.acquire(timeout=0.05)
    busy.clear()
    assert begun.acquire(timeout=20)
    busy.set()
    assert ended.acquire(timeout=20)
    assert not drawing.done
    busy.clear()
    assert begun.acquire(timeout=20)
    finish.set()
    until(lambda: drawing.done, "The end of drawing")


def test_nothing_is_drawn_where_all_is_there(cache, monkeypatch):
    monkeypatch.setattr(common_objects, "COMMON", ())
    common_objects.draw_common()

    drawn_again = []
    drawing = DrawAhead(lambda: False, draw=drawn_again.append, rest=0.0, look=0.001)
    until(lambda: drawing.done, "The end of drawing")
    assert not drawn_again


def test_a_failure_and_closing_end_it(cache):
    def fail(_):
        raise OSError("no process can be started")

    drawing = DrawAhead(lambda: False, draw=fail, rest=0.0, look=0.001)
    until(lambda: drawing.done, "The end after a failure")
    closed = DrawAhead(lambda: True, rest=0.0, look=0.001)
    closed.close()
    until(lambda: closed.done, "The end after closing")


def test_it_is_turned_off_by_a_setting_or_the_environment(monkeypatch):
    monkeypatch.delenv("THUMBNB_DRAW_AHEAD", raising=False)
    assert Settings().draw_ahead
    monkeypatch.setenv("THUMBNB_DRAW_AHEAD", "off")
    assert not Settings().draw_ahead
    monkeypatch.setenv("THUMBNB_DRAW_AHEAD", "perhaps")
    with pytest.raises(InvalidInput, match="THUMBNB_DRAW_AHEAD is 'perhaps'"):
        Settings()
