"""Stepping, several threads, many sizes: always the pixels of a clip just opened."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.frames.numbered import read
from thumbnb import frames
from thumbnb.errors import InvalidInput
from thumbnb.frames.cache import ImageCache
from thumbnb.frames.index.route import Span

SMALL = (96, 54)


@pytest.fixture(scope="module")
def fresh(numbered):
    """Every frame of the H.264 video, each decoded by itself."""
    video = numbered("h264")
    with frames.open(video.path) as clip:
        pictures = []
        for i in range(300):
            clip._last_ticks = None  # as if nobody had asked for anything yet
            pictures.append(clip.at(float(video.times[i]), SMALL).tobytes())
    return pictures


@pytest.mark.slow
@pytest.mark.parametrize("walk", [range(50, 140), range(140, 50, -1), range(0, 300, 9)])
def test_stepping_gives_the_pixels_of_a_fresh_clip(numbered, fresh, walk):
    video = numbered("h264")
    with frames.open(video.path) as clip:
        for i in walk:
            assert clip.at(float(video.times[i]), SMALL).tobytes() == fresh[i]


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 299), st.sampled_from([None, SMALL])), max_size=25))
def test_no_order_of_times_and_sizes_changes_a_frame(numbered, fresh, visits):
    video = numbered("h264")
    with frames.open(video.path) as clip:
        for i, size in visits:
            image = clip.at(float(video.times[i]), size)
            assert read(image) == i
            if size == SMALL:
                assert image.tobytes() == fresh[i]


def test_a_step_back_decodes_nothing(numbered, fresh, monkeypatch):
    video = numbered("h264")
    with frames.open(video.path) as clip:
        clip.at(float(video.times[110]), SMALL)
        clip.at(float(video.times[111]), SMALL)  # the second visit shows that someone steps
        monkeypatch.setattr(clip, "_decoded", None)
        for i in range(110, 60, -1):
            assert clip.at(float(video.times[i]), SMALL).tobytes() == fresh[i]


def test_what_is_returned_is_the_callers_own(numbered):
    video = numbered("h264")
    with frames.open(video.path) as clip:
        for i in (10, 11):
            clip.at(float(video.times[i]), SMALL)
        clip.at(float(video.times[10]), SMALL).paste("red", (0, 0, *SMALL))
        assert read(clip.at(float(video.times[10]), SMALL)) == 10


def test_what_is_kept_stays_within_its_bytes(numbered):
    video = numbered("h264")
    with frames.open(video.path) as clip:
        clip._cache = ImageCache(max_bytes=250_000)
        for i in range(100, 200):
            clip.at(float(video.times[i]))
            clip.at(float(video.times[i]), SMALL)
            assert clip._cache.bytes <= 250_000
        assert clip._cache.bytes > 0


@given(
    st.lists(st.tuples(st.integers(0, 50), st.sampled_from([(4, 4), (8, 8), (40, 40)]))),
    st.integers(0, 200_000),
)
def test_kept_never_exceeds_its_bound_and_never_lies(puts, bound):
    from PIL import Image

    kept = ImageCache(bound)
    for start, size in puts:
        kept.put(Image.new("RGB", size, (start, 0, 0)), Span(start, start + 1), size)
        assert kept.bytes <= bound
    for start, size in puts:
        found = kept.get(start, size)
        assert found is None or (found[0].size, found[0].getpixel((0, 0))) == (size, (start, 0, 0))


@pytest.mark.slow
def test_several_threads_may_use_one_clip(numbered):
    video = numbered("h264")
    with frames.open(video.path) as clip, ThreadPoolExecutor(6) as executor:

        def look(seed):
            random = Random(seed)
            times = [random.uniform(0, video.duration) for _ in range(25)]
            return [(read(clip.at(t, random.choice([None, SMALL]))), video.shown(t)) for t in times]

        for pairs in executor.map(look, range(6)):
            assert all(got == expected for got, expected in pairs)


@pytest.mark.slow
def test_many_clips_may_decode_at_once(numbered):
    names = ["h264", "hevc", "vp9", "av1", "h264-vfr", "h264-open-gop"]

    def look(name):
        video = numbered(name)
        with frames.open(video.path) as clip:
            times = [video.duration * i / 20 for i in range(20)]
            return [(read(clip.at(t)), video.shown(t)) for t in times]

    for name in names:
        numbered(name)  # encoders are not what is tested
    with ThreadPoolExecutor(len(names)) as executor:
        for pairs in executor.map(look, names):
            assert all(got == expected for got, expected in pairs)


def test_a_closed_clip_says_so(numbered):
    clip = frames.open(numbered("h264").path)
    clip.at(1)
    clip.close()
    clip.close()
    with pytest.raises(InvalidInput, match="closed"):
        clip.at(2)
