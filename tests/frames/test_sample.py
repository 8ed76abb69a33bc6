"""The sample video: what it must contain, and that the code makes it."""

from __future__ import annotations

from itertools import pairwise

import av
import numpy as np
import pytest

import thumbnb as tb
from thumbnb import frames
from thumbnb.samples import film, video

SHORT_FILM = (
    film.Shot("card", 0.25, fade_in=0.2, captions=(film.Caption("hi", 0.5, 0.2, 0.0),)),
    film.Shot("rocket", 0.25, seed=1, dissolve=0.1, fade_out=0.1),
)
"""Half a second, which goes through everything the whole film does."""


def test_it_is_what_it_says(sample_path):
    with frames.open(sample_path) as clip:
        assert clip.size == (1280, 720)
        assert clip.fps == 24
        assert clip.codec == "h264"
        assert 20 <= clip.duration <= 40
    with av.open(str(sample_path)) as file:
        picture, sound = file.streams.video[0], file.streams.audio[0]
        seconds = sum(shot.seconds for shot in film.FILM)
        assert picture.codec_context.pix_fmt == "yuv420p"
        assert picture.codec_context.colorspace == 1, "BT.709"
        assert picture.codec_context.has_b_frames
        assert sound.codec_context.name == "aac"
        assert abs(float(sound.duration * sound.time_base) - seconds) < 0.2


def test_it_can_be_played_while_it_loads(sample_path):
    data = sample_path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_keyframes_are_at_most_three_seconds_apart(sample_path):
    with av.open(str(sample_path)) as file:
        stream = file.streams.video[0]
        keys = [float(p.pts * stream.time_base) for p in file.demux(stream) if p.is_keyframe]
    assert max(b - a for a, b in pairwise(keys)) <= 3.01


def test_it_sounds(sample_path):
    with av.open(str(sample_path)) as file:
        sound = np.concatenate([f.to_ndarray() for f in file.decode(audio=0)], axis=1)
    assert sound.shape[0] == 2
    assert 0.02 < np.sqrt((sound**2).mean()) < 0.5
    assert np.abs(sound).max() <= 1.0, "nothing is clipped"
    assert np.abs(sound[:, :2000]).max() < 0.02, "it fades in"


def test_sample_video_starts_with_a_dark_frame(sample_path):
    with frames.open(sample_path) as clip:
        assert np.asarray(clip.at(0)).max() < 16


@pytest.mark.slow
def test_its_scenes_are_distinct_and_move(sample_path):
    starts = np.cumsum([0.0, *(shot.seconds for shot in film.FILM)])
    with frames.open(sample_path) as clip:
        middles = [(a + b) / 2 for a, b in pairwise(starts)]
        pictures = [np.asarray(clip.at(t, (160, 90)), dtype=float) for t in middles]
        later = [np.asarray(clip.at(t + 0.5, (160, 90)), dtype=float) for t in middles]
    assert len(pictures) == 6
    for i, picture in enumerate(pictures):
        assert all(np.abs(picture - other).mean() > 15 for other in pictures[:i])
    moved = [np.abs(a - b).max() for a, b in zip(pictures, later, strict=True)]
    assert min(moved[:-1]) > 20, "all but the end card"


@pytest.mark.slow
def test_it_is_what_the_code_paints(sample_path):
    begins = 0.0
    with frames.open(sample_path) as clip:
        for shot in film.FILM:
            time = shot.seconds / 2
            painted = np.asarray(film.Take(shot, None).frame(time), dtype=float)
            shown = np.asarray(clip.at(begins + time), dtype=float)
            assert np.abs(painted - shown).mean() < 4, shot.subject
            begins += shot.seconds


@pytest.mark.slow
def test_the_maker_makes_the_same_film_every_time(monkeypatch, tmp_path):
    monkeypatch.setattr(film, "FILM", SHORT_FILM)
    for name in ("a.mp4", "b.mp4"):
        film.make_film(tmp_path / name)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()
    with frames.open(tmp_path / "a.mp4") as clip:
        assert clip.duration == pytest.approx(0.5, abs=0.01)


def test_a_copy_is_made_once_in_a_folder_of_ones_own(tmp_path):
    copy = video.sample_video(tmp_path / "new" / "folder")
    assert copy.parent == tmp_path / "new" / "folder"
    assert copy.read_bytes() == video.sample_video().read_bytes()
    copy.write_bytes(b"mine")
    assert video.sample_video(copy.parent).read_bytes() == b"mine"


@pytest.mark.parametrize("folder", ["", 3, "a\0b", __file__, b"\xff"])
def test_a_folder_that_is_none_is_reported(folder):
    with pytest.raises(tb.errors.InvalidInput):
        video.sample_video(folder)
