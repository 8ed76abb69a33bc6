"""What Binder does with this checkout, where repo2docker cannot run: each of its steps, in order.

An environment of its own from exactly the files of ``binder/``, ``postBuild`` run, JupyterLab
started, and what the badges name opened in a browser, without a key and without a network.
"""

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
README = (ROOT / "README.md").read_text(encoding="utf-8")
LAB, VOILA = re.findall(r"mybinder\.org/v2/gh/[^)\s]*[?&]urlpath=([^)\s&]+)", README)
HIDDEN = (
    "PYTHONPATH", "PYTHONWARNINGS", "JUPYTER_PATH", "JUPYTER_CONFIG_PATH", "UV_PYTHON",
    "UV_PROJECT_ENVIRONMENT", "VIDEO_DB_API_KEY", "YOUTHUMB_API_KEY", "THUMBNB_HOME",
)  # fmt: skip
WALL = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
ERRORS = "[data-mime-type='application/vnd.jupyter.error']"


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    """The variables of an environment from the files of ``binder/``, with ``postBuild`` run."""
    uv, place = shutil.which("uv"), tmp_path / "venv"
    assert uv, "pip install uv"
    version = (ROOT / "binder/runtime.txt").read_text().strip().removeprefix("python-")
    find = [uv, "python", "find", "--no-project", "--no-python-downloads", version]
    named = subprocess.run(find, capture_output=True, text=True, check=False).stdout.strip()
    clean = {name: value for name, value in os.environ.items() if name not in HIDDEN}
    cache = subprocess.check_output([uv, "cache", "dir"], text=True).strip()
    found = clean | {
        "VIRTUAL_ENV": str(place), "UV_CACHE_DIR": cache,
        "PATH": f"{place / 'bin'}{os.pathsep}{clean['PATH']}", "HOME": str(tmp_path / "home"),
    }  # fmt: skip
    install = [uv, "pip", "install", "-q", "--refresh-package", "thumbnb"]
    for command in (
        [uv, "venv", "-q", "--python", named or sys.executable, str(place)],
        [*install, "-r", "binder/requirements.txt"],
        ["binder/postBuild"],
    ):
        done = subprocess.run(
            command, cwd=ROOT, env=found, capture_output=True, text=True, timeout=600, check=False
        )
        assert done.returncode == 0, (command, done.stderr)
    return found | WALL | {"NO_PROXY": "127.0.0.1,localhost"}


@pytest.fixture
def address(environment, tmp_path):
    """The address of the server that Binder starts, in a copy of what the badges name."""
    checkout = tmp_path / "checkout"
    for folder in ("notebooks", "thumbnb/demo"):
        shutil.copytree(ROOT / folder, checkout / folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (tmp_path / "log").open("w")
    command = ["jupyter-lab", "--no-browser", "--allow-root", f"--port={port}"]
    process = subprocess.Popen(
        [*command, "--IdentityProvider.token=", "--LabApp.news_url=None"],
        cwd=checkout, env=environment, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip

    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    until(lambda: process.poll() is not None or answers(), "JupyterLab")
    yield f"http://127.0.0.1:{port}/"
    process.terminate()
    process.wait(60)
    log.close()


@pytest.mark.slow
def test_the_tour_runs_to_its_end_and_the_studio_is_a_page(browser, address):
    context = browser.new_context(locale="en-GB", viewport={"width": 1200, "height": 900})
    context.set_default_timeout(120_000)
    watch = Watch(context)
    page = context.new_page()
    page.goto(address + LAB)
    page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()
    run_all = page.get_by_role("menuitem", name="Run All Cells", exact=True)

    def is_menu_open() -> bool:
        if not run_all.is_visible():  # what JupyterLab still loads closes it again
            page.get_by_role("menuitem", name="Run", exact=True).click()
        return run_all.is_visible()

    until(is_menu_open, "The menu")
    run_all.click()
    expect(page.get_by_text("thumbnail.psd").last).to_be_visible(timeout=300_000)
    assert page.locator(ERRORS).all_inner_texts() == []

    page.goto(address + VOILA)
    page.locator(".thumbnb-studio").wait_for()
    assert "open_studio" not in page.content(), "the page is the studio, and no code"
    assert [fault for fault in watch.faults if fault.startswith("page error")] == []
    context.close()
