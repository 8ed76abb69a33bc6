"""A look at a frame: of the embedded service exact and free, of a hosted one refused."""

from __future__ import annotations

import pytest

import thumbnb as tb
from tests.service.tools import SIZE, frame_number, write_video
from thumbnb import errors


@pytest.fixture(scope="module")
def film_path(tmp_path_factory):
    """A video of 40 numbered frames, 4 seconds."""
    return write_video(tmp_path_factory.mktemp("preview") / "film.mp4")


@pytest.fixture(scope="module")
def film(film_path):
    """The same at the embedded service."""
    with tb.connect(embedded=True, home=film_path.parent / "home") as client:
        yield client.upload(film_path)


@pytest.mark.slow
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


@pytest.mark.slow
def test_shots_and_the_frame_rate_are_reported(film, film_path):
    assert film.fps == pytest.approx(10)
    with tb.frames.open(film_path) as clip:
        assert film.shots() == clip.survey(5)[1] != []


def test_a_hosted_service_has_none_and_nothing_is_paid(video, state):
    with pytest.raises(errors.NotFound):
        video.preview(time=1)
    with pytest.raises(errors.NotFound):
        video.shots()
    assert video.fps is None
    assert state.made == []
