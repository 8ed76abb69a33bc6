"""The duel in a browser: chosen by keys and by clicks, blind, in the feed, in notebooks."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.board_page import answer, asked
from tests.browser.grid_page import press
from tests.widgets.duel.test_duel import SmallDuel
from thumbnb.widgets.duel.duel_view import DuelView

IMAGE = ".thumbnb-duel-image"


def test_two_are_chosen_between_by_keys_and_by_clicks(blank, axe):
    view = DuelView(SmallDuel())
    page, done = blank.mount(view), set()
    left, right = page.get_by_role("button", name="image is better").all()
    expect(page.get_by_text("Calm")).to_have_count(0)  # it is blind
    page.wait_for_function("() => blank.sent.some(s => s.content.kind === 'copies')")
    answer(blank, view, done)
    expect(page.locator(f"{IMAGE} img[src]")).to_have_count(2)
    assert axe(page, "main") == []
    right.focus()
    press(page, "ArrowLeft", "ArrowLeft")  # the second comes before the next pair
    (first,) = asked(blank, "vote")
    ids = [view.cells[index]["id"] for index in (0, 1)]
    assert (first["outcome"], first["left"], first["right"]) == ("left", *ids)
    blank.send({"number": first["number"], "answer": None})
    blank.push(pair=[1, 2], votes=1)
    expect(page.get_by_role("status").first).to_have_text("1 vote")
    left.click()
    press(page, "u")
    last = asked(blank, "vote")[-1]
    assert (last["outcome"], last["left"]) == ("left", view.cells[1]["id"])
    blank.send({"number": last["number"], "error": "The disk is full."})
    expect(page.get_by_role("alert")).to_have_text(re.compile("The disk is full."))
    press(page, "ArrowDown")
    tie = asked(blank, "vote")[-1]
    assert tie["outcome"] == "tie"
    blank.send({"number": tie["number"], "answer": None})
    press(page, "u", "b")
    page.wait_for_function("() => blank.sent.some(s => s.content.kind === 'undo')")
    expect(page.get_by_text("mood: Excited")).to_be_visible()
    assert blank.get("blind") is False


def test_the_feed_shows_the_two_and_the_end_the_winner(blank, axe):
    duel = SmallDuel()
    view = DuelView(duel)
    page, done = blank.mount(view, "main { width: 300px }", mode="feed"), set()
    region = page.get_by_role("region", name="As a video site shows them")
    expect(region.locator("article")).to_have_count(8)
    assert "Calm" not in region.inner_text()
    one, other = (card.inner_text() for card in region.locator("[data-kind=home] article").all())
    assert one == other  # nothing but the images tells them apart
    duel.cast = ["left", "left", "tie"]
    state = view._read() | view._read_standings()
    blank.push(**state)
    expect(page.get_by_text("Clear after 3 choices.")).to_be_visible()
    expect(page.get_by_role("figure").first).to_contain_text("Winner mood: Excited")
    expect(page.get_by_role("button", name="Tie")).to_be_hidden()
    page.get_by_text("Standings").click()
    expect(page.get_by_role("listitem")).to_have_count(3)
    page.wait_for_function("() => blank.sent.some(s => s.content.kind === 'copies')")
    answer(blank, view, done)
    assert axe(page, "main") == []
    assert page.locator(".thumbnb-duel").evaluate("el => el.scrollWidth - el.clientWidth") <= 1
    blank.unmount()
    assert blank.listeners == 0


SWEEP = """
import thumbnb as tb
client = tb.connect(embedded=True, quiet=True)
run = tb.Sweep(client, prompt="A {red|blue|green} kite", title="UP").run()
"""
DUEL = "duel = run.duel(voter='ann', sure=0.999); duel"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("app", "theme", "width"), [("lab", "light", 1000), ("notebook", "dark", 420)]
)
def test_in_a_notebook(notebook, app, theme, width, axe, screenshot):
    """A duel shows itself and is judged by mouse, by keys and by Tab alone; votes are kept."""
    nb = notebook(SWEEP, DUEL, app=app, theme=theme, width=width)
    page, view = nb.page, nb.page.locator(".thumbnb-duel")
    left = view.get_by_role("button", name="Left image is better")
    count = view.get_by_role("status").first
    expect(page.locator(f"{IMAGE} img[src]")).to_have_count(2)
    cells = page.locator(".jp-Cell").count()
    left.click()
    expect(count).to_have_text("1 vote")
    left.focus()
    for key, votes in (("ArrowRight", 2), ("ArrowDown", 3), ("u", 2), ("b", 2)):
        press(page, key)
        expect(count).to_have_text(f"{votes} votes")
        nb.eventually("duel.votes", votes)
    expect(view.locator(".thumbnb-duel-caption").first).to_contain_text("prompt: ")
    for name in ("Right image is better", "\u2190 Left", "Tie"):
        press(page, "Tab")
        expect(view.get_by_role("button", name=name)).to_be_focused()
    press(page, "Enter")
    nb.eventually("[vote.outcome for vote in run.votes.all()]", ["left", "right", "tie"])
    assert page.locator(".jp-Cell").count() == cells  # the notebook took no key for its own
    assert axe(page, ".thumbnb-duel") == []
    assert view.evaluate("el => el.scrollWidth - el.clientWidth") <= 1
    screenshot(view, f"duel-{app}")
    nb.run_again(1)
    expect(count).to_have_text("3 votes")
    view.get_by_role("button", name="Feed").click()
    region = view.get_by_role("region", name="As a video site shows them")
    expect(region.locator("article img[src]").first).to_be_attached()
    assert axe(page, ".thumbnb-duel") == []
    assert view.evaluate("el => el.scrollWidth - el.clientWidth") <= 1
    screenshot(view, f"duel-{app}-feed")
