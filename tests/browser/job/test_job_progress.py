"""JobProgress in a browser: live, while the cell blocks, by keyboard, twice, in Voila."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from thumbnb.widgets.job.job_progress import JobProgress

RUNNING = {
    "key": "job-1", "name": "Generate", "state": "running", "status_text": "Generating, 2 of 4",
    "next_step": "", "code": "", "fraction": 0.6, "done": 2, "total": 4, "elapsed": 4.5,
    "eta": [12.3, 29.8], "credits": 4.0, "is_paid": False, "can_retry": False, "previews": 0,
}  # fmt: skip
DONE = RUNNING | {
    "state": "done", "status_text": "Done", "next_step": "4 images in 4.5 s, 4 credits",
    "eta": None, "code": "job.result()", "fraction": 1.0, "done": 4,
}  # fmt: skip

# Work that does what the notebook says, when it says it.
SETUP = """
import asyncio, threading
import thumbnb as tb
from thumbnb.client.runtime import progress
from thumbnb.client.runtime.job import Job
go = threading.Event()
async def work():
    progress.report_progress("generating", done=1, total=4)
    while not go.is_set():
        await asyncio.sleep(0.005)
    return "through"
"""
GENERATE = """
import thumbnb as tb
client = tb.connect(quiet=True)
job = client.create_project("a red balloon", options={"variations": 2}).start()
job
"""


def picture():
    Image.new("RGB", (64, 36), "red").save(buffer := io.BytesIO(), "JPEG")
    return buffer.getvalue()


def mounted(blank, *rows):
    return blank.mount(JobProgress, rows=list(rows), fraction=None, error="")


# -- without Jupyter ------------------------------------------------------------------


def test_progress_is_shown_and_announced(blank, axe, screenshot):
    page = mounted(blank, RUNNING, RUNNING | {"key": "job-2", "fraction": None, "total": None})
    bar = page.get_by_role("progressbar", name="Progress of: Generate").first
    expect(bar).to_have_attribute("aria-valuenow", "60")
    expect(bar).to_have_attribute("aria-valuetext", "Generating, 2 of 4")
    widths = (
        "el => [...el.children].map(each => Math.round(parseFloat(each.firstChild.style.width)))"
    )
    assert bar.evaluate(widths) == [100, 100, 40, 0]
    unknown = page.get_by_role("progressbar", name="Progress of: Generate").last
    assert unknown.get_attribute("aria-valuenow") is None
    expect(page.locator("main")).to_contain_text("0 of 2 jobs ended")
    expect(page.locator("main")).to_contain_text("about 12 s left, at most 30 s")
    expect(page.get_by_role("status")).to_be_empty()
    blank.push(rows=[DONE, RUNNING | {"key": "job-2"}])
    expect(page.get_by_role("status")).to_have_text("Generate: Done. 4 images in 4.5 s, 4 credits")
    expect(page.locator("code")).to_have_text(["job.result()", ""])
    assert axe(page, "main") == []
    screenshot(page, "job-progress")
    blank.unmount()
    assert blank.listeners == 0


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_with_reduced_motion(blank, motion):
    blank.page.emulate_media(reduced_motion=motion)
    page = mounted(blank, RUNNING | {"fraction": None, "total": None})
    bar = page.locator(".thumbnb-job .thumbnb-bar-unknown")
    expect(bar).to_be_visible()
    moving = page.evaluate("() => document.getAnimations().map((each) => each.animationName)")
    if motion == "reduce":
        assert moving == []
        shown = "el => getComputedStyle(el, '::after').opacity"
        assert bar.evaluate(shown) == "0.45", "it is seen still"
    else:
        assert sorted(moving) == ["thumbnb-pass", "thumbnb-turn"]


def test_the_seconds_go_on_without_the_kernel(blank):
    blank.install_clock()
    page = mounted(blank, RUNNING)
    expect(page.locator("main")).to_contain_text("about 12 s left, at most 30 s")
    page.clock.run_for(8000)
    expect(page.locator("main")).to_contain_text("about 4 s left, at most 22 s")
    expect(page.locator(".thumbnb-job-time")).to_have_text("13 s")
    page.clock.run_for(10_000)
    expect(page.locator("main")).to_contain_text("any moment, at most 12 s")
    page.clock.run_for(15_000)
    expect(page.locator("main")).to_contain_text("longer than usual")
    assert [each["content"]["kind"] for each in blank.sent] == ["refresh"]


def test_images_land_in_their_order_and_go_with_the_view(blank):
    page = mounted(blank, RUNNING)
    page.evaluate("""() => { window.revoked = 0; const revoke = URL.revokeObjectURL;
        URL.revokeObjectURL = url => { window.revoked++; revoke.call(URL, url); }; }""")
    for index in (1, 0):
        blank.send({"kind": "preview", "job": "job-1", "index": index}, picture())
    blank.send({"kind": "preview", "job": "job-9", "index": 0}, picture())
    expect(page.get_by_role("img")).to_have_count(2)
    assert [img.get_attribute("alt") for img in page.get_by_role("img").all()] == [
        "Image 1", "Image 2",
    ]  # fmt: skip
    blank.push(rows=[DONE | {"previews": 2}])
    assert [each["content"]["kind"] for each in blank.sent] == ["refresh"], (
        "none is asked for again"
    )
    blank.unmount()
    assert page.evaluate("revoked") == 2


def test_a_later_view_asks_for_the_images(blank):
    page = mounted(blank, DONE | {"previews": 1})
    [asked] = blank.sent
    assert (asked["content"]["kind"], asked["content"]["job"]) == ("previews", "job-1")
    blank.send({"number": asked["content"]["number"], "answer": [0]}, picture())
    expect(page.get_by_role("img")).to_have_count(1)


def test_cancel_is_asked_twice_where_it_is_paid(blank):
    page = mounted(blank, RUNNING | {"is_paid": True})
    kinds = lambda: [each["content"]["kind"] for each in blank.sent]  # noqa: E731
    page.get_by_role("button", name="Cancel").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keep waiting")).to_be_focused()
    expect(page.locator("main")).to_contain_text("a hosted one may finish what it has begun")
    assert kinds() == ["refresh"]
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Cancel", exact=True)).to_be_focused()
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Cancel all the same").click()
    assert kinds() == ["refresh", "cancel"]
    blank.push(
        rows=[RUNNING | {"state": "cancelled", "status_text": "Cancelled", "next_step": "Paid."}]
    )
    expect(page.get_by_role("button")).to_have_count(0)
    assert page.evaluate("document.activeElement.tagName") == "SECTION", "the focus is not lost"


def test_queued_task_is_cancelled_at_once_and_failed_one_retried(blank):
    page = mounted(blank, RUNNING)
    page.get_by_role("button", name="Cancel").click()
    failed = {
        "state": "failed",
        "status_text": "Failed",
        "next_step": "<b>No.</b>",
        "can_retry": True,
    }
    blank.push(rows=[RUNNING | failed])
    expect(page.get_by_text("<b>No.</b>", exact=True)).to_be_visible()
    page.get_by_role("button", name="Try again (4 credits)").click()
    kinds = [each["content"]["kind"] for each in blank.sent]
    assert kinds == ["refresh", "cancel", "retry"]
    number = blank.sent[-1]["content"]["number"]
    blank.send({"number": number, "error": "Not from here."})
    expect(page.get_by_role("alert")).to_contain_text("Not from here.")


@pytest.mark.parametrize("state", ["running", "detached"])
def test_a_view_that_is_made_after_the_kernel_was_lost_says_so(blank, state):
    page = mounted(blank, RUNNING | {"state": state}, DONE | {"key": "job-2"})
    blank.unmount()
    blank.lose_kernel()
    blank.render()
    going, ended = page.locator(".thumbnb-job").all()
    expect(going).to_contain_text("The kernel was restarted: run the cell again.")
    expect(going.get_by_role("button")).to_have_count(0)
    expect(ended).to_contain_text("4 images in 4.5 s, 4 credits")


# -- in a notebook --------------------------------------------------------------------


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_a_job_shows_itself_while_the_cell_blocks(notebook, app, axe):
    nb = notebook(SETUP, app=app, reduced_motion=False)
    cell = nb.run("from IPython.display import display\njob = tb.Job('slow_work', work)\n"
                  "display(job)\njob.result()", wait=False)  # fmt: skip
    expect(cell.get_by_role("progressbar", name="Progress of: Slow work")).to_be_visible()
    expect(cell.locator(".thumbnb-job")).to_have_count(1)
    expect(cell).to_contain_text("Generating, 1 of 4")
    assert axe(nb.page, ".thumbnb-jobs") == []
    nb.interrupt()
    expect(cell).to_contain_text("goes on in the background")
    nb.do("go.set()")
    expect(cell.locator(".thumbnb-job")).to_contain_text("'through' in")
    nb.eventually("job.state", "done")


def test_a_generation_twice_with_its_images_kept_in_the_notebook(notebook, screenshot):
    nb = notebook(GENERATE, "job", width=600, theme="dark")
    for index in (0, 1):
        cell = nb.page.locator(f'.jp-Cell[data-windowed-list-index="{index}"]')
        expect(cell.get_by_role("img", name="Image")).to_have_count(2)
        expect(cell).to_contain_text("2 images in")
        expect(cell.locator("img.jp-needs-light-background")).to_be_hidden()
    screenshot(nb.page, "job-progress-dark")
    widget, snapshot, _ = nb.outputs(0)
    assert "2 images" not in str(widget)
    assert "image/jpeg" in snapshot["data"]
    assert nb.save().stat().st_size < 2 * 200_000
    nb.page.evaluate("""() => jupyterapp.shell.currentWidget.content.model.sharedModel
        .deleteCell(0)""")  # the job does not mind
    assert nb.value("job.state") == "done"


def test_cancel_reaches_the_job_in_voila(notebook):
    nb = notebook(SETUP, "job = tb.Job('slow_work', work)\njob", app="voila")
    nb.page.get_by_role("button", name="Cancel").click()
    nb.eventually("job.state", "cancelled")
    expect(nb.page.locator(".thumbnb-job")).to_contain_text("Cancelled")


def test_with_the_kernel_restarted_nothing_seems_to_go_on(notebook, screenshot):
    nb = notebook(SETUP, "import thumbnb as tb\ntb.JobProgress(Job('generate', work))",
                  "tb.KeyField()", fresh=True)  # fmt: skip
    page = nb.page
    row = page.locator(".thumbnb-job")
    expect(row.get_by_role("button", name="Cancel")).to_be_visible()
    page.evaluate("""() =>
        jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()""")
    expect(row).to_contain_text("The kernel was restarted: run the cell again.")
    expect(row.get_by_role("button")).to_have_count(0)
    expect(row.locator(".thumbnb-job-time")).to_be_empty()
    key = page.get_by_label("Key of YouThumb")
    key.fill("yt-typed")
    key.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="run the cell again")).to_be_visible()
    expect(key).to_have_value("yt-typed")
    screenshot(page, "job-progress-lost")


def test_a_page_waiting_for_a_dead_kernel_shows_it(notebook):
    nb = notebook("import thumbnb as tb\nfrom thumbnb.widgets.core.widget import handles\n"
                  "class Key(tb.KeyField):\n"
                  "    @handles('key')\n"
                  "    def _die(self, **given): import os; os._exit(1)",
                  "Key()", fresh=True)  # fmt: skip
    nb.watch.allow("Connection lost")
    key = nb.page.get_by_label("Key of YouThumb")
    key.fill("yt-typed")
    key.press("Enter")
    expect(nb.page.get_by_role("alert").filter(has_text="run the cell again")).to_be_visible()
