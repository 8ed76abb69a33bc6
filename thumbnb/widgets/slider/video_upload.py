"""What a widget that works on a video does where there is none yet: it takes one."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from thumbnb import errors
from thumbnb.client.connect import connect
from thumbnb.client.resources.video import Video
from thumbnb.widgets.core.chunked_upload import plain_name
from thumbnb.widgets.core.synced_traits import Float, Text
from thumbnb.widgets.core.widget import Widget, answers
from thumbnb.widgets.slider.video_file import Delivered, Delivery

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.client.client import Client
    from thumbnb.client.runtime.job import Job


class VideoIntake(Widget):
    """A widget with a video: given, or taken from the browser as a file or an address.

    Its file for the browser shows ``intake(model, signal)`` (video_upload.js).
    """

    status = Text(help="What is going on.")
    progress = Float(-1.0, help="The share of it that is done, 0-1; below 0 where unknown.")
    video = traitlets.Any(help="The Video, or None.")
    client = traitlets.Any(help="The client that takes an upload; one is connected if need be.")

    def __init__(self, **traits: Any) -> None:
        self._delivery = Delivery()
        super().__init__(**traits)

    @traitlets.validate("video")
    def _only_videos(self, proposal: Any) -> Any:
        if proposal.value is not None and not isinstance(proposal.value, Video):
            raise errors.InvalidInput(
                f"video is a Video, not a {type(proposal.value).__name__}.",
                hint="client.upload(path) returns one.",
            )
        return proposal.value

    def _at_hand(self) -> Video:
        if self.video is None:
            raise errors.InvalidInput("There is no video yet.", hint="Set video, or upload one.")
        video: Video = self.video
        return video

    def _follow(self, job: Job[Any]) -> None:
        """Show how far a job is, to its end."""
        job.watch(self._tell)
        self._tell(job)  # it may have ended before it was watched

    def _tell(self, job: Job[Any]) -> None:
        if job.done():
            self.later(status="", progress=-1.0)
        else:
            fraction = job.progress.fraction
            stage = job.progress.stage.capitalize()
            self.later(status=stage, progress=-1.0 if fraction is None else fraction)

    @answers("part")
    def _part(self, *, parcel: str, name: str, size: int, buffers: Sequence[Any] = ()) -> Any:
        whole = self._delivery.add(str(parcel), str(name), size, buffers)
        if whole is not None:
            self._open(whole, Path(plain_name(name)).stem)
        return {}

    @answers("address")
    def _address(self, *, url: str) -> dict[str, Any]:
        # Only an address: what the page says never opens a file of this machine.
        if not str(url).lower().startswith(("http://", "https://")):
            raise errors.InvalidInput("An address starts with http:// or https://.")
        self._open(str(url))
        return {}

    @answers("cancel")
    def _cancel(self) -> dict[str, Any]:
        self._drop("upload")
        self._delivery.drop()
        return {}

    def _open(self, source: str | Delivered, name: str | None = None) -> None:
        """Upload a file or an address, and show it."""

        async def upload() -> tuple[Client, Video]:
            client: Client = self.client or await asyncio.to_thread(partial(connect, quiet=True))
            if isinstance(source, str):
                return client, await client.upload.aio(source)
            with source as path:
                return client, await client.upload.aio(path, name=name)

        def show(made: tuple[Client, Video]) -> None:
            self.client, self.video = made

        self.later(status="Opening the video", progress=-1.0, error="")
        self._follow(self.work("upload", upload, then=show, latest=True))

    def close(self) -> None:
        """Close the widget; what it was about to fetch is not fetched."""
        for name in list(self._work):
            if name != "thumbnail":  # that was asked for, and is used elsewhere
                self._drop(name)
        self._delivery.drop()
        super().close()

    def _drop(self, name: str) -> None:
        if job := self._work.get(name):
            job.cancel()
