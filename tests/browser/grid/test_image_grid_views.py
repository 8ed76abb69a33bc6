"""The grid's other views in a browser: one over the whole page, two compared, the feed."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.grid_page import asked, grid_of, jpeg, press, serve, wanted
from thumbnb.widgets.grid.image_grid import ImageGrid

FACTS = {
    "size": [1280, 720], "format": "JPEG", "bytes": 111_000, "prompt": "A <i>red</i> rocket",
    "title": "LIFT OFF", "preset": "bold", "seed": 7, "variation": 0, "engine": "compositor/1",
    "scores": {"legibility": 0.912}, "credits": 1, "time": None, "id": "r1", "video_id": None,
    "job_id": "j1", "run_id": 3,
    "report": [["title", "applied", "Set in Anton"], ["face_expression", "ignored", "No face"]],
}  # fmt: skip


def test_an_image_is_looked_at_over_the_whole_page(blank, axe, screenshot):
    grid = ImageGrid([jpeg(n) for n in range(3)])
    page = blank.mount(grid)
    done: set = set()
    page.get_by_role("listbox").get_by_role("option").nth(1).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    (question,) = asked(blank, "facts")
    assert question["id"] == grid.cells[1]["id"]
    blank.send({"number": question["number"], "answer": FACTS})
    for words in ("A <i>red</i> rocket", "720 · JPEG · 111 kB", "0.91", "No face"):
        expect(dialog.get_by_text(words)).to_be_visible()
    page.wait_for_function(
        "id => blank.sent.some(s => s.content.wanted?.some(w => w[0] === id && w[1] >= 800))",
        arg=question["id"],
    )
    serve(blank, done)
    expect(dialog.locator("img")).to_be_visible()
    screenshot(page, "grid-zoom")
    press(page, "+", "+", "s", " ")
    expect(dialog.get_by_text("%")).to_have_text("156 %")
    assert (blank.get("starred"), blank.get("selected")) == ([1], [1])
    most = max(width for number, width in wanted(blank) if number == question["id"])
    assert most <= 1280, "never more than there is"
    for _ in range(24):  # the focus stays inside
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('dialog') !== null")
    assert axe(page, "dialog") == []
    dialog.get_by_role("group").focus()
    press(page, "ArrowRight", "ArrowRight")
    expect(dialog.get_by_text("3 / 3")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("listbox").get_by_role("option").nth(2)).to_be_focused()


def test_the_dialog_follows_what_the_grid_holds(blank):
    page = blank.mount(grid_of(3))
    _, second, third = blank.get("cells")
    page.get_by_role("listbox").get_by_role("option").nth(1).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("2 / 3")).to_be_visible()
    blank.push(cells=[second, {**third, "caption": "a sea"}])
    expect(dialog.get_by_text("1 / 2")).to_be_visible()
    dialog.get_by_role("group").press("ArrowRight")
    expect(dialog.get_by_text("2 / 2")).to_be_visible()
    expect(dialog.get_by_text("a sea")).to_be_visible()
    blank.push(cells=[second])
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_focused()


def test_a_download_that_fails_says_so_where_it_was_asked_for(blank):
    page = blank.mount(grid_of(2))
    page.get_by_role("listbox").get_by_role("option").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("group").press("d")

    def fail(words):
        page.wait_for_function("() => blank.sent.some(s => s.content.kind === 'download')")
        blank.send({"number": asked(blank, "download")[-1]["number"], "error": words})
        page.evaluate("() => blank.sent.splice(0)")

    fail("<b>The disk</b> is full.")
    expect(dialog.get_by_role("alert")).to_have_text("<b>The disk</b> is full.")
    assert blank.get("error") == ""
    dialog.get_by_role("group").press("d")
    expect(dialog.get_by_role("alert")).to_have_text("")
    dialog.get_by_role("group").press("Escape")
    expect(dialog).to_have_count(0)
    fail("It came too late.")
    expect(page.get_by_role("alert")).to_contain_text("It came too late.")
    page.get_by_role("button", name="Download all").click()
    fail("They are too large.")
    expect(page.get_by_role("alert")).to_contain_text("They are too large.")


def test_double_click_zooms_at_the_pointer(blank):
    page = blank.mount(grid_of(2))
    page.get_by_role("listbox").get_by_role("option").first.dblclick()
    level = page.get_by_role("dialog").get_by_text("%")
    expect(level).to_have_text("100 %")
    stage = page.get_by_role("dialog").get_by_role("group")
    stage.dblclick()
    expect(level).to_have_text("250 %")
    stage.dblclick()
    expect(level).to_have_text("100 %")


def test_two_fingers_zoom_and_one_pans(blank):
    page = blank.mount(grid_of(2))
    page.get_by_role("listbox").get_by_role("option").first.click()
    stage = page.get_by_role("dialog").get_by_role("group")
    box = stage.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)

    def fingers(kind, *points):
        touch.send("Input.dispatchTouchEvent", {
            "type": kind, "touchPoints": [
                {"x": x + dx, "y": y + dy, "id": n} for n, (dx, dy) in enumerate(points)
            ],
        })  # fmt: skip

    fingers("touchStart", (-50, 0))
    fingers("touchStart", (-50, 0), (50, 0))
    for reach in (60, 80, 100):
        fingers("touchMove", (-reach, 0), (reach, 0))
    fingers("touchEnd")
    level = page.get_by_role("dialog").get_by_text("%")
    expect(level).to_have_text("200 %")
    image = page.get_by_role("dialog").locator("img")
    at = "img => (({ e, f }) => [Math.round(e), Math.round(f)])(new DOMMatrix(img.style.transform))"
    assert image.evaluate(at) == [0, 0], "what is under the fingers stays there"
    fingers("touchStart", (0, 0))
    fingers("touchMove", (30, 10))
    fingers("touchEnd")
    assert image.evaluate(at) == [30, 10]
    expect(level).to_have_text("200 %")


def test_two_are_compared_by_keyboard_and_pointer(blank, axe):
    page = blank.mount(grid_of(4, selected=[2, 0]))
    page.get_by_role("button", name="Compare", exact=True).click()
    assert blank.get("view") == "compare"
    expect(page.get_by_label("Image A", exact=True)).to_have_value(str(blank.get("cells")[2]["id"]))
    line = page.get_by_role("slider")
    line.focus()
    press(page, "ArrowRight", "PageUp")
    expect(line).to_have_attribute("aria-valuenow", "61")
    press(page, "End")
    expect(line).to_have_attribute("aria-valuenow", "100")
    page.wait_for_function("() => blank.sent.some(s => s.content.wanted?.some(w => w[1] > 600))")
    serve(blank)
    stage = page.locator(".thumbnb-compare-stage")
    box = stage.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + 30)
    page.mouse.down()
    expect(line).to_have_attribute("aria-valuenow", "25")
    page.mouse.up()
    page.keyboard.press("+")
    images = stage.locator("img")
    transforms = images.evaluate_all("all => all.map(img => img.style.transform)")
    assert transforms == ["translate(0px, 0px) scale(1.25)"] * 2
    page.get_by_role("button", name="Side by side").click()
    expect(line).to_be_hidden()
    images.first.dblclick()
    transforms = images.evaluate_all("all => all.map(img => img.style.transform)")
    assert transforms[0] == transforms[1]
    assert "scale(2.5)" in transforms[0]
    assert axe(page, "main") == []


def test_the_feed_has_the_sizes_of_a_site(blank, axe):
    page = blank.mount(grid_of(3, titles=["How rockets fly", "Second"], durations=["7:07"]))
    page.get_by_role("button", name="Feed").click()
    sizes = page.locator(".thumbnb-feed-thumb").evaluate_all(
        "all => all.map(el => el.offsetWidth + 'x' + el.offsetHeight)"
    )
    assert {size: sizes.count(size) for size in sizes} == {
        "360x202": 3,
        "168x94": 3,
        "246x138": 3,
        "120x68": 3,
    }
    expect(page.get_by_text("How rockets fly")).to_have_count(4)
    expect(page.get_by_text("7:07")).to_have_count(12)
    page.wait_for_function("() => blank.sent.some(s => s.content.kind === 'facts')")
    (question,) = asked(blank, "facts")  # of the one without a title
    blank.send({"number": question["number"], "answer": {**FACTS, "title": "<b>Found</b>"}})
    expect(page.get_by_text("<b>Found</b>")).to_have_count(4)
    assert {width for number, width in wanted(blank) if number == question["id"]} >= {
        360,
        246,
        168,
        120,
    }
    assert axe(page, ".thumbnb-feed") == []
    page.get_by_role("button", name="Both").click()
    expect(page.get_by_text("7:07")).to_have_count(24)
    assert axe(page, ".thumbnb-feed") == []
    blank.push(selected=[1])
    expect(page.get_by_text("Second")).to_have_count(8)
    expect(page.get_by_text("1 of 3: those selected")).to_be_visible()
