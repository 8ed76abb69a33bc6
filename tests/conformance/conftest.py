"""Real ``thumbnb serve`` processes on the loopback, and a video to send to them."""

from __future__ import annotations

import pytest

from tests.service.tools import Server, write_video


@pytest.fixture(scope="session")
def talk_path(tmp_path_factory):
    """A video of 40 numbered frames, 4 seconds."""
    return write_video(tmp_path_factory.mktemp("conformance") / "talk.mp4")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("served"), "--allow-private-urls") as server:
        yield server
