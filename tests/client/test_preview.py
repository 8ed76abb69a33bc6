"""A look at a frame: of the embedded service exact and free, of a hosted one refused."""

from __future__ import annotations

import pytest

import thumbnb as tb
from tests.service.tools import SIZE, frame_number, write_video
from thumbnb import errors


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """A video of 40 numbered frames, 4 seconds, at the embedded service."""
    folder = tmp_path_factory.mktemp("preview")
    with tb.connect(embedded=True, home=folder / "home") as client:
        yield client.upload(write_video(folder / "film.mp4"))


def test_a_preview_is_the_frame_with_its_true_time(film):
    shown = film.preview(time=1.25, width=96)
    assert frame_number(shown.image) == 12
    assert shown.image.size == (96, 54)
    assert (shown.time, shown.until) == pytest.approx((1.2, 1.3))
    assert film.preview(time=1.25).image.size == SIZE
    assert frame_number(film.preview(time=shown.time, step=-2).image) == 10
    assert frame_number(film.preview(time=shown.until).image) == 13


@pytest.mark.parametrize(
    "wrong", [{"time": -1}, {"time": "1"}, {"time": 9}, {"time": 1, "step": 0.5},
              {"time": 1, "step": 500}, {"time": 1, "width": 0}],
)  # fmt: skip
def test_what_cannot_be_is_refused_before_anything_is_sent(film, wrong):
    with pytest.raises(errors.InvalidInput):
        film.preview(**wrong)


def test_a_hosted_service_has_none_and_nothing_is_paid(video, state):
    with pytest.raises(errors.NotFound):
        video.preview(time=1)
    assert state.made == []
