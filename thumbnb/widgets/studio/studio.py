"""From a video to a thumbnail, step by step, on one client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.client.client import Client
from thumbnb.client.inputs import checks
from thumbnb.client.inputs.upload_source import source_of
from thumbnb.client.resources.video import Video
from thumbnb.widgets.controls.panel import Panel
from thumbnb.widgets.core.check_client import check_client
from thumbnb.widgets.studio.studio_controller import StudioController, controller_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from thumbnb.widgets.slider.video_upload import VideoSource


class Studio(Panel):
    """Pick a frame, describe, see the price, generate, compare: all on one client.

    Every step shows the Python that does the same. What is in it outlives the cell: run
    again, or in another cell, a studio of the same home and services finds its frame,
    its brief, its jobs and its images; ``fresh=True`` starts over. The client given
    last is used, with its key and its budget. Jobs go on when the cell is deleted.
    With ``separate=True`` it shares nothing with the others: what is described there stays.

    Parts, each a widget to be observed or set: ``slider`` (TimestampSlider), ``form``
    (PromptForm), ``progress`` (JobProgress), ``grid`` (ImageGrid). Traits: ``error``.

    ``video`` is a Video, or one to upload as ``client.upload`` takes it: a path, an address,
    bytes, an open file; it may stand alone.

    >>> tb.Studio(client, video=video)  # doctest: +SKIP
    >>> tb.Studio("talk.mp4")  # doctest: +SKIP
    """

    def __init__(
        self,
        client: Client | Video | VideoSource | None = None,
        *,
        video: Video | VideoSource | None = None,
        fresh: bool = False,
        separate: bool = False,
    ) -> None:
        fresh, separate = checks.flag("fresh", fresh), checks.flag("separate", separate)
        if client is not None and not isinstance(client, Client):
            if video is not None:
                check_client(client)  # which says what it is
            client, video = None, client
        if video is not None and not isinstance(video, Video):
            source_of(video, None)  # what cannot be opened is said here and now
        controller = controller_of(client, fresh=fresh, separate=separate)
        super().__init__(css_class="thumbnb-studio")
        self.controller: StudioController = controller
        self.slider, self.form = self.controller.slider, self.controller.form
        self.progress, self.grid = self.controller.progress, self.controller.grid
        if isinstance(video, Video):
            self.controller.picker.video = video
        elif video is not None:
            self.slider.upload(video)
        self.controller.update_snapshot = self.update_snapshot
        self.fill(self.controller.services, *self.controller.sections)

    @property
    def client(self) -> Client:
        """The client that was given last."""
        return self.controller.client

    @property
    def code(self) -> str:
        """The Python of all steps taken so far, as one script."""
        return self.controller.code

    def snapshot_images(self) -> Sequence[Image.Image]:
        """Return the images that were made, else the frame."""
        return self.grid.snapshot_images() or self.slider.snapshot_images()
