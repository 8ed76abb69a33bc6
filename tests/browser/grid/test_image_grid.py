"""The grid in a browser: keys, asking for copies, what comes and fails, no leaks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.grid_page import CELLS, COUNTED, grid_of, press, serve, wanted


def test_the_keyboard_goes_in_two_dimensions_and_chooses(blank, axe):
    page = blank.mount(grid_of(11, columns=4, labels=["first"]))
    cells = page.get_by_role("listbox").get_by_role("option")
    expect(cells).to_have_count(11)
    for _ in range(12):  # over the views, the sorting, the filter and the download
        page.keyboard.press("Tab")
        if cells.nth(0).evaluate("el => el === document.activeElement"):
            break
    expect(cells.nth(0)).to_be_focused()
    press(page, "ArrowRight", "ArrowDown", "ArrowDown")
    expect(cells.nth(9)).to_be_focused()
    press(page, "ArrowDown", "ArrowRight", "ArrowRight")  # there is no more
    expect(cells.nth(10)).to_be_focused()
    press(page, "ArrowUp", "ArrowRight", "ArrowDown")  # the last row is shorter
    expect(cells.nth(10)).to_be_focused()
    press(page, "s", " ", "Home", " ")
    assert (blank.get("selected"), blank.get("starred"), blank.get("focused")) == ([10, 0], [10], 0)
    expect(cells.nth(0)).to_have_attribute("aria-label", "Image 1, first")
    expect(cells.nth(10)).to_have_attribute("aria-label", "Image 11, starred")
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
    page.get_by_role("listbox").get_by_role("option").nth(300).scroll_into_view_if_needed()
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
    cells = page.get_by_role("listbox").get_by_role("option")
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
    page.get_by_role("listbox").get_by_role("option").first.click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text(re.compile("[a-z]"))
    page.keyboard.press("Escape")
    expect(page.locator(f"{CELLS} img[src]")).to_have_count(2)


def test_cells_follow_what_is_made_and_what_fails(blank, axe):
    grid = grid_of(1)
    page = blank.mount(grid)
    cell = grid.cells[0]
    expect(page.locator(CELLS)).to_have_count(1)
    waiting = {"id": -1, "caption": "", "state": "waiting"}
    blank.push(cells=[cell, waiting], order=[0, 1])
    expect(page.get_by_role("status")).to_have_text("2 images · 1 being made")
    expect(page.get_by_role("listbox").get_by_role("option").nth(1)).to_have_attribute(
        "aria-label", "Image 2, is being made"
    )
    page.wait_for_function("() => blank.sent.some(s => s.content.wanted.some(w => w[0] === -1))")
    page.get_by_role("listbox").get_by_role("option").nth(1).focus()
    failed = {**waiting, "state": "failed", "error": "<b>No credits</b> are left."}
    blank.push(cells=[cell, failed], order=[0, 1])
    expect(page.get_by_text("<b>No credits</b> are left.")).to_be_visible()
    page.keyboard.press("Enter")  # there is nothing to look at
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert axe(page, "main") == []
    blank.push(cells=[cell], order=[0])
    expect(page.get_by_role("listbox").get_by_role("option").nth(0)).to_be_focused()
    blank.push(cells=[], order=[])
    expect(page.get_by_text("No images yet.")).to_be_visible()


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
        page.get_by_role("listbox").get_by_role("option").first.focus()
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
