"""A kernel that is restarted behind the page's back, and a notebook that is opened again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.notebooks import ADDRESS

BUTTON = """
from thumbnb.widgets.controls.buttons.button import Button
Button("Generate", print, disabled=True)"""
GRID = """
import thumbnb as tb
from PIL import Image
grid = tb.ImageGrid([Image.new("RGB", (640, 360), "teal")])
grid"""


@pytest.mark.slow
def test_a_lost_kernel_is_shown_and_the_images_stay(notebook, lab, screenshot):
    nb = notebook(GRID, BUTTON, fresh=True)
    nb.watch.allow("widget model not found", "404", "kernel")
    download = nb.page.get_by_role("button", name="Download all")
    expect(download).to_be_visible()
    lab.ask("POST", f"kernels/{nb.kernel_id}/restart")
    download.click()
    # What would enable this one was lost with the kernel.
    nb.page.get_by_role("button", name="Generate").dispatch_event("click")
    expect(nb.page.get_by_text("run the cell again")).to_have_count(2)
    expect(download).to_be_enabled()

    nb.save()
    lab.ask("DELETE", f"kernels/{nb.kernel_id}")
    nb.page.goto("about:blank")
    nb.page.goto(lab.url + ADDRESS["lab"].format(nb.path.name, ""))
    gone = nb.page.get_by_text("Error displaying widget: model not found")
    expect(gone).to_have_count(2)
    for each in gone.all():
        expect(each).to_be_hidden()
    expect(nb.page.locator(".jp-RenderedImage img")).to_be_visible()
    expect(nb.page.get_by_text("<Button description=")).to_be_visible()
    screenshot(nb.page, "opened-again")
    nb.forget_kernel()
