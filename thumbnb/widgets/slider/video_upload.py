"""Video upload: a widget without a video takes one, as a file or an address."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

import traitlets

from thumbnb import errors
from thumbnb.client.connect import connect
from thumbnb.client.inputs.upload_source import source_of
from thumbnb.client.resources.video import Video
from thumbnb.widgets.core.chunked_upload import clean_file_name
from thumbnb.widgets.core.synced_traits import Float, Int, Text
from thumbnb.widgets.core.widget import Widget, handles
from thumbnb.widgets.slider.video_file import MAX_BYTES, UploadedFile, VideoFileUpload

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from thumbnb.client.client import Client
    from thumbnb.client.runtime.job import Job


# What a video may be uploaded from.
VideoSource: TypeAlias = "str | os.PathLike[str] | bytes | BinaryIO"


class VideoUpload(Widget):
    """A widget with a video: given, or uploaded from the browser as a file or an address.

    Its JavaScript shows ``videoUpload(model, signal)`` (video_upload.js).
    """

    status = Text(help="The stage of the work under way, in words.")
    progress = Float(-1.0, help="The share of it that is done, 0-1; below 0 where unknown.")
    max_bytes = Int(MAX_BYTES, help="How large a file from the browser may be.")
    video = traitlets.Any(help="The Video, or None.")
    client = traitlets.Any(help="The client that takes an upload; one is connected if need be.")

    def __init__(self, **traits: Any) -> None:
        self._file_upload = VideoFileUpload()
        super().__init__(**traits)

    @traitlets.validate("video")
    def _only_videos(self, proposal: Any) -> Any:
        if proposal.value is not None and not isinstance(proposal.value, Video):
            raise errors.InvalidInput(
                f"video is a Video, not a {type(proposal.value).__name__}.",
                hint="client.upload(path) returns one.",
            )
        return proposal.value

    def _require_video(self) -> Video:
        if self.video is None:
            raise errors.InvalidInput("There is no video yet.", hint="Set video, or upload one.")
        video: Video = self.video
        return video

    def _show_progress_of(self, job: Job[Any]) -> None:
        """Show the progress of a job, to its end."""
        job.watch(self._show_progress)
        self._show_progress(job)  # it may have ended before it was watched

    def _show_progress(self, job: Job[Any]) -> None:
        if job.done():
            self.set_later(status="", progress=-1.0)
        else:
            fraction = job.progress.fraction
            stage = job.progress.stage.capitalize()
            self.set_later(status=stage, progress=-1.0 if fraction is None else fraction)

    @handles("upload_part")
    def _upload_part(
        self, *, upload_id: str, name: str, size: int, buffers: Sequence[Any] = ()
    ) -> Any:
        whole = self._file_upload.add(str(upload_id), str(name), size, buffers)
        if whole is not None:
            self._open(whole, Path(clean_file_name(name)).stem)
        return {}

    @handles("upload_url")
    def _upload_url(self, *, url: str) -> dict[str, Any]:
        # Only an address: what the page says never opens a file of this machine.
        if not str(url).lower().startswith(("http://", "https://")):
            raise errors.InvalidInput("An address starts with http:// or https://.")
        self._open(str(url))
        return {}

    @handles("cancel_upload")
    def _cancel_upload(self) -> dict[str, Any]:
        self._cancel_job("upload")
        self._file_upload.drop()
        return {}

    def upload(self, source: VideoSource) -> None:
        """Upload a video, as ``client.upload`` does, and show it; ``status`` says how it goes.

        Raises InvalidInput at once for what cannot be opened.
        """
        source_of(source, None)
        self._open(source)

    def _open(self, source: VideoSource | UploadedFile, name: str | None = None) -> None:
        """Upload a file or an address, and show it."""

        async def upload() -> tuple[Client, Video]:
            client: Client = self.client or await asyncio.to_thread(partial(connect, quiet=True))
            if not isinstance(source, UploadedFile):
                return client, await client.upload.aio(source)
            with source as path:
                return client, await client.upload.aio(path, name=name)

        def show(made: tuple[Client, Video]) -> None:
            self.client, self.video = made

        self.set_later(status="Opening the video", progress=-1.0, error="")
        self._show_progress_of(self.start_job("upload", upload, then=show, latest=True))

    def close(self) -> None:
        """Close the widget, and cancel what it was about to fetch."""
        for name in list(self._jobs):
            if name != "thumbnail":  # its result is used elsewhere
                self._cancel_job(name)
        self._file_upload.drop()
        super().close()

    def _cancel_job(self, name: str) -> None:
        if job := self._jobs.get(name):
            job.cancel()
