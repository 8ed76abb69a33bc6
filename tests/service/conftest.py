"""One service a module where tests only add to it, a fresh one where they count."""

from __future__ import annotations

import threading

import pytest

from tests.service.tools import ServiceHarness, write_video
from tests.service.youthumb_harness import YouThumbHarness
from thumbnb import render
from thumbnb.service.tasks import generation_task


@pytest.fixture(scope="module", autouse=True)
def _threads():
    """These tests hold tasks back and break them from inside, which needs them in this process.

    What worker processes do is tested beside them (``test_worker_*``), and by all other tests
    that reach the embedded service.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THUMBNB_WORKERS", "threads")
        yield


@pytest.fixture(scope="session")
def talk(tmp_path_factory) -> bytes:
    """A video of 40 numbered frames, 4 seconds."""
    return write_video(tmp_path_factory.mktemp("talk") / "talk.mp4").read_bytes()


@pytest.fixture(scope="module")
def harness(tmp_path_factory):
    harness = ServiceHarness(tmp_path_factory.mktemp("home"))
    yield harness
    harness.close()


@pytest.fixture(scope="module")
def video(harness, talk):
    return harness.upload(talk)


@pytest.fixture
def fresh(tmp_path):
    harness = ServiceHarness(tmp_path / "home")
    yield harness
    harness.close()


@pytest.fixture
def small(monkeypatch):
    """Generated pictures a quarter as large: these tests are not about how they look."""
    monkeypatch.setattr(generation_task, "SIZE", (640, 360))


@pytest.fixture
def youthumb(tmp_path, small):
    youthumb = YouThumbHarness(tmp_path / "home")
    yield youthumb
    youthumb.close()


@pytest.fixture(scope="module")
def shared_youthumb(tmp_path_factory):
    """A service nothing is painted at."""
    youthumb = YouThumbHarness(tmp_path_factory.mktemp("shared_youthumb"))
    yield youthumb
    youthumb.close()


@pytest.fixture
def gate(monkeypatch):
    """Holds every painting back until it is opened."""
    opened = threading.Event()
    compose = render.compose

    def held(*args, **options):
        assert opened.wait(180), "The gate was never opened"
        return compose(*args, **options)

    monkeypatch.setattr(render, "compose", held)
    yield opened
    opened.set()
