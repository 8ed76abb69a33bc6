"""What `suggest` promises: the good frames, one a shot, whatever the video."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.frames import labelled
from thumbnb import errors, frames
from thumbnb.frames.quality import Verdict, judge, measure
from thumbnb.frames.sample import Sample
from thumbnb.frames.suggest import suggest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    film = list(labelled.film())
    path = tmp_path_factory.mktemp("suggest") / "spoilt.mp4"
    return labelled.encode(path, (image for image, _ in film)), [label for _, label in film]


def judged(clip: frames.Clip) -> tuple[list[float], list[Verdict]]:
    sample = Sample(clip)
    sample.add_stretch(0.0, clip.duration, 0.25)
    times = sample.times
    measures = [sample.measures[t] for t in times]
    return times, judge(np.array(times), measures, sample.shots(), clip.duration)


def label_at(labels: list[str], time: float) -> str:
    return labels[round(time * labelled.FPS)]


@pytest.mark.slow
def test_suggestions_are_the_good_frames_one_a_shot(spoilt):
    path, labels = spoilt
    with frames.open(path) as clip:
        found = clip.suggest(labelled.SHOTS)
    assert {label_at(labels, s.time) for s in found} == {f"good {i}" for i in range(labelled.SHOTS)}
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
    assert all(s.reasons for s in found)


@pytest.mark.slow
def test_more_suggestions_than_shots_are_good_ones_too_and_apart(spoilt):
    path, labels = spoilt
    with frames.open(path) as clip:
        found = clip.suggest(9)
    assert all(label_at(labels, s.time).startswith("good") for s in found)
    assert len(Counter(label_at(labels, s.time) for s in found)) == labelled.SHOTS
    times = sorted(s.time for s in found)
    assert len(times) == 9
    assert min(np.diff(times)) >= 0.5


@pytest.mark.slow
def test_scores_tell_good_frames_from_spoilt_ones(spoilt):
    path, labels = spoilt
    with frames.open(path) as clip:
        times, verdicts = judged(clip)
    good = np.array([label_at(labels, t).startswith("good") for t in times])
    scores = np.array([v.score for v in verdicts])
    better = (scores[good][:, None] > scores[~good][None, :]).mean()
    assert better >= 0.9, f"a good frame scores above a spoilt one in {better:.0%} of the pairs"


@pytest.mark.slow
def test_a_frame_says_what_is_wrong_with_it(spoilt):
    path, labels = spoilt
    with frames.open(path) as clip:
        times, verdicts = judged(clip)
    reasons: dict[str, set[str]] = {}
    for time, verdict in zip(times, verdicts, strict=True):
        reasons.setdefault(label_at(labels, time), set()).update(verdict.faults)
    assert "almost black" in reasons["black"]
    assert {"blurred", "softer than the frames around it"} & reasons["blur"]
    assert "paler than the frames around it" in reasons["flash"]
    assert "mostly one flat area" in reasons["end card"]
    assert "in the middle of a transition or a fast move" in reasons["fade"]


@pytest.mark.slow
def test_the_sample_video_suggests_each_scene_and_no_card(sample_path):
    with frames.open(sample_path) as clip:
        found = clip.suggest(5)
        pictures = [np.asarray(clip.at(s.time, (64, 36)), dtype=float) for s in found]
        end = clip.duration - 3.2
    assert len(found) == 5
    assert all(1.5 < s.time < end for s in found), "neither the black beginning nor the end card"
    for i, a in enumerate(pictures):
        assert a.mean() > 20
        assert all(np.abs(a - b).mean() > 12 for b in pictures[:i]), "each shows another scene"


def test_one_frame(tmp_path):
    path = labelled.encode(tmp_path / "one.mp4", [labelled.shot_image(0).crop((0, 0, 480, 270))])
    with frames.open(path) as clip:
        (only,) = clip.suggest(5)
    assert only.time == 0


def test_all_black_still_gives_a_frame_and_says_why_it_scores_low(tmp_path):
    path = labelled.encode(tmp_path / "black.mp4", [Image.new("RGB", (160, 90))] * 36)
    with frames.open(path) as clip:
        first = clip.suggest(3)[0]
    assert first.score < 0.1
    assert "almost black" in first.reasons


def test_one_frame_a_second(tmp_path):
    pictures = [labelled.shot_image(i // 4).crop((i * 4, 0, i * 4 + 480, 270)) for i in range(12)]
    path = labelled.encode(tmp_path / "slow.mp4", pictures, fps=Fraction(1))
    with frames.open(path) as clip:
        found = clip.suggest(3)
    assert {int(s.time) // 4 for s in found} == {0, 1, 2}
    assert all(s.time == int(s.time) for s in found), "the times are those of real frames"


@pytest.mark.slow
def test_one_keyframe_only(tmp_path):
    shots = [image for image, label in labelled.film() if label.startswith("good")]
    path = labelled.encode(tmp_path / "long-gop.mp4", shots[:120], gop=9999)
    with frames.open(path) as clip:
        assert len(clip.suggest(2)) == 2


@dataclass
class Film:
    """A clip of any length that counts what is asked of it."""

    duration: float
    keyframes: float
    fps: float = 25.0
    size: tuple[int, int] = (1920, 1080)
    asked: Counter[str] = field(default_factory=Counter)
    decoded: float = 0.0
    _at: float = -1.0

    @property
    def readable(self) -> float:
        return self.duration

    def frame_at(self, t: float, size: tuple[int, int]) -> frames.Frame:
        self.asked["frames"] += 1
        forward = t - self._at
        start = t - t % self.keyframes
        self.decoded += forward if 0 <= forward < 2 else t - start
        self._at = t
        return self._frame(t, size)

    next_frame_at = frame_at

    def keyframe_at(self, t: float, size: tuple[int, int]) -> frames.Frame:
        self.asked["keyframes"] += 1
        return self._frame(t - t % self.keyframes, size)

    def _frame(self, t: float, size: tuple[int, int]) -> frames.Frame:
        picture = (
            labelled.shot_image(int(t // 30) % labelled.SHOTS).crop((0, 0, 480, 270)).resize(size)
        )
        return frames.Frame(picture, time=t, duration=1 / self.fps)


@pytest.mark.slow
@pytest.mark.parametrize("keyframes", [2.0, 10.0, 1e9])
def test_the_cost_is_bounded_however_long_the_video(keyframes):
    film = Film(duration=3 * 3600, keyframes=keyframes)
    found = suggest(film, 5)
    assert len(found) == 5
    assert film.asked["keyframes"] <= 150
    assert film.asked["frames"] <= 600
    assert film.decoded < 60, "seconds of film decoded to look closely"


@pytest.mark.parametrize("duration", [30.0, 3600.0])
def test_a_quick_look_decodes_a_few_seconds(duration):
    film = Film(duration=duration, keyframes=2.0)
    assert len(suggest(film, 1, quick=True)) == 1
    assert film.asked["keyframes"] <= 80
    assert film.decoded < 15, "keyframes' gaps and a few seconds"


class Torn(Film):
    """Nothing can be read from ``breaks`` seconds on."""

    breaks = 0.0

    def _frame(self, t: float, size: tuple[int, int]) -> frames.Frame:
        if t >= self.breaks:
            raise errors.DamagedVideo(f"Damaged at {t} s.")
        return super()._frame(t, size)


@pytest.mark.slow
@pytest.mark.parametrize("duration", [20.0, 2000.0])
def test_what_cannot_be_read_is_left_out(duration):
    film = Torn(duration=duration, keyframes=2.0)
    film.breaks = duration / 2
    found = suggest(film, 3)
    assert found
    assert all(s.time < film.breaks for s in found)


@pytest.mark.parametrize("duration", [20.0, 2000.0])
def test_where_nothing_can_be_read_it_says_so(duration):
    with pytest.raises(errors.DamagedVideo, match="None of the video"):
        suggest(Torn(duration=duration, keyframes=2.0), 3)


def test_nonsense_is_refused_before_anything_is_decoded():
    film = Film(duration=10, keyframes=1)
    with pytest.raises(errors.InvalidInput, match="from 1 to"):
        suggest(film, 0)
    assert not film.asked


noise = st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 255))


@pytest.mark.slow
@given(
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
    st.lists(noise, min_size=1, max_size=12),
    st.sampled_from([0.04, 0.25, 1.0, 30.0]),
)
def test_any_images_at_any_distance_can_be_judged(size, pictures, step):
    looks = [
        measure(np.random.default_rng(seed).integers(0, most + 1, (*size, 3)).astype(np.uint8))
        for seed, most in pictures
    ]
    times = np.arange(len(looks)) * step
    shots = [i // 3 for i in range(len(looks))]
    verdicts = judge(times, looks, shots, float(times[-1]))
    assert [v.shot for v in verdicts] == shots
    assert all(0 <= v.score <= 1 for v in verdicts)


@pytest.mark.slow
def test_shots_begin_where_the_image_changes(spoilt):
    path, _ = spoilt
    with frames.open(path) as clip:
        found, shots = clip.survey(3)
        assert [s.time for s in found] == [s.time for s in clip.suggest(3)]
    begins = [1 + shot * labelled.SECONDS for shot in range(labelled.SHOTS + 1)]
    assert shots == sorted(shots)
    assert len(shots) == len(begins)
    assert np.abs(np.array(shots) - begins).max() < 0.75, "fades last 0.7 s"
