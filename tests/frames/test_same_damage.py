"""Whether a frame is damaged is the same at each opening, by each way to it, on any threads."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import av
import pytest

from tests.frames.numbered import encode, steady
from thumbnb import frames
from thumbnb.errors import DamagedVideo

TIMES = [float(time) for time in steady(40)]
SIZE = (96, 54)
THREADS = 4

B_FRAMES = {"g": "20", "bf": "3", "preset": "fast"}
PYRAMID = "b-pyramid=normal:ref=4:scenecut=0"
OLD = {"tick": Fraction(1, 25), "options": {"g": "20", "bf": "2", "b": "2000000"}}
KINDS = {
    "h264": ("mp4", {"options": B_FRAMES | {"x264-params": PYRAMID}}),
    "h264-slices": ("mkv", {"options": B_FRAMES | {"x264-params": f"{PYRAMID}:slices=4"}}),
    "h264-open-gop": ("mkv", {"options": B_FRAMES | {"x264-params": f"{PYRAMID}:open-gop=1"}}),
    "mpeg4": ("mp4", {"codec": "mpeg4", **OLD}),
    "mpeg4-avi": ("avi", {"codec": "mpeg4", **OLD}),
    "mpeg2": ("mkv", {"codec": "mpeg2video", **OLD}),
    "av1": ("mp4", {"codec": "libsvtav1", "options": {"preset": "12", "g": "20"}}),
}


def damaged(video, number, path):
    """Copy ``video`` with the last two thirds of a packet's bytes gone."""
    with av.open(str(video)) as container:
        packet = [bytes(p) for p in container.demux(video=0) if p.size][number]
    data = bytearray(video.read_bytes())
    start, gone = data.index(packet), len(packet) * 2 // 3
    end = start + len(packet)
    data[end - gone : end] = bytes(gone)
    path.write_bytes(data)
    return path


def images(ask, times=TIMES):
    """Return the pixels at each time; None where they are damaged."""
    found = {}
    for time in times:
        try:
            found[time] = ask(time, SIZE).image.tobytes()
        except DamagedVideo:
            found[time] = None
    return found


@pytest.fixture(scope="module", params=KINDS)
def film(request, tmp_path_factory):
    """A short video, and its images."""
    suffix, options = KINDS[request.param]
    path = tmp_path_factory.mktemp("film") / f"v.{suffix}"
    encode(path, steady(len(TIMES)), **options)
    with frames.open(path, 1) as clip:
        return path, images(clip.frame_at)


@pytest.mark.slow
@pytest.mark.parametrize("number", [9, 27])
def test_each_way_to_a_frame_tells_the_same_damage(film, tmp_path, number):
    """And what is shown is as it was before the damage."""
    video, whole = film
    path = damaged(video, number, tmp_path / video.name)
    with frames.open(path, 1) as clip:
        told = images(clip.frame_at)
    assert None in told.values()
    assert {t: i for t, i in told.items() if i} == {t: whole[t] for t, i in told.items() if i}
    with frames.open(path, 1) as clip:
        keys = images(clip.keyframe_at, TIMES[::10])
    for order in (Random(number).sample(TIMES, 12), TIMES[::-1]):
        with frames.open(path, THREADS) as clip:
            assert images(clip.frame_at, order) == {t: told[t] for t in order}
            assert images(clip.next_frame_at) == told
            assert images(clip.keyframe_at, TIMES[::10]) == keys


def test_a_damaged_frame_is_damaged_whichever_thread_is_the_first(tmp_path):
    """FFmpeg's thread that gives a frame out copied its flags before another had set them."""
    path = tmp_path / "v.mp4"
    encode(path, steady(14), **KINDS["h264"][1])
    with av.open(str(path)) as container:
        packets = [p for p in container.demux(video=0) if p.size]
        shown = [packet.pts * packet.time_base for packet in packets]
    number = next(i for i, time in enumerate(shown) if i > 4 and time > max(shown[:i]))
    path = damaged(path, number, tmp_path / "damaged.mp4")
    for _ in range(8):
        with frames.open(path, THREADS) as clip, pytest.raises(DamagedVideo):
            clip.frame_at(float(shown[number]), SIZE)
