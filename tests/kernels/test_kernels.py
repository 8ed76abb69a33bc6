"""What a widget's messages do while a cell waits for a job, kernel by kernel.

The tables here are what was measured: where a kernel serves a click during a blocked cell, a
later one must not lose that silently; an ipykernel that is newer than the tables may serve more.
"""

from __future__ import annotations

import re

import pytest

SETUP = """
import asyncio, pathlib, threading
import ipywidgets
from thumbnb.client.runtime.job import Job
from thumbnb.client.runtime.progress import report_progress
from thumbnb.widgets import Note

def working(end):
    async def work():
        beat = 0
        while not pathlib.Path(end).exists():
            report_progress(f"beat {(beat := beat + 1)}")
            await asyncio.sleep(0.02)
        return "through"
    job = Job("The work", work)
    job.watch(lambda job: note.set_later(text=str(job.progress)))
    return job

seen, note, button = [], Note(), ipywidgets.Button()
button.on_click(lambda _: seen.append([threading.current_thread().name, job.state]))
job = working({end!r})
"""
RESULT, AWAIT = (
    "print('waiting', flush=True); job.result()",
    "print('waiting', flush=True); await job",
)
waits = pytest.mark.parametrize("wait", [RESULT, AWAIT], ids=["result", "await"])
shells = pytest.mark.parametrize("shell", ["main", "subshell"])

# Where a click is served while the cell still waits: ipykernel, what the front end sends it to,
# how the cell waits.
SERVED = {
    ("7.3", "subshell", RESULT),
    ("7.3", "subshell", AWAIT),
    ("7.4", "main", AWAIT),
    ("7.4", "subshell", AWAIT),  # 7.4 answers on the shell that last published on the widget
}
MEASURED = ("6.31", "7.3", "7.4")


class StudioController:
    """A kernel with a job under way, a button and a note that shows the job's progress."""

    def __init__(self, kernel, end):
        self.kernel, self._end = kernel, end
        kernel.do(SETUP.replace("{end!r}", repr(str(end))))
        self.version = ".".join(kernel.version.split(".")[:2])
        self._note = kernel.value("note.comm.comm_id")
        self._button = kernel.value("button.comm.comm_id")

    def wait(self, code):
        """Start a cell that waits for the job; returns when it does."""
        cell = self.kernel.start(code)
        self.kernel.until(lambda _: "waiting" in cell.text)
        self.beat()
        return cell

    def noted(self, trait):
        """The next value of a trait of the note that a front end hears of."""
        message = self.kernel.until(
            lambda message: (
                message["msg_type"] == "comm_msg"
                and message["content"]["comm_id"] == self._note
                and trait in message["content"]["data"].get("state", {})
            )
        )
        return message["content"]["data"]["state"][trait]

    def beat(self):
        while not (beat := re.fullmatch(r"beat (\d+)", self.noted("text"))):
            pass
        return int(beat[1])

    def click(self, shell):
        self.tell(self._button, {"method": "custom", "content": {"event": "click"}}, shell)

    def tell(self, comm, data, shell):
        # Where a kernel has no subshells, every front end uses the main shell.
        subshell = None
        if shell == "subshell" and self.kernel.has_subshells:
            subshell = self.kernel.subshell()
        self.kernel.tell(comm, data, subshell=subshell)

    def end(self):
        self._end.touch()


@pytest.fixture
def controller(kernel, tmp_path):
    controller = StudioController(kernel, tmp_path / "end")
    yield controller
    controller.end()
    kernel.do("ipywidgets.Widget.close_all()")


@waits
@shells
def test_a_click_while_a_cell_waits_is_served_once(controller, wait, shell):
    """gh:ipython/ipykernel#646, #1565."""
    cell = controller.wait(wait)
    controller.click(shell)
    beats = [controller.beat() for _ in range(4)]  # time enough for the click to be served
    assert not cell.finished
    assert beats == sorted(set(beats)), "progress is shown while the cell waits"
    controller.end()
    assert controller.kernel.finish(cell).error is None
    ((thread, state),) = controller.kernel.value("seen")
    assert thread == "MainThread" or thread.startswith("subshell-")
    if controller.version in MEASURED:
        served = (controller.version, shell, wait) in SERVED
        assert state == ("running" if served else "done")
        on_subshell = served and (controller.version, shell) == ("7.3", "subshell")
        assert (thread != "MainThread") == on_subshell


@shells
def test_a_jobs_own_display_cancels_it_while_a_cell_awaits_it(controller, shell):
    controller.kernel.do("""
        from thumbnb.widgets import JobProgress
        display, told = JobProgress(job), threading.Event()
        display.observe(lambda change: change.new == "cancelled" and told.set(), "state")
    """)
    comm = controller.kernel.value("display.comm.comm_id")
    cell = controller.wait(AWAIT)
    data = {"method": "custom", "content": {"kind": "cancel", "number": "1", "job": "job-1"}}
    controller.tell(comm, data, shell)
    if (controller.version, shell, AWAIT) not in SERVED:
        controller.kernel.interrupt()
    assert controller.kernel.finish(cell).error is not None
    assert controller.kernel.value("told.wait(60)"), "it is cancelled where the work runs, and told"
    assert controller.kernel.value("job.state") == "cancelled"


@waits
@shells
def test_cancel_from_a_callback_ends_the_job(controller, wait, shell):
    controller.kernel.do("button.on_click(lambda _: job.cancel())")
    cell = controller.wait(wait)
    controller.click(shell)
    if (controller.version, shell, wait) not in SERVED:
        # It is served when the cell gives up: by the stop button, or having had enough.
        controller.kernel.interrupt()
    ended = controller.kernel.finish(cell)
    if (controller.version, shell, wait) in SERVED:
        assert ended.error == "JobCancelled: The work was cancelled."
    else:
        assert ended.error is not None
    assert controller.kernel.value("job.state") == "cancelled"


@waits
def test_the_stop_button_leaves_the_job(controller, wait):
    cell = controller.wait(wait)
    controller.kernel.interrupt()
    error = controller.kernel.finish(cell).error
    assert error is not None
    if wait == RESULT:
        assert error == "KeyboardInterrupt: The work goes on in the background."
    assert controller.kernel.value("job.state") == "running"
    controller.beat()
    controller.end()
    assert controller.kernel.run("print(job.result(), await job)").text == "through through\n"


def test_interrupt_during_messages_leaves_a_responsive_kernel(controller):
    """An interrupt that is raised while the kernel reads a message leaves it deaf."""
    clicks = 100
    for moment in range(8):
        cell = controller.wait(RESULT)
        for sent in range(clicks):
            controller.click("main")
            if sent == 20 + 5 * moment:
                controller.kernel.interrupt()
        assert "KeyboardInterrupt" in controller.kernel.finish(cell).error
    assert controller.kernel.value("len(seen)") == 8 * clicks


@shells
def test_what_goes_wrong_in_a_callback_stands_in_the_widget(controller, shell):
    """gh:jupyter-widgets/ipywidgets#1971: elsewhere it would be shown nowhere."""
    controller.kernel.do("button.on_click(note.catch_errors(lambda _: {}['missing']))")
    controller.click(shell)
    assert controller.noted("error") == "KeyError: 'missing'"


def test_traits_set_by_threads_arrive_in_order(controller):
    cell = controller.kernel.start("""
        def say(word):
            for n in range(200):
                note.set_later(text=f"{word} {n}")
        threads = [threading.Thread(target=say, args=(word,)) for word in ("a", "b", "c")]
        job.cancel()
        [thread.start() for thread in threads]; [thread.join() for thread in threads]
        note.set_later(kind="hint")
    """)
    assert controller.noted("kind") == "hint"
    assert controller.kernel.finish(cell).error is None
    assert controller.kernel.value("note.text")[2:] == "199"


def test_snapshot_of_a_widget_is_updated_during_a_cell(kernel, tmp_path):
    """nbclient and its kin hear nothing that comes between two cells."""
    shown = kernel.run(f"""
        import pathlib, threading, time
        from PIL import Image
        from thumbnb.widgets import Note
        class Shelf(Note):
            def snapshot_images(self):
                return [Image.new("RGB", (64, 36), "green")] if self.text == "full" else []
        def fill(shelf):
            while not pathlib.Path({str(tmp_path / "now")!r}).exists():
                time.sleep(0.01)
            shelf.text = "full"
            shelf.update_snapshot()
        shelf = Shelf(text="empty")
        threading.Thread(target=fill, args=[shelf]).start()
        shelf
    """)
    assert [set(data) for data in shown.data][1:] == [{"text/plain", "text/html"}, {"text/html"}]
    (tmp_path / "now").touch()
    kernel.until(lambda message: message["msg_type"] == "update_display_data")
    later = kernel.run("1")
    assert [set(data) for data in later.data] == [{"text/plain"}, {"text/plain", "image/jpeg"}]
    assert kernel.run("1").data == [{"text/plain": "1"}]
