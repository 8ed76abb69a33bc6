"""The timestamp slider in the browser: typing, marks, thumbnails, other videos, clean-up."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import thumbnb as tb
from tests.browser.slider_page import COUNT, SHEET, TRACK, Kernel, jpeg, mount, point, sheet
from tests.service.tools import write_video


@pytest.fixture
def slider(blank):
    return mount(blank)


def test_a_time_can_be_typed_and_a_wrong_one_is_reported_at_the_field(blank, slider):
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
    slider.show(slider.asked("frame")["time"])
    button, choice = page.get_by_role("button", name="Use this frame"), page.get_by_role("combobox")
    for option, size in (("1920x1080", [1920, 1080]), ("native", [None, None])):
        choice.select_option(option)
        button.click()
        asked = slider.answer("use_frame", {})
        assert [asked["width"], asked["height"]] == size
        assert asked["time"] == blank.get("value")
    choice.select_option("custom")
    for width, height, words in (("", "", "Give"), ("12x", "", "whole"), ("9000", "1", "whole")):
        page.get_by_label("Width").fill(width)
        page.get_by_label("Height").fill(height)
        button.click()
        expect(page.locator(".thumbnb-use .thumbnb-wrong")).to_contain_text(words)
    assert slider.waiting("use_frame") == []
    page.get_by_label("Width").fill("640")
    page.get_by_label("Height").fill("")
    button.click()
    asked = slider.answer("use_frame", {})
    assert [asked["width"], asked["height"]] == [640, None]
    blank.push(status="Making the thumbnail", progress=0.5)
    expect(button).to_be_disabled()
    button.press("Enter")  # it has the focus still, and does nothing
    expect(button).to_be_focused()
    assert slider.waiting("use_frame") == []
    blank.push(status="", progress=-1.0, thumbnail_version=1)
    slider.answer("thumbnail", {"time": 10.0, "size": [640, 320]}, jpeg((64, 32), (9, 9, 9)))
    expect(
        page.get_by_role("img", name=re.compile("Thumbnail, 640.320 at 0:10.00"))
    ).to_be_visible()
    expect(button).to_be_enabled()
    button.press("Enter")
    slider.answer("use_frame", {})


def test_thumbnail_is_shown_or_its_failure_explained(blank, slider):
    page = blank.page
    image = page.get_by_role("img", name=re.compile("Thumbnail"))
    made = {"time": 10.0, "size": [640, 320]}
    blank.push(thumbnail_version=1)
    slider.answer("thumbnail", made, jpeg((64, 32), (9, 9, 9)))
    expect(image).to_be_visible()
    blank.push(thumbnail_version=0)  # another video
    expect(image).to_have_count(0)
    blank.push(thumbnail_version=2)
    late = slider.asked("thumbnail")
    blank.push(thumbnail_version=0)
    blank.push(thumbnail_version=3)
    page.wait_for_function("blank.sent.filter(s => s.content.kind === 'thumbnail').length === 3")
    slider.answer("thumbnail", made, jpeg((64, 32), (9, 9, 9)), question=late)
    expect(image).to_have_count(0)
    failing = slider.asked("thumbnail")
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
        expect(page.locator(".thumbnb-film-hover")).to_be_visible()
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
        slider.answer("storyboard", SHEET, sheet())
    for _ in range(2):
        slider.show(0.0)
    blank.push(thumbnail_version=1)
    for _ in range(2):
        slider.answer("thumbnail", {"time": 0, "size": [64, 32]}, jpeg((64, 32), (9, 9, 9)))
    expect(page.locator(".thumbnb-use-made img")).to_have_count(2)
    page.wait_for_function("open_.urls === 2 && open_.bitmaps === 4")
    page.locator(TRACK).first.focus()
    page.keyboard.press("PageUp")
    expect(page.locator(TRACK).nth(1)).to_have_attribute("aria-valuenow", "10.000")
    blank.push(storyboard_version=2)
    for _ in range(2):
        slider.answer("storyboard", SHEET, sheet())
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
    assert kernel.answer("upload_url", {})["url"] == "https://example.com/film.mp4"
    film = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"x" * (5 * 2**19)}
    page.locator("input[type=file]").set_input_files(film)
    for _ in range(3):
        asked = kernel.answer("upload_part", {})
        assert (asked["name"], asked["size"]) == ("film.mp4", 5 * 2**19)
    expect(page.get_by_role("button", name="Choose a video…")).to_be_visible()
    page.locator("input[type=file]").set_input_files(film)
    expect(page.get_by_role("status").first).to_contain_text("Sending film.mp4")
    page.get_by_role("button", name="Cancel").click()
    kernel.answer("cancel_upload", {})
    expect(page.get_by_role("button", name="Choose a video…")).to_be_visible()
    blank.push(status="Uploading", progress=0.25)
    expect(page.get_by_label("Progress").first).to_have_attribute("value", "0.25")


def test_hosted_video_seeks_its_stream_or_stays_a_plain_slider(blank, tmp_path):
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
    assert kernel.waiting("frame") == []
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
    assert kernel.waiting("frame") == []


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
    nb.eventually("slider.storyboard_version", 2)
    cells = page.locator(".jp-Cell").count()
    track.focus()
    track.press("Shift+ArrowRight")
    nb.eventually("slider.value", 1.0)
    track.press("ArrowUp")
    nb.eventually("round(slider.value, 6)", 1.1)
    for key in ("b", "a", "d", "d"):
        track.press(key)
    assert page.locator(".jp-Cell").count() == cells
    nb.eventually("len(slider.marks) > 0")
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
    nb.eventually("slider.storyboard_version", 2)
    nb.do("slider.value = 2.0; grid.starred = [1]")
    page.get_by_role("button", name="Use this frame").click()
    expect(page.locator(".thumbnb-use-made img")).to_be_visible()
    nb.save()
    page.reload()
    expect(track).to_have_attribute("aria-valuenow", "2.000", timeout=60_000)
    expect(page.locator(".thumbnb-use-made img")).to_be_visible()
    track.press("Shift+ArrowRight")
    nb.eventually("slider.value", 3.0)
    expect(cells.locator("img[src]")).to_have_count(2)
    expect(cells.nth(1)).to_have_attribute("aria-label", "Image 2, starred")
    cells.first.press("s")
    nb.eventually("sorted(grid.starred)", [0, 1])
