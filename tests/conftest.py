"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def sample_path(request: pytest.FixtureRequest) -> Path:
    """The sample video, painted once and kept from run to run (until its code changes).

    Look at it only: whoever needs to change or move it copies it first.
    """
    from thumbnb.frames.sample import sample_video

    return sample_video(Path(request.config.cache.mkdir("sample")))
