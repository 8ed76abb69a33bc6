"""The whole way in the studio, in a real notebook."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

SETUP = """
import thumbnb as tb
client = tb.connect(quiet=True)
video = client.upload(tb.sample_video())
"""


@pytest.mark.parametrize(("theme", "width"), [("light", 1300), ("dark", 600)])
def test_from_a_video_to_pictures(notebook, axe, screenshot, theme, width):
    nb = notebook(
        SETUP, "studio = tb.Studio(client, video=video)\nstudio", theme=theme, width=width
    )
    page = nb.page
    screenshot(page, f"studio-{theme}-0")
    slider = page.get_by_role("slider").first
    expect(slider).to_be_visible()
    screenshot(page, f"studio-{theme}-1")
    nb.do("studio.slider.value = 5.0")
    nb.do("job = studio.slider.use_frame(width=1280, height=720)")
    nb.eventually("len(studio.form.content_images)", 1)
    nb.do("studio.form.prompt = 'Astronaut next to @image1, deep space'")
    nb.do("studio.form.title = 'I LEFT EARTH'")
    nb.do("studio.form.options.options = tb.AdvancedOptions(variations=4)")
    page.get_by_role("button", name="Generate 4").click()
    nb.eventually("studio.grid and len(studio.grid.items)", 4, timeout=60)
    nb.eventually("studio.progress.state", "done", timeout=60)
    expect(page.get_by_role("option")).not_to_have_count(0)
    while (button := page.get_by_role("button", name="Show code").first).is_visible():
        button.click()
    expect(page.locator("code").first).to_contain_text("import thumbnb as tb")
    expect(page.locator(".thumbnb-grid img, .thumbnb-grid canvas").first).to_be_visible()
    screenshot(page, f"studio-{theme}-2")
    narrow = page.locator(".thumbnb-studio").evaluate("el => el.scrollWidth <= el.clientWidth")
    assert narrow
    assert axe(page, ".thumbnb-studio") == []


@pytest.mark.parametrize("app", ["notebook", "voila"])
def test_it_works_in_other_front_ends_too(notebook, screenshot, app):
    nb = notebook(SETUP, "studio = tb.Studio(client, video=video)\nstudio", app=app, width=1300)
    page = nb.page
    track = page.get_by_role("slider").first
    track.press("End")
    nb.eventually("studio.slider.value > 20")
    page.get_by_role("button", name="Use this frame").click()
    prompt = page.get_by_role("textbox", name="Prompt")
    expect(prompt).to_have_value("@image1")
    prompt.fill("A red door beside @image1")
    page.get_by_role("button", name="Generate").click()
    nb.eventually("studio.progress.state", "done", timeout=60)
    expect(page.locator(".thumbnb-grid-cell img")).to_have_count(1)
    screenshot(page, f"studio-{app}")


def test_run_again_it_is_as_it_was_and_its_deleted_cell_stops_nothing(notebook):
    nb = notebook(SETUP, "studio = tb.Studio(client, video=video)\nstudio")
    page = nb.page
    page.get_by_role("textbox", name="Prompt").fill("A red door")
    nb.eventually("studio.form.prompt", "A red door")
    page.get_by_role("button", name="Generate").click()
    nb.eventually("studio.form.job is not None", timeout=60)
    nb.show("tb.Studio(client)")  # its cell is gone, and in another it is there again
    expect(page.get_by_role("textbox", name="Prompt")).to_have_value("A red door")
    nb.eventually("studio.progress.state", "done", timeout=60)
    expect(page.locator(".thumbnb-grid-cell img")).to_have_count(1)
