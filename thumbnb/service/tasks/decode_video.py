"""What is decoded of a video, as functions that a worker process runs: a path in, plain data out.

Nothing here needs the service: each opens the file, does its work and closes it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb import errors, frames
from thumbnb.imaging.small_copy import encode_jpeg
from thumbnb.service.media.media_type import media_type
from thumbnb.service.refusal import Refusal

if TYPE_CHECKING:
    from thumbnb.frames import Clip, Frame
    from thumbnb.service.jobs.task_control import TaskControl

# 8K, and as much in any other shape: of more, a decoder holds gigabytes.
MAX_PIXELS = 8192 * 4608
MAX_SIDE = 16384
# A decoder holds its references and what its threads work on; seen, not specified.
_FRAMES_HELD = 18
_BASE_MEMORY = 320 * 1024 * 1024
MAX_MEMORY = 1000 * 1024 * 1024
# What a worker process loads before its memory is limited.
PRELOADED = ("thumbnb.frames.clip", "thumbnb.frames.storyboard", "thumbnb.frames.suggest")
# Threads of one decoder: there are other workers, and each thread holds a frame.
_THREADS = 2


def memory_for(size: tuple[int, int]) -> int:
    """Return how much memory a video of this size may take to decode (bytes)."""
    frame = size[0] * size[1] * 3 // 2
    return min(MAX_MEMORY, _BASE_MEMORY + _FRAMES_HELD * frame)


def declared_size(_: TaskControl, /, *, path: str) -> tuple[int, int]:
    """Return the width and height that a file claims for its frames; refuse what is too large."""
    from thumbnb.frames.source import VideoFile  # noqa: PLC0415 - PyAV, when first used

    file = VideoFile(path)
    try:
        width, height = file.stream.codec_context.width, file.stream.codec_context.height
    finally:
        file.close()
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise Refusal(
            400,
            "TOO_LARGE",
            f"The video is {width}x{height} pixels: at most {MAX_SIDE} a side and "
            f"{MAX_PIXELS / 1e6:.0f} million in all can be read.",
        )
    return width, height


def inspect_video(_: TaskControl, /, *, path: str) -> dict[str, Any]:
    """Return a video's facts as its row has them, and its cover, encoded."""
    with frames.open(path, _THREADS) as clip:
        cover = _cover(clip)
        facts = {
            "media_type": media_type(Path(path)),
            "size": Path(path).stat().st_size,
            "length": clip.duration,
            "fps": clip.fps,
            "width": clip.size[0],
            "height": clip.size[1],
        }
    return {"facts": facts, **_encoded(cover)}


def video_frame(
    _: TaskControl, /, *, path: str, time: float, size: tuple[int, int] | None
) -> dict[str, Any]:
    """Return the frame on screen at a time (seconds), encoded in a size (pixels), or its own."""
    with frames.open(path, _THREADS) as clip:
        return _encoded(clip.frame_at(time, size))


def video_storyboard(
    _: TaskControl, /, *, path: str, count: int, tile_width: int, exact: bool | None
) -> dict[str, Any]:
    """Return a sheet of small frames, encoded, and how to cut it."""
    with frames.open(path, _THREADS) as clip:
        sheet = clip.storyboard(count, tile_width, exact=exact)
    return {
        "image": encode_jpeg(sheet.image, full_colour=True),
        "data": {
            "tile_width": sheet.tile_size[0],
            "tile_height": sheet.tile_size[1],
            "columns": sheet.columns,
            "count": len(sheet.times),
            "interval": sheet.interval,
            "times": list(sheet.times),
        },
    }


def video_suggestions(_: TaskControl, /, *, path: str, count: int) -> dict[str, Any]:
    """Return the best moments of a video, and where its shots begin (seconds)."""
    with frames.open(path, _THREADS) as clip:
        found, shots = clip.survey(count)
    return {
        "suggestions": [
            {"time": float(s.time), "score": float(s.score), "reasons": list(s.reasons)}
            for s in found
        ],
        "shots": [float(time) for time in shots],
    }


def _cover(clip: Clip) -> Frame:
    """Return the frame that stands for a video: a good one, or its first if none can be judged.

    Not the best of all: an upload waits for it.
    """
    try:
        best = clip.suggest(1, quick=True)
        return clip.frame_at(best[0].time if best else 0.0)
    except errors.MediaError:
        return clip.frame_at(0.0)


def _encoded(frame: Frame) -> dict[str, Any]:
    return {
        "image": encode_jpeg(frame.image, full_colour=True),
        "image_size": frame.image.size,
        "time": float(frame.time),
        "duration": float(frame.duration),
    }
