"""Finds a Chromium that starts, or installs one with the libraries it needs."""

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

# The shell is Chromium without a window: a page takes it a third less of the processor.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
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
# Without a font a page has no text to measure; Chromium's package brings none.
PACKAGES = ("chromium-headless-shell", "fonts-dejavu-core")
INSTALL_TIMEOUT = 900


def launch(playwright: Playwright) -> Browser:
    """Start the first Chromium that can be started; install one where there is none."""
    failures = []
    for path in _candidates(playwright):
        try:
            return playwright.chromium.launch(
                executable_path=path, args=[*ARGUMENTS, *(["--no-sandbox"] if _is_root() else [])]
            )
        except Error as error:
            failures.append(f"{path}: {error.message}")
    raise RuntimeError(
        "The browser tests need Chromium. Install it (Debian: apt-get install chromium, "
        "elsewhere: python -m playwright install --with-deps chromium).\n" + "\n".join(failures)
    )


def _candidates(playwright: Playwright) -> Iterator[str]:
    """Yield paths to try: what is there, the system's package, then playwright's own."""
    known = _installed()
    yield from known
    # Debian has a package; Ubuntu's is a snap, which starts in no container.
    if _is_root() and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
        if _run(["apt-get", "update", "-qq"], quiet) and _run(install, quiet):
            yield from (path for path in _installed() if path not in known)
    # Its libraries are packages of the system, which only root may install.
    with_libraries = ["--with-deps"] if _is_root() and sys.platform == "linux" else []
    _run([sys.executable, "-m", "playwright", "install", *with_libraries, "chromium"])
    yield playwright.chromium.executable_path


def _installed() -> list[str]:
    return [path for path in map(shutil.which, NAMES) if path]


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run(command: list[str], env: dict[str, str] | None = None) -> bool:
    """Run a command; return whether it did its work."""
    try:
        done = subprocess.run(command, env=env, check=False, timeout=INSTALL_TIMEOUT)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
