"""``thumbnb demo`` as visitors see it, from the process to the page."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

import thumbnb as tb
from tests.browser.watch import Watch
from tests.service.tools import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

CREDITS = 7


def homes(folder: Path) -> list[Path]:
    return list(folder.glob("thumbnb-demo-*/*"))


@pytest.fixture
def owner(tmp_path) -> Iterator[tb.Client]:
    """Whoever runs the demonstration has a home with a person and a run in it."""
    client = tb.connect(embedded=True, home=tmp_path / "own", quiet=True)
    client.create_person("Somebody's face", images=tb.sample_portrait())
    client.generate("A red door", title="MINE")
    yield client
    client.close()


@pytest.fixture
def demo(owner, tmp_path) -> Iterator[str]:
    """The address of a demonstration; its temporary files are in ``tmp_path / "temporary"``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    command = ["demo", "--port", str(port), "--credits", str(CREDITS), "--no-browser"]
    process = subprocess.Popen(
        [sys.executable, "-m", "thumbnb", *command],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={
            **os.environ, "THUMBNB_HOME": str(tmp_path / "own"), "TMPDIR": str(temporary),
            "YOUTHUMB_API_KEY": "the-owners-own-key", "THUMBNB_CREDITS": "1000",
        },
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}/"
    until(lambda: process.poll() is not None or answers(port), "The demonstration")
    yield address
    process.terminate()
    process.wait(180)
    assert homes(temporary) == []


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def visit(browser: Browser, address: str) -> tuple[Page, Watch]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1200, "height": 900})
    context.set_default_timeout(180_000)  # a visitor's kernel starts
    watch = Watch(context)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("slider").first.wait_for()
    return page, watch


def test_visitors_share_nothing_and_nothing_is_spent_by_a_visit(
    browser, demo, owner, tmp_path, axe, screenshot
):
    runs, left = len(owner.runs()), owner.usage().credits
    first, first_watch = visit(browser, demo)
    screenshot(first, "demo")
    bar = first.locator(".thumbnb-services")
    expect(bar).to_contain_text(f"{CREDITS} credits")
    expect(bar).not_to_contain_text("hosted")

    # The page is the studio: no code, nothing that a cell happens to return.
    assert first.locator(".jp-InputArea-editor, .highlight").count() == 0
    assert "open_studio" not in first.content()
    outputs = first.locator(".jp-OutputArea-output:visible").all_inner_texts()
    assert not [text for text in outputs if text.startswith(("(", "<", "["))]
    assert axe(first, ".thumbnb-studio") == []

    first.get_by_role("textbox", name="Prompt").fill("A red kite over the sea")
    first.get_by_role("button", name="Generate").click()
    expect(first.locator(".thumbnb-grid-cell img")).to_have_count(1)
    expect(bar).to_contain_text(f"{CREDITS - 1} credits")

    second, second_watch = visit(browser, demo)
    expect(second.locator(".thumbnb-services")).to_contain_text(f"{CREDITS} credits")
    assert second.locator(".thumbnb-grid-cell img").count() == 0
    expect(second.get_by_role("textbox", name="Prompt")).to_have_value("")
    for page in (first, second):
        assert "Somebody's face" not in page.content()
        videos = page.get_by_role("combobox", name="Video").locator("option")
        assert videos.count() <= 2, "the sample video, and the way to another"
    assert (len(owner.runs()), owner.usage().credits) == (runs, left)

    # Who closes the page leaves nothing behind.
    before = set(homes(tmp_path / "temporary"))
    first.goto("about:blank")
    until(lambda: before - set(homes(tmp_path / "temporary")), "The end of a visit")
    for context, watch in ((first.context, first_watch), (second.context, second_watch)):
        assert watch.found() == []
        context.close()

    # No file is served, and no home can be asked for.
    for path in ("voila/files/studio.ipynb", "voila/files/visit.py", "api/contents", "tree"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(demo + path, timeout=60)
        with refused.value as answer:
            assert answer.code in {403, 404}, path
