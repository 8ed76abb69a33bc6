"""What every test may use."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pathlib import Path

# How many examples a property is tried with, where its test says nothing else. A search that
# goes deeper: pytest --hypothesis-profile=thorough
settings.register_profile("quick", max_examples=50, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("quick")


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in this hook, too
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file in one process, and those that share what is costly to make.

    These are one JupyterLab with a browser, and the older ipykernels. A folder whose tests all
    need a browser or kernels marks them by itself.
    """
    for item in items:
        parts = item.path.parts
        group = next((name for name in ("browser", "kernels") if name in parts), str(item.path))
        if group == "browser":
            item.add_marker(pytest.mark.browser)
        if group == "kernels" or "kernel" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.kernel)
        item.add_marker(pytest.mark.xdist_group(group))


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
