"""The frame on screen at a time is the right one, every time."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import av
import pytest
from hypothesis import settings

from tests.frames.numbered import encode, read, steady
from tests.frames.recipes import B_FRAMES, RECIPES
from thumbnb import frames
from thumbnb.frames.display.display import Display


@pytest.mark.slow
@pytest.mark.parametrize("name", RECIPES)
def test_random_times_give_the_right_frame(numbered, name):
    """As many as a property has examples; ``--hypothesis-profile=thorough`` tries a thousand."""
    video = numbered(name)
    random = Random(name)
    times = [random.uniform(0, video.duration) for _ in range(settings().max_examples)]
    with frames.open(video.path) as clip:
        wrong = [
            (t, video.shown(t), got) for t in times if (got := read(clip.at(t))) != video.shown(t)
        ]
    assert not wrong


@pytest.mark.slow
@pytest.mark.parametrize("name", ["h264", "h264-open-gop", "hevc", "hevc-layers", "vp9", "av1"])
def test_every_frame_has_the_pixels_of_a_plain_decode(numbered, name):
    """Skipping what no other frame refers to changes nothing in those that are left."""
    video = numbered(name)
    with av.open(str(video.path)) as container:
        plain = list(container.decode(video=0))
    display = Display(plain[0], None)
    order = list(range(0, len(plain), 3))
    Random(1).shuffle(order)
    with frames.open(video.path) as clip:
        for i in order:
            assert clip.at(float(video.times[i])).tobytes() == display.image(plain[i]).tobytes()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["h264", "h264-vfr", "h264-ts-offset", "h264-vfr-mkv"])
def test_a_frame_knows_when_it_is_on_screen(numbered, name):
    video = numbered(name)
    ends = [*video.times[1:], video.end]
    with frames.open(video.path) as clip:
        for i in (0, 1, 2, 57, 58, 59, 60, 61, 150, 298, 299):
            frame = clip.frame_at((float(video.times[i]) + float(ends[i])) / 2)
            assert frame.time == pytest.approx(float(video.times[i]), abs=1e-6)
            if i < len(video.times) - 1:  # what follows the last frame, containers guess
                assert frame.time + frame.duration == pytest.approx(float(ends[i]), abs=1e-6)


@pytest.mark.parametrize("name", ["h264", "h264-vfr"])
def test_the_edges_of_a_frame(numbered, name):
    """Its own time shows it, also when rounded to microseconds; just before, the one before."""
    video = numbered(name)
    with frames.open(video.path) as clip:
        for i in (1, 7, 59, 60, 61, 200, 299):
            start = float(video.times[i])
            assert read(clip.at(start)) == i
            assert read(clip.at(round(start, 6))) == i
            assert read(clip.at(start - 1e-4)) == i - 1


@pytest.mark.slow
def test_times_count_from_the_first_frame(numbered):
    for name, start in (("h264", 0), ("h264-ts-offset", 7), ("h264-mp4-offset", 2)):
        with frames.open(numbered(name).path) as clip:
            assert clip.start == pytest.approx(start)
            assert clip.duration == pytest.approx(12)
            assert read(clip.at(0)) == 0


@pytest.mark.slow
def test_what_an_edit_list_cuts_away_is_not_there(tmp_path):
    """A cut without re-encoding keeps the frames back to the keyframe, but hidden."""
    video = encode(tmp_path / "v.mp4", steady(150), options=B_FRAMES, offset=Fraction(-1))
    random = Random(2)
    with frames.open(video.path) as clip:
        assert clip.duration == pytest.approx(5)
        for t in (0, 0.039, 0.041, *(random.uniform(0, 5) for _ in range(100))):
            assert read(clip.at(t)) == video.shown(t + 1)
        for t in (0.5, 1, 1.39, 1.41, 4):
            key = clip.keyframe_at(t)  # up to 1.4 s the only one there is, is hidden
            assert 0 <= key.time <= t
            assert read(key.image) == video.shown(key.time + 1)


def test_the_last_frame_stays_until_the_duration_however_long_the_sound(tmp_path):
    path = tmp_path / "v.mkv"
    encode(path, steady(50), options=B_FRAMES, sound=Fraction(6))
    with frames.open(path) as clip:
        assert clip.duration == pytest.approx(6, abs=0.03)  # a block of sound is never cut
        assert read(clip.at(clip.duration)) == 49
        assert read(clip.at(clip.duration - 1e-3)) == 49


def test_a_frame_alone_is_a_video_too(tmp_path):
    video = encode(tmp_path / "v.mp4", steady(1))
    with frames.open(video.path) as clip:
        assert read(clip.at(0)) == 0
        assert read(clip.at(clip.duration)) == 0


def test_a_film_larger_than_4k_holds_fewer_frames_in_memory(numbered, monkeypatch):
    from thumbnb.frames import source

    video = numbered("hevc")
    with frames.open(video.path, threads=8) as clip:
        usual = clip.footprint
    monkeypatch.setattr(source, "_HUGE", 192 * 108 - 1)
    with frames.open(video.path, threads=8) as clip:
        assert clip.footprint < usual
        for i in (150, 3, 299, 151):
            assert read(clip.at((i + 0.5) / 25)) == i
