"""The timestamp slider's pictures: scrubbed, exact when it rests, frame by frame with the keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.slider_page import COLOURS, COUNT, TRACK, jpeg, mount, point, shows


@pytest.fixture
def slider(blank):
    return mount(blank)


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
    assert set(kinds) == {"frame", "frames_ahead"}
    assert slider.waiting("frame") == []
    assert blank.saved[-1].keys() == {"value", "hover"}, "nothing comes after the value"
    # Within the frame's time nothing needs to be asked for again.
    x, y = point(page, 15.1 / 20)
    page.mouse.click(x, y)
    assert slider.waiting("frame") == []


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
    first = slider.asked("frame")
    page.mouse.click(*point(page, 0.8))
    page.wait_for_function("blank.sent.filter(s => s.content.kind === 'frame').length === 3")
    second = slider.waiting("frame")[1]
    body = {"time": second["time"], "until": second["time"] + 0.1}
    slider.answer("frame", body, jpeg((40, 20), (0, 200, 0)), question=second)
    shows(page, (0, 200, 0))
    page.evaluate(COUNT)
    late = {"time": second["time"] - 1, "until": second["time"] + 1}
    slider.answer("frame", late, jpeg((40, 20), (200, 200, 0)), question=first)
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


def test_held_arrow_key_leaves_no_backlog(blank, slider):
    page = blank.page
    page.locator(TRACK).focus()
    for _ in range(20):  # the first is a press, the others repeats
        page.keyboard.down("ArrowRight")
    page.keyboard.up("ArrowRight")
    assert len(slider.waiting("frame")) == 1
    slider.show(0.04)
    page.wait_for_function("blank.model.get('value') === 0.04")
    assert slider.waiting("frame") == []
    for _ in range(3):  # pressed by themselves, none is lost
        page.keyboard.press("ArrowRight")
    for time in (0.08, 0.12, 0.16):
        assert slider.show(time)["step"] == 1
    page.wait_for_function("blank.model.get('value') === 0.16")


def test_the_next_frames_are_there_before_an_arrow_asks_for_them(blank, slider):
    page = blank.page
    page.mouse.click(*point(page, 0.5))
    slider.show(10.0, ahead=[10.04, 10.08, 10.12])
    asked = len(slider.waiting("frame"))
    for wanted in (10.04, 10.08, 10.04, 10.0, 10.04, 10.08, 10.12):
        page.keyboard.press("ArrowRight" if wanted > blank.get("value") else "ArrowLeft")
        page.wait_for_function(f"Math.abs(blank.model.get('value') - {wanted}) < 1e-6")
    assert len(slider.waiting("frame")) == asked == 0
    assert slider.asked("frames_ahead")["time"] == pytest.approx(10.12), "and more, in good time"


def test_what_was_fetched_ahead_is_kept_until_it_is_shown(blank, slider):
    page = blank.page
    page.mouse.click(*point(page, 0.5))
    slider.show(10.0, ahead=[10.04, 10.08, 10.12, 10.16, 10.2, 10.24])
    page.keyboard.press("ArrowLeft")
    at = 9.96
    slider.show(at, ahead=[round(at - 0.04 * n, 2) for n in range(1, 11)])
    page.wait_for_function("blank.model.get('value') === 9.96")
    for _ in range(40):  # more than are kept at once
        if waiting := slider.waiting("frames_ahead"):
            last = waiting[0]["time"]
            times = [round(last - 0.04 * n, 2) for n in range(1, waiting[0]["count"] + 1)]
            slider.send_ahead(*times)
        at = round(at - 0.04, 2)
        page.keyboard.press("ArrowLeft")
        page.wait_for_function(f"Math.abs(blank.model.get('value') - {at}) < 1e-6")
    assert slider.waiting("frame") == []


def test_an_arrow_after_a_jump_waits_for_no_frames_of_elsewhere(blank, slider):
    page = blank.page
    page.mouse.click(*point(page, 0.5))
    slider.answer("frame", {"time": 10.0, "until": 10.04}, jpeg((40, 20), (0, 0, 250)))
    slider.asked("frames_ahead")  # and is under way for long
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "blank.sent.some(({content: c}) => c.kind === 'frame' && c.step === 1 && c.time === 0)"
    )
