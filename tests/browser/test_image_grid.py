"""The grid in a browser: keys, asking for copies, the dialog, comparing, the feed, no leaks."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from thumbnb.widgets.image_grid import ImageGrid

CELLS = ".thumbnb-grid-cell"
COUNTED = """() => {
    window.made = new Set();
    const [make, revoke] = [URL.createObjectURL, URL.revokeObjectURL];
    URL.createObjectURL = (blob) => { const url = make(blob); made.add(url); return url; };
    URL.revokeObjectURL = (url) => { made.delete(url); revoke(url); };
}"""


def jpeg(number: int = 0, size: tuple[int, int] = (1280, 720)) -> bytes:
    image = Image.new("RGB", size, f"hsl({number * 47 % 360}, 60%, 45%)")
    ImageDraw.Draw(image).text((40, 20), str(number), fill="white", font_size=size[1] // 2)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    return buffer.getvalue()


SMALL = jpeg(1, (160, 90))


def grid_of(count: int, **traits) -> ImageGrid:
    return ImageGrid([SMALL] * count, **traits)


def wanted(blank) -> list[list[int]]:
    return [
        each
        for s in blank.sent
        if s["content"]["kind"] == "copies"
        for each in s["content"]["wanted"]
    ]


def serve(blank, done=None) -> None:
    """Answer what was asked for, as Python does."""
    for number, width in wanted(blank):
        if done is None or (number, width) not in done:
            blank.send({"kind": "copy", "id": number, "width": width}, SMALL)
            if done is not None:
                done.add((number, width))


def asked(blank, kind):
    return [s["content"] for s in blank.sent if s["content"]["kind"] == kind]


def press(page, *keys) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_keyboard_goes_in_two_dimensions_and_chooses(blank, axe):
    page = blank.mount(grid_of(11, columns=4, labels=["first"]))
    cells = page.get_by_role("option")
    expect(cells).to_have_count(11)
    page.keyboard.press("Tab")  # over the three views and the download
    press(page, "Tab", "Tab", "Tab", "Tab")
    expect(cells.nth(0)).to_be_focused()
    press(page, "ArrowRight", "ArrowDown", "ArrowDown")
    expect(cells.nth(9)).to_be_focused()
    press(page, "ArrowDown", "ArrowRight", "ArrowRight")  # there is no more
    expect(cells.nth(10)).to_be_focused()
    press(page, "ArrowUp", "ArrowRight", "ArrowDown")  # the last row is shorter
    expect(cells.nth(10)).to_be_focused()
    press(page, "s", " ", "Home", " ")
    assert (blank.get("selected"), blank.get("starred"), blank.get("focused")) == ([10, 0], [10], 0)
    expect(cells.nth(0)).to_have_attribute("aria-label", "Picture 1, first")
    expect(cells.nth(10)).to_have_attribute("aria-label", "Picture 11, starred")
    assert cells.evaluate_all("all => all.filter(el => el.tabIndex === 0).length") == 1
    press(page, "End", "s", "Control+a")
    assert (blank.get("starred"), len(blank.get("selected"))) == ([], 11)
    press(page, "Escape")
    assert blank.get("selected") == []
    cells.nth(2).click(modifiers=["Control"])
    cells.nth(5).click(modifiers=["Shift"])
    assert blank.get("selected") == [2, 3, 4, 5]
    assert axe(page, "main") == []


def test_copies_are_asked_for_near_what_is_seen_and_once(blank):
    page = blank.mount(grid_of(500, columns=5))
    page.wait_for_function("() => blank.sent.length > 0")
    page.wait_for_function(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
    )
    first = wanted(blank)
    assert 20 <= len(first) < 100
    assert len({number for number, _ in first}) == len(first)
    assert len(blank.sent) <= 3, "those wanted together are asked for together"
    serve(blank)
    expect(page.locator(f"{CELLS} img[src]")).to_have_count(len(first))
    page.get_by_role("option").nth(300).scroll_into_view_if_needed()
    page.wait_for_function("count => blank.sent.length > count", arg=len(blank.sent))
    assert len({number for number, _ in wanted(blank)}) == len(wanted(blank))


def test_what_flies_by_is_not_asked_for(blank):
    grid = grid_of(600, columns=4)
    page = blank.mount(grid)
    page.wait_for_function("blank.sent.some(s => s.content.wanted)")
    page.evaluate("""async () => {
        const list = document.querySelector('.thumbnb-grid-cells');
        while (list.scrollTop + list.clientHeight < list.scrollHeight - 1) {
            list.scrollTop += 2 * list.clientHeight;
            await new Promise(requestAnimationFrame);
        }
    }""")
    last = grid.cells[-1]["id"]
    page.wait_for_function(
        "id => blank.sent.some(s => s.content.wanted?.some(w => w[0] === id))", arg=last
    )
    middle = {cell["id"] for cell in grid.cells[200:400]}
    assert len([each for each in wanted(blank) if each[0] in middle]) < 100


def test_without_a_kernel_the_cells_say_so_and_are_asked_for_again(blank):
    page = blank.mount(grid_of(2, columns=2), cells=[])
    page.evaluate("""() => {
        blank.send = blank.model.send;
        blank.model.send = () => { throw new Error("Cannot send"); };
    }""")
    first, second = grid_of(2).cells
    blank.push(cells=[first])
    cells = page.get_by_role("option")
    expect(cells).to_have_attribute("data-state", "failed")
    expect(cells).to_contain_text(re.compile("[a-z]"))
    page.evaluate("() => { blank.model.send = blank.send; }")
    blank.push(cells=[second, first])
    page.wait_for_function(
        "id => blank.sent.some(s => s.content.wanted?.some(w => w[0] === id))", arg=second["id"]
    )
    blank.push(columns=1)
    page.wait_for_function(
        "id => blank.sent.some(s => s.content.wanted?.some(w => w[0] === id))", arg=first["id"]
    )
    serve(blank)
    expect(page.locator(f"{CELLS}[data-state=there] img[src]")).to_have_count(2)
    page.evaluate("""() => {
        blank.model.send = () => { throw new Error("Cannot send"); };
    }""")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text(re.compile("[a-z]"))
    page.keyboard.press("Escape")
    expect(page.locator(f"{CELLS} img[src]")).to_have_count(2)


def test_cells_follow_what_is_made_and_what_fails(blank, axe):
    grid = grid_of(1)
    page = blank.mount(grid)
    cell = grid.cells[0]
    expect(page.locator(CELLS)).to_have_count(1)
    waiting = {"id": -1, "caption": "", "state": "waiting"}
    blank.push(cells=[cell, waiting])
    expect(page.get_by_role("status")).to_have_text("2 pictures · 1 being made")
    expect(page.get_by_role("option").nth(1)).to_have_attribute(
        "aria-label", "Picture 2, is being made"
    )
    page.wait_for_function("() => blank.sent.some(s => s.content.wanted.some(w => w[0] === -1))")
    page.get_by_role("option").nth(1).focus()
    failed = {**waiting, "state": "failed", "why": "<b>No credits</b> are left."}
    blank.push(cells=[cell, failed])
    expect(page.get_by_text("<b>No credits</b> are left.")).to_be_visible()
    page.keyboard.press("Enter")  # there is nothing to look at
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert axe(page, "main") == []
    blank.push(cells=[cell])
    expect(page.get_by_role("option").nth(0)).to_be_focused()
    blank.push(cells=[])
    expect(page.get_by_text("No pictures yet.")).to_be_visible()


FACTS = {
    "size": [1280, 720], "format": "JPEG", "bytes": 111_000, "prompt": "A <i>red</i> rocket",
    "title": "LIFT OFF", "preset": "bold", "seed": 7, "variation": 0, "engine": "compositor/1",
    "scores": {"legibility": 0.912}, "credits": 1, "time": None, "id": "r1", "video_id": None,
    "job_id": "j1", "run_id": 3,
    "report": [["title", "applied", "Set in Anton"], ["face_expression", "ignored", "No face"]],
}  # fmt: skip


def test_a_picture_is_looked_at_over_the_whole_page(blank, axe, screenshot):
    grid = ImageGrid([jpeg(n) for n in range(3)])
    page = blank.mount(grid)
    done: set = set()
    page.get_by_role("option").nth(1).focus()
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
    expect(dialog.get_by_role("status")).to_have_text("156 %")
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
    expect(page.get_by_role("option").nth(2)).to_be_focused()


def test_the_dialog_follows_what_the_grid_holds(blank):
    page = blank.mount(grid_of(3))
    _, second, third = blank.get("cells")
    page.get_by_role("option").nth(1).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("2 / 3")).to_be_visible()
    blank.push(cells=[second, {**third, "caption": "a sea"}])
    expect(dialog.get_by_text("1 / 2")).to_be_visible()
    dialog.get_by_role("group").press("ArrowRight")
    expect(dialog.get_by_text("2 / 2")).to_be_visible()
    expect(dialog.get_by_text("a sea")).to_be_visible()
    blank.push(cells=[second])
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("option").first).to_be_focused()


def test_a_download_that_fails_says_so_where_it_was_asked_for(blank):
    page = blank.mount(grid_of(2))
    page.get_by_role("option").first.click()
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


def test_a_double_click_zooms_where_it_is_made_and_not_where_it_opens(blank):
    page = blank.mount(grid_of(2))
    page.get_by_role("option").first.dblclick()
    level = page.get_by_role("dialog").get_by_role("status")
    expect(level).to_have_text("100 %")
    stage = page.get_by_role("dialog").get_by_role("group")
    stage.dblclick()
    expect(level).to_have_text("250 %")
    stage.dblclick()
    expect(level).to_have_text("100 %")


def test_two_fingers_zoom_and_one_pans(blank):
    page = blank.mount(grid_of(2))
    page.get_by_role("option").first.click()
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
    level = page.get_by_role("dialog").get_by_role("status")
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
    expect(page.get_by_label("Picture A", exact=True)).to_have_value(
        str(blank.get("cells")[2]["id"])
    )
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


@pytest.mark.parametrize("view", ["grid", "compare", "feed"])
def test_nothing_is_wider_than_a_narrow_notebook(blank, view):
    words = "a long name of many words " * 9
    page = blank.mount(
        grid_of(7, title=words, labels=[words] * 7, titles=["x" * 200], selected=[0, 1]),
        view=view,
        error="x" * 300,
    )
    page.set_viewport_size({"width": 600, "height": 900})
    expect(page.get_by_role("group", name="View")).to_be_visible()
    for wide in ("html", ".thumbnb-grid", ".thumbnb-feed" if view == "feed" else "main"):
        assert page.locator(wide).evaluate("el => el.scrollWidth - el.clientWidth") == 0


def test_nothing_is_left_behind(blank):
    grid = grid_of(30)
    page = blank.mount(grid)
    page.evaluate(COUNTED)
    blank.unmount()
    for _ in range(10):
        blank.render()
        page.evaluate("() => blank.sent.splice(0)")
        page.get_by_role("option").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_function("() => blank.sent.some(s => s.content.wanted)")
        serve(blank)
        blank.push(view="feed")
        page.wait_for_function(
            "() => blank.sent.some(s => s.content.wanted?.some(w => w[1] === 168))"
        )
        serve(blank)
        expect(page.locator("img[src]").first).to_be_attached()
        blank.unmount()
        blank.push(view="grid")
        assert blank.listeners == 0
        assert page.evaluate("made.size") == 0


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_in_a_notebook(notebook, app, axe, screenshot):
    """Pictures come from the kernel, keys stay in the grid, a file is saved."""
    nb = notebook(
        "import thumbnb as tb\nfrom PIL import Image\n"
        "grid = tb.ImageGrid([Image.new('RGB', (640, 360), c) for c in ('teal', 'navy', 'plum')],"
        " title='Three', labels=['Teal sea', 'Navy', 'Plum'])\ngrid",
        app=app,
    )
    page = nb.page
    expect(page.locator(f"{CELLS} img[src]")).to_have_count(3)
    natural = page.locator(f"{CELLS} img").first.evaluate("img => img.naturalWidth")
    shown = page.locator(f"{CELLS} img").first.evaluate("img => img.clientWidth")
    assert shown <= natural <= 1.5 * shown
    cells = page.locator(".jp-Cell").count()
    page.locator(CELLS).first.focus()
    press(page, "ArrowRight", "b", "d", "d", "s", " ", "Enter")
    expect(page.get_by_role("dialog")).to_contain_text("360 · PNG")
    press(page, "b", "ArrowRight")
    with page.expect_download() as saved:
        press(page, "d")
    assert saved.value.suggested_filename == "003-thumbnail.png"
    press(page, "Escape")
    nb.eventually("(grid.selected, grid.starred, grid.focused)", [[1], [1], 2])
    assert page.locator(".jp-Cell").count() == cells
    nb.do("grid.selected = []")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download all").click()
    assert saved.value.suggested_filename == "three.zip"
    assert axe(page, ".thumbnb-grid") == []
    screenshot(page, f"grid-{app}")
