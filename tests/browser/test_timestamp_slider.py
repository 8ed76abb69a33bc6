"""The timestamp slider in the browser: scrubbing, keys, typing, marks, clean-up."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

import thumbnb as tb
from tests.service.tools import write_video

TRACK = ".thumbnb-film-track"
SHEET = {"width": 40, "height": 20, "columns": 5, "count": 10, "interval": 2.0}
COLOURS = [(25 * i, 0, 0) for i in range(10)]
COUNT = """() => {
    window.open_ = { urls: 0, bitmaps: 0 };
    const make = URL.createObjectURL, revoke = URL.revokeObjectURL, bitmap = createImageBitmap;
    URL.createObjectURL = (it) => (open_.urls++, make.call(URL, it));
    URL.revokeObjectURL = (it) => (open_.urls--, revoke.call(URL, it));
    window.createImageBitmap = async (it) => { open_.bitmaps++; return bitmap(it); };
    const close = ImageBitmap.prototype.close;
    ImageBitmap.prototype.close = function () { open_.bitmaps--; close.call(this); };
}"""


def jpeg(size, colour):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def sheet():
    """Ten tiles, redder and redder."""
    picture = Image.new("RGB", (200, 40))
    for i, colour in enumerate(COLOURS):
        picture.paste(colour, (i % 5 * 40, i // 5 * 20, i % 5 * 40 + 40, i // 5 * 20 + 20))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


class Kernel:
    """The kernel's side of a slider: answers what the page asks."""

    def __init__(self, blank):
        self._blank = blank
        self._done = set()

    def waiting(self, kind):
        """What was asked and not answered yet."""
        asked = [each["content"] for each in self._blank.sent]
        return [a for a in asked if a["kind"] == kind and a["number"] not in self._done]

    def asked(self, kind):
        """Wait until it is asked."""
        self._blank.page.wait_for_function(
            "([kind, done]) => blank.sent.some(({content: c}) =>"
            " c.kind === kind && !done.includes(c.number))",
            arg=[kind, list(self._done)],
        )
        return self.waiting(kind)[0]

    def answer(self, kind, body, *buffers, question=None):
        question = question or self.asked(kind)
        self._done.add(question["number"])
        self._blank.send({"number": question["number"], "answer": body}, *buffers)
        return question

    def rested(self, time):
        """Wait until the newest question is for this time; those before it are given up."""
        self._blank.page.wait_for_function(
            "time => Math.abs((blank.sent.filter(({content: c}) => c.kind === 'exact')"
            ".at(-1)?.content.time ?? -1) - time) < 0.1",
            arg=time,
        )
        *older, newest = self.waiting("exact")
        self._done.update(each["number"] for each in older)
        return newest

    def show(self, time, colour=(0, 0, 250), until=None, ahead=()):
        """Answer with a very frame, and with those after it that are fetched ahead."""
        body = {"time": time, "until": until or time + 0.04}
        question = self.answer("exact", body, jpeg((40, 20), colour))
        self.send_ahead(*ahead)
        return question

    def send_ahead(self, *times):
        """Send the frames that begin then, as those that are fetched ahead."""
        question = self.asked("ahead")
        for time in times:
            told = {"kind": "ahead", "time": time, "until": round(time + 0.04, 2)}
            told |= {name: question[name] for name in ("view", "batch")}
            self._blank.send(told, jpeg((40, 20), (0, 200, 0)))
        self.answer("ahead", {}, question=question)
        return question


@pytest.fixture
def slider(blank):
    """A slider of 20 seconds with its storyboard, and the kernel behind it."""
    page = blank.mount(
        tb.TimestampSlider(), view="loading", length=20.0, size=[400, 200], name="talk", rate=25.0
    )
    page.add_style_tag(content="body { margin: 8px } main { width: 900px }")
    kernel = Kernel(blank)
    blank.push(view="storyboard", board=1)
    kernel.answer("board", SHEET, sheet())
    kernel.show(0.0)
    return kernel


def shows(page, colour):
    """Wait until the middle of the picture has about this colour."""
    page.wait_for_function(
        """wanted => {
            const canvas = document.querySelector(".thumbnb-screen-canvas");
            const at = [canvas.width / 2, canvas.height / 2, 1, 1];
            const found = canvas.getContext("2d").getImageData(...at).data;
            return wanted.every((level, i) => Math.abs(level - found[i]) < 12);
        }""",
        arg=list(colour),
    )


def point(page, share):
    box = page.locator(TRACK).bounding_box()
    return box["x"] + box["width"] * share, box["y"] + box["height"] / 2


def test_dragging_scrubs_without_the_kernel_and_rests_on_the_very_frame(blank, slider):
    page = blank.page
    page.mouse.move(*point(page, 0.05))
    page.mouse.down()
    before = len(blank.sent)
    for share in (0.15, 0.35, 0.55, 0.75):
        page.mouse.move(*point(page, share))
        shows(page, COLOURS[int(share * 10)])
    page.mouse.up()
    slider.rested(15)
    slider.show(15.0, (0, 200, 0), until=15.2)
    assert blank.get("value") == blank.get("hover") == pytest.approx(15, abs=0.1)
    shows(page, (0, 200, 0))
    kinds = [each["content"]["kind"] for each in blank.sent[before:]]
    assert set(kinds) == {"exact", "ahead"}
    assert slider.waiting("exact") == []
    assert blank.saved[-1].keys() == {"value", "hover"}, "nothing comes after the value"
    # Within the frame's time nothing needs to be asked for again.
    x, y = point(page, 15.1 / 20)
    page.mouse.click(x, y)
    assert slider.waiting("exact") == []


def test_resting_with_the_button_down_shows_the_very_frame_too(blank, slider):
    page = blank.page
    page.mouse.move(*point(page, 0.6))
    page.mouse.down()
    slider.show(slider.rested(12)["time"] - 0.01, (0, 200, 0))
    shows(page, (0, 200, 0))
    assert blank.get("value") == 0
    page.mouse.up()
    page.wait_for_function("blank.model.get('value') > 11")


def test_of_two_questions_the_older_answer_is_let_go(blank, slider):
    page = blank.page
    page.mouse.click(*point(page, 0.3))
    first = slider.asked("exact")
    page.mouse.click(*point(page, 0.8))
    page.wait_for_function("blank.sent.filter(s => s.content.kind === 'exact').length === 3")
    second = slider.waiting("exact")[1]
    body = {"time": second["time"], "until": second["time"] + 0.1}
    slider.answer("exact", body, jpeg((40, 20), (0, 200, 0)), question=second)
    shows(page, (0, 200, 0))
    page.evaluate(COUNT)
    late = {"time": second["time"] - 1, "until": second["time"] + 1}
    slider.answer("exact", late, jpeg((40, 20), (200, 200, 0)), question=first)
    assert page.evaluate("open_.bitmaps") == 0, "it is not even decoded"
    shows(page, (0, 200, 0))


def test_keys_go_by_frames_seconds_and_to_the_ends(blank, slider):
    page, track = blank.page, blank.page.locator(TRACK)
    expect(track).to_have_attribute("role", "slider")
    track.focus()
    page.keyboard.press("ArrowRight")
    assert slider.show(0.04)["step"] == 1
    page.wait_for_function("blank.model.get('value') === 0.04")
    for key, wanted in (
        ("Shift+ArrowRight", 1.04), ("PageUp", 11.04), ("Shift+ArrowLeft", 10.04),
        ("End", 20), ("PageDown", 10), ("Home", 0),
    ):  # fmt: skip
        page.keyboard.press(key)
        page.wait_for_function(f"Math.abs(blank.model.get('value') - {wanted}) < 1e-6")
    page.keyboard.press("PageUp")
    expect(track).to_have_attribute("aria-valuetext", "0:10.00")
    expect(track).to_have_attribute("aria-valuemax", "20")
    # The page still scrolls by the wheel, and other keys are left alone.
    assert track.evaluate("e => e.dispatchEvent(new WheelEvent('wheel', {cancelable: true}))")
    assert track.evaluate(
        "e => e.dispatchEvent(new KeyboardEvent('keydown', {key: 'x', cancelable: true}))"
    )


def test_an_arrow_held_down_leaves_nothing_to_do_when_it_is_let_go(blank, slider):
    page = blank.page
    page.locator(TRACK).focus()
    for _ in range(20):  # the first is a press, the others repeats
        page.keyboard.down("ArrowRight")
    page.keyboard.up("ArrowRight")
    assert len(slider.waiting("exact")) == 1
    slider.show(0.04)
    page.wait_for_function("blank.model.get('value') === 0.04")
    assert slider.waiting("exact") == []
    for _ in range(3):  # pressed by themselves, none is lost
        page.keyboard.press("ArrowRight")
    for time in (0.08, 0.12, 0.16):
        assert slider.show(time)["step"] == 1
    page.wait_for_function("blank.model.get('value') === 0.16")


def test_the_next_frames_are_there_before_an_arrow_asks_for_them(blank, slider):
    page = blank.page
    page.mouse.click(*point(page, 0.5))
    slider.show(10.0, ahead=[10.04, 10.08, 10.12])
    asked = len(slider.waiting("exact"))
    for wanted in (10.04, 10.08, 10.04, 10.0, 10.04, 10.08, 10.12):
        page.keyboard.press("ArrowRight" if wanted > blank.get("value") else "ArrowLeft")
        page.wait_for_function(f"Math.abs(blank.model.get('value') - {wanted}) < 1e-6")
    assert len(slider.waiting("exact")) == asked == 0
    assert slider.asked("ahead")["time"] == pytest.approx(10.12), "and more, in good time"


def test_what_was_fetched_ahead_is_kept_until_it_is_shown(blank, slider):
    page = blank.page
    page.mouse.click(*point(page, 0.5))
    slider.show(10.0, ahead=[10.04, 10.08, 10.12, 10.16, 10.2, 10.24])
    page.keyboard.press("ArrowLeft")
    at = 9.96
    slider.show(at, ahead=[round(at - 0.04 * n, 2) for n in range(1, 11)])
    page.wait_for_function("blank.model.get('value') === 9.96")
    for _ in range(40):  # more than are kept at once
        if waiting := slider.waiting("ahead"):
            last = waiting[0]["time"]
            times = [round(last - 0.04 * n, 2) for n in range(1, waiting[0]["count"] + 1)]
            slider.send_ahead(*times)
        at = round(at - 0.04, 2)
        page.keyboard.press("ArrowLeft")
        page.wait_for_function(f"Math.abs(blank.model.get('value') - {at}) < 1e-6")
    assert slider.waiting("exact") == []


def test_a_time_can_be_typed_and_a_wrong_one_is_told_at_the_field(blank, slider):
    page = blank.page
    field, wrong = page.get_by_label("Time", exact=True), page.locator(".thumbnb-time-row + *")
    for text, seconds in (("13.5", 13.5), ("0:07.25", 7.25), ("0:00:19", 19), (" 2 ", 2)):
        field.fill(text)
        field.press("Enter")
        page.wait_for_function(f"blank.model.get('value') === {seconds}")
        expect(wrong).to_be_hidden()
    for text, words in (
        ("soon", "clock time"), ("1:99", "clock time"), ("-1", "clock time"), ("", "clock time"),
        ("1:2:3:4", "clock time"), ("1e3", "clock time"), ("20.5", "ends at 0:20.00"),
    ):  # fmt: skip
        field.fill(text)
        field.press("Enter")
        expect(wrong).to_contain_text(words)
        expect(field).to_have_attribute("aria-invalid", "true")
        assert blank.get("value") == 2
    field.press("Escape")
    expect(field).to_have_value("0:02.00")
    expect(wrong).to_be_hidden()


def test_marks_are_jumped_to_by_click_and_by_keys(blank, slider):
    page = blank.page
    blank.push(marks=[
        {"time": 12.0, "kind": "suggested", "label": "sharp, <b>colourful</b>"},
        {"time": 5.0, "kind": "shot", "label": ""},
    ])  # fmt: skip
    suggested = page.get_by_role(
        "button", name="Suggested frame at 0:12.0: sharp, <b>colourful</b>"
    )
    suggested.click()
    page.wait_for_function("blank.model.get('value') === 12")
    page.get_by_role("button", name="Shot change at 0:05.0").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("blank.model.get('value') === 5")
    page.keyboard.press("ArrowRight")
    expect(suggested).to_be_focused()


def test_use_this_frame_says_which_size_and_shows_what_came(blank, slider):
    page = blank.page
    page.mouse.click(*point(page, 0.5))
    slider.show(slider.asked("exact")["time"])
    button, choice = page.get_by_role("button", name="Use this frame"), page.get_by_role("combobox")
    for option, size in (("1920x1080", [1920, 1080]), ("own", [None, None])):
        choice.select_option(option)
        button.click()
        asked = slider.answer("use", {})
        assert [asked["width"], asked["height"]] == size
        assert asked["time"] == blank.get("value")
    choice.select_option("custom")
    for width, height, words in (("", "", "Give"), ("12x", "", "whole"), ("9000", "1", "whole")):
        page.get_by_label("Width").fill(width)
        page.get_by_label("Height").fill(height)
        button.click()
        expect(page.locator(".thumbnb-take .thumbnb-wrong")).to_contain_text(words)
    assert slider.waiting("use") == []
    page.get_by_label("Width").fill("640")
    page.get_by_label("Height").fill("")
    button.click()
    asked = slider.answer("use", {})
    assert [asked["width"], asked["height"]] == [640, None]
    blank.push(status="Making the thumbnail", progress=0.5)
    expect(button).to_be_disabled()
    button.press("Enter")  # it has the focus still, and does nothing
    expect(button).to_be_focused()
    assert slider.waiting("use") == []
    blank.push(status="", progress=-1.0, made=1)
    slider.answer("made", {"time": 10.0, "size": [640, 320]}, jpeg((64, 32), (9, 9, 9)))
    expect(
        page.get_by_role("img", name=re.compile("Thumbnail, 640.320 at 0:10.00"))
    ).to_be_visible()
    expect(button).to_be_enabled()
    button.press("Enter")
    slider.answer("use", {})


def test_a_thumbnail_is_shown_while_it_is_there_and_a_failing_one_says_why(blank, slider):
    page = blank.page
    image = page.get_by_role("img", name=re.compile("Thumbnail"))
    made = {"time": 10.0, "size": [640, 320]}
    blank.push(made=1)
    slider.answer("made", made, jpeg((64, 32), (9, 9, 9)))
    expect(image).to_be_visible()
    blank.push(made=0)  # another video
    expect(image).to_have_count(0)
    blank.push(made=2)
    late = slider.asked("made")
    blank.push(made=0)
    blank.push(made=3)
    page.wait_for_function("blank.sent.filter(s => s.content.kind === 'made').length === 3")
    slider.answer("made", made, jpeg((64, 32), (9, 9, 9)), question=late)
    expect(image).to_have_count(0)
    failing = slider.asked("made")
    blank.send({"number": failing["number"], "error": "There is no thumbnail."})
    expect(page.get_by_role("alert").filter(has_text="There is no thumbnail.")).to_be_visible()


@pytest.mark.parametrize("width", [600, 400])
def test_nothing_is_wider_than_a_narrow_notebook(blank, slider, width):
    page = blank.page
    page.add_style_tag(content="body { margin: 0 } main { width: auto }")
    page.set_viewport_size({"width": width, "height": 900})
    blank.push(name="talk" * 40, error="x" * 300, marks=[
        {"time": time, "kind": "suggested", "label": "sharp"} for time in (0.0, 20.0)
    ])  # fmt: skip
    page.get_by_role("combobox").select_option("custom")

    def overflow():
        return page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    assert overflow() == 0
    for share in (0.001, 0.999):
        page.mouse.move(*point(page, share))
        expect(page.locator(".thumbnb-peek")).to_be_visible()
        assert overflow() == 0
    blank.push(view="upload")
    assert overflow() == 0


def test_views_go_together_and_end_without_a_trace(blank, slider):
    page = blank.page
    blank.unmount()
    page.evaluate(COUNT)
    blank.render()
    blank.render()
    for _ in range(2):
        slider.answer("board", SHEET, sheet())
    for _ in range(2):
        slider.show(0.0)
    blank.push(made=1)
    for _ in range(2):
        slider.answer("made", {"time": 0, "size": [64, 32]}, jpeg((64, 32), (9, 9, 9)))
    expect(page.locator(".thumbnb-take-made img")).to_have_count(2)
    page.wait_for_function("open_.urls === 2 && open_.bitmaps === 4")
    page.locator(TRACK).first.focus()
    page.keyboard.press("PageUp")
    expect(page.locator(TRACK).nth(1)).to_have_attribute("aria-valuenow", "10.000")
    blank.push(board=2)
    for _ in range(2):
        slider.answer("board", SHEET, sheet())
    blank.unmount()
    page.wait_for_function("open_.urls === 0 && open_.bitmaps === 0")
    assert blank.listeners == 0


def test_without_a_video_it_takes_one(blank, axe):
    page = blank.mount(tb.TimestampSlider())
    kernel = Kernel(blank)
    expect(page.locator(TRACK)).to_be_hidden()
    assert axe(page, ".thumbnb") == []
    page.get_by_label("Address of a video").fill("film.mp4")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert").first).to_contain_text("http")
    page.get_by_label("Address of a video").fill("https://example.com/film.mp4")
    page.get_by_role("button", name="Open").click()
    assert kernel.answer("address", {})["url"] == "https://example.com/film.mp4"
    film = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"x" * (5 * 2**19)}
    page.locator("input[type=file]").set_input_files(film)
    for _ in range(3):
        asked = kernel.answer("part", {})
        assert (asked["name"], asked["size"]) == ("film.mp4", 5 * 2**19)
    expect(page.get_by_role("button", name="Choose a video…")).to_be_visible()
    page.locator("input[type=file]").set_input_files(film)
    expect(page.get_by_role("status").first).to_contain_text("Sending film.mp4")
    page.get_by_role("button", name="Cancel").click()
    kernel.answer("cancel", {})
    expect(page.get_by_role("button", name="Choose a video…")).to_be_visible()
    blank.push(status="Uploading", progress=0.25)
    expect(page.get_by_label("Progress").first).to_have_attribute("value", "0.25")


def test_a_hosted_video_is_sought_in_its_stream_and_where_that_fails_it_is_still_a_slider(
    blank, tmp_path
):
    film = write_video(tmp_path / "film.webm", codec="libvpx-vp9").read_bytes()
    page = blank.mount(tb.TimestampSlider(), view="stream", length=4.0, size=[192, 108], rate=10.0)
    kernel = Kernel(blank)
    url = page.evaluate(
        "data => URL.createObjectURL(new Blob([Uint8Array.from(data)]))", list(film)
    )
    kernel.answer("stream", {"url": url})
    page.wait_for_function("document.querySelector('video')?.readyState > 1")
    page.mouse.click(*point(page, 0.5))
    page.wait_for_function("Math.abs(document.querySelector('video').currentTime - 2) < 0.1")
    page.locator(TRACK).press("ArrowRight")
    page.wait_for_function("Math.abs(blank.model.get('value') - 2.1) < 0.02")
    assert kernel.waiting("exact") == []
    blank.push(view="loading")
    expect(page.locator("video")).to_have_count(0)
    blank.push(view="stream")
    kernel.answer("stream", {"url": url})
    expect(page.locator("video")).to_have_count(1)
    blank.unmount()
    blank.watch.allow("ERR_CONNECTION_REFUSED", "none.mp4")
    blank.render()
    kernel.answer("stream", {"url": "http://127.0.0.1:9/none.mp4"})
    expect(page.locator(".thumbnb-screen-note")).to_contain_text("can't be shown here")
    page.mouse.click(*point(page, 0.75))
    page.wait_for_function("Math.abs(blank.model.get('value') - 3) < 0.02")
    assert kernel.waiting("exact") == []


CELL = """import thumbnb as tb
client = tb.connect(embedded=True, quiet=True)
slider = tb.TimestampSlider(client.upload({path!r}))
slider"""


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_in_a_notebook_its_keys_are_its_own_and_the_frame_arrives(
    notebook, axe, screenshot, tmp_path, app
):
    film = str(write_video(tmp_path / "film.mp4"))
    nb = notebook(CELL.format(path=film), app=app, theme="dark" if app == "lab" else "light")
    page, track = nb.page, nb.page.locator(TRACK)
    nb.eventually("slider.board", 2, timeout=60)
    cells = page.locator(".jp-Cell").count()
    track.focus()
    track.press("Shift+ArrowRight")
    nb.eventually("slider.value", 1.0)
    track.press("ArrowUp")
    nb.eventually("round(slider.value, 6)", 1.1)
    for key in ("b", "a", "d", "d"):
        track.press(key)
    assert page.locator(".jp-Cell").count() == cells
    nb.eventually("len(slider.marks) > 0", timeout=60)
    page.get_by_role("button", name="Use this frame").click()
    expect(page.get_by_role("img", name=re.compile("Thumbnail, 1280.720"))).to_be_visible()
    assert nb.value("slider.thumbnail.time == slider.value")
    nb.eventually("[slider.error, slider.status]", ["", ""])
    assert axe(page, ".thumbnb-slider") == []
    screenshot(page, f"timestamp-slider-{app}")


def test_after_a_reload_of_the_page_a_slider_and_a_grid_are_as_they_were(notebook, tmp_path):
    film = str(write_video(tmp_path / "film.mp4"))
    grid = "grid = tb.ImageGrid([slider.video.preview(time=t).image for t in (1, 2)])\ngrid"
    nb = notebook(CELL.format(path=film), grid, fresh=True)
    page, track = nb.page, nb.page.locator(TRACK)
    cells = page.locator(".thumbnb-grid-cell")
    nb.eventually("slider.board", 2, timeout=60)
    nb.do("slider.value = 2.0; grid.starred = [1]")
    page.get_by_role("button", name="Use this frame").click()
    expect(page.locator(".thumbnb-take-made img")).to_be_visible()
    nb.save()
    page.reload()
    expect(track).to_have_attribute("aria-valuenow", "2.000", timeout=60_000)
    expect(page.locator(".thumbnb-take-made img")).to_be_visible()
    track.press("Shift+ArrowRight")
    nb.eventually("slider.value", 3.0)
    expect(cells.locator("img[src]")).to_have_count(2)
    expect(cells.nth(1)).to_have_attribute("aria-label", "Picture 2, starred")
    cells.first.press("s")
    nb.eventually("sorted(grid.starred)", [0, 1])
