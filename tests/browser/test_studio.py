"""The whole way in the studio, in a real notebook."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

SETUP = """
import thumbnb as tb
client = tb.connect(quiet=True)
video = client.upload(tb.sample_video())
"""


@pytest.mark.parametrize(("theme", "width"), [("light", 1300), ("dark", 640)])
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
    assert axe(page, ".thumbnb-studio") == []
