"""A slider over a video: drag to scrub, rest to see the very frame, use it."""

from __future__ import annotations

import asyncio
import io
import math
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import traitlets

from thumbnb import errors
from thumbnb.client.inputs import checks
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.core.synced_traits import Choice, Float, Int, List, Text
from thumbnb.widgets.core.widget import answers
from thumbnb.widgets.slider.video_upload import VideoIntake

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

FILES = (
    "slider/video_stream",
    "slider/screen",
    "slider/filmstrip",
    "core/browser/chunked_upload",
    "slider/video_upload",
    "slider/use_frame",
    "slider/timestamp_slider",
)
# Tiles and their width (pixels) of the sheet that comes first, and of the one for good.
QUICK = (40, 160)
FINE = (150, 320)
# A frame is sent no wider than this (pixels), whatever the screen.
WIDEST = 1920
# Frames a second where nobody says.
USUAL_RATE = 25.0
# So many frames at most are fetched before they are wanted.
MOST_AHEAD = 12
# Pixels that may be decoded for tiles that show the very frames (about 2000 frames of 1080p).
AFFORDABLE = 4e9
# More ticks than this are no help.
MOST_SHOTS = 100
# Seconds of quiet before the saved notebook's picture is brought up to date.
QUIET = 1.0


class TimestampSlider(VideoIntake, front_file=FILES):
    """Choose a moment of a video by its pictures.

    Dragging scrubs in the browser, over a storyboard; when the pointer rests, the very
    frame is there. Arrows go frame by frame, with shift by the second, page up and down
    by ten. Made without a video it takes one: a file, or an address.

    Traits: ``value``, the chosen second; ``hover``, the second under the pointer while it
    is dragged; ``length`` in seconds and ``size`` in pixels of the video; ``marks``, a list
    of ``{"time", "kind", "label"}`` with the kind ``"suggested"`` or ``"shot"``;
    ``status`` and ``error`` in words; ``video``, which can be replaced; ``thumbnail``,
    what "Use this frame" made last (a Thumbnail, or None). ``frame`` is the frame at
    ``value``. A hosted video is scrubbed in its stream, so that looking costs nothing.

    >>> slider = TimestampSlider(video, value=12.5)  # doctest: +SKIP
    >>> slider.observe(lambda change: print(change.new), "value")  # doctest: +SKIP
    """

    told = ("value", "video")

    value = Float(0.0, help="The chosen second.")
    hover = Float(0.0, help="The second under the pointer while it is dragged.").tag(
        echo_update=False  # a drag's messages need no answer
    )
    length = Float(0.0, help="Seconds of the video; 0 while unknown.")
    size = List(help="Width and height of the video in pixels; empty while unknown.")
    marks = List(help="Moments worth a look: time, kind and label.")
    name = Text(help="The video's name.")
    rate = Float(USUAL_RATE, help="Frames a second, about.")
    view = Choice(("upload", "loading", "storyboard", "stream"), "upload", help="What can be seen.")
    board = Int(0, help="Rises when a better storyboard is there.")
    made = Int(0, help="Rises when a thumbnail was made; 0 while there is none.")

    thumbnail = traitlets.Any(help="The last Thumbnail made here, or None.")

    def __init__(
        self, video: Video | None = None, *, client: Client | None = None, **traits: Any
    ) -> None:
        self._board: Storyboard | None = None
        self._boards = self._takes = 0
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
                picture: Image.Image = made.image
                return picture
            raise errors.InvalidInput(
                "Of a hosted video a frame costs.", hint="Call use_frame() to make a thumbnail."
            )
        return self._at_hand().preview(time=self.value).image

    def use_frame(
        self, *, width: int | None = None, height: int | None = None, time: float | None = None
    ) -> Job[Thumbnail]:
        """Make a thumbnail of the frame at ``value`` (or ``time``), and return its Job at once.

        ``width`` and ``height`` are in pixels, as in ``video.generate_thumbnail``. On a
        hosted service this costs, the same frame in the same size once. ``thumbnail`` is
        set when it is there.
        """
        video = self._at_hand()
        time = checks.seconds(self.value if time is None else time, length=video.length)
        size = {"width": checks.side("width", width), "height": checks.side("height", height)}
        self.later(status="Making the thumbnail", progress=-1.0, error="")
        job = self.work(
            "thumbnail",
            lambda: video.generate_thumbnail.aio(time=time, **size, take=0),
            then=partial(self._use, video),
        )
        self._follow(job)
        return job

    def _use(self, video: Video, made: Thumbnail) -> None:
        """Take a thumbnail that was made, unless the video is another by now."""
        if self.video is None or self.video.id != video.id:
            return
        self.thumbnail = made
        self._takes += 1
        self.made = self._takes
        self.keep()

    # -- the video ----------------------------------------------------------------

    @traitlets.validate("value", "hover")
    def _within(self, proposal: Any) -> float:
        return _second(proposal.value, self.length)

    @traitlets.observe("video")
    def _arm(self, _: Any) -> None:
        video: Video | None = self.video
        self._board = self._seen = None
        with self.hold_sync():
            self.board = 0
            self.marks = []
            self.error = ""
            self.thumbnail = None
            self.made = 0
            self.length = (video and video.length) or 0.0
            self.size = list((video and video.size) or ())
            self.name = (video and video.name) or ""
            self.rate = (video and video.fps) or USUAL_RATE
            self.view = "loading" if video else "upload"
            self.value = self.hover = 0.0
        for name in ("look", "twin"):
            self._drop(name)
        self._give_up()
        if video:
            self.work("look", lambda: self._look(video), latest=True)

    async def _look(self, video: Video) -> None:
        """Fetch what there is to see of a video: the rough first, and the rest as it comes."""
        try:
            for count, tile_width in (QUICK, FINE):
                board = await video.storyboard.aio(count=count, tile_width=tile_width)
                self._found(video, board, view="storyboard")
        except errors.ServiceError:
            # Only the embedded service has previews of its own.
            self._found(video, view="stream")
            return
        except errors.ThumbnbError:
            self._found(video, view="stream")
            raise
        suggested, shots = await video.suggest.aio(), await video.shots.aio()
        self._found(video, marks=[*map(_suggested, suggested), *map(_shot, shots[:MOST_SHOTS])])
        if _repeats(board) and _pixels(video) <= AFFORDABLE:
            count, tile_width = FINE
            board = await video.storyboard.aio(count=count, tile_width=tile_width, exact=True)
            self._found(video, board)

    def _found(self, video: Video, board: Storyboard | None = None, **traits: Any) -> None:
        """Show what was found, unless the video is another by now."""

        def show() -> None:
            if self.video is not video:
                return
            if board is not None:
                self._board = board
                self._boards += 1
                traits["board"] = self._boards
            with self.hold_sync():
                for name, value in traits.items():
                    setattr(self, name, value)
            self.keep()

        trait_updates.shared.call(self, show)

    # -- what the browser asks ----------------------------------------------------

    @answers("board")
    def _sheet(self) -> tuple[dict[str, Any], list[bytes]]:
        board = self._board
        if board is None:
            raise errors.NotFound("There is no storyboard.")
        width, height = board.tile_size
        shape = {"width": width, "height": height, "columns": board.columns}
        return {**shape, "count": len(board), "interval": board.interval}, [board.bytes]

    @answers("exact")
    async def _show(
        self, *, view: str, time: float, step: int = 0, width: int = 640
    ) -> tuple[dict[str, float], list[bytes]]:
        """Fetch the very frame; a view that asks anew has given up what it asked before."""
        video, time = self._at_hand(), _second(time, self.length)
        self._give_up("ahead")
        look = video.preview.aio(time=time, step=step, width=min(width, WIDEST))
        self._seen = seen = await self._newest(f"exact {view}", look)
        self.work("twin", lambda: asyncio.sleep(QUIET), then=lambda _: self.keep(), latest=True)
        return {"time": seen.time, "until": seen.until}, [seen.bytes]

    @answers("ahead")
    async def _ahead(
        self, *, view: str, batch: int, time: float, way: int, count: int, width: int = 640
    ) -> None:
        """Send the next frames while nobody waits for them, so that an arrow finds them there."""
        video, width = self._at_hand(), min(width, WIDEST)
        step = 1 if way > 0 else -1

        async def look() -> None:
            at = _second(time, self.length)
            for _ in range(min(count, MOST_AHEAD)):
                seen = await video.preview.aio(time=at, step=step, width=width)
                if seen.time == at:  # there are no more
                    break
                at = seen.time
                span = {"time": at, "until": seen.until}
                self.send({"kind": "ahead", "view": view, "batch": batch, **span}, [seen.bytes])

        await self._newest(f"ahead {view}", look())

    async def _newest(self, what: str, work: Coroutine[Any, Any, T]) -> T:
        """Wait for work; of the same name only the newest goes on."""
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
        """Stop what is under way by this name, or by one that begins with its words."""
        for name, task in list(self._under_way.items()):
            if not what or f"{name} ".startswith(f"{what} "):
                task.get_loop().call_soon_threadsafe(task.cancel)

    @traitlets.observe("hover")
    def _dragged(self, _: Any) -> None:
        if self.hover != self.value:  # a drag, which needs the processor
            self._give_up("ahead")

    @answers("stream")
    def _stream(self) -> dict[str, str]:
        url = self._at_hand().stream_url or ""
        return {"url": url if url.startswith(("https://", "http://")) else ""}

    @answers("use")
    def _used(self, *, time: float, width: int | None, height: int | None) -> dict[str, str]:
        self.use_frame(time=time, width=width, height=height)
        return {}

    @answers("made")
    async def _small(self) -> tuple[dict[str, Any], list[bytes]]:
        made = self.thumbnail
        if made is None:
            raise errors.NotFound("There is no thumbnail.")
        await made.load.aio()
        small, buffer = made.image.copy(), io.BytesIO()
        small.thumbnail((480, 480))
        small.save(buffer, "JPEG", quality=85)
        return {"time": made.time, "size": list(made.size)}, [buffer.getvalue()]

    # -- in passing ---------------------------------------------------------------

    def pictures(self) -> Sequence[Image.Image]:
        """Return the frame at ``value``, or the nearest that is at hand."""
        seen, board, made = self._seen, self._board, self.thumbnail
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
