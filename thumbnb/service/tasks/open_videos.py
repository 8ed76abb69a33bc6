"""Stored videos that stay open for a while: for frames a slider asks for, which nothing keeps.

They are decoded in this process, as no other is as near; a video is stored only once a worker
process has read it well within its bounds. Each frame has a deadline all the same.
"""

from __future__ import annotations

import contextlib
import time as clock
from typing import TYPE_CHECKING

from thumbnb import errors
from thumbnb.imaging.sizes import fit_size
from thumbnb.service.refusal import Refusal, invalid, refusal_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from thumbnb.frames import Clip, Pool
    from thumbnb.frames.proxy.gop import SmallFrame
    from thumbnb.service.media.file_store import FileStore
    from thumbnb.service.records.videos import Video, VideoStore

# A frame that takes longer is of a video that nobody can scrub through (seconds).
FRAME_SECONDS = 10.0


class OpenVideos:
    """The stored videos as clips that stay open for a while."""

    def __init__(self, files: FileStore, videos: VideoStore, clips: Pool) -> None:
        self._files = files
        self._videos = videos
        self._clips = clips

    @contextlib.contextmanager
    def open(self, video: Video) -> Iterator[Clip]:
        """Lend the clip of a video."""
        path = self._files.path(video.sha256)
        try:
            with without_path(path), self._clips.borrow(path) as clip:
                yield clip
        except FileNotFoundError:
            raise self._files.refusal(video.sha256, "video", video.id) from None

    def preview_frame(
        self, video_id: str, time: float, *, step: int, width: int | None, stop: Callable[[], bool]
    ) -> SmallFrame:
        """Return a frame as a JPEG of at most ``width`` pixels."""
        video = self._videos.get(video_id)
        if not 0 <= time <= video.length:
            raise out_of_range(video, time)
        size = fit_size((video.width, video.height), min(width or video.width, video.width))
        end = clock.monotonic() + FRAME_SECONDS
        try:
            with self.open(video) as clip:
                return clip.jpeg_at(
                    time, size, step=step, stop=lambda: stop() or clock.monotonic() > end
                )
        except errors.JobCancelled:
            if stop():
                raise
            raise Refusal(
                422, "TOO_SLOW", f"The frame could not be read within {FRAME_SECONDS:g} s."
            ) from None


def out_of_range(video: Video, time: float) -> Refusal:
    """Return where the video's frames are."""
    return invalid(
        f"There is no frame at {time:g} s: this video runs from 0 to {video.length:g} s."
    )


@contextlib.contextmanager
def without_path(path: Path) -> Iterator[None]:
    """Say what is wrong with a file without telling its place on this machine."""
    try:
        yield
    except errors.ThumbnbError as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        message = refusal.message.replace(repr(str(path)), "the file")
        raise Refusal(refusal.status, refusal.code, message[:1].upper() + message[1:]) from error
