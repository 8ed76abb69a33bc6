"""The widgets in marimo's own server: those that are made of others, above all."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.watch import Watch
from tests.service.tools import until

ROOT = Path(__file__).parents[3]
NOTEBOOK = ROOT / "notebooks/marimo_tour.py"
END = 'if __name__ == "__main__":'
SECRET = "yt-4f1c9-nowhere-to-be-found-77"
KEY_CELL = f"""
@app.cell
def _(tb):
    field = tb.KeyField("YouThumb")
    field
    return (field,)


{END}"""


@pytest.fixture
def address(tmp_path):
    """The notebook, and a field for a key, as an application in marimo's own server."""
    path = Path(shutil.copy(NOTEBOOK, tmp_path))
    path.write_text(path.read_text().replace(END, KEY_CELL))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        "-y",
        "run",
        "--no-sandbox",
        "--headless",
        "--no-token",
        "--port",
        str(port),
        str(path),
    ]
    hidden = ("YOUTHUMB_API_KEY", "VIDEO_DB_API_KEY", "PYTHONWARNINGS")
    log = (tmp_path / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "marimo", *command], cwd=tmp_path,
        stdout=log, stderr=subprocess.STDOUT,
        env={
            **{name: value for name, value in os.environ.items() if name not in hidden},
            "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "PYTHONPATH": str(ROOT),
            "THUMBNB_HOME": str(tmp_path / "home"), "THUMBNB_WORKERS": "threads",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",  # never the tester's own
        },
    )  # fmt: skip

    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    until(lambda: process.poll() is not None or answers(), "marimo's server")
    yield f"http://127.0.0.1:{port}/"
    process.terminate()
    process.wait(60)
    log.close()


@pytest.mark.slow
def test_every_widget_works(browser, address, screenshot):
    context = browser.new_context(locale="en-GB", viewport={"width": 1200, "height": 900})
    context.set_default_timeout(180_000)
    watch = Watch(context)
    page = context.new_page()
    page.goto(address)

    studio = page.locator(".thumbnb-studio")
    studio.get_by_role("textbox", name="Prompt").fill("A red kite over the sea")
    studio.get_by_role("textbox", name="Title").fill("FLY")
    studio.get_by_role("button", name="Advanced options").click()
    expect(studio.get_by_text("Background blur").first).to_be_visible()
    studio.get_by_role("button", name="Advanced options").click()
    expect(studio.get_by_text("Background blur").first).to_be_hidden()
    studio.get_by_role("button", name="Generate").click()
    expect(studio.locator(".thumbnb-grid-cell img")).to_have_count(1)

    board = page.locator(".thumbnb-sweep-board")
    cell = board.get_by_role("listbox", name="Cells").get_by_role("option").first
    cell.press("s")
    expect(cell).to_have_attribute("aria-label", re.compile("starred"))

    duel = page.locator(".thumbnb-duel")
    duel.get_by_role("button", name="Tie").click()
    expect(duel.get_by_text("1 vote")).to_be_visible()

    slider = page.get_by_role("slider").first
    expect(slider).to_have_attribute("aria-valuetext", "0:05.00")
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "0:00.00")

    field = page.get_by_label("Key of YouThumb")
    field.fill(SECRET)
    field.press("Enter")
    expect(page.locator(".thumbnb-key [role=status]")).to_have_text("The key is there.")
    expect(page.locator(".thumbnb-key button", has_text="Replace")).to_have_count(1)
    assert SECRET not in page.content()
    assert page.locator(".thumbnb-error:visible").count() == 0
    screenshot(page, "marimo")
    assert watch.found() == []
    context.close()
