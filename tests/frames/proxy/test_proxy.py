"""A proxy gives the same frames as decoding does, at the same times, and keeps to its budget."""

from __future__ import annotations

import gc
import threading
from itertools import pairwise

import av.logging
import numpy as np
import pytest

from tests.frames.numbered import encode, read, steady
from thumbnb import frames
from thumbnb.errors import DamagedVideo, InvalidInput, TimeOutOfRange
from thumbnb.frames import ProxyStore, decode_priority
from thumbnb.frames.proxy.gop import QUALITY, gop_spans, near_first
from thumbnb.imaging.small_copy import encode_jpeg

SIZE = (96, 54)


def settled(clip, time=0.0, size=SIZE):
    """Look at ``time``, and wait until all around it is made."""
    clip.frame_at(time, size)
    assert clip.proxy.settle(timeout=180)
    return clip


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["h264", "h264-open-gop", "h264-vfr", "h264-ts-offset", "h264-turned", "hevc", "vp9"],
)
def test_every_frame_is_the_one_that_decoding_gives(numbered, name):
    video = numbered(name)
    with frames.open(video.path) as plain, frames.open(video.path, proxy=True) as clip:
        settled(clip, video.duration / 2)
        for number, time in enumerate(video.times):
            made = clip.proxy.frame_at(float(time), SIZE)
            assert made is not None
            shown = clip.frame_at(float(time), SIZE)
            assert read(shown.image) == number
            if number % 40 == 7:
                wanted = plain.frame_at(float(time), SIZE)
                assert (shown.time, shown.duration) == (wanted.time, wanted.duration)
                assert made.jpeg == encode_jpeg(wanted.image, quality=QUALITY)
                assert clip.jpeg_at(float(time), SIZE).jpeg == made.jpeg


def test_steps_go_from_frame_to_frame_both_ways(numbered):
    video = numbered("h264-vfr")
    with frames.open(video.path, proxy=True) as clip:
        settled(clip)
        time = 0.0
        for number in range(1, 60):
            frame = clip.frame_at(time, SIZE, step=1)
            assert read(frame.image) == number
            time = frame.time
        for number in reversed(range(59)):
            frame = clip.frame_at(time, SIZE, step=-1)
            assert read(frame.image) == number
            time = frame.time
        assert read(clip.frame_at(0, SIZE, step=-3).image) == 0
        assert read(clip.frame_at(video.duration, SIZE, step=2).image) == len(video.times) - 1


def test_what_is_refused_without_a_proxy_is_refused_with_one(numbered):
    with frames.open(numbered("h264").path, proxy=True) as clip:
        settled(clip)
        with pytest.raises(TimeOutOfRange):
            clip.frame_at(99, SIZE)
        with pytest.raises(InvalidInput):
            clip.frame_at("1", SIZE)
    with pytest.raises(InvalidInput, match="closed"):
        clip.frame_at(1, SIZE)


@pytest.mark.slow
def test_a_damaged_frame_is_damaged_in_the_proxy_too(numbered, tmp_path):
    data = bytearray(numbered("h264").path.read_bytes())
    start = data.find(b"mdat")
    middle = start + (len(data) - start) // 2
    data[middle : middle + 2000] = bytes(2000)
    path = tmp_path / "v.mp4"
    path.write_bytes(data)
    with frames.open(path) as plain, frames.open(path, proxy=True) as clip:
        settled(clip, 6.0 if _whole(plain, 6.0) else 0.0)
        for i in range(0, 300, 9):
            assert _whole(clip, i / 25) == _whole(plain, i / 25)


def _whole(clip, time):
    try:
        clip.frame_at(time, SIZE)
    except DamagedVideo:
        return False
    return True


@pytest.mark.slow
def test_another_size_is_made_anew(numbered):
    with frames.open(numbered("h264").path, proxy=True) as clip:
        settled(clip)
        settled(clip, 1.0, (64, 36))
        assert clip.proxy.frame_at(1.0, SIZE) is not None, "once is not enough"
        settled(clip, 1.0, (64, 36))
        assert clip.proxy.frame_at(1.0, SIZE) is None
        assert clip.proxy.frame_at(1.0, (64, 36)).size == (64, 36)


@pytest.mark.slow
def test_the_budget_is_kept_and_what_is_near_stays(tmp_path):
    video = encode(tmp_path / "v.mp4", steady(300), options={"g": "25", "preset": "veryfast"})
    with frames.open(video.path, proxy=True) as clip:
        settled(clip)
        whole = clip.proxy.store.bytes
    store = ProxyStore(whole // 3)
    with frames.open(video.path, proxy=store) as clip:
        for here, far in ((0.5, 11.0), (11.0, 0.5), (6.0, 0.5)):
            settled(clip, here)
            assert store.bytes <= store.max_bytes
            assert clip.proxy.frame_at(here, SIZE) is not None
            assert clip.proxy.frame_at(far, SIZE) is None
    assert store.bytes == 0


@pytest.mark.slow
def test_proxies_share_a_budget_and_the_last_used_video_keeps_its_frames(tmp_path):
    options = {"g": "25", "preset": "veryfast"}
    one = encode(tmp_path / "a.mp4", steady(100), options=options)
    other = encode(tmp_path / "b.mp4", steady(100), options=options)
    with frames.open(one.path, proxy=True) as clip:
        store = ProxyStore(int(settled(clip).proxy.store.bytes * 1.2))
    with frames.open(one.path, proxy=store) as a, frames.open(other.path, proxy=store) as b:
        settled(a)
        settled(b)
        assert store.bytes <= store.max_bytes
        assert all(b.proxy.frame_at(i / 25, SIZE) for i in range(100))


@pytest.mark.slow
def test_a_video_that_nobody_holds_any_more_keeps_nothing(numbered):
    store = ProxyStore()
    settled(frames.open(numbered("h264").path, proxy=store))
    gc.collect()
    with frames.open(numbered("hevc").path, proxy=store) as clip:
        clip.frame_at(0, SIZE)
        assert clip.proxy.settle(timeout=180)
        held = store.bytes
    assert held > 0
    assert store.bytes == 0


def test_groups_go_outward_two_ahead_for_each_one_behind():
    assert near_first(5, 12) == [5, 6, 7, 4, 8, 9, 3, 10, 11, 2, 1, 0]
    assert near_first(0, 1) == [0]
    assert sorted(near_first(90, 100)) == list(range(100))


@pytest.mark.parametrize("keyframes", [[0.0], [0.0, 10.0, 20.0], list(np.arange(750) / 25), []])
def test_groups_are_neither_tiny_nor_endless_and_leave_no_hole(keyframes):
    spans = gop_spans(keyframes, 30.0, 25.0)
    assert spans[0][0] == 0
    assert spans[-1][1] == 30
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    assert all(end - start <= 12.01 for start, end in spans)
    assert all(end - start >= 0.4 for start, end in spans[:-1])


def test_nothing_is_made_while_somebody_waits():
    rested = threading.Event()
    with decode_priority.decoding():
        thread = threading.Thread(target=lambda: (decode_priority.rest(lambda: True), rested.set()))
        thread.start()
        assert not rested.wait(0.05)
    assert rested.wait(180)
    thread.join()
    with decode_priority.decoding():
        decode_priority.rest(lambda: False)  # whoever is to stop does not wait


def test_ffmpeg_logging_turned_on_stops_no_decoder(numbered):
    av.logging.set_level(av.logging.VERBOSE)
    try:
        with frames.open(numbered("hevc").path) as clip:
            assert read(clip.at(6.0)) == 150
            av.logging.set_level(av.logging.VERBOSE)
            assert read(clip.at(2.0)) == 50
        assert av.logging.get_level() is None
    finally:
        av.logging.set_level(None)
