"""What every test may use."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pathlib import Path

# The tests start hundreds of processes and kernels, and each would compile all that it imports
# (Docker images like to say so): it takes three times as long.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Each service of a test would otherwise draw common objects while it waits.
os.environ.setdefault("THUMBNB_DRAW_AHEAD", "off")

# How many examples a property is tried with, where its test says nothing else. A search that
# goes deeper: pytest --hypothesis-profile=thorough
settings.register_profile("quick", max_examples=30, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("quick")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the folders whose tests all need a browser, or kernels."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
        if "kernels" in item.path.parts or "kernel" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.kernel)


@pytest.fixture(scope="session", autouse=True)
def _interrupts() -> None:
    """A shell starts what runs in its background with interrupts ignored; tests press stop."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def sample_path() -> Path:
    """The sample video. Look at it only: whoever needs to change or move it copies it first."""
    from thumbnb.samples.video import sample_video

    return sample_video()
