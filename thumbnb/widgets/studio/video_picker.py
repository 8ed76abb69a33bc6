"""The video picker: one of the account's videos, the sample, or another."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import traitlets

from thumbnb.client.resources.video import Video
from thumbnb.widgets.controls.buttons.button import Button
from thumbnb.widgets.controls.buttons.confirmed_button import ConfirmedButton
from thumbnb.widgets.controls.dropdown import Dropdown
from thumbnb.widgets.controls.panel import Panel
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.core.layout import row
from thumbnb.widgets.core.text import shortened

if TYPE_CHECKING:
    from thumbnb.client.client import Client

ANOTHER = "Another: upload it, or give its address"
# A long account's list is shown to its newest.
MAX_VIDEOS = 200


class VideoPicker(Panel):
    """Picks a video of the account, the sample video, or none (for one to be uploaded).

    Traits: ``video``, the Video picked or None; observe it, or set it; ``error``.
    ``delete()`` deletes it from the service; its button asks before.

    >>> VideoPicker(client)  # doctest: +SKIP
    """

    repr_traits = ("video",)

    video: Any = traitlets.Instance(Video, allow_none=True)

    def __init__(self, client: Client, *, video: Video | None = None) -> None:
        super().__init__(video=video)
        self._client = client
        self._known: dict[str, Video] = {}
        self._showing = False
        self._choice = Dropdown(label="Video", options=[(ANOTHER, "")])
        self._sample = Button(
            "Sample video",
            self.catch_errors(lambda _: self._open_sample()),
            tooltip="Open the short video that comes along",
        )
        self._choice.observe(self.catch_errors(self._chosen), "value")
        self.observe(lambda _: self._show(), "video")
        self._delete = ConfirmedButton(
            "Delete ...",
            self.catch_errors(lambda _: self.delete()),
            tooltip="Delete this video from the service",
        )
        self.fill(row(self._choice, self._sample, self._delete, css_class="thumbnb-control-line"))
        self._show()
        self.refresh()

    def use_client(self, client: Client) -> None:
        """Pick from another client's videos from now on; ``refresh()`` reads them."""
        self._client = client

    def refresh(self) -> None:
        """Read which videos there are."""
        self.start_job("videos", self._client.videos.aio, then=self._learn, latest=True)

    def _learn(self, videos: list[Video]) -> None:
        self._known = {video.id: video for video in videos[-MAX_VIDEOS:]}
        self._show()

    def _show(self) -> None:
        video = self.video
        if video is not None:
            self._known[video.id] = video
        options = [(named(each), each.id) for each in reversed(self._known.values())]
        self._showing = True
        with self._choice.hold_sync():
            self._choice.options = [(ANOTHER, ""), *options]
            self._choice.value = video.id if video is not None else ""
        self._showing = False
        self._delete.visible = video is not None
        if video is not None:
            name = shortened(video.name or video.id, 60)
            self._delete.question = f"Delete \u201c{name}\u201d and its thumbnails for good?"

    def _chosen(self, change: Any) -> None:
        if not self._showing:
            self.error = ""
            self.video = self._known.get(change.new)

    def delete(self) -> None:
        """Delete the video that is picked from the service, with its thumbnails."""
        self.error = ""
        video = self.video
        if video is None:
            return

        def gone(_: None) -> None:
            self._known.pop(video.id, None)
            if self.video == video:
                self.video = None
            self._show()

        self.start_job("delete", video.delete.aio, then=gone)

    def _open_sample(self) -> None:
        self.error = ""
        self._sample.disabled = True
        self._sample.description = "Opening ..."

        def show(video: Video) -> None:
            self.video = video

        self.start_job("sample", self._sampled, then=show)

    async def _sampled(self) -> Video:
        from thumbnb.samples.video import sample_video  # noqa: PLC0415  - it brings the decoder

        try:
            path = await asyncio.to_thread(sample_video)
            same = [video for video in await self._client.videos.aio() if video.name == path.stem]
            return same[-1] if same else await self._client.upload.aio(path)
        finally:
            trait_updates.shared.set(self._sample, disabled=False, description="Sample video")


def named(video: Video) -> str:
    """Return a video's line in the list: its name and its length."""
    name = (video.name or video.id)[:60]
    if video.length is None:
        return name
    minutes, seconds = divmod(round(video.length), 60)
    return f"{name} ({minutes}:{seconds:02})"
