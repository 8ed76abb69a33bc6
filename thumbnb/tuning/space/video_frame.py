"""A frame of a video as a content image, fetched when its cell is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thumbnb.client.images.thumbnail import Thumbnail
    from thumbnb.client.resources.video import Video


@dataclass(frozen=True)
class VideoFrame:
    """The frame on screen at ``time`` seconds of a video."""

    video: Video
    time: float

    async def fetch(self) -> Thumbnail:
        """Return the frame; the same one is paid once, where frames are paid."""
        return await self.video.generate_thumbnail.aio(time=self.time, take=0)

    def __repr__(self) -> str:
        return f"<frame at {self.time:g} s of {self.video.id}>"


async def with_frames(brief: dict[str, Any]) -> dict[str, Any]:
    """Return a brief with its frames fetched."""
    images = brief.get("content_images")
    if not images:
        return brief
    fetched = [await each.fetch() if isinstance(each, VideoFrame) else each for each in images]
    return {**brief, "content_images": fetched}
