"""The sample video: what it must contain, and that making it is safe."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import av
import numpy as np
import pytest

from thumbnb import frames
from thumbnb.samples import video


@pytest.fixture
def short_film(monkeypatch):
    """A film of half a second, which goes through everything the whole one does."""
    shots = (
        video.Shot("card", 0.25, fade_in=0.2, captions=(video.Caption("hi", 0.5, 0.2, 0.0),)),
        video.Shot("rocket", 0.25, seed=1, dissolve=0.1, fade_out=0.1),
    )
    monkeypatch.setattr(video, "FILM", shots)


def test_it_is_what_it_says(sample_path):
    with frames.open(sample_path) as clip:
        assert clip.size == (1280, 720)
        assert clip.fps == 24
        assert clip.codec == "h264"
        assert 20 <= clip.duration <= 40
    with av.open(str(sample_path)) as file:
        picture, sound = file.streams.video[0], file.streams.audio[0]
        seconds = sum(shot.seconds for shot in video.FILM)
        assert picture.codec_context.pix_fmt == "yuv420p"
        assert picture.codec_context.colorspace == 1, "BT.709"
        assert picture.codec_context.has_b_frames
        assert sound.codec_context.name == "aac"
        assert abs(float(sound.duration * sound.time_base) - seconds) < 0.2


def test_it_can_be_played_while_it_loads(sample_path):
    data = sample_path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_keyframes_are_at_most_two_seconds_apart(sample_path):
    with av.open(str(sample_path)) as file:
        stream = file.streams.video[0]
        keys = [float(p.pts * stream.time_base) for p in file.demux(stream) if p.is_keyframe]
    assert max(b - a for a, b in pairwise(keys)) <= 2.01


def test_it_sounds(sample_path):
    with av.open(str(sample_path)) as file:
        heard = np.concatenate([f.to_ndarray() for f in file.decode(audio=0)], axis=1)
    assert heard.shape[0] == 2
    assert 0.02 < np.sqrt((heard**2).mean()) < 0.5
    assert np.abs(heard).max() <= 1.0, "nothing is clipped"
    assert np.abs(heard[:, :2000]).max() < 0.02, "it fades in"


def test_it_begins_in_the_dark_so_the_first_frame_is_no_thumbnail(sample_path):
    with frames.open(sample_path) as clip:
        assert np.asarray(clip.at(0)).max() < 16


def test_its_scenes_are_distinct_and_move(sample_path):
    starts = np.cumsum([0.0, *(shot.seconds for shot in video.FILM)])
    with frames.open(sample_path) as clip:
        middles = [(a + b) / 2 for a, b in pairwise(starts)]
        pictures = [np.asarray(clip.at(t, (160, 90)), dtype=float) for t in middles]
        later = [np.asarray(clip.at(t + 0.5, (160, 90)), dtype=float) for t in middles]
    assert len(pictures) == 6
    for i, picture in enumerate(pictures):
        assert all(np.abs(picture - other).mean() > 15 for other in pictures[:i])
    moved = [np.abs(a - b).max() for a, b in zip(pictures, later, strict=True)]
    assert min(moved[:-1]) > 20, "all but the end card"


def test_it_is_made_once(short_film, tmp_path):
    path = video.sample_video(tmp_path)
    made = path.stat().st_mtime_ns
    assert video.sample_video(tmp_path) == path
    assert path.stat().st_mtime_ns == made


def test_it_is_the_same_every_time(short_film, tmp_path):
    first = video.sample_video(tmp_path / "a").read_bytes()
    assert video.sample_video(tmp_path / "b").read_bytes() == first


def test_it_is_kept_in_the_home_folder(short_film, tmp_path, monkeypatch):
    monkeypatch.setenv("THUMBNB_HOME", str(tmp_path / "home"))
    assert video.sample_video().parent.parent == tmp_path / "home" / "samples"


def test_two_may_ask_for_it_at_once(short_film, tmp_path):
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: video.sample_video(tmp_path), range(2))
    assert first == second
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [first]
    with frames.open(first) as clip:
        assert clip.duration == pytest.approx(0.5, abs=0.01)


def test_nothing_half_made_is_left_behind(short_film, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr(video._Writer, "finish", fail)
    with pytest.raises(OSError, match="No space"):
        video.sample_video(tmp_path)
    assert list(tmp_path.iterdir()) == []
