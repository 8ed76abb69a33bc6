"""What is set in the browser and what is clicked there reach Python in the order they were done."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from thumbnb.widgets.controls.buttons.button import Button
from thumbnb.widgets.controls.text_field import TextField

FORM = """
import pathlib, time
import thumbnb as tb
client = tb.connect(embedded=True, quiet=True)
form = tb.PromptForm(client, prompt="A yellow door")
def wait(change):
    while not pathlib.Path({go!r}).exists():
        time.sleep(0.01)
form
"""


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_a_click_is_of_the_form_as_it_was_seen(notebook, app, tmp_path):
    """gh:jupyter-widgets/ipywidgets: changes of a busy widget wait, clicks on others don't."""
    go = tmp_path / "go"
    nb = notebook(FORM.replace("{go!r}", repr(str(go))), app=app, width=1000)
    page = nb.page
    variations = page.get_by_role("group", name="Variations")
    variations.get_by_role("button", name="3").click()
    nb.eventually("form.options.options.variations", 3)
    # Whatever comes now is held back by the first change, until the test lets it go on.
    nb.do("form.options.observe(wait, 'options')")
    variations.get_by_role("button", name="4").click()
    prompt = page.get_by_role("textbox", name="Prompt", exact=True)
    prompt.fill("A green door")
    variations.get_by_role("button", name="2").click()
    prompt.press_sequentially(" in a wall")
    start = page.get_by_role("button", name="Generate")
    expect(start).to_be_enabled()
    start.click()
    go.touch()
    nb.eventually("form.job is not None and form.job.done()")
    assert nb.value("len(form.job.result())") == 2
    assert nb.value("form.project.prompt") == "A green door in a wall"
    expect(page.get_by_role("button", name="Generate 2 · 2 credits")).to_be_enabled()
    expect(prompt).to_have_value("A green door in a wall")
    expect(variations.locator("[aria-pressed=true]")).to_have_text("2")


def pressed(blank, page):
    """Press a button beside what is there; what was sent."""
    if page.get_by_role("button", name="Go").count() == 0:
        blank.mount(Button, description="Go", disabled=False)
    page.get_by_role("button", name="Go").click()
    return blank.sent[-1]["content"]


@pytest.fixture
def changed(blank):
    """A page in which a text was changed."""
    page = blank.mount(TextField, label="Title", value="", error="")
    page.get_by_role("textbox").fill("A")
    return page


def test_a_press_waits_for_what_was_set_before(blank, changed):
    assert list(pressed(blank, changed)["after"].values()) == [1]


def test_a_press_waits_for_no_widget_that_was_closed(blank, changed):
    changed.evaluate("blank.destroy()")
    assert pressed(blank, changed)["after"] == {}


@pytest.mark.parametrize("layout", [
    "{comm_live: false}",
    "{comm_live: true, widget_manager: {has_model: () => false}}",
])  # fmt: skip
def test_a_press_waits_for_no_widget_that_the_page_lost(blank, changed, layout):
    """A kernel that was restarted, and all widgets closed at once."""
    changed.evaluate(f"blank.model.set('layout', {layout})")
    assert pressed(blank, changed)["after"] == {}


def test_a_press_that_waited_in_vain_can_be_pressed_again(blank, changed):
    asked = pressed(blank, changed)
    blank.send({"number": asked["number"], "error": "The kernel is busy."})
    expect(changed.get_by_role("alert").last).to_contain_text("The kernel is busy.")
    assert pressed(blank, changed)["after"] == {}
