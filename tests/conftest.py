"""What every test may use."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import settings

TESTS = Path(__file__).parent

# The tests start hundreds of processes and kernels, and each would compile all that it imports
# (Docker images like to say so): it takes three times as long.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Each service of a test would otherwise draw common objects while it waits.
os.environ.setdefault("THUMBNB_DRAW_AHEAD", "off")

# On a busy machine what stands back for others waits for minutes, and tests wait for it.
os.environ.setdefault("THUMBNB_NICENESS", "0")

# How many examples a property is tried with, where its test says nothing else. A search that
# goes deeper: pytest --hypothesis-profile=thorough
settings.register_profile("quick", max_examples=30, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("quick")


# What is run while working: see CONTRIBUTING.md.
QUICK = "not browser and not kernel and not slow"


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Run all quick tests in two processes, unless the command says how many."""
    option = config.option
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    given = option.numprocesses is not None or option.usepdb or option.collectonly
    if (
        " ".join(option.markexpr.split()) == QUICK
        and whole
        and not given
        and not hasattr(config, "workerinput")  # one of the two
        and (os.cpu_count() or 1) > 1
    ):
        option.numprocesses, option.dist = 2, "loadgroup"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the folders whose tests all need a browser, or kernels.

    The tests of a folder are run by one process, as they share what their fixtures made.
    """
    for item in items:
        folders = item.path.parts[len(TESTS.parts) : -1]
        depth = 1 if folders[:1] == ("frames",) else None  # all of it looks at the same videos
        item.add_marker(pytest.mark.xdist_group("/".join(folders[:depth])))
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
