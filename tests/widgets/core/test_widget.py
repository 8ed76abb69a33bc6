"""What every widget does alike."""

from __future__ import annotations

import asyncio
import io
import threading
from pathlib import Path

import pytest
from PIL import Image

from thumbnb import errors
from thumbnb.widgets import controls
from thumbnb.widgets.controls.note import Note
from thumbnb.widgets.controls.panel import Panel
from thumbnb.widgets.core.layout import column, row
from thumbnb.widgets.core.snapshot import MAX_BYTES, small_jpeg
from thumbnb.widgets.core.synced_traits import Int
from thumbnb.widgets.core.widget import Widget, handles

NOTE = Path(controls.__file__).with_name("note.js")


class Counter(Widget, front_end=NOTE):
    """A widget that can be asked."""

    repr_traits = ("count",)
    count = Int(0)

    @handles("double")
    async def _double(self, *, number_given: int) -> tuple[dict[str, int], list[bytes]]:
        if number_given < 0:
            raise errors.InvalidInput("It is below 0.", hint="Give 0 or more.")
        return {"doubled": 2 * number_given}, [b"bytes"]


class Answers:
    """What a widget sends to the browser."""

    def __init__(self, widget: Widget) -> None:
        self.sent: list[tuple[dict, list]] = []
        self._came = threading.Condition()
        widget.send = self._take

    def _take(self, content, buffers=None):
        with self._came:
            self.sent.append((content, buffers))
            self._came.notify_all()

    def next(self):
        with self._came:
            assert self._came.wait_for(lambda: self.sent, 10)
            return self.sent.pop(0)


def until(widget, name: str, wanted) -> None:
    """Wait until a trait is as wanted."""
    seen = threading.Event()

    def check(_) -> None:
        if wanted(getattr(widget, name)):
            seen.set()

    widget.observe(check, name)
    assert wanted(getattr(widget, name)) or seen.wait(180), getattr(widget, name)


@pytest.mark.parametrize("kind", [Note, Panel, Counter])
def test_an_unknown_keyword_is_refused_with_the_nearest_name(kind):
    with pytest.raises(errors.InvalidInput, match=r"takes no 'eror'.*Did you mean error\?"):
        kind(eror="x")


def test_private_traits_are_nobodys_keywords():
    with pytest.raises(errors.InvalidInput):
        Note(_esm="export default {}")


def test_the_repr_says_what_it_is_and_no_more():
    assert repr(Counter(count=3)) == "<Counter count=3>"
    assert repr(Panel()) == "<Panel>"


def test_the_browser_is_answered_under_its_number():
    counter = Counter()
    answers = Answers(counter)
    counter._handle_custom_msg({"kind": "double", "number": "a1", "number_given": 21}, [])
    assert answers.next() == ({"number": "a1", "answer": {"doubled": 42}}, [b"bytes"])


@pytest.mark.parametrize(
    ("given", "words"),
    [({"number_given": -1}, "It is below 0. Give 0 or more."), ({"wrong": 1}, "wrong")],
)
def test_an_error_reaches_whoever_asked(given, words):
    counter = Counter()
    answers = Answers(counter)
    counter._handle_custom_msg({"kind": "double", "number": "a1", **given}, [])
    content, _ = answers.next()
    assert content["number"] == "a1"
    assert words in content["error"]
    assert counter.error == ""


@pytest.mark.parametrize("content", [None, "double", {}, {"kind": "_double"}, {"kind": "error"}])
def test_what_it_does_not_know_it_does_not_do(content, caplog):
    counter = Counter()
    Answers(counter)
    counter._handle_custom_msg(content, [])
    assert "has no answer" in caplog.text


def test_a_callbacks_error_stands_in_the_widget():
    panel = Panel()

    def clicked(_):
        raise errors.InvalidInput("There is no picture.", hint="Drop one.")

    panel.catch_errors(clicked)(None)
    assert panel.error == "There is no picture. Drop one."


def test_a_control_whose_cell_was_run_again_is_opened_again_under_its_id():
    """marimo closes what a cell made before it runs it again; a studio keeps its parts."""
    note = Note(text="A hint.")
    model_id = note.model_id
    note.comm.close()
    panel = Panel()
    panel.fill(column(row(note)))
    assert not note.comm._closed
    assert note.model_id == model_id
    box = {"css_class": "thumbnb-row", "children": [f"anywidget:{model_id}"]}
    assert panel.get_state("children")["children"] == [
        {"css_class": "thumbnb-column", "children": [box]}
    ]


def test_works_result_arrives_and_its_error_stands_in_the_widget():
    counter = Counter()

    async def three() -> int:
        return 3

    async def fails() -> int:
        raise errors.NotFound("There is no such video.")

    counter.start_job("count", three, then=lambda value: setattr(counter, "count", value))
    until(counter, "count", lambda value: value == 3)
    counter.start_job("count", fails)
    until(counter, "error", lambda words: "no such video" in words)


def test_a_result_arrives_once_however_soon_it_is_there():
    counter, came = Counter(), []

    async def at_once() -> int:
        return 1

    jobs = [counter.start_job(f"w{n}", at_once, then=came.append) for n in range(300)]
    for job in jobs:
        job.result(timeout=180)
    counter.start_job("last", at_once, then=lambda _: setattr(counter, "count", len(came)))
    until(counter, "count", lambda count: count == 300)


def test_of_work_where_the_latest_counts_the_others_are_dropped():
    counter, begun = Counter(), threading.Event()
    never = asyncio.Event()

    async def waits() -> int:
        begun.set()
        await never.wait()
        return 1

    async def quick() -> int:
        return 2

    first = counter.start_job("w", waits, then=lambda v: setattr(counter, "count", v), latest=True)
    assert begun.wait(180)
    counter.start_job("w", quick, then=lambda v: setattr(counter, "count", v), latest=True)
    until(counter, "count", lambda value: value == 2)
    with pytest.raises(errors.JobCancelled):
        first.result(timeout=180)
    assert counter.error == ""


def test_what_stays_in_a_notebook_is_bounded_however_rich():
    noise = Image.effect_noise((1280, 720), 90).convert("RGB")
    for pictures in ([noise], [noise] * 4, [noise] * 100, [noise.resize((3, 1000))] * 24):
        data = small_jpeg(pictures)
        assert len(data) <= MAX_BYTES
        Image.open(io.BytesIO(data)).verify()
