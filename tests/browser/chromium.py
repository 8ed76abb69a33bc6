"""Finds a Chromium that starts, or installs one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from playwright.sync_api import Error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    # Nothing leaves this machine, whichever part of the browser would like it to.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def launch(playwright: Playwright) -> Browser:
    """Start the first Chromium that can be started."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    failures = []
    for path in _candidates(playwright):
        try:
            return playwright.chromium.launch(
                executable_path=path, args=[*ARGUMENTS, *(["--no-sandbox"] if root else [])]
            )
        except Error as error:
            failures.append(f"{path}: {error.message}")
    raise RuntimeError(
        "The browser tests need Chromium. Install it (Debian: apt-get install chromium, "
        "elsewhere: python -m playwright install --with-deps chromium).\n" + "\n".join(failures)
    )


def _candidates(playwright: Playwright) -> Iterator[str]:
    yield from filter(None, map(shutil.which, NAMES))
    own = playwright.chromium.executable_path
    if not os.path.exists(own):  # noqa: PTH110 - playwright gives a string
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    yield own
