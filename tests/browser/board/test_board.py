"""The board in a browser: its table by mouse and keyboard, its other views, in notebooks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.board_page import CELL, answer, asked, board_of
from tests.browser.grid_page import COUNTED, press
from tests.widgets.small_sweep import SmallRun


def test_the_keyboard_does_it_all(blank, axe):
    view = board_of()
    page = blank.mount(view)
    grid = page.get_by_role("grid", name="Cells by colour and mood")
    expect(grid.get_by_role("gridcell")).to_have_count(12)
    expect(grid.get_by_role("columnheader")).to_have_text(
        [re.compile("mood"), "Calm", "Excited", "Shocked"]
    )
    expect(grid.get_by_role("rowheader").nth(2)).to_have_text(re.compile("description of them$"))
    first = grid.get_by_role("gridcell", name="Calm · yellow · mrbeast-viral")
    first.focus()
    press(page, "ArrowRight", "ArrowDown", "ArrowDown", "End")
    focused = page.locator(":focus")
    expect(focused).to_have_attribute("aria-label", re.compile("^Shocked · red and white"))
    press(page, "ArrowRight", "PageDown", "ArrowDown")  # there is no more
    expect(focused).to_have_attribute("aria-label", re.compile("^Shocked · grey"))
    at = blank.get("focused")
    press(page, "4", "s", "x", " ")
    expect(focused).to_have_attribute("aria-label", re.compile("rated 4 of 5, starred, rejected"))
    assert blank.get("ratings") == {str(at): 4}
    assert (blank.get("starred"), blank.get("rejected"), blank.get("selected")) == (
        [at],
        [at],
        [at],
    )
    press(page, "0", "s", "x")
    assert (blank.get("ratings"), blank.get("starred"), blank.get("rejected")) == ({}, [], [])
    press(page, "n")
    page.keyboard.type("too dark")
    press(page, "Enter")
    assert blank.get("notes") == {str(at): "too dark"}
    expect(focused).to_have_attribute("role", "gridcell")
    press(page, "t")  # what was at the keyboard still is
    expect(page.get_by_role("grid", name="Cells by mood and colour")).to_be_visible()
    press(page, "]")
    assert blank.get("tabs")["preset"] == 1
    expect(page.get_by_role("tab", name="tech-review")).to_have_attribute("aria-selected", "true")
    press(page, "m", "+")
    assert len(asked(blank, "remix")) == 1
    assert blank.get("size") == 240
    press(page, "?")
    expect(page.get_by_text("compare it with the one selected, word by word")).to_be_visible()
    assert axe(page, "main") == []
    stops = grid.get_by_role("gridcell").evaluate_all("all => all.filter(e => !e.tabIndex).length")
    assert stops <= 1


def test_the_mouse_chooses_and_the_brief_follows_the_pointer(blank):
    view = board_of()
    page, done = blank.mount(view), set()
    cells = page.locator(CELL)
    cells.nth(0).click()
    cells.nth(0).locator("[data-rate='3']").click()
    cells.nth(1).hover()
    cells.nth(1).locator("[data-mark=starred]").click()
    one, other = (int(cells.nth(n).get_attribute("data-index")) for n in (0, 1))
    assert (blank.get("ratings"), blank.get("starred")) == ({str(one): 3}, [other])
    brief = page.get_by_role("complementary", name="Brief")
    cells.nth(2).hover()
    page.wait_for_function("() => blank.sent.filter(s => s.content.kind === 'brief').length >= 3")
    answer(blank, view, done)
    expect(brief.get_by_text("Shocked creator with a <b>yellow</b> background")).to_be_visible()
    page.get_by_role("status").first.hover()  # away from the table
    expect(brief.get_by_text("Excited creator with a <b>yellow</b> background")).to_be_visible()
    brief.get_by_role("button", name="Rate 5 of 5").click()
    assert blank.get("ratings")[str(other)] == 5
    page.get_by_role("combobox", name="Rows").select_option("preset")
    expect(page.get_by_role("rowheader")).to_have_text(["mrbeast-viral", "tech-review"])
    expect(page.get_by_role("tablist", name="colour")).to_be_visible()
    cells.nth(0).dblclick()
    expect(page.get_by_role("dialog")).to_be_visible()
    press(page, "Escape")
    expect(page.locator(":focus")).to_have_attribute("role", "gridcell")


def test_two_are_compared_word_by_word(blank, axe):
    view = board_of()
    page, done = blank.mount(view), set()
    cells = page.locator(CELL)
    cells.nth(0).focus()
    press(page, " ", "ArrowDown", "c")
    page.wait_for_function("() => blank.sent.some(s => s.content.kind === 'difference')")
    answer(blank, view, done)
    difference = page.get_by_role("region", name="Difference of the briefs")
    expect(difference.locator("del")).to_have_text(["<b>yellow</b>"])
    expect(difference.locator("ins")).to_have_text(["<b>blue</b>"])
    expect(difference.get_by_text("The same in both: title, background blur")).to_be_visible()
    assert axe(page, "main") == []
    press(page, "Escape")
    expect(page.locator(":focus")).to_have_attribute("role", "gridcell")


def test_cells_fill_fail_and_are_retried(blank, axe):
    run = SmallRun({"mood": ("Calm", "Excited"), "colour": ("yellow", "blue")})
    view = board_of(run, finished=False)
    page = blank.mount(view)
    cells = page.get_by_role("gridcell")
    expect(cells.nth(0)).to_have_attribute("aria-label", "Calm · yellow, waits")
    cells.nth(0).focus()
    states = list(view.cells)
    states[0] = {**states[0], "progress": "running"}
    words = {"state": "failed", "progress": "failed", "error": "<b>Too busy</b>, try again."}
    states[1] = {**states[1], **words}
    progress = {**view.progress, "failed": 1, "words": "0 of 4 made · 1 failed"}
    blank.push(cells=states, progress=progress)
    expect(cells.nth(0)).to_be_focused()
    expect(page.get_by_text("<b>Too busy</b>, try again.")).to_be_visible()
    press(page, "1", "s", "Enter")  # there is nothing to choose, or to look at
    assert (blank.get("ratings"), blank.get("starred")) == ({}, [])
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Retry Calm · blue").or_(
        page.get_by_role("button", name="Retry Excited · yellow")
    ).click()
    press(page, "r")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Stop").click()
    actions = [each["action"] for each in asked(blank, "control")]
    assert actions == ["retry", "retry", "pause", "stop"]
    blank.push(progress={**progress, "state": "stopped", "problem": "No <i>credits</i> are left."})
    expect(page.get_by_role("alert").first).to_have_text("No <i>credits</i> are left.")
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    assert axe(page, "main") == []


def test_the_list_is_sorted_and_keys_mean_the_cell_that_is_seen(blank):
    view = board_of()
    page = blank.mount(view, mode="list", order=[5, 2, 9])
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_count(3)
    options.nth(1).focus()
    press(page, "s", " ", "3", "ArrowRight", "5")
    assert (blank.get("starred"), blank.get("selected"), blank.get("focused")) == ([2], [2], 9)
    assert blank.get("ratings") == {"2": 3, "9": 5}
    expect(options.nth(1)).to_have_attribute("aria-label", re.compile("★★★☆☆.*starred"))
    blank.push(order=[9, 5])
    expect(options).to_have_count(2)
    expect(options.nth(0)).to_be_focused()
    page.get_by_role("combobox", name="Show").select_option("rated4")
    assert blank.get("show") == "rated4"
    blank.push(order=[])
    expect(page.get_by_text("No cell is of this kind.")).to_be_visible()


def test_labels_stay_in_sight_and_are_never_cut(blank):
    view = board_of(SmallRun({"mood": ["word " * 30 + str(n) for n in range(12)], "n": "abcdefgh"}))
    page = blank.mount(view)
    page.set_viewport_size({"width": 900, "height": 700})
    table = page.locator(".thumbnb-table")
    table.evaluate("el => el.scrollTo(400, 900)")
    head = page.get_by_role("columnheader").last
    rows = page.get_by_role("rowheader")
    box = table.bounding_box()
    assert head.bounding_box()["y"] <= box["y"] + 2
    assert all(each.bounding_box()["x"] <= box["x"] + 2 for each in rows.all()[4:7])
    cut = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).length"
    assert page.locator(".thumbnb-table-label").evaluate_all(cut) == 0


@pytest.mark.parametrize("mode", ["table", "list", "compare", "feed"])
def test_nothing_is_wider_than_a_narrow_column(blank, mode):
    page = blank.mount(board_of(), "main { width: 300px }", mode=mode, error="x" * 300)
    expect(page.get_by_role("group", name="View")).to_be_visible()
    assert page.locator(".thumbnb-board").evaluate("el => el.scrollWidth - el.clientWidth") <= 1


def test_nothing_is_left_behind(blank):
    view = board_of()
    page, done = blank.mount(view), set()
    page.evaluate(COUNTED)
    blank.unmount()
    for mode in ("table", "list", "compare", "feed"):
        blank.push(mode=mode)
        blank.render()
        page.wait_for_function("n => blank.sent.length > n", arg=len(done))
        answer(blank, view, done)
        expect(page.locator("img[src]").first).to_be_attached()
        blank.unmount()
        assert blank.listeners == 0
        assert page.evaluate("made.size") == 0


SWEEP = """
import thumbnb as tb
client = tb.connect(embedded=True, quiet=True)
sweep = tb.Sweep(client, prompt="{Calm|Excited} creator with a {yellow|blue} background",
                 title="MY FIRST $1000")
run = sweep.start()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("app", "theme", "width"), [("lab", "light", 1000), ("notebook", "dark", 420)]
)
def test_in_a_notebook(notebook, app, theme, width, axe, screenshot):
    """A run shows itself, fills, keeps choices in the ledger and its place, and is remixed."""
    nb = notebook(SWEEP, "run", app=app, theme=theme, width=width)
    page = nb.page
    expect(page.locator(f"{CELL}[data-state=there] img[src]")).to_have_count(4, timeout=120_000)
    expect(page.get_by_role("status").first).to_contain_text("All 4 made")
    cells = page.locator(".jp-Cell").count()
    page.locator(CELL).first.focus()
    press(page, "ArrowRight", "b", "d", "d", "4", "s", "n")
    page.keyboard.type("her look")
    press(page, "Enter")
    nb.eventually(
        "[run.choices.get(c.id).rating for c in run.cells if run.choices.get(c.id).starred]", [4]
    )
    nb.eventually(
        "[run.choices.get(c.id).note for c in run.cells if run.choices.get(c.id).note]",
        ["her look"],
    )
    assert page.locator(".jp-Cell").count() == cells
    expect(page.get_by_role("complementary", name="Brief")).to_contain_text("background")
    assert axe(page, ".thumbnb-sweep-board") == []
    board = page.locator(".thumbnb-board").first
    assert board.evaluate("el => el.scrollWidth - el.clientWidth") <= 1
    screenshot(page, f"board-{app}")
    page.get_by_role("button", name="Swap rows and columns").click()
    name = page.get_by_role("grid").get_attribute("aria-label")
    nb.run_again(0)  # another run of the same sweep, made of the ledger
    nb.run_again(1)
    expect(page.locator(f"{CELL} img[src]")).to_have_count(4)
    expect(page.get_by_role("status").first).to_contain_text("4 from the ledger, free")
    expect(page.get_by_role("grid")).to_have_attribute("aria-label", name)
    expect(page.locator(f"{CELL}[data-starred]")).to_have_count(1)
    page.locator(f"{CELL}[data-starred]").focus()
    press(page, "m")
    prompt = page.get_by_role("textbox", name="Prompt", exact=True)
    expect(prompt).to_have_value(re.compile("creator with a"))
    # The page goes to the form that was filled, and so does the keyboard.
    expect(prompt).to_be_focused()
    expect(prompt).to_be_in_viewport()
