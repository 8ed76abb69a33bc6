"""Small clips, a fresh home, and executors that work in this process."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.service.tools import write_video
from tests.tuning.conftest import client, kernels, state

__all__ = ["client", "kernels", "state"]


@pytest.fixture(scope="session")
def clips(tmp_path_factory):
    """Three clips of a second. Look at them only: whoever changes one copies the folder."""
    folder = tmp_path_factory.mktemp("clips")
    for number, name in enumerate(("First Clip", "second", "third")):
        write_video(folder / f"{name}.mp4", count=10, size=(64, 36), seed=number)
    return folder


@pytest.fixture
def videos(clips, tmp_path, monkeypatch):
    """A folder of clips of one's own, below the current one, and a home."""
    monkeypatch.setenv("THUMBNB_HOME", str(tmp_path / "home"))
    shutil.copytree(clips, tmp_path / "videos")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "videos"


class CountingExecutor(ThreadPoolExecutor):
    """Counts what it is given."""

    def __init__(self) -> None:
        super().__init__(2)
        self.given: list[str] = []

    def submit(self, function, /, task):
        self.given.append(task["video"])
        return super().submit(function, task)


@pytest.fixture
def executor():
    with CountingExecutor() as made:
        yield made
