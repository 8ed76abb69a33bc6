"""What a random exact frame, a step and a storyboard cost, beside the peers.

    uv run --group bench python -m tests.benchmarks frames [--quick]

The video is ten minutes of 1080p H.264 with B-frames and a keyframe every 250
frames. Every peer is asked for the same times, in turn, so that what else the
machine does weighs on all alike. Trust the ratios more than the figures.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import shutil
import statistics
import subprocess
import time
from random import Random

import av

from tests.benchmarks._film import FPS, GOP, film
from thumbnb import frames

SIZE = (320, 180)
QUALITY = 85


def ffmpeg_program():
    found = shutil.which("ffmpeg")
    if found is None:
        import imageio_ffmpeg

        found = imageio_ffmpeg.get_ffmpeg_exe()
    return found


def as_jpeg(image):
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


def ours(video):
    clip = frames.open(video)

    def jpeg(t):
        return as_jpeg(clip.at(t, SIZE))

    return jpeg


def bare_decode(video):
    """The limit: no more than decoding from the keyframe to the frame, as fast as it can be."""
    container = av.open(str(video))
    stream = container.streams.video[0]
    context = stream.codec_context
    context.thread_type = "AUTO"
    second = round(1 / stream.time_base)

    def decode(t):
        wanted = int(t * FPS) * second // FPS
        container.seek(wanted, stream=stream)
        for packet in container.demux(stream):
            context.skip_frame = "DEFAULT" if packet.pts == wanted else "NONREF"
            decoded = packet.decode()
            if packet.pts == wanted:
                decoded += context.decode(None)
                return next(frame for frame in decoded if frame.pts == wanted)
        raise LookupError(t)

    return decode


def bare_decode_in_full(video):
    """As a plain loop would do it: every frame from the keyframe on, none skipped."""
    container = av.open(str(video))
    stream = container.streams.video[0]
    stream.thread_type = "AUTO"
    second = round(1 / stream.time_base)

    def decode(t):
        wanted = int(t * FPS) * second // FPS
        container.seek(wanted, stream=stream)
        return next(frame for frame in container.decode(stream) if frame.pts == wanted)

    return decode


def plain_pyav(video):
    def jpeg(t):
        with av.open(str(video)) as container:
            stream = container.streams.video[0]
            container.seek(int(t / stream.time_base), stream=stream)
            for frame in container.decode(stream):
                if frame.time + 1 / FPS > t:
                    return as_jpeg(frame.to_image(width=SIZE[0], height=SIZE[1]))
        raise LookupError(t)

    return jpeg


def opencv(video):
    import cv2

    capture = cv2.VideoCapture(str(video))

    def jpeg(t):
        capture.set(cv2.CAP_PROP_POS_FRAMES, int(t * FPS))
        _, picture = capture.read()
        small = cv2.resize(picture, SIZE, interpolation=cv2.INTER_AREA)
        return cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()

    return jpeg


def ffmpeg(video):
    width, height = SIZE

    def jpeg(t):
        command = [ffmpeg_program(), "-v", "error", "-ss", f"{t:.6f}", "-i", str(video)]
        command += ["-frames:v", "1", "-s", f"{width}x{height}", "-f", "mjpeg", "pipe:"]
        return subprocess.run(command, check=True, capture_output=True).stdout

    return jpeg


PEERS = {
    "thumbnb, clip kept open": ours,
    "limit: bare decode, non-reference skipped": bare_decode,
    "limit: bare decode in full": bare_decode_in_full,
    "PyAV: open, seek, decode": plain_pyav,
    "OpenCV, kept open": opencv,
    "ffmpeg command line": ffmpeg,
}


def milliseconds(function, *arguments):
    started = time.perf_counter()
    function(*arguments)
    return (time.perf_counter() - started) * 1000


def heading(what):
    return f"{what:<48}{'median':>9}{'p95':>9}{'most':>9}  ms"


def row(name, times):
    median, p95 = statistics.median(times), sorted(times)[int(len(times) * 0.95)]
    print(f"  {name:<46}{median:>9.1f}{p95:>9.1f}{max(times):>9.1f}")
    return median


def verdict(what, value, most):
    print(f"  {'pass' if value <= most else 'MISS'}: {what} {value:.3g} (at most {most:.3g})")


def random_frames(video, count):
    peers = {name: make(video) for name, make in PEERS.items()}
    random = Random(7)
    # In the middle of a frame, so that rounding is nobody's fault.
    instants = [(random.randrange(599 * FPS) + 0.5) / FPS for _ in range(count)]
    taken = {name: [] for name in peers}
    for peer in peers.values():
        peer(300.0)
    for t in instants:
        for name, peer in peers.items():
            taken[name].append(milliseconds(peer, t))
    print(heading(f"a random {SIZE[0]}x{SIZE[1]} JPEG, {count} times"))
    medians = {name: row(name, times) for name, times in taken.items()}
    mine, limit, full, *_, theirs = medians.values()
    verdict("over the bare decode, non-reference skipped,", mine / limit, 1.25)
    verdict("over the bare decode in full", mine / full, 1.25)
    verdict("over the ffmpeg command line", mine / theirs, 0.5)


def steps(video, count):
    with frames.open(video) as clip:
        print("\n" + heading(f"stepping by a frame, {count} times"))
        t = 305.02
        clip.at(t, SIZE)
        forward = [milliseconds(clip.at, t + i / FPS, SIZE) for i in range(1, count)]
        back = [milliseconds(clip.at, t + i / FPS, SIZE) for i in reversed(range(count))]
        further = [milliseconds(clip.at, t - 2 - i / FPS, SIZE) for i in range(1, count)]
        row("forward", forward)
        row("back over the frames just seen", back)
        row("back into frames not seen, past a keyframe", further)


def storyboards(video, seconds, quick):
    print("\na storyboard of 100 tiles of 160 pixels                  s")
    with frames.open(video) as clip:
        mine = statistics.median(milliseconds(clip.storyboard) / 1000 for _ in range(3))
        print(f"  {'thumbnb, from keyframes':<46}{mine:>9.2f}")
        if not quick:
            exact = milliseconds(lambda: clip.storyboard(exact=True)) / 1000
            print(f"  {'thumbnb, exact':<46}{exact:>9.2f}")
    part = 60 if quick else seconds
    command = [ffmpeg_program(), "-v", "error", "-t", str(part), "-i", str(video), "-frames:v", "1"]
    command += ["-vf", "fps=1/6,scale=160:-1,tile=10x10", "-f", "image2pipe", "-c:v", "mjpeg", "-"]
    taken = milliseconds(lambda: subprocess.run(command, check=True, capture_output=True)) / 1000
    theirs = taken * seconds / part
    title = "fps,scale,tile of ffmpeg" + (" (one minute, times ten)" if quick else "")
    print(f"  {title:<46}{theirs:>9.2f}")
    verdict("of ffmpeg's time", mine / theirs, 1 / 30)


def decode_rate(video, seconds=20):
    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        wanted = seconds * FPS
        started = time.perf_counter()
        for count, _ in enumerate(container.decode(stream), 1):
            if count == wanted:
                break
        rate = wanted / (time.perf_counter() - started)
    print(f"\nthe machine decodes {rate:.0f} frames a second of this video, one after the other")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks frames")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    quick = parser.parse_args(arguments).quick
    video = film()
    print(
        f"1080p H.264, 10 min, B-frames, keyframe every {GOP} frames; "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, PyAV {av.__version__}\n"
    )
    random_frames(video, 12 if quick else 60)
    steps(video, 30 if quick else 100)
    storyboards(video, 600, quick)
    decode_rate(video)
