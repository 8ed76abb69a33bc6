"""Times as a player counts them, in files that tell them badly or not at all."""

from __future__ import annotations

import struct
from fractions import Fraction

import av
import numpy as np
import pytest

from tests.frames.barred import DATA, read_bits
from tests.frames.numbered import encode, read, steady
from tests.frames.recipes import B_FRAMES
from thumbnb import frames
from thumbnb.errors import DamagedVideo

SHORT_GOP = {"bf": "3", "g": "25", "preset": "fast", "x264-params": "scenecut=0:b-pyramid=normal"}
MPEG2 = {"codec": "mpeg2video", "tick": Fraction(1, 25), "options": {"bf": "2", "g": "12"}}


def check(path, count, *, first=0, fps=25, at=0.0, every=3):
    """Frame ``first + i`` is on screen from ``at + i / fps`` on; whatever is asked first."""
    for i in (*range(count - 1, -1, -every), 0):
        with frames.open(path) as clip:
            assert read(clip.at(at + (i + 0.4) / fps)) == first + i


def remux(source, target, *, options=None, keep_keys=True, offset=Fraction(0), sound=0.0):
    """Copy the packets of ``source``, ``offset`` seconds later, with seconds of silence."""
    with av.open(str(source)) as plain, av.open(str(target), "w", options=options or {}) as out:
        stream = out.add_stream_from_template(plain.streams.video[0])
        voice = out.add_stream("aac", rate=48_000, layout="mono") if sound else None
        if voice is not None:
            for start in range(0, int(sound * 48_000), 1024):
                quiet = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
                quiet.sample_rate, quiet.pts = 48_000, start
                out.mux(voice.encode(quiet))
            out.mux(voice.encode())
        for packet in plain.demux(plain.streams.video[0]):
            if packet.size:
                packet.stream = stream
                packet.is_keyframe = packet.is_keyframe and keep_keys
                shift = round(offset / packet.time_base)
                packet.pts += shift
                packet.dts += shift
                out.mux(packet)
    return target


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain")
    return encode(folder / "plain.mp4", steady(75), options=SHORT_GOP).path


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "ts"])
def test_an_image_that_starts_after_the_sound_keeps_its_times(plain, tmp_path, suffix):
    late = remux(plain, tmp_path / f"late.{suffix}", offset=Fraction(1), sound=4)
    with frames.open(late) as clip:
        assert clip.duration == pytest.approx(4, abs=0.07)
        first = clip.frame_at(0.3)  # shown until the film begins
        assert read(first.image) == 0
        assert first.time == 0
        late = first.duration - 1 / 25  # in a broadcast, by what warms the sound up, too
        for i in (0, 10, 40, 74):
            assert read(clip.at(late + (i + 0.5) / 25)) == i
        assert first.duration == pytest.approx(1.04, abs=0.07)
        assert clip.frame_at(0.3, step=1).time == pytest.approx(1.04, abs=0.07)


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "ts", "avi"])
def test_the_last_image_stays_until_the_sound_ends(plain, tmp_path, suffix):
    options = {"codec": "mpeg4", "tick": Fraction(1, 25), "options": {"g": "25"}}
    path = tmp_path / f"song.{suffix}"
    encode(path, steady(20), sound=Fraction(6), **({} if suffix != "avi" else options))
    with frames.open(path) as clip:
        assert clip.duration == pytest.approx(6, abs=0.1)
        for t in (0.85, 2.0, 5.9, clip.duration):
            assert read(clip.at(t)) == 19
        assert clip.storyboard(10, 96).times[-1] < 0.85


def test_one_image_and_a_song(tmp_path):
    path = tmp_path / "song.mp4"
    encode(path, steady(1), sound=Fraction(5))
    with frames.open(path) as clip:
        assert clip.duration == pytest.approx(5, abs=0.1)
        assert [read(clip.at(t)) for t in (0, 2.5, 4.9)] == [0, 0, 0]


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["ts", "vob"])
def test_recordings_joined_end_to_end_are_one_film(tmp_path, suffix):
    options = MPEG2 if suffix == "vob" else {"options": SHORT_GOP}
    parts = []
    for k in range(2):
        path = tmp_path / f"part.{suffix}"
        numbers = encode(path, steady(50), first=50 * k, **options)
        parts.append(numbers.path.read_bytes())
    joined = tmp_path / f"joined.{suffix}"
    joined.write_bytes(b"".join(parts))
    with frames.open(joined) as clip:
        assert clip.duration == pytest.approx(4, abs=0.05)
        assert clip.fps == pytest.approx(25, abs=0.1)
    check(joined, 100)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["ts", "avi", "flv"])
def test_no_time_is_late_in_a_stream_that_guesses(tmp_path, suffix):
    options = {**B_FRAMES, "g": "10", "x264-params": "scenecut=0"}
    path = encode(tmp_path / f"v.{suffix}", steady(100), options=options, tick=Fraction(1, 25)).path
    check(path, 100, every=7)
    with frames.open(path) as clip:
        board = clip.storyboard(50, 96)
        assert list(board.times) == sorted(board.times)
    for i in range(0, 100, 9):
        with frames.open(path) as clip:
            t = (i + 0.98) / 25
            shown = clip.keyframe_at(t)
            assert shown.time == pytest.approx(i // 10 * 0.4, abs=0.001)
            assert read(shown.image) == i // 10 * 10


@pytest.mark.parametrize(
    ("suffix", "options"), [("mkv", {}), ("mp4", {"movflags": "frag_every_frame+empty_moov"})]
)
def test_a_stream_that_marks_no_keyframe_is_whole(plain, tmp_path, suffix, options):
    path = remux(plain, tmp_path / f"none.{suffix}", options=options, keep_keys=False)
    check(path, 75, every=8)
    with frames.open(path) as clip:
        assert clip.duration == pytest.approx(3, abs=0.05)
        # found by what is in the packets
        assert clip.keyframe_at(2.1).time == pytest.approx(2, abs=0.01)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("codec", "options"),
    [
        ("libx264", {**B_FRAMES, "g": "25"}),
        ("libx264", {"bf": "3", "g": "25", "x264-params": "open-gop=1:scenecut=0"}),
        ("mpeg4", {"bf": "2", "g": "25"}),
        ("mpeg4", {"g": "25"}),
        ("mjpeg", {}),
    ],
)
def test_an_avi_counts_its_frames_as_they_are_shown(tmp_path, codec, options):
    pixels = "yuvj420p" if codec == "mjpeg" else "yuv420p"
    path = tmp_path / "v.avi"
    encode(path, steady(75), codec=codec, options=options, tick=Fraction(1, 25), pixels=pixels)
    check(path, 75)
    with frames.open(path) as clip:
        assert clip.duration == pytest.approx(3, abs=0.13)
        t = 0.0
        for i in range(1, 10):
            frame = clip.frame_at(t, step=1)
            assert read(frame.image) == i
            t = frame.time


def test_an_avi_that_shows_an_image_every_second_turn(tmp_path):
    """As FFmpeg copies an MP4 with B-frames into one: 50 turns a second for 25 frames."""
    path = tmp_path / "v.avi"
    encode(path, steady(30), codec="libx264", options={"bf": "2"}, tick=Fraction(1, 50))
    check(path, 30)


@pytest.mark.slow
def test_a_giant_avi_counts_its_frames_as_they_are_shown_too(tmp_path, monkeypatch):
    monkeypatch.setattr("thumbnb.frames.index.packet_index._MAX_BYTES", 1000)
    path = tmp_path / "v.avi"
    encode(path, steady(50), options={**B_FRAMES, "g": "25"}, tick=Fraction(1, 25))
    check(path, 50)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("xvid-packed.avi", (70, 3, 0, 1, 26, 24, 50)),
        # FFmpeg calls the empty packets behind two images in one keyframes.
        ("xvid-packed-keys.avi", (36, 3, 0, 1, 26, 24, 11, 12, 13)),
    ],
)
def test_two_images_in_one_packet_are_two_frames(name, numbers):
    """An AVI as Xvid packs it."""
    for i in numbers:
        with frames.open(DATA / name) as clip:
            assert read_bits(clip.at((i + 0.4) / 25)) == i


@pytest.mark.slow
@pytest.mark.parametrize(
    ("suffix", "codec", "options"),
    [
        ("h264", "libx264", SHORT_GOP),
        ("hevc", "libx265", {"x265-params": "keyint=25:bframes=3:log-level=none"}),
        ("m2v", "mpeg2video", {"bf": "2", "g": "12"}),
        ("mjpeg", "mjpeg", {}),
        ("y4m", "rawvideo", {}),
        ("apng", "apng", {}),
    ],
)
def test_a_stream_without_a_container_is_a_video(tmp_path, suffix, codec, options):
    path = tmp_path / f"v.{suffix}"
    pixels = {"apng": "rgb24", "mjpeg": "yuvj420p"}.get(codec, "yuv420p")
    encode(path, steady(60), codec=codec, options=options, tick=Fraction(1, 25), pixels=pixels)
    check(path, 60, every=7)


def test_a_camcorder_tape(tmp_path):
    path = tmp_path / "v.dv"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("dvvideo", rate=25)
        stream.width, stream.height, stream.pix_fmt = 720, 576, "yuv420p"
        for i in range(3):
            grey = np.full((576, 720, 3), 60 + 60 * i, np.uint8)
            frame = av.VideoFrame.from_ndarray(grey, "rgb24")
            frame.pts, frame.time_base = i, Fraction(1, 25)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    with frames.open(path) as clip:
        assert clip.fps == pytest.approx(25)
        assert clip.duration == pytest.approx(0.12)
        greys = [clip.at(t).getpixel((300, 300))[0] for t in (0.01, 0.05, 0.09)]
        assert greys == pytest.approx([60, 120, 180], abs=4)


@pytest.mark.parametrize("suffix", ["avi", "flv"])
def test_a_header_that_overstates_the_length_is_not_believed(tmp_path, suffix):
    codec = {"codec": "mpeg4"} if suffix == "avi" else {"codec": "flv"}
    path = encode(tmp_path / f"v.{suffix}", steady(50), tick=Fraction(1, 25), **codec).path
    data = bytearray(path.read_bytes())
    if suffix == "avi":
        for box, at in ((b"strh", 40), (b"avih", 24)):
            start = data.find(box) + at
            data[start : start + 4] = struct.pack("<I", 9_000_000)
    else:
        start = data.find(b"duration") + 9
        data[start : start + 8] = struct.pack(">d", 3600.0)
    path.write_bytes(data)
    check(path, 50, every=9)
    with frames.open(path) as clip:
        assert clip.duration == clip.readable == pytest.approx(2, abs=0.05)


def test_the_later_fragments_of_a_broadcast(plain, tmp_path):
    whole = remux(
        plain,
        tmp_path / "w.mp4",
        options={"movflags": "frag_keyframe+empty_moov+default_base_moof"},
    )
    data = whole.read_bytes()
    parts = data.split(b"moof")
    head, fragments = parts[0][:-4], parts[1:]
    sizes = [parts[i][-4:] for i in range(len(parts) - 1)]
    later = b"".join(
        size + b"moof" + (f if f is fragments[-1] else f[:-4])
        for size, f in list(zip(sizes, fragments, strict=True))[1:]
    )
    path = tmp_path / "later.mp4"
    path.write_bytes(head + later)
    with frames.open(path) as clip:
        assert clip.duration == pytest.approx(2, abs=0.05)
    check(path, 50, first=25, every=7)


def test_a_damaged_start_moves_no_other_frame(plain, tmp_path):
    data = bytearray(plain.read_bytes())
    with av.open(str(plain)) as container:
        first = next(container.demux(video=0))
    data[first.pos : first.pos + first.size] = bytes(first.size)
    path = tmp_path / "v.mp4"
    path.write_bytes(data)
    with frames.open(path) as clip:
        assert clip.duration == pytest.approx(3)
        for i in (25, 50, 74):
            assert read(clip.at((i + 0.4) / 25)) == i
        for t in (0.0, 0.5):
            with pytest.raises(DamagedVideo):
                clip.at(t)


def test_a_recording_that_starts_between_keyframes_shows_its_first_image(plain, tmp_path):
    whole = remux(plain, tmp_path / "w.ts").read_bytes()
    with av.open(str(tmp_path / "w.ts")) as container:
        tenth = [p.pos for p in container.demux(video=0)][10]
    path = tmp_path / "v.ts"
    path.write_bytes(whole[tenth // 188 * 188 :])
    with frames.open(path) as clip:
        assert read(clip.at(0)) == 25
        shift = clip.frame_at(0).duration - 1 / 25
        assert 0.4 < shift < 0.7  # 25 - 10 frames, less what the order of decoding moves
        for i in (26, 40, 74):
            assert read(clip.at(shift + (i - 25 + 0.5) / 25)) == i


@pytest.mark.slow
def test_times_that_go_back_hold_nobody_up(plain, tmp_path):
    path = tmp_path / "v.mkv"
    options = {"bf": "0", "g": "25"}
    straight = encode(tmp_path / "w.mkv", steady(75), options=options).path
    data = bytearray(straight.read_bytes())
    number = 0
    at = data.find(b"\x1f\x43\xb6\x75")
    blocks = [
        i for i in range(at, len(data) - 4) if data[i] == 0xA3 and data[i + 3 : i + 4] == b"\x81"
    ]
    for i in blocks:
        back = {5: 40, 8: 60}.get(number % 10, 0)
        time = struct.unpack(">h", data[i + 4 : i + 6])[0] - back
        data[i + 4 : i + 6] = struct.pack(">h", time)
        number += 1
    assert number > 60  # most blocks have a length of two bytes
    path.write_bytes(data)
    with frames.open(path) as clip:
        t, seen = 0.0, []
        for _ in range(90):
            frame = clip.frame_at(t, step=1)
            seen.append(read(frame.image))
            assert frame.time >= t
            t = frame.time
        assert seen[-1] == 74
        assert len(set(seen)) > 55
