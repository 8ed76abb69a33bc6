"""What is set in the browser and what is clicked there reach Python in the order they were done."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

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
