"""A ten-minute film made by code, cached among the user's temporary files."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

WIDTH, HEIGHT, FPS, GOP = 1920, 1080, 25, 250
LOOP_SECONDS = 20


def landscape(rng, height, width):
    """Hills and valleys of every size, as nature has them."""
    picture = np.zeros((height, width), np.float32)
    for cell in (256, 64, 16, 4):
        coarse = rng.random((height // cell + 2, width // cell + 2), np.float32) * cell**0.7
        picture += np.asarray(Image.fromarray(coarse).resize((width, height), Image.BICUBIC))
    picture -= picture.min()
    return (30 + 190 * picture / picture.max()).astype(np.uint8)


def loop_frames():
    """Yield the frames of one loop: a slow pan, things drifting about in it, film grain."""
    rng = np.random.default_rng(1)
    ground = landscape(rng, HEIGHT + 400, WIDTH + 800)
    colours = [landscape(rng, HEIGHT // 2 + 200, WIDTH // 2 + 400) for _ in range(2)]
    things = [landscape(rng, 240, 240) for _ in range(6)]
    grain = rng.normal(0, 1.2, (HEIGHT * 2, WIDTH * 2)).round().astype(np.int8)
    count = LOOP_SECONDS * FPS
    for i in range(count):
        turn = 2 * np.pi * i / count
        x, y = int(400 + 390 * np.sin(turn)) & ~1, int(200 + 190 * np.sin(2 * turn)) & ~1
        luma = ground[y : y + HEIGHT, x : x + WIDTH].astype(np.int16)
        for k, thing in enumerate(things):
            left = int((WIDTH - 240) * (0.5 + 0.5 * np.sin(turn + k)))
            top = int((HEIGHT - 240) * (0.5 + 0.5 * np.cos(turn + 2 * k)))
            luma[top : top + 240, left : left + 240] = thing
        x0, y0 = rng.integers(WIDTH), rng.integers(HEIGHT)
        luma += grain[y0 : y0 + HEIGHT, x0 : x0 + WIDTH]
        planes = [luma]
        planes += [c[y // 2 : (y + HEIGHT) // 2, x // 2 : (x + WIDTH) // 2] for c in colours]
        frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
        for plane, values in zip(frame.planes, planes, strict=True):
            rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
            rows[:, : plane.width] = values
        yield frame


def encode_loop(path, gop):
    options = {"preset": "fast", "bf": "3", "sc_threshold": "0"}
    options |= {"g": str(gop), "keyint_min": str(gop)}
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=FPS, options=options)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.codec_context.thread_type = "FRAME"  # one slice a picture, as films have
        for i, frame in enumerate(loop_frames()):
            frame.pts, frame.time_base = i, Fraction(1, FPS)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())


def repeat(source, target, seconds):
    """Copy the packets of ``source`` over and over, until ``seconds`` are full."""
    with av.open(str(source)) as one, av.open(str(target), "w", format="mp4") as out:
        inside = one.streams.video[0]
        outside = out.add_stream_from_template(inside)
        packets = [(p, p.pts, p.dts) for p in one.demux(inside) if p.size]
        length = round(LOOP_SECONDS / inside.time_base)
        for turn in range(seconds // LOOP_SECONDS):
            for packet, pts, dts in packets:
                packet.stream = outside
                packet.pts, packet.dts = pts + turn * length, dts + turn * length
                packet.time_base = inside.time_base
                out.mux(packet)


def film(seconds=600, gop=GOP):
    """Return the path of the film, making it on first use; a keyframe every ``gop`` frames."""
    folder = Path(tempfile.gettempdir()) / "thumbnb-benchmarks"
    folder.mkdir(exist_ok=True)
    kind = "" if gop == GOP else f"-gop{gop}"
    video = folder / f"h264-1080p{kind}-{seconds}s.mp4"
    if not video.exists():
        loop, part = folder / f"loop{kind}.mp4", video.with_suffix(".part")
        if not loop.exists():
            encode_loop(loop.with_suffix(".part"), gop)
            loop.with_suffix(".part").rename(loop)
        repeat(loop, part, seconds)
        part.rename(video)
    return video
