"""Frames counted from a time, and work that is given up."""

from __future__ import annotations

import pytest

from tests.frames.numbered import read
from thumbnb import frames
from thumbnb.errors import JobCancelled

SMALL = (96, 54)


@pytest.mark.parametrize("kind", ["h264", "h264-vfr"])
def test_a_step_is_exactly_one_frame_however_long_frames_are(numbered, kind):
    video = numbered(kind)
    with frames.open(video.path) as clip:
        here = 100
        for step in (1, 1, -1, 5, -20, 1):
            frame = clip.frame_at(float(video.times[here]), SMALL, step=step)
            here += step
            assert read(frame.image) == here
            assert frame.time == pytest.approx(float(video.times[here] - video.times[0]))


def test_steps_end_at_the_first_and_the_last_frame(numbered):
    video = numbered("h264")
    with frames.open(video.path) as clip:
        assert read(clip.frame_at(float(video.times[3]), SMALL, step=-50).image) == 0
        last = clip.frame_at(float(video.times[-3]), SMALL, step=50)
        assert read(last.image) == len(video.times) - 1


def test_work_is_given_up_when_told_and_leaves_the_clip_whole(numbered):
    video = numbered("h264")
    with frames.open(video.path) as clip:
        clip.at(float(video.times[200]), SMALL)
        for target in (120, 201, 203, 260):  # far, beside, beside while a run goes on, far
            asked = []

            def stop(asked=asked):
                asked.append(1)
                return len(asked) > 2

            try:
                clip.frame_at(float(video.times[target]), SMALL, stop=stop)
            except JobCancelled:
                assert len(asked) == 3
            assert read(clip.at(float(video.times[target]), SMALL)) == target


def test_what_is_not_wanted_any_more_is_not_begun(numbered):
    video = numbered("h264")
    with frames.open(video.path) as clip, pytest.raises(JobCancelled, match="not wanted"):
        clip.frame_at(1.0, SMALL, stop=lambda: True)
