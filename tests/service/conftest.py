"""One service a module where tests only add to it, a fresh one where they count."""

from __future__ import annotations

import pytest

from tests.service.tools import Desk, write_video


@pytest.fixture(scope="session")
def talk(tmp_path_factory) -> bytes:
    """A video of 40 numbered frames, 4 seconds."""
    return write_video(tmp_path_factory.mktemp("talk") / "talk.mp4").read_bytes()


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("home"))
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def video(desk, talk):
    return desk.upload(talk)


@pytest.fixture
def fresh(tmp_path):
    desk = Desk(tmp_path / "home")
    yield desk
    desk.close()
