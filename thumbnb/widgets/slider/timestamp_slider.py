"""The timestamp slider: drag to scrub a video, rest to see the exact frame, use it."""

from __future__ import annotations

import asyncio
import io
import math
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import ipywidgets
import traitlets

from thumbnb import errors
from thumbnb.client.inputs import checks
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.core.synced_traits import Choice, Float, Int, List, Text
from thumbnb.widgets.core.widget import handles
from thumbnb.widgets.slider.video_upload import VideoUpload

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from PIL import Image

    from thumbnb.client.client import Client
    from thumbnb.client.images.preview import Preview
    from thumbnb.client.images.storyboard import Storyboard
    from thumbnb.client.images.thumbnail import Thumbnail
    from thumbnb.client.resources.video import Video
    from thumbnb.client.runtime.job import Job
    from thumbnb.models import SuggestionRecord

T = TypeVar("T")

# Tiles and their width (pixels) of the sheet that comes first, and of the one for good.
QUICK = (40, 160)
FINE = (150, 320)
# A frame is sent no wider than this (pixels), whatever the screen.
MAX_WIDTH = 1920
# Frames a second where nobody says.
USUAL_RATE = 25.0
# Frames that are fetched before they are asked for, at most.
MAX_AHEAD = 12
# Pixels that may be decoded for tiles that show the exact frames (about 2000 frames of 1080p).
AFFORDABLE = 4e9
# More marks than this are no help.
MAX_SHOTS = 100
# The sizes offered for a thumbnail, and the limits of one typed in, in pixels.
FRAME_SIZES = [[1280, 720], [1920, 1080]]
SIDE_LIMITS = [16, 8192]
# Seconds of quiet before the saved notebook's image is brought up to date.
QUIET = 1.0


class TimeTrait(Float):
    """Seconds, as a number or as a text like "0:05"."""

    def validate(self, obj: Any, value: Any) -> float:
        """Return the seconds. Raises InvalidInput for a text that is none."""
        value = checks.seconds(value) if isinstance(value, str) else value
        return float(super().validate(obj, value))


class TimestampSlider(VideoUpload, ipywidgets.ValueWidget, front_end="timestamp_slider.js"):  # type: ignore[misc]
    """Choose a moment of a video by its frames.

    Dragging scrubs in the browser, over a storyboard; when the pointer rests, the exact
    frame is there. Arrows go frame by frame, with shift by the second, page up and down
    by ten. Made without a video it takes one: a file, or an address.

    Traits: ``value``, the chosen second (set it to a number, or a text like ``"0:05"``);
    ``hover``, the second under the pointer while it is dragged; ``length`` in seconds and
    ``size`` in pixels of the video; ``marks``, a list of ``{"time", "kind", "label"}`` with
    the kind ``"suggested"`` or ``"shot"``;
    ``status`` and ``error`` in words; ``video``, which can be replaced; ``thumbnail``,
    what "Use this frame" made last (a Thumbnail, or None). ``frame`` is the frame at
    ``value``. A hosted video is scrubbed in its stream, so that looking costs nothing.

    >>> slider = TimestampSlider(video, value=12.5)  # doctest: +SKIP
    >>> slider.observe(lambda change: print(change.new), "value")  # doctest: +SKIP
    """

    repr_traits = ("value", "video")

    value = TimeTrait(0.0, help="The chosen second.")
    hover = TimeTrait(0.0, help="The second under the pointer while it is dragged.").tag(
        echo_update=False  # a drag's messages need no answer
    )
    length = Float(0.0, help="Seconds of the video; 0 while unknown.")
    size = List(help="Width and height of the video in pixels; empty while unknown.")
    marks = List(help="Moments worth a look: time, kind and label.")
    name = Text(help="The video's name.")
    rate = Float(USUAL_RATE, help="Frames a second, about.")
    view = Choice(("upload", "loading", "storyboard", "stream"), "upload", help="What can be seen.")
    storyboard_version = Int(0, help="Rises when a better storyboard is there; 0 without one.")
    thumbnail_version = Int(0, help="Rises when a thumbnail was made; 0 while there is none.")

    frame_sizes = List(FRAME_SIZES, help="The sizes offered for a thumbnail, in pixels.")
    side_limits = List(SIDE_LIMITS, help="The least and the most pixels of a side.")

    thumbnail = traitlets.Any(help="The last Thumbnail made here, or None.")

    def __init__(
        self, video: Video | None = None, *, client: Client | None = None, **traits: Any
    ) -> None:
        self._storyboard: Storyboard | None = None
        self._storyboards = self._thumbnails = 0
        self._seen: Preview | None = None
        self._under_way: dict[str, asyncio.Task[Any]] = {}
        value = traits.pop("value", 0.0)
        super().__init__(client=client, **traits)
        self.video = video
        self.value = value

    # -- what is chosen -----------------------------------------------------------

    @property
    def frame(self) -> Image.Image:
        """The frame at ``value`` as a Pillow image, in full size; fetched if need be.

        Of a hosted video only what was paid for is shown: raises InvalidInput until
        "Use this frame" or ``use_frame()`` made a thumbnail there.
        """
        made = self.thumbnail
        if self.view == "stream":
            if made is not None and made.time == self.value:
                image: Image.Image = made.image
                return image
            raise errors.InvalidInput(
                "Of a hosted video a frame costs.", hint="Call use_frame() to make a thumbnail."
            )
        return self._require_video().preview(time=self.value).image

    def use_frame(
        self,
        *,
        width: int | None = None,
        height: int | None = None,
        time: float | str | None = None,
    ) -> Job[Thumbnail]:
        """Make a thumbnail of the frame at ``value`` (or ``time``), and return its Job at once.

        ``width`` and ``height`` are in pixels, as in ``video.generate_thumbnail``. On a
        hosted service this costs, the same frame in the same size once. ``thumbnail`` is
        set when it is there.
        """
        video = self._require_video()
        time = checks.seconds(self.value if time is None else time, length=video.length)
        size = {"width": checks.side("width", width), "height": checks.side("height", height)}
        self.set_later(status="Making the thumbnail", progress=-1.0, error="")
        job = self.start_job(
            "thumbnail",
            lambda: video.generate_thumbnail.aio(time=time, **size, take=0),
            then=partial(self._use, video),
        )
        self._show_progress_of(job)
        return job

    def _use(self, video: Video, made: Thumbnail) -> None:
        """Take a thumbnail that was made, unless the video is another by now."""
        if self.video is None or self.video.id != video.id:
            return
        self.thumbnail = made
        self._thumbnails += 1
        self.thumbnail_version = self._thumbnails
        self.update_snapshot()

    # -- the video ----------------------------------------------------------------

    @traitlets.validate("value", "hover")
    def _within(self, proposal: Any) -> float:
        return _second(proposal.value, self.length)

    @traitlets.observe("video")
    def _start_video(self, _: Any) -> None:
        video: Video | None = self.video
        self._storyboard = self._seen = None
        with self.hold_sync():
            self.storyboard_version = 0
            self.marks = []
            self.error = ""
            self.thumbnail = None
            self.thumbnail_version = 0
            self.length = (video and video.length) or 0.0
            self.size = list((video and video.size) or ())
            self.name = (video and video.name) or ""
            self.rate = (video and video.fps) or USUAL_RATE
            self.view = "loading" if video else "upload"
            self.value = self.hover = 0.0
        for name in ("prepare", "snapshot"):
            self._cancel_job(name)
        self._give_up()
        if video:
            self.start_job("prepare", lambda: self._prepare(video), latest=True)

    async def _prepare(self, video: Video) -> None:
        """Fetch storyboards and marks of a video: the rough storyboard first."""
        try:
            for count, tile_width in (QUICK, FINE):
                board = await video.storyboard.aio(count=count, tile_width=tile_width)
                self._show_found(video, board, view="storyboard")
        except errors.ServiceError:
            # Only the embedded service has previews of its own.
            self._show_found(video, view="stream")
            return
        except errors.ThumbnbError:
            self._show_found(video, view="stream")
            raise
        suggested, shots = await video.suggest.aio(), await video.shots.aio()
        self._show_found(video, marks=[*map(_suggested, suggested), *map(_shot, shots[:MAX_SHOTS])])
        if _repeats(board) and _pixels(video) <= AFFORDABLE:
            count, tile_width = FINE
            board = await video.storyboard.aio(count=count, tile_width=tile_width, exact=True)
            self._show_found(video, board)

    def _show_found(self, video: Video, board: Storyboard | None = None, **traits: Any) -> None:
        """Show what was found, unless the video is another by now."""

        def show() -> None:
            if self.video is not video:
                return
            if board is not None:
                self._storyboard = board
                self._storyboards += 1
                traits["storyboard_version"] = self._storyboards
            with self.hold_sync():
                for name, value in traits.items():
                    setattr(self, name, value)
            self.update_snapshot()

        trait_updates.shared.call(self, show)

    # -- what the browser asks ----------------------------------------------------

    @handles("storyboard")
    def _storyboard_tiles(self) -> tuple[dict[str, Any], list[bytes]]:
        board = self._storyboard
        if board is None:
            raise errors.NotFound("There is no storyboard.")
        width, height = board.tile_size
        shape = {"width": width, "height": height, "columns": board.columns}
        return {**shape, "count": len(board), "interval": board.interval}, [board.bytes]

    @handles("frame")
    async def _frame(
        self, *, view_id: str, time: float, step: int = 0, width: int = 640
    ) -> tuple[dict[str, float], list[bytes]]:
        """Return the exact frame; a view that asks again has given up what it asked before."""
        video, time = self._require_video(), _second(time, self.length)
        self._give_up("ahead")
        preview = video.preview.aio(time=time, step=step, width=min(width, MAX_WIDTH))
        self._seen = seen = await self._only_newest(f"exact {view_id}", preview)
        self.start_job(
            "snapshot",
            lambda: asyncio.sleep(QUIET),
            then=lambda _: self.update_snapshot(),
            latest=True,
        )
        return {"time": seen.time, "until": seen.until}, [seen.bytes]

    @handles("frames_ahead")
    async def _ahead(
        self, *, view_id: str, batch: int, time: float, direction: int, count: int, width: int = 640
    ) -> None:
        """Send the next frames before an arrow asks for them."""
        video, width = self._require_video(), min(width, MAX_WIDTH)
        step = 1 if direction > 0 else -1

        async def preview() -> None:
            at = _second(time, self.length)
            for _ in range(min(count, MAX_AHEAD)):
                seen = await video.preview.aio(time=at, step=step, width=width)
                if seen.time == at:  # there are no more
                    break
                at = seen.time
                span = {"time": at, "until": seen.until}
                self.send(
                    {"kind": "frame_ahead", "view_id": view_id, "batch": batch, **span},
                    [seen.bytes],
                )

        await self._only_newest(f"ahead {view_id}", preview())

    async def _only_newest(self, what: str, work: Coroutine[Any, Any, T]) -> T:
        """Wait for a coroutine; of the same name only the newest goes on."""
        self._give_up(what)
        task: asyncio.Task[T] = asyncio.create_task(work)
        self._under_way[what] = task
        try:
            return await task
        except asyncio.CancelledError:
            raise errors.JobCancelled("Another frame is wanted.") from None
        finally:
            if self._under_way.get(what) is task:
                del self._under_way[what]

    def _give_up(self, what: str = "") -> None:
        """Cancel what is under way by this name, or by one that begins with it."""
        for name, task in list(self._under_way.items()):
            if not what or f"{name} ".startswith(f"{what} "):
                task.get_loop().call_soon_threadsafe(task.cancel)

    @traitlets.observe("hover")
    def _dragged(self, _: Any) -> None:
        if self.hover != self.value:  # a drag, which needs the processor
            self._give_up("ahead")

    @handles("stream")
    def _stream(self) -> dict[str, str]:
        url = self._require_video().stream_url or ""
        return {"url": url if url.startswith(("https://", "http://")) else ""}

    @handles("use_frame")
    def _use_this_frame(
        self, *, time: float, width: int | None, height: int | None
    ) -> dict[str, str]:
        self.use_frame(time=time, width=width, height=height)
        return {}

    @handles("thumbnail")
    async def _thumbnail_copy(self) -> tuple[dict[str, Any], list[bytes]]:
        made = self.thumbnail
        if made is None:
            raise errors.NotFound("There is no thumbnail.")
        await made.load.aio()
        small, buffer = made.image.copy(), io.BytesIO()
        small.thumbnail((480, 480))
        small.save(buffer, "JPEG", quality=85)
        return {"time": made.time, "size": list(made.size)}, [buffer.getvalue()]

    # -- the snapshot -------------------------------------------------------------

    def snapshot_images(self) -> Sequence[Image.Image]:
        """Return the frame at ``value``, or the nearest that is at hand."""
        seen, board, made = self._seen, self._storyboard, self.thumbnail
        if made is not None and made.time == self.value:
            return [made.image]
        if seen is not None and seen.time <= self.value < seen.until:
            return [seen.image]
        return [] if board is None else [board.at(self.value)]


def _second(value: Any, length: float) -> float:
    """Return a second within the video; what is beyond its ends is at its ends."""
    second = float(value)
    if not math.isfinite(second):
        raise errors.TimeOutOfRange(f"A time is a number of seconds, not {second}.")
    return min(max(second, 0.0), length or math.inf)


def _repeats(board: Storyboard) -> bool:
    """Whether many tiles show the same keyframe, because there are few."""
    return len(set(board.times)) < 0.7 * len(board)


def _pixels(video: Video) -> float:
    width, height = video.size or (1920, 1080)
    return width * height * (video.fps or USUAL_RATE) * (video.length or math.inf)


def _suggested(found: SuggestionRecord) -> dict[str, Any]:
    label = ", ".join(found.reasons[:3])[:80]
    return {"time": found.time, "kind": "suggested", "label": label}


def _shot(time: float) -> dict[str, Any]:
    return {"time": time, "kind": "shot", "label": ""}
